package store

import (
	"time"

	"kith"
)

// Code lets one person sign up.
type Code struct {
	Owner     kith.MemberID // who made it
	ID        string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero: not yet
}

const (
	codeColumns         = "owner, id, created_at, expires_at, used_at"
	insertCode  sqlText = "INSERT INTO code (owner, id, hash, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, $5, 0)"
	codesOf     sqlText = "SELECT " + codeColumns + " FROM code WHERE owner = $1 ORDER BY created_at DESC, id DESC LIMIT $2 + 0"
	countCodes  sqlText = "SELECT COUNT(*) FROM code WHERE owner = $1 AND created_at > $2"
	codeWorks   sqlText = "SELECT EXISTS (SELECT 1 FROM code WHERE hash = $1 AND used_at = 0 AND expires_at > $2)"
	useCode     sqlText = "UPDATE code SET used_at = $2 WHERE hash = $1 AND used_at = 0 AND expires_at > $2"
	expireCode  sqlText = "UPDATE code SET expires_at = created_at + 1 WHERE owner = $1 AND id = $2 AND used_at = 0 AND expires_at > $3"
)

// AddCode keeps a new code by its hash.
func (tx *Tx) AddCode(c *Code, hash string) error {
	_, err := tx.exec(insertCode, string(c.Owner), c.ID, hash, micros(c.CreatedAt), micros(c.ExpiresAt))
	return err
}

// Codes gives the newest codes of whoever made them, newest first.
func (tx *Tx) Codes(owner kith.MemberID, limit int) ([]Code, error) {
	return all(tx, codesOf, func(row scanner, c *Code) error {
		return row.Scan(&c.Owner, &c.ID, at(&c.CreatedAt), at(&c.ExpiresAt), at(&c.UsedAt))
	}, string(owner), limit)
}

// CountCodes says how many codes a member made after a time.
func (tx *Tx) CountCodes(owner kith.MemberID, after time.Time) (n int, err error) {
	err = tx.row(countCodes, string(owner), micros(after)).Scan(&n)
	return n, err
}

// CodeWorks reports whether there is a code with a hash that still works.
func (tx *Tx) CodeWorks(hash string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	err = tx.row(codeWorks, hash, micros(now)).Scan(&ok)
	return ok, err
}

// UseCode uses up the code with a hash; ok is false if there is none that still
// works. Of several at once one gets it.
func (tx *Tx) UseCode(hash string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(useCode, hash, micros(now))
	return n == 1, err
}

// ExpireCode ends a code that still works; ok is false if there is none. It
// stays counted.
func (tx *Tx) ExpireCode(owner kith.MemberID, id string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(expireCode, string(owner), id, micros(now))
	return n == 1, err
}
