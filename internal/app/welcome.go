package app

import (
	"errors"

	"kith"
	"kith/internal/store"
)

// errMustKnowMail answers a sender whom standing lets invite only people whose
// address they know. A wrong address gets the same answer as none.
var errMustKnowMail = conflict("for now you can invite only people whose e-mail address you know; give it with the invitation")

// guessing takes one of a member's tries if they invite with an address, and
// gives what undoes that, to be called unless the address was wrong. Without a
// try left the address is as good as none: a right one must not show either.
func (a *App) guessing(who kith.MemberID, in *Invite) (right func()) {
	if in.Email == "" {
		return func() {}
	}
	right, ok := a.doors.guess(who)
	if !ok {
		in.Email = ""
		return func() {}
	}
	return right
}

// welcome refuses an invitation that its recipient, as they publish it, does
// not take, or that lacks the recipient's address where it is needed.
func (a *App) welcome(tx *store.Tx, from kith.MemberID, in *Invite) error {
	wanted := a.mayInvite(tx, from, in.To)
	if wanted != nil && !errors.Is(wanted, errFromMail) {
		return wanted
	}
	must, err := a.mustKnowMail(tx, from)
	if err != nil || wanted == nil && !must {
		return err
	}
	m, _, err := tx.Member(in.To)
	if err != nil {
		return err
	}
	given, ok := kith.FoldEmail(in.Email)
	have, _ := kith.FoldEmail(m.Email)
	switch {
	case ok && given == have:
		return nil
	case wanted != nil:
		return wanted
	}
	return errMustKnowMail
}
