package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// Everything reported of one member comes together in one case, with what was
// reported and without who did.
func TestReportsGatherInOneCase(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, bad := w.moderator("Mo Dery", Moderator), w.member("Bad Actor")
		bea, cal, dee := w.member("Bea Coe"), w.member("Cal Dunn"), w.member("Dee Eno")
		id := w.sendTo(bad, bea)
		_, err := w.ReportInvitation(ctx, bea, id, ForMoney, "a deposit, twice")
		w.must(err)
		w.befriend(bad, cal)
		m, err := w.Write(ctx, bad, cal.ID, "Send me the code.")
		w.must(err)
		w.must(w.Report(ctx, cal, Accusation{On: OnMessage, ID: string(m.ID), Reason: ForCredentials}))
		w.must(w.Report(ctx, dee, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForImpersonation, Words: "I know the real one."}))

		c, err := w.LookAtCase(ctx, mod, w.theCase(mod))
		w.must(err)
		var told []string
		for _, r := range c.Reports {
			told = append(told, fmt.Sprintf("%d %s %q %q", r.On, r.Reason, r.Words, r.Evidence))
		}
		slices.Sort(told)
		want := []string{`0 money "a deposit, twice" "We met in Delft."`, `2 impersonation "I know the real one." "Bad Actor"`, `3 credentials "" "Send me the code."`}
		if !slices.Equal(told, want) || c.About.ID != bad.ID || c.Sent != 1 {
			t.Errorf("the case tells %q\n%+v", told, c)
		}
		data, err := json.Marshal(c)
		w.must(err)
		for _, who := range []Actor{bea, cal, dee} {
			if strings.Contains(string(data), string(who.ID)) {
				t.Errorf("the case names who reported: %s", data)
			}
		}
		mine, _, err := w.Reports(ctx, dee, Cursor{}, 10)
		w.must(err)
		if len(mine) != 1 || mine[0].LookedAt || mine[0].Other.ID != bad.ID {
			t.Errorf("my reports: %+v", mine)
		}
	})
}

func TestWhatIsNotThereCannotBeReported(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, bea, cal := w.member("Ada Brandt"), w.member("Bea Coe"), w.member("Cal Dunn")
		w.befriend(bea, cal)
		m, err := w.Write(ctx, bea, cal.ID, "Hello")
		w.must(err)
		w.must(w.Block(ctx, cal, ada.ID))
		for _, tt := range []struct {
			name string
			acc  Accusation
			want error
		}{
			{"nobody", Accusation{On: OnProfile, ID: "nobody"}, pair.ErrNoAccount},
			{"who blocks", Accusation{On: OnProfile, ID: string(cal.ID)}, pair.ErrNoAccount},
			{"oneself", Accusation{On: OnProfile, ID: string(ada.ID)}, pair.ErrSelf},
			{"a connection of others", Accusation{On: OnConnection, ID: string(bea.ID)}, errNoConnection},
			{"a message of others", Accusation{On: OnMessage, ID: string(m.ID)}, errNoMessage},
			{"an invitation of others", Accusation{On: OnInvitation, ID: "x"}, errNoInvitation},
		} {
			tt.acc.Reason = ForSpam
			if err := w.Report(ctx, ada, tt.acc); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if err := w.Report(ctx, bea, Accusation{On: OnMessage, ID: string(m.ID), Reason: ForSpam}); !errors.Is(err, errNoMessage) {
			t.Errorf("the own message: %v", err)
		}
		for _, acc := range []Accusation{{On: OnProfile, ID: string(bea.ID), Reason: "thin profile"}, {On: 9, Reason: ForSpam},
			{On: OnProfile, ID: string(bea.ID), Reason: ForSpam, Words: strings.Repeat("x", 1001)}} {
			if err := w.Report(ctx, ada, acc); kith.KindOf(err) != kith.Invalid {
				t.Errorf("%+v: %v", acc, err)
			}
		}
		for range MaxReports {
			w.must(w.Report(ctx, ada, Accusation{On: OnProfile, ID: string(w.member("Some One " + w.newID()).ID), Reason: ForSpam}))
		}
		if err := w.Report(ctx, ada, Accusation{On: OnProfile, ID: string(bea.ID), Reason: ForSpam}); kith.KindOf(err) != kith.Conflict {
			t.Errorf("one report more than a day allows: %v", err)
		}
	})
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

func TestTakingAReportBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, ada := w.moderator("Mo Dery", Moderator), w.member("Ada Brandt")
		bea, cal := w.member("Bea Coe"), w.member("Cal Dunn")
		ids := []kith.InvitationID{w.sendTo(ada, bea), w.sendTo(ada, cal)}
		report := func(who Actor, id kith.InvitationID) {
			_, err := w.ReportInvitation(ctx, who, id, ForSpam, "")
			w.must(err)
		}
		back := func(who Actor, id kith.InvitationID) {
			_, err := w.Reopen(ctx, who, id)
			w.must(err)
		}
		report(bea, ids[0])
		report(cal, ids[1])
		back(bea, ids[0])
		if list := w.cases(mod); len(list) != 1 || list[0].Reports != 1 {
			t.Errorf("one of two is left: %+v", list)
		}
		first := w.theCase(mod)
		back(cal, ids[1])
		if list := w.cases(mod); len(list) != 0 {
			t.Errorf("nothing is left: %+v", list)
		}
		if _, err := w.LookAtCase(ctx, mod, first); !errors.Is(err, errNoCase) {
			t.Errorf("an empty case: %v", err)
		}
		report(bea, ids[0])
		id := w.theCase(mod)
		if id == first {
			t.Error("an old case is open again")
		}
		w.must(w.Dismiss(ctx, mod, id, ""))
		back(bea, ids[0]) // too late for the desk, in time for the invitation
	})
}

// What was looked at for a report is told a quarter after it was decided, by the
// month; other looks at once, by the day.
func TestAudit(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, op, bad, bea := w.moderator("Mo Dery", Moderator), w.moderator("Op Rater", Operator), w.member("Bad Actor"), w.member("Bea Coe")
		w.must(w.Report(ctx, bea, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForAbuse}))
		id := w.theCase(mod)
		for range 2 {
			_, err := w.LookAtCase(ctx, mod, id)
			w.must(err)
		}
		w.must(w.write(ctx, func(_ context.Context, tx *store.Tx) error {
			return w.audit(tx, op, bad.ID, "your name and state, to answer your letter,")
		}))
		seen := []string{"An operator looked at your name and state, to answer your letter, on 2 March 2026."}
		for range 30 { // as long as nobody decides, nothing is told
			w.pass(week)
			if got := w.looks(bad); !slices.Equal(got, seen) {
				t.Fatalf("while the case is open: %q", got)
			}
		}
		if got := w.looks(bea); len(got) != 2 || got[0] != "A moderator looked at what you reported, to decide on it, on 2 March 2026." {
			t.Errorf("who reported sees %q", got)
		}
		w.must(w.Dismiss(ctx, mod, id, ""))
		shown := weekOf(w.now()).Add(week + auditDelay)
		w.pass(shown.Sub(w.now()) - 1000)
		if got := w.looks(bad); !slices.Equal(got, seen) {
			t.Errorf("too early: %q", got)
		}
		w.pass(1000)
		line := "A moderator looked at your standing and what was reported of you, because of a report, in March 2026."
		if got := w.looks(bad); !slices.Equal(got, append([]string{line, line}, seen...)) {
			t.Errorf("a quarter later: %q", got)
		}
		list, next, err := w.Audit(ctx, bad, Cursor{}, 2)
		w.must(err)
		rest, end, err := w.Audit(ctx, bad, next, 2)
		w.must(err)
		if len(list) != 2 || len(rest) != 1 || end != (Cursor{}) || list[0].At.Day() != 1 {
			t.Errorf("pages of %d and %d, then %+v", len(list), len(rest), end)
		}
	})
}

func TestAppeals(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod := w.moderator("Mo Dery", Moderator)
		for _, uphold := range []bool{true, false} {
			ada := w.member(fmt.Sprintf("Ada %v", uphold))
			if _, err := w.Appeal(ctx, ada, "Why?"); kith.KindOf(err) != kith.Conflict {
				t.Errorf("against nothing: %v", err)
			}
			w.spam(ada, enough)
			w.until(ada, KnowMail)
			if _, err := w.Appeal(ctx, ada, " "); kith.KindOf(err) != kith.Invalid {
				t.Errorf("without words: %v", err)
			}
			s, err := w.Appeal(ctx, ada, "It was the reunion.")
			w.must(err)
			if s.Appeal != "waiting" || s.MayAppeal || s.Step != KnowMail {
				t.Errorf("while it waits: %+v", s)
			}
			if _, err := w.Appeal(ctx, ada, "Again"); kith.KindOf(err) != kith.Conflict {
				t.Errorf("twice: %v", err)
			}
			id := w.theCase(mod)
			c, err := w.LookAtCase(ctx, mod, id)
			w.must(err)
			if c.Kind != "appeal" || len(c.Appeals) != 1 || c.Appeals[0].Words != "It was the reunion." || c.Appeals[0].ByDesk || c.Complaints != enough {
				t.Errorf("the appeal reads %+v", c)
			}
			if got := w.looks(ada); len(got) != 1 || !strings.Contains(got[0], "because you appealed") {
				t.Errorf("the audit says %q", got)
			}
			if uphold {
				if err := w.Uphold(ctx, mod, id, Ruling{Step: Paused, Weeks: 1}); kith.KindOf(err) != kith.Invalid {
					t.Errorf("an appeal upheld with a step: %v", err)
				}
				w.must(w.Uphold(ctx, mod, id, Ruling{}))
				if s := w.standingOf(ada); s.Step != Free {
					t.Errorf("granted: %+v", s)
				}
				w.weeks(6, ada)
				if s := w.standingOf(ada); s.Step != Free || s.Budget != startBudget {
					t.Errorf("the same complaints came back: %+v", s)
				}
			} else {
				w.must(w.Dismiss(ctx, mod, id, ""))
				if s := w.standingOf(ada); s.Step != KnowMail || s.Appeal != "refused" || s.MayAppeal {
					t.Errorf("refused: %+v", s)
				}
			}
			if !slices.Contains(w.events(ada), kindAppeal) {
				t.Error("they were not told")
			}
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
		noScope.Scopes &^= Moderate
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

// Reports that come at once open one case.
func TestReportsAtOnceOpenOneCase(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, bad, others := w.moderator("Mo Dery", Moderator), w.member("Bad Actor"), w.strangers(16)
		var wg sync.WaitGroup
		for _, who := range others {
			wg.Go(func() {
				if err := w.Report(ctx, who, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForSpam}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if list := w.cases(mod); len(list) != 1 || list[0].Reports != len(others) {
			t.Errorf("the desk has %+v", list)
		}
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
