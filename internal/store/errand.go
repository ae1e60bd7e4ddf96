package store

import (
	"time"

	"kith"
)

// AskedCard is an invitation whose sender the member asked something, and which is
// still theirs to decide.
type AskedCard struct {
	Card
	// AsideUntil is until when it is put off; zero or past: it is not.
	AsideUntil time.Time
	// Came is what the member said of one elsewhere: did an answer come?
	Came kith.Answer
}

// Asking is an invitation of the member's whose recipient asks something first.
type Asking struct {
	Invitation kith.InvitationID
	Other      kith.MemberID
	Name       string
	AskedAt    time.Time
	ExpiresAt  time.Time
	Question   string
}

const (
	askedCards sqlText = "SELECT c.*, COALESCE(s.until, 0), 0 FROM (" + cardHere + ` i.owner = $1 AND i.box = 0 AND i.answer = 0 AND i.expires_at > $2
	AND i.asked_at > 0 AND ` + notPaused + `) AS c LEFT JOIN snooze s ON s.owner = $1 AND s.invitation = c.invitation
	UNION ALL SELECT c.*, e.snoozed_until, e.answer FROM (` + cardThere + ` i.owner = $1 AND i.direction = 1 AND i.asked_at > 0 AND i.state < 3) AS c
	JOIN elsewhere e ON e.owner = $1 AND e.id = c.id`

	// What waits for the member's own word: they are asked, and have not replied.
	asksFrom = ` FROM inbox i JOIN member o ON o.id = i.other WHERE i.owner = $1 AND i.box = 1 AND i.course = 0 AND i.expires_at > $2
	AND i.asked_at > 0 AND i.replied_at = 0` + there
	askings sqlText = `SELECT i.invitation, i.other, o.name, i.asked_at, i.expires_at, (SELECT w.question FROM invitation w WHERE w.sender = $1 AND w.id = i.invitation)` +
		asksFrom + " ORDER BY i.asked_at DESC, i.invitation"

	// Who somebody is, what wants them, and what they have not seen; before $3 a
	// question has waited long enough.
	readHead sqlText = `SELECT name, (` + countUnread + `),
	(SELECT COUNT(*) FROM inbox i WHERE` + openHere + ` AND i.asked_at > 0 AND (i.replied_at > 0 OR i.asked_at <= $3)) +
	(SELECT COUNT(*) FROM elsewhere i WHERE` + openThere + ` AND i.asked_at > 0 AND (i.state = 2 OR i.asked_at <= $3)) +
	(SELECT COUNT(*)` + asksFrom + `) +
	(SELECT COUNT(*) FROM duty d JOIN link l ON l.owner = d.owner AND l.other = d.other JOIN member o ON o.id = d.other
		WHERE d.owner = $1 AND d.kind = $4 AND d.state = 0` + there + `) +
	(SELECT COUNT(*) FROM duty d JOIN elsewhere e ON e.owner = $1 AND e.id = d.subject JOIN contact c ON c.owner = $1 AND c.id = e.contact
		WHERE d.owner = $1 AND d.kind = $4 AND d.state = 0 AND d.other = '' AND e.did = 1 AND c.heard_at <= e.did_at),
	(SELECT COUNT(*) FROM (SELECT n FROM event x WHERE owner = $1 AND n > (SELECT seen FROM feed WHERE owner = $1) AND notice = 1` + eventThere + ` LIMIT $5 + 0) AS unread)
	FROM member WHERE id = $1`
)

// AskedCards gives the open invitations whose senders the member asked
// something, put off or not, in no order.
func (tx *Tx) AskedCards(owner kith.MemberID, now time.Time) ([]AskedCard, error) {
	return all(tx, askedCards, func(row scanner, c *AskedCard) error {
		return row.Scan(append(c.columns(), at(&c.AsideUntil), &c.Came)...)
	}, string(owner), micros(now))
}

// Askings gives the open invitations of a member's whose recipients ask
// something and have had no reply, the newest question first.
func (tx *Tx) Askings(owner kith.MemberID, now time.Time) ([]Asking, error) {
	return all(tx, askings, func(row scanner, a *Asking) error {
		return row.Scan(&a.Invitation, &a.Other, &a.Name, at(&a.AskedAt), at(&a.ExpiresAt), &a.Question)
	}, string(owner), micros(now))
}

// Head is what every page shows its member of themselves.
type Head struct {
	Name string
	// Unread are messages, Errands the things that want the member now, News the
	// notices nobody has seen.
	Unread, Errands, News int
}

// Head gives what every page shows a member of themselves; news are counted up
// to a limit. A question asked at lateSince or before has waited long enough;
// duties of the kind proposal propose a removal.
func (tx *Tx) Head(owner kith.MemberID, now, lateSince time.Time, proposal string, limit int) (h Head, ok bool, err error) {
	return maybe(func(row scanner, h *Head) error { return row.Scan(&h.Name, &h.Unread, &h.Errands, &h.News) },
		tx.row(readHead, string(owner), micros(now), micros(lateSince), proposal, limit))
}
