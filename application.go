package kith

import "time"

// Application is one job application of the member.
type Application struct {
	Organisation string
	Title        string
	At           time.Time
	Source       Source
}

// Hint is something the member's own data suggests about their goals. It is
// proposed, never assumed.
type Hint struct {
	Goal Goal
	Why  string // "your archive holds job-seeker preferences"
}
