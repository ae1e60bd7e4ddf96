package store

import (
	"slices"
	"time"

	"kith"
)

// Event is one thing that happened to a member: a step of an invitation's way,
// a notice, an entry of the API's feed.
type Event struct {
	Owner kith.MemberID
	N     int64 // counts up from 1 for each owner, without gaps
	At    time.Time
	Kind  string // see app's list of kinds
	// Subject is the id of what it is about: an invitation, a duty, an import.
	Subject string
	Other   kith.MemberID // the other member it tells of, if any
	Body    string        // JSON, by kind; may be empty
	Notice  bool          // to be shown to the owner as news
}

const (
	nextEvent    sqlText = "UPDATE feed SET last = last + 1 WHERE owner = $1 RETURNING last"
	insertEvent  sqlText = "INSERT INTO event (owner, n, at, kind, subject, other, body, notice) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	eventColumns         = "owner, n, at, kind, subject, other, body, notice"
	eventThere           = " AND (e.other = '' OR EXISTS (SELECT 1 FROM member o WHERE o.id = e.other" + there + "))"
	pageEvents   sqlText = "SELECT " + eventColumns + " FROM event e WHERE owner = $1 AND n > $2" + eventThere + " ORDER BY n LIMIT $3 + 0"
	pageNotices  sqlText = "SELECT " + eventColumns + " FROM event e WHERE owner = $1 AND n < $2 AND notice = 1" + eventThere + " ORDER BY n DESC LIMIT $3 + 0"
	eventsAbout  sqlText = "SELECT " + eventColumns + " FROM event e WHERE owner = $1 AND subject = $2" + eventThere + " ORDER BY n"
	readFeed     sqlText = "SELECT last, seen FROM feed WHERE owner = $1"
	markSeen     sqlText = "UPDATE feed SET seen = $2 WHERE owner = $1 AND seen < $2"
)

// Tell appends an event to its owner's feed and gives it its number and time.
// Feeds of several owners are written in the order of their ids.
func (tx *Tx) Tell(e *Event) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if err := tx.row(nextEvent, string(e.Owner)).Scan(&e.N); err != nil {
		return notFound(err, "there is no such member")
	}
	e.At = now
	if e.Notice && !slices.Contains(tx.noticed, e.Owner) {
		tx.noticed = append(tx.noticed, e.Owner)
	}
	_, err = tx.exec(insertEvent, string(e.Owner), e.N, micros(e.At), e.Kind, e.Subject, string(e.Other), e.Body, bit(e.Notice))
	return err
}

// Noticed gives the members the transaction told news, in order.
func (tx *Tx) Noticed() []kith.MemberID {
	slices.Sort(tx.noticed)
	return tx.noticed
}

// Events gives a member's events after a number, oldest first. Those about
// somebody who is not there for them are left out, here and in what follows.
func (tx *Tx) Events(owner kith.MemberID, after int64, limit int) ([]Event, error) {
	return all(tx, pageEvents, scanEvent, string(owner), after, limit)
}

// Notices gives a member's notices before a number (0: from the newest),
// newest first.
func (tx *Tx) Notices(owner kith.MemberID, before int64, limit int) ([]Event, error) {
	if before == 0 {
		before = 1 << 62
	}
	return all(tx, pageNotices, scanEvent, string(owner), before, limit)
}

// EventsAbout gives what happened to one subject of a member's, oldest first.
func (tx *Tx) EventsAbout(owner kith.MemberID, subject string) ([]Event, error) {
	return all(tx, eventsAbout, scanEvent, string(owner), subject)
}

// Feed gives the number of a member's newest event and of the newest seen.
func (tx *Tx) Feed(owner kith.MemberID) (last, seen int64, err error) {
	err = tx.row(readFeed, string(owner)).Scan(&last, &seen)
	return last, seen, notFound(err, "there is no such member")
}

// MarkSeen says that a member has seen their events up to n.
func (tx *Tx) MarkSeen(owner kith.MemberID, n int64) error {
	_, err := tx.exec(markSeen, string(owner), n)
	return err
}

func scanEvent(row scanner, e *Event) error {
	return row.Scan(&e.Owner, &e.N, at(&e.At), &e.Kind, &e.Subject, &e.Other, &e.Body, &e.Notice)
}
