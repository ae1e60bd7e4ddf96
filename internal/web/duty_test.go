package web

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
)

// asks has somebody invite a visitor, who asks them something first.
func (v *visitor) asks(g *visitor, from kith.MemberID, to kith.MemberID, question string) kith.InvitationID {
	v.t.Helper()
	ctx := v.t.Context()
	inv, err := v.app.Send(ctx, app.Actor{ID: from, Scopes: app.AllScopes(app.Ordinary)}, app.Invite{To: to, Note: goodNote})
	v.must(err)
	v.must(v.loop.Drain(ctx))
	got, page := g.post("/letters/"+string(inv.ID)+"/ask", "question", question)
	v.wants(200, "Bo", got, page)
	return inv.ID
}

// passes lets time pass, and what falls due in it be done.
func (v *visitor) passes(d time.Duration) {
	v.t.Helper()
	v.pass(d)
	v.must(v.loop.Drain(v.t.Context()))
}

// member is somebody acting by themselves.
func member(id kith.MemberID) app.Actor {
	return app.Actor{ID: id, Scopes: app.AllScopes(app.Ordinary)}
}

// A question on the list of duties: it waits, comes up after a week and after
// two, is put off, and the answer is acted upon; all without a script.
func TestAQuestionAmongTheDuties(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		g, mara := v.guest("Mara Lindt")
		_, bo := v.guest("Bo Reed")
		g.meets("/duties", "Nothing to ask, nothing due.")
		id := string(v.asks(g, bo, mara, "Where did we <meet>?"))
		page := g.meets("/duties", "Nothing wants you now.")
		for _, text := range []string{"1 waiting", "Where did we &lt;meet&gt;?", "Bo Reed", "reminder"} {
			if !strings.Contains(page, text) {
				t.Errorf("the waiting one does not say %q", text)
			}
		}
		v.passes(7 * kith.Day)
		g.meets("/duties", "One thing wants you.")
		g.meets("/", `<b>1</b>`)
		got, page := g.post("/duties", "choice", "wait", "about", id)
		v.wants(200, "Put off. Nobody is told.", got, page)
		g.meets("/duties", "Nothing wants you now.")
		v.passes(7 * kith.Day)
		g.meets("/duties", "day 14, no answer")
		_, err := v.app.Reply(t.Context(), member(bo), kith.InvitationID(id), "At the <fair> in May.")
		v.must(err)
		v.must(v.loop.Drain(t.Context()))
		g.meets("/duties", "At the &lt;fair&gt; in May.")
		g.meets("/duties", "They answered")
		got, page = g.post("/duties", "choice", "accept", "about", id)
		v.wants(200, "Bo Reed: accepted.", got, page)
		g.meets("/duties", "Nothing to ask, nothing due.")
		got, page = g.undo(page, id)
		v.wants(200, "Duties", got, page)
	})
}

// Nobody does anything about what is another's; what does not make sense is
// refused.
func TestDutiesAreOnesOwn(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		g, mara := v.guest("Mara Lindt")
		e, _ := v.guest("Eve Stone")
		b, bo := v.guest("Bo Reed")
		id := string(v.asks(g, bo, mara, "Where did we meet?"))
		b.meets("/duties", "They ask before they answer your invitation.")
		v.passes(7 * kith.Day)
		for choice := range dutyChoices {
			got, page := e.post("/duties", "choice", choice, "about", id, "other", string(bo), "effect", "proposal/"+id)
			v.wants(200, "That was no longer there.", got, page)
		}
		got, page := g.post("/duties", "choice", "eat", "about", id)
		v.wants(422, "not as it was sent", got, page)
		g.meets("/duties", "One thing wants you.")
		for _, told := range []string{"accept", "part", "x", `"><b>`} {
			if _, page := g.get("/duties?done=" + told + "&about=" + id); strings.Contains(page, "accepted.") || strings.Contains(page, `"><b>`) || strings.Contains(page, "Removed. Nobody is told.") {
				t.Errorf("%s is said to be done", told)
			}
		}
	})
}

// A connection that was tried is kept or ended from the list.
func TestASilentConnectionAmongTheDuties(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		ctx := t.Context()
		g, mara := v.guest("Mara Lindt")
		for _, name := range []string{"Bo Reed", "Ida Falk"} {
			_, id := v.guest(name)
			inv, err := v.app.Send(ctx, member(id), app.Invite{To: mara})
			v.must(err)
			_, err = v.app.Accept(ctx, member(mara), inv.ID, app.ThroughNetwork, app.SeePropose, "")
			v.must(err)
		}
		g.meets("/duties", "2 waiting")
		v.passes(14 * kith.Day)
		g.post("/sign-in", "email", "mara.lindt@guest.example", "password", goodPassword) // the session is over
		page := g.meets("/duties", "Two things want you.")
		effects := regexp.MustCompile(`name="effect" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
		others := regexp.MustCompile(`name="other" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
		got, page := g.post("/duties", "choice", "keep", "effect", effects[0][1])
		v.wants(200, "Kept.", got, page)
		g.meets("/duties", "One thing wants you.")
		got, page = g.post("/duties", "choice", "part", "other", others[1][1])
		v.wants(200, "Removed. Nobody is told.", got, page)
		g.meets("/duties", "Nothing to ask, nothing due.")
		tied, _, err := v.app.Connections(ctx, member(mara), app.Cursor{}, 10)
		v.must(err)
		if len(tied) != 1 {
			t.Errorf("%d connections are left of the one that was kept", len(tied))
		}
	})
}

// News stand there until they are marked seen, and lead to what they tell of.
func TestNewsAreMarkedSeen(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		ctx := t.Context()
		g, mara := v.guest("Mara Lindt")
		b, bo := v.guest("Bo Reed")
		inv, err := v.app.Send(ctx, member(bo), app.Invite{To: mara, Note: goodNote})
		v.must(err)
		page := g.meets("/news", "invited you to connect.")
		if !strings.Contains(page, "/?open="+string(inv.ID)) {
			t.Errorf("it leads elsewhere:\n%s", page)
		}
		upTo := regexp.MustCompile(`name="upto" value="(\d+)"`).FindStringSubmatch(page)[1]
		g.meets("/news", "Mark as seen") // looking marks nothing
		_, page = g.post("/news/seen", "upto", upTo)
		if strings.Contains(page, "Mark as seen") {
			t.Error("it is still unseen")
		}
		got, page := g.post("/news/seen", "upto", "x")
		v.wants(422, "not as it was sent", got, page)
		_, err = v.app.Accept(ctx, member(mara), inv.ID, app.NoTie, app.NoSee, "")
		v.must(err)
		b.meets("/news", "accepted your invitation.")
		b.meets("/news", "/people/"+string(mara))
		v.must(v.app.Block(ctx, member(mara), bo))
		b.lacks("/news", "accepted your invitation.")
		b.lacks("/news", "Mara")
	})
}

// A question asked on the other site: nobody here knows whether an answer came
// but the member.
func TestAQuestionElsewhereAmongTheDuties(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	id := f.places["{there}"]
	f.must(f.app.AskedElsewhere(t.Context(), f.who, kith.InvitationID(id)))
	row := func() string {
		t.Helper()
		_, page := f.get("/duties")
		for _, li := range strings.Split(page, `<li class="duty">`) {
			if strings.Contains(li, `value="`+id+`"`) {
				return li
			}
		}
		return ""
	}
	has := func(li string, texts ...string) {
		t.Helper()
		for _, text := range texts {
			if !strings.Contains(li, text) {
				t.Errorf("it does not say %q: %s", text, li)
			}
		}
	}
	has(row(), "Asked on LinkedIn today.", `value="back"`, `value="came"`)
	f.passes(7 * kith.Day)
	f.post("/sign-in", "email", f.Email, "password", f.Password) // the session is over
	has(row(), "Did an answer come?", `value="none"`, `value="wait"`)
	f.post("/duties", "choice", "none", "about", id)
	has(row(), "You say none came.", "Kith now says", "Ignored there", `value="wait"`)
	f.post("/duties", "choice", "came", "about", id)
	has(row(), "You say an answer came.", "Accepted there")
	got, page := f.post("/duties", "choice", "decline", "about", id)
	f.wants(200, `name="to" value="duties"`, got, page)
	if row() != "" {
		t.Error("what was done there stays on the list")
	}
	f.undo(page, id)
	f.meets("/?open="+id, "LinkedIn")
}

// Nothing on these pages bypasses the catalogue, whatever is on the list.
func TestDutiesSpeakTheCatalogue(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	f.must(f.app.AskedElsewhere(t.Context(), f.who, kith.InvitationID(f.places["{there}"])))
	f.pseudoEach(t, []string{"/duties", "/news", "/calendar"})
}

// Accept and see of a letter from LinkedIn keeps what the desk promised: after two
// weeks the member is asked, and says how it ended.
func TestAcceptAndSeeElsewhereAmongTheDuties(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	ctx := t.Context()
	_, err := f.app.ChangeSettings(ctx, f.who, func(s *app.Settings) error {
		s.Goals, s.Stance = kith.GoalSet(kith.Reach), kith.Open
		return nil
	})
	f.must(err)
	f.must(f.loop.Drain(ctx))
	cards, _, err := f.app.Inbox(ctx, f.who, app.InboxQuery{Limit: 200})
	f.must(err)
	promised := map[string]string{} // the ways it can end, by the names of those who wait
	ways := []string{"heard", "parted", "kept"}
	for i := range cards {
		c := &cards[i]
		j, err := f.app.Verdict(ctx, f.who, c.Invitation)
		if len(ways) == 0 || !c.Elsewhere() || c.Slug == "" || err != nil || j.Verdict.FollowUp == nil || j.Verdict.FollowUp.Act != kith.ActRemoveIfSilent {
			continue
		}
		got, page := f.post("/letters/" + string(c.Invitation) + "/accept")
		f.wants(200, "accepted", got, page)
		f.meets("/duties", "You accepted on LinkedIn to see what comes. If you know of no word by then")
		promised[string(c.Invitation)], ways = ways[0], ways[1:]
	}
	if len(ways) > 0 {
		t.Fatalf("nobody is accepted to see for %q", ways)
	}
	f.passes(app.DecideAfter)
	f.enters()
	for id, way := range promised {
		page := f.meets("/duties", "Did they write? If not, part there; Kith cannot.")
		for _, text := range []string{`name="about" value="` + id + `"`, "They wrote", "Parted there", `href="https://www.linkedin.com/in/`, `href="/people/contacts/`} {
			if !strings.Contains(page, text) {
				t.Errorf("it does not say %q", text)
			}
		}
		got, page := f.post("/duties", "choice", way, "about", id)
		f.wants(200, map[string]string{"heard": "Kith notes that they wrote.", "parted": "Kith notes that you parted there.", "kept": "Kept."}[way], got, page)
		if strings.Contains(page, `name="about" value="`+id+`"`) {
			t.Errorf("it stays on the list after %s", way)
		}
		got, page = f.post("/duties", "choice", way, "about", id)
		f.wants(200, "That was no longer there.", got, page)
	}
}

// A part of the list is not cut off without a word.
func TestALongListOfDutiesSaysHowManyAreLeftOut(t *testing.T) {
	t.Parallel()
	ctx := context.WithValue(t.Context(), catalogueKey{}, english(t))
	list := make([]app.Errand, inDuties+7)
	for i := range list {
		list[i] = app.Errand{Kind: app.ErrandLate, Name: "Bo Reed"}
	}
	for _, c := range []struct {
		n, rows int
		says    bool
	}{{inDuties + 7, inDuties, true}, {inDuties, inDuties, false}, {2, 2, false}} {
		part := dutyPartOf(ctx, "waiting", list[:c.n], inWaiting, time.Now())
		var out strings.Builder
		if err := dutyPartList(part).Render(ctx, &out); err != nil {
			t.Fatal(err)
		}
		if rows := strings.Count(out.String(), `<li class="duty">`); rows != c.rows || strings.Contains(out.String(), "7 more come into the list") != c.says {
			t.Errorf("of %d there are %d rows, want %d and more said: %v", c.n, rows, c.rows, c.says)
		}
	}
}
