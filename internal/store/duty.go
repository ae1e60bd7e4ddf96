package store

import (
	"time"

	"kith"
)

// DutyState says how a duty stands.
type DutyState uint8

// The states of a duty.
const (
	Due     DutyState = iota // waits for its time, or is being done under a lease
	Done                     // done, once and for ever
	Dropped                  // no longer called for
	Dead                     // failed too often; an operator decides
)

// Duty is one thing that falls due.
type Duty struct {
	Owner kith.MemberID
	// Effect names what is done; an owner's effect is done once, ever.
	Effect  string
	Kind    string // see app's list of duties
	Subject string // the id of what it is about
	Other   kith.MemberID
	Body    string // JSON, by kind; may be empty
	DueAt   time.Time
	State   DutyState
	// Attempts counts how often it was taken up, Failure says how the last
	// failed.
	Attempts int
	Failure  string
	// Lease is whoever is doing it, until LeaseUntil.
	Lease      string
	LeaseUntil time.Time
	DoneAt     time.Time
}

const (
	dutyColumns = "owner, effect, kind, subject, other, body, due_at, state, attempts, failure, lease, lease_until, done_at"

	insertDuty sqlText = `INSERT INTO duty (owner, effect, kind, subject, other, body, due_at, state, attempts, failure, lease, lease_until, done_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, '', '', 0, 0)
	ON CONFLICT (owner, effect) DO UPDATE SET due_at = excluded.due_at, body = excluded.body, state = 0, attempts = 0, failure = '', lease = '', lease_until = 0
	WHERE duty.state = 2`
	dropDuty  sqlText = "UPDATE duty SET state = 2, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0"
	closeDuty sqlText = "UPDATE duty SET state = 1, done_at = $3, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0"
	readDuty  sqlText = "SELECT " + dutyColumns + " FROM duty WHERE owner = $1 AND effect = $2"
	dutiesOf  sqlText = "SELECT " + dutyColumns + ` FROM duty WHERE owner = $1 AND state = 0 AND (due_at > $2 OR due_at = $2 AND effect > $3)
	ORDER BY due_at, effect LIMIT $4`
)

// AddDuty keeps a duty. One with the same effect that is waiting, done or dead
// stays as it is; one that was dropped is due again.
func (tx *Tx) AddDuty(d *Duty) error {
	_, err := tx.exec(insertDuty, string(d.Owner), d.Effect, d.Kind, d.Subject, string(d.Other), d.Body, micros(d.DueAt))
	return err
}

// DropDuty drops a duty that is no longer called for, if it is still due.
func (tx *Tx) DropDuty(owner kith.MemberID, effect string) error {
	_, err := tx.exec(dropDuty, string(owner), effect)
	return err
}

// CloseDuty marks a duty as done; ok is false if it was no longer due, and then
// its effect must not be done either.
func (tx *Tx) CloseDuty(owner kith.MemberID, effect string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(closeDuty, string(owner), effect, micros(now))
	return n == 1, err
}

// Duty gives one duty.
func (tx *Tx) Duty(owner kith.MemberID, effect string) (d Duty, ok bool, err error) {
	return maybe(scanDuty, tx.row(readDuty, string(owner), effect))
}

// Duties gives what is due for a member, soonest first, after a time and an
// effect.
func (tx *Tx) Duties(owner kith.MemberID, after Cursor, limit int) ([]Duty, error) {
	return all(tx, dutiesOf, scanDuty, string(owner), micros(after.At), after.ID, limit)
}

func scanDuty(row scanner, d *Duty) error {
	return row.Scan(&d.Owner, &d.Effect, &d.Kind, &d.Subject, &d.Other, &d.Body, at(&d.DueAt), &d.State, &d.Attempts, &d.Failure,
		&d.Lease, at(&d.LeaseUntil), at(&d.DoneAt))
}
