package app

import (
	"context"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// errNotShown answers for connections in common where one of the two shows
// theirs to nobody; it does not say which.
var errNotShown = &kith.Error{Kind: kith.Denied, Msg: "connections in common are not shown: one of you shows theirs to nobody"}

// mutuals says how many connections a member has in common with each of some
// others, in one query. A connection in common is a fact of three, and counts
// only if none of them shows their connections to nobody. Somebody missing from
// the answer is one with whom the number is not known; 0 is a number.
func (a *App) mutuals(tx *store.Tx, me kith.MemberID, others []kith.MemberID) (map[kith.MemberID]int, error) {
	return tx.MutualCounts(me, others)
}

// Mutuals gives the connections the actor has in common with another member, in
// the order of ids after one (empty: from the first), at most limit; next is
// where the list goes on, empty at its end.
func (a *App) Mutuals(ctx context.Context, who Actor, other, after kith.MemberID, limit int) (list []Face, next kith.MemberID, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, "", err
	}
	if who.ID == other {
		return nil, "", pair.ErrSelf
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		if _, err := a.meet(tx, who.ID, other); err != nil {
			return err
		}
		count, err := a.mutuals(tx, who.ID, []kith.MemberID{other})
		if err != nil {
			return err
		}
		if _, ok := count[other]; !ok {
			return errNotShown
		}
		list, err = tx.MutualFaces(who.ID, other, after, limit+1)
		return err
	})
	list, next = pagedFaces(list, limit)
	return list, next, err
}
