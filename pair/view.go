package pair

import "time"

// Sight is what one party may see of the pair. Everything a member is shown or
// can find out about the other party's side of it comes from here, exports and
// the times and headers of answers included: a version, a row's time of change
// or a count made from the [State] tells more than its owner may know.
//
// What standing does is not in it: the inbox leaves out invitations of members
// whom standing restricts.
type Sight struct {
	// Gone says that for this party the other's account does not exist: it has
	// left, or it blocks this party. Everything below Blocked is then empty.
	Gone bool
	// Blocked and Refused are this party's own doing.
	Blocked, Refused bool

	// Connected and Since are the same for both. Seq is the invitation the
	// connection came from.
	Connected bool
	Seq       Seq
	Since     time.Time
	// Tie and See are this party's own; ReviewAt is when an accept and see ends.
	Tie      Tie
	See      See
	ReviewAt time.Time

	// Sent is this party's newest invitation, whatever became of it; AgainAt is
	// from when on the next may be sent, if they took it back.
	Sent    Sent
	AgainAt time.Time
	// Received is the other's invitation while it is open.
	Received Received
	// UndoUntil is until when Reopen undoes this party's answer; zero when
	// there is nothing to undo.
	UndoUntil time.Time
}

// Sent is an invitation as its sender sees it. There is no answer in it.
type Sent struct {
	Seq                Seq // 0: none
	Course             Course
	SentAt, ExpiresAt  time.Time
	EndedAt            time.Time
	AskedAt, RepliedAt time.Time
}

// Received is an invitation as its recipient sees it.
type Received struct {
	Seq                Seq // 0: none
	SentAt, ExpiresAt  time.Time
	Answer             Answer // the recipient's own
	AnsweredAt         time.Time
	AskedAt, RepliedAt time.Time
}

// View gives what one party, A or B, may see at a time. Two states that differ
// only in what the party may not know have equal views, now and after whatever
// the party does.
func View(s State, who Party, now time.Time) Sight {
	other := who.Other()
	v := Sight{Blocked: s.Blocks[who], Refused: s.Refuses[who]}
	if s.Gone[other] || s.Blocks[other] {
		return Sight{Gone: true, Blocked: v.Blocked}
	}
	now = whole(now)
	s.lapse(now)
	if c := &s.Connection; s.Connected() {
		v.Connected, v.Seq, v.Since, v.Tie = true, c.Seq, c.Since, c.Ties[who]
		if c.See != NoSee && c.Seer == who {
			v.See, v.ReviewAt = c.See, c.Since.Add(ReviewAfter)
		}
	}
	v.Sent, v.AgainAt = s.Sent[who].bySender()
	v.Received = s.Sent[other].byRecipient()
	v.UndoUntil = s.undoUntil(who, now)
	return v
}

func (i *Invitation) bySender() (v Sent, again time.Time) {
	if i.Course == Withdrawn {
		again = i.EndedAt.Add(CoolDown)
	}
	return Sent{Seq: i.Seq, Course: i.Course, SentAt: i.SentAt, ExpiresAt: i.ExpiresAt, EndedAt: i.EndedAt,
		AskedAt: i.AskedAt, RepliedAt: i.RepliedAt}, again
}

func (i *Invitation) byRecipient() Received {
	if !i.running() || i.Unheard {
		return Received{}
	}
	return Received{Seq: i.Seq, SentAt: i.SentAt, ExpiresAt: i.ExpiresAt,
		Answer: i.Answer, AnsweredAt: i.AnsweredAt, AskedAt: i.AskedAt, RepliedAt: i.RepliedAt}
}

// undoUntil is the instant from which on Reopen by who is refused.
func (s *State) undoUntil(who Party, now time.Time) time.Time {
	i := &s.Sent[who.Other()]
	until := i.AnsweredAt.Add(UndoFor)
	if i.running() && i.ExpiresAt.Before(until) {
		until = i.ExpiresAt
	}
	if !s.answered(who) || s.Sent[who].running() || !now.Before(until) {
		return time.Time{}
	}
	return until
}
