package store

import (
	"slices"
	"time"

	"kith"
	"kith/pair"
)

const (
	pileHere  sqlText = cardsHere
	pileThere sqlText = cardsThere

	// What a member decided since a time: here what they turned down, and the
	// connections that came of invitations they accepted; elsewhere what they say
	// they did.
	refusedSince sqlText = `SELECT i.invitation, i.other, '', m.name, i.answer, 0, i.answered_at FROM inbox i JOIN member m ON m.id = i.other
	WHERE i.owner = $1 AND i.box = 0 AND i.answer > 0 AND i.answered_at > $2 ORDER BY i.answered_at DESC LIMIT $3 + 0`
	acceptedSince sqlText = `SELECT l.invitation, l.other, '', m.name, $4 + 0, 0, l.since FROM link l JOIN member m ON m.id = l.other
	JOIN invitation w ON w.sender = l.other AND w.id = l.invitation WHERE l.owner = $1 AND l.since > $2 ORDER BY l.since DESC LIMIT $3 + 0`
	didSince sqlText = `SELECT e.id, '', e.contact, c.name, 0, e.did, e.did_at FROM elsewhere e JOIN contact c ON c.owner = $1 AND c.id = e.contact
	WHERE e.owner = $1 AND e.direction = 1 AND e.did > 0 AND e.did_at > $2 ORDER BY e.did_at DESC LIMIT $3 + 0`
)

// Pile gives all open invitations of a member, received here and waiting
// elsewhere, as [Tx.Cards] does, in no order.
func (tx *Tx) Pile(owner kith.MemberID, now time.Time) ([]Card, error) {
	here, err := all(tx, pileHere, scanCard, string(owner), micros(now))
	if err != nil {
		return nil, err
	}
	there, err := all(tx, pileThere, scanCard, string(owner), micros(now))
	return append(here, there...), err
}

// Decided is an invitation its recipient has answered.
type Decided struct {
	Invitation kith.InvitationID
	About      Person
	Name       string
	Answer     pair.Answer // of one received here
	Did        Deed        // of one elsewhere
	At         time.Time
}

// Decided gives what a member answered since a time, newest first.
func (tx *Tx) Decided(owner kith.MemberID, since time.Time, limit int) ([]Decided, error) {
	var out []Decided
	for _, from := range []struct {
		text sqlText
		args []any
	}{{refusedSince, nil}, {acceptedSince, []any{int64(pair.Accepted)}}, {didSince, nil}} {
		list, err := all(tx, from.text, scanDecided, append([]any{string(owner), micros(since), limit}, from.args...)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(x, y Decided) int { return y.At.Compare(x.At) })
	return out[:min(len(out), limit)], nil
}

func scanDecided(row scanner, d *Decided) error {
	return row.Scan(&d.Invitation, &d.About.Member, &d.About.Contact, &d.Name, &d.Answer, &d.Did, at(&d.At))
}
