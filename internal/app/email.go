package app

import (
	"context"

	"kith/internal/store"
)

// ChangeEmail asks to move the actor's account to another address: a link goes
// there, and the account stays at its address until the link is followed
// ([App.Confirm]), within a week; then the former address is told. It needs the
// password unless the actor has just signed in.
func (a *App) ChangeEmail(ctx context.Context, who Actor, email, password string) error {
	email, err := cleanEmail(email)
	if err != nil {
		return err
	}
	if err := a.fresh(ctx, who, password); err != nil {
		return err
	}
	secret := newSecret()
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		if enough, err := a.enoughMails(tx, email); err != nil || enough {
			return err
		}
		there := m
		there.Email = email
		if err := a.ticket(tx, &there, store.ToMove, secret, VerifyWithin); err != nil {
			return err
		}
		if err := a.mail(tx, m.ID, "move/"+tx.NewID(), "verify", map[string]string{"secret": secret, "address": email}); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindEmailChanging, Notice: true})
	})
}

// moveTo gives an account an address whose mail its owner has read. That
// another account has it may be told to them.
func (a *App) moveTo(tx *store.Tx, m *store.Member, email string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	former := m.Email
	m.Email, m.VerifiedAt = email, now
	if err := tx.SetMember(m); err != nil {
		return err
	}
	return a.notify(tx, m.ID, kindEmailChanged, map[string]string{"address": former})
}
