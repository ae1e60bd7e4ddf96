package pair

import (
	"slices"
	"time"
)

// Doing is what an effect asks for.
type Doing uint8

// The doings. Only those marked (hidden) are never to be seen, in any form, by
// the party they are For.
const (
	// Spend takes one invitation from For's budget. If the budget is used up
	// the whole act is refused: nothing hidden plays a part in whether an act
	// spends.
	Spend Doing = iota + 1
	// Count (hidden) makes Answer to invitation Seq count for For's standing,
	// from At on, in place of an earlier answer to it; Uncount (hidden) takes
	// it back.
	Count
	Uncount
	// ToDesk (hidden) brings a report about For to the moderation desk;
	// FromDesk (hidden) takes it back.
	ToDesk
	FromDesk
	// Rejudge decides For's case again: a fact is new or a wait is over.
	Rejudge
	// Start makes the duty Verb of For due at At; End drops it.
	Start
	End

	// What follows tells For something. There is at most one of each for one
	// invitation, so (doing, pair, Seq) is a unique key.

	TellInvited  // an invitation arrived
	TellAccepted // theirs was accepted
	TellAsked    // the recipient asks first
	TellReplied  // the sender replied
	TellReminder // their question is still unanswered
	TellSilent   // accept and see heard nothing: a removal is proposed
	TellRemoved  // accept and see heard nothing: removed, as they had said
)

// String names the doing.
func (d Doing) String() string {
	return word(d, "", "spend", "count", "uncount", "to-desk", "from-desk", "rejudge", "start", "end",
		"tell-invited", "tell-accepted", "tell-asked", "tell-replied", "tell-reminder", "tell-silent", "tell-removed")
}

// Effect is one thing that follows from an act beside the new state. Effects
// are carried out, or written down as due, in the transaction that writes the
// state; there is nothing else to do for an act.
type Effect struct {
	Do     Doing
	For    Party
	Seq    Seq
	Verb   Verb      // Start, End
	Answer Answer    // Count, Uncount
	At     time.Time // Start, Count
}

// Duties lists what will fall due between the two if nobody acts: each entry
// is the act that then has to be done, with its earliest time. Duties are a
// projection of the state; [Next] gives their difference as Start and End.
func Duties(s State) []Act {
	d, n := duties(&s)
	return d[:n:n]
}

// maxDuties is three for the invitation of each and one for the connection.
const maxDuties = 7

func duties(s *State) (out [maxDuties]Act, n int) {
	add := func(v Verb, by Party, seq Seq, at time.Time) {
		out[n] = Act{Verb: v, By: by, Seq: seq, At: at}
		n++
	}
	for p := range s.Sent {
		i, by := &s.Sent[p], Party(p)
		if i.running() {
			add(Expire, by, i.Seq, i.ExpiresAt)
		}
		if at := i.AskedAt.Add(RemindAfter); i.waiting() && i.Followed < 1 && at.Before(i.ExpiresAt) {
			add(Remind, by.Other(), i.Seq, at)
		}
		if at := i.AskedAt.Add(DecideAfter); i.waiting() && i.Followed < 2 && at.Before(i.ExpiresAt) {
			add(Reconsider, by.Other(), i.Seq, at)
		}
	}
	if c := &s.Connection; c.See != NoSee {
		add(Review, c.Seer, c.Seq, c.Since.Add(ReviewAfter))
	}
	return out, n
}

// waiting reports whether the recipient's question is open.
func (i *Invitation) waiting() bool {
	return i.running() && i.Answer == NoAnswer && !i.AskedAt.IsZero() && i.RepliedAt.IsZero()
}

// difference gives the duties that end and those that start.
func difference(effects []Effect, before, after *State) []Effect {
	old, n := duties(before)
	now, m := duties(after)
	for _, d := range old[:n] {
		if !slices.Contains(now[:m], d) {
			effects = append(effects, Effect{Do: End, For: d.By, Seq: d.Seq, Verb: d.Verb})
		}
	}
	for _, d := range now[:m] {
		if !slices.Contains(old[:n], d) {
			effects = append(effects, Effect{Do: Start, For: d.By, Seq: d.Seq, Verb: d.Verb, At: d.At})
		}
	}
	return effects
}
