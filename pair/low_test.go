package pair

import "slices"

// low erases from a state what who may not know: two states are the same to
// them if their lows are equal. That the view and every act of theirs depend
// on the low alone (unwinding), and that every act hidden from them leaves the
// low as it was (hiddenActs), makes N1 true of sequences of any length.
func low(s State, who Party) State {
	o := who.Other()
	if i := &s.Sent[who]; i.Answer != Accepted {
		i.Answer, i.AnsweredAt = NoAnswer, Invitation{}.AnsweredAt
		i.Unheard, i.Followed = false, 0
	}
	s.Sent[o].Tie = NoTie
	s.Refuses[o] = false
	s.Gone[o], s.Blocks[o] = s.Gone[o] || s.Blocks[o], false
	if c := &s.Connection; s.Connected() {
		c.Ties[o] = NoTie
		if c.Seer == o {
			c.stopSeeing()
		}
	}
	return s
}

// visibleTo picks the effects a party may notice.
func visibleTo(who Party, effects []Effect) []Effect {
	var out []Effect
	for _, e := range effects {
		hidden := e.Do == Count || e.Do == Uncount || e.Do == ToDesk || e.Do == FromDesk
		if e.For == who && !hidden {
			out = append(out, e)
		}
	}
	return out
}

// hidden reports whether an act must leave no trace for the other party.
func (t *transition) hidden() bool {
	switch t.act.Verb {
	case Ignore, Decline, DontKnow, SetTie, Remind, Reconsider:
		return true
	case Report:
		return !t.before.Connected()
	case Reopen:
		return t.before.Sent[t.other()].Answer != Accepted
	}
	return false
}

func hiddenActs(t *transition) bool {
	o := t.other()
	return t.err != nil || !t.hidden() ||
		low(t.found(), o) == low(t.after, o) && len(visibleTo(o, t.effects)) == 0 && t.sight[o] == t.sightAfter(o)
}

func unwinding(t *transition) bool {
	me := t.act.By
	if isDuty(t.act.Verb) {
		return true
	}
	after, effects, err := t.m.next(t.low[me], t.act)
	return err == t.err && low(after, me) == low(t.after, me) &&
		slices.Equal(visibleTo(me, effects), visibleTo(me, t.effects))
}

// alike reports whether two acts by the same party, the second with another
// verb, are one to the other party, as far as both are possible.
func (t *transition) alike(a Act, v Verb) bool {
	o := a.By.Other()
	one, seen, err := t.m.next(t.before, a)
	a.Verb = v
	two, seen2, err2 := t.m.next(t.before, a)
	gone := t.before.Blocks[a.By] && t.before.Gone[a.By]
	return err != nil || err2 != nil || gone ||
		low(one, o) == low(two, o) && slices.Equal(visibleTo(o, seen), visibleTo(o, seen2))
}
