package store

import (
	"time"

	"kith"
)

// Tied is a connection with what its owner is told of it: the invitation the two
// met by, what the owner wrote down about the other, which outlasts the
// connection as a memory does, and the first message since.
type Tied struct {
	Link
	Met     Told
	Memo    string
	Opening Message // zero if they have written none
}

const (
	setLinkNote sqlText = `INSERT INTO link_note (owner, other, text, at) VALUES ($1, $2, $3, $4)
	ON CONFLICT (owner, other) DO UPDATE SET text = excluded.text, at = excluded.at`
	dropLinkNote sqlText = "DELETE FROM link_note WHERE owner = $1 AND other = $2"

	tied = "SELECT i.owner, i.other, i.invitation, i.since, i.tie, i.see, i.review_at, " + toldColumns + `, COALESCE(n.text, ''),
	COALESCE(o.owner, ''), COALESCE(o.other, ''), COALESCE(o.id, ''), COALESCE(o.outgoing, 0), COALESCE(o.at, 0), COALESCE(o.text, ''),
	COALESCE(o.opening, 0), COALESCE(o.read_at, 0)
	FROM link i` + toldFrom + ` LEFT JOIN link_note n ON n.owner = i.owner AND n.other = i.other
	LEFT JOIN message o ON o.owner = i.owner AND o.id = (SELECT x.id FROM message x WHERE x.owner = i.owner AND x.other = i.other
	AND x.at >= i.since AND x.opening = 1 ORDER BY x.at, x.id LIMIT 1) WHERE i.owner = $1`
	oneTied  sqlText = tied + " AND i.other = $2"
	pageTied sqlText = tied + " AND (i.since, i.other) < ($2, $3) ORDER BY i.since DESC, i.other DESC LIMIT $4 + 0"
)

// Connection gives a member's connection to another; ok is false if there is
// none.
func (tx *Tx) Connection(owner, other kith.MemberID) (c Tied, ok bool, err error) {
	return maybe(scanTied, tx.row(oneTied, string(owner), string(other)))
}

// Connections gives a member's connections, newest first.
func (tx *Tx) Connections(owner kith.MemberID, after Cursor, limit int) ([]Tied, error) {
	since, id := after.from()
	return all(tx, pageTied, scanTied, string(owner), since, id, limit)
}

// SetLinkNote keeps what a member writes down for themselves about another; an
// empty text takes it away.
func (tx *Tx) SetLinkNote(owner, other kith.MemberID, text string, now time.Time) error {
	if text == "" {
		_, err := tx.exec(dropLinkNote, string(owner), string(other))
		return err
	}
	_, err := tx.exec(setLinkNote, string(owner), string(other), text, micros(now))
	return err
}

func scanTied(row scanner, c *Tied) error {
	into := append(c.Link.columns(), c.Met.columns()...)
	into = append(into, &c.Memo)
	if err := row.Scan(append(into, c.Opening.columns()...)...); err != nil {
		return err
	}
	return c.Met.Pair.complete()
}
