package app

import (
	"context"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Message is one message between the actor and another member.
type Message struct {
	ID       kith.MessageID
	Outgoing bool
	At       time.Time
	Text     string
	// Opening marks the first message of a new connection: what somebody
	// connected for often shows in it (R93).
	Opening bool
	ReadAt  time.Time // of an incoming one; zero: unread
}

// Thread is what the actor and another member wrote to each other: the newest
// message and how many are unread.
type Thread struct {
	Other  Named
	Newest Message
	Unread int
}

// errNoMessage answers for a message that is not there or not the actor's.
var errNoMessage = &kith.Error{Kind: kith.NotFound, Msg: "there is no such message; reload the list"}

// Write sends a message to a connection, at most 4,000 letters and 16 KiB. It
// ends the other's waiting after accept and see. Refusals are those of
// pair.Write.
func (a *App) Write(ctx context.Context, who Actor, to kith.MemberID, text string) (out Message, err error) {
	if err := who.may(ScopeMessages); err != nil {
		return out, err
	}
	if text, err = messageLimit.readSome("text", text); err != nil {
		return out, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		d, err := a.act(tx, deed{verb: pair.Write, by: who.ID, other: to})
		if err != nil {
			return err
		}
		out, err = a.deliver(tx, &d, text)
		return err
	})
	return out, err
}

// deliver puts a message of whoever did a deed into both members' threads,
// tells the recipient, and has the connection judged again if that calls for it.
func (a *App) deliver(tx *store.Tx, d *done, text string) (Message, error) {
	from, to := d.pair.Member(d.by), d.pair.Member(d.by.Other())
	now, err := tx.Now()
	if err != nil {
		return Message{}, err
	}
	_, begun, err := tx.Opening(from, to, d.sight.Since)
	if err != nil {
		return Message{}, err
	}
	m := store.Message{Owner: from, Other: to, ID: kith.MessageID(tx.NewID()), Outgoing: true, At: now, Text: text, Opening: !begun}
	if err := tx.AddMessage(&m); err != nil {
		return Message{}, err
	}
	theirs := m
	theirs.Owner, theirs.Other, theirs.Outgoing = to, from, false
	if err := tx.AddMessage(&theirs); err != nil {
		return Message{}, err
	}
	if err := tx.Tell(&store.Event{Owner: to, Kind: kindMessage, Subject: string(m.ID), Other: from, Notice: true}); err != nil {
		return Message{}, err
	}
	out := message(&m)
	return out, a.heed(tx, to, from, d.pair.Invitation(d.sight.Seq), &out)
}

// Threads gives a page of the actor's threads, the one last written in first.
// They stay when a connection ends, and are hidden while the other's account is
// not there for the actor.
func (a *App) Threads(ctx context.Context, who Actor, after Cursor, limit int) (out []Thread, next Cursor, err error) {
	if err := who.may(ScopeMessages); err != nil {
		return nil, next, err
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		threads, err := tx.Threads(who.ID, after, limit+1)
		if err != nil {
			return err
		}
		threads, more := Paged(threads, limit)
		for i := range threads {
			t := &threads[i]
			out = append(out, Thread{Named{ID: t.Other, Name: t.Name}, message(&t.Message), t.Unread})
			next = Cursor{At: t.At, ID: string(t.ID)}
		}
		next = ifMore(next, more)
		return nil
	})
	return out, next, err
}

// Thread gives a page of what the actor and another member wrote to each other,
// newest first; of two who never wrote it is empty, whoever the other is.
func (a *App) Thread(ctx context.Context, who Actor, other kith.MemberID, after Cursor, limit int) (out []Message, next Cursor, err error) {
	if err := who.may(ScopeMessages); err != nil {
		return nil, next, err
	}
	if !isID(other) {
		return nil, next, nil
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		messages, err := tx.Thread(who.ID, other, after, limit+1)
		messages, more := Paged(messages, limit)
		for i := range messages {
			out = append(out, message(&messages[i]))
			next = Cursor{At: messages[i].At, ID: string(messages[i].ID)}
		}
		next = ifMore(next, more)
		return err
	})
	return out, next, err
}

// MarkRead says that the actor has read what another member wrote, up to a
// message of their thread. The other is not told.
func (a *App) MarkRead(ctx context.Context, who Actor, other kith.MemberID, upTo kith.MessageID) error {
	if err := who.may(ScopeMessages); err != nil {
		return err
	}
	if !isID(upTo) {
		return errNoMessage
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.Message(who.ID, upTo)
		if err != nil {
			return err
		}
		if !ok || m.Other != other {
			return errNoMessage
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		_, err = tx.MarkRead(who.ID, other, upTo, now)
		return err
	})
}

// CountUnread says how many messages the actor has not read.
func (a *App) CountUnread(ctx context.Context, who Actor) (n int, err error) {
	if err := who.may(ScopeMessages); err != nil {
		return 0, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		n, err = tx.CountUnread(who.ID)
		return err
	})
	return n, err
}

func message(m *store.Message) Message {
	return Message{m.ID, m.Outgoing, m.At, m.Text, m.Opening, m.ReadAt}
}
