// Package pair is the life of two members with each other: who invited whom,
// who answered what, whether they are connected, and who wants nothing to do
// with whom.
//
// All of it is one value, a [State], one for every unordered pair of members,
// and one function: [Next] takes a state and an [Act] and gives the state
// afterwards with the [Effect]s that belong to it, or refuses. The package is
// pure: no I/O, no clock (an act carries its time), no goroutine, no chance.
// The service, the store's tests and the model that histories of racing
// requests are checked against all use this one function.
//
// # Why one row
//
// Networks that keep requests and connections in separate tables let two acts
// slip between each other: an accept after a block makes people connected and
// blocked at once. Here both are fields of one row. Whoever acts locks the row,
// calls Next, writes the state and carries out the effects, in one transaction;
// everything else that lists connections or invitations is a projection of it.
//
// # What is done
//
//	send          either                  opens an invitation for 180 days
//	send to meet  either                  accepts, where the other's invitation is open: both want the same
//	withdraw      sender                  takes the invitation back; the next may follow after 21 days
//	reply         sender                  answers the recipient's question, once; the invitation stays open
//	accept        recipient               connects the two
//	ignore        recipient               sets the invitation aside; it may still be answered
//	decline       recipient               turns the invitation down, unseen by the sender
//	dont-know     recipient               turns it down and never hears from this sender again, unseen by them
//	report        recipient or connected  as dont-know, tells the moderation desk, and ends a connection
//	ask           recipient               asks first; the invitation stays open, day 7 reminds, day 14 decides again
//	reopen        recipient               undoes an answer for 7 days; of an acceptance it is a removal
//	remove        connected               ends the connection, silently
//	set-tie       connected               says how well the other is known; private
//	write         connected               sends a message, and ends the other's accept and see
//	block         any                     ends everything between the two; the account is gone for the other
//	unblock       any                     ends the block and nothing else
//	leave         any                     closes the account: ends everything between the two
//	return        any                     opens the account again and nothing else
//	expire        time                    ends the invitation after 180 days
//	remind        time                    reminds the recipient, on day 7 of an unanswered question
//	reconsider    time                    decides again, on day 14 of an unanswered question
//	review        time                    on day 14 of accept and see without a word: proposes the removal, or removes
//
// # Declined stays hidden
//
// A sender cannot tell whether their invitation was ignored, declined, answered
// with "I don't know this person", reported, or not answered at all. An
// [Invitation] therefore has two halves. Its course is what the sender sees:
// running until it is fulfilled, withdrawn, cancelled or expires at the time
// both were told. Its answer is the recipient's. Nothing that a sender does
// reads the answer: the same acts succeed, the same are refused with the same
// words, the budget is spent alike. Refusing somebody for ever is no exception:
// their next invitation is taken, runs its time, and is not delivered.
//
// Acceptance is the one answer that shows. An acceptance may be undone, but not
// unseen: its undo is a removal.
//
// A block is hidden too: to the blocked member the other's account does not
// exist, exactly as if it had been closed. [View] says what each may see, and
// is the only way to show a state to a member.
//
// # Both want the same
//
// If two members invite each other they are connected. A [Send] that meets an
// invitation still open is its acceptance, even if it was ignored, and even if
// it was never delivered because the sender was refused for ever: whoever
// invites has changed their mind. It does not meet one that was turned down;
// that answer is final, and the new invitation stands for itself. Nor does it
// meet the invitation of somebody whom standing restricts: that one is
// cancelled, and the new one asks them.
//
// # Time
//
// Nothing happens by itself. [Duties] lists what will fall due in a state, as
// acts; whoever keeps time brings them when they are. A duty that comes late
// does what it would have done, one that comes early, twice or after all has
// changed is refused with [ErrNotDue]. The waiting times are constants of this
// package, each with its source.
package pair
