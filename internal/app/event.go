package app

import (
	"context"

	"kith/internal/store"
)

// Event is one thing that happened to a member.
type Event = store.Event

// Events gives what happened to the actor after event number after, oldest
// first.
func (a *App) Events(ctx context.Context, who Actor, after int64, limit int) (events []Event, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		events, err = tx.Events(who.ID, after, limit)
		return err
	})
	return events, err
}
