package app

import (
	"errors"
	"fmt"
	"slices"

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
				id := m.ids[0]
				if m.Sent[1].Seq == d.Seq {
					id = m.ids[1]
				}
				want = append(want, fmt.Sprint(pairEffect(d.Verb, id), " ", d.At))
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

// checkSights compares a member's lists with what pair.View says.
func (k *walk) checkSights(tx *store.Tx, i int) error {
	links, received, sent := 0, 0, 0
	for other := range k.members {
		if other == i {
			continue
		}
		m, me := k.between(i, other)
		v := pair.View(m.State, me, k.now())
		if v.Connected {
			links++
		}
		if v.Received.Seq != 0 {
			received++
		}
		if v.Sent.Seq != 0 {
			sent++
		}
	}
	who := k.members[i].ID
	have, err := tx.Links(who, Cursor{}, 100)
	in, _, err2 := k.page(tx, who, Received, Cursor{}, 100)
	out, _, err3 := k.page(tx, who, Sent, Cursor{}, 100)
	if len(have) != links || len(in) != received || len(out) != sent {
		return fmt.Errorf("%d has %d connections, %d received, %d sent; the model says %d, %d, %d", i, len(have), len(in), len(out), links, received, sent)
	}
	return errors.Join(err, err2, err3)
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
