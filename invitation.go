package kith

import "time"

// Direction says who sent an invitation.
type Direction uint8

// The directions, from the member's place.
const (
	Incoming Direction = iota + 1
	Outgoing
)

// Invitation is one person asking another to connect, as a source tells it.
// Sources do not tell whether it is still open: see gather.
type Invitation struct {
	Who       Person // the other person
	Direction Direction
	SentAt    time.Time // to the minute, zone unknown in archives: ±1 day
	DateOnly  bool      // SentAt holds a day only
	Note      Opt[string]
	Ref       string // the platform's own id, where a mail has it
	Source    Source
}
