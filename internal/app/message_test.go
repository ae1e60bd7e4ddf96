package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/pair"
)

// connected are two members who are connected, the second having accepted.
func (w *world) connected(t *testing.T) *duo {
	t.Helper()
	d := w.duo(t, "Hello")
	d.must(only(d.Accept(t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "")))
	return d
}

func (d *duo) say(from, to Actor, text string) Message {
	d.t.Helper()
	d.pass(time.Minute)
	m, err := d.Write(d.t.Context(), from, to.ID, text)
	d.must(err)
	return m
}

// The first message of every connection is marked, and no other (R93).
func TestTheOpeningIsMarked(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.connected(t)
		var openings []bool
		say := func(from, to Actor) { openings = append(openings, d.say(from, to, "Hello").Opening) }
		say(d.ada, d.ben)
		say(d.ben, d.ada)
		say(d.ada, d.ben)
		w.must(w.RemoveConnection(t.Context(), d.ben, d.ada.ID))
		w.pass(time.Hour)
		again, err := w.Send(t.Context(), d.ben, Invite{To: d.ada.ID})
		w.must(err)
		w.must(only(w.Accept(t.Context(), d.ada, again.ID, pair.Met, pair.NoSee, "")))
		say(d.ben, d.ada)
		say(d.ada, d.ben)
		if want := []bool{true, false, false, true, false}; !slices.Equal(openings, want) {
			t.Errorf("%v, want %v", openings, want)
		}
		for _, who := range []Actor{d.ada, d.ben} {
			other := d.ada.ID
			if who.ID == other {
				other = d.ben.ID
			}
			c, err := w.Connection(t.Context(), who, other)
			if w.must(err); !c.Opening.Opening || c.Opening.At.Before(c.Since) {
				t.Errorf("%+v", c.Opening)
			}
		}
	})
}

// Threads come newest first with what is unread, and each stands for itself.
func TestThreads(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada")
		var others []Actor
		for i := range 5 {
			o := w.member(fmt.Sprint("Other ", i))
			inv, err := w.Send(t.Context(), o, Invite{To: ada.ID})
			w.must(err)
			w.must(only(w.Accept(t.Context(), ada, inv.ID, pair.NoTie, pair.NoSee, "")))
			others = append(others, o)
		}
		d := &duo{world: w, t: t}
		var last Message
		for i, o := range others {
			for n := range i + 1 {
				last = d.say(o, ada, fmt.Sprint(n))
			}
		}
		d.say(ada, others[0], "To the first")
		var got []string
		for after, more := (Cursor{}), true; more; {
			page, next, err := w.Threads(t.Context(), ada, after, 2)
			w.must(err)
			for _, th := range page {
				got = append(got, fmt.Sprint(th.Other.Name, ": ", th.Newest.Text, ", ", th.Unread))
			}
			after, more = next, next != Cursor{}
		}
		want := "Other 0: To the first, 1; Other 4: 4, 5; Other 3: 3, 4; Other 2: 2, 3; Other 1: 1, 2"
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s, want %s", s, want)
		}
		unread := func(want int) {
			t.Helper()
			if n, err := w.CountUnread(t.Context(), ada); err != nil || n != want {
				t.Errorf("%d unread (%v), want %d", n, err, want)
			}
		}
		unread(15)
		if err := w.MarkRead(t.Context(), ada, others[3].ID, last.ID); !errors.Is(err, errNoMessage) {
			t.Errorf("read by a message of another thread: %v", err)
		}
		if err := w.MarkRead(t.Context(), others[3], ada.ID, last.ID); !errors.Is(err, errNoMessage) {
			t.Errorf("read by somebody else's message: %v", err)
		}
		unread(15)
		page, _, err := w.Thread(t.Context(), ada, others[4].ID, Cursor{}, 10)
		w.must(err)
		w.must(w.MarkRead(t.Context(), ada, others[4].ID, page[2].ID)) // the third newest of five
		unread(12)
		w.must(w.MarkRead(t.Context(), ada, others[4].ID, last.ID))
		w.must(w.MarkRead(t.Context(), ada, others[4].ID, last.ID))
		unread(10)
	})
}

// Only those who are connected write, and what was written stays with both, as
// long as the other is there.
func TestWhoMayWrite(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.duo(t, "Hello")
		write := func() error { return only(w.Write(t.Context(), d.ada, d.ben.ID, "Are you there?")) }
		for _, step := range []struct {
			name string
			do   func() error
			want error
		}{
			{"pending", func() error { return nil }, pair.ErrNotConnected},
			{"connected", func() error {
				return only(w.Accept(t.Context(), d.ben, d.id, pair.Met, pair.NoSee, ""))
			}, nil},
			{"removed", func() error { return w.RemoveConnection(t.Context(), d.ben, d.ada.ID) }, pair.ErrNotConnected},
			{"blocked", func() error { return w.Block(t.Context(), d.ben, d.ada.ID) }, pair.ErrNoAccount},
		} {
			w.must(step.do())
			if err := write(); !errors.Is(err, step.want) || (err == nil) != (step.want == nil) {
				t.Errorf("%s: %v, want %v", step.name, err, step.want)
			}
		}
		left := func(who, other Actor, want int) {
			t.Helper()
			if list, _, err := w.Thread(t.Context(), who, other.ID, Cursor{}, 10); err != nil || len(list) != want {
				t.Errorf("%d messages are left, want %d: %v", len(list), want, err)
			}
		}
		left(d.ben, d.ada, 1)
		left(d.ada, d.ben, 0) // nobody is there
		w.must(w.Unblock(t.Context(), d.ben, d.ada.ID))
		left(d.ada, d.ben, 1)
		if err := only(w.Write(t.Context(), d.ada, d.ada.ID, "to myself")); !errors.Is(err, pair.ErrSelf) {
			t.Errorf("to myself: %v", err)
		}
		if err := only(w.Write(t.Context(), d.ada, d.ben.ID, strings.Repeat("x", 4001))); kindOf(err) != kith.Invalid {
			t.Errorf("too long: %v", err)
		}
	})
}

// A tie and a memo are the member's own.
func TestTieAndMemoArePrivate(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.connected(t)
		before, err := w.Connection(t.Context(), d.ben, d.ada.ID)
		w.must(err)
		c, err := w.SetTie(t.Context(), d.ada, d.ben.ID, pair.Close)
		if w.must(err); c.Tie != pair.Close {
			t.Errorf("%+v", c)
		}
		c, err = w.SetMemo(t.Context(), d.ada, d.ben.ID, " keeps bees\x00 ")
		if w.must(err); c.Memo != "keeps bees" {
			t.Errorf("%+v", c)
		}
		if after, err := w.Connection(t.Context(), d.ben, d.ada.ID); err != nil || after != before {
			t.Errorf("ben sees\n%+v, before\n%+v (%v)", after, before, err)
		}
		if c, err = w.SetMemo(t.Context(), d.ada, d.ben.ID, ""); err != nil || c.Memo != "" {
			t.Errorf("%+v %v", c, err)
		}
		eve := w.member("Eve")
		if _, err := w.SetMemo(t.Context(), eve, d.ben.ID, "x"); !errors.Is(err, errNoConnection) {
			t.Errorf("about a stranger: %v", err)
		}
	})
}
