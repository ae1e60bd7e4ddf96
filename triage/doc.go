// Package triage is the judgement: it turns a kith.Case into a kith.Verdict.
// It is pure: no I/O, no clock, no goroutine, nothing remembered from case to
// case. The same case gives the same bytes.
//
// # What decides
//
// The judge knows nothing of networks or notes. It reads a catalogue of
// [Signal] literals (package triage/signals) in the order of their [Family]:
//
//	evidence   direct evidence of harm             → report
//	refusal    the member's own explicit no        → decline
//	rule       the member's rules marked always    → decline
//	settled    the member knows them               → accept
//	rule       the member's rules marked may       → decline
//	weighing   stance and worth give P(worth it), genuine gives P(genuine);
//	           the table of the [Model] reads the verdict, the gate and the
//	           limits correct it
//
// The first that applies decides. The sides send, connected and introduce are
// ordered lists of signals of their own; for a sender the same receiving side
// is run on what the recipient could see.
//
// # Unknown is not no
//
// A signal that lacks its fact is silent and adds nothing. A verdict is firm
// when it stays the same with P(worth it) .10 lower and higher and with every
// unknown readable fact at its plausible worst and best; otherwise it is
// leaning, and the one question whose answer is most likely to change it is
// asked. What only the member can answer never makes a verdict leaning.
//
// # The data's way
//
// [Judge.Decide] = [Judge.Weigh] (signals, verdict) and [Judge.Firm], which
// allocate nothing, and then the prose: reasons (reasons.go), what would change
// it and the question (question.go), the follow-up and, for a sender, the
// outlook (send.go).
package triage
