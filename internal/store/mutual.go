package store

import "kith"

// A connection in common is a fact of three: the two, and whoever it is. It is
// shown only if none of them shows their connections to nobody; then each of
// the two may know it. In all statements $1 is one of the two.
const (
	mutualCounts sqlText = `SELECT them.value, (SELECT COUNT(*) FROM link theirs
		WHERE theirs.owner = them.value AND theirs.other IN (SELECT other FROM link WHERE owner = $1) AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.owner = theirs.other AND s.shows = 2))
	FROM /*each*/($2) AS them
	WHERE NOT EXISTS (SELECT 1 FROM setting s WHERE s.owner = $1 AND s.shows = 2)
	AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.owner = them.value AND s.shows = 2)`

	mutualFaces sqlText = faces + `JOIN link theirs ON theirs.owner = $2 AND theirs.other = m.id
	JOIN link mine ON mine.owner = $1 AND mine.other = m.id
	WHERE m.id > $3 AND` + shown + `AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.owner IN ($1, $2) AND s.shows = 2)
	ORDER BY m.id LIMIT $4 + 0`
)

// MutualCounts says how many connections a member has in common with each of
// some others, as far as all concerned show them: who shows theirs to nobody is
// not counted, and between two of whom one does so there is no count at all.
func (tx *Tx) MutualCounts(me kith.MemberID, others []kith.MemberID) (map[kith.MemberID]int, error) {
	list, err := jsonList(others)
	if err != nil {
		return nil, err
	}
	out := make(map[kith.MemberID]int, len(others))
	err = tx.each(mutualCounts, func(row scanner) error {
		var other kith.MemberID
		var n int
		if err := row.Scan(&other, &n); err != nil {
			return err
		}
		out[other] = n
		return nil
	}, string(me), list)
	return out, err
}

// MutualFaces gives the connections MutualCounts counts, in the order of ids
// after one.
func (tx *Tx) MutualFaces(me, other, after kith.MemberID, limit int) ([]Face, error) {
	return all(tx, mutualFaces, scanFace, string(me), string(other), string(after), limit)
}
