package store

import "kith"

const pageBlocks sqlText = `SELECT o.id, o.name FROM (
	SELECT b AS other FROM pair WHERE a = $1 AND a_blocks = 1 UNION ALL
	SELECT a AS other FROM pair WHERE b = $1 AND b_blocks = 1) blocked
	JOIN member o ON o.id = blocked.other WHERE o.id > $2` + there + " ORDER BY o.id LIMIT $3 + 0"

// Blocks gives whom a member blocks and who is there for them, in the order of
// their ids, after an id.
func (tx *Tx) Blocks(owner, after kith.MemberID, limit int) ([]Named, error) {
	return all(tx, pageBlocks, func(row scanner, n *Named) error { return row.Scan(&n.ID, &n.Name) }, string(owner), string(after), limit)
}
