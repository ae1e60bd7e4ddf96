package app

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// moderator opens an account that moderates.
func (w *world) moderator(name string, role Role) Actor {
	w.t.Helper()
	who := w.member(name)
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		m, _, err := tx.LockMember(who.ID)
		m.Role = role
		return errors.Join(err, tx.SetMember(&m))
	}))
	who.Role = role
	return who
}

// cases gives the open cases a moderator may handle.
func (w *world) cases(who Actor) []CaseEntry {
	w.t.Helper()
	list, _, err := w.Cases(w.t.Context(), who, CaseOpen, Cursor{}, 100)
	w.must(err)
	return list
}

// theCase gives the id of the only open case.
func (w *world) theCase(who Actor) string {
	w.t.Helper()
	list := w.cases(who)
	if len(list) != 1 {
		w.t.Fatalf("%d open cases", len(list))
	}
	return list[0].ID
}

// connect connects two members, by an invitation with words.
func (w *world) connect(x, y Actor) {
	w.t.Helper()
	_, err := w.Accept(w.t.Context(), y, w.sendTo(x, y), pair.Met, pair.NoSee, "")
	w.must(err)
}

// looks gives what a member finds in their audit.
func (w *world) looks(who Actor) (texts []string) {
	w.t.Helper()
	list, _, err := w.Audit(w.t.Context(), who, Cursor{}, 100)
	w.must(err)
	for _, l := range list {
		texts = append(texts, l.Text)
	}
	return texts
}

// A decision reaches the member on a Monday, and those who reported as "looked
// at"; until then nothing the member sees has changed.
func TestUpholding(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, bad, bea := w.moderator("Mo Dery", Moderator), w.member("Bad Actor"), w.member("Bea Coe")
		sent := []kith.InvitationID{w.sendTo(bad, bea)}
		before := w.everything(bad, sent)
		_, err := w.ReportInvitation(ctx, bea, sent[0], ForAbuse, "")
		w.must(err)
		id := w.theCase(mod)
		_, err = w.LookAtCase(ctx, mod, id)
		w.must(err)
		w.must(w.Uphold(ctx, mod, id, Ruling{Step: Paused, Weeks: 2, Words: "clear"}))
		if now := w.everything(bad, sent); now != before {
			t.Errorf("it shows at once:\n%s\n%s", before, now)
		}
		if got := w.events(bea); got[len(got)-1] != kindLookedAt {
			t.Errorf("who reported learns %v", got)
		}
		if mine, _, _ := w.Reports(ctx, bea, Cursor{}, 10); len(mine) != 1 || !mine[0].LookedAt {
			t.Errorf("their report: %+v", mine)
		}
		if err := w.Dismiss(ctx, mod, id, ""); !errors.Is(err, errDecided) {
			t.Errorf("a second decision: %v", err)
		}

		w.weeks(1, bad)
		s := w.standingOf(bad)
		if s.Step != Paused || !strings.Contains(s.Reasons[0], "moderation desk") {
			t.Errorf("from Monday on: %+v", s)
		}
		if got := w.events(bad); got[len(got)-1] != kindStanding {
			t.Errorf("the member learns %v", got)
		}
		w.weeks(2, bad)
		if s := w.standingOf(bad); s.Step != Free {
			t.Errorf("it did not end by itself: %+v", s)
		}
	})
}

func TestUpholdingForDangerAndForGood(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, op := w.moderator("Mo Dery", Moderator), w.moderator("Op Rater", Operator)
		bad, bea := w.member("Bad Actor"), w.member("Bea Coe")
		accuse := func(of Actor) string {
			w.must(w.Report(ctx, bea, Accusation{On: OnProfile, ID: string(of.ID), Reason: ForMoney}))
			return w.theCase(op)
		}
		w.must(w.Uphold(ctx, mod, accuse(bad), Ruling{Step: Paused, Weeks: 1, AtOnce: true}))
		if _, err := w.Send(ctx, bad, Invite{To: bea.ID}); !errors.Is(err, pair.ErrRestricted) {
			t.Errorf("at once: %v", err)
		}
		w.must(w.Uphold(ctx, mod, accuse(bad), Ruling{Close: true}))
		if _, err := w.Person(ctx, bea, bad.ID); !errors.Is(err, pair.ErrNoAccount) {
			t.Errorf("a closed account: %v", err)
		}
		other := w.moderator("Mod Too", Moderator)
		id := accuse(other)
		if err := w.Uphold(ctx, mod, id, Ruling{Close: true}); kith.KindOf(err) != kith.Denied {
			t.Errorf("a moderator closes a moderator: %v", err)
		}
		w.must(w.Uphold(ctx, op, id, Ruling{Close: true}))
	})
}

// Who reports what the desk dismisses counts less, and the report itself not at
// all.
func TestDismissing(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, ada, cal := w.moderator("Mo Dery", Moderator), w.member("Ada Brandt"), w.member("Cal Dunn")
		others := w.strangers(enough)
		for _, to := range others {
			_, err := w.ReportInvitation(ctx, to, w.sendTo(ada, to), ForSpam, "")
			w.must(err)
		}
		w.must(w.Dismiss(ctx, mod, w.theCase(mod), "a club's letter"))
		w.weeks(5, ada)
		if s := w.standingOf(ada); s.Step != Free || s.Budget != startBudget {
			t.Errorf("dismissed reports count: %+v", s)
		}
		for _, to := range others { // their word is half of what it was
			_, err := w.DontKnow(ctx, to, w.sendTo(cal, to))
			w.must(err)
		}
		w.weeks(5, cal)
		if s := w.standingOf(cal); s.Step != Free || s.Budget != startBudget {
			t.Errorf("five halves count as five: %+v", s)
		}
		w.must(w.Report(ctx, others[0], Accusation{On: OnProfile, ID: string(ada.ID), Reason: ForSpam}))
		c, err := w.LookAtCase(ctx, mod, w.theCase(mod))
		w.must(err)
		if c.Reports[0].Failed != 1 || c.Dismissed != 1 || c.Upheld != 0 {
			t.Errorf("the next case: %+v", c)
		}
	})
}

// Who may do what at the desk: by role, scope and what they have to do with the
// case.
func TestWhoModerates(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		subject, reporter := w.moderator("Sub Ject", Moderator), w.moderator("Rep Orter", Operator)
		w.must(w.Report(ctx, reporter, Accusation{On: OnProfile, ID: string(subject.ID), Reason: ForSpam}))
		noScope := w.moderator("No Scope", Operator)
		noScope.Scopes &^= ScopeModerate
		mod := w.moderator("Mo Dery", Moderator)
		id := w.theCase(mod)
		verbs := map[string]func(Actor) error{
			"list": func(who Actor) error {
				list, _, err := w.Cases(ctx, who, CaseOpen, Cursor{}, 10)
				if err == nil && len(list) == 0 {
					return errNoCase
				}
				return err
			},
			"look":    func(who Actor) error { _, err := w.LookAtCase(ctx, who, id); return err },
			"uphold":  func(who Actor) error { return w.Uphold(ctx, who, id, Ruling{Step: KnowMail, Weeks: 1}) },
			"dismiss": func(who Actor) error { return w.Dismiss(ctx, who, id, "") },
		}
		for _, tt := range []struct {
			name string
			who  Actor
			want kith.Kind
		}{
			{"nobody", Actor{}, kith.SignIn},
			{"a member with the scope", w.member("Or Dinary"), kith.Denied},
			{"an operator without the scope", noScope, kith.Denied},
			{"the one it is about", subject, kith.NotFound},
			{"the one who reported", reporter, kith.NotFound},
		} {
			for verb, do := range verbs {
				if err := do(tt.who); err == nil || kith.KindOf(err) != tt.want {
					t.Errorf("%s, %s: %v", tt.name, verb, err)
				}
			}
		}
		for _, verb := range []string{"list", "look", "dismiss"} {
			w.must(verbs[verb](mod))
		}
	})
}

// Two who decide at once decide once.
func TestACaseIsDecidedOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		bad, bea := w.member("Bad Actor"), w.member("Bea Coe")
		w.must(w.Report(ctx, bea, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForSpam}))
		mods := []Actor{w.moderator("Mo Dery", Moderator), w.moderator("Op Rater", Operator)}
		id := w.theCase(mods[0])
		var decided atomic.Int64
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				err := w.Uphold(ctx, mods[i%2], id, Ruling{Step: KnowMail, Weeks: 1})
				switch {
				case err == nil:
					decided.Add(1)
				case !errors.Is(err, errDecided):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := decided.Load(); n != 1 {
			t.Errorf("decided %d times", n)
		}
		w.must(w.read(ctx, func(tx *store.Tx) error {
			all, err := tx.Restrictions(bad.ID)
			if len(all) != 1 {
				t.Errorf("%d restrictions", len(all))
			}
			return err
		}))
	})
}

func TestRulingsAreChecked(t *testing.T) {
	t.Parallel()
	for _, r := range []Ruling{{}, {Step: Paused}, {Weeks: 2}, {Step: KnowMail, Weeks: 27}, {Step: 7, Weeks: 1}, {Close: true, Weeks: 1}, {Close: true, Step: Paused}} {
		if err := r.check(); kith.KindOf(err) != kith.Invalid {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, r := range []Ruling{{Close: true}, {Step: KnowMail, Weeks: 1}, {Step: Paused, Weeks: MaxWeeks, AtOnce: true}} {
		if err := r.check(); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}
