package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Connection is a connection as one of its two members sees it.
type Connection struct {
	Other Named
	Since time.Time
	// Tie and Memo are the member's own: how well they know the other, and what
	// they wrote down about them.
	Tie  Tie
	Memo string
	// See and ReviewAt are set while the member's accept and see waits.
	See      See
	ReviewAt time.Time
	// Met is the invitation they met by, Opening the first message after it.
	Met     Invitation
	Opening Message
}

// errNoConnection answers for a connection that is not there, for whatever
// reason.
var errNoConnection = &kith.Error{Kind: kith.NotFound, Msg: "there is no such connection; reload the list"}

// Connections gives a page of the actor's connections, the newest first.
func (a *App) Connections(ctx context.Context, who Actor, after Cursor, limit int) (out []Connection, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next = nil, Cursor{}
		tied, err := tx.Connections(who.ID, after, limit+1)
		if err != nil {
			return err
		}
		tied, more := Paged(tied, limit)
		for i := range tied {
			c, err := showConnection(tx, &tied[i])
			if err != nil {
				return err
			}
			out = append(out, c)
			next = Cursor{At: c.Since, ID: string(c.Other.ID)}
		}
		next = ifMore(next, more)
		return nil
	})
	return out, next, err
}

// Connection gives the actor's connection to another member.
func (a *App) Connection(ctx context.Context, who Actor, other kith.MemberID) (c Connection, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, err = connection(tx, who.ID, other)
		return err
	})
	return c, err
}

// RemoveConnection ends a connection. The other is not told.
func (a *App) RemoveConnection(ctx context.Context, who Actor, other kith.MemberID) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		_, err := a.act(tx, deed{verb: pair.Remove, by: who.ID, other: other})
		return err
	})
}

// SetTie says how well the actor knows a connection. Only they see it.
func (a *App) SetTie(ctx context.Context, who Actor, other kith.MemberID, tie Tie) (c Connection, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return c, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, err := a.act(tx, deed{verb: pair.SetTie, by: who.ID, other: other, tie: tie}); err != nil {
			return err
		}
		c, err = connection(tx, who.ID, other)
		return err
	})
	return c, err
}

// SetMemo keeps what the actor wants to remember about a connection, at most
// 1,000 letters; empty forgets it. Only they see it.
func (a *App) SetMemo(ctx context.Context, who Actor, other kith.MemberID, text string) (c Connection, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return c, err
	}
	if text, err = linkNoteLimit.read("memo", text); err != nil {
		return c, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, err := connection(tx, who.ID, other); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := tx.SetLinkNote(who.ID, other, text, now); err != nil {
			return err
		}
		c, err = connection(tx, who.ID, other)
		return err
	})
	return c, err
}

// connection gives a member's connection to another, or errNoConnection.
func connection(tx *store.Tx, who, other kith.MemberID) (Connection, error) {
	if !isID(other) {
		return Connection{}, errNoConnection
	}
	t, ok, err := tx.Connection(who, other)
	if err != nil {
		return Connection{}, err
	}
	if !ok {
		return Connection{}, errNoConnection
	}
	return showConnection(tx, &t)
}

func showConnection(tx *store.Tx, t *store.Tied) (c Connection, err error) {
	c = Connection{Since: t.Since, Tie: t.Tie, Memo: t.Memo, See: t.See, ReviewAt: t.ReviewAt, Opening: message(&t.Opening)}
	c.Met, err = show(tx, t.Owner, &t.Met)
	c.Other = c.Met.Other
	return c, err
}
