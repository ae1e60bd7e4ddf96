package pair

import (
	"time"

	"kith"
)

// Next is the whole life of a pair: what an act makes of a state, and what has
// to be done besides. It either does the act or refuses it with one of the
// errors of this package and gives s back with no effects; it never does half.
// Equal inputs give equal outputs.
//
// An invitation whose time is over is treated as expired by every act, whether
// or not its [Expire] came first.
func Next(s State, a Act) (State, []Effect, error) { return law.next(s, a) }

// machine is a law of transitions as data: what comes before every act, and for
// every verb who may do it, what has to hold and what is done. There is one,
// [law]; tests make others from it by leaving out one guard or one step, and
// must see them fail.
type machine struct {
	first []step
	rules [numVerbs]rule
}

// rule is the law of one verb. Guards are asked in order, the first that does
// not hold refuses; then all steps are done.
type rule struct {
	who    string // for documents
	says   string
	guards []guard
	steps  []step
}

// guard is one reason to refuse. Its name is unique within its verb.
type guard struct {
	name    string
	holds   func(*move) bool
	refusal *kith.Error
}

// step is one thing an act does. Its name is unique within its verb.
type step struct {
	name string
	do   func(*move)
}

// move is an act being done.
type move struct {
	Act
	state   State // as it becomes
	lapsed  [2]bool
	effects []Effect
}

func (m *machine) next(s State, a Act) (State, []Effect, error) {
	a.At = whole(a.At)
	if err := a.check(); err != nil {
		return s, nil, err
	}
	mv := move{Act: a, state: s}
	mv.do(m.first)
	mv.meet()
	r := &m.rules[mv.Verb]
	for i := range r.guards {
		if g := &r.guards[i]; !g.holds(&mv) {
			return s, nil, g.refusal
		}
	}
	mv.do(r.steps)
	return mv.state, difference(mv.effects, &s, &mv.state), nil
}

func (m *move) do(steps []step) {
	for i := range steps {
		steps[i].do(m)
	}
}

// meet makes a send, where both want the same, an act on the other's
// invitation. Only standing can keep a live invitation from being met.
func (m *move) meet() {
	if i := m.theirs(); m.Verb == Send && i.live() && !m.Restricted[m.other()] {
		m.Verb, m.Seq = meet, i.Seq
	}
}

// whole gives the time as both databases keep it. It also drops what would
// make two equal times differ under ==.
func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// lapse ends what has run out of time at now.
func (s *State) lapse(now time.Time) (lapsed [2]bool) {
	for p := range s.Sent {
		if i := &s.Sent[p]; i.running() && !now.Before(i.ExpiresAt) {
			i.end(Expired, i.ExpiresAt)
			lapsed[p] = true
		}
	}
	return lapsed
}

func (m *move) other() Party        { return m.By.Other() }
func (m *move) mine() *Invitation   { return &m.state.Sent[m.By] }
func (m *move) theirs() *Invitation { return &m.state.Sent[m.other()] }

// since reports whether at least d has passed from t.
func (m *move) since(t time.Time, d time.Duration) bool { return !m.At.Before(t.Add(d)) }

func (m *move) emit(e Effect) { m.effects = append(m.effects, e) }
