package kith

// The ids of what a Kith keeps. They are made by its store (UUID version 7 as
// text), never by hand, and never reused. An id alone opens nothing.
type (
	// MemberID names an account.
	MemberID string
	// InvitationID names one invitation, received here or elsewhere.
	InvitationID string
	// MessageID names one message; both copies of it have the same.
	MessageID string
	// ContactID names a person in one member's private address book.
	ContactID string
)

// IDRune reports whether ids have a character: digits, a to z, and hyphens. What
// has another one names nothing, and is not looked for.
func IDRune(r rune) bool { return r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' }
