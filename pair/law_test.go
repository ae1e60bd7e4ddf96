package pair

import (
	"slices"
	"time"

	"kith"
)

// actLaw is something that must be true of every act in every state, said
// without the guards and steps of the law itself.
type actLaw struct {
	id, says string
	holds    func(*transition) bool
	// refused marks laws that speak of refused acts too.
	refused bool
}

// asOf is the state an act finds: what has run out of time is over.
func asOf(s State, now time.Time) State {
	for p := range s.Sent {
		if i := &s.Sent[p]; i.Seq != 0 && i.Course == Running && !now.Before(i.ExpiresAt) {
			i.Course, i.EndedAt = Expired, i.ExpiresAt
		}
	}
	return s
}

func (t *transition) found() State             { return asOf(t.before, t.act.At) }
func (t *transition) other() Party             { return t.act.By.Other() }
func (t *transition) fresh(p Party) bool       { return t.after.Sent[p].Seq != t.before.Sent[p].Seq }
func (t *transition) did(v Verb) bool          { return t.err == nil && t.act.Verb == v }
func (t *transition) sightAfter(p Party) Sight { return View(t.after, p, t.act.At) }

// newlyAccepted is the party whose invitation this act made accepted.
func (t *transition) newlyAccepted() (p Party, yes bool) {
	for p := range t.after.Sent {
		if t.after.Sent[p].Answer == Accepted && t.before.Sent[p].Answer != Accepted {
			return Party(p), true
		}
	}
	return 0, false
}

// count counts effects.
func (t *transition) count(do Doing) (n int, last Effect) {
	for _, e := range t.effects {
		if e.Do == do {
			n, last = n+1, e
		}
	}
	return n, last
}

// once reports whether the effect happened exactly once and as given if it
// should have, and not at all if not.
func (t *transition) once(want bool, e Effect) bool {
	n, have := t.count(e.Do)
	if !want {
		return n == 0
	}
	return n == 1 && have == e
}

func isDuty(v Verb) bool { return v >= Expire && v <= Review }

// actLaws are checked after every act. The first that fails is reported.
var actLaws = []actLaw{
	{"refusal", "a refused act changes nothing", func(t *transition) bool {
		return t.err == nil || t.after == t.before && t.effects == nil
	}, true},
	{"P1-P6", "the state breaks no law", func(t *transition) bool { return t.after.Check() == nil }, false},
	{"P5", "a connection takes the open wish of one and the act of the other", consented, false},
	{"P7", "what is final stays; only its recipient's Reopen, within 7 days, takes an answer back", finalStays, false},
	{"P7-seq", "an invitation is answered by its recipient, by its number, if it was delivered", answeredByRecipient, false},
	{"P8", "the sender is told once of an acceptance, and of nothing else", func(t *transition) bool {
		p, yes := t.newlyAccepted()
		return t.once(yes, Effect{Do: TellAccepted, For: p, Seq: t.after.Sent[p].Seq})
	}, false},
	{"P9", "a question is followed up twice at most, never early, never when it is over", followedUp, false},
	{"P10", "whom standing restricts sends nothing and is accepted by nobody", func(t *transition) bool {
		p, yes := t.newlyAccepted()
		return !(yes && t.act.Restricted[p]) && !(t.fresh(t.act.By) && t.act.Restricted[t.act.By])
	}, false},
	{"P12", "sending is refused openly for what the sender can see, and always for that", refusedOpenly, true},
	{"P12-silent", "whoever is refused for ever is never heard again, and only they", unheardOf, false},
	{"P13", "unblock and return change nothing else", func(t *transition) bool {
		want := t.found()
		switch {
		case t.did(Unblock):
			want.Blocks[t.act.By] = false
		case t.did(Return):
			want.Gone[t.act.By] = false
		default:
			return true
		}
		return t.after == want
	}, false},
	{"P13-block", "only their own act sets or ends a member's block or absence", func(t *transition) bool {
		want := t.before
		if t.did(Block) || t.did(Unblock) {
			want.Blocks[t.act.By] = t.act.Verb == Block
		}
		if t.did(Leave) || t.did(Return) {
			want.Gone[t.act.By] = t.act.Verb == Leave
		}
		return t.after.Blocks == want.Blocks && t.after.Gone == want.Gone
	}, false},
	{"P14", "removal is immediate, the same for both, silent, and touches nothing else", removed, false},
	{"P15", "both see the same connection", func(t *transition) bool {
		a, b := t.sightAfter(A), t.sightAfter(B)
		return a.Gone || b.Gone || a.Connected == b.Connected && a.Since == b.Since && a.Seq == b.Seq
	}, false},
	{"N2", "to whoever is blocked the other has left: nothing but block and unblock is answered otherwise", func(t *transition) bool {
		if !t.sight[t.act.By].Gone || t.before.Gone[t.act.By] || isDuty(t.act.Verb) {
			return true
		}
		switch t.act.Verb {
		case Block, Leave:
			return t.err == nil || t.err == ErrYouBlock && t.before.Blocks[t.act.By]
		case Unblock:
			return t.err == nil || t.err == ErrNoAccount && !t.before.Blocks[t.act.By]
		case Return:
			return t.err == ErrNotLeft
		}
		return t.err == ErrNoAccount
	}, true},
	{"left", "who has left does nothing but return", func(t *transition) bool {
		switch {
		case !t.before.Gone[t.act.By]:
			return t.act.Verb != Return || t.err == ErrNotLeft
		case t.act.Verb == Return:
			return t.err == nil
		case isDuty(t.act.Verb):
			return t.err == ErrNotDue || t.did(Expire)
		}
		return t.err == ErrLeft
	}, true},
	{"needs", "only the connected remove, tie and write; nobody blocks twice, or ends what is not", func(t *transition) bool {
		blocks := t.before.Blocks[t.act.By]
		switch t.act.Verb {
		case Remove, SetTie, Write:
			return t.before.Connected()
		case Block:
			return !blocks
		case Unblock:
			return blocks
		}
		return true
	}, false},
	{"N1", "what is hidden from the other leaves no trace in what they see", hiddenActs, false},
	{"N1-step", "nothing that is hidden plays a part in what an act does for its actor", unwinding, true},
	{"undo", "Reopen works exactly while the recipient is told it does", undone, true},
	{"block", "block, leave and report leave nothing open and no connection", func(t *transition) bool {
		switch {
		case t.did(Block), t.did(Leave):
			mine := t.found().Sent[t.act.By]
			return !t.after.Connected() && !t.after.Sent[A].running() && !t.after.Sent[B].running() &&
				(!mine.running() || t.after.Sent[t.act.By].Course == Withdrawn)
		case t.did(Report):
			return !t.after.Connected() && t.after.Refuses[t.act.By]
		}
		return true
	}, false},
	{"cooling", "after taking one back, 21 days before the next", func(t *transition) bool {
		last := t.before.Sent[t.act.By]
		return !t.fresh(t.act.By) || last.Course != Withdrawn || t.act.At.Sub(last.EndedAt) >= 21*kith.Day
	}, false},
	{"sent", "an invitation has a new number, runs 180 days and costs one, once", func(t *transition) bool {
		i := t.after.Sent[t.act.By]
		fresh := t.fresh(t.act.By)
		return t.once(fresh, Effect{Do: Spend, For: t.act.By, Seq: i.Seq}) && !t.fresh(t.other()) &&
			(!fresh && t.after.Seq == t.before.Seq ||
				fresh && t.act.Verb == Send && i == Invitation{Seq: t.before.Seq + 1, SentAt: t.act.At,
					ExpiresAt: t.act.At.Add(180 * kith.Day), Tie: t.act.Tie, Unheard: t.before.Refuses[t.other()]} &&
					t.after.Seq == i.Seq)
	}, false},
	{"withdrawn", "taking back ends it, always", func(t *transition) bool {
		return !t.did(Withdraw) || t.sightAfter(t.act.By).Sent.Course == Withdrawn
	}, false},
	{"expiry", "an invitation expires when its time is over and not before", expiry, true},
	{"counted", "answers count once, for the sender, when their undo is over", counts, false},
	{"question", "one question, one answer, told to the other", questions, false},
	{"see", "accept and see ends by a word of the other, or after 14 days as the member chose", seen14, false},
	{"ties", "each says their own tie; nothing said is: only through the network", ties, false},
	{"duties", "what is due is what the state says", dutiesMatch, true},
}

// standLaws are checked of every state at a time, before any act.
var standLaws = []struct {
	id, says string
	holds    func(*transition) bool
}{
	{"N1-view", "a view depends on nothing hidden", func(t *transition) bool {
		now := t.act.At
		return t.sight[A] == View(t.low[A], A, now) && t.sight[B] == View(t.low[B], B, now)
	}},
	{"N2-block", "block and leave, unblock and return are the same to the other", func(t *transition) bool {
		for _, p := range []Party{A, B} {
			if !t.alike(Act{Verb: Block, By: p, At: t.act.At}, Leave) || !t.alike(Act{Verb: Unblock, By: p, At: t.act.At}, Return) {
				return false
			}
		}
		return true
	}},
	{"L1", "every open invitation has an end that is due, every duty works when it is due and not before", func(t *transition) bool {
		for p, i := range t.before.Sent {
			end := Act{Verb: Expire, By: Party(p), Seq: i.Seq, At: i.ExpiresAt}
			if i.running() != slices.Contains(Duties(t.before), end) {
				return false
			}
		}
		for _, d := range Duties(t.before) {
			_, _, onTime := t.m.next(t.before, d)
			d.At = d.At.Add(-time.Microsecond)
			if _, _, early := t.m.next(t.before, d); onTime != nil || early != ErrNotDue {
				return false
			}
		}
		return true
	}},
}
