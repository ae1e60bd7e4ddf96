// Package gather makes cases: it joins what different sources say of the same
// person and fills in what can be concluded from raw facts. It is pure; the
// command line and the application use the same code.
//
// # The data's way
//
// A [Desk] takes nouns in any order (it is what internal/intake writes to),
// joins them by profile link, then by e-mail address, and keeps for each person
// what later counts: how often the two wrote, when they met, what the profile
// shows. [Desk.Open] then gives the undecided invitations, [Desk.Ties] the
// connections the data speaks about and [Desk.Sent] the member's own pending
// invitations, each with its kith.Case. An equal full name is only a maybe: it
// is shown, never settles anything and becomes the first question.
//
// [Complete] turns raw facts into conclusions: a headline into a role
// (headline.go), two employers' names into "the same" (organisation.go), a
// place into a country (place.go), a profile into thin or complete
// (profile.go), a note into its kind (package note). What a case already
// concludes is never overwritten. Unsure is unknown.
//
// [Draft] writes the text a verdict calls for.
package gather
