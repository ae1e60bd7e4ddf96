package app

import (
	"context"
	"crypto/hmac"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
	"kith/internal/store"
)

const (
	// MaxName is how many letters a member's name has at most.
	MaxName = 100
	// VerifyWithin is how long an address may stay unconfirmed: then the account
	// is forgotten. It is how long the link that confirms it works, too.
	VerifyWithin = 7 * kith.Day
	// ReturnWithin is how long a closed account may be opened again by signing
	// in: then it is erased.
	ReturnWithin = 30 * kith.Day
)

// SignUpForm is what somebody fills in to open an account.
type SignUpForm struct {
	Name, Email, Password string
	// Code lets them in where sign-up is by invitation.
	Code string
	// First is the secret of the one-time link that opens the first account.
	First string
}

var (
	errCode = &kith.Error{Kind: kith.Invalid, Field: "code", Msg: "this code does not work: it was used, is too old, or has a letter wrong; ask whoever gave it to you"}
	// errFirst answers a one-time link that is wrong or was used.
	errFirst  = &kith.Error{Kind: kith.Invalid, Field: "first", Msg: "this link does not open the first account; take the one the service printed when it started last"}
	errClosed = &kith.Error{Kind: kith.Denied, Msg: "nobody can sign up here; ask whoever runs this network"}
)

// firstLink is the name of the secret of the one-time link.
const firstLink = "first link"

// FirstLink gives the secret of the one-time link that opens the first account,
// its operator's. needed is false once there is, or ever was, an account.
func (a *App) FirstLink(ctx context.Context) (secret string, needed bool, err error) {
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		any, err := tx.AnyMember()
		if err != nil || any {
			return err
		}
		needed = true
		// It is kept as it is: whoever reads the database of a network without
		// members can as well write the first into it.
		if err := tx.SetSecret(firstLink, newSecret()); err != nil {
			return err
		}
		secret, err = tx.Secret(firstLink)
		return err
	})
	return secret, needed, err
}

// SignUp opens an account. first reports that it is the first of this network:
// an operator's, ready to be signed in to. Otherwise a mail has been sent to
// the address and the account waits until a link in it is followed; whether
// there was an account with this address already shows nowhere but in that
// mail.
func (a *App) SignUp(ctx context.Context, f SignUpForm) (first bool, err error) {
	if f.Name, err = cleanName(f.Name); err != nil {
		return false, err
	}
	if f.Email, err = cleanEmail(f.Email); err != nil {
		return false, err
	}
	if err := checkPassword(f.Password, f.Name, f.Email); err != nil {
		return false, err
	}
	if f.First == "" && a.conf.SignUp == SignUpClosed {
		return false, errClosed
	}
	if err := a.mayEnter(ctx, &f); err != nil {
		return false, err
	}
	kept, err := a.hash(ctx, f.Password)
	if err != nil {
		return false, err
	}
	if f.First != "" {
		return true, a.signUpFirst(ctx, &f, kept)
	}
	err = a.signUp(ctx, &f, kept)
	if errors.Is(err, store.ErrMailTaken) { // by another sign-up at the same instant: now it is seen
		err = a.signUp(ctx, &f, kept)
	}
	return false, err
}

// mayEnter refuses a sign-up whose link or code does not work. It only looks,
// before the password is hashed: hashing is slow, and whoever has neither must
// not keep others from it.
func (a *App) mayEnter(ctx context.Context, f *SignUpForm) error {
	return a.read(ctx, func(tx *store.Tx) error {
		if f.First != "" {
			return opensFirst(tx, f.First)
		}
		if any, err := tx.AnyMember(); err != nil || !any {
			return errors.Join(err, errFirst)
		}
		if a.conf.SignUp != SignUpByInvitation {
			return nil
		}
		ok, err := tx.CodeWorks(digest(plainCode(f.Code)))
		if err == nil && !ok {
			err = errCode
		}
		return err
	})
}

// opensFirst refuses a secret that is not the one-time link's.
func opensFirst(tx *store.Tx, secret string) error {
	want, err := tx.Secret(firstLink)
	switch {
	case kith.KindOf(err) == kith.NotFound: // no link was made
		return errFirst
	case err != nil:
		return err
	case !hmac.Equal([]byte(want), []byte(secret)):
		return errFirst
	}
	return nil
}

// signUpFirst opens the first account.
func (a *App) signUpFirst(ctx context.Context, f *SignUpForm, kept string) error {
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if err := opensFirst(tx, f.First); err != nil {
			return err
		}
		// Of two at once one claims it, and the other waits here for that.
		first, err := tx.ClaimFirst()
		if err != nil {
			return err
		}
		any, err := tx.AnyMember()
		if err != nil {
			return err
		}
		if !first || any {
			return errFirst
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		m := store.Member{ID: kith.MemberID(tx.NewID()), Role: Operator, Name: f.Name, Email: f.Email, CreatedAt: now, VerifiedAt: now}
		if err := tx.AddMember(&m); err != nil {
			return err
		}
		return tx.SetPassword(m.ID, kept)
	})
}

// signUp opens an account that waits for its address to be confirmed. A code is
// used up whether or not the address is known: otherwise trying it again would
// tell.
func (a *App) signUp(ctx context.Context, f *SignUpForm, kept string) error {
	secret := newSecret()
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if any, err := tx.AnyMember(); err != nil || !any {
			return errors.Join(err, errFirst)
		}
		if a.conf.SignUp == SignUpByInvitation {
			if ok, err := tx.UseCode(digest(plainCode(f.Code))); err != nil || !ok {
				return errors.Join(err, errCode)
			}
		}
		m, known, err := tx.LockMemberByMail(f.Email)
		if err != nil {
			return err
		}
		if enough, err := a.enoughMails(tx, f.Email); err != nil || enough {
			return err
		}
		if known && m.State != store.Unverified {
			return a.mail(tx, m.ID, "sign-up-again/"+tx.NewID(), "sign-up-again", nil)
		}
		if err := a.enlist(tx, &m, f, known); err != nil {
			return err
		}
		if err := tx.SetPassword(m.ID, kept); err != nil {
			return err
		}
		if err := a.ticket(tx, &m, store.ToVerify, secret, VerifyWithin); err != nil {
			return err
		}
		return a.mail(tx, m.ID, "verify/"+tx.NewID(), "verify", map[string]string{"secret": secret})
	})
}

// enlist makes the unverified account, or makes one that nobody has confirmed
// yet anew: whoever signed up before may not have had the right to the address.
func (a *App) enlist(tx *store.Tx, m *store.Member, f *SignUpForm, known bool) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if known {
		m.Name, m.Email = f.Name, f.Email
		return tx.SetMember(m)
	}
	*m = store.Member{ID: kith.MemberID(tx.NewID()), State: store.Unverified, Name: f.Name, Email: f.Email, CreatedAt: now}
	if err := tx.AddMember(m); err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: m.ID, Effect: forgetEffect(m), Kind: dutyForget, DueAt: now.Add(VerifyWithin)})
}

// Confirm takes the secret of a mail that was sent to confirm an address: of a
// new account, or a new one for an account there is. The password must be
// given, unless the actor is signed in to that account: a mail somebody else
// caused confirms nothing by a thoughtless click.
func (a *App) Confirm(ctx context.Context, who Actor, secret, password string) error {
	var t store.Ticket
	err := a.read(ctx, func(tx *store.Tx) error {
		var ok bool
		var err error
		if t, ok, err = tx.Ticket(digest(secret)); err == nil && (!ok || t.Purpose == store.ToReset) {
			err = errLink
		}
		return err
	})
	if err != nil {
		return err
	}
	if t.Owner != who.ID || !who.Scopes.Has(ScopeAccount) {
		if err := a.shows(ctx, t.Owner, password); errors.Is(err, errPassword) {
			return errLink
		} else if err != nil {
			return err
		}
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		t, ok, err := tx.TakeTicket(digest(secret))
		if err != nil {
			return err
		}
		if !ok {
			return errLink
		}
		m, ok, err := tx.LockMember(t.Owner)
		if err != nil {
			return err
		}
		switch {
		case ok && m.State == store.Unverified && t.Purpose == store.ToVerify && m.Email == t.Address:
			if err := a.confirm(tx, &m); err != nil {
				return err
			}
			return tx.Tell(&store.Event{Owner: m.ID, Kind: kindConfirmed})
		case ok && m.State == store.Active && t.Purpose == store.ToMove:
			return a.moveTo(tx, &m, t.Address)
		}
		return errLink
	})
}

// confirm makes an unverified account one that others can see.
func (a *App) confirm(tx *store.Tx, m *store.Member) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if err := tx.DropDuty(m.ID, forgetEffect(m)); err != nil {
		return err
	}
	m.State, m.VerifiedAt = store.Active, now
	return tx.SetMember(m)
}

// dutyForget erases an account that nobody confirmed, or that was closed, when
// its time to come back is over.
const dutyForget = "forget"

// forgetEffect names that duty: for each closing of an account another.
func forgetEffect(m *store.Member) string {
	if m.LeftAt.IsZero() {
		return dutyForget + "/unconfirmed"
	}
	return dutyForget + "/" + m.LeftAt.Format(time.RFC3339Nano)
}

// forgetDuty erases an account that is still as it was when the duty was left.
func (a *App) forgetDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	m, ok, err := tx.LockMember(d.Owner)
	if err != nil || !ok || d.Effect != forgetEffect(&m) || m.Barred {
		return err
	}
	if m.State != store.Unverified && m.State != store.Left {
		return nil
	}
	return a.eraseMember(tx, m.ID)
}

// cleanName reads a member's name.
func cleanName(s string) (string, error) {
	s = kith.CleanLine(s)
	if n := utf8.RuneCountInString(s); n == 0 || n > MaxName {
		return "", invalid("name", "give your name, in at most 100 letters")
	}
	return s, nil
}

// cleanEmail reads a mail address.
func cleanEmail(s string) (string, error) {
	s = strings.TrimPrefix(kith.CleanLine(s), "mailto:")
	if _, ok := kith.FoldEmail(s); !ok {
		return "", invalid("email", "this is no mail address; it looks like name@mail.example")
	}
	return s, nil
}
