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
		if out, err = a.showInvitation(tx, who.ID, id); err != nil || out.Box == Sent || out.Connected {
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
		out, next, err = a.page(tx, who.ID, box, after, limit)
		return err
	})
	return out, next, err
}

// page reads on until the page is full, for entries may be hidden.
func (a *App) page(tx *store.Tx, who kith.MemberID, box Box, after Cursor, limit int) (out []Invitation, next Cursor, err error) {
	for {
		entries, err := tx.Entries(who, box, after, limit)
		if err != nil {
			return nil, next, err
		}
		for i := range entries {
			e := &entries[i]
			if len(out) == limit {
				return out, after, nil
			}
			after = Cursor{At: e.SentAt, ID: string(e.Invitation)}
			hidden, err := a.hidden(tx, e)
			if err != nil {
				return nil, next, err
			}
			if hidden {
				continue
			}
			inv, err := a.showInvitation(tx, who, e.Invitation)
			if err != nil {
				return nil, next, err
			}
			out = append(out, inv)
		}
		if len(entries) < limit {
			return out, Cursor{}, nil
		}
	}
}

// hidden reports whether a received entry is not to be listed: its time is
// over, or standing holds its sender back.
func (a *App) hidden(tx *store.Tx, e *store.Entry) (bool, error) {
	if e.Box == Sent {
		return false, nil
	}
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	if !now.Before(e.ExpiresAt) {
		return true, nil
	}
	return a.restricted(tx, e.Other, now)
}

// InvitationCounts are how many invitations a member has to do with.
type InvitationCounts struct {
	Undecided int // received, without an answer, nothing asked or a reply is there
	Asked     int // received, asked first, no reply yet
	SetAside  int // received and ignored
	Sent      int // sent and pending
}

// CountInvitations counts the actor's invitations.
func (a *App) CountInvitations(ctx context.Context, who Actor) (c InvitationCounts, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c = InvitationCounts{}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		open, err := tx.OpenEntries(who.ID, now)
		if err != nil {
			return err
		}
		for i := range open {
			hidden, err := a.hidden(tx, &open[i])
			if err != nil {
				return err
			}
			if !hidden {
				c.add(&open[i])
			}
		}
		c.Sent, err = tx.CountSent(who.ID, now)
		return err
	})
	return c, err
}

func (c *InvitationCounts) add(e *store.Entry) {
	switch {
	case e.Answer == pair.Ignored:
		c.SetAside++
	case !e.AskedAt.IsZero() && e.RepliedAt.IsZero():
		c.Asked++
	default:
		c.Undecided++
	}
}

// wordsFor gives the words of an invitation one sent or received.
func wordsFor(tx *store.Tx, who kith.MemberID, id kith.InvitationID) (store.Invitation, error) {
	if !isID(id) {
		return store.Invitation{}, errNoInvitation
	}
	w, ok, err := tx.Invitation(id)
	if err == nil && (!ok || w.Sender != who && w.Recipient != who) {
		err = errNoInvitation
	}
	return w, err
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
func (a *App) showInvitation(tx *store.Tx, who kith.MemberID, id kith.InvitationID) (Invitation, error) {
	w, err := wordsFor(tx, who, id)
	if err != nil {
		return Invitation{}, err
	}
	p, v, err := a.sight(tx, who, across(&w, who))
	if err != nil {
		return Invitation{}, err
	}
	out, ok := visible(&p, &v, &w, who)
	if !ok {
		return Invitation{}, errNoInvitation
	}
	return a.withWords(tx, who, &w, out)
}

// sight gives what a member may see of what holds between them and another.
func (a *App) sight(tx *store.Tx, who, other kith.MemberID) (store.Pair, pair.Sight, error) {
	p, err := tx.PeekPair(who, other)
	if err != nil {
		return p, pair.Sight{}, err
	}
	now, err := tx.Now()
	me := pair.A
	if p.B == who {
		me = pair.B
	}
	return p, pair.View(p.State, me, now), err
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
func (a *App) withWords(tx *store.Tx, who kith.MemberID, w *store.Invitation, out Invitation) (Invitation, error) {
	out.ID, out.Note, out.Question, out.Reply, out.Box = w.ID, w.Note, w.Question, w.Reply, Received
	if w.Sender == who {
		out.Box = Sent
	}
	m, _, err := tx.Member(across(w, who))
	out.Other = Named{m.ID, m.Name}
	return out, err
}

// named gives another member's name, as far as they are there for whoever looks.
func (a *App) named(tx *store.Tx, who, other kith.MemberID) (Named, pair.Sight, error) {
	_, v, err := a.sight(tx, who, other)
	if err != nil || v.Gone {
		return Named{ID: other}, v, err
	}
	m, _, err := tx.Member(other)
	return Named{other, m.Name}, v, err
}
