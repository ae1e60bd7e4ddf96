package pair

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kith"
)

// Non-interference, tried out: the same sequences of acts of one member are
// played in several worlds that differ only in what that member may not know.
// After every act the answers, the views and the effects must be equal.

// world is a way the other party may have acted.
type world struct {
	name string
	acts []Act // by B, at the time the worlds part
}

// maxWorlds bounds the worlds played side by side.
const maxWorlds = 7

// scene is how all worlds stand at one time; unused places stay zero.
type scene struct {
	states [maxWorlds]State
	now    time.Time
}

// stage is where scenes are played: by which law, and through which eyes.
type stage struct {
	m    *machine
	view func(State, Party, time.Time) Sight
	n    int // worlds
	ends bool
}

// played counts what was tried.
type played struct {
	sequences, scenes int
}

// play tries every sequence of A's moves up to a length from one scene. Equal
// scenes are played once and counted as often as they are reached.
func (st *stage) play(start scene, length int) (played, error) {
	var p played
	reached := map[scene]int{start: 1}
	for range length {
		next := map[scene]int{}
		for sc, ways := range reached {
			p.scenes++
			for _, mv := range st.moves(sc) {
				after, err := st.step(sc, mv)
				if err != nil {
					return p, err
				}
				p.sequences += ways
				next[after] += ways
			}
		}
		reached = next
	}
	return p, nil
}

// turn is one move: an act of A, time that passes, or B coming back.
type turn struct {
	act  Act
	wait time.Duration
	back bool
}

func (st *stage) moves(sc scene) []turn {
	out := []turn{{wait: 8 * kith.Day}, {wait: 22 * kith.Day}, {wait: 181 * kith.Day}}
	if st.ends {
		out = append(out, turn{back: true})
	}
	for _, v := range Verbs() {
		if isDuty(v) && v != Expire {
			continue
		}
		// What A can name is A's own invitation.
		a := Act{Verb: v, By: A, At: sc.now, Seq: sc.states[0].Sent[A].Seq}
		if v == SetTie {
			a.Tie = Met
		}
		out = append(out, turn{act: a})
	}
	return out
}

// noticed is everything a move shows A.
type noticed struct {
	sight   Sight
	err     error
	effects []Effect
}

// step plays one move in all worlds and compares what A notices.
func (st *stage) step(sc scene, mv turn) (scene, error) {
	after := scene{now: sc.now.Add(mv.wait)}
	var first noticed
	for i := range st.n {
		s, n := sc.states[i], noticed{}
		switch {
		case mv.back:
			s = st.comeBack(s, sc.now)
		case mv.wait == 0:
			var effects []Effect
			s, effects, n.err = st.m.next(s, mv.act)
			n.effects = visibleTo(A, effects)
		}
		n.sight = st.view(s, A, after.now)
		if i == 0 {
			first = n
		} else if n.sight != first.sight || n.err != first.err || !slices.Equal(n.effects, first.effects) {
			return after, fmt.Errorf("after %+v A can tell world %d from world 0:\n%+v\n%+v", mv, i, n, first)
		}
		after.states[i] = s
	}
	return after, nil
}

// comeBack ends whatever made B disappear.
func (st *stage) comeBack(s State, now time.Time) State {
	for _, v := range []Verb{Return, Unblock} {
		if next, _, err := st.m.next(s, Act{Verb: v, By: B, At: now}); err == nil {
			s = next
		}
	}
	return s
}

// open lets the worlds part after a history they share.
func (st *stage) open(t *testing.T, history []Act, worlds []world) scene {
	t.Helper()
	var common State
	now := today
	for _, a := range history {
		now = now.Add(kith.Day)
		if a.Verb == noVerb {
			now = now.Add(22 * kith.Day)
			continue
		}
		common = st.must(t, common, a, now)
	}
	st.n = len(worlds)
	sc := scene{now: now.Add(kith.Day)}
	for i, w := range worlds {
		sc.states[i] = common
		for _, a := range w.acts {
			sc.states[i] = st.must(t, sc.states[i], a, sc.now)
		}
	}
	return sc
}

// must does an act on the newest invitation of A, or on none.
func (st *stage) must(t *testing.T, s State, a Act, now time.Time) State {
	t.Helper()
	a.At, a.Seq = now, s.Sent[A].Seq
	s, _, err := st.m.next(s, a)
	if err != nil {
		t.Fatalf("%v by %v: %v", a.Verb, a.By, err)
	}
	return s
}

func by(p Party, verbs ...Verb) []Act {
	var out []Act
	for _, v := range verbs {
		out = append(out, Act{Verb: v, By: p})
	}
	return out
}

// answers are the worlds of N1: what a recipient may have made of an
// invitation, unseen.
var answers = []world{
	{"nothing", nil},
	{"ignored", by(B, Ignore)},
	{"declined", by(B, Decline)},
	{"don't know", by(B, DontKnow)},
	{"reported", by(B, Report)},
	{"ignored, then declined", by(B, Ignore, Decline)},
	{"reported, undone, declined", by(B, Report, Reopen, Decline)},
}

// histories are what may have been before.
var histories = []struct {
	name string
	acts []Act
}{
	{"invited", by(A, Send)},
	{"asked first", slices.Concat(by(A, Send), by(B, Ask))},
	{"asked first and answered", slices.Concat(by(A, Send), by(B, Ask), by(A, Reply))},
	{"withdrawn, invited again", slices.Concat(by(A, Send, Withdraw), by(A, noVerb, Send))},
	{"once connected", slices.Concat(by(A, Send), by(B, Accept, Remove), by(A, Send))},
}

func TestTheSenderNeverLearnsAnAnswer(t *testing.T) {
	t.Parallel()
	var all played
	for _, h := range histories {
		st := &stage{m: &law, view: View}
		p, err := st.play(st.open(t, h.acts, answers), 5)
		if err != nil {
			t.Errorf("%s: %v", h.name, err)
		}
		all.sequences += p.sequences
		all.scenes += p.scenes
	}
	t.Logf("%d sequences of up to 5 moves after %d histories, in %d worlds each: %d different scenes, no difference seen",
		all.sequences, len(histories), len(answers), all.scenes)
}

func TestABlockLooksLikeAClosedAccount(t *testing.T) {
	t.Parallel()
	worlds := []world{
		{"left", by(B, Leave)},
		{"blocked", by(B, Block)},
		{"blocked and left", by(B, Block, Leave)},
		{"reported and blocked", by(B, Report, Block)},
		{"declined and left", by(B, Decline, Leave)},
	}
	var all played
	for _, h := range histories {
		st := &stage{m: &law, view: View, ends: true}
		p, err := st.play(st.open(t, h.acts, worlds), 4)
		if err != nil {
			t.Errorf("%s: %v", h.name, err)
		}
		all.sequences += p.sequences
		all.scenes += p.scenes
	}
	t.Logf("%d sequences of up to 4 moves in %d worlds each: %d different scenes, no difference seen", all.sequences, len(worlds), all.scenes)
}

// leaks are laws and eyes that give an answer away, each in one way known from
// real networks. The test above must notice every one.
var leaks = []struct {
	name string
	leak func(*stage)
}{
	{"the state is shown", func(st *stage) {
		st.view = func(s State, who Party, now time.Time) Sight {
			v := View(s, who, now)
			if s.Sent[who].Answer == Declined {
				v.Sent.Course = Cancelled
			}
			return v
		}
	}},
	{"the time of the answer is shown", func(st *stage) {
		st.view = func(s State, who Party, now time.Time) Sight {
			v := View(s, who, now)
			v.Sent.EndedAt = s.Sent[who].AnsweredAt
			return v
		}
	}},
	{"the next may be sent at once", func(st *stage) {
		swap(st.m, Send, guard{"unsent", func(m *move) bool { return !m.mine().live() }, ErrAlreadySent})
	}},
	{"withdrawing is refused", func(st *stage) {
		swap(st.m, Withdraw, guard{"running", func(m *move) bool { return m.mine().live() }, ErrClosed})
	}},
	{"no cooling after withdrawing", func(st *stage) {
		swap(st.m, Send, guard{"cooled", func(m *move) bool {
			i := m.mine()
			return i.Course != Withdrawn || i.Answer >= Declined || m.since(i.EndedAt, CoolDown)
		}, ErrCooling})
	}},
	{"replying is refused", func(st *stage) {
		swap(st.m, Reply, guard{"running", func(m *move) bool { return m.mine().live() }, ErrClosed})
	}},
	{"refused for ever is said", func(st *stage) {
		swap(st.m, Send, guard{"unsent", func(m *move) bool { return !m.mine().running() && !m.state.Refuses[m.other()] }, ErrNoAccount})
	}},
	{"the budget is spared", func(st *stage) {
		instead(st.m, Send, step{"spent", func(m *move) {
			if !m.mine().Unheard {
				spent.do(m)
			}
		}})
	}},
	{"the expiry moves", func(st *stage) {
		instead(st.m, Decline, step{"declined", func(m *move) {
			answer(Declined).do(m)
			m.theirs().ExpiresAt = m.At.Add(30 * kith.Day)
		}})
	}},
}

// swap puts another guard in the place of the one of its name.
func swap(m *machine, v Verb, g guard) {
	gs := slices.Clone(m.rules[v].guards)
	gs[slices.IndexFunc(gs, func(h guard) bool { return h.name == g.name })] = g
	m.rules[v].guards = gs
}

// instead puts another step in the place of the one of its name.
func instead(m *machine, v Verb, s step) {
	ss := slices.Clone(m.rules[v].steps)
	ss[slices.IndexFunc(ss, func(h step) bool { return h.name == s.name })] = s
	m.rules[v].steps = ss
}

func TestEveryLeakIsNoticed(t *testing.T) {
	t.Parallel()
	for _, l := range leaks {
		noticed := false
		for _, h := range histories {
			m := law
			st := &stage{m: &m, view: View}
			l.leak(st)
			if _, err := st.play(st.open(t, h.acts, answers), 3); err != nil {
				noticed = true
				break
			}
		}
		if !noticed {
			t.Errorf("%s: not noticed", l.name)
		}
	}
}
