package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

// Audited is one time that somebody who runs this Kith looked at something of
// the actor's.
type Audited struct {
	// At is when; of what was looked at for a case before the moderation desk,
	// the month it was in.
	At   time.Time
	By   string // "moderator" or "operator"
	What string
	Text string // all of it, as a sentence
}

// auditDelay is how long after a case has ended its subject is told what was
// looked at for it. A report about somebody who met one person that week would
// name who reported if it were told at once, or to the day: so it is told a
// quarter later, on the service's Monday, and by the month.
const auditDelay = 12 * week

// audit keeps that an actor looked at something of a member's. what completes
// the sentence "An operator looked at …"; it says why, too. It belongs into the
// transaction that reads.
func (a *App) audit(tx *store.Tx, who Actor, about kith.MemberID, what string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.AddAudit(&store.AuditRow{Owner: about, At: now, Actor: who.ID, Role: who.Role, What: what, ShownAt: now})
}

// auditCase is audit for what must stay unseen while a case is open.
func (a *App) auditCase(tx *store.Tx, who Actor, c *store.DeskCase, what string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.AddAudit(&store.AuditRow{Owner: c.About, At: now, Actor: who.ID, Role: who.Role, What: what, Case: c.ID})
}

// Audit gives a page of who looked at what of the actor's, newest first. What
// was looked at for a case comes later: see auditDelay.
func (a *App) Audit(ctx context.Context, who Actor, after Cursor, limit int) (out []Audited, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next = nil, Cursor{}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		rows, err := tx.Audit(who.ID, now, after, limit+1)
		if err != nil {
			return err
		}
		rows, more := Paged(rows, limit)
		for i := range rows {
			out = append(out, audited(&rows[i]))
			next = rows[i].Cursor()
		}
		next = ifMore(next, more)
		return nil
	})
	return out, next, err
}

func audited(r *store.AuditRow) Audited {
	out := Audited{At: r.At, By: "moderator", What: r.What}
	who, when := "A moderator", r.At.Format("on 2 January 2006")
	if r.Role == store.Operator {
		out.By, who = "operator", "An operator"
	}
	if r.Case != "" {
		out.At = time.Date(r.At.Year(), r.At.Month(), 1, 0, 0, 0, 0, time.UTC)
		when = r.At.Format("in January 2006")
	}
	out.Text = who + " looked at " + r.What + " " + when + "."
	return out
}
