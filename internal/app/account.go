package app

import (
	"context"
	"errors"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Member is an account.
type Member = store.Member

// The events of an account. Those marked with * come by mail too.
const (
	kindConfirmed       = "confirmed"        // the address is confirmed
	kindPasswordChanged = "password-changed" // *
	kindEmailChanging   = "email-changing"   // a move to another address was asked for
	kindEmailChanged    = "email-changed"    // * to the former address
	kindNewSignIn       = "new-sign-in"      // * with a kind of browser not used before
	kindTokenMade       = "token-made"
	kindPasskeyAdded    = "passkey-added"
	kindCalendarMade    = "calendar-made" // an address from which a calendar reads what wants the member
	kindSignedOut       = "signed-out"    // everywhere, by an operator
	kindRoleChanged     = "role-changed"
	kindCameBack        = "came-back" // opened the closed account again
)

// notify tells a member of something about their account, in their feed and by
// the letter of the same name.
func (a *App) notify(tx *store.Tx, m kith.MemberID, kind string, data map[string]string) error {
	if err := tx.Tell(&store.Event{Owner: m, Kind: kind, Notice: true}); err != nil {
		return err
	}
	return a.mail(tx, m, kind+"/"+tx.NewID(), kind, data)
}

// Me gives the actor's own account.
func (a *App) Me(ctx context.Context, who Actor) (m Member, err error) {
	if who.ID == "" {
		return m, errSignIn
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		var ok bool
		if m, ok, err = tx.Member(who.ID); err == nil && !ok {
			err = errSignIn
		}
		return err
	})
	return m, err
}

// Leave closes the actor's account: their connections and open invitations end,
// they are signed out everywhere, and to everybody else there is no such
// account. Signing in within 30 days opens it again, without what ended; after
// that it is erased. It needs the password unless the actor has just signed in.
func (a *App) Leave(ctx context.Context, who Actor, password string) error {
	if err := a.fresh(ctx, who, password); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		return a.closeAccount(tx, &m, false)
	})
}

// closeAccount closes a locked account. One an operator bars does not come back
// by itself, and is kept so that its address cannot open another.
func (a *App) closeAccount(tx *store.Tx, m *store.Member, barred bool) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	m.State, m.LeftAt, m.Barred = store.Left, now, barred
	if err := tx.SetMember(m); err != nil {
		return err
	}
	if err := a.withAll(tx, m.ID, pair.Leave); err != nil {
		return err
	}
	if err := a.signOutElsewhere(tx, Actor{ID: m.ID}); err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: m.ID, Effect: forgetEffect(m), Kind: dutyForget, DueAt: now.Add(ReturnWithin)})
}

// comeBack opens a locked closed account again.
func (a *App) comeBack(tx *store.Tx, m *store.Member) error {
	if err := tx.DropDuty(m.ID, forgetEffect(m)); err != nil {
		return err
	}
	m.State, m.Barred = store.Active, false
	if err := tx.SetMember(m); err != nil {
		return err
	}
	if err := a.withAll(tx, m.ID, pair.Return); err != nil {
		return err
	}
	return tx.Tell(&store.Event{Owner: m.ID, Kind: kindCameBack, Notice: true})
}

// withAll does one act towards everybody a member has had to do with; what they
// have left already stays so. The member's own row is locked, so nobody new
// comes to it meanwhile.
func (a *App) withAll(tx *store.Tx, m kith.MemberID, verb pair.Verb) error {
	pairs, err := tx.PairsOf(m)
	if err != nil {
		return err
	}
	for i := range pairs {
		other := pairs[i].A
		if other == m {
			other = pairs[i].B
		}
		_, err := a.act(tx, deed{verb: verb, by: m, other: other})
		if err != nil && !errors.Is(err, pair.ErrLeft) {
			return err
		}
	}
	return nil
}
