package store

import (
	"time"

	"kith"
)

// BundleState says what came of one invitation of several decided together.
type BundleState uint8

// The states. The zero BundleState is not yet reached.
const (
	BundleWaits  BundleState = iota
	BundleDone               // decided
	BundleAnew               // left: it was judged otherwise by then
	BundleClosed             // left: it was open no longer by then
	BundleBack               // taken back
	BundleStays              // not to be taken back any more
)

// Bundled is one invitation of several decided together.
type Bundled struct {
	Invitation kith.InvitationID
	Choice     string
	State      BundleState
	At         time.Time // when it was decided
	Elsewhere  bool      // it waits, or waited, on another site
}

const (
	readBundle sqlText = `SELECT b.invitation, b.choice, b.state, b.at, CASE WHEN e.id IS NULL THEN 0 ELSE 1 END FROM bundle b
	LEFT JOIN elsewhere e ON e.owner = b.owner AND e.id = b.invitation WHERE b.owner = $1 AND b.id = $2 ORDER BY b.invitation`
	moveBundle sqlText = `UPDATE bundle SET state = $5, at = CASE WHEN at = 0 THEN $6 ELSE at END
	WHERE owner = $1 AND id = $2 AND invitation = $3 AND state = $4`
	forgetBundles sqlText = "DELETE FROM bundle WHERE begun_at < $1"
)

var addBundle = insertMany("INSERT INTO bundle (owner, id, invitation, choice, state, begun_at, at)", 7, "ON CONFLICT (owner, id, invitation) DO NOTHING")

// AddBundle notes what a member is about to decide together. What was noted
// under the same id before stays as it is.
func (tx *Tx) AddBundle(owner kith.MemberID, id, choice string, list []kith.InvitationID, now time.Time) error {
	values := make([]any, 0, len(list)*addBundle.width)
	for _, i := range list {
		values = append(values, string(owner), id, string(i), choice, int64(BundleWaits), micros(now), int64(0))
	}
	_, err := tx.execMany(&addBundle, nil, values)
	return err
}

// Bundle gives what was decided together under an id, in the order of ids.
func (tx *Tx) Bundle(owner kith.MemberID, id string) ([]Bundled, error) {
	return all(tx, readBundle, func(row scanner, b *Bundled) error {
		return row.Scan(&b.Invitation, &b.Choice, &b.State, at(&b.At), &b.Elsewhere)
	}, string(owner), id)
}

// MoveBundled moves one of a bundle from a state to another; ok is false if it
// was in another. decided is the time of that, zero if it was not decided.
func (tx *Tx) MoveBundled(owner kith.MemberID, id string, i kith.InvitationID, from, to BundleState, decided time.Time) (ok bool, err error) {
	n, err := tx.exec(moveBundle, string(owner), id, string(i), int64(from), int64(to), micros(decided))
	return n == 1, err
}

// ForgetBundles forgets which decisions begun before a time were made together.
func (tx *Tx) ForgetBundles(before time.Time) error {
	_, err := tx.exec(forgetBundles, micros(before))
	return err
}
