package store

import (
	"time"

	"kith"
)

const (
	readLinkNote sqlText = "SELECT text FROM link_note WHERE owner = $1 AND other = $2"
	setLinkNote  sqlText = `INSERT INTO link_note (owner, other, text, at) VALUES ($1, $2, $3, $4)
	ON CONFLICT (owner, other) DO UPDATE SET text = excluded.text, at = excluded.at`
	dropLinkNote sqlText = "DELETE FROM link_note WHERE owner = $1 AND other = $2"
)

// LinkNote gives what a member wrote down for themselves about another, empty
// if nothing. It outlasts the connection, as a memory does.
func (tx *Tx) LinkNote(owner, other kith.MemberID) (string, error) {
	text, _, err := maybe(func(row scanner, s *string) error { return row.Scan(s) }, tx.row(readLinkNote, string(owner), string(other)))
	return text, err
}

// SetLinkNote keeps such a note; an empty one takes it away.
func (tx *Tx) SetLinkNote(owner, other kith.MemberID, text string, now time.Time) error {
	if text == "" {
		_, err := tx.exec(dropLinkNote, string(owner), string(other))
		return err
	}
	_, err := tx.exec(setLinkNote, string(owner), string(other), text, micros(now))
	return err
}
