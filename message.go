package kith

import "time"

// Message is one message between the member and one other person. Messages to
// several people are not exchanges and are not reported as messages.
type Message struct {
	Who      Person // the other person
	Outgoing bool   // written by the member
	At       time.Time
	Text     string // at most the first 4,000 letters
	Source   Source
}
