package pair

import (
	"bytes"
	"time"

	"kith"
)

// The model: all states two members can reach, with time in weeks. Every
// waiting time of this package but one is a whole number of weeks, so a
// boundary is always met exactly. The long one, until an invitation expires,
// is kept as "far" from four weeks up; a week that passes either leaves it far
// or does not, and both are followed.
const (
	week = 7 * kith.Day
	far  = 4 // weeks: more than the longest other wait
)

// today is when every act of the model happens: time passes by moving the
// state into the past.
var today = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// transition is one act and what came of it.
type transition struct {
	m             *machine
	before, after State
	act           Act
	effects       []Effect
	err           error
	sight         [2]Sight // before the act
	low           [2]State // before, as far as each may know
}

// at gives the start of all transitions from one state at one time.
func at(m *machine, s State, now time.Time) transition {
	return transition{m: m, before: s, act: Act{At: now},
		sight: [2]Sight{View(s, A, now), View(s, B, now)}, low: [2]State{low(s, A), low(s, B)}}
}

// try does an act.
func (t *transition) try(a Act) {
	t.act = a
	t.after, t.effects, t.err = t.m.next(t.before, a)
}

// key is a canonical state in few bytes.
type key [40]byte

// explored is what a walk through the model found.
type explored struct {
	states      []State // canonical, each with its mirror image
	transitions int     // acts tried, refusals included
	done        int     // of those, acts that were done
	weeks       int     // passages of a week
}

// explore follows every act and every passage of a week from the zero state
// until nothing new is found, or until visit returns false.
func explore(m *machine, state, visit func(*transition) bool) explored {
	var x explored
	seen := map[key]bool{}
	add := func(s State) {
		s, k := canonical(s)
		if !seen[k] {
			seen[k] = true
			x.states = append(x.states, s)
		}
	}
	add(State{})
	for i := 0; i < len(x.states); i++ {
		s := x.states[i]
		t := at(m, s, today)
		if !state(&t) {
			return x
		}
		for _, later := range weekLater(s) {
			x.weeks++
			add(later)
		}
		for _, a := range actsOn(s) {
			x.transitions++
			t.try(a)
			if !visit(&t) {
				return x
			}
			if t.err == nil {
				x.done++
				add(t.after)
			}
		}
	}
	return x
}

// seqVerbs are the verbs that name an invitation.
var seqVerbs = [numVerbs]bool{Withdraw: true, Reply: true, Accept: true, Ignore: true, Decline: true, DontKnow: true,
	Report: true, Ask: true, Reopen: true, Expire: true, Remind: true, Reconsider: true, Review: true}

// actsOn lists every act by both parties that could make a difference.
func actsOn(s State) []Act {
	var out []Act
	for _, by := range []Party{A, B} {
		for _, v := range Verbs() {
			out = append(out, actsOf(s, Act{Verb: v, By: by, At: today})...)
		}
	}
	return out
}

// actsOf varies what else an act says.
func actsOf(s State, a Act) []Act {
	out := []Act{a}
	if seqVerbs[a.Verb] {
		// The invitation meant, and the one it could be mistaken for.
		out[0].Seq = s.Sent[A].Seq
		if s.Sent[B].Seq != s.Sent[A].Seq {
			out = append(out, out[0])
			out[1].Seq = s.Sent[B].Seq
		}
	}
	theirs := s.Sent[a.By.Other()]
	switch a.Verb {
	case SetTie:
		out[0].Tie = Met
	case Send, Accept:
		for _, b := range out {
			for p := range b.Restricted {
				b.Restricted = [2]bool{}
				b.Restricted[p] = true
				out = append(out, b)
			}
			b.Restricted = [2]bool{}
			if theirs.live() && (a.Verb == Send || b.Seq == theirs.Seq) {
				for b.See = SeePropose; b.See <= SeeRemove; b.See++ {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// weekLater gives what a state may be a week later: one state, or two for each
// invitation whose expiry is far.
func weekLater(s State) []State {
	moved := s
	for p := range moved.Sent {
		i := &moved.Sent[p]
		for _, t := range []*time.Time{&i.SentAt, &i.ExpiresAt, &i.AnsweredAt, &i.AskedAt, &i.RepliedAt, &i.EndedAt} {
			back(t)
		}
	}
	back(&moved.Connection.Since)
	out := []State{moved}
	for p := range s.Sent {
		if i := &s.Sent[p]; i.running() && !i.ExpiresAt.Before(today.Add(far*week)) {
			for _, o := range out {
				o.Sent[p].ExpiresAt = i.ExpiresAt
				out = append(out, o)
			}
		}
	}
	return out
}

func back(t *time.Time) {
	if !t.IsZero() {
		*t = t.Add(-week)
	}
}

// canonical gives the one state that stands for all that behave like s, and
// its key. Times become weeks, no older than what the longest wait on them
// asks for; what nothing reads any more is forgotten; invitations are numbered
// afresh; and of the two mirror images the smaller is taken. That forgetting
// changes nothing is a test of its own.
func canonical(s State) (State, key) {
	s = forget(s)
	m := mirror(s)
	renumber(&s)
	renumber(&m)
	k, l := encode(&s), encode(&m)
	if bytes.Compare(l[:], k[:]) < 0 {
		return m, l
	}
	return s, k
}

func renumber(s *State) {
	joined := s.Connection.Seq
	s.Seq = 0
	for p := range s.Sent {
		if i := &s.Sent[p]; i.Seq != 0 {
			s.Seq++
			if i.Seq == joined && i.Answer == Accepted {
				s.Connection.Seq = s.Seq
			}
			i.Seq = s.Seq
		}
	}
}

// mirror exchanges the parties.
func mirror(s State) State {
	s.Sent[A], s.Sent[B] = s.Sent[B], s.Sent[A]
	s.Refuses[A], s.Refuses[B] = s.Refuses[B], s.Refuses[A]
	s.Blocks[A], s.Blocks[B] = s.Blocks[B], s.Blocks[A]
	s.Gone[A], s.Gone[B] = s.Gone[B], s.Gone[A]
	c := &s.Connection
	c.Ties[A], c.Ties[B] = c.Ties[B], c.Ties[A]
	if c.See != NoSee {
		c.Seer = c.Seer.Other()
	}
	return s
}

// forget drops from a state at today what no guard and no step reads any more.
func forget(s State) State {
	for p := range s.Sent {
		if i := &s.Sent[p]; i.Seq != 0 {
			i.forget(s.Connection.Seq == i.Seq)
		}
	}
	c := &s.Connection
	clamp(&c.Since, -2)
	if c.See == NoSee && s.Connected() {
		c.Since = weeks(-2)
	}
	return s
}

func (i *Invitation) forget(joined bool) {
	i.SentAt = weeks(-30)
	i.Tie = NoTie
	clamp(&i.AnsweredAt, -1)
	clamp(&i.RepliedAt, 0)
	clamp(&i.AskedAt, -2)
	if !i.running() {
		old := Invitation{Seq: i.Seq, SentAt: i.SentAt, ExpiresAt: weeks(far), Course: i.Course, EndedAt: i.EndedAt}
		clamp(&old.EndedAt, -3)
		if i.Course != Withdrawn {
			old.EndedAt = weeks(-3)
		}
		if i.Answer == Accepted {
			old.Answer, old.AnsweredAt = Accepted, weeks(-1)
		}
		if joined {
			old.AnsweredAt = i.AnsweredAt
		}
		*i = old
		return
	}
	if left := i.ExpiresAt.Sub(today); left > far*week {
		i.ExpiresAt = weeks(far)
	} else if left < 0 {
		i.ExpiresAt = today
	}
	final := i.Answer > Ignored && i.AnsweredAt == weeks(-1)
	if final {
		// Which it was shows to its recipient only.
		i.Answer, i.Followed = Declined, 0
	}
	if !i.AskedAt.IsZero() && (final || !i.RepliedAt.IsZero() || i.Followed == 2) {
		i.AskedAt = weeks(-2)
	}
}

func weeks(n int) time.Time { return today.Add(time.Duration(n) * week) }

// clamp makes a time no older than n weeks.
func clamp(t *time.Time, n int) {
	if !t.IsZero() && t.Before(weeks(n)) {
		*t = weeks(n)
	}
}

// encode writes a canonical state down.
func encode(s *State) (k key) {
	n := 0
	put := func(v byte) { k[n] = v; n++ }
	age := func(t time.Time) {
		if t.IsZero() {
			put(255)
			return
		}
		put(byte(100 + t.Sub(today)/week))
	}
	flag := func(f [2]bool) {
		for _, b := range f {
			if b {
				put(1)
			} else {
				put(0)
			}
		}
	}
	for p := range s.Sent {
		i := &s.Sent[p]
		put(byte(i.Seq))
		for _, t := range []time.Time{i.ExpiresAt, i.AnsweredAt, i.AskedAt, i.RepliedAt, i.EndedAt} {
			age(t)
		}
		for _, v := range []byte{byte(i.Answer), i.Followed, byte(i.Course)} {
			put(v)
		}
		flag([2]bool{i.Unheard})
	}
	c := &s.Connection
	for _, v := range []byte{byte(c.Seq), byte(c.Ties[A]), byte(c.Ties[B]), byte(c.See), byte(c.Seer)} {
		put(v)
	}
	age(c.Since)
	flag(s.Refuses)
	flag(s.Blocks)
	flag(s.Gone)
	return k
}
