package pair

import "time"

// The steps, named for what holds afterwards. A step does one thing; whether it
// applies is its own business, so that a verb's steps can be read as a list.
var (
	lapsing = step{"lapsed", func(m *move) { m.lapsed = m.state.lapse(m.At) }}

	sent = step{"sent", func(m *move) {
		m.state.Seq++
		*m.mine() = Invitation{Seq: m.state.Seq, SentAt: m.At, ExpiresAt: m.At.Add(ExpiresAfter), Tie: m.Tie}
	}}
	// unheard is the only difference that refusing somebody for ever makes.
	unheard = step{"unheard-if-refused", func(m *move) { m.mine().Unheard = m.state.Refuses[m.other()] }}
	// overtaken applies to a live invitation that was not met because standing
	// holds it back: of two open invitations the one that may be accepted stays.
	overtaken = step{"overtaken", func(m *move) {
		if m.theirs().live() {
			m.theirs().end(Cancelled, m.At)
		}
	}}
	spent     = step{"spent", func(m *move) { m.emit(Effect{Do: Spend, For: m.By, Seq: m.mine().Seq}) }}
	delivered = step{"delivered", func(m *move) {
		if !m.mine().Unheard {
			m.emit(Effect{Do: TellInvited, For: m.other(), Seq: m.mine().Seq})
		}
	}}

	withdrawn = step{"withdrawn", func(m *move) { m.mine().end(Withdrawn, m.At) }}
	cancelled = step{"cancelled", func(m *move) { m.theirs().end(Cancelled, m.At) }}
	parted    = step{"parted", func(m *move) { m.state.Connection = Connection{} }}

	replied = step{"replied", func(m *move) { m.mine().RepliedAt = m.At }}
	// handedOn stays silent when the recipient has answered by now; the sender
	// gets the same answer.
	handedOn = step{"handed-on", func(m *move) {
		if m.mine().Answer == NoAnswer {
			m.emit(Effect{Do: TellReplied, For: m.other(), Seq: m.Seq})
			m.emit(Effect{Do: Rejudge, For: m.other(), Seq: m.Seq})
		}
	}}

	joined = step{"joined", func(m *move) {
		i := m.theirs()
		i.Answer, i.AnsweredAt = Accepted, m.At
		i.end(Fulfilled, m.At)
		c := Connection{Seq: i.Seq, Since: m.At, See: m.See}
		c.Ties[m.By], c.Ties[m.other()] = said(m.Tie), said(i.Tie)
		if c.See != NoSee {
			c.Seer = m.By
		}
		m.state.Connection = c
	}}
	// settled ends what the actor's own earlier invitation still shows them:
	// turned down unseen, it is overtaken by the connection.
	settled  = step{"settled", func(m *move) { m.mine().end(Cancelled, m.At) }}
	accepted = step{"accepted-told", func(m *move) {
		m.emit(Effect{Do: TellAccepted, For: m.other(), Seq: m.Seq})
	}}

	asking = step{"asked", func(m *move) {
		i := m.theirs()
		i.AskedAt = m.At
		if i.Answer == Ignored {
			i.Answer, i.AnsweredAt = NoAnswer, time.Time{}
			m.emit(Effect{Do: Uncount, For: m.other(), Seq: m.Seq, Answer: Ignored})
		}
		m.emit(Effect{Do: TellAsked, For: m.other(), Seq: m.Seq})
	}}
	refusing = step{"refused-for-ever", func(m *move) { m.state.Refuses[m.By] = true }}
	desk     = step{"desk-told", func(m *move) { m.emit(Effect{Do: ToDesk, For: m.other(), Seq: m.Seq}) }}
	reopened = step{"reopened", reopen}

	tied  = step{"tied", func(m *move) { m.state.Connection.Ties[m.By] = m.Tie }}
	heard = step{"heard", func(m *move) {
		if m.state.Connection.Seer == m.other() {
			m.state.Connection.stopSeeing()
		}
	}}

	blocked   = step{"blocked", func(m *move) { m.state.Blocks[m.By] = true }}
	unblocked = step{"unblocked", func(m *move) { m.state.Blocks[m.By] = false }}
	left      = step{"left", func(m *move) { m.state.Gone[m.By] = true }}
	returned  = step{"returned", func(m *move) { m.state.Gone[m.By] = false }}

	reminded = step{"reminded", func(m *move) {
		m.theirs().Followed = 1
		m.emit(Effect{Do: TellReminder, For: m.By, Seq: m.Seq})
	}}
	reconsidered = step{"reconsidered", func(m *move) {
		m.theirs().Followed = 2
		m.emit(Effect{Do: Rejudge, For: m.By, Seq: m.Seq})
	}}
	reviewed = step{"reviewed", review}
)

// answer is the step that gives an answer to an open invitation.
func answer(a Answer) step {
	return step{a.String(), func(m *move) {
		if i := m.theirs(); i.live() {
			i.Answer, i.AnsweredAt = a, m.At
		}
	}}
}

// counted lets the act's answer count for the other's standing, once it can no
// longer be undone.
func counted(a Answer) step {
	return step{"counted", func(m *move) {
		m.emit(Effect{Do: Count, For: m.other(), Seq: m.Seq, Answer: a, At: m.At.Add(UndoFor)})
	}}
}

// reopen undoes the actor's answer. An acceptance cannot be unseen: its undo is
// a removal.
func reopen(m *move) {
	i := m.theirs()
	undone := i.Answer
	m.emit(Effect{Do: Uncount, For: m.other(), Seq: m.Seq, Answer: undone})
	if undone == Accepted {
		m.state.Connection = Connection{}
		return
	}
	i.Answer, i.AnsweredAt = NoAnswer, time.Time{}
	if undone == NotKnown || undone == Reported {
		// It was not set before: a refused sender's invitation is not delivered,
		// so it has no answer to undo.
		m.state.Refuses[m.By] = false
	}
	if undone == Reported {
		m.emit(Effect{Do: FromDesk, For: m.other(), Seq: m.Seq})
	}
}

// review ends an accept and see that heard nothing, as the member chose.
func review(m *move) {
	c := &m.state.Connection
	if c.See == SeeRemove {
		*c = Connection{}
		m.emit(Effect{Do: TellRemoved, For: m.By, Seq: m.Seq})
		return
	}
	c.stopSeeing()
	m.emit(Effect{Do: TellSilent, For: m.By, Seq: m.Seq})
}

func (c *Connection) stopSeeing() { c.See, c.Seer = NoSee, A }

// said gives what is recorded where a member said nothing of a tie (R87).
func said(t Tie) Tie {
	if t == NoTie {
		return ThroughNetwork
	}
	return t
}
