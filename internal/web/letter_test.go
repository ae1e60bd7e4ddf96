package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
)

// wordy gives a context in which English is said.
func wordy(t *testing.T) context.Context {
	t.Helper()
	return context.WithValue(t.Context(), catalogueKey{}, english(t))
}

// judgedAs makes a verdict with reasons, the first of them the strongest.
func judgedAs(d kith.Decision, firm bool, signals ...string) *app.Judged {
	j := &app.Judged{N: 1, Terms: app.Terms{Rules: []app.TermRule{{Name: "note-required", When: kith.May}}}}
	j.Verdict.Verdict, j.Verdict.Firm = d, firm
	for _, id := range signals {
		j.Verdict.Reasons = append(j.Verdict.Reasons, kith.Reason{Signal: id})
		j.Verdict.Trace = append(j.Verdict.Trace, kith.Trace{Signal: id})
	}
	return j
}

// What stands under the verdict is what decided: a rule only where it did, and
// otherwise the strongest reason, else what holds for every such verdict.
func TestWhatStandsUnderTheVerdict(t *testing.T) {
	t.Parallel()
	ctx := wordy(t)
	note := []piece{{Text: "We met."}}
	for name, c := range map[string]struct {
		letter              letter
		judged              *app.Judged
		heading, lead, rule string
	}{
		"a rule decided":          {letter{}, judgedAs(kith.Decline, true, "rule-note-required", "mutual"), "Decline, by your rule", "", "Only with a note, but for people you know."},
		"a rule yielded":          {letter{}, judgedAs(kith.Accept, true, "met", "rule-note-required"), "Accept", "You know each other; there is nothing to weigh.", ""},
		"another reason decided":  {letter{}, judgedAs(kith.Decline, true, "not-comfortable", "rule-note-required"), "Decline", "You would not stand beside them, and that decides.", ""},
		"leaning":                 {letter{}, judgedAs(kith.Decline, false, "note-pitch"), "Leaning to decline", "It sells, to anybody.", ""},
		"no sentence of its own":  {letter{}, judgedAs(kith.Accept, false, "old-account"), "Leaning to accept", "More speaks for it than against, as far as one can see.", ""},
		"a report":                {letter{}, judgedAs(kith.Report, false, "asks-money"), "Report", "It asks you for money. Only the request counted.", ""},
		"a report for its own":    {letter{}, judgedAs(kith.Report, false), "Report", "It asks for what nobody should be asked for.", ""},
		"a question to a note":    {letter{NoteKnown: true, Note: note}, judgedAs(kith.Ask, true, "mutual"), "Ask first", "People in common, and still too little for a yes. One question will tell.", ""},
		"a question to no word":   {letter{NoteKnown: true}, judgedAs(kith.Ask, true, "mutual"), "Ask first", "People in common, and no word why. One question will tell.", ""},
		"a question, note unseen": {letter{}, judgedAs(kith.Ask, true, "mutual"), "Ask first", "People in common, and still too little for a yes. One question will tell.", ""},
		"accept and see here": {letter{See: true, Person: "x"}, judgedAs(kith.Accept, true, "colleague"), "Accept",
			"You are colleagues. See what comes: if nothing does within two weeks, you are asked whether to part.", ""},
		"accept and see there": {letter{See: true}, judgedAs(kith.Accept, true, "colleague"), "Accept",
			"You are colleagues. See what comes: in two weeks Kith asks whether they wrote, or whether to part there.", ""},
	} {
		l := c.letter
		l.Verdict, l.Leaning = string(c.judged.Verdict.Verdict), c.judged.Verdict.Verdict.Leans(c.judged.Verdict.Firm)
		l.headed(ctx, c.judged)
		if l.Heading != c.heading || l.Lead != c.lead || l.Rule != c.rule {
			t.Errorf("%s: %q, %q, %q; want %q, %q, %q", name, l.Heading, l.Lead, l.Rule, c.heading, c.lead, c.rule)
		}
	}
}

// Each sentence under a verdict is of a signal there is.
func TestTheLeadsAreOfSignals(t *testing.T) {
	t.Parallel()
	for key := range english(t) {
		table, id, _ := strings.Cut(key, ".")
		if !strings.HasPrefix(table, "lead-") {
			continue
		}
		if _, ok := sentences["signal."+strings.TrimSuffix(id, "-bare")]; !ok {
			t.Errorf("%s is of no signal", key)
		}
	}
}

// While there is no verdict it is said what is read, or why none comes; neither
// leads to a page that is not there.
func TestALetterWithoutAVerdict(t *testing.T) {
	t.Parallel()
	ctx := wordy(t)
	var pending, never letter
	j := judgedAs(kith.Accept, true, "met")
	j.N, j.Sources = 0, []app.Source{{Name: "your profile", State: "read"}, {Name: "your calendar", State: "nothing"}}
	pending.judged(ctx, j, time.Time{})
	if pending.Heading != "Reading what there is …" || len(pending.Read) != 1 || pending.Verdict != app.NotJudged || len(pending.Reasons) > 0 {
		t.Errorf("one that is read: %+v", pending)
	}
	never.judged(ctx, &app.Judged{}, time.Time{})
	if never.Heading != "Not judged" || !strings.Contains(never.Lead, "older archive") {
		t.Errorf("one that is never judged: %+v", never)
	}
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		p, err := v.app.Pile(t.Context(), mara, app.PileQuery{})
		v.must(err)
		g := p.Groups[len(p.Groups)-1]
		if g.Decision != app.NotJudged || len(g.Cards) == 0 {
			t.Fatalf("%d letters of %s", len(g.Cards), g.Decision)
		}
		page := v.says("/?open="+string(g.Cards[0].Invitation), "Only an older archive")
		if strings.Contains(page, "/why/") {
			t.Error("a page that is not there is linked")
		}
	})
}

// Whoever is a member is so many steps away; whoever is not is known as far as
// the member's own files say.
func TestHowFarASenderIs(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		ada, bo, cy := v.joins("Ada Brandt", "a@mail.example"), v.joins("Bo Lindqvist", "b@mail.example"), v.joins("Cy Okoro", "c@mail.example")
		v.ties(cy, mara)
		v.ties(cy, ada)
		near, far := v.invites(ada, mara, "مرحبا، هل التقينا في دلفت؟"), v.invites(bo, mara, "See https://www.linkedin.com@evil.example/x")
		v.must(v.loop.Drain(t.Context()))
		v.signsIn("mara@lindt.example")
		v.says("/?open="+string(near), "1 in common", "Two steps away", `dir="auto" lang="und-Arab"`, "In Arabic letters.")
		v.says("/?open="+string(far), "Not connected", "<bdi>evil.example</bdi>")
		p, err := v.app.Pile(t.Context(), mara, app.PileQuery{From: app.FromElsewhere})
		v.must(err)
		c := p.Groups[0].Cards[0]
		way := "/people/contacts/" + string(c.About.Contact)
		page := v.says("/?open="+string(c.Invitation), `<a href="`+way+`">The profile as you have it</a>`)
		if strings.Contains(page, "Not connected") {
			t.Error("somebody elsewhere is said to be far")
		}
		v.says(way, c.Name)
	})
}

// A letter that waits no more says what became of it, and leads on; whatever was
// tried about it is refused with that.
func TestALetterThatWaitsNoMore(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		ids := map[string]string{}
		for i, what := range []string{"withdrawn", "put off", "declined", "next"} {
			who := v.joins("Ada "+what, string(rune('a'+i))+"@mail.example")
			id := v.invites(who, mara, "The words of the "+what)
			ids[what] = string(id)
			if what == "withdrawn" {
				_, err := v.app.Withdraw(t.Context(), who, id)
				v.must(err)
			}
		}
		v.must(v.loop.Drain(t.Context()))
		v.signsIn("mara@lindt.example")
		for what, act := range map[string]string{"put off": "later", "declined": "decline"} {
			got, page := v.post("/letters/" + ids[what] + "/" + act)
			v.wants(200, "left", got, page)
		}
		for what, says := range map[string]string{
			"withdrawn": "This invitation was withdrawn.", "put off": "Put off. It comes back on", "declined": "You declined it, today",
		} {
			got, page := v.post("/letters/"+ids[what]+"/accept", "next", ids["next"])
			v.wants(200, says, got, page)
			v.wants(200, "The words of the "+what, got, page)
			v.wants(200, "Nothing has changed.", got, page)
			v.wants(200, "open="+ids["next"], got, page)
			got, page = v.get("/letters/" + ids[what] + "/report?next=" + ids["next"])
			v.wants(200, says, got, page)
			if (what == "put off") != strings.Contains(page, "Bring back") {
				t.Errorf("%s: it can be brought back, or cannot: %s", what, page)
			}
		}
	})
}

// A letter from elsewhere that is put off is found where it is linked, and
// brought back from there; what is put off is a way from the desk even where
// nothing was decided.
func TestALetterPutOffIsBroughtBack(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		p, err := v.app.Pile(t.Context(), mara, app.PileQuery{From: app.FromElsewhere})
		v.must(err)
		c := p.Groups[0].Cards[0]
		v.must(v.app.Settle(t.Context(), mara, c.Invitation, app.ChooseLater))
		v.says("/", `href="/decided"`)
		way := "/?open=" + string(c.Invitation)
		v.says("/people/contacts/"+string(c.About.Contact), way)
		page := v.says(way, "Put off. It comes back on", "Bring back", "How Kith came to this")
		got, page := v.post("/undo", "about", string(c.Invitation), "at", v.part(`name="at" value="(\d+)"`, page))
		v.wants(200, "Taken back.", got, page)
		if page = v.says(way, "Open on LinkedIn"); strings.Contains(page, "Bring back") {
			t.Error("what is back can be brought back")
		}
	})
}

// A reason opens to the advice behind it, and who gives it; where it was read in
// the note, its words there are marked.
func TestAReasonOpens(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		v.invites(v.joins("Bo Reed", "bo@mail.example"), mara, "I'd like to add you to my professional network on LinkedIn.")
		v.signsIn("mara@lindt.example")
		got, page := v.get("/")
		for _, want := range []string{"<mark>I&#39;d like to add you to my professional network on LinkedIn</mark>.", `class="of-note"`,
			"No customised request: decline.", "“Use LinkedIn: When to Accept or Decline an Invitation”."} {
			v.wants(200, want, got, page)
		}
	})
}
