package store

import (
	"cmp"
	"slices"
)

var (
	foundPairs = insertMany("INSERT INTO pair (a, b, "+pairColumns+")", 42, "")
	foundLinks = insertMany("INSERT INTO link ("+linkColumns+")", 7, "")
	foundInbox = insertMany("INSERT INTO inbox ("+entryColumns+")", 12, "")
	foundWords = insertMany("INSERT INTO invitation (sender, id, recipient, seq, sent_at, note, question, reply)", 8, "")
)

// fewPairs is how many pairs one statement writes. They are wide, and SQLite
// finds each parameter by going over all before it.
const fewPairs = 4

// Found writes the pairs of a community that begins full: of members who had
// nothing to do with each other, as pair.Next made their states, with their
// projections. [Tx.Pair] and [Tx.Move] do it for one at a time. words are what
// the invitations in the states say. A pair's A is the lesser id.
func (tx *Tx) Found(pairs []Pair, words []Invitation) error {
	var rows []any
	var all sights
	for i := range pairs {
		p := pairs[i]
		if err := p.State.Check(); err != nil {
			return err
		}
		p.version = 1
		rows = append(rows, pairArgs(&p)...)
		s := see(&p)
		all.links, all.entries = append(all.links, s.links...), append(all.entries, s.entries...)
	}
	for few := range slices.Chunk(rows, fewPairs*foundPairs.width) {
		if _, err := tx.execMany(&foundPairs, nil, few); err != nil {
			return err
		}
	}
	if err := tx.foundSights(all); err != nil {
		return err
	}
	rows = nil
	for i := range words {
		w := &words[i]
		rows = append(rows, string(w.Sender), string(w.ID), string(w.Recipient), int64(w.Seq), micros(w.SentAt), w.Note, w.Question, w.Reply)
	}
	_, err := tx.execMany(&foundWords, nil, rows)
	return err
}

// foundSights writes projections in the order of their keys, next to each other
// where they are read together.
func (tx *Tx) foundSights(s sights) error {
	slices.SortFunc(s.links, func(x, y Link) int { return cmp.Or(cmp.Compare(x.Owner, y.Owner), cmp.Compare(x.Other, y.Other)) })
	slices.SortFunc(s.entries, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.Owner, y.Owner), cmp.Compare(x.Invitation, y.Invitation))
	})
	var rows []any
	for i := range s.links {
		rows = append(rows, linkArgs(&s.links[i])...)
	}
	if _, err := tx.execMany(&foundLinks, nil, rows); err != nil {
		return err
	}
	rows = nil
	for i := range s.entries {
		rows = append(rows, entryArgs(&s.entries[i])...)
	}
	_, err := tx.execMany(&foundInbox, nil, rows)
	return err
}
