package store

import "kith"

// What a member decided and answered about a contact hangs on the contact: it
// moves with it and goes with it.

const (
	// Of two answers to one question the one about the contact that stays counts.
	moveAnswers sqlText = `UPDATE own_answer SET contact = $3 WHERE owner = $1 AND contact = $2 AND NOT EXISTS
	(SELECT 1 FROM own_answer AS had WHERE had.owner = $1 AND had.contact = $3 AND had.question = own_answer.question)`
	forgetAnswersOn sqlText = "DELETE FROM own_answer WHERE owner = $1 AND contact = $2"
	moveVerdicts    sqlText = "UPDATE verdict SET contact = $3 WHERE owner = $1 AND contact = $2"
	forgetDecided   sqlText = "DELETE FROM verdict WHERE owner = $1 AND contact = $2"
)

var forgetVerdicts = whereIn("DELETE FROM verdict WHERE owner = $1 AND invitation", 1)

// MoveAbout makes what was decided and answered about one contact hold for
// another: the two turned out to be one person.
func (tx *Tx) MoveAbout(owner kith.MemberID, from, into kith.ContactID) error {
	for _, move := range []sqlText{moveAnswers, moveVerdicts} {
		if _, err := tx.exec(move, string(owner), string(from), string(into)); err != nil {
			return err
		}
	}
	_, err := tx.exec(forgetAnswersOn, string(owner), string(from))
	return err
}

// ForgetAbout forgets what was decided and answered about a contact.
func (tx *Tx) ForgetAbout(owner kith.MemberID, id kith.ContactID) error {
	for _, forget := range []sqlText{forgetAnswersOn, forgetDecided} {
		if _, err := tx.exec(forget, string(owner), string(id)); err != nil {
			return err
		}
	}
	return nil
}

// ForgetVerdicts forgets what was decided about invitations.
func (tx *Tx) ForgetVerdicts(owner kith.MemberID, ids []kith.InvitationID) error {
	_, err := tx.execMany(&forgetVerdicts, []any{string(owner)}, texts(ids))
	return err
}

// Scrub makes sure, once the transaction is done, that what it deleted is on
// SQLite nowhere in the files any more, the write-ahead log included.
func (tx *Tx) Scrub() { tx.scrubs = true }
