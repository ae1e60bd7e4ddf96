package pair

import (
	"errors"
	"testing"
	"time"

	"kith"
)

// story is a life told in lines: who does what, how long after the line
// before, and the answer.
type story []struct {
	after time.Duration
	by    Party
	verb  Verb
	want  error
}

const instant = time.Microsecond

// stories pin the boundaries and the cases worth telling. An act means the
// invitation it can only mean: the sender's verbs their own, all others the
// other's.
var stories = map[string]story{
	"an invitation is accepted, the connection removed, and another sent": {
		{0, A, Send, nil}, {0, B, Accept, nil}, {0, A, Send, ErrConnected}, {0, A, Remove, nil}, {0, B, Remove, ErrNotConnected},
		{0, B, Send, nil},
	},
	"both invite each other": {
		{0, A, Send, nil}, {0, B, Send, nil}, {0, A, Write, nil},
	},
	"an ignored invitation is met": {
		{0, A, Send, nil}, {0, B, Ignore, nil}, {0, B, Ignore, ErrIgnored}, {9 * kith.Day, B, Send, nil}, {0, A, Write, nil},
	},
	"a declined one is not met: the other has to accept": {
		{0, A, Send, nil}, {0, B, Decline, nil}, {9 * kith.Day, B, Send, nil}, {0, A, Write, ErrNotConnected}, {0, A, Accept, nil}, {0, B, Write, nil},
	},
	"or invite again, which meets it": {
		{0, A, Send, nil}, {0, B, Decline, nil}, {9 * kith.Day, B, Send, nil}, {0, A, Send, nil}, {0, A, Write, nil},
	},
	"no answer is final for the sender until the time is over": {
		{0, A, Send, nil}, {0, B, Decline, nil}, {ExpiresAfter - instant, A, Send, ErrAlreadySent}, {instant, A, Send, nil},
		{0, B, Accept, nil},
	},
	"never again is not heard, but taken": {
		{0, A, Send, nil}, {0, B, DontKnow, nil}, {ExpiresAfter, A, Send, nil}, {0, B, Accept, ErrClosed}, {0, A, Send, ErrAlreadySent},
		{0, A, Withdraw, nil}, {CoolDown, A, Send, nil}, {0, B, Send, nil}, {0, A, Write, nil},
	},
	"cooling down ends after 21 days": {
		{0, A, Send, nil}, {0, A, Withdraw, nil}, {0, A, Withdraw, ErrClosed}, {CoolDown - instant, A, Send, ErrCooling}, {instant, A, Send, nil},
	},
	"who cools down may still meet": {
		{0, A, Send, nil}, {0, A, Withdraw, nil}, {0, B, Send, nil}, {0, A, Send, nil}, {0, B, Write, nil},
	},
	"blocking is no way round cooling down": {
		{0, A, Send, nil}, {0, A, Block, nil}, {0, A, Unblock, nil}, {0, A, Send, ErrCooling},
	},
	"undo works for 7 days": {
		{0, A, Send, nil}, {0, B, DontKnow, nil}, {UndoFor - instant, B, Reopen, nil}, {0, B, Reopen, ErrClosed}, {0, B, Report, nil},
		{UndoFor, B, Reopen, ErrUndoOver},
	},
	"undo of an acceptance is a removal": {
		{0, A, Send, nil}, {0, B, Accept, nil}, {0, A, Reopen, ErrClosed}, {kith.Day, B, Reopen, nil}, {0, A, Write, ErrNotConnected},
		{0, B, Accept, ErrClosed},
	},
	"undo comes too late for a withdrawn invitation": {
		{0, A, Send, nil}, {0, B, Decline, nil}, {0, A, Withdraw, nil}, {0, B, Reopen, ErrClosed},
	},
	"undo gives way to an invitation of one's own": {
		{0, A, Send, nil}, {0, B, Decline, nil}, {0, B, Send, nil}, {0, B, Reopen, ErrInvitedSince}, {0, B, Withdraw, nil}, {0, B, Reopen, nil},
		{0, B, Accept, nil},
	},
	"ask first": {
		{0, A, Send, nil}, {0, A, Reply, ErrNotAsked}, {0, B, Ask, nil}, {0, B, Ask, ErrAsked}, {RemindAfter - instant, B, Remind, ErrNotDue},
		{instant, B, Remind, nil}, {0, B, Remind, ErrNotDue}, {DecideAfter - RemindAfter, B, Reconsider, nil}, {0, B, Reconsider, ErrNotDue},
		{0, A, Reply, nil}, {0, A, Reply, ErrReplied}, {0, B, Accept, nil},
	},
	"a reply ends the wait": {
		{0, A, Send, nil}, {0, B, Ask, nil}, {0, A, Reply, nil}, {DecideAfter, B, Remind, ErrNotDue}, {0, B, Reconsider, ErrNotDue},
	},
	"a late reminder does not follow the verdict": {
		{0, A, Send, nil}, {0, B, Ask, nil}, {DecideAfter, B, Reconsider, nil}, {0, B, Remind, ErrNotDue},
	},
	"a reply to somebody who has declined is taken": {
		{0, A, Send, nil}, {0, B, Ask, nil}, {0, B, Decline, nil}, {0, A, Reply, nil},
	},
	"block and closed account": {
		{0, A, Send, nil}, {0, B, Accept, nil}, {0, B, Block, nil}, {0, A, Write, ErrNoAccount}, {0, A, Send, ErrNoAccount}, {0, B, Send, ErrYouBlock},
		{0, A, Unblock, ErrNoAccount}, {0, A, Block, nil}, {0, B, Block, ErrYouBlock}, {0, B, Unblock, nil}, {0, B, Send, ErrNoAccount},
		{0, A, Leave, nil}, {0, A, Unblock, ErrLeft}, {0, A, Return, nil}, {0, A, Return, ErrNotLeft}, {0, A, Unblock, nil},
		{0, A, Unblock, ErrNotBlocked}, {0, A, Send, nil},
	},
	"expiry": {
		{0, A, Send, nil}, {ExpiresAfter - instant, A, Expire, ErrNotDue}, {instant, B, Accept, ErrClosed}, {0, A, Expire, nil}, {0, A, Expire, ErrNotDue},
	},
	"undo ends with the invitation": {
		{0, A, Send, nil}, {ExpiresAfter - 3*kith.Day, B, Decline, nil}, {3*kith.Day - instant, B, Reopen, nil}, {0, B, Decline, nil},
		{instant, B, Reopen, ErrClosed},
	},
	"a connection is reported": {
		{0, A, Send, nil}, {0, B, Accept, nil}, {0, B, Report, nil}, {0, A, Write, ErrNotConnected}, {0, A, Send, nil}, {0, B, Accept, ErrClosed},
		{0, B, Reopen, ErrClosed},
	},
}

func TestStories(t *testing.T) {
	t.Parallel()
	own := [numVerbs]bool{Withdraw: true, Reply: true, Expire: true}
	for name, lines := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var s State
			now := today
			for n, l := range lines {
				now = now.Add(l.after)
				a := Act{Verb: l.verb, By: l.by, At: now, Seq: s.Sent[l.by.Other()].Seq}
				if own[l.verb] {
					a.Seq = s.Sent[l.by].Seq
				}
				var err error
				if s, _, err = Next(s, a); err != l.want {
					t.Fatalf("line %d, %v by %v: %v, want %v", n+1, l.verb, l.by, err, l.want)
				}
			}
		})
	}
}

func TestUndoIsOfferedWhileTheInvitationRuns(t *testing.T) {
	t.Parallel()
	s, _, _ := Next(State{}, Act{Verb: Send, By: A, At: today})
	ends := today.Add(ExpiresAfter)
	for _, c := range []struct{ answered, until time.Time }{
		{today, today.Add(UndoFor)},
		{ends.Add(-3 * kith.Day), ends},
	} {
		declined, _, err := Next(s, Act{Verb: Decline, By: B, At: c.answered, Seq: 1})
		if until := View(declined, B, c.answered).UndoUntil; err != nil || until != c.until {
			t.Errorf("answered %v: %v, undo until %v, want %v", c.answered, err, until, c.until)
		}
		if until := View(declined, A, c.answered).UndoUntil; !until.IsZero() {
			t.Errorf("the sender is offered an undo until %v", until)
		}
	}
}

func TestStandingHoldsBack(t *testing.T) {
	t.Parallel()
	s, _, err := Next(State{}, Act{Verb: Send, By: A, At: today})
	if err != nil {
		t.Fatal(err)
	}
	onA := [2]bool{A: true}
	if _, _, err := Next(s, Act{Verb: Accept, By: B, At: today, Seq: 1, Restricted: onA}); err != ErrOnHold {
		t.Errorf("accepting from a restricted sender: %v", err)
	}
	if _, _, err := Next(State{}, Act{Verb: Send, By: A, At: today, Restricted: onA}); err != ErrRestricted {
		t.Errorf("sending while restricted: %v", err)
	}
	s, _, err = Next(s, Act{Verb: Send, By: B, At: today, Restricted: onA})
	if err != nil || s.Connected() || s.Sent[A].Course != Cancelled || !s.Sent[B].live() {
		t.Errorf("inviting a restricted sender asks them: %v, %+v", err, s)
	}
}

func TestAcceptAndSee(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		see       See
		heard     bool
		connected bool
		tell      Doing
		err       error
	}{
		{SeePropose, false, true, TellSilent, nil},
		{SeeRemove, false, false, TellRemoved, nil},
		{SeeRemove, true, true, 0, ErrNotDue},
		{NoSee, false, true, 0, ErrNotDue},
	} {
		s, _, _ := Next(State{}, Act{Verb: Send, By: A, At: today, Tie: Met})
		s, _, err := Next(s, Act{Verb: Accept, By: B, At: today, Seq: 1, See: c.see})
		if err != nil || s.Connection.Ties != [2]Tie{A: Met, B: ThroughNetwork} {
			t.Fatal(err, s.Connection.Ties)
		}
		if v := View(s, A, today); v.See != NoSee || !v.ReviewAt.IsZero() || v.Tie != Met {
			t.Errorf("A sees that B waits: %+v", v)
		}
		s, _, _ = Next(s, Act{Verb: Write, By: B, At: today}) // the greeting is not an answer
		if c.heard {
			s, _, _ = Next(s, Act{Verb: Write, By: A, At: today})
		}
		s, effects, err := Next(s, Act{Verb: Review, By: B, At: today.Add(ReviewAfter), Seq: 1})
		if err != c.err && !errors.Is(err, c.err) || s.Connected() != c.connected {
			t.Errorf("%v, heard %v: %v, connected %v", c.see, c.heard, err, s.Connected())
		}
		if c.tell != 0 && (len(effects) == 0 || effects[0] != Effect{Do: c.tell, For: B, Seq: 1}) {
			t.Errorf("%v: %+v", c.see, effects)
		}
	}
}

func TestTimesAreKeptAsDatabasesKeepThem(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 1, 13, 0, 0, 123456789, time.FixedZone("", 3600))
	s, _, err := Next(State{}, Act{Verb: Send, By: A, At: at})
	want := time.Date(2027, 3, 1, 12, 0, 0, 123456000, time.UTC)
	if err != nil || s.Sent[A].SentAt != want || s.Sent[A].ExpiresAt != want.Add(ExpiresAfter) {
		t.Errorf("%v: %+v", err, s.Sent[A])
	}
}

func TestActsThatSayNothingAreRefused(t *testing.T) {
	t.Parallel()
	for field, a := range map[string]Act{
		"verb": {By: A, At: today},
		"by":   {Verb: Send, By: 2, At: today},
		"at":   {Verb: Send, At: time.Time{}.Add(time.Nanosecond)},
		"tie":  {Verb: SetTie, At: today},
		"see":  {Verb: Accept, At: today, See: 3},
	} {
		_, effects, err := Next(State{}, a)
		var e *kith.Error
		if !errors.As(err, &e) || e.Field != field || e.Kind != kith.Invalid || effects != nil {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, _, err := Next(State{}, Act{Verb: meet, At: today}); err == nil {
		t.Error("meet was taken for an act")
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	type id string
	for _, c := range []struct {
		me, other, a, b id
		mine            Party
		err             error
	}{
		{"ada", "bo", "ada", "bo", A, nil},
		{"bo", "ada", "ada", "bo", B, nil},
		{"ada", "ada", "", "", A, ErrSelf},
	} {
		a, b, mine, err := Order(c.me, c.other)
		if a != c.a || b != c.b || mine != c.mine || !errors.Is(err, c.err) {
			t.Errorf("Order(%s, %s) = %s, %s, %v, %v", c.me, c.other, a, b, mine, err)
		}
	}
}

func TestEveryWordIsSaid(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, v := range append(Verbs(), meet) {
		if w := v.String(); w == "" || w == "invalid" || seen[w] {
			t.Errorf("verb %d is called %q", v, w)
		}
		seen[v.String()] = true
	}
	for d := Spend; d <= TellRemoved; d++ {
		if w := d.String(); w == "" || w == "invalid" || seen["do "+w] {
			t.Errorf("doing %d is called %q", d, w)
		}
		seen["do "+d.String()] = true
	}
	for _, w := range []string{Cancelled.String(), Accepted.String(), Close.String(), SeeRemove.String(), B.String()} {
		if w == "" || w == "invalid" {
			t.Errorf("a last word is %q", w)
		}
	}
	for _, w := range []string{numVerbs.String(), (TellRemoved + 1).String(), (Cancelled + 1).String(), (Accepted + 1).String(),
		(Close + 1).String(), (SeeRemove + 1).String(), (B + 1).String()} {
		if w != "invalid" {
			t.Errorf("a value that is none is called %q", w)
		}
	}
}

// TestCheckNamesTheLaw breaks a good state in one way at a time.
func TestCheckNamesTheLaw(t *testing.T) {
	t.Parallel()
	pending, _, _ := Next(State{}, Act{Verb: Send, By: A, At: today})
	joined, _, _ := Next(pending, Act{Verb: Accept, By: B, At: today, Seq: 1})
	other := Invitation{Seq: 2, SentAt: today, ExpiresAt: today.Add(ExpiresAfter)}
	for _, c := range []struct {
		law  string
		from State
		do   func(*State)
	}{
		{"pair.P1", joined, func(s *State) { s.Blocks[A] = true }},
		{"pair.P2", pending, func(s *State) { s.Blocks[B] = true }},
		{"pair.P3", joined, func(s *State) { s.Sent[B] = other }},
		{"pair.P4", pending, func(s *State) { s.Sent[B] = other }},
		{"pair.P5", joined, func(s *State) { s.Sent[A] = Invitation{} }},
		{"pair.P6", pending, func(s *State) { s.Gone[A] = true }},
		{"pair.numbers", pending, func(s *State) { s.Seq = 0 }},
		{"pair.ties", joined, func(s *State) { s.Connection.Ties[B] = NoTie }},
		{"pair.see", pending, func(s *State) { s.Connection.See = SeeRemove }},
		{"pair.shape", pending, func(s *State) { s.Sent[A].Answer = Declined }},
		{"pair.shape", pending, func(s *State) { s.Sent[A].RepliedAt = today }},
		{"pair.shape", pending, func(s *State) { s.Sent[A].Course = Fulfilled }},
		{"pair.shape", pending, func(s *State) { s.Sent[B].AskedAt = today }},
	} {
		s := c.from
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		c.do(&s)
		var e *kith.Error
		if err := s.Check(); !errors.As(err, &e) || e.Field != c.law || e.Kind != kith.Internal {
			t.Errorf("%s: %v", c.law, err)
		}
	}
}

func BenchmarkNext(b *testing.B) {
	pending, _, _ := Next(State{}, Act{Verb: Send, By: A, At: today})
	accept := Act{Verb: Accept, By: B, At: today, Seq: 1}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Next(pending, accept); err != nil {
			b.Fatal(err)
		}
	}
}
