package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// strangers opens n accounts.
func (w *world) strangers(n int) (out []Actor) {
	for i := range n {
		out = append(out, w.memberAt(fmt.Sprintf("Member %03d", i), w.newID()+"@mail.example"))
	}
	return out
}

// sendTo sends an invitation.
func (w *world) sendTo(from, to Actor) kith.InvitationID {
	w.t.Helper()
	i, err := w.Send(w.t.Context(), from, Invite{To: to.ID, Note: "We met in Delft."})
	w.must(err)
	return i.ID
}

// weeks lets weeks pass and, in each, begins the member's.
func (w *world) weeks(n int, who Actor) {
	w.t.Helper()
	for range n {
		w.pass(week)
		w.beginWeek(who)
	}
}

// beginWeek does what the weekly duty does.
func (w *world) beginWeek(who Actor) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return w.standingDuty(ctx, tx, &store.Duty{Owner: who.ID})
	}))
}

// until lets weeks pass until a member stands at a step. Complaints count after
// one to three weeks, which only the database knows.
func (w *world) until(who Actor, step Step) {
	w.t.Helper()
	for range 5 {
		if w.standingOf(who).Step == step {
			return
		}
		w.weeks(1, who)
	}
	w.t.Fatalf("five weeks later: %+v", w.standingOf(who))
}

func (w *world) standingOf(who Actor) Standing {
	w.t.Helper()
	s, err := w.Standing(w.t.Context(), who)
	w.must(err)
	return s
}

// spam invites n members, who all say they do not know the sender.
func (w *world) spam(from Actor, n int) {
	w.t.Helper()
	for _, to := range w.strangers(n) {
		_, err := w.DontKnow(w.t.Context(), to, w.sendTo(from, to))
		w.must(err)
	}
}

func TestABudgetIsSpentWhateverBecomesOfIt(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, others := w.member("Ada Brandt"), w.strangers(startBudget+1)
		if s := w.standingOf(ada); s.Budget != startBudget || s.Left != startBudget || s.Step != Free || len(s.Reasons) != 1 {
			t.Errorf("a new account has %+v", s)
		}
		for i, to := range others[:startBudget] {
			id := w.sendTo(ada, to)
			if i%2 == 0 { // neither taking it back nor a refusal gives anything back
				_, err := w.Withdraw(t.Context(), ada, id)
				w.must(err)
			}
		}
		last := Invite{To: others[startBudget].ID}
		if _, err := w.Send(t.Context(), ada, last); kith.KindOf(err) != kith.Conflict || err.Error() !=
			"your 10 invitations of this week are used up; send this one from 9 March on" {
			t.Errorf("one too many: %v", err)
		}
		if s := w.standingOf(ada); s.Left != 0 || !s.RenewsAt.Equal(weekOf(w.now()).Add(week)) {
			t.Errorf("after all of it: %+v", s)
		}
		w.pass(w.standingOf(ada).RenewsAt.Sub(w.now()))
		_, err := w.Send(t.Context(), ada, last)
		w.must(err)
		if s := w.standingOf(ada); s.Left != startBudget-1 {
			t.Errorf("the next week: %+v", s)
		}
	})
}

// R9, P11: of many invitations at a time, from two nodes, exactly as many pass
// as are left.
func TestR9OneInvitationLeft(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			at := dsn.Make(t)
			w := &world{t: t}
			conf := Config{Clock: func(time.Time) time.Time { return w.now() }}
			nodes := make([]*App, 2)
			for i := range nodes {
				a, err := Open(t.Context(), at, conf)
				w.must(err)
				t.Cleanup(func() { w.must(a.Close()) })
				nodes[i] = a
			}
			w.App = nodes[0]
			ada, others := w.member("Ada Brandt"), w.strangers(startBudget-1+64)
			for _, to := range others[:startBudget-1] {
				w.sendTo(ada, to)
			}
			var passed atomic.Int64
			var wg sync.WaitGroup
			for i, to := range others[startBudget-1:] {
				wg.Go(func() {
					switch _, err := nodes[i%2].Send(t.Context(), ada, Invite{To: to.ID}); {
					case err == nil:
						passed.Add(1)
					case kith.KindOf(err) != kith.Conflict:
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := passed.Load(); n != 1 {
				t.Errorf("%d of 64 passed", n)
			}
		})
	}
}

// The owner's row is there, whoever looks at the same time, and a week begins
// once, however often its duty is tried.
func TestAWeekBeginsOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		w.spam(ada, enough)
		changes := 0
		for range 4 {
			before := w.standingOf(ada)
			w.pass(week)
			var wg sync.WaitGroup
			for range 8 {
				wg.Go(func() {
					err := w.write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
						return w.standingDuty(ctx, tx, &store.Duty{Owner: ada.ID})
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if now := w.standingOf(ada); now.Step != before.Step || now.Budget < before.Budget {
				changes++
			}
		}
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			all, err := tx.Restrictions(ada.ID)
			if len(all) != 1 {
				t.Errorf("%d restrictions", len(all))
			}
			return err
		}))
		told := 0
		for _, kind := range w.events(ada) {
			if kind == kindStanding {
				told++
			}
		}
		if told != changes || changes == 0 {
			t.Errorf("told %d times of %d changes", told, changes)
		}
	})
}

// The weekly duty comes by itself from the first invitation on, and ends when
// there is nothing left to assess.
func TestTheWeeklyDutyGoesOnAndEnds(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		w.sendTo(ada, w.strangers(1)[0])
		done := 0
		for range 20 {
			w.pass(week)
			claimed, err := w.Claim(t.Context(), "one", Quick, 100)
			w.must(err)
			for _, d := range claimed {
				if d.Kind == dutyStanding {
					done++
				}
				w.must(w.Do(t.Context(), d))
			}
		}
		if want := int((lookBack + week) / week); done != want {
			t.Errorf("the duty came %d times, want %d", done, want)
		}
	})
}

func TestComplaintsRestrictInSteps(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bea := w.member("Ada Brandt"), w.member("Bea")
		w.spam(ada, enough)
		w.weeks(1, ada)
		if s := w.standingOf(ada); s.Step != Free {
			t.Fatalf("answers counted before they could be undone: %+v", s)
		}
		w.until(ada, KnowMail)
		s := w.standingOf(ada)
		if s.Budget != leastBudget || !s.MayAppeal || s.Until.Weekday() != time.Monday {
			t.Fatalf("after five complaints: %+v", s)
		}
		if _, err := w.Send(t.Context(), ada, Invite{To: bea.ID}); !errors.Is(err, errMustKnowMail) {
			t.Errorf("without the address: %v", err)
		}
		me, err := w.Me(t.Context(), bea)
		w.must(err)
		sent, err := w.Send(t.Context(), ada, Invite{To: bea.ID, Email: me.Email})
		w.must(err)

		w.weeks(2, ada)
		if s := w.standingOf(ada); s.Step != Free || s.Budget != leastBudget {
			t.Fatalf("it did not end by itself: %+v", s)
		}
		w.spam(ada, leastBudget)
		w.weeks(1, ada)
		w.spam(ada, leastBudget)
		w.until(ada, Paused)
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			all, err := tx.Restrictions(ada.ID)
			if len(all) != 2 || all[0].Until.Sub(all[0].From) != week {
				t.Errorf("the second restriction: %+v", all)
			}
			return err
		}))
		if _, err := w.Send(t.Context(), ada, Invite{To: w.strangers(1)[0].ID}); !errors.Is(err, pair.ErrRestricted) {
			t.Errorf("a paused member: %v", err)
		}
		if _, err := w.Accept(t.Context(), bea, sent.ID, pair.Met, pair.NoSee, ""); !errors.Is(err, pair.ErrOnHold) {
			t.Errorf("accepting what a paused member sent: %v", err)
		}
		list, _, err := w.Invitations(t.Context(), bea, Received, Cursor{}, 10)
		w.must(err)
		if len(list) != 0 {
			t.Errorf("the inbox shows %+v", list)
		}
	})
}

// paused pauses a member by the desk's right, for a week and the rest of this.
func (w *world) paused(who Actor) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		return w.restrict(tx, who.ID, &Ruling{Step: Paused, Weeks: 1, AtOnce: true})
	}))
}

// P10: once a pause is acknowledged, nothing that was still under way passes.
func TestP10NothingPassesAPause(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, others := w.member("Ada Brandt"), w.strangers(startBudget)
		w.sendTo(ada, others[0])
		var wg sync.WaitGroup
		var after atomic.Int64 // sends that ended well after the pause was acknowledged
		var over atomic.Bool
		for _, to := range others[1:] {
			wg.Go(func() {
				began := over.Load()
				_, err := w.Send(t.Context(), ada, Invite{To: to.ID})
				if err == nil && began {
					after.Add(1)
				}
			})
		}
		w.paused(ada)
		over.Store(true)
		if _, err := w.Send(t.Context(), ada, Invite{To: w.strangers(1)[0].ID}); !errors.Is(err, pair.ErrRestricted) {
			t.Errorf("after the pause: %v", err)
		}
		wg.Wait()
		if n := after.Load(); n != 0 {
			t.Errorf("%d invitations passed", n)
		}
	})
}

// The tables refuse what the laws forbid, whoever writes.
func TestStandingCannotBeBroken(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		for name, do := range map[string]func(*store.Tx) error{
			"more spent than there is": func(tx *store.Tx) error {
				s, err := tx.LockStanding(ada.ID)
				s.Budget, s.Spent = 3, 4
				return errors.Join(err, tx.SetStanding(&s))
			},
			"a restriction that ends before it begins": func(tx *store.Tx) error {
				return tx.Restrict(&store.Restriction{Owner: ada.ID, Step: Paused, From: w.now(), Until: w.now().Add(-1)})
			},
			"a report of oneself": func(tx *store.Tx) error {
				return tx.SetReport(&store.Report{Owner: ada.ID, About: ada.ID, Subject: "x", Case: "y", At: w.now()})
			},
		} {
			if err := w.write(t.Context(), func(_ context.Context, tx *store.Tx) error { return do(tx) }); err == nil {
				t.Errorf("%s was kept", name)
			}
		}
	})
}
