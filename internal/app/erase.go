package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

const (
	// EraseAfter is how long after a member asked for it their account is
	// erased: whoever found a browser open is found out first.
	EraseAfter = 7 * kith.Day
	// sweepFor is how long it is looked after that nothing of an erased account
	// comes back: longer than any request, import or letter under way lasts.
	sweepFor = kith.Day

	dutyErase          = "erase"
	kindErasureAsked   = "erasure-asked" // by mail too
	kindErasureStopped = "erasure-stopped"
)

var errNoErasure = conflict("your account is not about to be erased; there is nothing to stop")

// AskErasure leaves the duty to erase the actor's account in 7 days, and says
// when that is. Until then everything stays as it is and StopErasure calls it
// off; asking again changes nothing. It needs the password unless the actor has
// just signed in.
func (a *App) AskErasure(ctx context.Context, who Actor, password string) (due time.Time, err error) {
	if err := a.fresh(ctx, who, password); err != nil {
		return due, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		d, ok, err := tx.Duty(who.ID, dutyErase)
		if err != nil {
			return err
		}
		if ok && d.State == store.Due {
			due = d.DueAt
			return nil
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		due = now.Add(EraseAfter)
		if err := tx.AddDuty(&store.Duty{Owner: who.ID, Effect: dutyErase, Kind: dutyErase, DueAt: due}); err != nil {
			return err
		}
		return a.notify(tx, who.ID, kindErasureAsked, map[string]string{"due": due.Format("2 January 2006")})
	})
	return due, err
}

// Erasure says when the actor's account will be erased; zero: it will not.
func (a *App) Erasure(ctx context.Context, who Actor) (due time.Time, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return due, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		d, ok, err := tx.Duty(who.ID, dutyErase)
		if ok && d.State == store.Due {
			due = d.DueAt
		}
		return err
	})
	return due, err
}

// StopErasure calls an erasure off.
func (a *App) StopErasure(ctx context.Context, who Actor) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		d, ok, err := tx.Duty(who.ID, dutyErase)
		if err != nil {
			return err
		}
		if !ok || d.State != store.Due {
			return errNoErasure
		}
		if err := tx.DropDuty(who.ID, dutyErase); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: who.ID, Kind: kindErasureStopped, Notice: true})
	})
}

// EraseNow erases an account at once: on the console only.
func (a *App) EraseNow(ctx context.Context, who Actor, id kith.MemberID) error {
	if !who.console() {
		return errConsole
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.Member(id)
		if err != nil {
			return err
		}
		if !ok || m.State == store.Erased {
			return errNoMember
		}
		return a.eraseMember(tx, id)
	})
}

// eraseDuty erases an account whose owner asked for it 7 days ago.
func (a *App) eraseDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	return a.eraseMember(tx, d.Owner)
}

// eraseMember erases an account: it leaves everybody it had to do with, and then
// nothing of it stays but the id, here and in whatever backup is restored later.
// What other members imported about the person from their own address books and
// archives is theirs and stays.
func (a *App) eraseMember(tx *store.Tx, id kith.MemberID) error {
	m, ok, err := tx.LockMember(id)
	if err != nil || !ok || m.State == store.Erased {
		return err
	}
	if err := a.withAll(tx, id, pair.Leave); err != nil {
		return err
	}
	if err := tx.Keep(store.SafetyErase, string(id), ""); err != nil {
		return err
	}
	return tx.Erase(id)
}

// unstage removes the files that members now erased gave to be imported. What
// cannot be removed now is removed with the next sweep.
func (a *App) unstage(ctx context.Context, erased []kith.MemberID) {
	if len(erased) == 0 || a.conf.Staging == "" {
		return
	}
	entries, err := os.ReadDir(a.conf.Staging)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	errs := []error{err}
	for _, entry := range entries {
		owner, _, _ := strings.Cut(entry.Name(), ".")
		if slices.Contains(erased, kith.MemberID(owner)) {
			errs = append(errs, os.RemoveAll(filepath.Join(a.conf.Staging, entry.Name())))
		}
	}
	if err := errors.Join(errs...); err != nil {
		a.log.LogAttrs(ctx, slog.LevelError, "files of an erased account are still there", slog.Any("error", err))
	}
}

// sweepErased is the chore that looks after erased accounts, each in a
// transaction of its own: others get to write in between.
func (a *App) sweepErased(ctx context.Context) error {
	var erased []kith.MemberID
	err := a.read(ctx, func(tx *store.Tx) (err error) {
		erased, err = tx.Erased()
		return err
	})
	for _, m := range erased {
		one := inOne(func(tx *store.Tx, now time.Time) error { return tx.SweepErased(m, now.Add(-sweepFor)) })
		err = errors.Join(err, one(a, ctx))
	}
	if len(erased) > 0 {
		err = errors.Join(err, a.db.Vacuum(ctx))
	}
	return err
}
