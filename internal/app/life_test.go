package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
	"pgregory.net/rapid"
)

// walk is a few members who do anything with each other, beside a model that
// knows pair.Next and nothing of databases.
type walk struct {
	*world
	members []Actor
	left    []bool
	models  map[[2]int]*model // by two indices, in the order of the members' ids
	sent    []issued          // all invitations there ever were
	heard   map[string]int64  // notices by owner, kind and subject, and the number of the event
}

// model is what should hold between two members.
type model struct {
	pair.State
	ids [2]kith.InvitationID // of State.Sent
	row bool                 // something was once done between the two
}

type issued struct {
	id           kith.InvitationID
	sender, with int
}

func newWalk(w *world, n int) *walk {
	k := &walk{world: w, left: make([]bool, n), models: map[[2]int]*model{}, heard: map[string]int64{}}
	for range n {
		k.members = append(k.members, w.member("Member "+w.newID()))
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			k.models[[2]int{i, j}] = &model{}
		}
	}
	return k
}

// between gives the model of two members and the place of the first of them.
// Ids are made in order, so the lower index is party A.
func (k *walk) between(by, other int) (*model, pair.Party) {
	if by < other {
		return k.models[[2]int{by, other}], pair.A
	}
	return k.models[[2]int{other, by}], pair.B
}

// step is one thing that somebody tries.
type step struct {
	verb      pair.Verb
	by, other int
	tie       pair.Tie
	see       pair.See
	which     int // of all invitations there ever were, counted from the newest
}

var walkVerbs = []pair.Verb{pair.Send, pair.Send, pair.Send, pair.Withdraw, pair.Reply, pair.Accept, pair.Accept, pair.Ignore, pair.Decline,
	pair.DontKnow, pair.Report, pair.Ask, pair.Reopen, pair.Remove, pair.SetTie, pair.Write, pair.Block, pair.Unblock, pair.Leave, pair.Return}

// walkWaits are the times between steps at which something could go wrong.
var walkWaits = []time.Duration{0, 0, 0, time.Microsecond, time.Hour, pair.UndoFor - time.Microsecond, pair.UndoFor,
	pair.DecideAfter, pair.CoolDown, pair.ExpiresAfter}

func drawStep(t *rapid.T, members int) step {
	s := step{
		verb:  rapid.SampledFrom(walkVerbs).Draw(t, "verb"),
		by:    rapid.IntRange(0, members-1).Draw(t, "by"),
		other: rapid.IntRange(0, members-2).Draw(t, "other"),
		tie:   rapid.SampledFrom([]pair.Tie{pair.ThroughNetwork, pair.Met, pair.Close}).Draw(t, "tie"),
		see:   rapid.SampledFrom([]pair.See{pair.NoSee, pair.SeePropose, pair.SeeRemove}).Draw(t, "see"),
		which: rapid.SampledFrom([]int{0, 0, 0, 0, 0, 1, 1, 2, 3}).Draw(t, "which"),
	}
	if s.other >= s.by {
		s.other++
	}
	return s
}

// The whole life of members with each other, on both databases: whatever they
// do, the database holds what the model says, and what follows from it.
func TestAnyLifeIsKeptAsTheModelSays(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		rapid.Check(t, func(t *rapid.T) {
			k := newWalk(w, rapid.IntRange(2, 4).Draw(t, "members"))
			for range rapid.IntRange(1, 16).Draw(t, "steps") {
				w.pass(rapid.SampledFrom(walkWaits).Draw(t, "wait"))
				if rapid.Bool().Draw(t, "duties") {
					k.doDuties(t)
				}
				k.try(t, drawStep(t, len(k.members)))
				k.check(t)
			}
			w.checkProjections(t)
		})
	})
}

// try does one step in both worlds and compares how it went.
func (k *walk) try(t *rapid.T, s step) {
	switch {
	case s.verb == pair.Leave || s.verb == pair.Return:
		if k.left[s.by] == (s.verb == pair.Return) {
			k.move(t, s.by, s.verb)
		}
		return
	case k.left[s.by]:
		return // their sessions are gone
	}
	id := kith.InvitationID("")
	if onInvitation(s.verb) {
		if s.which >= len(k.sent) {
			return
		}
		i := k.sent[len(k.sent)-1-s.which]
		id = i.id
		switch s.by {
		case i.sender:
			s.other = i.with
		case i.with:
			s.other = i.sender
		default:
			if err := k.verb(s, id); !errors.Is(err, errNoInvitation) {
				t.Fatalf("%+v on a stranger's invitation: %v", s, err)
			}
			return
		}
	}
	got := k.verb(s, id)
	if want := k.expect(s, id, got); !errors.Is(got, want) || (want == nil) != (got == nil) {
		t.Fatalf("%+v %s: %v, the model says %v", s, id, got, want)
	}
}

func onInvitation(v pair.Verb) bool { return v >= pair.Withdraw && v <= pair.Reopen }

// outOfBudget reports whether a Send was refused because a week's budget was spent,
// of which the row of two members knows nothing.
func outOfBudget(err error) bool {
	return err != nil && strings.Contains(err.Error(), "invitations of this week are used up")
}

// expect does a step in the model and gives the error the verb, which gave got,
// has to answer.
func (k *walk) expect(s step, id kith.InvitationID, got error) error {
	m, by := k.between(s.by, s.other)
	if k.left[s.other] && !reachesGone[s.verb] {
		if id != "" {
			return errNoInvitation
		}
		return pair.ErrNoAccount
	}
	act := pair.Act{Verb: s.verb, By: by, At: k.now(), Tie: s.tie, See: s.see, Seq: m.number(id)}
	before := m.State
	if !m.row { // nothing was ever done between them: only their accounts know
		before.Gone[by], before.Gone[by.Other()] = k.left[s.by], k.left[s.other]
	}
	next, _, err := pair.Next(before, act)
	v := pair.View(before, by, k.now())
	switch {
	case err == nil && next.Seq != m.Seq && outOfBudget(got):
		return got
	case err == nil:
		k.keep(m, next, s)
		return nil
	case id != "" && errors.Is(err, pair.ErrNoAccount):
		return errNoInvitation
	case errors.Is(err, pair.ErrClosed) && s.verb == pair.Accept && v.Connected && v.Seq == act.Seq && m.Sent[by.Other()].Seq == v.Seq:
		return nil // accepted already
	}
	return err
}

func (m *model) number(id kith.InvitationID) pair.Seq {
	for i, have := range m.ids {
		if id != "" && have == id {
			return m.Sent[i].Seq
		}
	}
	if id == "" {
		return 0
	}
	return noLonger
}

func (k *walk) keep(m *model, next pair.State, s step) {
	if next.Seq != m.Seq {
		_, by := k.between(s.by, s.other)
		m.ids[by] = "" // check learns it
		k.sent = append(k.sent, issued{"", s.by, s.other})
	}
	m.State, m.row = next, true
}

// verb does a step through the verbs of the app.
func (k *walk) verb(s step, id kith.InvitationID) error {
	ctx, who, other := k.t.Context(), k.members[s.by], k.members[s.other].ID
	switch s.verb {
	case pair.Send:
		return only(k.Send(ctx, who, Invite{To: other, Note: "Hello", Tie: s.tie, See: s.see}))
	case pair.Withdraw:
		return only(k.Withdraw(ctx, who, id))
	case pair.Reply:
		return only(k.Reply(ctx, who, id, "At the fair"))
	case pair.Accept:
		return only(k.Accept(ctx, who, id, s.tie, s.see, strings.Repeat("Hello", s.by%2)))
	case pair.Ignore:
		return only(k.Ignore(ctx, who, id))
	case pair.Decline:
		return only(k.Decline(ctx, who, id))
	case pair.DontKnow:
		return only(k.DontKnow(ctx, who, id))
	case pair.Report:
		return only(k.ReportInvitation(ctx, who, id, "spam", ""))
	case pair.Ask:
		return only(k.Ask(ctx, who, id, "Where did we meet?"))
	case pair.Reopen:
		return only(k.Reopen(ctx, who, id))
	case pair.Remove:
		return k.RemoveConnection(ctx, who, other)
	case pair.SetTie:
		return only(k.SetTie(ctx, who, other, s.tie))
	case pair.Write:
		return only(k.Write(ctx, who, other, "How are you?"))
	case pair.Block:
		return k.Block(ctx, who, other)
	case pair.Unblock:
		return k.Unblock(ctx, who, other)
	}
	return fmt.Errorf("no verb for %v", s.verb)
}

// move closes or opens an account, in all its rows.
func (k *walk) move(t *rapid.T, who int, verb pair.Verb) {
	id := k.members[who].ID
	err := k.write(k.t.Context(), func(_ context.Context, tx *store.Tx) error {
		m, _, err := tx.Member(id)
		if err != nil {
			return err
		}
		m.State = store.Active
		if verb == pair.Leave {
			m.State = store.Left
		}
		if err := tx.SetMember(&m); err != nil {
			return err
		}
		rows, err := tx.PairsOf(id)
		for i := range rows {
			other := rows[i].A
			if other == id {
				other = rows[i].B
			}
			if _, err := k.act(tx, deed{verb: verb, by: id, other: other}); err != nil && !errors.Is(err, pair.ErrNotLeft) {
				return err
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	k.left[who] = verb == pair.Leave
	for other := range k.members {
		if other == who {
			continue
		}
		if m, by := k.between(who, other); m.row {
			if next, _, err := pair.Next(m.State, pair.Act{Verb: verb, By: by, At: k.now()}); err == nil {
				m.State = next
			}
		}
	}
}

// doDuties does what is due between any two.
func (k *walk) doDuties(t *rapid.T) {
	for two, m := range k.models {
		for _, d := range pair.Duties(m.State) {
			if d.At.After(k.now()) {
				continue
			}
			by, other := two[0], two[1]
			if d.By == pair.B {
				by, other = other, by
			}
			d.At = k.now()
			next, _, want := pair.Next(m.State, d)
			got := k.write(k.t.Context(), func(_ context.Context, tx *store.Tx) error {
				_, err := k.act(tx, deed{verb: d.Verb, by: k.members[by].ID, other: k.members[other].ID, invitation: m.id(d.Seq)})
				return err
			})
			if !errors.Is(got, want) || (want == nil) != (got == nil) {
				t.Fatalf("duty %+v: %v, the model says %v", d, got, want)
			}
			if want == nil {
				m.State = next
			}
		}
	}
}
