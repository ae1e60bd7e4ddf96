package store

import (
	"time"

	"kith"
)

// Message is one member's copy of a message between two. Both copies have the
// same id, time and text.
type Message struct {
	Owner, Other kith.MemberID
	ID           kith.MessageID
	Outgoing     bool // written by the owner
	At           time.Time
	Text         string
	// Opening marks the first message of a new connection (R93).
	Opening bool
	// ReadAt is when the owner read an incoming message; zero: not yet.
	ReadAt time.Time
}

// Thread is what two members wrote to each other, as one of them has it: the
// newest message, how many are unread, and the other's name.
type Thread struct {
	Message
	Unread int
	Name   string
}

const (
	messageColumns         = "owner, other, id, outgoing, at, text, opening, read_at"
	unmarkNewest   sqlText = "UPDATE message SET newest = 0 WHERE owner = $1 AND other = $2 AND newest = 1"
	insertMessage  sqlText = "INSERT INTO message (" + messageColumns + ", newest) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1)"
	readMessage    sqlText = "SELECT " + messageColumns + " FROM message WHERE owner = $1 AND id = $2"
	// Messages with somebody who is not there are not shown.
	messageThere         = " AND EXISTS (SELECT 1 FROM member o WHERE o.id = m.other" + there + ")"
	pageThreads  sqlText = "SELECT " + messageColumns + `,
	(SELECT COUNT(*) FROM message u WHERE u.owner = m.owner AND u.other = m.other AND u.outgoing = 0 AND u.read_at = 0),
	(SELECT o.name FROM member o WHERE o.id = m.other)
	FROM message m WHERE owner = $1 AND newest = 1 AND (at < $2 OR at = $2 AND id < $3)` + messageThere + ` ORDER BY at DESC, id DESC LIMIT $4 + 0`
	pageThread sqlText = "SELECT " + messageColumns + ` FROM message m WHERE owner = $1 AND other = $2
	AND (at < $3 OR at = $3 AND id < $4)` + messageThere + ` ORDER BY at DESC, id DESC LIMIT $5 + 0`
	openingOf sqlText = "SELECT " + messageColumns + ` FROM message WHERE owner = $1 AND other = $2 AND at >= $3 AND opening = 1
	ORDER BY at, id LIMIT 1`
	markRead sqlText = `UPDATE message SET read_at = $4 WHERE owner = $1 AND other = $2 AND outgoing = 0 AND read_at = 0
	AND at <= (SELECT at FROM message WHERE owner = $1 AND id = $3)`
	countUnread sqlText = "SELECT COUNT(*) FROM message m WHERE owner = $1 AND outgoing = 0 AND read_at = 0" + messageThere
)

// AddMessage keeps one member's copy of a message, the newest of its thread.
// The row of the two is locked: messages between them are written one after
// the other.
func (tx *Tx) AddMessage(m *Message) error {
	if _, err := tx.exec(unmarkNewest, string(m.Owner), string(m.Other)); err != nil {
		return err
	}
	_, err := tx.exec(insertMessage, string(m.Owner), string(m.Other), string(m.ID), bit(m.Outgoing), micros(m.At), m.Text, bit(m.Opening))
	return err
}

// Message gives a member's copy of a message.
func (tx *Tx) Message(owner kith.MemberID, id kith.MessageID) (m Message, ok bool, err error) {
	return maybe(scanMessage, tx.row(readMessage, string(owner), string(id)))
}

// Threads gives a member's threads, the one last written in first.
func (tx *Tx) Threads(owner kith.MemberID, after Cursor, limit int) ([]Thread, error) {
	t, id := after.from()
	return all(tx, pageThreads, scanThread, string(owner), t, id, limit)
}

// Thread gives what a member and another wrote to each other, newest first.
func (tx *Tx) Thread(owner, other kith.MemberID, after Cursor, limit int) ([]Message, error) {
	t, id := after.from()
	return all(tx, pageThread, scanMessage, string(owner), string(other), t, id, limit)
}

// Opening gives the first message two members wrote each other in a connection
// made at since, as one of them has it; ok is false if they have written none.
func (tx *Tx) Opening(owner, other kith.MemberID, since time.Time) (m Message, ok bool, err error) {
	return maybe(scanMessage, tx.row(openingOf, string(owner), string(other), micros(since)))
}

// MarkRead says that a member has read what another wrote up to a message of
// their thread; n is how many were unread.
func (tx *Tx) MarkRead(owner, other kith.MemberID, upTo kith.MessageID, now time.Time) (n int64, err error) {
	return tx.exec(markRead, string(owner), string(other), string(upTo), micros(now))
}

// CountUnread says how many messages a member has not read.
func (tx *Tx) CountUnread(owner kith.MemberID) (n int, err error) {
	err = tx.row(countUnread, string(owner)).Scan(&n)
	return n, err
}

func (m *Message) columns() []any {
	return []any{&m.Owner, &m.Other, &m.ID, &m.Outgoing, at(&m.At), &m.Text, &m.Opening, at(&m.ReadAt)}
}

func scanMessage(row scanner, m *Message) error { return row.Scan(m.columns()...) }

func scanThread(row scanner, t *Thread) error {
	return row.Scan(append(t.Message.columns(), &t.Unread, &t.Name)...)
}
