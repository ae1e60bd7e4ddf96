package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Duty is something a member waits for, or that waits for them: a row that
// falls due, as its owner sees it.
type Duty struct {
	// Effect names it among the member's own.
	Effect string
	Kind   string // see dutyKinds
	// Subject is the id of what it is about, an invitation or an import.
	Subject string
	// Other is the other member, if there is one.
	Other kith.MemberID
	Name  string // of Other, or of the contact an invitation elsewhere is with
	// Words say what happens when it is due, in one or two sentences.
	Words string
	DueAt time.Time
	// Dismissible says that DismissDuty drops it.
	Dismissible bool
}

// Duties gives what the actor waits for, soonest first, after a place in the
// list: at most limit of them. next is where to go on, zero at the end. Letters
// and the service's own work are not in it, nor is what concerns somebody who
// no longer exists for the actor.
func (a *App) Duties(ctx context.Context, who Actor, after Cursor, limit int) (out []Duty, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	var told []string
	for kind := range dutyKinds {
		if dutyKinds[kind].words != "" {
			told = append(told, kind)
		}
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next = nil, Cursor{}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		found, err := tx.OwnDuties(who.ID, told, kindProposal, now, after, limit+1)
		if err != nil {
			return err
		}
		for i := range found {
			if i == limit {
				last := &found[i-1]
				next = Cursor{At: last.DueAt, ID: last.Effect}
				break
			}
			out = append(out, ownDuty(&found[i]))
		}
		return nil
	})
	return out, next, err
}

// ownDuty says a duty to its owner.
func ownDuty(d *store.OwnDuty) Duty {
	k := dutyKinds[d.Kind]
	f := Duty{Effect: d.Effect, Kind: d.Kind, Subject: d.Subject, Other: d.Other, Name: d.Name, Words: k.words, DueAt: d.DueAt, Dismissible: k.dismiss}
	if strings.Contains(k.words, "%s") {
		f.Words = fmt.Sprintf(k.words, f.Name)
	}
	return f
}

// errNoDuty answers whoever names a duty that is not there, not theirs, or
// not theirs to drop.
var errNoDuty = &kith.Error{Kind: kith.NotFound, Field: "id", Msg: "there is nothing of yours under this name that can be dismissed; reload the list"}

// DismissDuty drops one of the actor's own duties, if it may be.
func (a *App) DismissDuty(ctx context.Context, who Actor, effect string) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if kith.CleanLine(effect) != effect {
			return errNoDuty
		}
		d, ok, err := tx.Duty(who.ID, effect)
		if err != nil {
			return err
		}
		if !ok || d.State != store.Due || !dutyKinds[d.Kind].dismiss {
			return errNoDuty
		}
		return tx.DropDuty(who.ID, d.Effect)
	})
}

// DutyCount says how many duties of a kind there are.
type DutyCount = store.DutyCount

// DutyCounts counts the open duties of everybody by kind, for measuring.
func (a *App) DutyCounts(ctx context.Context) (counts []DutyCount, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		counts, err = tx.CountDuties()
		return err
	})
	return counts, err
}

// DeadDuty is a duty that failed too often. What it is about stays private.
type DeadDuty struct {
	Owner   kith.MemberID
	Effect  string
	Kind    string
	About   string
	DueAt   time.Time // when it was to be tried last
	Failure string
}

// DeadDuties gives the duties that failed for good, in order of owner and
// effect, after one of them: at most limit.
func (a *App) DeadDuties(ctx context.Context, who Actor, owner kith.MemberID, effect string, limit int) (out []DeadDuty, err error) {
	if err := who.may(ScopeOperate); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out = nil
		found, err := tx.DeadDuties(owner, effect, limit)
		for _, d := range found {
			out = append(out, DeadDuty{d.Owner, d.Effect, d.Kind, dutyKinds[d.Kind].about, d.DueAt, d.Failure})
		}
		return err
	})
	return out, err
}

// errNotDead answers an operator who names a duty that has not failed for good.
var errNotDead = &kith.Error{Kind: kith.NotFound, Field: "id", Msg: "no duty that failed has this name; reload the list"}

// ReviveDuty makes a duty that failed for good due again, with all its tries.
func (a *App) ReviveDuty(ctx context.Context, who Actor, owner kith.MemberID, effect string) error {
	return a.onDead(ctx, who, func(tx *store.Tx) (bool, error) { return tx.ReviveDuty(owner, effect) })
}

// DiscardDuty drops a duty that failed for good: it will not be done.
func (a *App) DiscardDuty(ctx context.Context, who Actor, owner kith.MemberID, effect string) error {
	return a.onDead(ctx, who, func(tx *store.Tx) (bool, error) { return tx.DiscardDuty(owner, effect) })
}

func (a *App) onDead(ctx context.Context, who Actor, do func(*store.Tx) (bool, error)) error {
	if err := who.may(ScopeOperate); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := do(tx)
		if err == nil && !ok {
			err = errNotDead
		}
		return err
	})
}
