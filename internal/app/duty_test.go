package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// doDue does everything that is due, as a loop would, and gives the failures.
func (w *world) doDue() error {
	w.t.Helper()
	var failures []error
	for idle := 0; idle < len(Lanes()); {
		for _, lane := range Lanes() {
			claimed, err := w.Claim(w.t.Context(), "test", lane, 10)
			w.must(err)
			idle++
			for _, d := range claimed {
				idle = 0
				failures = append(failures, w.Do(w.t.Context(), d))
			}
		}
	}
	return errors.Join(failures...)
}

// claim takes a duty of a kind that is due and does the others.
func (w *world) claim(lane Lane, kind string) (held Claimed) {
	w.t.Helper()
	claimed, err := w.Claim(w.t.Context(), "test", lane, 10)
	w.must(err)
	for _, d := range claimed {
		if d.Kind == kind {
			held = d
		} else {
			w.must(w.Do(w.t.Context(), d))
		}
	}
	if held.Kind == "" {
		w.t.Fatalf("no %s among %v", kind, claimed)
	}
	return held
}

// duty gives a member's duty.
func (w *world) duty(who Actor, effect string) (d store.Duty) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(tx *store.Tx) (err error) {
		var ok bool
		if d, ok, err = tx.Duty(who.ID, effect); err == nil && !ok {
			err = errors.New("there is no duty " + effect)
		}
		return err
	}))
	return d
}

// invite sends an invitation and gives its id.
func (w *world) invite(from, to Actor) kith.InvitationID {
	w.t.Helper()
	inv, err := w.Send(w.t.Context(), from, Invite{To: to.ID})
	w.must(err)
	return inv.ID
}

// count says how often a member was told something.
func (w *world) count(who Actor, kind string) (n int) {
	w.t.Helper()
	for _, k := range w.events(who) {
		if k == kind {
			n++
		}
	}
	return n
}

func TestEveryKindOfDutyIsWhole(t *testing.T) {
	t.Parallel()
	for name, k := range dutyKinds {
		if k.about == "" || (k.do == nil) == (k.long == nil) {
			t.Errorf("%s needs words for operators, and one way of being done", name)
		}
		if strings.Count(k.words, "%s") > 1 || k.dismiss && k.words == "" {
			t.Errorf("%s cannot be said to its owner: %q", name, k.words)
		}
	}
	for _, v := range []pair.Verb{pair.Expire, pair.Remind, pair.Reconsider, pair.Review} {
		if !dutyKinds[v.String()].pair {
			t.Errorf("%v does not lock the two", v)
		}
	}
}

func TestBackOffGrowsToADay(t *testing.T) {
	t.Parallel()
	total := time.Duration(0)
	for attempt, want := range []time.Duration{1, 3, 9, 27, 81, 243, 729, 1440, 1440} {
		got := backOff(attempt + 1)
		if got != want*time.Minute {
			t.Errorf("after attempt %d a duty rests %v, not %v", attempt+1, got, want*time.Minute)
		}
		total += got
	}
	if total < 66*time.Hour || total > 67*time.Hour {
		t.Errorf("ten tries take %v", total)
	}
}

// What falls due between two members happens at its time, and once.
func TestTimeActsBetweenTwo(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		begin func(w *world, ada, ben Actor)
		after time.Duration
		kind  string // told to ben
		times int
	}{
		{"expiry tells nobody", func(*world, Actor, Actor) {}, pair.ExpiresAfter, kindReminder, 0},
		{"a question without an answer", ask, 7 * kith.Day, kindReminder, 1},
		{"two weeks without an answer", ask, 14 * kith.Day, kindReminder, 1},
		{"an answer in time", func(w *world, ada, ben Actor) {
			ask(w, ada, ben)
			_, err := w.Reply(w.t.Context(), ada, w.id(ben), "At the fair in May.")
			w.must(err)
		}, 14 * kith.Day, kindReminder, 0},
		{"accept and see, silent", see, 14 * kith.Day, kindSilent, 1},
		{"accept and see, written", func(w *world, ada, ben Actor) {
			see(w, ada, ben)
			_, err := w.Write(w.t.Context(), ada, ben.ID, "Thank you!")
			w.must(err)
		}, 14 * kith.Day, kindSilent, 0},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for _, tt := range tests {
			ada, ben := w.member("Ada "+tt.name), w.member("Ben "+tt.name)
			w.invite(ada, ben)
			tt.begin(w, ada, ben)
			w.pass(tt.after - time.Microsecond)
			w.must(w.doDue())
			early := w.count(ben, tt.kind)
			w.pass(time.Microsecond)
			w.must(w.doDue())
			w.must(w.doDue())
			if got := w.count(ben, tt.kind); got != tt.times || tt.after == 7*kith.Day && early != 0 {
				t.Errorf("%s: told %d times, want %d; %d times early", tt.name, got, tt.times, early)
			}
		}
	})
}

// id is the invitation a member received.
func (w *world) id(who Actor) kith.InvitationID {
	w.t.Helper()
	list, _, err := w.Invitations(w.t.Context(), who, Received, Cursor{}, 1)
	w.must(err)
	if len(list) != 1 {
		w.t.Fatal("no invitation")
	}
	return list[0].ID
}

func ask(w *world, _, ben Actor) {
	_, err := w.Ask(w.t.Context(), ben, w.id(ben), "Where did we meet?")
	w.must(err)
}

func see(w *world, _, ben Actor) {
	_, err := w.Accept(w.t.Context(), ben, w.id(ben), pair.ThroughNetwork, pair.SeePropose, "Hello!")
	w.must(err)
}

// A duty whose transaction does not commit has had no effect, and is done by
// the next try.
func TestACrashBeforeTheCommitLeavesTheDutyDue(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, ben := w.member("Ada Brandt"), w.member("Ben Okoye")
		w.invite(ada, ben)
		ask(w, ada, ben)
		w.pass(7 * kith.Day)
		for w.duty(ben, "remind/"+string(w.id(ben))).Attempts == 0 {
			claimed, err := w.Claim(t.Context(), "test", Quick, 10)
			w.must(err)
			for _, d := range claimed {
				crash := errors.New("the plug is pulled")
				err := w.write(t.Context(), func(ctx context.Context, _ *store.Tx) error {
					return errors.Join(w.Do(ctx, d), crash)
				})
				if !errors.Is(err, crash) {
					t.Fatal(err)
				}
			}
		}
		if n := w.count(ben, kindReminder); n != 0 {
			t.Fatalf("%d reminders before the commit", n)
		}
		w.pass(leaseFor)
		w.must(w.doDue())
		if n := w.count(ben, kindReminder); n != 1 {
			t.Errorf("%d reminders after the second try", n)
		}
	})
}

// A lease that ran out belongs to whoever claims next; the first claimer has
// no effect any more.
func TestALostLeaseHasNoEffect(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, ben := w.member("Ada Brandt"), w.member("Ben Okoye")
		w.invite(ada, ben)
		ask(w, ada, ben)
		w.pass(7 * kith.Day)
		first := w.claim(Quick, "remind")
		w.must(w.doDue())
		if n := w.count(ben, kindReminder); n != 0 {
			t.Fatalf("%d reminders under somebody else's lease", n)
		}
		w.pass(leaseFor)
		second := w.claim(Quick, "remind")
		w.must(w.Do(t.Context(), first))
		if n := w.count(ben, kindReminder); n != 0 {
			t.Fatalf("%d reminders under a lost lease", n)
		}
		w.must(w.Do(t.Context(), second))
		w.must(w.Do(t.Context(), second))
		if n := w.count(ben, kindReminder); n != 1 {
			t.Errorf("%d reminders", n)
		}
	})
}

// A claim that is given back, because its holder stops, costs no attempt.
func TestAStoppedClaimerGivesBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.reader("Ada Brandt", "ada@mail.example", new(box))
		w.letter(ada, "one")
		stopped, stop := context.WithCancel(t.Context())
		stop()
		w.must(w.Do(stopped, w.claim(Long, "mail")))
		if d := w.duty(ada, "mail/one"); d.Attempts != 0 || d.Lease != "" || d.State != store.Due {
			t.Errorf("the duty is %+v", d)
		}
		w.must(w.doDue())
		if d := w.duty(ada, "mail/one"); d.State != store.Done || d.Body != "" {
			t.Errorf("the duty is %+v", d)
		}
	})
}

// A duty that fails rests longer each time and is given up after ten tries;
// others are done meanwhile.
func TestAFailingDutyIsGivenUp(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := &box{fail: map[string]error{"bad@mail.example": &kith.Error{Kind: kith.Busy, Msg: "the mail server is asleep"}}}
		bad, good := w.reader("Bad Luck", "bad@mail.example", b), w.reader("Good Luck", "good@mail.example", b)
		w.letter(bad, "one")
		for attempt := 1; attempt <= maxAttempts; attempt++ {
			w.letter(good, "l"+strings.Repeat("i", attempt))
			if err := w.doDue(); err == nil {
				t.Fatalf("attempt %d did not fail", attempt)
			}
			w.must(w.doDue()) // resting
			if len(b.got) != attempt {
				t.Fatalf("the other's letters came %d times in %d rounds", len(b.got), attempt)
			}
			w.pass(backOff(attempt))
		}
		w.must(w.doDue())
		operator := good
		dead, err := w.DeadDuties(t.Context(), operator, "", "", 10)
		w.must(err)
		if len(dead) != 1 || dead[0].Failure != "the mail server is asleep" || dead[0].About == "" {
			t.Fatalf("given up: %+v", dead)
		}
		counts, err := w.DutyCounts(t.Context())
		w.must(err)
		if !slices.Contains(counts, DutyCount{Kind: "mail", Dead: 1}) {
			t.Errorf("counted %+v", counts)
		}
		delete(b.fail, "bad@mail.example")
		w.must(w.ReviveDuty(t.Context(), operator, bad.ID, "mail/one"))
		w.must(w.doDue())
		if len(b.got) != maxAttempts+1 {
			t.Error("a revived letter did not come")
		}
		if err := w.ReviveDuty(t.Context(), operator, bad.ID, "mail/one"); kith.KindOf(err) != kith.NotFound {
			t.Errorf("a done duty was revived: %v", err)
		}
		if err := w.DiscardDuty(t.Context(), Actor{ID: bad.ID, Scopes: AllScopes(Ordinary)}, bad.ID, "mail/one"); kith.KindOf(err) != kith.Denied {
			t.Errorf("a member did an operator's work: %v", err)
		}
	})
}

// Whoever holds a duty ten times and never says how it went takes no more.
func TestADutyThatKillsItsNodeIsGivenUp(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.reader("Ada Brandt", "ada@mail.example", new(box))
		w.letter(ada, "one")
		for range maxAttempts {
			w.claim(Long, "mail")
			w.pass(leaseFor)
		}
		if claimed, err := w.Claim(t.Context(), "test", Long, 10); err != nil || len(claimed) != 0 {
			t.Fatalf("claimed %v, %v", claimed, err)
		}
		if d := w.duty(ada, "mail/one"); d.State != store.Dead || d.Failure == "" {
			t.Errorf("the duty is %+v", d)
		}
		w.must(w.DiscardDuty(t.Context(), ada, ada.ID, "mail/one"))
		if d := w.duty(ada, "mail/one"); d.State != store.Dropped || d.Body != "" {
			t.Errorf("the duty is %+v", d)
		}
	})
}

func TestADutyNobodyKnowsIsSeen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			return tx.AddDuty(&store.Duty{Owner: ada.ID, Effect: "teleport/1", Kind: "teleport", DueAt: beginning})
		}))
		if err := w.doDue(); err == nil {
			t.Error("it was done")
		}
		if d := w.duty(ada, "teleport/1"); d.State != store.Due || d.Failure == "" {
			t.Errorf("the duty is %+v", d)
		}
	})
}

func TestHousekeepingForgets(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.reader("Ada Brandt", "ada@mail.example", new(box))
		w.letter(ada, "one")
		w.must(w.doDue())
		do := func(context.Context) (int, error) { return 1, nil }
		again := func(context.Context) (int, error) { return 2, nil }
		_, err := Once(t.Context(), w.App, ada, "key", "request", do)
		w.must(err)
		w.pass(24 * time.Hour)
		w.must(w.Housekeep(t.Context()))
		var n int
		if n, err = Once(t.Context(), w.App, ada, "key", "request", again); err != nil || n != 1 {
			t.Errorf("forgotten too early: %d, %v", n, err)
		}
		w.pass(time.Hour)
		w.must(w.Housekeep(t.Context()))
		if n, err = Once(t.Context(), w.App, ada, "key", "request", again); err != nil || n != 2 {
			t.Errorf("not forgotten: %d, %v", n, err)
		}
		w.duty(ada, "mail/one")
		w.pass(rememberDuties)
		w.must(w.Housekeep(t.Context()))
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			_, ok, err := tx.Duty(ada.ID, "mail/one")
			if ok {
				t.Error("a duty is remembered for ever")
			}
			return err
		}))
	})
}
