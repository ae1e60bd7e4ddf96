package pair

import "kith"

// Waiting times. All count from the instant of the act, in days of 24 hours,
// and all end exclusively: what lasts seven days is over at the instant seven
// days later.
const (
	// ExpiresAfter is how long an invitation stays open. LinkedIn's last about
	// six months: in archives 99.7 % of the received rows are at most 190 days
	// old. Both members see the date.
	ExpiresAfter = 180 * kith.Day
	// CoolDown is how long a sender waits after taking an invitation back,
	// LinkedIn's three weeks. It makes withdrawing and sending again useless as
	// a reminder.
	CoolDown = 21 * kith.Day
	// UndoFor is how long a recipient may undo an answer. Answers count for a
	// sender's standing only after it, so that an undo moves nothing the sender
	// can see.
	UndoFor = 7 * kith.Day
	// RemindAfter is when a member who asked first is reminded ("a week or
	// two", R82).
	RemindAfter = 7 * kith.Day
	// DecideAfter is when an unanswered question leads to a new verdict (R85).
	DecideAfter = 14 * kith.Day
	// ReviewAfter is how long "accept and see" waits to hear from the other
	// (R84).
	ReviewAfter = 14 * kith.Day
)
