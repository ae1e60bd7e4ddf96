package store

import (
	"time"

	"kith"
)

// Ticket is a secret that was sent to an address: whoever shows it has read the
// mail. It is good for one thing, once.
type Ticket struct {
	Owner     kith.MemberID
	Purpose   Purpose
	Hash      string // of the secret, which is kept nowhere
	Address   string // it was sent to
	ExpiresAt time.Time
}

// Purpose says what a ticket is good for.
type Purpose string

// The purposes. A member has one ticket of each at most.
const (
	ToVerify Purpose = "verify" // the address an account was opened with
	ToReset  Purpose = "reset"  // the password
	ToMove   Purpose = "email"  // the account to a new address
)

const (
	ticketColumns         = "owner, purpose, hash, address, expires_at"
	setTicket     sqlText = `INSERT INTO ticket (owner, purpose, hash, address, expires_at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (owner, purpose) DO UPDATE SET hash = excluded.hash, address = excluded.address, expires_at = excluded.expires_at`
	readTicket  sqlText = "SELECT " + ticketColumns + " FROM ticket WHERE hash = $1 AND expires_at > $2"
	takeTicket  sqlText = "DELETE FROM ticket WHERE hash = $1 AND expires_at > $2 RETURNING " + ticketColumns
	dropTickets sqlText = "DELETE FROM ticket WHERE owner = $1"

	// An address that asked on an earlier day begins anew.
	countAsked sqlText = `INSERT INTO asked (who, day, n) VALUES ($1, $2, 1)
	ON CONFLICT (who) DO UPDATE SET n = CASE WHEN asked.day = excluded.day THEN asked.n + 1 ELSE 1 END, day = excluded.day
	RETURNING n`
	forgetAsked sqlText = "DELETE FROM asked WHERE day < $1"
)

// SetTicket keeps a ticket in place of an older one for the same purpose.
func (tx *Tx) SetTicket(t *Ticket) error {
	_, err := tx.exec(setTicket, string(t.Owner), string(t.Purpose), t.Hash, t.Address, micros(t.ExpiresAt))
	return err
}

// Ticket finds the ticket with a secret of this hash, if its time is not over.
func (tx *Tx) Ticket(hash string) (t Ticket, ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return t, false, err
	}
	return maybe(scanTicket, tx.row(readTicket, hash, micros(now)))
}

// TakeTicket is Ticket, and the ticket is used up. Of several at once one gets
// it.
func (tx *Tx) TakeTicket(hash string) (t Ticket, ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return t, false, err
	}
	return maybe(scanTicket, tx.row(takeTicket, hash, micros(now)))
}

// Asked counts that mail to an address was asked for, whether or not it is
// anybody's, and says how often it was on this day, this time included. Only a
// keyed hash of the address is kept, and only for the day.
func (tx *Tx) Asked(address string) (n int, err error) {
	now, err := tx.Now()
	if err != nil {
		return 0, err
	}
	who, err := tx.Hide(address)
	if err != nil {
		return 0, err
	}
	day := micros(now.Truncate(kith.Day))
	if err := tx.row(countAsked, who, day).Scan(&n); err != nil {
		return 0, err
	}
	_, err = tx.exec(forgetAsked, day)
	return n, err
}

func scanTicket(row scanner, t *Ticket) error {
	return row.Scan(&t.Owner, &t.Purpose, &t.Hash, &t.Address, at(&t.ExpiresAt))
}
