package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
)

// The words of the inbox.
type (
	// Card is an open invitation as the inbox lists it.
	Card = store.Card
	// CardOrder is how the inbox is ordered.
	CardOrder = store.CardOrder
	// CardCursor is a place in the inbox.
	CardCursor = store.CardCursor
)

// The orders of the inbox.
const (
	Newest    = store.Newest
	ByVerdict = store.ByVerdict
)

// NotJudged is the decision of what is not decided yet.
const NotJudged = store.NotJudged

// From says where invitations wait.
type From uint8

// Where.
const (
	FromAnywhere From = iota
	FromHere
	FromElsewhere
)

// InboxQuery says which part of the inbox is wanted.
type InboxQuery struct {
	Order    CardOrder
	Decision string // accept, ask, decline, report or NotJudged; empty: any
	From     From
	After    CardCursor
	Limit    int
}

// Inbox gives a page of the actor's open invitations, received here and waiting
// elsewhere, each with the newest verdict kept; next is where the following
// page begins, zero if there is none. Invitations that are answered, expired,
// put off, or of members whom standing pauses are not in it.
func (a *App) Inbox(ctx context.Context, who Actor, q InboxQuery) (cards []Card, next CardCursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit := max(q.Limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		cards, err = tx.Cards(who.ID, &store.CardQuery{Order: q.Order, Decision: q.Decision, Here: q.From != FromElsewhere,
			Elsewhere: q.From != FromHere, After: q.After, Limit: limit + 1, Now: now})
		return err
	})
	if len(cards) > limit {
		cards = cards[:limit]
		last := &cards[limit-1]
		next.At, next.ID = last.SentAt, string(last.Invitation)
		if q.Order == ByVerdict {
			next.Rank = last.Rank
		}
	}
	return cards, next, err
}

// Card gives one of the actor's open invitations as the inbox lists it.
func (a *App) Card(ctx context.Context, who Actor, id kith.InvitationID) (c Card, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		var ok bool
		if c, ok, err = tx.Card(who.ID, id, now); err == nil && !ok {
			err = errNoInvitation
		}
		return err
	})
	return c, err
}

// InboxCounts are how many invitations are open, by decision; NotJudged counts
// what is not decided yet.
type InboxCounts struct {
	Left            int // all of them
	Here, Elsewhere map[string]int
}

// CountInbox counts the actor's open invitations by verdict.
func (a *App) CountInbox(ctx context.Context, who Actor) (c InboxCounts, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		c.Here, c.Elsewhere, err = tx.CountCards(who.ID, now)
		return err
	})
	for _, counts := range []map[string]int{c.Here, c.Elsewhere} {
		for _, n := range counts {
			c.Left += n
		}
	}
	return c, err
}

// maxPutOff is how long an invitation may be put off: it would expire unseen if
// it were longer.
const maxPutOff = 90 * kith.Day

// Snooze takes an open invitation received here out of the inbox until a time,
// at most 90 days ahead; the zero time brings it back. Its sender cannot tell.
func (a *App) Snooze(ctx context.Context, who Actor, id kith.InvitationID, until time.Time) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if !until.IsZero() && (!until.After(now) || until.After(now.Add(maxPutOff))) {
			return invalid("until", "choose a time within the next 90 days")
		}
		e, ok, err := tx.Entry(who.ID, id)
		if err != nil {
			return err
		}
		if !ok || e.Box != store.Received || !now.Before(e.ExpiresAt) {
			return errNoInvitation
		}
		return tx.Snooze(who.ID, id, until)
	})
}
