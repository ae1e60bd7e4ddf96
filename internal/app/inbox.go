package app

import (
	"context"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Invitation gives one invitation, received or sent, as the actor may see it.
// While standing holds its sender back, a received one is not there, as in the
// list.
func (a *App) Invitation(ctx context.Context, who Actor, id kith.InvitationID) (out Invitation, err error) {
	if err := who.may(ScopeRead); err != nil {
		return out, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		if out, err = showInvitation(tx, who.ID, id); err != nil || out.Box == Sent || out.Connected {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		held, err := a.restricted(tx, out.Other.ID, now)
		if err == nil && held {
			out, err = Invitation{}, errNoInvitation
		}
		return err
	})
	return out, err
}

// Invitations gives a page of one of the actor's boxes, newest first. Received
// are the open ones, answered or not, of senders whom standing lets through;
// sent is the newest to each member, whatever became of it. next is where the
// following page begins, zero if there is none.
func (a *App) Invitations(ctx context.Context, who Actor, box Box, after Cursor, limit int) (out []Invitation, next Cursor, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		out, next, err = page(tx, who.ID, box, after, limit)
		return err
	})
	return out, next, err
}

func page(tx *store.Tx, who kith.MemberID, box Box, after Cursor, limit int) (out []Invitation, next Cursor, err error) {
	now, err := tx.Now()
	if err != nil {
		return nil, next, err
	}
	list, err := tx.Box(who, box, now, after, limit+1)
	if err != nil {
		return nil, next, err
	}
	for i := range list {
		if i == limit {
			last := &out[i-1]
			return out, Cursor{At: last.SentAt, ID: string(last.ID)}, nil
		}
		inv, err := show(tx, who, &list[i])
		if err != nil {
			return nil, next, err
		}
		out = append(out, inv)
	}
	return out, next, nil
}

// InvitationCounts are how many invitations a member has to do with.
type InvitationCounts = store.InvitationCounts

// CountInvitations counts the actor's invitations.
func (a *App) CountInvitations(ctx context.Context, who Actor) (c InvitationCounts, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		c, err = tx.CountInvitations(who.ID, now)
		return err
	})
	return c, err
}

// across gives the other member of an invitation.
func across(w *store.Invitation, who kith.MemberID) kith.MemberID {
	if w.Sender == who {
		return w.Recipient
	}
	return w.Sender
}

// showInvitation gives an invitation as one of its two members may see it, or
// errNoInvitation.
func showInvitation(tx *store.Tx, who kith.MemberID, id kith.InvitationID) (Invitation, error) {
	t, err := toldTo(tx, who, id)
	if err != nil {
		return Invitation{}, err
	}
	return show(tx, who, &t)
}

// toldTo gives an invitation one sent or received, whether or not they may see it.
func toldTo(tx *store.Tx, who kith.MemberID, id kith.InvitationID) (store.Told, error) {
	if !isID(id) {
		return store.Told{}, errNoInvitation
	}
	t, ok, err := tx.Told(who, id)
	if err == nil && !ok {
		err = errNoInvitation
	}
	return t, err
}

// show makes of what is told of an invitation what one of its two may see.
func show(tx *store.Tx, who kith.MemberID, t *store.Told) (Invitation, error) {
	now, err := tx.Now()
	if err != nil {
		return Invitation{}, err
	}
	v := pair.View(t.Pair.State, t.Pair.Party(who), now)
	out, ok := visible(&t.Pair, &v, &t.Invitation, who)
	if !ok {
		return Invitation{}, errNoInvitation
	}
	return withWords(who, t, out), nil
}

// visible picks one invitation out of what a member may see of a pair; ok is
// false if it is not in there.
func visible(p *store.Pair, v *pair.Sight, w *store.Invitation, who kith.MemberID) (out Invitation, ok bool) {
	is := func(seq pair.Seq) bool { return seq != 0 && p.Invitation(seq) == w.ID }
	connected := v.Connected && is(v.Seq)
	switch s, r := &v.Sent, &v.Received; {
	case w.Sender == who && is(s.Seq):
		return Invitation{Course: s.Course, SentAt: s.SentAt, ExpiresAt: s.ExpiresAt, EndedAt: s.EndedAt,
			AskedAt: s.AskedAt, RepliedAt: s.RepliedAt, AgainAt: v.AgainAt, Connected: connected}, true
	case w.Recipient == who && is(r.Seq):
		return Invitation{Answer: r.Answer, SentAt: r.SentAt, ExpiresAt: r.ExpiresAt, AnsweredAt: r.AnsweredAt,
			AskedAt: r.AskedAt, RepliedAt: r.RepliedAt, UndoUntil: v.UndoUntil}, true
	case connected:
		return Invitation{Course: pair.Fulfilled, Answer: pair.Accepted, SentAt: w.SentAt, ExpiresAt: w.SentAt.Add(pair.ExpiresAfter),
			EndedAt: v.Since, AnsweredAt: v.Since, UndoUntil: v.UndoUntil, Connected: true}, true
	}
	return out, false
}

// withWords adds what both wrote, and the other's name.
func withWords(who kith.MemberID, t *store.Told, out Invitation) Invitation {
	out.ID, out.Note, out.Question, out.Reply, out.Box = t.ID, t.Note, t.Question, t.Reply, Received
	if t.Sender == who {
		out.Box = Sent
	}
	out.Other = Named{ID: across(&t.Invitation, who), Name: t.Name}
	return out
}
