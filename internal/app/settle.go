package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// The answers a recipient may have given, and the ways of accept and see, for
// those who show them.
const (
	NoAnswer = pair.NoAnswer
	Ignored  = pair.Ignored
	Declined = pair.Declined
	NotKnown = pair.NotKnown
	Accused  = pair.Reported
	Accepted = pair.Accepted

	NoSee      = pair.NoSee
	SeePropose = pair.SeePropose
	SeeRemove  = pair.SeeRemove

	NoTie          = pair.NoTie
	ThroughNetwork = pair.ThroughNetwork
	TieMet         = pair.Met
	TieClose       = pair.Close

	Running   = pair.Running
	Fulfilled = pair.Fulfilled
	Withdrawn = pair.Withdrawn
	Expired   = pair.Expired
	Cancelled = pair.Cancelled
)

// Choice is what a member makes of an open invitation, wherever it waits.
type Choice string

// The choices.
const (
	ChooseAccept  Choice = "accept"
	ChooseDecline Choice = "decline"
	ChooseLater   Choice = "later"
)

// putOff is how long "later" is.
const putOff = 7 * kith.Day

// LaterUntil says when an invitation that is put off now comes back: in the
// morning, a week on, in the time zone of now.
func LaterUntil(now time.Time) time.Time {
	year, month, day := now.Date()
	return time.Date(year, month, day+int(putOff/kith.Day), 8, 0, 0, 0, now.Location())
}

// Now gives the time by which everything here goes.
func (a *App) Now(ctx context.Context) (now time.Time, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err = tx.Now()
		return err
	})
	return now, err
}

// Settle does what the actor chose to do about an open invitation. Received
// here it is accepted (to see, where the verdict says so), turned down or put
// off; for one elsewhere it is noted that the actor did it there.
func (a *App) Settle(ctx context.Context, who Actor, id kith.InvitationID, c Choice) error {
	card, err := a.Card(ctx, who, id)
	if err != nil {
		return err
	}
	now, err := a.Now(ctx)
	if err != nil {
		return err
	}
	if card.Elsewhere() {
		return a.settleElsewhere(ctx, who, id, c, now)
	}
	switch c {
	case ChooseAccept:
		return a.Greet(ctx, who, id, "")
	case ChooseDecline:
		_, err = a.Decline(ctx, who, id)
		return err
	case ChooseLater:
		return a.Snooze(ctx, who, id, LaterUntil(who.there(now)))
	}
	return errNoChoice
}

var errNoChoice = invalid("choice", "choose accept, decline or later")

func (a *App) settleElsewhere(ctx context.Context, who Actor, id kith.InvitationID, c Choice, now time.Time) error {
	switch c {
	case ChooseAccept:
		return a.DoneElsewhere(ctx, who, id, DidAccept)
	case ChooseDecline:
		return a.DoneElsewhere(ctx, who, id, DidDecline)
	case ChooseLater:
		return a.SnoozeElsewhere(ctx, who, id, LaterUntil(who.there(now)))
	}
	return errNoChoice
}

// seeing says whether accepting an invitation is accept and see, by its newest
// verdict, and whether the member wants silent ones removed without being asked.
func (a *App) seeing(ctx context.Context, who Actor, id kith.InvitationID) (See, error) {
	j, err := a.Verdict(ctx, who, id)
	if err != nil || !toSee(&j.Verdict) {
		return NoSee, err
	}
	s, err := a.Settings(ctx, who)
	if s.RemoveSilent {
		return SeeRemove, err
	}
	return SeePropose, err
}

// Unsettle takes back what the actor chose, within its 7 days: an answer here, a
// deed elsewhere, or putting off. An acceptance cannot be unseen: taking it back
// is a silent removal.
func (a *App) Unsettle(ctx context.Context, who Actor, id kith.InvitationID) error {
	var here, there bool
	err := a.read(ctx, func(tx *store.Tx) error {
		e, ok, err := tx.Entry(who.ID, id)
		if err != nil {
			return err
		}
		here = ok && e.Box == Received && e.Answer == NoAnswer
		_, there, err = tx.Elsewhere(who.ID, id)
		return err
	})
	switch {
	case err != nil:
		return err
	case here:
		return a.Snooze(ctx, who, id, time.Time{})
	case there:
		if err := a.SnoozeElsewhere(ctx, who, id, time.Time{}); err != nil {
			return err
		}
		return a.ReopenElsewhere(ctx, who, id)
	}
	_, err = a.Reopen(ctx, who, id)
	return err
}
