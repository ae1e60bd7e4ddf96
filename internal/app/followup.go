package app

import (
	"context"
	"fmt"
	"time"

	"kith"
	"kith/internal/store"
)

// FollowUp is something a member waits for, or that waits for them.
type FollowUp struct {
	// Effect names it among the member's own.
	Effect string
	Kind   string // see dutyKinds
	// Subject is the id of what it is about, an invitation or an import.
	Subject string
	// Other is the other member, if there is one.
	Other kith.MemberID
	Name  string // of Other
	// Words say what happens when it is due, in one or two sentences.
	Words string
	DueAt time.Time
	// Dismissible says that DismissFollowUp drops it.
	Dismissible bool
}

// FollowUps gives what the actor waits for, soonest first, after a place in the
// list: at most limit of them. next is where to go on, zero at the end. Letters
// and the service's own work are not in it, nor is what concerns somebody who
// no longer exists for the actor.
func (a *App) FollowUps(ctx context.Context, who Actor, after Cursor, limit int) (out []FollowUp, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next = nil, after
		for {
			found, err := tx.Duties(who.ID, next, limit)
			if err != nil {
				return err
			}
			for i := range found {
				if len(out) == limit {
					return nil
				}
				f, ok, err := a.followUp(tx, &found[i])
				if err != nil {
					return err
				}
				if ok {
					out = append(out, f)
				}
				next = Cursor{At: found[i].DueAt, ID: found[i].Effect}
			}
			if len(found) < limit {
				next = Cursor{}
				return nil
			}
		}
	})
	return out, next, err
}

// followUp says a duty to its owner; ok is false if it is none of theirs to
// follow.
func (a *App) followUp(tx *store.Tx, d *store.Duty) (f FollowUp, ok bool, err error) {
	k := dutyKinds[d.Kind]
	if k.words == "" {
		return f, false, nil
	}
	f = FollowUp{Effect: d.Effect, Kind: d.Kind, Subject: d.Subject, Other: d.Other, Words: k.words, DueAt: d.DueAt, Dismissible: k.dismiss}
	if d.Other == "" {
		return f, true, nil
	}
	now, err := tx.Now()
	if err != nil {
		return f, false, err
	}
	var s newsSight
	if f.Name, s, ok, err = a.sees(tx, d.Owner, d.Other, d.Subject, now); err != nil || !ok || s.heldBack {
		return f, false, err
	}
	if d.Kind == kindProposal && !s.Connected {
		return f, false, nil
	}
	f.Words = fmt.Sprintf(k.words, f.Name)
	return f, true, nil
}

// errNoFollowUp answers whoever names a duty that is not there, not theirs, or
// not theirs to drop.
var errNoFollowUp = &kith.Error{Kind: kith.NotFound, Field: "id", Msg: "there is nothing of yours under this name that can be dismissed; reload the list"}

// DismissFollowUp drops one of the actor's own follow-ups, if it may be.
func (a *App) DismissFollowUp(ctx context.Context, who Actor, effect string) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if kith.CleanLine(effect) != effect {
			return errNoFollowUp
		}
		d, ok, err := tx.Duty(who.ID, effect)
		if err != nil {
			return err
		}
		if !ok || d.State != store.Due || !dutyKinds[d.Kind].dismiss {
			return errNoFollowUp
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
