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
	eventColumns = "owner, n, at, kind, subject, other, body, notice"
	// Left out is what leads to nothing: to a member who is not there, or to an
	// invitation that waits unseen because standing pauses its sender now, $2.
	eventThere = " AND (x.other = '' OR EXISTS (SELECT 1 FROM member o WHERE o.id = x.other" + there + "))" + onPage

	nextEvents   sqlText = "UPDATE feed SET last = last + $2 WHERE owner = $1 RETURNING last"
	pageEvents   sqlText = "SELECT " + eventColumns + " FROM event x WHERE owner = $1 AND n > $3" + eventThere + " ORDER BY n LIMIT $4 + 0"
	pageNotices  sqlText = "SELECT " + eventColumns + " FROM event x WHERE owner = $1 AND n < $3 AND notice = 1" + eventThere + " ORDER BY n DESC LIMIT $4 + 0"
	eventsAbout  sqlText = "SELECT " + eventColumns + " FROM event x WHERE owner = $1 AND subject = $3" + eventThere + " ORDER BY n"
	countNotices sqlText = "SELECT COUNT(*) FROM (SELECT n FROM event x WHERE owner = $1 AND n > $3 AND notice = 1" + eventThere + " LIMIT $4 + 0) AS unread"
	readFeed     sqlText = "SELECT last, seen FROM feed WHERE owner = $1"
	markSeen     sqlText = "UPDATE feed SET seen = CASE WHEN last < $2 THEN last ELSE $2 END WHERE owner = $1 AND seen < $2"
)

var insertEvents = insertMany("INSERT INTO event ("+eventColumns+")", 8, "")

// Tell appends events to the feed of their one owner and gives them their
// numbers and time. Feeds of several owners are written in the order of their
// ids.
func (tx *Tx) Tell(events ...*Event) error {
	if len(events) == 0 {
		return nil
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	owner, last := events[0].Owner, int64(0)
	if err := tx.row(nextEvents, string(owner), len(events)).Scan(&last); err != nil {
		return notFound(err, "there is no such member")
	}
	values := make([]any, 0, len(events)*insertEvents.width)
	for i, e := range events {
		e.N, e.At = last-int64(len(events)-1-i), now
		if e.Notice && !slices.Contains(tx.noticed, owner) {
			tx.noticed = append(tx.noticed, owner)
		}
		values = append(values, string(owner), e.N, micros(e.At), e.Kind, e.Subject, string(e.Other), e.Body, bit(e.Notice))
	}
	_, err = tx.execMany(&insertEvents, nil, values)
	return err
}

// Noticed gives the members the transaction told news, in order.
func (tx *Tx) Noticed() []kith.MemberID {
	slices.Sort(tx.noticed)
	return tx.noticed
}

// Events gives a member's events after a number, oldest first. Those about
// somebody who is not there for them, or about an invitation that standing holds
// back, are left out, here and in what follows.
func (tx *Tx) Events(owner kith.MemberID, after int64, limit int) ([]Event, error) {
	return tx.events(pageEvents, owner, after, limit)
}

// events gives the events a statement finds; its first parameters are their
// owner and the time.
func (tx *Tx) events(text sqlText, owner kith.MemberID, args ...any) ([]Event, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	return all(tx, text, scanEvent, append([]any{string(owner), micros(now)}, args...)...)
}

// Notices gives a member's notices before a number (0: from the newest),
// newest first.
func (tx *Tx) Notices(owner kith.MemberID, before int64, limit int) ([]Event, error) {
	if before == 0 {
		before = 1 << 62
	}
	return tx.events(pageNotices, owner, before, limit)
}

// CountNotices counts a member's notices after a number, up to a limit.
func (tx *Tx) CountNotices(owner kith.MemberID, after int64, limit int) (n int, err error) {
	now, err := tx.Now()
	if err != nil {
		return 0, err
	}
	err = tx.row(countNotices, string(owner), micros(now), after, limit).Scan(&n)
	return n, err
}

// EventsAbout gives what happened to one subject of a member's, oldest first.
func (tx *Tx) EventsAbout(owner kith.MemberID, subject string) ([]Event, error) {
	return tx.events(eventsAbout, owner, subject)
}

// Feed gives the number of a member's newest event and of the newest seen.
func (tx *Tx) Feed(owner kith.MemberID) (last, seen int64, err error) {
	err = tx.row(readFeed, string(owner)).Scan(&last, &seen)
	return last, seen, notFound(err, "there is no such member")
}

// MarkSeen says that a member has seen their events up to n. What has not
// happened yet nobody has seen.
func (tx *Tx) MarkSeen(owner kith.MemberID, n int64) error {
	_, err := tx.exec(markSeen, string(owner), n)
	return err
}

func scanEvent(row scanner, e *Event) error {
	return row.Scan(&e.Owner, &e.N, at(&e.At), &e.Kind, &e.Subject, &e.Other, &e.Body, &e.Notice)
}
