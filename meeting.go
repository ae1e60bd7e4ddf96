package kith

import "time"

// Meeting is one calendar entry with one other attendee; an entry with several
// gives one Meeting each.
type Meeting struct {
	Who       Person
	At        time.Time // start of this occurrence
	DateOnly  bool
	Title     string
	Where     string
	Attendees int  // people in the entry, the member included
	Declined  bool // the member or the person declined, or the entry was cancelled
	Interview bool // the title reads like a job interview
	Source    Source
}
