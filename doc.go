// Package kith holds the nouns of Kith, a professional network whose heart is
// the invitation: somebody asks to connect, and somebody has to decide.
//
// Every other package speaks in these words and none of them is known here:
// this package imports nothing of ours, does no I/O, reads no clock and starts
// no goroutine.
//
// # The data's way
//
// Bytes that belong to a member (an archive, a mailbox, an address book, a
// calendar, a profile saved as PDF) are read by internal/intake into nouns: a
// [Profile], an [Invitation], a [Connection], a [Message], a [Contact], a
// [Meeting], an [Application]. internal/gather joins the nouns that speak of
// the same person and turns them into one [Case] an invitation: all [Facts]
// for one decision, with the [Member]'s goals, stance, rules and answers and
// the time. Package triage judges a case and says a [Verdict]. The faces
// (terminal, pages, API) render the verdict and add no logic to it.
//
// # Facts and the unknown
//
// A fact is an [Opt]: a value, where it came from and when, in one of four
// states. What nobody looked at is [Unknown] and is never treated as "no";
// what somebody looked at and did not find is [Absent]. A note that is known
// to be empty is absent, a note nobody has seen is unknown, and the two lead to
// different verdicts.
//
// # One contract
//
// A case is written down as JSON, strictly: [DecodeCase] refuses an unknown
// field, a wrong type, a wrong word or a duplicate, and names its path.
// [CaseSchema] and [VerdictSchema] are generated from the same Go types the
// program uses, so the schema cannot say anything else than the code does.
//
// # Untrusted text
//
// Everything read from a file passes [Clean] before it becomes a noun: control
// characters, escape sequences and characters that reverse or hide text never
// travel further. [FoldName], [FoldText] and [Slug] make the keys by which
// people are joined; names serve only to find the same person and are never
// weighed.
package kith
