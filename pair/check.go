package pair

import "kith"

// stateLaws are the invariants of one state. They are what a store's CHECK
// constraints say in SQL; docs/pair.md lists them with the laws of acts.
var stateLaws = []struct {
	id, says string
	holds    func(*State) bool
}{
	{"P1", "connected members do not block each other",
		func(s *State) bool { return !s.Connected() || !s.Blocks[A] && !s.Blocks[B] }},
	{"P2", "between members of whom one blocks the other no invitation is open",
		func(s *State) bool {
			return !s.Blocks[A] && !s.Blocks[B] || !s.Sent[A].running() && !s.Sent[B].running()
		}},
	{"P3", "between connected members no invitation is open",
		func(s *State) bool { return !s.Connected() || !s.Sent[A].running() && !s.Sent[B].running() }},
	{"P4", "of two invitations across each other at most one can still be accepted",
		func(s *State) bool { return !s.Sent[A].live() || !s.Sent[B].live() }},
	{"P5", "a connection comes from an invitation that was accepted",
		func(s *State) bool { return !s.Connected() || s.origin() != nil }},
	{"P6", "who has left has neither connection nor open invitation", func(s *State) bool {
		return !s.Gone[A] && !s.Gone[B] || !s.Connected() && !s.Sent[A].running() && !s.Sent[B].running()
	}},
	{"numbers", "invitations of a pair have different numbers up to the newest", func(s *State) bool {
		a, b := s.Sent[A].Seq, s.Sent[B].Seq
		return a <= s.Seq && b <= s.Seq && (a != b || a == 0)
	}},
	{"ties", "ties belong to connections", func(s *State) bool {
		return s.Connected() == (s.Connection.Ties[A] != NoTie) && s.Connected() == (s.Connection.Ties[B] != NoTie)
	}},
	{"see", "accept and see belongs to a connection",
		func(s *State) bool { return s.Connection.See == NoSee || s.Connected() }},
	{"shape", "what an invitation says of itself fits together",
		func(s *State) bool { return s.Sent[A].whole() && s.Sent[B].whole() }},
}

// Check gives the first law a state breaks, nil if it breaks none. A state that
// came from the zero State by [Next] breaks none. Its error is of kind Internal
// and names the law in its field.
func (s State) Check() error {
	for i := range stateLaws {
		if l := &stateLaws[i]; !l.holds(&s) {
			return &kith.Error{Kind: kith.Internal, Field: "pair." + l.id, Msg: "the stored state is broken: " + l.says}
		}
	}
	return nil
}

// origin is the accepted invitation the connection came from, nil if there is
// none.
func (s *State) origin() *Invitation {
	for p := range s.Sent {
		if i := &s.Sent[p]; i.Seq == s.Connection.Seq && i.Answer == Accepted {
			return i
		}
	}
	return nil
}

// whole reports whether the parts of an invitation fit together.
func (i *Invitation) whole() bool {
	if i.Seq == 0 {
		return *i == Invitation{}
	}
	return i.Course <= Cancelled && i.Answer <= Accepted && i.Tie <= Close && i.Followed <= 2 &&
		!i.SentAt.IsZero() && i.SentAt.Before(i.ExpiresAt) &&
		(i.Course == Running) == i.EndedAt.IsZero() &&
		(i.Course == Fulfilled) == (i.Answer == Accepted) &&
		(i.Answer == NoAnswer) == i.AnsweredAt.IsZero() &&
		(!i.AskedAt.IsZero() || i.RepliedAt.IsZero() && i.Followed == 0) &&
		!(i.Unheard && (i.Answer != NoAnswer && i.Answer != Accepted || !i.AskedAt.IsZero()))
}
