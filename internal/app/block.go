package app

import (
	"context"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Block ends everything between the actor and another member, for whom the
// actor's account is gone from then on. It outlasts the restoring of an older
// backup.
func (a *App) Block(ctx context.Context, who Actor, other kith.MemberID) error {
	return a.blocking(ctx, who, other, pair.Block, store.SafetyBlock)
}

// Unblock ends a block, and nothing else: what there was does not come back.
func (a *App) Unblock(ctx context.Context, who Actor, other kith.MemberID) error {
	return a.blocking(ctx, who, other, pair.Unblock, store.SafetyUnblock)
}

func (a *App) blocking(ctx context.Context, who Actor, other kith.MemberID, verb pair.Verb, kind store.SafetyKind) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, err := a.act(tx, deed{verb: verb, by: who.ID, other: other}); err != nil {
			return err
		}
		return tx.Keep(kind, string(who.ID), string(other))
	})
}

// Blocks gives a page of those whom the actor blocks, after a member's id
// (empty: from the beginning). next is the id to go on after, empty at the end.
// Accounts that are closed, or block the actor in turn, are left out.
func (a *App) Blocks(ctx context.Context, who Actor, after kith.MemberID, limit int) (out []Named, next kith.MemberID, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, "", err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		out, err = tx.Blocks(who.ID, after, limit+1)
		return err
	})
	out, more := Paged(out, limit)
	if more {
		next = out[limit-1].ID
	}
	return out, next, err
}
