package demo

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"kith"
	"kith/internal/store"
)

// settle writes the community into a database, of which the first member alone
// is there already.
func (c *community) settle(ctx context.Context, dsn string) (err error) {
	drawn := make(chan error, 1)
	var photos []stamp
	go func() {
		var err error
		photos, err = drawStamps()
		drawn <- err
	}()
	db, err := store.Open(ctx, dsn, store.Options{Unsafe: true})
	if err != nil {
		return errors.Join(err, <-drawn)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Write(ctx, func(tx *store.Tx) error {
		if err := c.join(tx); err != nil {
			return err
		}
		if err := c.connect(tx); err != nil {
			return err
		}
		return c.converse(tx)
	})
	if err = errors.Join(err, <-drawn); err != nil {
		return err
	}
	return db.Write(ctx, func(tx *store.Tx) error { return c.hang(tx, photos) })
}

// join opens the accounts and fills in profiles and settings.
func (c *community) join(tx *store.Tx) error {
	hero, ok, err := tx.MemberByMail(c.hero().email)
	if err != nil || !ok {
		return errors.Join(err, &kith.Error{Kind: kith.Internal, Msg: "the demo's first member has no account"})
	}
	c.hero().id = hero.ID
	for i := range c.people {
		p := &c.people[i]
		if i > 0 {
			if err := tx.AddMember(&store.Member{ID: p.id, Name: p.profile.Name, Email: p.email, CreatedAt: p.joined, VerifiedAt: p.joined}); err != nil {
				return err
			}
		}
		p.profile.ChangedAt = p.joined
		if err := tx.SetProfile(p.id, &p.profile); err != nil {
			return err
		}
		if err := c.want(tx, i); err != nil {
			return err
		}
	}
	return nil
}

// One member in publishEvery says what they ask of invitations, one in
// closedEvery takes them only from people with a connection in common.
const publishEvery, closedEvery = 23, 61

// want keeps the settings of the few who have changed theirs.
func (c *community) want(tx *store.Tx, i int) error {
	s := store.Setting{ChangedAt: c.people[i].joined}
	switch {
	case i == 0 || c.people[i].stranger:
		return nil
	case i%publishEvery == 0:
		s.Publishes, s.Policy = true, kith.Policy{Stance: kith.Selective, Asks: "Please say where we met, or what you would like to know."}
	case i%closedEvery == 0:
		s.Invites = store.FromMutual
	default:
		return nil
	}
	return tx.SetSetting(c.people[i].id, &s)
}

// connect writes the connections, in the order in which they are kept.
func (c *community) connect(tx *store.Tx) error {
	pairs, words := make([]store.Pair, len(c.ties)), make([]store.Invitation, len(c.ties))
	for i := range c.ties {
		var err error
		if pairs[i], words[i], err = c.row(&c.ties[i]); err != nil {
			return err
		}
	}
	slices.SortFunc(pairs, func(x, y store.Pair) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	slices.SortFunc(words, func(x, y store.Invitation) int {
		return cmp.Or(cmp.Compare(x.Sender, y.Sender), cmp.Compare(x.ID, y.ID))
	})
	if err := tx.Found(pairs, words); err != nil {
		return err
	}
	return c.count(tx)
}

// count keeps that the first member's invitations were accepted: theirs is the
// one standing that is looked at.
func (c *community) count(tx *store.Tx) error {
	for i := range c.ties {
		if t := &c.ties[i]; t.from == 0 {
			if err := tx.CountAccept(c.people[0].id, c.people[t.to].id, t.id, t.accepted.Add(7*kith.Day)); err != nil {
				return err
			}
		}
	}
	return nil
}

// converse writes the conversations, a copy for each of the two.
func (c *community) converse(tx *store.Tx) error {
	for i := range c.chats {
		t := &c.chats[i]
		for n, text := range t.texts {
			from, to := t.of(c.people, n)
			m := store.Message{Owner: from, Other: to, ID: t.ids[n], Outgoing: true, At: t.at(n), Text: text, Opening: n == 0}
			if err := tx.AddMessage(&m); err != nil {
				return err
			}
			m.Owner, m.Other, m.Outgoing = to, from, false
			if err := tx.AddMessage(&m); err != nil {
				return err
			}
			if last := n == len(t.texts)-1; last && t.unread {
				continue
			}
			if _, err := tx.MarkRead(to, from, m.ID, t.at(n+1)); err != nil {
				return err
			}
		}
	}
	return nil
}

// hang gives people their photos.
func (c *community) hang(tx *store.Tx, photos []stamp) error {
	for i := range c.people {
		p := &c.people[i]
		if p.stamp == 0 {
			continue
		}
		if err := tx.SetPhoto(p.id, photos[p.stamp].hash, photos[p.stamp].pictures); err != nil {
			return err
		}
	}
	return nil
}
