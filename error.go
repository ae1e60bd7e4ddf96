package kith

import "errors"

// Kind says what sort of failure an [Error] is. Each edge of the program has
// one table from Kind to its own language: an exit code, an HTTP status.
type Kind uint8

// The kinds of failure.
const (
	Internal Kind = iota // a fault of ours
	Invalid              // what was given cannot be used; the message says what and where
	NotFound             // what was asked for is not there
	Limit                // larger, deeper or slower than Kith accepts
	Conflict             // it cannot be done as things stand; the message says how they stand
	Denied               // known who asks, and they may not
	SignIn               // not known who asks
	Busy                 // cannot be done now; trying again later may help
)

// Error is a failure a person may read.
type Error struct {
	Kind Kind
	// Field is the path of the offending value ("person.photo", "file.csv row
	// 12 column 3"), empty when the failure has no place.
	Field string
	// Msg is one line, safe to show: what is wrong and what to do.
	Msg string
	// Err is the cause, for logs only.
	Err error
}

// Error gives the field and the message on one line.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Msg
	}
	return e.Field + ": " + e.Msg
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of the first [Error] in err's chain, [Internal] if
// there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

func invalid(field, msg string) *Error { return &Error{Kind: Invalid, Field: field, Msg: msg} }
