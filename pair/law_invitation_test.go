package pair

import "kith"

func consented(t *transition) bool {
	if t.before.Connected() || !t.after.Connected() {
		return !t.after.Connected() || t.after.Connection.Seq == t.before.Connection.Seq
	}
	wish := t.found().Sent[t.other()]
	byHand := t.act.Verb == Accept && !wish.Unheard && t.act.Seq == wish.Seq
	return (byHand || t.act.Verb == Send) && t.after.Connection.Seq == wish.Seq && wish.Course == Running &&
		(wish.Answer == NoAnswer || wish.Answer == Ignored) && !t.fresh(A) && !t.fresh(B)
}

func finalStays(t *transition) bool {
	for p := range t.before.Sent {
		was, is := t.found().Sent[p], t.after.Sent[p]
		if t.err != nil || was.Seq != is.Seq {
			if was.running() && t.err == nil {
				return false // replaced while it ran
			}
			continue
		}
		if was.Course != Running && (is.Course != was.Course || is.EndedAt != was.EndedAt) {
			return false
		}
		final := was.Answer > Ignored
		if final && is.Answer == was.Answer && is.AnsweredAt == was.AnsweredAt || !final {
			continue
		}
		mayUndo := t.did(Reopen) && t.act.By != Party(p) && t.act.Seq == was.Seq && was.Course == Running &&
			t.act.At.Sub(was.AnsweredAt) < 7*kith.Day
		if !mayUndo || is.Answer != NoAnswer {
			return false
		}
	}
	return true
}

// answerOf is the answer each verb gives.
var answerOf = [numVerbs]Answer{Accept: Accepted, Ignore: Ignored, Decline: Declined, DontKnow: NotKnown, Report: Reported}

func answeredByRecipient(t *transition) bool {
	for p := range t.before.Sent {
		was, is := t.before.Sent[p], t.after.Sent[p]
		if was.Seq != is.Seq || was.Answer == is.Answer && was.AnsweredAt == is.AnsweredAt {
			continue
		}
		meets := t.act.Verb == Send && is.Answer == Accepted
		if t.act.By == Party(p) || !meets && (t.act.Seq != was.Seq || was.Unheard) {
			return false
		}
	}
	a := answerOf[t.act.Verb]
	if a == NoAnswer && t.act.Verb != Reopen || t.before.Connected() {
		return true
	}
	is := t.after.Sent[t.other()]
	return is.Answer == a && (a == NoAnswer || is.AnsweredAt == t.act.At) && t.before.Sent[t.other()].Answer != a
}

func followedUp(t *transition) bool {
	i := t.before.Sent[t.other()]
	was, is := i.Followed, t.after.Sent[t.other()].Followed
	waits := i.Course == Running && t.act.At.Before(i.ExpiresAt) && i.Answer == NoAnswer && !i.AskedAt.IsZero() &&
		i.RepliedAt.IsZero() && t.act.Seq == i.Seq
	since := t.act.At.Sub(i.AskedAt)
	remind := t.did(Remind)
	again := t.did(Reconsider)
	return (!remind || waits && was == 0 && is == 1 && since >= 7*kith.Day) &&
		(!again || waits && was < 2 && is == 2 && since >= 14*kith.Day) &&
		(remind || again || was == is || t.fresh(t.other())) &&
		t.once(remind, Effect{Do: TellReminder, For: t.act.By, Seq: i.Seq}) &&
		t.once(again || t.did(Reply) && t.before.Sent[t.act.By].Answer == NoAnswer, t.rejudge())
}

// rejudge is the effect of a new verdict by the recipient of a question.
func (t *transition) rejudge() Effect {
	if t.act.Verb == Reply {
		return Effect{Do: Rejudge, For: t.other(), Seq: t.act.Seq}
	}
	return Effect{Do: Rejudge, For: t.act.By, Seq: t.act.Seq}
}

func undone(t *transition) bool {
	if t.act.Verb != Reopen || t.before.Gone[t.act.By] {
		return true
	}
	v := t.sight[t.act.By]
	seq := v.Received.Seq
	if v.Connected {
		seq = v.Seq
	}
	offered := t.act.At.Before(v.UndoUntil) && t.act.Seq == seq
	if offered != (t.err == nil) {
		return false
	}
	i := t.before.Sent[t.other()]
	if t.err != nil {
		return true
	}
	if i.Answer == Accepted {
		return !t.after.Connected()
	}
	return t.after.Sent[t.other()].live() && t.after.Refuses[t.act.By] == (t.before.Refuses[t.act.By] && i.Answer < NotKnown)
}

func expiry(t *transition) bool {
	for p := range t.before.Sent {
		was, is := t.before.Sent[p], t.after.Sent[p]
		over := was.running() && !t.act.At.Before(was.ExpiresAt)
		if t.err == nil && was.Seq == is.Seq && over != (was.Course == Running && is.Course == Expired) {
			return false
		}
		if t.act.Verb == Expire && t.act.By == Party(p) && (t.err == nil) != (over && t.act.Seq == was.Seq) {
			return false
		}
		if shown := t.sight[Party(p)].Sent; over && !t.sight[Party(p)].Gone && (shown.Course != Expired || shown.EndedAt != was.ExpiresAt) {
			return false
		}
	}
	return true
}
