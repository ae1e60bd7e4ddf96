package web

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// signsIn signs a member in, in place of whoever was.
func (v *visitor) signsIn(email string) {
	v.t.Helper()
	v.fresh()
	got, page := v.post("/sign-in", "email", email, "password", goodPassword)
	v.wants(200, "Desk", got, page)
}

// says fails unless the page at an address says all of some texts.
func (v *visitor) says(path string, texts ...string) string {
	v.t.Helper()
	got, page := v.get(path)
	for _, text := range texts {
		v.wants(200, text, got, page)
	}
	return page
}

// letters has some people write to Mara Lindt, and signs her in.
func (v *visitor) letters(names ...string) (paths []string, senders []app.Actor) {
	v.t.Helper()
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	for i, name := range names {
		senders = append(senders, v.joins(name, fmt.Sprintf("%c@mail.example", 'a'+i)))
		paths = append(paths, "/letters/"+string(v.invites(senders[i], mara, "")))
	}
	v.signsIn("mara@lindt.example")
	return paths, senders
}

// The life of an invitation, from sending on, without any script.
func TestTheLifeOfAnInvitationWithoutScript(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		letters, _ := v.letters("Ada Brandt", "Bo Lindqvist", "Chipo Ndlovu", "Dora Weiss", "Emil Novak")
		v.says("/", "5 left")

		got, page := v.post(letters[0]+"/accept", "next", strings.TrimPrefix(letters[1], "/letters/"))
		v.wants(200, "Ada Brandt: accepted.", got, page)
		v.wants(200, "4 left", got, page)
		v.wants(200, "Undo ends the connection; they are not told.", got, page)
		got, page = v.undo(page, strings.TrimPrefix(letters[0], "/letters/"))
		v.wants(200, "The connection is ended; they are not told.", got, page)
		v.wants(200, `<bdi dir="auto">Bo Lindqvist</bdi></h1>`, got, page) // an acceptance cannot be unseen: what was read stays open

		got, page = v.post(letters[1] + "/decline")
		v.wants(200, "Bo Lindqvist: declined. They can see nothing.", got, page)
		got, page = v.undo(page, strings.TrimPrefix(letters[1], "/letters/"))
		v.wants(200, "4 left", got, page)
		v.wants(200, `<bdi dir="auto">Bo Lindqvist</bdi></h1>`, got, page)

		got, page = v.post(letters[1] + "/later")
		v.wants(200, "Put off until", got, page)
		page = v.says("/decided", "Set aside", "Bring back", "Bo Lindqvist")
		got, page = v.undo(page, strings.TrimPrefix(letters[1], "/letters/"))
		v.wants(200, "What you decided", got, page)
		v.says("/", "4 left")

		got, page = v.get(letters[2] + "/ask")
		v.wants(200, "Ask Chipo Ndlovu first", got, page)
		got, page = v.post(letters[2]+"/ask", "question", "")
		v.wants(422, "Write something first", got, page)
		got, page = v.post(letters[2]+"/ask", "question", "Where did we meet?")
		v.wants(200, "Chipo Ndlovu: asked.", got, page)
		v.wants(200, "1 waits for an answer", got, page)
		v.wants(200, "3 left", got, page)
		if strings.Contains(page, `action="/undo"><`) && strings.Contains(page, ">Undo") {
			t.Error("a question that went out can be undone")
		}
		v.says("/?waiting=yes", "Chipo Ndlovu", "You asked on", "Where did we meet?")

		got, page = v.get(letters[3] + "/report")
		v.wants(200, "Report Dora Weiss?", got, page)
		got, page = v.post(letters[3]+"/report", "reason", "money", "words", "")
		v.wants(200, "Dora Weiss: reported. They can see nothing.", got, page)
		v.says("/decided", "1 reported", "Dora Weiss")
		got, page = v.post(letters[3] + "/decline")
		v.wants(200, "Dora Weiss was reported before.", got, page)
	})
}

// What is gone meanwhile is no failure, and nobody else's letter is there.
func TestALetterThatIsGoneWithoutScript(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		letters, senders := v.letters("Ada Brandt", "Bo Lindqvist")
		_, err := v.app.Withdraw(t.Context(), senders[1], kith.InvitationID(strings.TrimPrefix(letters[1], "/letters/")))
		v.must(err)
		for _, act := range []string{"accept", "decline", "later", "ask", "report"} {
			got, page := v.post(letters[1]+"/"+act, "reason", "money")
			v.wants(200, "This invitation was withdrawn. There is nothing to decide.", got, page)
		}
		got, page := v.post(letters[1]+"/ask", "question", "Where did we meet?")
		v.wants(409, "This letter does not wait for that any more", got, page)
		v.wants(409, "Where did we meet?", got, page)
		v.says("/?open="+strings.TrimPrefix(letters[1], "/letters/"), "This invitation was withdrawn.", "Next")
		v.signsIn("b@mail.example")
		got, page = v.get(letters[0] + "/ask")
		v.wants(200, "or is not there for you any more.", got, page)
		got, page = v.post(letters[0] + "/decline")
		v.wants(200, "or is not there for you any more.", got, page)
	})
}

// specific is a note that only its recipient could have been sent.
const specific = "Dear Mara, your talk in Delft made me rethink our gauges. May I send you the readings of March?"

// An answer turns a letter, stands beside it, and can be changed.
func TestAQuestionIsAnsweredAndTheAnswerChanged(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		id := string(v.invites(v.joins("Ada Brandt", "a@mail.example"), mara, ""))
		v.signsIn("mara@lindt.example")
		for answer, says := range map[string]string{"yes": "You have met", "no": "You said: you have never met.", "unsure": "You could not say."} {
			got, page := v.post("/letters/"+id+"/answer", "question", "met", "answer", answer)
			v.wants(200, says, got, page)
			v.wants(200, ">change<", got, page)
		}
		got, page := v.post("/letters/"+id+"/answer", "question", "met", "answer", "")
		if got != 200 || strings.Contains(page, ">change<") {
			t.Errorf("%d: the answer stays: %s", got, page)
		}
		got, page = v.post("/letters/"+id+"/answer", "question", "shoe size", "answer", "yes")
		v.wants(422, "load the page again", got, page)
	})
}

// fullDesk gives a member with the invitations of the examples on the desk.
func (v *visitor) fullDesk() app.Actor {
	v.t.Helper()
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	_, err := v.app.ImportFiles(v.t.Context(), mara, []string{"../../examples/judith"}, app.ReadOptions{})
	v.must(err)
	v.must(v.loop.Drain(v.t.Context()))
	v.signsIn("mara@lindt.example")
	return mara
}

var tickedID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// What is chosen of the pile is what lies there, and there is a way out.
func TestThePileIsFiltered(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		all, err := v.app.Pile(t.Context(), mara, app.PileQuery{})
		v.must(err)
		some, err := v.app.Pile(t.Context(), mara, app.PileQuery{Note: "with", Mutual: 3})
		v.must(err)
		v.says("/filter?note=with", `<option value="with" selected>`)
		v.says("/?note=with&mutual=3", fmt.Sprintf("%d of %d shown.", some.Found, all.Left), "Show all", "/filter?mutual=3&amp;note=with")
		v.says("/?note=with&mutual=3", "Only those with a note, with 3 in common or more.")
		v.says("/?text=nobody+writes+this", "Nothing here by that choice.", "With the words <bdi dir=\"auto\">“nobody writes this”</bdi>")
		page := v.says("/?in=decline&sort=name", "All groups", "Choose several")
		if n := strings.Count(page, `class="row decline"`); n != min(inList, len(all.Groups[2].Cards)) {
			t.Errorf("%d rows in the list of %d", n, len(all.Groups[2].Cards))
		}
		v.says("/questions", "For which of these would you do a small favour, or ask for one?")
		id := all.Groups[0].Cards[len(all.Groups[0].Cards)-1].Invitation
		got, page := v.post("/questions", "question", "met", "about-"+string(id), "yes")
		v.wants(200, "Your answers are kept", got, page)
		v.says("/?open="+string(id), "You have met")
		v.says("/keys", "choose for several at once")
	})
}

// The pile is chosen from by the member's own goals, those that one letter serves
// more than another.
func TestThePileIsFilteredByGoal(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		_, err := v.app.ChangeSettings(t.Context(), mara, func(s *app.Settings) error {
			s.Goals = kith.GoalSet(kith.JobSearch, kith.Reach)
			return nil
		})
		v.must(err)
		v.must(v.loop.Drain(t.Context()))
		page := v.says("/filter?goal=job-search", "that serve", `<option value="job-search" selected>my next job</option>`)
		if strings.Contains(page, `value="reach"`) || strings.Contains(page, `value="new-clients"`) {
			t.Error("a goal is offered that every letter serves, or that is not the member's")
		}
		all, err := v.app.Pile(t.Context(), mara, app.PileQuery{})
		v.must(err)
		some, err := v.app.Pile(t.Context(), mara, app.PileQuery{Goals: kith.GoalSet(kith.JobSearch)})
		v.must(err)
		if some.Found == 0 || some.Found == all.Found {
			t.Fatalf("%d of %d serve a job search", some.Found, all.Found)
		}
		for _, g := range some.Groups {
			for i := range g.Cards {
				if !strings.Contains(g.Cards[i].Signals, " recruiter ") {
					t.Errorf("%s serves no job search: %s", g.Cards[i].Name, g.Cards[i].Signals)
				}
			}
		}
		v.says("/?goal=job-search", fmt.Sprintf("%d of %d shown.", some.Found, all.Left), "Only those that serve: my next job.")
	})
}

// A group's list of more than a page goes on, both ways, and the letter that is
// read is always in it.
func TestTheListOfAGroupGoesOn(t *testing.T) {
	t.Parallel()
	v := view{Values: url.Values{"in": {"decline"}, "sort": {"name"}}}
	g := app.PileGroup{Decision: "decline", Firm: 9}
	for i := range 2*inList + 50 {
		g.Cards = append(g.Cards, app.Card{Invitation: kith.InvitationID(fmt.Sprint(i)), Name: fmt.Sprint("Member ", i), Why: "Why."})
	}
	seen, open := 0, &app.OpenLetter{Card: g.Cards[0]}
	for before := ""; ; {
		got := v.group(t.Context(), &g, open)
		if got.Before != seen || got.Rows[0].ID != fmt.Sprint(seen) || !got.Rows[0].Current || before == "" && got.Earlier != "" {
			t.Fatalf("behind %d: %d before, %+v", seen, got.Before, got.Rows[0])
		}
		if seen += len(got.Rows); got.Behind != len(g.Cards)-seen {
			t.Errorf("%d seen, %d behind", seen, got.Behind)
		}
		if got.Behind == 0 {
			break
		}
		before = got.Later
		if want := fmt.Sprintf("/?in=decline&list=1&open=%d&sort=name", seen); got.Later != want {
			t.Errorf("goes on at %s, not %s", got.Later, want)
		}
		open = &app.OpenLetter{Card: g.Cards[seen]}
	}
	if seen != len(g.Cards) {
		t.Errorf("%d of %d seen", seen, len(g.Cards))
	}
	closed := view{Values: url.Values{}}
	got := closed.group(t.Context(), &g, &app.OpenLetter{Card: g.Cards[300]})
	if len(got.Rows) != inPile || !got.Rows[inPile-1].Current || got.Rows[0].ID != "0" {
		t.Errorf("the pile shows %+v", got.Rows)
	}
}

// A desk that is empty is calm, whether something was decided or not.
func TestTheDeskIsClear(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		var ids []string
		for i, name := range []string{"Ada Brandt", "Bo Lindqvist", "Chipo Ndlovu", "Dora Weiss"} {
			ids = append(ids, string(v.invites(v.joins(name, fmt.Sprintf("%c@mail.example", 'a'+i)), mara, "")))
		}
		v.signsIn("mara@lindt.example")
		for i, act := range []string{"accept", "decline", "later"} {
			_, _ = v.post("/letters/" + ids[i] + "/" + act)
		}
		got, page := v.post("/letters/"+ids[3]+"/ask", "question", "Where did we meet?")
		for _, says := range []string{"The desk is clear.", "0 left", "accepted", "Ada Brandt", "declined", ", silently.", "set aside", "a question first", "what was decided can be undone until", "Undoing an acceptance ends the connection", "A question that went out stays out.", "<svg", `class="decline"`} {
			v.wants(200, says, got, page)
		}
		v.signsIn("d@mail.example")
		page = v.says("/", "The desk is clear.", "Nothing to decide.", "Bring invitations")
		if strings.Contains(page, "<svg") {
			t.Error("an evening of nothing is drawn")
		}
	})
}

// The page of a desk with 5,000 letters: its time and its size.
func BenchmarkDeskOf5000(b *testing.B) {
	v := newVisitor(b, storetest.SQLite(b), app.SignUpOpen)
	const letters = 5000
	v.deskOf(letters)
	size := 0
	for b.Loop() {
		got, page := v.get("/")
		v.wants(200, fmt.Sprintf("%d left", letters), got, page)
		size = len(page)
	}
	b.ReportMetric(float64(size), "bytes/page")
}
