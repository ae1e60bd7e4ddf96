package app

import (
	"kith"
	"kith/internal/store"
	"kith/pair"
)

// view is what a member may see of another, and of what holds between the two.
type view struct {
	of   kith.MemberID
	self bool
	// here says that the other exists for whoever looks, name is theirs if so.
	here  bool
	name  string
	pair  store.Pair
	sight pair.Sight
	// sent and received are the open invitations. While standing holds the
	// received one back, it is held instead.
	sent, received, held kith.InvitationID
}

// look gives how a viewer may see another member. Whoever is not there, has left
// or blocks the viewer is the same view but for its pair.
func (a *App) look(tx *store.Tx, viewer, other kith.MemberID) (v view, err error) {
	v.of = other
	if !isID(other) {
		return v, nil
	}
	account, ok, err := tx.Member(other)
	if err != nil || !ok {
		return v, err
	}
	if v.self = viewer == other; v.self {
		v.here, v.name = true, account.Name
		return v, nil
	}
	if v.pair, err = tx.PeekPair(viewer, other); err != nil {
		return v, err
	}
	now, err := tx.Now()
	if err != nil {
		return v, err
	}
	v.sight = pair.View(v.pair.State, v.pair.Party(viewer), now)
	if v.here = account.State == store.Active && !v.sight.Gone; v.here {
		v.name = account.Name
	}
	if v.sight.Sent.Course == pair.Running {
		v.sent = v.pair.Invitation(v.sight.Sent.Seq)
	}
	if v.received = v.pair.Invitation(v.sight.Received.Seq); v.received == "" {
		return v, nil
	}
	held, err := a.restricted(tx, other, now)
	if held {
		v.received, v.held = "", v.received
	}
	return v, err
}

// know reads at once what looking at another member asks of both.
func know(tx *store.Tx, viewer, other kith.MemberID) error {
	if !isID(other) {
		return nil // there is nobody to look at
	}
	return tx.Know(viewer, other)
}

// meet is look for what is only done towards somebody who is there:
// pair.ErrNoAccount answers for whoever is not.
func (a *App) meet(tx *store.Tx, viewer, other kith.MemberID) (view, error) {
	v, err := a.look(tx, viewer, other)
	if err == nil && !v.here {
		err = pair.ErrNoAccount
	}
	return v, err
}

// sees reports whether connections shown to some are shown to this viewer.
func (v *view) sees(to Shows) bool {
	return v.self || to == store.ToMembers || to == store.ToConnections && v.sight.Connected
}

// relation says how the viewer stands with the other.
func (v *view) relation() Relation {
	return Relation{Connected: v.sight.Connected, Since: v.sight.Since, Sent: v.sent, Received: v.received,
		AgainAt: v.sight.AgainAt, Blocked: v.sight.Blocked}
}

// named names the other to the viewer, as far as they are there.
func (v *view) named() Named { return Named{ID: v.of, Name: v.name} }
