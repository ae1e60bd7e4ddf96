package store

import (
	"time"

	"kith"
)

// ExportTie is a connection as archives write it.
type ExportTie struct {
	Name, Slug, Organisation, Title string
	Since                           time.Time
}

// ExportInvitation is an invitation as archives write it.
type ExportInvitation struct {
	Outgoing         bool
	Name, Slug, Note string
	SentAt           time.Time
}

const (
	exportTies sqlText = `SELECT m.name, '' AS slug, '' AS organisation, '' AS title, x.since FROM link x JOIN member m ON m.id = x.other WHERE x.owner = $1
	UNION ALL SELECT name, slug, organisation, title, connected_at FROM contact WHERE owner = $1 AND connected = 1 AND own = 0
	ORDER BY 5, 1, 2`
	exportInvitations sqlText = `SELECT x.box, m.name, '' AS slug, i.note, x.sent_at FROM inbox x
	JOIN member m ON m.id = x.other JOIN invitation i ON i.id = x.invitation WHERE x.owner = $1 AND (x.box = 1 OR ` + letThrough + `)
	UNION ALL SELECT e.direction - 1, c.name, c.slug, e.note, e.sent_at FROM elsewhere e JOIN contact c ON c.owner = e.owner AND c.id = e.contact WHERE e.owner = $1
	ORDER BY 5, 2, 3`
)

// ExportTies gives a member's connections, here and those their imports know,
// oldest first.
func (tx *Tx) ExportTies(owner kith.MemberID, found func(*ExportTie) error) error {
	return tx.each(exportTies, func(row scanner) error {
		var t ExportTie
		if err := row.Scan(&t.Name, &t.Slug, &t.Organisation, &t.Title, at(&t.Since)); err != nil {
			return err
		}
		return found(&t)
	}, string(owner))
}

// ExportInvitations gives a member's invitations, here and those their imports
// know, oldest first.
func (tx *Tx) ExportInvitations(owner kith.MemberID, found func(*ExportInvitation) error) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.each(exportInvitations, func(row scanner) error {
		var i ExportInvitation
		if err := row.Scan(&i.Outgoing, &i.Name, &i.Slug, &i.Note, at(&i.SentAt)); err != nil {
			return err
		}
		return found(&i)
	}, string(owner), micros(now))
}
