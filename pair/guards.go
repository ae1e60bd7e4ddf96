package pair

// The guards. Each speaks of one thing, so that leaving it out breaks one law.
// A guard of the sender's verbs must not read what the sender cannot see.
var (
	// here stops whoever has left, whatever session of theirs is still open.
	here = guard{"here", func(m *move) bool { return !m.state.Gone[m.By] }, ErrLeft}
	gone = guard{"gone", func(m *move) bool { return m.state.Gone[m.By] }, ErrNotLeft}

	// seen comes before everything else that depends on the other party: a
	// blocked member must not get any other answer.
	seen = guard{"seen", func(m *move) bool { return m.sees() }, ErrNoAccount}
	// seenOrBlocked lets go of somebody one blocked, though they left since.
	seenOrBlocked = guard{"seen-or-blocked", func(m *move) bool { return m.sees() || m.state.Blocks[m.By] }, ErrNoAccount}

	blocking    = guard{"blocking", func(m *move) bool { return m.state.Blocks[m.By] }, ErrNotBlocked}
	notBlocking = guard{"not-blocking", func(m *move) bool { return !m.state.Blocks[m.By] }, ErrYouBlock}

	connected = guard{"connected", func(m *move) bool { return m.state.Connected() }, ErrNotConnected}
	apart     = guard{"apart", func(m *move) bool { return !m.state.Connected() }, ErrConnected}

	unsent       = guard{"unsent", func(m *move) bool { return !m.mine().running() }, ErrAlreadySent}
	unrestricted = guard{"unrestricted", func(m *move) bool { return !m.Restricted[m.By] }, ErrRestricted}
	cooled       = guard{"cooled", func(m *move) bool {
		return m.mine().Course != Withdrawn || m.since(m.mine().EndedAt, CoolDown)
	}, ErrCooling}

	running   = guard{"running", func(m *move) bool { return m.mine().running() && m.mine().Seq == m.Seq }, ErrClosed}
	asked     = guard{"asked", func(m *move) bool { return !m.mine().AskedAt.IsZero() }, ErrNotAsked}
	unreplied = guard{"unreplied", func(m *move) bool { return m.mine().RepliedAt.IsZero() }, ErrReplied}

	open         = guard{"open", func(m *move) bool { return m.open() }, ErrClosed}
	letThrough   = guard{"let-through", func(m *move) bool { return !m.Restricted[m.other()] }, ErrOnHold}
	notIgnored   = guard{"not-ignored", func(m *move) bool { return m.theirs().Answer != Ignored }, ErrIgnored}
	unasked      = guard{"unasked", func(m *move) bool { return m.theirs().AskedAt.IsZero() }, ErrAsked}
	openOrJoined = guard{"open-or-joined", func(m *move) bool {
		return m.open() || m.state.Connected() && m.state.Connection.Seq == m.Seq
	}, ErrClosed}

	answered = guard{"answered", func(m *move) bool { return m.state.answered(m.By) && m.theirs().Seq == m.Seq }, ErrClosed}
	inTime   = guard{"in-time", func(m *move) bool { return !m.since(m.theirs().AnsweredAt, UndoFor) }, ErrUndoOver}
	// uninvited keeps two invitations from being open at once: see [State.Check].
	uninvited = guard{"uninvited", func(m *move) bool { return !m.mine().running() }, ErrInvitedSince}

	lapsed = guard{"lapsed", func(m *move) bool { return m.lapsed[m.By] && m.mine().Seq == m.Seq }, ErrNotDue}

	waiting       = guard{"waiting", func(m *move) bool { return m.theirs().waiting() && m.theirs().Seq == m.Seq }, ErrNotDue}
	notReminded   = guard{"not-reminded", func(m *move) bool { return m.theirs().Followed < 1 }, ErrNotDue}
	notDecided    = guard{"not-reconsidered", func(m *move) bool { return m.theirs().Followed < 2 }, ErrNotDue}
	remindDue     = guard{"reminder-due", func(m *move) bool { return m.since(m.theirs().AskedAt, RemindAfter) }, ErrNotDue}
	reconsiderDue = guard{"verdict-due", func(m *move) bool { return m.since(m.theirs().AskedAt, DecideAfter) }, ErrNotDue}

	seeing = guard{"seeing", func(m *move) bool {
		c := &m.state.Connection
		return c.See != NoSee && c.Seer == m.By && c.Seq == m.Seq
	}, ErrNotDue}
	reviewDue = guard{"review-due", func(m *move) bool { return m.since(m.state.Connection.Since, ReviewAfter) }, ErrNotDue}
)

// sees reports whether the other party's account exists for the actor.
func (m *move) sees() bool { return !m.state.Blocks[m.other()] && !m.state.Gone[m.other()] }

// open reports whether the other's invitation lies before the actor, to be
// answered, and is the one the actor means.
func (m *move) open() bool {
	i := m.theirs()
	return i.live() && !i.Unheard && i.Seq == m.Seq
}

// answered reports whether an answer by who still stands and matters: to an
// open invitation, or as the acceptance the connection came from.
func (s *State) answered(who Party) bool {
	i := &s.Sent[who.Other()]
	return i.Answer != NoAnswer && (i.running() || s.Connection.Seq == i.Seq)
}
