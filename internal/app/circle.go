package app

import (
	"context"
	"slices"
	"strings"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Acquaintance is a connection as an index of people lists it.
type Acquaintance = store.Acquaintance

// Circle is a page of a member's connections in the order of names.
type Circle struct {
	Count  int // of all, found or not
	People []Acquaintance
	Next   kith.MemberID // the page goes on behind them; empty: it is the last
}

// Circle gives a page of the actor's connections in the order of names, behind
// one of them (empty: from the first), at most limit. With a name only those
// whose name has words that begin like its words, in that order.
func (a *App) Circle(ctx context.Context, who Actor, name string, after kith.MemberID, limit int) (c Circle, err error) {
	if err := who.may(ScopeRead); err != nil {
		return c, err
	}
	if name, err = lineLimit.read("name", name); err != nil {
		return c, err
	}
	if after != "" && !isID(after) {
		return c, errNoConnection
	}
	limit = max(limit, 1)
	err = a.read(ctx, func(tx *store.Tx) error {
		if c.Count, err = tx.CountCircle(who.ID); err != nil {
			return err
		}
		c.People, err = tx.Circle(who.ID, strings.Fields(kith.FoldText(name)), after, limit+1)
		return err
	})
	if err != nil {
		return Circle{}, err
	}
	if len(c.People) > limit {
		c.People = c.People[:limit]
		c.Next = c.People[limit-1].ID
	}
	return c, nil
}

// Correspondent is another member as their thread with the actor shows them.
type Correspondent struct {
	Face
	Connected bool // only to a connection one writes
}

// Correspondent gives the member at the other end of a thread. Who is not there
// for the actor is pair.ErrNoAccount.
func (a *App) Correspondent(ctx context.Context, who Actor, other kith.MemberID) (c Correspondent, err error) {
	if err := who.may(ScopeMessages); err != nil {
		return c, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		if err := know(tx, who.ID, other); err != nil {
			return err
		}
		m, err := a.meet(tx, who.ID, other)
		if err != nil {
			return err
		}
		if m.self {
			return pair.ErrSelf
		}
		f, err := faceOf(tx, other)
		c = Correspondent{f, m.sight.Connected}
		return err
	})
	if err == nil {
		err = a.countLooks(ctx, who, other)
	}
	if err != nil {
		return Correspondent{}, err
	}
	return c, nil
}

// faceOf gives a member as lists show them.
func faceOf(tx *store.Tx, id kith.MemberID) (f Face, err error) {
	p, err := tx.Profile(id)
	if err != nil {
		return f, err
	}
	f = Face{ID: id, Name: p.Name, Headline: p.Headline}
	f.Photo, err = tx.PhotoHash(id)
	return f, err
}

// searched is how many contacts one statement reads when they are looked
// through by their words.
const searched = 5000

// ContactsAbout finds the actor's contacts whose name, headline, employer, title
// or place holds all words of a text, case and accents aside: at most limit, in
// the order of names.
func (a *App) ContactsAbout(ctx context.Context, who Actor, text string, limit int) (found []Contact, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return nil, err
	}
	if text, err = lineLimit.read("text", text); err != nil {
		return nil, err
	}
	words := strings.Fields(kith.FoldText(text))
	if len(words) == 0 {
		return nil, nil
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		found = nil
		var after ContactCursor
		for {
			page, err := tx.PageContacts(who.ID, after.Name, after.ID, searched)
			if err != nil {
				return err
			}
			for i := range page {
				if says(&page[i], words) {
					found = append(found, page[i])
				}
			}
			if len(page) < searched || len(found) >= limit {
				found = found[:min(len(found), limit)]
				return nil
			}
			after = CursorOf(&page[len(page)-1])
		}
	})
	return found, err
}

// says reports whether what is known of a contact holds all of some words, each
// at the beginning of one of its own.
func says(c *Contact, words []string) bool {
	own := strings.Fields(kith.FoldText(strings.Join([]string{c.Name, c.Headline, c.Organisation, c.Title, c.Place}, "\n")))
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(own, func(o string) bool { return strings.HasPrefix(o, w) })
	})
}

// Named gives another member's name. Who is not there for the actor is
// pair.ErrNoAccount.
func (a *App) Named(ctx context.Context, who Actor, other kith.MemberID) (n Named, err error) {
	if err := who.may(ScopeRead); err != nil {
		return n, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		m, err := a.meet(tx, who.ID, other)
		n = m.named()
		return err
	})
	if err == nil {
		err = a.countLooks(ctx, who, other)
	}
	if err != nil {
		return Named{}, err
	}
	return n, nil
}
