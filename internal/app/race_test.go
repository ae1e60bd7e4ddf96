package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

var operations = flag.Int("operations", 100_000, "how many operations race on each database")

// raceWanted is how many operations to race.
func raceWanted() int {
	if testing.Short() {
		return min(*operations, 5_000)
	}
	return *operations
}

// A race is fought in batches of fresh members, a batch in rounds. Time stands
// still in a round and passes between two, so that the model knows the time of
// every act.
const (
	racers    = 8  // at a time
	perRound  = 5  // operations of each
	rounds    = 12 // of a batch
	perBatch  = 4  // members, each with each
	checkTime = 30 * time.Second
)

// feat is one operation as it was tried: what porcupine calls its input.
type feat struct {
	verb pair.Verb // 0: look
	by   pair.Party
	id   kith.InvitationID
	tie  pair.Tie
	see  pair.See
	at   time.Time
}

// result is how it went.
type result struct {
	err     error
	unknown bool              // nobody can say whether it was done
	id      kith.InvitationID // of a Send: the invitation made or met
	made    bool              // of a Send: it made one
	sight   pair.Sight        // of a look
}

// arena is whatever two members can race in.
type arena interface {
	// enter makes n members, in the order of their ids.
	enter(n int) []Actor
	do(ctx context.Context, who, other Actor, f feat) result
	now() time.Time
	pass(time.Duration)
}

// shared is the model's state: what holds between two, and the ids by which the
// invitations in it are known.
type shared struct {
	pair.State
	ids [2]kith.InvitationID
}

// lineModel says what results are possible, one operation after the other. It
// is pair.Next, and nothing else.
var lineModel = (&porcupine.NondeterministicModel{
	Init: func() []any { return []any{shared{}} },
	Step: func(state, in, out any) []any {
		s, f, r := state.(shared), in.(feat), out.(result)
		if f.verb == 0 {
			if pair.View(s.State, f.by, f.at) != r.sight {
				return nil
			}
			return []any{s}
		}
		next, err := s.step(f, r)
		switch {
		case r.unknown && err == nil:
			return []any{s, next}
		case r.unknown:
			return []any{s}
		case !errors.Is(r.err, err) || (err == nil) != (r.err == nil):
			return nil
		case err != nil:
			return []any{s}
		case f.verb == pair.Send && r.id != next.made(&s, f.by):
			return nil
		}
		return []any{next}
	},
}).ToModel()

// step is an operation as it has to go.
func (s shared) step(f feat, r result) (shared, error) {
	m := model{State: s.State, ids: s.ids}
	act := pair.Act{Verb: f.verb, By: f.by, Seq: m.number(f.id), Tie: f.tie, See: f.see, At: f.at}
	next, _, err := pair.Next(s.State, act)
	if errors.Is(err, pair.ErrClosed) && f.verb == pair.Accept && s.acceptedBy(f.by, act.Seq) {
		return s, nil
	}
	if errors.Is(err, pair.ErrNoAccount) && f.id != "" && onInvitation(f.verb) {
		err = errNoInvitation
	}
	if err == nil && next.Seq != s.Seq && outOfBudget(r.err) {
		err = r.err // the budget is the sender's, not the pair's
	}
	if err != nil {
		return s, err
	}
	after := shared{next, s.ids}
	if next.Seq != s.Seq {
		after.ids[f.by] = r.id
	}
	return after, nil
}

func (s shared) acceptedBy(who pair.Party, seq pair.Seq) bool {
	return s.Connected() && s.Connection.Seq == seq && s.Sent[who.Other()].Seq == seq
}

// made gives the invitation that a Send has to answer with.
func (s shared) made(before *shared, by pair.Party) kith.InvitationID {
	if s.Seq != before.Seq {
		return s.ids[by]
	}
	return s.ids[by.Other()]
}

// contest is a batch of a race.
type contest struct {
	arena
	members []Actor
	mu      sync.Mutex
	ids     map[[2]int][]issued
	history map[[2]int][]porcupine.Operation
	began   time.Time
	unknown int
	did     map[pair.Verb]int // operations that were not refused
	spent   map[ofWeek]int    // invitations opened
}

// ofWeek is a member's week.
type ofWeek struct {
	member int
	begins time.Time
}

// race lets n goroutines do about ops operations, batch after batch, and checks
// every history; after looks at what each batch has left. It says how often each
// verb was not refused, and fails at the first history that no order of
// operations explains.
func race(t *testing.T, a arena, ops, n int, seed uint64, after func(c *contest) error) (did map[pair.Verb]int, err error) {
	t.Helper()
	began, done := time.Now(), 0
	did = map[pair.Verb]int{}
	for batch := uint64(0); done < ops; batch++ {
		c := &contest{arena: a, members: a.enter(perBatch), ids: map[[2]int][]issued{}, history: map[[2]int][]porcupine.Operation{},
			began: time.Now(), did: did, spent: map[ofWeek]int{}}
		for round := range uint64(rounds) {
			var all sync.WaitGroup
			for g := range n {
				rng := rand.New(rand.NewPCG(seed+batch, round<<8|uint64(g)))
				all.Go(func() {
					for range perRound {
						c.one(t.Context(), rng)
					}
				})
			}
			all.Wait()
			a.pass(raceWaits[rand.New(rand.NewPCG(seed+batch, round)).IntN(len(raceWaits))])
		}
		done += rounds * n * perRound
		if err := c.check(); err != nil {
			return did, fmt.Errorf("seed %d, after %d operations: %w", seed+batch, done, err)
		}
		if err := after(c); err != nil {
			return did, fmt.Errorf("seed %d, after %d operations: %w", seed+batch, done, err)
		}
	}
	took := time.Since(began)
	t.Logf("%d operations in %v: %.0f a second; not refused: %v", done, took.Round(time.Millisecond), float64(done)/took.Seconds(), did)
	return did, nil
}

// raceVerbs are what racers do and how often; 0 looks. What ends all for long is
// rare, so that there is something left to race for.
var raceVerbs = []struct {
	verb  pair.Verb
	often int
}{
	{0, 24}, {pair.Send, 40}, {pair.Withdraw, 6}, {pair.Reply, 16}, {pair.Accept, 20}, {pair.Ignore, 8}, {pair.Decline, 8},
	{pair.DontKnow, 3}, {pair.Report, 3}, {pair.Ask, 24}, {pair.Reopen, 16}, {pair.Remove, 10}, {pair.SetTie, 4}, {pair.Write, 8},
	{pair.Block, 2}, {pair.Unblock, 16}, {pair.Leave, 1}, {pair.Return, 16},
	{pair.Expire, 4}, {pair.Remind, 12}, {pair.Reconsider, 12}, {pair.Review, 10},
}

// raceWaits pass between rounds.
var raceWaits = []time.Duration{0, 0, time.Hour, pair.UndoFor, pair.DecideAfter, pair.DecideAfter, pair.CoolDown, pair.ExpiresAfter}

func drawVerb(rng *rand.Rand) pair.Verb {
	all := 0
	for _, v := range raceVerbs {
		all += v.often
	}
	n := rng.IntN(all)
	for _, v := range raceVerbs {
		if n -= v.often; n < 0 {
			return v.verb
		}
	}
	return 0
}

// one does one operation and writes it into the history.
func (c *contest) one(ctx context.Context, rng *rand.Rand) {
	i, j := rng.IntN(len(c.members)), rng.IntN(len(c.members)-1)
	if j >= i {
		j++
	}
	two := [2]int{min(i, j), max(i, j)}
	f := feat{verb: drawVerb(rng), tie: pair.Tie(1 + rng.IntN(3)), see: pair.See(rng.IntN(3)), at: c.now()}
	if onInvitation(f.verb) || isDuty(f.verb) {
		inv, ok := c.pick(rng, two)
		if !ok {
			f.verb = 0
		}
		f.id = inv.id
		if ok && rng.IntN(8) > 0 { // mostly whoever it is for
			i, j = inv.with, inv.sender
			if f.verb == pair.Withdraw || f.verb == pair.Reply || f.verb == pair.Expire {
				i, j = j, i
			}
		}
	}
	if i > j {
		f.by = pair.B
	}
	call := time.Since(c.began).Nanoseconds()
	r := c.do(ctx, c.members[i], c.members[j], f)
	back := time.Since(c.began).Nanoseconds()
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := func(x issued) bool { return x.id == r.id }; r.id != "" && !slices.ContainsFunc(c.ids[two], known) {
		c.ids[two] = append(c.ids[two], issued{r.id, i, j})
	}
	if r.made {
		c.spent[ofWeek{i, weekOf(f.at)}]++
	}
	if r.err == nil {
		c.did[f.verb]++
	}
	if r.unknown {
		back = 1 << 62 // it may still be on its way
		c.unknown++
	}
	c.history[two] = append(c.history[two], porcupine.Operation{Input: f, Call: call, Output: r, Return: back})
}

// pick gives an invitation between two, most often the newest.
func (c *contest) pick(rng *rand.Rand, two [2]int) (i issued, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ids := c.ids[two]
	if len(ids) == 0 {
		return i, false
	}
	return ids[max(0, len(ids)-1-rng.IntN(4)*rng.IntN(2)*rng.IntN(2))], true
}

func isDuty(v pair.Verb) bool { return v >= pair.Expire && v <= pair.Review }

// check looks for an order of operations that explains each history.
func (c *contest) check() error {
	for two, h := range c.history {
		if got := porcupine.CheckOperationsTimeout(lineModel, h, checkTime); got != porcupine.Ok {
			return fmt.Errorf("no order explains what members %v saw (%s, %d operations)", two, got, len(h))
		}
	}
	return nil
}

// appArena races through the verbs of an App.
type appArena struct{ *walk }

func (a *appArena) enter(n int) []Actor {
	a.walk = newWalk(a.world, n)
	return a.members
}

func (a *appArena) do(ctx context.Context, who, other Actor, f feat) (r result) {
	i, j := slices.IndexFunc(a.members, is(who)), slices.IndexFunc(a.members, is(other))
	switch {
	case f.verb == 0:
		r.err = a.read(ctx, func(tx *store.Tx) (err error) {
			v, err := a.look(tx, who.ID, other.ID)
			r.sight = v.sight
			return err
		})
	case f.verb == pair.Send:
		var sent Invitation
		sent, r.err = a.Send(ctx, who, Invite{To: other.ID, Note: "Hello", Tie: f.tie, See: f.see})
		r.id, r.made = sent.ID, sent.Box == Sent
	case f.verb == pair.Leave || f.verb == pair.Return || isDuty(f.verb):
		r.err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
			_, err := a.act(tx, deed{verb: f.verb, by: who.ID, other: other.ID, invitation: f.id})
			return err
		})
	default:
		r.err = a.verb(step{verb: f.verb, by: i, other: j, tie: f.tie, see: f.see}, f.id)
	}
	if k := kindOf(r.err); r.err != nil && (k == kith.Internal || k == kith.Busy) {
		r.unknown = true
	}
	return r
}

func is(who Actor) func(Actor) bool { return func(a Actor) bool { return a.ID == who.ID } }

// left looks at what a batch has left behind, with the eyes of the walk.
func (a *appArena) left(c *contest) error {
	if c.unknown > 0 {
		return fmt.Errorf("%d operations ended without an answer", c.unknown)
	}
	return a.read(a.t.Context(), func(tx *store.Tx) error {
		for two, m := range a.models {
			p, err := tx.PeekPair(a.members[two[0]].ID, a.members[two[1]].ID)
			if err != nil {
				return err
			}
			m.State, m.ids = p.State, p.Invitations
		}
		for i := range a.members {
			if err := errors.Join(a.checkDuties(tx, i), a.checkNotices(tx, i), a.checkSights(tx, i), a.checkBudget(tx, c, i)); err != nil {
				return err
			}
		}
		return nil
	})
}

// checkBudget compares what a member has spent with what they were seen to
// send.
func (a *appArena) checkBudget(tx *store.Tx, c *contest, i int) error {
	s, _, err := tx.Standing(a.members[i].ID)
	if seen := c.spent[ofWeek{i, s.Week}]; s.Spent != seen || s.Spent > s.Budget {
		return fmt.Errorf("member %d sent %d in the week of %v; their budget holds %d of %d", i, seen, s.Week, s.Spent, s.Budget)
	}
	return err
}

// Whatever many do at once, there is an order in which one after the other
// would have seen the same, and nothing is left behind that no order leaves.
func TestRaces(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			w := hasty(t, dsn.Make(t))
			a := &appArena{&walk{world: w}}
			did, err := race(t, a, raceWanted(), racers, 1, a.left)
			if err != nil {
				t.Error(err)
			}
			for _, v := range raceVerbs {
				if did[v.verb] == 0 && raceWanted() >= 20_000 {
					t.Errorf("nobody managed to %v", v.verb)
				}
			}
			w.checkProjections(t)
		})
	}
}

// hasty is a world that does not wait for a disk: this is about races, not
// crashes.
func hasty(t *testing.T, dsn string) *world {
	t.Helper()
	return worldOn(t, dsn, store.Options{Unsafe: true})
}

// worldOn is a world on a database used in a way of its own.
func worldOn(t *testing.T, dsn string, opt store.Options) *world {
	t.Helper()
	w := &world{t: t}
	clock := func(time.Time) time.Time { return w.now() }
	a, err := Open(t.Context(), dsn, Config{Clock: clock, NewID: w.newID, Staging: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	w.App = a
	w.must(a.db.Close())
	opt.Clock, opt.NewID = clock, w.newID
	a.db, err = store.Open(t.Context(), dsn, opt)
	w.must(err)
	t.Cleanup(func() { w.must(a.Close()) })
	return w
}
