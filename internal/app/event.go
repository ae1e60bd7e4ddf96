package app

import (
	"context"

	"kith/internal/store"
)

// Event is one thing that happened to a member.
type Event = store.Event

// Events gives what happened to the actor after event number after, oldest
// first. What leads to a member who is not there for them, or to an invitation
// that standing holds back, is left out.
func (a *App) Events(ctx context.Context, who Actor, after int64, limit int) (events []Event, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		events, err = tx.Events(who.ID, after, limit)
		return err
	})
	return events, err
}

// MaxUnread is the highest number of unseen notices counted: a bigger one says
// no more than that there are many.
const MaxUnread = 100

// Notices are a page of a member's news, newest first.
type Notices struct {
	Events []Event
	// Seen is the number of the newest event marked seen, Unread how many notices
	// are newer, at most MaxUnread.
	Seen   int64
	Unread int
	// Names are of whom the events tell, here or elsewhere, by their numbers.
	Names map[int64]string
}

// Notices gives the actor's news before event number before (0: from the
// newest), newest first, at most limit. Of what happened they are what Events
// marks as notices.
func (a *App) Notices(ctx context.Context, who Actor, before int64, limit int) (n Notices, err error) {
	if err := who.may(ScopeRead); err != nil {
		return n, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		if _, n.Seen, err = tx.Feed(who.ID); err != nil {
			return err
		}
		if n.Unread, err = tx.CountNotices(who.ID, n.Seen, MaxUnread); err != nil {
			return err
		}
		if n.Events, err = tx.Notices(who.ID, before, limit); err != nil || len(n.Events) == 0 {
			return err
		}
		n.Names, err = tx.NewsNames(who.ID, n.Events[len(n.Events)-1].N, n.Events[0].N)
		return err
	})
	return n, err
}

// MarkSeen says that the actor has seen their news up to event number upTo: no
// letter tells them. What was marked before stays so.
func (a *App) MarkSeen(ctx context.Context, who Actor, upTo int64) error {
	if err := who.may(ScopeProfile); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error { return tx.MarkSeen(who.ID, upTo) })
}
