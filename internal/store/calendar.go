package store

import (
	"time"

	"kith"
)

// Calendar is the address at which a member's calendar reads what wants them.
type Calendar struct {
	Owner     kith.MemberID
	ID        string // names it in the safety journal
	FullNames bool   // names stand there as they are
	MadeAt    time.Time
}

const (
	calendarColumns         = "owner, id, full_names, made_at"
	setCalendar     sqlText = `INSERT INTO calendar (owner, id, hash, full_names, made_at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (owner) DO UPDATE SET id = excluded.id, hash = excluded.hash, full_names = excluded.full_names, made_at = excluded.made_at`
	readCalendar   sqlText = "SELECT " + calendarColumns + " FROM calendar WHERE owner = $1"
	calendarAt     sqlText = `SELECT c.owner, c.id, c.full_names, c.made_at FROM calendar c JOIN member m ON m.id = c.owner AND m.state = 0 WHERE c.hash = $1`
	nameCalendar   sqlText = "UPDATE calendar SET full_names = $2 WHERE owner = $1"
	dropCalendar   sqlText = "DELETE FROM calendar WHERE owner = $1 AND id = $2"
	revokeCalendar sqlText = "DELETE FROM calendar WHERE owner = $1 AND made_at <= $2"
)

// SetCalendar keeps a member's one calendar by the hash of its secret.
func (tx *Tx) SetCalendar(c *Calendar, hash string) error {
	_, err := tx.exec(setCalendar, string(c.Owner), c.ID, hash, bit(c.FullNames), micros(c.MadeAt))
	return err
}

// Calendar gives a member's calendar; ok is false if they have none.
func (tx *Tx) Calendar(owner kith.MemberID) (c Calendar, ok bool, err error) {
	return maybe(scanCalendar, tx.row(readCalendar, string(owner)))
}

// LockCalendar is Calendar for changing it: two changes at once come one after
// the other.
func (tx *Tx) LockCalendar(owner kith.MemberID) (c Calendar, ok bool, err error) {
	if err := tx.lockMember(owner); err != nil {
		return c, false, err
	}
	return tx.Calendar(owner)
}

// CalendarAt gives the calendar whose secret has this hash, of an account in
// use.
func (tx *Tx) CalendarAt(hash string) (c Calendar, ok bool, err error) {
	return maybe(scanCalendar, tx.row(calendarAt, hash))
}

// NameCalendar says whether names stand in a member's calendar as they are; ok
// is false if they have none.
func (tx *Tx) NameCalendar(owner kith.MemberID, full bool) (ok bool, err error) {
	n, err := tx.exec(nameCalendar, string(owner), bit(full))
	return n == 1, err
}

// DropCalendar ends a member's calendar.
func (tx *Tx) DropCalendar(owner kith.MemberID, id string) error {
	_, err := tx.exec(dropCalendar, string(owner), id)
	return err
}

func scanCalendar(row scanner, c *Calendar) error {
	return row.Scan(&c.Owner, &c.ID, &c.FullNames, at(&c.MadeAt))
}
