package store

import (
	"time"

	"kith"
)

// Session is one browser that is signed in.
type Session struct {
	Owner  kith.MemberID
	ID     string
	Device string // what kind of browser it is, by family
	// CreatedAt is when its owner signed in.
	CreatedAt time.Time
	// SeenAt is the day it was last used.
	SeenAt time.Time
}

// Bearer is a credential as it was found, and the account behind it as it is
// now: whatever ends or changes the account changes what a credential is worth
// from the next request on.
type Bearer struct {
	Owner kith.MemberID
	State MemberState
	Role  Role

	ID        string // of the session or token
	Scopes    uint16 // a token's
	CreatedAt time.Time
	ExpiresAt time.Time // a token's; zero: never
	UsedAt    time.Time // the day it was last used
}

const (
	sessionColumns         = "owner, id, device, created_at, seen_at"
	insertSession  sqlText = "INSERT INTO session (owner, id, token, device, created_at, seen_at) VALUES ($1, $2, '', $3, $4, $5)"
	readSession    sqlText = "SELECT " + sessionColumns + " FROM session WHERE owner = $1 AND id = $2"
	sessionsOf     sqlText = "SELECT " + sessionColumns + " FROM session WHERE owner = $1 ORDER BY created_at DESC, id DESC"
	bearerColumns          = "SELECT s.owner, m.state, m.role, s.id, s.created_at, s.seen_at FROM session s JOIN member m ON m.id = s.owner"
	sessionBearer  sqlText = bearerColumns + " WHERE s.owner = $1 AND s.id = $2"
	cookieBearer   sqlText = bearerColumns + " WHERE s.token = $1"
	setCookie      sqlText = "UPDATE session SET token = $3 WHERE owner = $1 AND id = $2"
	dropCookie     sqlText = "DELETE FROM session WHERE token = $1"
	touchSession   sqlText = "UPDATE session SET seen_at = $3 WHERE owner = $1 AND id = $2"
	dropSession    sqlText = "DELETE FROM session WHERE owner = $1 AND id = $2"
	dropOthers     sqlText = "DELETE FROM session WHERE owner = $1 AND id <> $2"
	dropStale      sqlText = "DELETE FROM session WHERE owner = $1 AND (created_at <= $2 OR seen_at <= $3)"
	sweepSessions  sqlText = "DELETE FROM session WHERE created_at <= $1 OR seen_at <= $2"
	sweepTickets   sqlText = "DELETE FROM ticket WHERE expires_at <= $1"
	revokeSessions sqlText = "DELETE FROM session WHERE owner = $1 AND created_at <= $2"
)

// AddSession keeps a new session.
func (tx *Tx) AddSession(s *Session) error {
	_, err := tx.exec(insertSession, string(s.Owner), s.ID, s.Device, micros(s.CreatedAt), micros(s.SeenAt))
	return err
}

// Session gives one of a member's sessions.
func (tx *Tx) Session(owner kith.MemberID, id string) (s Session, ok bool, err error) {
	return maybe(scanSession, tx.row(readSession, string(owner), id))
}

// Sessions gives a member's sessions, newest first.
func (tx *Tx) Sessions(owner kith.MemberID) ([]Session, error) {
	return all(tx, sessionsOf, scanSession, string(owner))
}

// SessionBearer gives a session with the account behind it.
func (tx *Tx) SessionBearer(owner kith.MemberID, id string) (b Bearer, ok bool, err error) {
	return maybe(scanBearer, tx.row(sessionBearer, string(owner), id))
}

// CookieBearer gives the session whose cookie has this hash, with the account
// behind it.
func (tx *Tx) CookieBearer(token string) (b Bearer, ok bool, err error) {
	return maybe(scanBearer, tx.row(cookieBearer, token))
}

func scanBearer(row scanner, b *Bearer) error {
	return row.Scan(&b.Owner, &b.State, &b.Role, &b.ID, at(&b.CreatedAt), at(&b.UsedAt))
}

// SetCookie gives a session its cookie: the hash of what it holds. A session that
// has ended meanwhile stays so.
func (tx *Tx) SetCookie(owner kith.MemberID, id, token string) error {
	_, err := tx.exec(setCookie, string(owner), id, token)
	return err
}

// DropCookie ends the session whose cookie has this hash.
func (tx *Tx) DropCookie(token string) error {
	_, err := tx.exec(dropCookie, token)
	return err
}

// TouchSession says that a session was used on a day.
func (tx *Tx) TouchSession(owner kith.MemberID, id string, day time.Time) error {
	_, err := tx.exec(touchSession, string(owner), id, micros(day))
	return err
}

// DropSession ends one of a member's sessions; ok is false if there was none.
func (tx *Tx) DropSession(owner kith.MemberID, id string) (ok bool, err error) {
	n, err := tx.exec(dropSession, string(owner), id)
	return n == 1, err
}

// DropOtherSessions ends all sessions of a member but one; with an empty id,
// all.
func (tx *Tx) DropOtherSessions(owner kith.MemberID, id string) error {
	_, err := tx.exec(dropOthers, string(owner), id)
	return err
}

// DropStaleSessions ends a member's sessions made, or last seen, at or before
// a time.
func (tx *Tx) DropStaleSessions(owner kith.MemberID, made, seen time.Time) error {
	_, err := tx.exec(dropStale, string(owner), micros(made), micros(seen))
	return err
}

// SweepCredentials forgets the sessions made, or last seen, at or before a time,
// whosever they are, and the secrets sent by mail whose time is over.
func (tx *Tx) SweepCredentials(made, seen time.Time) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if _, err := tx.exec(sweepSessions, micros(made), micros(seen)); err != nil {
		return err
	}
	_, err = tx.exec(sweepTickets, micros(now))
	return err
}

func scanSession(row scanner, s *Session) error {
	return row.Scan(&s.Owner, &s.ID, &s.Device, at(&s.CreatedAt), at(&s.SeenAt))
}
