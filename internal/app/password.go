package app

import (
	"context"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kith"
	"kith/internal/store"
)

const (
	// MinPassword and MaxPassword are how many letters a password has. There is
	// no other rule about its letters (NIST SP 800-63B-4, 3.1.1.2), but the most
	// common ones are refused.
	MinPassword = 10
	MaxPassword = 200
	// ResetFor is how long a link to reset a password works.
	ResetFor = time.Hour
	// FreshFor is how long after signing in the account itself may be changed
	// without the password.
	FreshFor = 10 * time.Minute
	// maxMails is how many mails a day an address can be made to get by somebody
	// not signed in.
	maxMails = 3
)

var (
	// errLink answers a secret that came by mail and is wrong, used or late, and
	// a password that does not belong to it.
	errLink = &kith.Error{Kind: kith.Invalid, Field: "link", Msg: "this does not work: the link was used or is too old, or the password is another; ask for a new link"}
	// errPassword answers a password that is not the actor's.
	errPassword = &kith.Error{Kind: kith.Denied, Field: "password", Msg: "this is not your password; try again"}
	errFresh    = &kith.Error{Kind: kith.Denied, Field: "password", Msg: "you signed in more than ten minutes ago; give your password too"}
)

// plainPassword makes the same password typed on two keyboards the same bytes.
func plainPassword(s string) string { return norm.NFC.String(s) }

// checkPassword refuses a new password that would be guessed. about is what
// somebody who guesses tries beside the common ones: the name, the address.
func checkPassword(password string, about ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		return invalid("password", "this is not text; type another")
	case n < MinPassword:
		return invalid("password", "this is too short; take 10 letters or more, a few words for instance")
	case n > MaxPassword:
		return invalid("password", "this is too long; take at most 200 letters")
	case isCommon(password, about):
		return invalid("password", "this is among the first that are tried; take another, a few words for instance")
	}
	return nil
}

// known gives a member's kept password, empty if there is none.
func (a *App) known(ctx context.Context, m kith.MemberID) (kept string, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		p, _, err := tx.Password(m)
		kept = p.PHC
		return err
	})
	return kept, err
}

// fresh refuses an actor who signed in more than 10 minutes ago and does not
// show their password: whoever finds a browser open changes nothing of the
// account. It is called outside transactions.
func (a *App) fresh(ctx context.Context, who Actor, password string) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	if who.console() {
		return nil
	}
	var b store.Bearer
	err := a.read(ctx, func(tx *store.Tx) (err error) {
		b, _, err = tx.SessionBearer(who.ID, who.Credential)
		return err
	})
	if err != nil || a.now().Sub(b.CreatedAt) <= FreshFor {
		return err
	}
	if password == "" {
		return errFresh
	}
	return a.shows(ctx, who.ID, password)
}

// shows refuses a password that is not the member's.
func (a *App) shows(ctx context.Context, m kith.MemberID, password string) error {
	succeeded, err := a.doors.try(string(m), "")
	if err != nil {
		return err
	}
	kept, err := a.known(ctx, m)
	if err != nil {
		return err
	}
	ok, err := a.matches(ctx, kept, password)
	if err != nil {
		return err
	}
	if !ok {
		return errPassword
	}
	succeeded()
	return nil
}

// ChangePassword gives the actor's account another password, and ends whatever
// else was signed in: other sessions, and tokens. It needs the current password
// unless the actor has just signed in.
func (a *App) ChangePassword(ctx context.Context, who Actor, current, next string) error {
	if err := a.fresh(ctx, who, current); err != nil {
		return err
	}
	me, err := a.Me(ctx, who)
	if err != nil {
		return err
	}
	if err := checkPassword(next, me.Name, me.Email); err != nil {
		return err
	}
	kept, err := a.hash(ctx, next)
	if err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		if err := tx.SetPassword(m.ID, kept); err != nil {
			return err
		}
		// The one before may be known to somebody: no backup brings it back.
		if err := tx.Keep(store.SafetyPassword, string(m.ID), ""); err != nil {
			return err
		}
		if err := a.signOutElsewhere(tx, who); err != nil {
			return err
		}
		return a.notify(tx, m.ID, kindPasswordChanged, nil)
	})
}

// ForgotPassword sends a link to reset the password to an address, if it is an
// account's. Nobody can tell whether it is: not from the answer and not from
// how long it takes, to within the writing of a few rows. At most 3 mails a day
// go to one address.
func (a *App) ForgotPassword(ctx context.Context, email string) error {
	email, err := cleanEmail(email)
	if err != nil {
		return err
	}
	secret := newSecret()
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.LockMemberByMail(email)
		if err != nil {
			return err
		}
		if enough, err := a.enoughMails(tx, email); err != nil || enough || !ok || m.Barred {
			return err
		}
		if err := a.ticket(tx, &m, store.ToReset, secret, ResetFor); err != nil {
			return err
		}
		return a.mail(tx, m.ID, "reset/"+tx.NewID(), "reset", map[string]string{"secret": secret})
	})
}

// ResetPassword gives the account a link belongs to another password, and ends
// every credential it had: sessions, tokens, passkeys, older links. The address
// is confirmed with it.
func (a *App) ResetPassword(ctx context.Context, secret, next string) error {
	if err := checkPassword(next); err != nil {
		return err
	}
	err := a.read(ctx, func(tx *store.Tx) error { // before the slow hashing, which is for whoever has a link
		t, ok, err := tx.Ticket(digest(secret))
		if err == nil && (!ok || t.Purpose != store.ToReset) {
			err = errLink
		}
		return err
	})
	if err != nil {
		return err
	}
	kept, err := a.hash(ctx, next)
	if err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		t, ok, err := tx.TakeTicket(digest(secret))
		if err != nil {
			return err
		}
		if !ok || t.Purpose != store.ToReset {
			return errLink
		}
		m, ok, err := tx.LockMember(t.Owner)
		if err != nil {
			return err
		}
		if !ok || m.State == store.Erased || m.Barred || m.Email != t.Address {
			return errLink
		}
		if m.State == store.Unverified {
			if err := a.confirm(tx, &m); err != nil {
				return err
			}
		}
		if err := a.revoke(tx, m.ID); err != nil {
			return err
		}
		if err := tx.SetPassword(m.ID, kept); err != nil {
			return err
		}
		return a.notify(tx, m.ID, kindPasswordChanged, nil)
	})
}

// revoke ends every credential of a member, for good: restoring an old backup
// does not bring them back.
func (a *App) revoke(tx *store.Tx, m kith.MemberID) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if err := tx.Revoke(m, now); err != nil {
		return err
	}
	return tx.Keep(store.SafetyRevoke, string(m), string(m))
}

// signOutElsewhere ends the actor's other sessions, and their tokens and their
// calendar's address for good.
func (a *App) signOutElsewhere(tx *store.Tx, who Actor) error {
	if err := tx.DropOtherSessions(who.ID, who.Credential); err != nil {
		return err
	}
	if err := a.revokeTokens(tx, who.ID); err != nil {
		return err
	}
	return endCalendar(tx, who.ID)
}

// ticket keeps the hash of a secret that is sent to a member's own address.
func (a *App) ticket(tx *store.Tx, m *store.Member, p store.Purpose, secret string, lasts time.Duration) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.SetTicket(&store.Ticket{Owner: m.ID, Purpose: p, Hash: digest(secret), Address: m.Email, ExpiresAt: now.Add(lasts)})
}

// enoughMails counts a mail asked for by somebody not signed in, and reports
// whether the address had its share of the day.
func (a *App) enoughMails(tx *store.Tx, email string) (bool, error) {
	key, _ := kith.FoldEmail(email)
	n, err := tx.Asked(key)
	return n > maxMails, err
}
