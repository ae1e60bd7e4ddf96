package store

import (
	"time"

	"kith"
)

// OwnAnswer is what a member answered to a question of Kith about a person, or
// about themselves. Nobody else ever sees it.
type OwnAnswer struct {
	About    Person
	Question string
	Answer   kith.Answer
	At       time.Time
}

const (
	setAnswer sqlText = `INSERT INTO own_answer (owner, other, contact, question, answer, at) VALUES ($1, $2, $3, $4, $5, $6)
	ON CONFLICT (owner, other, contact, question) DO UPDATE SET answer = excluded.answer, at = excluded.at`
	dropAnswer sqlText = "DELETE FROM own_answer WHERE owner = $1 AND other = $2 AND contact = $3 AND question = $4"
	answersOf  sqlText = `SELECT other, contact, question, answer, at FROM own_answer WHERE owner = $1
	AND other IN (SELECT value FROM /*each*/($2) AS members) AND contact IN (SELECT value FROM /*each*/($3) AS contacts) ORDER BY question, other, contact`

	judgedAbout sqlText = `SELECT invitation FROM verdict WHERE owner = $1 AND other = $2 AND contact = $3 AND newest = 1 ORDER BY invitation`
)

// SetAnswer keeps an answer in place of an earlier one; kith.NotAnswered takes
// it back.
func (tx *Tx) SetAnswer(owner kith.MemberID, a *OwnAnswer) error {
	if a.Answer == kith.NotAnswered {
		_, err := tx.exec(dropAnswer, string(owner), string(a.About.Member), string(a.About.Contact), a.Question)
		return err
	}
	_, err := tx.exec(setAnswer, string(owner), string(a.About.Member), string(a.About.Contact), a.Question, int64(a.Answer), micros(a.At))
	return err
}

// Answers gives what a member answered about some people.
func (tx *Tx) Answers(owner kith.MemberID, about ...Person) ([]OwnAnswer, error) {
	members, contacts := make([]kith.MemberID, len(about)), make([]kith.ContactID, len(about))
	for i, p := range about {
		members[i], contacts[i] = p.Member, p.Contact
	}
	others, err := jsonList(members)
	if err != nil {
		return nil, err
	}
	there, err := jsonList(contacts)
	if err != nil {
		return nil, err
	}
	return all(tx, answersOf, func(row scanner, a *OwnAnswer) error {
		return row.Scan(&a.About.Member, &a.About.Contact, &a.Question, &a.Answer, at(&a.At))
	}, string(owner), others, there)
}

// JudgedAbout gives the invitations of a person that were decided before.
func (tx *Tx) JudgedAbout(owner kith.MemberID, about Person) ([]kith.InvitationID, error) {
	return all(tx, judgedAbout, func(row scanner, id *kith.InvitationID) error { return row.Scan(id) },
		string(owner), string(about.Member), string(about.Contact))
}
