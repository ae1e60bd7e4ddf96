package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

// errChosenAnew answers for taking back what was taken back already, or decided
// otherwise since.
var errChosenAnew = conflict("this was taken back or decided otherwise since, maybe in another window; look at how it stands now")

// Chosen is what a member chose about one invitation, as it can be taken back:
// its zero value is nothing.
type Chosen struct {
	Name    string
	Decided *Decided  // an answer
	Until   time.Time // put off until then
	AskedAt time.Time // asked, on the other site
}

// At tells one choice about an invitation from a later one about it: the time of
// an answer or a question, or that until which it is put off.
func (c *Chosen) At() time.Time {
	switch {
	case c.Decided != nil:
		return c.Decided.At
	case !c.Until.IsZero():
		return c.Until
	}
	return c.AskedAt
}

// Ends reports whether taking it back ends a connection.
func (c *Chosen) Ends() bool { return c.Decided != nil && c.Decided.Connects() }

// Chosen gives what the actor chose about an invitation in the last 7 days and
// has not taken back.
func (a *App) Chosen(ctx context.Context, who Actor, id kith.InvitationID) (c Chosen, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, err = chosen(tx, who.ID, id)
		return err
	})
	return c, err
}

func chosen(tx *store.Tx, owner kith.MemberID, id kith.InvitationID) (Chosen, error) {
	now, err := tx.Now()
	if err != nil {
		return Chosen{}, err
	}
	if d, ok, err := tx.DecidedOne(owner, now.Add(-UndoFor), id); ok || err != nil {
		return Chosen{Name: d.Name, Decided: &d}, err
	}
	if off, ok, err := tx.AsideOne(owner, now, id); ok || err != nil {
		return Chosen{Name: off.Name, Until: off.Until}, err
	}
	e, ok, err := tx.Elsewhere(owner, id)
	if err != nil || !ok || e.State() != ElsewhereAsked {
		return Chosen{}, err
	}
	c, _, err := tx.Contact(owner, e.Contact)
	return Chosen{Name: c.Name, AskedAt: e.AskedAt}, err
}

// UnsettleAt is Unsettle of exactly one choice, that of a time (see
// [Chosen.At]): what was decided otherwise since, in another window, stays as it
// is, and that is a Conflict. ended says that a connection was ended by it.
func (a *App) UnsettleAt(ctx context.Context, who Actor, id kith.InvitationID, at time.Time) (ended bool, err error) {
	err = a.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		c, err := chosen(tx, who.ID, id)
		if err != nil {
			return err
		}
		if at.IsZero() || !c.At().Equal(at) {
			return errChosenAnew
		}
		ended = c.Ends()
		return a.Unsettle(ctx, who, id)
	})
	return ended, err
}

// LookBack is what a member answered in the last 7 days.
type LookBack struct {
	// Count says how many invitations they answered in each way, Parted how many
	// of them otherwise than Kith said.
	Count  map[kith.Decision]int
	Parted int
	Page   []Decided // newest first
	Next   Cursor    // behind the page; zero at the end
}

// LookBack gives a page of what the actor answered in the last 7 days, and counts
// all of it.
func (a *App) LookBack(ctx context.Context, who Actor, after Cursor, limit int) (l LookBack, err error) {
	if err := who.may(ScopeRead); err != nil {
		return l, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		l = LookBack{Count: map[kith.Decision]int{}}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		since := now.Add(-UndoFor)
		if l.Page, err = tx.Decided(who.ID, since, after, limit+1); err != nil {
			return err
		}
		if len(l.Page) > limit {
			l.Page = l.Page[:limit]
			last := &l.Page[limit-1]
			l.Next = Cursor{At: last.At, ID: string(last.Invitation)}
		}
		return tx.CountDecided(who.ID, since, func(d *Decided, n int) {
			l.Count[d.As()] += n
			if d.Parted() {
				l.Parted += n
			}
		})
	})
	return l, err
}
