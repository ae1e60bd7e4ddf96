package app

import (
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// restricted reports whether standing bars a member from inviting.
func (a *App) restricted(tx *store.Tx, who kith.MemberID, now time.Time) (bool, error) {
	return false, nil
}

// spend takes one invitation from a member's budget, or refuses.
func (a *App) spend(tx *store.Tx, who kith.MemberID) error { return nil }

// count makes an answer count for its sender's standing, or takes it back.
func (a *App) count(tx *store.Tx, sender, recipient kith.MemberID, id kith.InvitationID, e *pair.Effect) error {
	return nil
}
