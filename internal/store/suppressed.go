package store

import (
	"time"

	"kith"
)

const (
	insertSuppressed sqlText = "INSERT INTO suppressed (address, at) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING"
	deleteSuppressed sqlText = "DELETE FROM suppressed WHERE address = $1"
	readSuppressed   sqlText = "SELECT address FROM suppressed WHERE address = $1"
	readDigest       sqlText = "SELECT upto, sent_at FROM digest WHERE owner = $1"
	writeDigest      sqlText = `INSERT INTO digest (owner, upto, sent_at) VALUES ($1, $2, $3)
	ON CONFLICT (owner) DO UPDATE SET upto = excluded.upto, sent_at = excluded.sent_at`
	mailKeys sqlText = "SELECT id, email_key FROM member WHERE email_key <> '' ORDER BY id"
)

// Suppress keeps all mail from an address from now on, and writes that down in
// the safety journal.
func (tx *Tx) Suppress(address string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	hidden, err := tx.Hide(mailKey(address))
	if err != nil {
		return err
	}
	n, err := tx.exec(insertSuppressed, hidden, micros(now))
	if err != nil || n == 0 {
		return err
	}
	return tx.Keep(SafetySuppress, mailKey(address), "")
}

// KeepUnsubscribed writes down in the safety journal that the owner of an
// address wants no letters of a kind. That they get none is a setting.
func (tx *Tx) KeepUnsubscribed(address, kind string) error {
	return tx.Keep(SafetySuppress, mailKey(address), kind)
}

// Unsuppress lets mail to an address through again.
func (tx *Tx) Unsuppress(address string) error {
	hidden, err := tx.Hide(mailKey(address))
	if err != nil {
		return err
	}
	_, err = tx.exec(deleteSuppressed, hidden)
	return err
}

// Suppressed reports whether an address gets no mail.
func (tx *Tx) Suppressed(address string) (bool, error) {
	hidden, err := tx.Hide(mailKey(address))
	if err != nil {
		return false, err
	}
	_, found, err := maybe(func(row scanner, v *string) error { return row.Scan(v) }, tx.row(readSuppressed, hidden))
	return found, err
}

// Resuppress makes rows of the safety journal hold in this database: addresses
// that take no mail get none, and members who wanted no letters get none. Rows
// of other kinds are left alone.
func (tx *Tx) Resuppress(rows []SafetyRow) error {
	unsubscribed := map[string]bool{}
	for _, r := range rows {
		switch {
		case r.Kind != SafetySuppress:
		case r.Other != "":
			unsubscribed[r.Who] = true
		default:
			if _, err := tx.exec(insertSuppressed, r.Who, micros(r.At)); err != nil {
				return err
			}
		}
	}
	if len(unsubscribed) == 0 {
		return nil
	}
	type address struct {
		owner kith.MemberID
		key   string
	}
	known, err := all(tx, mailKeys, func(row scanner, a *address) error { return row.Scan(&a.owner, &a.key) })
	if err != nil {
		return err
	}
	for _, a := range known {
		hidden, err := tx.Hide(a.key)
		if err != nil {
			return err
		}
		if !unsubscribed[hidden] {
			continue
		}
		s, err := tx.Setting(a.owner)
		if err != nil {
			return err
		}
		s.Digest = Never
		if err := tx.SetSetting(a.owner, &s); err != nil {
			return err
		}
	}
	return nil
}

// Digest says how far a member's notices were mailed, by the number of the
// event, and when they were last; zero for never.
func (tx *Tx) Digest(owner kith.MemberID) (upto int64, sentAt time.Time, err error) {
	type digest struct {
		upto int64
		at   time.Time
	}
	d, _, err := maybe(func(row scanner, d *digest) error { return row.Scan(&d.upto, at(&d.at)) }, tx.row(readDigest, string(owner)))
	return d.upto, d.at, err
}

// SetDigest writes that down.
func (tx *Tx) SetDigest(owner kith.MemberID, upto int64, sentAt time.Time) error {
	_, err := tx.exec(writeDigest, string(owner), upto, micros(sentAt))
	return err
}
