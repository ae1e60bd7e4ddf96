package pair

import (
	"time"

	"kith"
)

// Verb is what is done. Its numbers are kept in databases: append, never
// reorder.
type Verb uint8

// The verbs. Those of a sender, a recipient and of time need [Act.Seq], but for
// Send.
const (
	noVerb Verb = iota

	// of a sender

	Send     // invite; meets the other's open invitation as its acceptance
	Withdraw // take the invitation back
	Reply    // answer the recipient's question; the words are kept elsewhere

	// of a recipient

	Accept   // connect
	Ignore   // set aside, without an answer
	Decline  // turn down
	DontKnow // turn down, and refuse this sender for ever
	Report   // as DontKnow, and tell the moderation desk; of a connection too
	Ask      // ask first; the words are kept elsewhere
	Reopen   // undo an answer

	// of connected members

	Remove // end the connection
	SetTie // say how well the other is known
	Write  // a message to the other; the words are kept elsewhere

	// of any member

	Block   // end everything and be gone for the other
	Unblock // end one's own block, and nothing else
	Leave   // the account closes, or is about to be erased
	Return  // the account is open again, with nothing left of what there was

	// of time: duties, done on behalf of By when they fall due

	Expire     // By's invitation
	Remind     // By, who asked first
	Reconsider // By's verdict, the question being unanswered
	Review     // By's accept and see

	// meet is Send where it meets a live invitation. No act carries it.
	meet

	numVerbs
)

var verbWords = [numVerbs]string{
	Send: "send", Withdraw: "withdraw", Reply: "reply",
	Accept: "accept", Ignore: "ignore", Decline: "decline", DontKnow: "dont-know", Report: "report",
	Ask: "ask", Reopen: "reopen",
	Remove: "remove", SetTie: "set-tie", Write: "write",
	Block: "block", Unblock: "unblock", Leave: "leave", Return: "return",
	Expire: "expire", Remind: "remind", Reconsider: "reconsider", Review: "review",
	meet: "send to meet",
}

// String names the verb.
func (v Verb) String() string { return word(v, verbWords[:]...) }

// Verbs lists all verbs in their fixed order.
func Verbs() []Verb {
	out := make([]Verb, 0, numVerbs)
	for v := Send; v < meet; v++ {
		out = append(out, v)
	}
	return out
}

// Act is one thing done by one party at one time. It is the whole input of
// [Next] beside the state: what is not in here cannot matter.
type Act struct {
	Verb Verb
	By   Party
	// At is the time of the transaction, read once where the row is locked. It
	// counts in whole microseconds.
	At time.Time
	// Seq is the invitation meant, as the actor saw it; an act on one that is
	// no longer current is refused. Of a Report of a connection and a Review it
	// is the connection's.
	Seq Seq
	// Tie is how well By knows the other: Send, Accept, SetTie.
	Tie Tie
	// See is the way of an accept and see: Accept, and Send where it meets.
	See See
	// Restricted says whom standing bars from inviting at At. It belongs to
	// the members, not to the pair, so whoever holds the row's lock looks it up.
	Restricted [2]bool
}

// check refuses an act that says nothing.
func (a *Act) check() error {
	field, msg := "", ""
	switch {
	case a.Verb == noVerb || a.Verb >= meet:
		field, msg = "verb", "there is no such act"
	case a.By > B:
		field, msg = "by", "a pair has two parties, A and B"
	case a.At.IsZero():
		field, msg = "at", "an act needs its time"
	case a.Tie > Close || a.Verb == SetTie && a.Tie == NoTie:
		field, msg = "tie", "say one of: only through the network, met, close"
	case a.See > SeeRemove:
		field, msg = "see", "say one of: propose, remove"
	default:
		return nil
	}
	return &kith.Error{Kind: kith.Invalid, Field: field, Msg: msg}
}
