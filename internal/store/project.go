package store

import (
	"slices"
	"time"

	"kith"
	"kith/pair"
)

// Link is a connection as one side sees it.
type Link struct {
	Owner, Other kith.MemberID
	Invitation   kith.InvitationID // it came from
	Since        time.Time
	Tie          pair.Tie
	See          pair.See
	ReviewAt     time.Time
}

// Box says on which side of an invitation a member is.
type Box uint8

// The boxes.
const (
	Received Box = iota
	Sent
)

// Entry is an invitation as one side may see it: made from pair.View and
// nothing else.
type Entry struct {
	Owner      kith.MemberID
	Invitation kith.InvitationID
	Box        Box
	Other      kith.MemberID
	Course     pair.Course
	SentAt     time.Time
	ExpiresAt  time.Time
	EndedAt    time.Time
	AskedAt    time.Time
	RepliedAt  time.Time
	Answer     pair.Answer // of a received one
	AnsweredAt time.Time
}

// sights are the projections of one pair row.
type sights struct {
	links   []Link
	entries []Entry
}

// see makes the projections of a row. Time plays no part: what has run out is
// for the reader to see.
func see(p *Pair) (s sights) {
	for _, who := range []pair.Party{pair.A, pair.B} {
		owner, other := p.Member(who), p.Member(who.Other())
		v := pair.View(p.State, who, time.Time{})
		if v.Connected {
			s.links = append(s.links, Link{owner, other, p.Invitation(v.Seq), v.Since, v.Tie, v.See, v.ReviewAt})
		}
		if r := v.Received; r.Seq != 0 {
			s.entries = append(s.entries, Entry{owner, p.Invitation(r.Seq), Received, other, pair.Running, r.SentAt, r.ExpiresAt,
				time.Time{}, r.AskedAt, r.RepliedAt, r.Answer, r.AnsweredAt})
		}
		if i := v.Sent; i.Seq != 0 {
			s.entries = append(s.entries, Entry{owner, p.Invitation(i.Seq), Sent, other, i.Course, i.SentAt, i.ExpiresAt,
				i.EndedAt, i.AskedAt, i.RepliedAt, pair.NoAnswer, time.Time{}})
		}
	}
	return s
}

const (
	deleteLink  sqlText = "DELETE FROM link WHERE owner = $1 AND other = $2"
	insertLink  sqlText = "INSERT INTO link (owner, other, invitation, since, tie, see, review_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	deleteEntry sqlText = "DELETE FROM inbox WHERE owner = $1 AND invitation = $2"
	insertEntry sqlText = `INSERT INTO inbox (owner, invitation, box, other, course, sent_at, expires_at, ended_at, asked_at, replied_at, answer, answered_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	dropLinks   sqlText = "DELETE FROM link"
	dropEntries sqlText = "DELETE FROM inbox"
	everyPair   sqlText = "SELECT a, b, " + pairColumns + " FROM pair ORDER BY a, b"
)

// project brings the projections from one state of a row to another.
func (tx *Tx) project(before, after *Pair) error {
	old, now := see(before), see(after)
	for _, l := range old.links {
		if !slices.Contains(now.links, l) {
			if _, err := tx.exec(deleteLink, string(l.Owner), string(l.Other)); err != nil {
				return err
			}
		}
	}
	for _, e := range old.entries {
		if !slices.Contains(now.entries, e) {
			if _, err := tx.exec(deleteEntry, string(e.Owner), string(e.Invitation)); err != nil {
				return err
			}
		}
	}
	return tx.insertSights(now, old)
}

// insertSights writes the projections that are in now and not in old.
func (tx *Tx) insertSights(now, old sights) error {
	for _, l := range now.links {
		if slices.Contains(old.links, l) {
			continue
		}
		if _, err := tx.exec(insertLink, linkArgs(&l)...); err != nil {
			return err
		}
	}
	for _, e := range now.entries {
		if slices.Contains(old.entries, e) {
			continue
		}
		if _, err := tx.exec(insertEntry, entryArgs(&e)...); err != nil {
			return err
		}
	}
	return nil
}

func linkArgs(l *Link) []any {
	return []any{string(l.Owner), string(l.Other), string(l.Invitation), micros(l.Since), int64(l.Tie), int64(l.See), micros(l.ReviewAt)}
}

func entryArgs(e *Entry) []any {
	return []any{string(e.Owner), string(e.Invitation), int64(e.Box), string(e.Other), int64(e.Course), micros(e.SentAt), micros(e.ExpiresAt),
		micros(e.EndedAt), micros(e.AskedAt), micros(e.RepliedAt), int64(e.Answer), micros(e.AnsweredAt)}
}

// Reproject makes all projections anew from the pairs.
func (tx *Tx) Reproject() error {
	for _, drop := range []sqlText{dropLinks, dropEntries} {
		if _, err := tx.exec(drop); err != nil {
			return err
		}
	}
	pairs, err := all(tx, everyPair, scanPair)
	if err != nil {
		return err
	}
	for i := range pairs {
		if err := tx.insertSights(see(&pairs[i]), sights{}); err != nil {
			return err
		}
	}
	return nil
}

const (
	linkColumns          = "owner, other, invitation, since, tie, see, review_at"
	entryColumns         = "owner, invitation, box, other, course, sent_at, expires_at, ended_at, asked_at, replied_at, answer, answered_at"
	readLink     sqlText = "SELECT " + linkColumns + " FROM link WHERE owner = $1 AND other = $2"
	readEntry    sqlText = "SELECT " + entryColumns + " FROM inbox WHERE owner = $1 AND invitation = $2"
	everyLink    sqlText = "SELECT " + linkColumns + " FROM link ORDER BY owner, other"
	everyEntry   sqlText = "SELECT " + entryColumns + " FROM inbox ORDER BY owner, invitation"
)

// Cursor is a place in a list that is ordered by time, newest first, and among
// equal times by id. The zero Cursor is its beginning.
type Cursor struct {
	At time.Time
	ID string
}

// from gives the cursor as the two values a statement compares with.
func (c Cursor) from() (int64, string) {
	if c.At.IsZero() {
		return 1 << 62, ""
	}
	return micros(c.At), c.ID
}

// Link gives a member's connection to another; ok is false if there is none.
func (tx *Tx) Link(owner, other kith.MemberID) (l Link, ok bool, err error) {
	return maybe(scanLink, tx.row(readLink, string(owner), string(other)))
}

// Entry gives an invitation as a member sees it; ok is false if they do not.
func (tx *Tx) Entry(owner kith.MemberID, id kith.InvitationID) (e Entry, ok bool, err error) {
	return maybe(scanEntry, tx.row(readEntry, string(owner), string(id)))
}

// Projections gives all of link and inbox, in order, for comparing.
func (tx *Tx) Projections() ([]Link, []Entry, error) {
	links, err := all(tx, everyLink, scanLink)
	if err != nil {
		return nil, nil, err
	}
	entries, err := all(tx, everyEntry, scanEntry)
	return links, entries, err
}

func scanLink(row scanner, l *Link) error { return row.Scan(l.columns()...) }

func (l *Link) columns() []any {
	return []any{&l.Owner, &l.Other, &l.Invitation, at(&l.Since), &l.Tie, &l.See, at(&l.ReviewAt)}
}

func scanEntry(row scanner, e *Entry) error {
	return row.Scan(&e.Owner, &e.Invitation, &e.Box, &e.Other, &e.Course, at(&e.SentAt), at(&e.ExpiresAt), at(&e.EndedAt),
		at(&e.AskedAt), at(&e.RepliedAt), &e.Answer, at(&e.AnsweredAt))
}
