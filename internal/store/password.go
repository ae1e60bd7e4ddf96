package store

import (
	"time"

	"kith"
)

// Password is how a member's password is kept.
type Password struct {
	Owner     kith.MemberID
	PHC       string // what app made of it; it never leaves the server
	ChangedAt time.Time
}

const (
	readPassword sqlText = "SELECT owner, phc, changed_at FROM password WHERE owner = $1"
	setPassword  sqlText = `INSERT INTO password (owner, phc, changed_at) VALUES ($1, $2, $3)
	ON CONFLICT (owner) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at`
	dropPassword sqlText = "DELETE FROM password WHERE owner = $1 AND changed_at < $2"
)

// Password gives a member's password; ok is false if they have none.
func (tx *Tx) Password(owner kith.MemberID) (p Password, ok bool, err error) {
	return maybe(func(row scanner, p *Password) error { return row.Scan(&p.Owner, &p.PHC, at(&p.ChangedAt)) },
		tx.row(readPassword, string(owner)))
}

// SetPassword keeps a member's password in place of the one before.
func (tx *Tx) SetPassword(owner kith.MemberID, phc string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	_, err = tx.exec(setPassword, string(owner), phc, micros(now))
	return err
}

// DropPassword ends a password a member had before a time.
func (tx *Tx) DropPassword(owner kith.MemberID, before time.Time) error {
	_, err := tx.exec(dropPassword, string(owner), micros(before))
	return err
}

// Revoke ends every credential a member had at a time: sessions, tokens,
// passkeys, calendars, secrets sent by mail, and a password older than that. The password
// set in the same breath stays.
func (tx *Tx) Revoke(owner kith.MemberID, until time.Time) error {
	for _, drop := range []sqlText{revokeSessions, revokeTokens, revokePasskeys, revokeCalendar, dropPassword} {
		if _, err := tx.exec(drop, string(owner), micros(until)); err != nil {
			return err
		}
	}
	for _, drop := range []sqlText{dropTickets, dropCeremonies} {
		if _, err := tx.exec(drop, string(owner)); err != nil {
			return err
		}
	}
	return nil
}
