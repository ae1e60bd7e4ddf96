package app

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
	"pgregory.net/rapid"
)

// check compares all that is kept with the model.
func (k *walk) check(t *rapid.T) {
	err := k.read(k.t.Context(), func(tx *store.Tx) error {
		for two, m := range k.models {
			p, err := tx.PeekPair(k.members[two[0]].ID, k.members[two[1]].ID)
			if err != nil {
				return err
			}
			if p.State != m.State {
				return fmt.Errorf("the row is\n%+v\nthe model says\n%+v", p.State, m.State)
			}
			k.learn(m, &p)
		}
		for i := range k.members {
			if err := errors.Join(k.checkDuties(tx, i), k.checkNotices(tx, i), k.checkSights(tx, i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// learn takes over the id of an invitation that was just sent.
func (k *walk) learn(m *model, p *store.Pair) {
	for i, id := range p.Invitations {
		if m.ids[i] == "" && id != "" {
			k.sent[len(k.sent)-1].id = id
		}
	}
	m.ids = p.Invitations
}

// checkDuties compares a member's waiting duties with pair.Duties.
func (k *walk) checkDuties(tx *store.Tx, i int) error {
	var want []string
	for other := range k.members {
		if other == i {
			continue
		}
		m, me := k.between(i, other)
		for _, d := range pair.Duties(m.State) {
			if d.By == me {
				want = append(want, fmt.Sprint(pairEffect(d.Verb, m.id(d.Seq)), " ", d.At))
			}
		}
	}
	have, err := tx.Duties(k.members[i].ID, Cursor{}, 1000)
	var got []string
	for _, d := range have {
		if slices.ContainsFunc(pair.Verbs(), func(v pair.Verb) bool { return v.String() == d.Kind }) {
			got = append(got, fmt.Sprint(d.Effect, " ", d.DueAt))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		return errors.Join(err, fmt.Errorf("the duties of %d are\n%v, the model says\n%v", i, got, want))
	}
	return err
}

// checkNotices looks for news told twice.
func (k *walk) checkNotices(tx *store.Tx, i int) error {
	events, err := tx.Events(k.members[i].ID, 0, 1000)
	for _, e := range events {
		if !e.Notice {
			continue
		}
		key := fmt.Sprint(i, e.Kind, e.Subject)
		if n := k.heard[key]; n != 0 && n != e.N {
			return fmt.Errorf("%d was told %s of %s twice", i, e.Kind, e.Subject)
		}
		k.heard[key] = e.N
	}
	return err
}

// checkSights compares a member's rows of link and inbox, and their lists, with
// what pair.View says.
func (k *walk) checkSights(tx *store.Tx, i int) error {
	who, now := k.members[i].ID, k.now()
	var links []store.Link
	var entries []store.Entry
	open, sent := 0, 0
	for other := range k.members {
		if other == i {
			continue
		}
		m, me := k.between(i, other)
		them, v := k.members[other].ID, pair.View(m.State, me, time.Time{})
		if v.Connected {
			links = append(links, store.Link{Owner: who, Other: them, Invitation: m.id(v.Seq), Since: v.Since, Tie: v.Tie, See: v.See, ReviewAt: v.ReviewAt})
		}
		if r := v.Received; r.Seq != 0 {
			entries = append(entries, store.Entry{Owner: who, Invitation: m.id(r.Seq), Box: Received, Other: them, SentAt: r.SentAt, ExpiresAt: r.ExpiresAt,
				AskedAt: r.AskedAt, RepliedAt: r.RepliedAt, Answer: r.Answer, AnsweredAt: r.AnsweredAt})
			if now.Before(r.ExpiresAt) {
				open++
			}
		}
		if r := v.Sent; r.Seq != 0 {
			entries = append(entries, store.Entry{Owner: who, Invitation: m.id(r.Seq), Box: Sent, Other: them, Course: r.Course, SentAt: r.SentAt,
				ExpiresAt: r.ExpiresAt, EndedAt: r.EndedAt, AskedAt: r.AskedAt, RepliedAt: r.RepliedAt})
			sent++
		}
	}
	haveLinks, have, err := tx.Projections()
	listed, _, err2 := page(tx, who, Received, Cursor{}, 100)
	listedSent, _, err3 := page(tx, who, Sent, Cursor{}, 100)
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	haveLinks = slices.DeleteFunc(haveLinks, func(l store.Link) bool { return l.Owner != who })
	have = slices.DeleteFunc(have, func(e store.Entry) bool { return e.Owner != who })
	if !alike(haveLinks, links) || !alike(have, entries) {
		return fmt.Errorf("member %d has\n%+v\n%+v\nthe model says\n%+v\n%+v", i, haveLinks, have, links, entries)
	}
	if len(listed) != open || len(listedSent) != sent {
		return fmt.Errorf("member %d is shown %d received and %d sent; the model says %d and %d", i, len(listed), len(listedSent), open, sent)
	}
	return nil
}

// alike reports whether two lists hold the same, in any order.
func alike[T comparable](a, b []T) bool {
	for _, v := range a {
		if !slices.Contains(b, v) {
			return false
		}
	}
	return len(a) == len(b)
}

// id gives the public id of an invitation the model holds.
func (m *model) id(seq pair.Seq) kith.InvitationID {
	for i := range m.Sent {
		if m.Sent[i].Seq == seq {
			return m.ids[i]
		}
	}
	return ""
}

// checkProjections compares link and inbox with ones made anew.
func (w *world) checkProjections(t interface{ Fatal(...any) }) {
	undo := errors.New("only looking")
	err := w.db.Write(w.t.Context(), func(tx *store.Tx) error {
		links, entries, err := tx.Projections()
		if err != nil {
			return err
		}
		if err := tx.Reproject(); err != nil {
			return err
		}
		links2, entries2, err := tx.Projections()
		if err != nil {
			return err
		}
		if !slices.Equal(links, links2) || !slices.Equal(entries, entries2) {
			return errors.New("link or inbox is not what the pairs say")
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
}
