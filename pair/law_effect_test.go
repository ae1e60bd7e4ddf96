package pair

import (
	"slices"

	"kith"
)

func refusedOpenly(t *transition) bool {
	if t.act.Verb != Send || t.before.Gone[t.act.By] {
		return true
	}
	v := t.sight[t.act.By]
	var reason error
	switch {
	case v.Gone:
		reason = ErrNoAccount
	case v.Blocked:
		reason = ErrYouBlock
	case v.Connected:
		reason = ErrConnected
	case v.Sent.Seq != 0 && v.Sent.Course == Running:
		reason = ErrAlreadySent
	case t.act.Restricted[t.act.By]:
		reason = ErrRestricted
	case t.act.At.Before(v.AgainAt):
		reason = ErrCooling
	}
	if wish := t.found().Sent[t.other()]; wish.live() && !t.act.Restricted[t.other()] {
		reason = nil // both want the same
	}
	return t.err == reason
}

func unheardOf(t *transition) bool {
	for p := range t.after.Refuses {
		who := Party(p)
		if t.before.Refuses[p] != t.after.Refuses[p] {
			undone := t.before.Sent[who.Other()].Answer
			sets := t.did(DontKnow) || t.did(Report)
			clears := t.did(Reopen) && (undone == NotKnown || undone == Reported)
			if t.act.By != who || t.after.Refuses[p] != sets || sets == clears {
				return false
			}
		}
	}
	i := t.after.Sent[t.act.By]
	told := t.fresh(t.act.By) && !t.before.Refuses[t.other()]
	if n, e := t.count(TellInvited); told != (n == 1) || n > 1 || n == 1 && (e.For != t.other() || e.Seq != i.Seq) {
		return false
	}
	shown := View(t.after, t.other(), t.act.At).Received.Seq
	return (!i.Unheard || shown == 0) && (!t.did(DontKnow) && !t.did(Report) || t.after.Refuses[t.act.By])
}

func removed(t *transition) bool {
	ends := []Verb{Remove, Block, Leave, Report, Reopen, Review}
	if t.before.Connected() && !t.after.Connected() && !slices.Contains(ends, t.act.Verb) {
		return false
	}
	if !t.did(Remove) {
		return true
	}
	want := t.found()
	want.Connection = Connection{}
	for _, e := range t.effects {
		if e.Do != End {
			return false
		}
	}
	return t.before.Connected() && t.after == want && !t.sightAfter(A).Connected && !t.sightAfter(B).Connected
}
func counts(t *transition) bool {
	a, seq := answerOf[t.act.Verb], t.act.Seq
	if _, met := t.newlyAccepted(); met {
		a, seq = Accepted, t.after.Connection.Seq
	}
	was := t.before.Sent[t.other()].Answer
	undo := Effect{Do: Uncount, For: t.other(), Seq: t.act.Seq, Answer: was}
	back := t.did(Reopen) && was == Reported
	return t.once(a != NoAnswer, Effect{Do: Count, For: t.other(), Seq: seq, Answer: a, At: t.act.At.Add(7 * kith.Day)}) &&
		t.once(t.did(Reopen) || t.did(Ask) && was == Ignored, undo) &&
		t.once(t.did(Report), Effect{Do: ToDesk, For: t.other(), Seq: t.act.Seq}) &&
		t.once(back, Effect{Do: FromDesk, For: t.other(), Seq: t.act.Seq})
}

func questions(t *transition) bool {
	ask, reply := t.did(Ask), t.did(Reply)
	for p := range t.before.Sent {
		was, is := t.found().Sent[p], t.after.Sent[p]
		if was.Seq != is.Seq || t.err != nil {
			continue
		}
		askedNow, repliedNow := was.AskedAt != is.AskedAt, was.RepliedAt != is.RepliedAt
		mine := t.act.By == Party(p)
		if askedNow != (ask && !mine) || repliedNow != (reply && mine) {
			return false
		}
		if askedNow && !(was.AskedAt.IsZero() && is.AskedAt == t.act.At && was.live() && !was.Unheard && is.Answer == NoAnswer && t.act.Seq == was.Seq) {
			return false
		}
		if repliedNow && !(was.RepliedAt.IsZero() && is.RepliedAt == t.act.At && !was.AskedAt.IsZero() && was.running() && t.act.Seq == was.Seq) {
			return false
		}
	}
	told := reply && t.before.Sent[t.act.By].Answer == NoAnswer
	return t.once(ask, Effect{Do: TellAsked, For: t.other(), Seq: t.act.Seq}) &&
		t.once(told, Effect{Do: TellReplied, For: t.other(), Seq: t.act.Seq})
}

func seen14(t *transition) bool {
	was, is := t.before.Connection, t.after.Connection
	review := t.did(Review)
	due := was.See != NoSee && was.Seer == t.act.By && was.Seq == t.act.Seq && t.act.At.Sub(was.Since) >= 14*kith.Day
	if review && !due || !t.once(review && was.See == SeePropose, Effect{Do: TellSilent, For: t.act.By, Seq: was.Seq}) ||
		!t.once(review && was.See == SeeRemove, Effect{Do: TellRemoved, For: t.act.By, Seq: was.Seq}) {
		return false
	}
	if review && (is.See != NoSee || (was.See == SeeRemove) == t.after.Connected()) {
		return false
	}
	switch {
	case !t.after.Connected():
		return is == Connection{}
	case !t.before.Connected():
		return is.See == t.act.See && is.Since == t.act.At && (is.See == NoSee || is.Seer == t.act.By)
	case t.did(Write) && was.Seer == t.other() && was.See != NoSee:
		return is.See == NoSee
	}
	return review || is.See == was.See && is.Seer == was.Seer && is.Since == was.Since
}

func ties(t *transition) bool {
	was, is := t.before.Connection, t.after.Connection
	if !t.after.Connected() {
		return true
	}
	want := was.Ties
	if !t.before.Connected() {
		want[t.act.By], want[t.other()] = max(t.act.Tie, ThroughNetwork), max(t.before.Sent[t.other()].Tie, ThroughNetwork)
	}
	if t.did(SetTie) {
		want[t.act.By] = t.act.Tie
	}
	return is.Ties == want
}

// dutiesMatch says the duties of the state again, and that Start and End are
// their difference.
func dutiesMatch(t *transition) bool {
	if t.err != nil && !isDuty(t.act.Verb) {
		return true
	}
	was, is := Duties(t.before), Duties(t.after)
	if v := t.act; isDuty(v.Verb) {
		called := slices.ContainsFunc(was, func(d Act) bool {
			return d.Verb == v.Verb && d.By == v.By && d.Seq == v.Seq && !v.At.Before(d.At)
		})
		// What falls due after the invitation is over is not listed, and not done.
		if called && t.found() == t.before && t.err != nil || t.err == nil && !called {
			return false
		}
	}
	if t.err != nil {
		return true
	}
	var want []Effect
	for _, d := range was {
		if !slices.Contains(is, d) {
			want = append(want, Effect{Do: End, For: d.By, Seq: d.Seq, Verb: d.Verb})
		}
	}
	for _, d := range is {
		if !slices.Contains(was, d) {
			want = append(want, Effect{Do: Start, For: d.By, Seq: d.Seq, Verb: d.Verb, At: d.At})
		}
	}
	var have []Effect
	for _, e := range t.effects {
		if e.Do == Start || e.Do == End {
			have = append(have, e)
		}
	}
	return slices.Equal(have, want)
}
