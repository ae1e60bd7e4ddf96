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
	Body    string // JSON, by kind; may be empty; gone once the duty is done
	// Long is set for what takes long or reaches beyond the database; it is
	// claimed apart from the rest and delays none of it.
	Long  bool
	DueAt time.Time
	State DutyState
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
	dutyColumns = "owner, effect, kind, subject, other, body, long, due_at, state, attempts, failure, lease, lease_until, done_at"

	insertDuty sqlText = `INSERT INTO duty (` + dutyColumns + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, '', '', 0, 0)
	ON CONFLICT (owner, effect) DO UPDATE SET due_at = excluded.due_at, body = excluded.body, state = 0, attempts = 0, failure = '', lease = '', lease_until = 0
	WHERE duty.state = 2`
	dropDuty    sqlText = "UPDATE duty SET state = 2, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0"
	dropWaiting sqlText = "UPDATE duty SET state = 2 WHERE owner = $1 AND kind = $2 AND subject = $3 AND state = 0 AND lease = ''"
	readDuty    sqlText = "SELECT " + dutyColumns + " FROM duty WHERE owner = $1 AND effect = $2"
	dutiesOf    sqlText = "SELECT " + dutyColumns + ` FROM duty WHERE owner = $1 AND state = 0 AND (due_at > $2 OR due_at = $2 AND effect > $3)
	ORDER BY due_at, effect LIMIT $4 + 0`
	// Of those about another, only what is about somebody who is there, and not
	// about an invitation that standing holds back; nor about somebody accepted
	// elsewhere who wrote since.
	ownDuties sqlText = `SELECT d.*, COALESCE(o.name, c.name, ''), COALESCE(c.id, ''), COALESCE(c.slug, '') FROM (SELECT ` + dutyColumns + ` FROM duty
	WHERE owner = $1 AND state = 0 AND (due_at > $3 OR due_at = $3 AND effect > $4) AND kind IN (SELECT shown.value FROM /*each*/($5) AS shown)
	AND (other = '' OR EXISTS (SELECT 1 FROM member o WHERE o.id = other` + there + `))
	AND (kind <> $6 OR other = '' OR EXISTS (SELECT 1 FROM link l WHERE l.owner = $1 AND l.other = duty.other))
	AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.owner = $1 AND i.invitation = subject AND i.box = 0 AND i.expires_at > $2 AND NOT ` + notPaused + `)
	) AS d LEFT JOIN member o ON o.id = d.other LEFT JOIN elsewhere e ON e.owner = $1 AND e.id = d.subject
	LEFT JOIN contact c ON c.owner = $1 AND c.id = e.contact WHERE e.did IS NULL OR e.did <> 1 OR c.heard_at <= e.did_at
	ORDER BY d.due_at, d.effect LIMIT $7 + 0`
)

// OwnDuty is a duty as its owner follows it.
type OwnDuty struct {
	Duty
	Name string // of Other or Contact
	// Contact is who an invitation elsewhere is with, Slug their profile there.
	Contact kith.ContactID
	Slug    string
}

// AddDuty keeps a duty. One with the same effect that is waiting, done or dead
// stays as it is; one that was dropped is due again.
func (tx *Tx) AddDuty(d *Duty) error {
	_, err := tx.exec(insertDuty, string(d.Owner), d.Effect, d.Kind, d.Subject, string(d.Other), d.Body, bit(d.Long), micros(d.DueAt))
	if tx.soonest.IsZero() || d.DueAt.Before(tx.soonest) {
		tx.soonest = d.DueAt
	}
	return err
}

// Urgent reports whether the transaction left a duty that is due at once.
func (tx *Tx) Urgent() bool { return !tx.soonest.IsZero() && !tx.soonest.After(tx.now) }

// DropDuty drops a duty that is no longer called for, if it is still due.
func (tx *Tx) DropDuty(owner kith.MemberID, effect string) error {
	_, err := tx.exec(dropDuty, string(owner), effect)
	return err
}

// DropWaiting drops the duties of a kind about a subject that are due and held
// by nobody.
func (tx *Tx) DropWaiting(owner kith.MemberID, kind, subject string) error {
	_, err := tx.exec(dropWaiting, string(owner), kind, subject)
	return err
}

// Duty gives one duty.
func (tx *Tx) Duty(owner kith.MemberID, effect string) (d Duty, ok bool, err error) {
	return maybe(scanDuty, tx.row(readDuty, string(owner), effect))
}

// OwnDuties gives what a member follows, soonest first, after a time and an
// effect: duties of some kinds, those of the kind ties only while the two are
// connected. What concerns a member who is not there is not in it.
func (tx *Tx) OwnDuties(owner kith.MemberID, kinds []string, ties string, now time.Time, after Cursor, limit int) ([]OwnDuty, error) {
	shown, err := toJSON(kinds)
	if err != nil {
		return nil, err
	}
	return all(tx, ownDuties, func(row scanner, d *OwnDuty) error {
		return row.Scan(append(d.columns(), &d.Name, &d.Contact, &d.Slug)...)
	},
		string(owner), micros(now), micros(after.At), after.ID, shown, ties, limit)
}

// Duties gives all that is due for a member, soonest first, after a time and an
// effect, for comparing.
func (tx *Tx) Duties(owner kith.MemberID, after Cursor, limit int) ([]Duty, error) {
	return all(tx, dutiesOf, scanDuty, string(owner), micros(after.At), after.ID, limit)
}

func scanDuty(row scanner, d *Duty) error { return row.Scan(d.columns()...) }

func (d *Duty) columns() []any {
	return []any{&d.Owner, &d.Effect, &d.Kind, &d.Subject, &d.Other, &d.Body, &d.Long, at(&d.DueAt), &d.State, &d.Attempts, &d.Failure,
		&d.Lease, at(&d.LeaseUntil), at(&d.DoneAt)}
}

// What follows is for whoever does duties. A lease is a word of the claimer's
// that no other claim has; every statement about a leased duty names it, so
// that a lease that has passed to somebody else changes nothing.
const (
	dueDuties sqlText = "SELECT " + dutyColumns + ` FROM duty WHERE state = 0 AND long = $2 AND ($3 = '' OR kind = $3) AND kind <> $4 AND due_at <= $1 AND lease_until <= $1
	ORDER BY due_at, owner, effect LIMIT $5 + 0`
	takeDue    sqlText = dueDuties + " /*skip locked*/"
	leaseDuty  sqlText = "UPDATE duty SET lease = $3, lease_until = $4, attempts = attempts + 1 WHERE owner = $1 AND effect = $2 AND state = 0"
	holdDuty   sqlText = "UPDATE duty SET lease_until = $4 WHERE owner = $1 AND effect = $2 AND state = 0 AND lease = $3"
	finishDuty sqlText = `UPDATE duty SET state = 1, done_at = $3, lease = '', lease_until = 0, body = ''
	WHERE owner = $1 AND effect = $2 AND state = 0 AND lease = $4 AND due_at <= $3`
	retryDuty   sqlText = "UPDATE duty SET due_at = $4, failure = $5, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0 AND lease = $3"
	releaseDuty sqlText = "UPDATE duty SET attempts = attempts - 1, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0 AND lease = $3"
	buryDuty    sqlText = "UPDATE duty SET state = 3, failure = $4, lease = '', lease_until = 0 WHERE owner = $1 AND effect = $2 AND state = 0 AND lease = $3"
)

// DutySort says which duties a claim is for: long ones or others, and of these
// only those of a kind, or all but those of a kind; "" leaves none out.
type DutySort struct {
	Long      bool
	Only, But string
}

// AnyDue reports whether a claim would find something, without locking.
func (tx *Tx) AnyDue(sort DutySort) (bool, error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	found, err := all(tx, dueDuties, scanDuty, micros(now), bit(sort.Long), sort.Only, sort.But, 1)
	return len(found) > 0, err
}

// ClaimDuties leases up to limit duties of a sort that are due and held by
// nobody, longest due first, for a time from now on, and counts the attempt.
// What somebody else is claiming at this moment is left out.
func (tx *Tx) ClaimDuties(sort DutySort, lease string, lasts time.Duration, limit int) ([]Duty, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	found, err := all(tx, takeDue, scanDuty, micros(now), bit(sort.Long), sort.Only, sort.But, limit)
	if err != nil {
		return nil, err
	}
	for i := range found {
		d := &found[i]
		d.Lease, d.LeaseUntil, d.Attempts = lease, now.Add(lasts), d.Attempts+1
		if _, err := tx.exec(leaseDuty, string(d.Owner), d.Effect, d.Lease, micros(d.LeaseUntil)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// HoldDuty makes a lease last longer, from now on; ok is false if the lease is
// lost.
func (tx *Tx) HoldDuty(d *Duty, lasts time.Duration) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(holdDuty, string(d.Owner), d.Effect, d.Lease, micros(now.Add(lasts)))
	return n == 1, err
}

// FinishDuty marks a leased duty as done and forgets its body; ok is false if
// the lease is lost or its time was moved, and then its effect must not be done
// either.
func (tx *Tx) FinishDuty(d *Duty) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(finishDuty, string(d.Owner), d.Effect, micros(now), d.Lease)
	return n == 1, err
}

// RetryDuty gives a leased duty back that failed, to be tried again at a time.
// failure is one line without personal data.
func (tx *Tx) RetryDuty(d *Duty, again time.Time, failure string) error {
	_, err := tx.exec(retryDuty, string(d.Owner), d.Effect, d.Lease, micros(again), failure)
	return err
}

// ReleaseDuty gives a leased duty back as if it had not been claimed.
func (tx *Tx) ReleaseDuty(d *Duty) error {
	_, err := tx.exec(releaseDuty, string(d.Owner), d.Effect, d.Lease)
	return err
}

// BuryDuty gives a leased duty up: it is Dead until an operator decides.
func (tx *Tx) BuryDuty(d *Duty, failure string) error {
	_, err := tx.exec(buryDuty, string(d.Owner), d.Effect, d.Lease, failure)
	return err
}

const (
	deadDuties sqlText = "SELECT " + dutyColumns + ` FROM duty WHERE state = 3 AND (owner > $1 OR owner = $1 AND effect > $2)
	ORDER BY owner, effect LIMIT $3 + 0`
	reviveDuty   sqlText = "UPDATE duty SET state = 0, attempts = 0, due_at = $3 WHERE owner = $1 AND effect = $2 AND state = 3"
	discardDuty  sqlText = "UPDATE duty SET state = 2, body = '' WHERE owner = $1 AND effect = $2 AND state = 3"
	countDue     sqlText = "SELECT kind, COUNT(*), SUM(CASE WHEN due_at <= $1 THEN 1 ELSE 0 END), MIN(due_at) FROM duty WHERE state = 0 GROUP BY kind ORDER BY kind"
	countDead    sqlText = "SELECT kind, COUNT(*) FROM duty WHERE state = 3 GROUP BY kind ORDER BY kind"
	forgetDuties sqlText = "DELETE FROM duty WHERE state IN (1, 2) AND due_at < $1 AND done_at < $1"
)

// DeadDuties gives the duties that failed for good, in order of owner and
// effect, after one of them.
func (tx *Tx) DeadDuties(owner kith.MemberID, effect string, limit int) ([]Duty, error) {
	return all(tx, deadDuties, scanDuty, string(owner), effect, limit)
}

// ReviveDuty makes a dead duty due now; ok is false if there is none.
func (tx *Tx) ReviveDuty(owner kith.MemberID, effect string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	n, err := tx.exec(reviveDuty, string(owner), effect, micros(now))
	return n == 1, err
}

// DiscardDuty drops a dead duty; ok is false if there is none.
func (tx *Tx) DiscardDuty(owner kith.MemberID, effect string) (ok bool, err error) {
	n, err := tx.exec(discardDuty, string(owner), effect)
	return n == 1, err
}

// DutyCount says how many duties of a kind there are.
type DutyCount struct {
	Kind string
	// Waiting counts those whose time has not come, Overdue those whose has,
	// the longest since Oldest.
	Waiting, Overdue int
	Oldest           time.Time
	Dead             int
}

// CountDuties counts the open duties by kind.
func (tx *Tx) CountDuties() ([]DutyCount, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	counts, err := all(tx, countDue, func(row scanner, c *DutyCount) error {
		if err := row.Scan(&c.Kind, &c.Waiting, &c.Overdue, at(&c.Oldest)); err != nil {
			return err
		}
		c.Waiting -= c.Overdue
		if c.Overdue == 0 {
			c.Oldest = time.Time{}
		}
		return nil
	}, micros(now))
	if err != nil {
		return nil, err
	}
	err = tx.each(countDead, func(row scanner) error {
		var dead DutyCount
		if err := row.Scan(&dead.Kind, &dead.Dead); err != nil {
			return err
		}
		for i := range counts {
			if counts[i].Kind == dead.Kind {
				counts[i].Dead = dead.Dead
				return nil
			}
		}
		counts = append(counts, dead)
		return nil
	})
	return counts, err
}

// ForgetDuties forgets duties that were done or dropped and due before a time.
func (tx *Tx) ForgetDuties(before time.Time) error {
	_, err := tx.exec(forgetDuties, micros(before))
	return err
}
