package app

import (
	"context"

	"kith/internal/store"
)

// Member is an account.
type Member = store.Member

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

// Authenticate finds who a token stands for.
func (a *App) Authenticate(ctx context.Context, token string) (Actor, error) {
	return Actor{}, errSignIn
}
