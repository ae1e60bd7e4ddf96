package store

import (
	"strings"
	"time"

	"kith"
	"kith/pair"
)

// Acquaintance is a connection as an index of people lists it.
type Acquaintance struct {
	Face
	Tie   pair.Tie
	Since time.Time
	// WroteAt is when the two last wrote to each other; zero: never.
	WroteAt time.Time
}

const (
	// The circle of $1, in the order of names behind one of them ($2, empty: from
	// the first), of those whose names have words that begin as those asked for.
	pageCircle sqlText = `SELECT m.id, m.name, COALESCE(p.headline, ''), COALESCE(f.hash, ''), l.tie, l.since,
	COALESCE((SELECT x.at FROM message x WHERE x.owner = l.owner AND x.other = l.other AND x.newest = 1), 0)
	FROM link l JOIN member m ON m.id = l.other LEFT JOIN profile p ON p.owner = m.id LEFT JOIN photo f ON f.owner = m.id AND f.size = 96
	WHERE l.owner = $1 AND (m.name_folded LIKE $3 OR m.name_folded LIKE $4) AND ($2 = '' OR (m.name_folded, m.id) >
	(SELECT k.name_folded, k.id FROM link j JOIN member k ON k.id = j.other WHERE j.owner = $1 AND j.other = $2))
	ORDER BY m.name_folded, m.id LIMIT $5 + 0`
	countCircle sqlText = "SELECT COUNT(*) FROM link WHERE owner = $1"
)

// Circle gives a member's connections in the order of names, behind one of them.
// words are folded and stand at the beginnings of words of a name, in that
// order; none asks for everybody.
func (tx *Tx) Circle(owner kith.MemberID, words []string, after kith.MemberID, limit int) ([]Acquaintance, error) {
	pattern := strings.Join(words, "% ") + "%"
	return all(tx, pageCircle, scanAcquaintance, string(owner), string(after), pattern, "% "+pattern, limit)
}

// CountCircle says how many connections a member has.
func (tx *Tx) CountCircle(owner kith.MemberID) (n int, err error) {
	err = tx.row(countCircle, string(owner)).Scan(&n)
	return n, err
}

func scanAcquaintance(row scanner, a *Acquaintance) error {
	return row.Scan(&a.ID, &a.Name, &a.Headline, &a.Photo, &a.Tie, at(&a.Since), at(&a.WroteAt))
}
