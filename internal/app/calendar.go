package app

import (
	"context"

	"kith"
	"kith/internal/store"
)

// Calendar is the address at which a member's calendar reads what wants them.
type Calendar = store.Calendar

// errNoCalendar answers for a calendar that is not there, or not any more.
var errNoCalendar = &kith.Error{Kind: kith.NotFound, Msg: "there is no such calendar"}

// Calendar gives the actor's calendar, never its address; ok is false if there
// is none.
func (a *App) Calendar(ctx context.Context, who Actor) (c Calendar, ok bool, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return c, false, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, ok, err = tx.Calendar(who.ID)
		return err
	})
	return c, ok, err
}

// MakeCalendar makes a new address for the actor's calendar: one there was ends.
// It is given here and never again. Whoever has it reads, without signing in,
// what wants the member and on which day: names as initials unless fullNames,
// and no word of anybody's.
func (a *App) MakeCalendar(ctx context.Context, who Actor, fullNames bool) (address string, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return "", err
	}
	secret := newSecret()
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		if err := endCalendar(tx, m.ID); err != nil {
			return err
		}
		c := Calendar{Owner: m.ID, ID: tx.NewID(), FullNames: fullNames}
		if c.MadeAt, err = tx.Now(); err != nil {
			return err
		}
		if err := tx.SetCalendar(&c, digest(secret)); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindCalendarMade, Notice: true})
	})
	return a.base() + "/calendar/" + secret + ".ics", err
}

// NameCalendar says whether names stand in the actor's calendar as they are, or
// as initials.
func (a *App) NameCalendar(ctx context.Context, who Actor, full bool) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := tx.NameCalendar(who.ID, full)
		if err == nil && !ok {
			err = errNoCalendar
		}
		return err
	})
}

// EndCalendar ends the address of the actor's calendar, for good: restoring an
// old backup does not bring it back. That there is none is no error.
func (a *App) EndCalendar(ctx context.Context, who Actor) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error { return endCalendar(tx, who.ID) })
}

func endCalendar(tx *store.Tx, m kith.MemberID) error {
	c, ok, err := tx.LockCalendar(m)
	if err != nil || !ok {
		return err
	}
	if err := tx.DropCalendar(m, c.ID); err != nil {
		return err
	}
	return tx.Keep(store.SafetyRevoke, c.ID, "")
}

// ReadCalendar gives what a calendar with this secret shows. A wrong one, one
// that ended, and one of an account that is not in use give the same error.
func (a *App) ReadCalendar(ctx context.Context, secret string) (c Calendar, out Agenda, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		found, ok, err := tx.CalendarAt(digest(secret))
		if err != nil {
			return err
		}
		if !ok {
			return errNoCalendar
		}
		c = found
		out, err = agenda(tx, c.Owner)
		return err
	})
	return c, out, err
}

// EntryID names an errand in a member's calendar, the same each time it is read:
// under it a calendar knows an entry again. Nothing can be told from it.
func EntryID(owner kith.MemberID, e *Errand, what string) string {
	return digest(string(owner) + " " + string(e.Invitation) + " " + what)[:32] + "@kith"
}
