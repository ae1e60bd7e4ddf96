package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
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
		out = append(out, w.member(fmt.Sprintf("Member %03d", i)))
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

// everything gives all that a member can ask for about their standing and what
// they sent, with ids as numbers in the order they come up.
func (w *world) everything(who Actor, sent []kith.InvitationID) string {
	ctx := w.t.Context()
	var out []any
	keep := func(v any, err error) {
		w.must(err)
		out = append(out, v)
	}
	keep(w.Standing(ctx, who))
	list, next, err := w.Invitations(ctx, who, Sent, Cursor{}, 100)
	keep([]any{list, next}, err)
	keep(w.CountInvitations(ctx, who))
	for _, id := range sent {
		keep(w.Invitation(ctx, who, id))
	}
	keep(w.Events(ctx, who, 0, 1000))
	reports, next, err := w.Reports(ctx, who, Cursor{}, 100)
	keep([]any{reports, next}, err)
	looks, next, err := w.Audit(ctx, who, Cursor{}, 100)
	keep([]any{looks, next}, err)
	data, err := json.Marshal(out)
	w.must(err)
	numbers := map[string]string{}
	return anyID.ReplaceAllStringFunc(string(data), func(id string) string {
		if numbers[id] == "" {
			numbers[id] = fmt.Sprint("#", len(numbers))
		}
		return numbers[id]
	})
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// sender is a member who invited eight, of whom some answered in one way.
type sender struct {
	Actor
	name string
	sent []kith.InvitationID
	seen []string // all they could see, week by week
}

// Fewer than five people's answers change not a byte of what a sender sees;
// five do, or the test would prove nothing.
func TestFewerThanFiveAnswersDoNotShow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		recipients := w.strangers(8)
		var senders []*sender
		begin := func(name string, answers int, answer func(Actor, kith.InvitationID) error) {
			s := &sender{Actor: w.member("Sender"), name: name}
			for i, to := range recipients {
				id := w.sendTo(s.Actor, to)
				s.sent = append(s.sent, id)
				if i < answers {
					w.must(answer(to, id))
				}
			}
			_, err := w.Accept(ctx, recipients[7], s.sent[7], pair.Met, pair.NoSee, "")
			w.must(err)
			senders = append(senders, s)
		}
		plain := func(verb func(context.Context, Actor, kith.InvitationID) (Invitation, error)) func(Actor, kith.InvitationID) error {
			return func(who Actor, id kith.InvitationID) error { _, err := verb(ctx, who, id); return err }
		}
		report := func(who Actor, id kith.InvitationID) error {
			_, err := w.ReportInvitation(ctx, who, id, ForMoney, "asked for a deposit")
			return err
		}
		begin("nothing", 0, nil)
		begin("ignored", enough-1, plain(w.Ignore))
		begin("declined", enough-1, plain(w.Decline))
		begin("don't know", enough-1, plain(w.DontKnow))
		begin("reported", enough-1, report)
		begin("undone", enough-1, func(who Actor, id kith.InvitationID) error {
			return errors.Join(report(who, id), plain(w.Reopen)(who, id))
		})
		begin("five", enough, plain(w.DontKnow))
		for range 10 {
			for _, s := range senders {
				w.beginWeek(s.Actor)
				s.seen = append(s.seen, w.everything(s.Actor, s.sent))
			}
			w.pass(week)
		}
		for _, s := range senders {
			for _, id := range s.sent {
				_, err := w.Withdraw(ctx, s.Actor, id)
				s.seen = append(s.seen, fmt.Sprint(err))
			}
			w.sendTo(s.Actor, w.member("Last One"))
			s.seen = append(s.seen, w.everything(s.Actor, s.sent))
		}
		for _, s := range senders {
			first := senders[0].seen
			for i := range first {
				if s.name != "five" && s.seen[i] != first[i] {
					t.Errorf("%s shows at %d:\n%s\n%s", s.name, i, s.seen[i], first[i])
					break
				}
			}
			if s.name == "five" && slices.Equal(s.seen, first) {
				t.Error("five complaints changed nothing")
			}
		}
	})
}

// What a recipient makes of a connection afterwards does not show either.
func TestAnAcceptanceStaysCounted(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		recipients := w.strangers(5)
		ends := map[string]func(to, from Actor, id kith.InvitationID) error{
			"removed": func(to, from Actor, _ kith.InvitationID) error { return w.RemoveConnection(ctx, to, from.ID) },
			"undone":  func(to, _ Actor, id kith.InvitationID) error { _, err := w.Reopen(ctx, to, id); return err },
			"reported": func(to, from Actor, _ kith.InvitationID) error {
				return w.Report(ctx, to, Accusation{On: OnConnection, ID: string(from.ID), Reason: ForSpam})
			},
		}
		senders := map[string]Actor{}
		for name, end := range ends {
			senders[name] = w.member(name)
			for _, to := range recipients {
				id := w.sendTo(senders[name], to)
				_, err := w.Accept(ctx, to, id, pair.Met, pair.NoSee, "")
				w.must(err)
				w.must(end(to, senders[name], id))
			}
		}
		w.pass(2 * week)
		for name, who := range senders {
			if s := w.standingOf(who); s.Accepted != "nearly all" || s.Budget != startBudget+5*perAcceptance || s.Step != Free {
				t.Errorf("%s: %+v", name, s)
			}
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
