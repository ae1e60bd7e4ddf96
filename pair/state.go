package pair

import "time"

// Party is one of the two members of a pair. A is the one whose id sorts
// first: see [Order].
type Party uint8

// The parties. They index the two-element arrays of a [State].
const (
	A Party = iota
	B
)

// Other gives the other party.
func (p Party) Other() Party { return 1 - p }

// String gives "A" or "B".
func (p Party) String() string { return word(p, "A", "B") }

// Seq numbers the invitations of a pair, both directions counted, from 1. The
// pair and a Seq together name one invitation for ever. It tells how often the
// two have invited each other, undelivered ones counted, so a member is never
// shown it: the id they see is the store's to make.
type Seq uint32

// State is everything that holds between two members: the one authoritative
// row of their pair. The zero State is two members who have nothing to do with
// each other. States are plain values, comparable with ==.
//
// The numbers of all words below are kept in databases: append, never reorder.
type State struct {
	// Seq is the number of the newest invitation.
	Seq Seq
	// Sent is the newest invitation of each party to the other.
	Sent [2]Invitation
	// Connection is the edge; the zero value is none.
	Connection Connection
	// Refuses is set by "I don't know this person" and by a report: the other's
	// invitations never reach this party again. The other cannot tell.
	Refuses [2]bool
	// Blocks says who blocks whom. To the blocked party the blocker's account
	// does not exist.
	Blocks [2]bool
	// Gone marks an account that is closed or being erased.
	Gone [2]bool
}

// Connected reports whether the two are connected.
func (s State) Connected() bool { return s.Connection.Seq != 0 }

// Invitation is one request to connect. What its sender can see (the course)
// and what its recipient made of it (the answer) are kept apart, so that
// hiding the second is not a matter of care: see [View].
type Invitation struct {
	Seq       Seq // 0: none was ever sent
	SentAt    time.Time
	ExpiresAt time.Time
	// Tie is how well the sender says they know the recipient. Private.
	Tie Tie
	// Unheard marks an invitation to somebody who refuses its sender: its
	// sender sees it pending, nobody else sees it at all.
	Unheard bool

	// Answer is the recipient's; the sender learns of Accepted only.
	Answer     Answer
	AnsweredAt time.Time

	// AskedAt and RepliedAt are when the recipient asked first and when the
	// sender replied. Their words are messages, kept elsewhere.
	AskedAt, RepliedAt time.Time
	// Followed counts the follow-ups of the question: 1 after the reminder, 2
	// after the new verdict.
	Followed uint8

	// Course is what both may know: open or how it ended.
	Course  Course
	EndedAt time.Time
}

// running reports whether the invitation is pending as far as its sender can
// tell.
func (i *Invitation) running() bool { return i.Seq != 0 && i.Course == Running }

// live reports whether the sender's wish still stands and the recipient could
// meet it: it is running and not turned down. Ignoring turns nothing down.
func (i *Invitation) live() bool {
	return i.running() && (i.Answer == NoAnswer || i.Answer == Ignored)
}

// end ends a running invitation; any other stays as it ended.
func (i *Invitation) end(c Course, at time.Time) {
	if i.running() {
		i.Course, i.EndedAt = c, at
	}
}

// Course is how an invitation stands or ended, as its sender sees it.
type Course uint8

// The courses.
const (
	Running   Course = iota
	Fulfilled        // accepted: it made the connection
	Withdrawn        // taken back by its sender: by hand, by blocking the other or by leaving
	Expired          // its time ran out
	Cancelled        // overtaken: the recipient left or blocked, or the two met otherwise
)

// String names the course.
func (c Course) String() string {
	return word(c, "running", "fulfilled", "withdrawn", "expired", "cancelled")
}

// Answer is what a recipient made of an invitation.
type Answer uint8

// The answers.
const (
	NoAnswer Answer = iota
	Ignored         // set aside; may still be answered
	Declined
	NotKnown // "I don't know this person"
	Reported
	Accepted
)

// String names the answer; no answer is empty.
func (a Answer) String() string {
	return word(a, "", "ignored", "declined", "not-known", "reported", "accepted")
}

// Connection is the edge between the two.
type Connection struct {
	Seq   Seq // of the invitation it was made by; 0: not connected
	Since time.Time
	// Ties are how well each says they know the other. Each sees only their
	// own.
	Ties [2]Tie
	// See is set while Seer, who accepted, waits to hear from the other.
	See  See
	Seer Party
}

// Tie says how well a member knows a connection.
type Tie uint8

// The ties, weakest first.
const (
	NoTie          Tie = iota // nothing said; on a connection it becomes ThroughNetwork
	ThroughNetwork            // only through the network (R87): what an accept of somebody not met records
	Met
	Close
)

// String names the tie.
func (t Tie) String() string {
	return word(t, "", "only through the network", "met", "close")
}

// See is what follows when nothing is heard after accept and see.
type See uint8

// The ways of accept and see.
const (
	NoSee      See = iota // an ordinary acceptance
	SeePropose            // propose the removal to the member
	SeeRemove             // remove, because the member said so beforehand
)

// String names the way; an ordinary acceptance is empty.
func (s See) String() string { return word(s, "", "propose", "remove") }

// word picks the word of a small number, and says so when there is none: these
// values come out of databases.
func word[N ~uint8](n N, words ...string) string {
	if int(n) >= len(words) {
		return "invalid"
	}
	return words[n]
}
