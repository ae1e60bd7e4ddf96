package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// A sender cannot tell what became of their invitation, whatever they do next.
func TestASenderCannotTellTheAnswer(t *testing.T) {
	t.Parallel()
	answers := []struct {
		name string
		do   func(d *duo) error
	}{
		{"nothing", func(*duo) error { return nil }},
		{"ignored", func(d *duo) error { return only(d.Ignore(d.t.Context(), d.ben, d.id)) }},
		{"declined", func(d *duo) error { return only(d.Decline(d.t.Context(), d.ben, d.id)) }},
		{"not known", func(d *duo) error { return only(d.DontKnow(d.t.Context(), d.ben, d.id)) }},
		{"reported", func(d *duo) error { return only(d.ReportInvitation(d.t.Context(), d.ben, d.id, "spam", "")) }},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		duos := w.duos(t, len(answers))
		w.pass(time.Hour)
		for i, a := range answers {
			w.must(a.do(duos[i]))
		}
		for n, step := range bySender {
			first := duos[0].wrote(step)
			for i, a := range answers {
				if got := duos[i].wrote(step); got != first && i > 0 {
					t.Errorf("step %d, %s shows:\n%s\nwant\n%s", n, a.name, got, first)
				}
			}
			w.pass(time.Hour)
		}
	})
}

// duos are pairs of members who begin alike.
func (w *world) duos(t *testing.T, n int) (out []*duo) {
	t.Helper()
	for i := range n {
		d := &duo{world: w, t: t, n: i, ada: w.member(fmt.Sprint("Ada ", i)), ben: w.member(fmt.Sprint("Ben ", i))}
		d.id = d.invite("Hello").ID
		out = append(out, d)
	}
	return out
}

// only is for verbs of which the error matters and nothing else.
func only[T any](_ T, err error) error { return err }

// wrote does one step and gives all that it shows, with ids and names as they
// would be for anybody.
func (d *duo) wrote(step func(d *duo, note func(any, error))) string {
	var b strings.Builder
	step(d, func(v any, err error) {
		data, _ := json.Marshal(v)
		fmt.Fprintf(&b, "%s %v\n", data, err)
	})
	s := plainIDs(b.String())
	for _, name := range []string{"Ada", "Ben"} {
		s = strings.ReplaceAll(s, fmt.Sprint(name, " ", d.n), name)
	}
	return s
}

// look writes down everything a sender can look at.
func look(d *duo, note func(any, error)) {
	ctx := d.t.Context()
	note(d.Invitation(ctx, d.ada, d.id))
	list, next, err := d.Invitations(ctx, d.ada, Sent, Cursor{}, 10)
	note([]any{list, next}, err)
	note(d.CountInvitations(ctx, d.ada))
	note(d.Events(ctx, d.ada, 0, 100))
}

// bySender is what a sender can do, step by step.
var bySender = []func(d *duo, note func(any, error)){
	look,
	func(d *duo, note func(any, error)) { note(d.Send(d.t.Context(), d.ada, Invite{To: d.ben.ID})) },
	func(d *duo, note func(any, error)) { note(d.Reply(d.t.Context(), d.ada, d.id, "a word")) },
	func(d *duo, note func(any, error)) { note(d.Withdraw(d.t.Context(), d.ada, d.id)) },
	look,
	func(d *duo, note func(any, error)) { note(d.Send(d.t.Context(), d.ada, Invite{To: d.ben.ID})) },
	func(d *duo, _ func(any, error)) { d.turnTo(beginning.Add(pair.CoolDown + kith.Day)) },
	func(d *duo, note func(any, error)) {
		note(d.Send(d.t.Context(), d.ada, Invite{To: d.ben.ID, Note: "Once more"}))
		note(d.Withdraw(d.t.Context(), d.ada, d.id)) // the old one
	},
	look,
	func(d *duo, _ func(any, error)) {
		d.turnTo(beginning.Add(pair.ExpiresAfter + pair.CoolDown + 2*kith.Day))
	},
	look,
}

// turnTo sets the time.
func (w *world) turnTo(t time.Time) { w.ahead.Store(t.Sub(beginning).Microseconds()) }

// plainIDs replaces ids by the order in which they come.
func plainIDs(s string) string {
	const sample = "00000000-0000-7000-8000-000000000000"
	seen := map[string]string{}
	for from := 0; ; {
		i := strings.Index(s[from:], sample[:24])
		if i < 0 {
			return s
		}
		from += i
		id := s[from : from+len(sample)]
		if seen[id] == "" {
			seen[id] = fmt.Sprintf("#%d", len(seen))
		}
		s = s[:from] + seen[id] + s[from+len(sample):]
	}
}

// Whoever is blocked sees what they would see if the account were closed, and
// nothing of an invitation remains.
func TestABlockLooksLikeAClosedAccount(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		duos := w.duos(t, 4)
		for _, d := range duos[:2] {
			d.must(only(d.Accept(t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "Hello too")))
		}
		w.pass(time.Hour)
		for i := range duos {
			if d := duos[i]; i%2 == 0 {
				d.must(d.Block(t.Context(), d.ben, d.ada.ID))
			} else {
				d.leave(d.ben, d.ada)
			}
		}
		for i := range 2 { // connected before, or only invited
			if blocked, left := duos[2*i].wrote(byBlocked), duos[2*i+1].wrote(byBlocked); blocked != left {
				t.Errorf("blocked:\n%s\nleft:\n%s", blocked, left)
			}
		}
	})
}

// leave closes an account that has to do with one other member.
func (w *world) leave(who, other Actor) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		m, _, err := tx.Member(who.ID)
		if err != nil {
			return err
		}
		m.State, m.LeftAt = store.Left, w.now()
		if err := tx.SetMember(&m); err != nil {
			return err
		}
		_, err = w.act(tx, deed{verb: pair.Leave, by: who.ID, other: other.ID})
		return err
	}))
}

// byBlocked is what somebody can do whose counterpart is gone.
func byBlocked(d *duo, note func(any, error)) {
	ctx := d.t.Context()
	look(d, note)
	note(d.Withdraw(ctx, d.ada, d.id))
	note(d.Reply(ctx, d.ada, d.id, "a word"))
	note(d.Connection(ctx, d.ada, d.ben.ID))
	note(d.SetTie(ctx, d.ada, d.ben.ID, pair.Close))
	note(d.SetMemo(ctx, d.ada, d.ben.ID, "remember"))
	note(d.Write(ctx, d.ada, d.ben.ID, "are you there?"))
	note(d.Send(ctx, d.ada, Invite{To: d.ben.ID}))
	note(nil, d.RemoveConnection(ctx, d.ada, d.ben.ID))
	links, _, err := d.Connections(ctx, d.ada, Cursor{}, 10)
	note(links, err)
	threads, _, err := d.Threads(ctx, d.ada, Cursor{}, 10)
	note(threads, err)
	messages, _, err := d.Thread(ctx, d.ada, d.ben.ID, Cursor{}, 10)
	note(messages, err)
	note(nil, d.Unblock(ctx, d.ada, d.ben.ID))
	note(nil, d.Block(ctx, d.ada, d.ben.ID))
	note(nil, d.Block(ctx, d.ada, d.ben.ID))
	blocks, _, err := d.Blocks(ctx, d.ada, "", 10)
	note(blocks, err)
	note(nil, d.Unblock(ctx, d.ada, d.ben.ID))
	look(d, note)
}
