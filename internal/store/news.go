package store

import "kith"

const newsNames sqlText = `SELECT e.n, COALESCE(m.name, c.name, '') FROM event e LEFT JOIN member m ON m.id = e.other
	LEFT JOIN elsewhere x ON x.owner = e.owner AND x.id = e.subject LEFT JOIN contact c ON c.owner = x.owner AND c.id = x.contact
	WHERE e.owner = $1 AND e.notice = 1 AND e.n BETWEEN $2 AND $3`

// NewsNames gives whom a member's notices from one number to another tell of,
// by their numbers. It asks nothing: whose name may be shown [Tx.Notices] says.
func (tx *Tx) NewsNames(owner kith.MemberID, from, to int64) (map[int64]string, error) {
	names := map[int64]string{}
	err := tx.each(newsNames, func(row scanner) error {
		var n int64
		var name string
		err := row.Scan(&n, &name)
		names[n] = name
		return err
	}, string(owner), from, to)
	return names, err
}
