package store

import (
	"time"

	"kith"
	"kith/pair"
)

// Invitation is what an invitation says: the words of both sides, kept as long
// as the two accounts are. How it stands is not in it: see [Tx.Pair].
type Invitation struct {
	ID                kith.InvitationID
	Sender, Recipient kith.MemberID
	Seq               pair.Seq // its number in the row of the two
	SentAt            time.Time
	Note              string // may be empty
	Question          string // of the recipient, who asked first
	Reply             string // of the sender to it
}

const (
	insertInvitation sqlText = `INSERT INTO invitation (sender, id, recipient, seq, sent_at, note, question, reply)
	VALUES ($1, $2, $3, $4, $5, $6, '', '')`
	readInvitation sqlText = "SELECT sender, id, recipient, seq, sent_at, note, question, reply FROM invitation WHERE id = $1"
	setQuestion    sqlText = "UPDATE invitation SET question = $3 WHERE sender = $1 AND id = $2"
	setReply       sqlText = "UPDATE invitation SET reply = $3 WHERE sender = $1 AND id = $2"
	// A received entry is in the inbox as long as it runs.
	openEntries sqlText = "SELECT " + entryColumns + " FROM inbox WHERE owner = $1 AND box = 0 AND expires_at > $2 AND answer < 2"
	countSent   sqlText = "SELECT COUNT(*) FROM inbox WHERE owner = $1 AND box = 1 AND course = 0 AND expires_at > $2"
)

// AddInvitation keeps the words of a new invitation.
func (tx *Tx) AddInvitation(i *Invitation) error {
	_, err := tx.exec(insertInvitation, string(i.Sender), string(i.ID), string(i.Recipient), int64(i.Seq), micros(i.SentAt), i.Note)
	return err
}

// Invitation gives the words of an invitation; ok is false if there never was
// one. Who may see them is for the caller to decide.
func (tx *Tx) Invitation(id kith.InvitationID) (i Invitation, ok bool, err error) {
	return maybe(scanInvitation, tx.row(readInvitation, string(id)))
}

// SetQuestion keeps what the recipient asked first.
func (tx *Tx) SetQuestion(sender kith.MemberID, id kith.InvitationID, text string) error {
	_, err := tx.exec(setQuestion, string(sender), string(id), text)
	return err
}

// SetReply keeps what the sender replied.
func (tx *Tx) SetReply(sender kith.MemberID, id kith.InvitationID, text string) error {
	_, err := tx.exec(setReply, string(sender), string(id), text)
	return err
}

// OpenEntries gives the invitations a member has received that are neither
// turned down nor past their time, in no order.
func (tx *Tx) OpenEntries(owner kith.MemberID, now time.Time) ([]Entry, error) {
	return all(tx, openEntries, scanEntry, string(owner), micros(now))
}

// CountSent says how many of a member's own invitations are pending, as they
// see it.
func (tx *Tx) CountSent(owner kith.MemberID, now time.Time) (n int, err error) {
	err = tx.row(countSent, string(owner), micros(now)).Scan(&n)
	return n, err
}

func scanInvitation(row scanner, i *Invitation) error {
	return row.Scan(&i.Sender, &i.ID, &i.Recipient, &i.Seq, at(&i.SentAt), &i.Note, &i.Question, &i.Reply)
}
