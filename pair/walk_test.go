package pair

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"kith"
	"pgregory.net/rapid"
)

// walk is a pair whose members act at any time, not only at whole weeks.
type walk struct {
	s    State
	now  time.Time
	told map[Effect]bool
}

func newWalk() *walk { return &walk{now: today, told: map[Effect]bool{}} }

// do does one act and checks everything that must be true of it.
func (w *walk) do(a Act) error {
	a.At = w.now
	if a.check() != nil {
		if after, effects, err := Next(w.s, a); err == nil || after != w.s || effects != nil {
			return fmt.Errorf("%+v is no act and was done", a)
		}
		return nil
	}
	t := at(&law, w.s, w.now)
	if id := t.unsound(); id != "" {
		return fmt.Errorf("%s is broken in %+v", id, w.s)
	}
	t.try(a)
	if id := t.broken(); id != "" {
		return fmt.Errorf("%s is broken by %v", id, &t)
	}
	again := at(&law, w.s, w.now)
	if again.try(a); again.after != t.after || again.err != t.err || !slices.Equal(again.effects, t.effects) {
		return fmt.Errorf("not the same twice: %v\n%v", &again, &t)
	}
	a.By, a.Restricted[A], a.Restricted[B] = a.By.Other(), a.Restricted[B], a.Restricted[A]
	other := at(&law, mirror(w.s), w.now)
	if other.try(a); mirror(other.after) != t.after || other.err != t.err {
		return fmt.Errorf("the parties are not alike: %v\n%v", &other, &t)
	}
	for _, e := range t.effects {
		if e.Do >= TellInvited {
			if w.told[e] {
				return fmt.Errorf("told twice: %v", &t)
			}
			w.told[e] = true
		}
	}
	w.s = t.after
	return nil
}

// waits are the times between acts at which something could go wrong.
var waits = []time.Duration{0, time.Microsecond, time.Hour, kith.Day, UndoFor - time.Microsecond, UndoFor,
	DecideAfter - time.Microsecond, DecideAfter, CoolDown - time.Microsecond, CoolDown,
	ExpiresAfter - UndoFor, ExpiresAfter - time.Microsecond, ExpiresAfter, 400 * kith.Day,
	-time.Hour} // a clock that was set back

func TestAnyLifeKeepsEveryLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWalk()
		for range rapid.IntRange(1, 300).Draw(t, "acts") {
			w.now = w.now.Add(rapid.SampledFrom(waits).Draw(t, "wait"))
			a := Act{
				Verb: rapid.SampledFrom(Verbs()).Draw(t, "verb"),
				By:   rapid.SampledFrom([]Party{A, B}).Draw(t, "by"),
				Tie:  rapid.SampledFrom([]Tie{NoTie, ThroughNetwork, Met, Close}).Draw(t, "tie"),
				See:  rapid.SampledFrom([]See{NoSee, SeePropose, SeeRemove}).Draw(t, "see"),
			}
			a.Seq = rapid.SampledFrom([]Seq{w.s.Sent[A].Seq, w.s.Sent[B].Seq, w.s.Seq + 1, 0}).Draw(t, "seq")
			a.Restricted[rapid.IntRange(0, 1).Draw(t, "who")] = rapid.IntRange(0, 7).Draw(t, "restricted") == 0
			if err := w.do(a); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzLife reads a life from bytes: three an act, a hundred acts at most.
func FuzzLife(f *testing.F) {
	life := func(acts ...byte) []byte { return acts }
	f.Add(life(byte(Send), 0, 0, byte(Accept), 1, 1, byte(Remove), 0, 0))
	f.Add(life(byte(Send), 0, 0, byte(DontKnow), 1, 1, byte(Expire), 0, 12, byte(Send), 0, 0, byte(Send), 1, 2))
	f.Add(life(byte(Send), 0, 0, byte(Ask), 1, 1, byte(Remind), 1, 5, byte(Reply), 0, 0, byte(Block), 1, 0, byte(Unblock), 1, 1))
	f.Add(life(byte(Send), 0, 0, byte(Decline), 1, 1, byte(Send), 1, 2, byte(Reopen), 1, 0, byte(Accept), 0, 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		w := newWalk()
		for b = b[:min(len(b), 300)]; len(b) >= 3; b = b[3:] {
			// Second byte: who, which invitation, tie, see, restricted.
			x := b[1]
			w.now = w.now.Add(waits[int(b[2])%len(waits)])
			a := Act{Verb: Verb(b[0]), By: Party(x & 1), Tie: Tie(x >> 3 & 3), See: See(x >> 5 & 3)}
			a.Seq = [...]Seq{w.s.Sent[a.By.Other()].Seq, w.s.Sent[a.By].Seq, 0, w.s.Seq + 1}[x>>1&3]
			a.Restricted = [2]bool{x&0x80 != 0, x&0xc0 == 0xc0}
			if err := w.do(a); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzBrokenState gives Next and View rows that no Next ever wrote. They may
// answer anything, but they return, and a refusal gives the row back.
func FuzzBrokenState(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, byte(Send), byte(0))
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}, byte(Accept), byte(1))
	f.Fuzz(func(t *testing.T, row []byte, verb, seq byte) {
		s := stateFrom(row)
		if s.Check() == nil {
			_ = Duties(s)
		}
		for _, by := range []Party{A, B} {
			_ = View(s, by, today)
			after, effects, err := Next(s, Act{Verb: Verb(verb), By: by, At: today, Seq: Seq(seq), Tie: Met})
			if err != nil && (after != s || effects != nil) {
				t.Fatalf("refused, and changed: %+v\n%+v", s, after)
			}
		}
	})
}

// stateFrom fills a state from bytes, as they come.
func stateFrom(b []byte) (s State) {
	next := func() byte {
		if len(b) == 0 {
			return 0
		}
		v := b[0]
		b = b[1:]
		return v
	}
	when := func() time.Time {
		if v := next(); v != 0 {
			return today.Add(time.Duration(int8(v)) * kith.Day)
		}
		return time.Time{}
	}
	s.Seq = Seq(binary.BigEndian.Uint32([]byte{0, 0, next(), next()}))
	for p := range s.Sent {
		s.Sent[p] = Invitation{Seq: Seq(next()), SentAt: when(), ExpiresAt: when(), Tie: Tie(next()), Unheard: next()&1 != 0,
			Answer: Answer(next()), AnsweredAt: when(), AskedAt: when(), RepliedAt: when(), Followed: next(),
			Course: Course(next()), EndedAt: when()}
		s.Refuses[p], s.Blocks[p], s.Gone[p] = next()&1 != 0, next()&1 != 0, next()&1 != 0
		s.Connection.Ties[p] = Tie(next())
	}
	s.Connection.Seq, s.Connection.Since, s.Connection.See, s.Connection.Seer = Seq(next()), when(), See(next()), Party(next())
	return s
}
