package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

const (
	// maxTogether is how many invitations are settled in one go.
	maxTogether = 5000
	// maxBundleID is how long the id of a bundle may be.
	maxBundleID = 64
)

// Bundle is one choice about several invitations, and what came of it.
type Bundle struct {
	Choice Choice // empty if there is no such bundle
	Done   int    // decided, and not taken back
	Ends   int    // of these: taking them back ends a connection
	Anew   int    // left: judged otherwise by then
	Closed int    // left: open no longer by then
	Waits  int    // left: something went wrong before it was their turn
	Back   int    // taken back
	Ended  int    // of these: a connection was ended by it
	Stays  int    // not to be taken back: open no longer, or decided otherwise since
}

// SettleTogether does one choice, accept or decline, about several invitations
// whose firm verdict it is, each in a step of its own. What is judged otherwise
// by then, or open no longer, is left. It is kept under an id of the caller's
// making, by which exactly these can be taken back for 7 days; doing it again
// under the same id goes on with what was not reached.
func (a *App) SettleTogether(ctx context.Context, who Actor, bundle string, ids []kith.InvitationID, c Choice) error {
	switch {
	case c != ChooseAccept && c != ChooseDecline:
		return invalid("choice", "only accepting and declining can be done for several together")
	case len(ids) > maxTogether:
		return invalid("ids", "choose at most 5,000 at once")
	case bundle == "" || len(bundle) > maxBundleID:
		return invalid("bundle", "the id of what is decided together has 1 to 64 letters")
	}
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	err := a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return tx.AddBundle(who.ID, bundle, string(c), ids, now)
	})
	if err != nil {
		return err
	}
	return a.eachBundled(ctx, who, bundle, store.BundleWaits, func(ctx context.Context, b *store.Bundled) (store.BundleState, error) {
		return a.settleFirm(ctx, who, b.Invitation, Choice(b.Choice))
	})
}

// settleFirm settles an invitation if that is its firm verdict.
func (a *App) settleFirm(ctx context.Context, who Actor, id kith.InvitationID, c Choice) (store.BundleState, error) {
	card, err := a.Card(ctx, who, id)
	if err != nil {
		return store.BundleClosed, err
	}
	if !card.Firm || string(card.Decision) != string(c) {
		return store.BundleAnew, nil
	}
	return store.BundleDone, a.Settle(ctx, who, id, c)
}

// UnsettleTogether takes back what was decided together under an id. What was
// taken back or decided otherwise since, or is open no longer, stays.
func (a *App) UnsettleTogether(ctx context.Context, who Actor, bundle string) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.eachBundled(ctx, who, bundle, store.BundleDone, func(ctx context.Context, b *store.Bundled) (store.BundleState, error) {
		_, err := a.UnsettleAt(ctx, who, b.Invitation, b.At)
		return store.BundleBack, err
	})
}

// eachBundled does something about each of a bundle that is in one state, each in
// a transaction of its own that also notes what came of it, so that none is done
// twice. What is not there, or stands otherwise by now, is noted as left.
func (a *App) eachBundled(ctx context.Context, who Actor, bundle string, in store.BundleState,
	do func(context.Context, *store.Bundled) (store.BundleState, error)) error {
	list, err := a.bundled(ctx, who, bundle)
	if err != nil {
		return err
	}
	left := store.BundleClosed
	if in == store.BundleDone {
		left = store.BundleStays
	}
	for i := range list {
		b := &list[i]
		if b.State != in {
			continue
		}
		err := a.write(ctx, func(ctx context.Context, tx *store.Tx) error {
			became, err := do(ctx, b)
			if err != nil {
				return err
			}
			return moveBundled(tx, who.ID, bundle, b, became)
		})
		if kind := kith.KindOf(err); err != nil && (kind == kith.NotFound || kind == kith.Conflict) {
			err = a.write(ctx, func(_ context.Context, tx *store.Tx) error { return moveBundled(tx, who.ID, bundle, b, left) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moveBundled notes what came of one of a bundle. Where the same bundle is gone
// through twice at once, the first to come has done it.
func moveBundled(tx *store.Tx, owner kith.MemberID, bundle string, b *store.Bundled, to store.BundleState) error {
	var decided time.Time
	if to == store.BundleDone {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		decided = now
	}
	_, err := tx.MoveBundled(owner, bundle, b.Invitation, b.State, to, decided)
	return err
}

// Bundle gives what came of what the actor decided together under an id in the
// last 7 days.
func (a *App) Bundle(ctx context.Context, who Actor, bundle string) (out Bundle, err error) {
	if err := who.may(ScopeRead); err != nil {
		return out, err
	}
	list, err := a.bundled(ctx, who, bundle)
	for i := range list {
		out.add(&list[i])
	}
	return out, err
}

func (out *Bundle) add(b *store.Bundled) {
	out.Choice = Choice(b.Choice)
	connects := 0
	if out.Choice == ChooseAccept && !b.Elsewhere {
		connects = 1
	}
	switch b.State {
	case store.BundleWaits:
		out.Waits++
	case store.BundleDone:
		out.Done, out.Ends = out.Done+1, out.Ends+connects
	case store.BundleAnew:
		out.Anew++
	case store.BundleClosed:
		out.Closed++
	case store.BundleBack:
		out.Back, out.Ended = out.Back+1, out.Ended+connects
	case store.BundleStays:
		out.Stays++
	}
}

func (a *App) bundled(ctx context.Context, who Actor, bundle string) (list []store.Bundled, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		list, err = tx.Bundle(who.ID, bundle)
		return err
	})
	return list, err
}
