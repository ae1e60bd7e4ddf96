package store

import "kith"

const pageBlocks sqlText = `SELECT other FROM (
	SELECT b AS other FROM pair WHERE a = $1 AND a_blocks = 1 UNION ALL
	SELECT a AS other FROM pair WHERE b = $1 AND b_blocks = 1) blocked
	WHERE other > $2 AND EXISTS (SELECT 1 FROM member o WHERE o.id = other` + there + `) ORDER BY other LIMIT $3 + 0`

// Blocks gives whom a member blocks and who is there for them, in the order of
// their ids, after an id.
func (tx *Tx) Blocks(owner, after kith.MemberID, limit int) ([]kith.MemberID, error) {
	return all(tx, pageBlocks, func(row scanner, m *kith.MemberID) error { return row.Scan(m) }, string(owner), string(after), limit)
}
