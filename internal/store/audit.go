package store

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"kith"
)

// AuditRow says that somebody who runs this Kith looked at something of a
// member's.
type AuditRow struct {
	Owner   kith.MemberID // whom it is about
	At      time.Time
	Actor   kith.MemberID // who looked; the owner learns the role only
	Role    Role
	What    string
	Case    string // of the moderation desk; empty for none
	ShownAt time.Time

	id string
}

// Cursor is the row's place in the list of what its owner sees.
func (r *AuditRow) Cursor() Cursor { return Cursor{At: r.ShownAt, ID: r.id} }

const (
	auditColumns         = "owner, id, at, actor, role, what, case_id, shown_at"
	insertAudit  sqlText = "INSERT INTO audit (" + auditColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	showAudit    sqlText = "UPDATE audit SET shown_at = $2 WHERE case_id = $1 AND shown_at = 0"
	pageAudit    sqlText = "SELECT " + auditColumns + ` FROM audit WHERE owner = $1 AND shown_at > 0 AND shown_at <= $2
	AND (shown_at < $3 OR shown_at = $3 AND id < $4) ORDER BY shown_at DESC, id DESC LIMIT $5 + 0`
)

// AddAudit keeps that somebody looked. Its id is a hash: ids in order of time
// would tell when a row was written that is shown later.
func (tx *Tx) AddAudit(r *AuditRow) error {
	sum := sha256.Sum256([]byte(tx.NewID()))
	r.id = hex.EncodeToString(sum[:16])
	_, err := tx.exec(insertAudit, string(r.Owner), r.id, micros(r.At), string(r.Actor), int64(r.Role), r.What, r.Case, micros(r.ShownAt))
	return err
}

// ShowAudit sets from when on the rows of a case that has ended are shown.
func (tx *Tx) ShowAudit(id string, from time.Time) error {
	_, err := tx.exec(showAudit, id, micros(from))
	return err
}

// Audit gives what a member may see by now of who looked at what of theirs,
// newest first.
func (tx *Tx) Audit(owner kith.MemberID, now time.Time, after Cursor, limit int) ([]AuditRow, error) {
	t, id := after.from()
	return all(tx, pageAudit, func(row scanner, r *AuditRow) error {
		return row.Scan(&r.Owner, &r.id, at(&r.At), &r.Actor, &r.Role, &r.What, &r.Case, at(&r.ShownAt))
	}, string(owner), micros(now), t, id, limit)
}
