package app

import "kith/pair"

// The events between two members. Their subject is the invitation, of a message
// the message; other is the other member. What a member did themselves is in
// their own feed only, and no news to them.
const (
	// News, made by the other side or by time. For one subject each comes once.

	kindInvited  = "invited"  // an invitation arrived
	kindAccepted = "accepted" // theirs was accepted: the two are connected
	kindAsked    = "asked"    // the recipient of theirs asks first
	kindReplied  = "replied"  // the sender answered their question
	kindReminder = "reminder" // their question is unanswered for 7 days
	kindSilent   = "silent"   // accept and see heard nothing for 14 days: a removal is proposed
	kindRemoved  = "removed"  // accept and see heard nothing, and the connection was removed as they had said
	kindMessage  = "message"  // a message arrived

	// Own acts.

	kindYouInvited   = "you-invited"
	kindYouWithdrew  = "you-withdrew"
	kindYouReplied   = "you-replied"
	kindYouAccepted  = "you-accepted" // also by inviting somebody whose invitation was open
	kindYouIgnored   = "you-ignored"
	kindYouDeclined  = "you-declined"
	kindYouDontKnow  = "you-dont-know" // said they do not know the sender
	kindYouReported  = "you-reported"
	kindYouAsked     = "you-asked"
	kindYouReopened  = "you-reopened" // undid an answer
	kindYouRemoved   = "you-removed"  // ended a connection
	kindYouBlocked   = "you-blocked"
	kindYouUnblocked = "you-unblocked"
)

// noticeKinds are the events that tell a member of an act or of a wait that is
// over.
var noticeKinds = map[pair.Doing]string{
	pair.TellInvited:  kindInvited,
	pair.TellAccepted: kindAccepted,
	pair.TellAsked:    kindAsked,
	pair.TellReplied:  kindReplied,
	pair.TellReminder: kindReminder,
	pair.TellSilent:   kindSilent,
	pair.TellRemoved:  kindRemoved,
}

// ownKinds are the events by which a member's own feed keeps what they did. An
// account that closes keeps nothing of it for each of those it knew.
var ownKinds = map[pair.Verb]string{
	pair.Send:     kindYouInvited,
	pair.Withdraw: kindYouWithdrew,
	pair.Reply:    kindYouReplied,
	pair.Accept:   kindYouAccepted,
	pair.Ignore:   kindYouIgnored,
	pair.Decline:  kindYouDeclined,
	pair.DontKnow: kindYouDontKnow,
	pair.Report:   kindYouReported,
	pair.Ask:      kindYouAsked,
	pair.Reopen:   kindYouReopened,
	pair.Remove:   kindYouRemoved,
	pair.Block:    kindYouBlocked,
	pair.Unblock:  kindYouUnblocked,
}
