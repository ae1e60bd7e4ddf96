package web

import (
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
	got, page := g.post("/letters/"+string(inv.ID)+"/ask", "text", question)
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
		got, page = g.post("/undo", "about", id, "to", "duties")
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
			if _, page := g.get("/duties?done=" + told + "&about=" + id); strings.Contains(page, "accepted.") || strings.Contains(page, `"><b>`) {
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

// The pages look at the database as often as a page may.
func TestDutiesAskLittle(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		g, mara := v.guest("Mara Lindt")
		_, bo := v.guest("Bo Reed")
		v.asks(g, bo, mara, "Where did we meet?")
		for _, path := range []string{"/duties", "/news", "/calendar"} {
			before := v.ran.Load()
			g.meets(path, "Mara Lindt")
			if n := v.ran.Load() - before; n > 12 {
				t.Errorf("%s runs %d statements", path, n)
			}
		}
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
	f.post("/undo", "about", id, "to", "duties")
	f.meets("/?open="+id, "LinkedIn")
}

// Nothing on these pages bypasses the catalogue, whatever is on the list.
func TestDutiesSpeakTheCatalogue(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	f.must(f.app.AskedElsewhere(t.Context(), f.who, kith.InvitationID(f.places["{there}"])))
	f.speaks("/duties", "/duties?done=keep", "/news", "/calendar")
	got, page := f.post("/calendar")
	f.wants(200, "⟦This is the address.", got, page)
}
