package kith

import "time"

// State says how much is known about one fact.
type State uint8

// The four states of a fact. The zero State is Unknown: a fact nobody filled
// in says nothing.
const (
	Unknown       State = iota // nobody looked, or the source cannot say
	Present                    // observed; Val holds it
	Absent                     // observed to be none: no photo, an empty note, zero mutual connections
	NotApplicable              // the question makes no sense here
)

// Source says where a fact came from. The zero source is a case that was handed
// over ready-made.
type Source uint8

// The sources Kith reads.
const (
	FromCase Source = iota
	FromArchive
	FromMail
	FromBook
	FromCalendar
	FromPDF
	FromMember
	FromNote
	FromHeadline
	FromNetwork
	FromHere
)

// String names the source in words a person reads after "Fact,"; empty for a
// case that was handed over.
func (s Source) String() string {
	return [...]string{"", "your LinkedIn archive", "the invitation mail", "your address book", "your calendar",
		"the profile PDF", "you", "the note", "the headline", "their profile here", "this network"}[s]
}

// Opt is one fact: a value with its state, where it came from and when.
type Opt[T any] struct {
	Val    T
	State  State
	Source Source
	At     time.Time // when it was observed or happened; zero if not known
}

// Observed is the fact that v was seen; the zero value of T counts as observed
// absent.
func Observed[T comparable](v T, src Source, at time.Time) Opt[T] {
	var zero T
	state := Present
	if v == zero {
		state = Absent
	}
	return Opt[T]{Val: v, State: state, Source: src, At: at}
}

// ObservedList is [Observed] for lists: an empty list counts as observed
// absent.
func ObservedList[T any](v []T, src Source, at time.Time) Opt[[]T] {
	state := Present
	if len(v) == 0 {
		state = Absent
	}
	return Opt[[]T]{Val: v, State: state, Source: src, At: at}
}

// Known reports whether the fact was observed, be it present or absent.
func (o *Opt[T]) Known() bool { return o.State == Present || o.State == Absent }

// Is reports whether the fact was observed to be there.
func (o *Opt[T]) Is() bool { return o.State == Present }

// IsNot reports whether the fact was observed not to be there.
func (o *Opt[T]) IsNot() bool { return o.State == Absent }

// Or fills the fact from other if nothing is known yet. A fact that is known
// or not applicable stays: what a case concludes wins over what is read later.
func (o *Opt[T]) Or(other Opt[T]) {
	if o.State == Unknown {
		*o = other
	}
}
