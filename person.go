package kith

import "time"

// Person is how a source names somebody: enough to join and to show, nothing
// to judge. All fields are cleaned; any may be empty.
type Person struct {
	Name   string   // full name as written
	First  string   // given name, where the source has it as a field
	Slug   string   // profile slug, see Slug; the first key people are joined by
	URN    string   // member number of archives of 2023, where no slug is given
	Emails []string // folded addresses; the second key
}

// Profile is what one source shows of a person: a profile PDF, an invitation
// mail, the member's own archive.
type Profile struct {
	Who   Person
	Facts PersonFacts
	// Mutual is the number of mutual connections, where the source shows it.
	Mutual Opt[int]
	Source Source
	// Own marks the member's own profile.
	Own bool
}

// Connection is an accepted invitation elsewhere. Who may be empty: archives
// hold rows of hidden members with only a date.
type Connection struct {
	Who          Person
	Organisation string // current employer at the time of the export
	Title        string
	ConnectedAt  time.Time
	Source       Source
}

// Contact is an entry of the member's address book. It is private to the
// member and never shown to anybody else.
type Contact struct {
	Who           Person
	Organisations []string
	Note          string
	Source        Source
}
