package pair

import "kith"

// The refusals of [Next]. They are compared with errors.Is and may be shown to
// the actor as they are: each speaks only of what the actor can see anyway, so
// that no wording and no choice between two of them tells what the other party
// keeps to themselves.
var (
	// ErrNoAccount is the answer to everything tried towards somebody who
	// blocks the actor or has left, and must also be what a caller answers for
	// an id that never existed: the three are one.
	ErrNoAccount = &kith.Error{Kind: kith.NotFound, Msg: "there is no such account; check the name or the link"}
	// ErrSelf is for an act of a member on themselves; it comes from [Order].
	ErrSelf = &kith.Error{Kind: kith.Invalid, Msg: "this is your own account; choose somebody else"}
	// ErrLeft answers every act of an account that has left but Return.
	ErrLeft = refusal("your account is closed; open it again first")
	// ErrNotLeft answers a Return without a Leave.
	ErrNotLeft = refusal("this account is open already")

	// ErrYouBlock answers whoever invites, or blocks again, somebody they block.
	ErrYouBlock = refusal("you block this member; unblock them first")
	// ErrNotBlocked answers an Unblock without a Block.
	ErrNotBlocked = refusal("you do not block this member")

	// ErrConnected answers a Send between connected members.
	ErrConnected = refusal("you are connected already; write to them instead")
	// ErrNotConnected answers what only connected members do.
	ErrNotConnected = refusal("you are not connected; invite them first")

	// ErrAlreadySent answers a Send while the last still runs, whatever its
	// recipient made of it.
	ErrAlreadySent = refusal("your invitation is still open; wait for an answer or withdraw it")
	// ErrCooling answers a Send less than [CoolDown] after taking one back.
	ErrCooling = refusal("you took an invitation back less than 21 days ago; send the next when they are over")
	// ErrRestricted answers a Send of somebody whom standing restricts.
	ErrRestricted = refusal("your invitations are paused; your standing says why and until when")

	// ErrClosed answers every act on an invitation that is not, or no longer,
	// what the actor takes it for, and on one that was never delivered.
	ErrClosed = refusal("this invitation is no longer open; reload to see how things stand")
	// ErrOnHold answers an Accept while standing restricts the sender.
	ErrOnHold = refusal("this invitation is on hold and cannot be accepted now; try again later")
	// ErrIgnored answers an Ignore of what is ignored.
	ErrIgnored = refusal("you have set this invitation aside already")
	// ErrAsked answers a second Ask.
	ErrAsked = refusal("you have asked already; wait for the answer or decide")
	// ErrNotAsked answers a Reply where there is no question.
	ErrNotAsked = refusal("they have asked nothing; wait for an answer")
	// ErrReplied answers a second Reply.
	ErrReplied = refusal("you have answered already; wait for their decision")

	// ErrUndoOver answers a Reopen after [UndoFor].
	ErrUndoOver = refusal("this can be undone for 7 days only; invite them instead")
	// ErrInvitedSince answers a Reopen by a recipient whose own invitation runs.
	ErrInvitedSince = refusal("you have invited them since and that invitation stands; withdraw it first")

	// ErrNotDue answers a duty that is early, done or no longer called for. A
	// caller that meets it has nothing left to do.
	ErrNotDue = refusal("nothing is due; leave it")
)

func refusal(msg string) *kith.Error { return &kith.Error{Kind: kith.Conflict, Msg: msg} }
