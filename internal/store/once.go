package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"kith"
)

const (
	insertOnce sqlText = "INSERT INTO once (owner, name, request, answer, at) VALUES ($1, $2, $3, '', $4) ON CONFLICT (owner, name) DO NOTHING"
	readOnce   sqlText = "SELECT request, answer FROM once WHERE owner = $1 AND name = $2"
	answerOnce sqlText = "UPDATE once SET answer = $3 WHERE owner = $1 AND name = $2"
	forgetOnce sqlText = "DELETE FROM once WHERE at < $1"
	forgetKey  sqlText = "DELETE FROM once WHERE owner = $1 AND name = $2"

	insertAbout sqlText = `INSERT INTO once_about (owner, name, member) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), m.id FROM member m
	WHERE m.id <> $1 AND m.id IN (SELECT them.value FROM /*each*/($3) AS them)`
	forgetOnceAbout sqlText = "DELETE FROM once WHERE (owner, name) IN (SELECT owner, name FROM once_about WHERE member = $1)"
)

// Once claims a key for a request. If it was claimed before, first is false and
// request and answer are those of the first time; a second claim at the same
// time waits until the first transaction has ended.
func (tx *Tx) Once(owner kith.MemberID, name, asked string) (first bool, request, answer string, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, "", "", err
	}
	n, err := tx.exec(insertOnce, string(owner), name, asked, micros(now))
	if err != nil || n == 1 {
		return n == 1, asked, "", err
	}
	request, answer, _, err = tx.Kept(owner, name)
	return false, request, answer, err
}

// Kept gives the request and the answer kept for a key; ok is false if it did not
// come before.
func (tx *Tx) Kept(owner kith.MemberID, name string) (request, answer string, ok bool, err error) {
	err = tx.row(readOnce, string(owner), name).Scan(&request, &answer)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", false, nil
	}
	return request, answer, err == nil, err
}

// ForgetKey forgets a key: what was asked under it came to nothing.
func (tx *Tx) ForgetKey(owner kith.MemberID, name string) error {
	_, err := tx.exec(forgetKey, string(owner), name)
	return err
}

// AnswerOnce keeps the answer to a request whose key this transaction claimed,
// and which other members' ids are in it.
func (tx *Tx) AnswerOnce(owner kith.MemberID, name, answer string) error {
	if _, err := tx.exec(answerOnce, string(owner), name, answer); err != nil {
		return err
	}
	words := strings.FieldsFunc(answer, func(r rune) bool { return !kith.IDRune(r) })
	slices.Sort(words)
	list, err := toJSON(slices.Compact(words))
	if err != nil || len(words) == 0 {
		return err
	}
	_, err = tx.exec(insertAbout, string(owner), name, list)
	return err
}

// ForgetOnce forgets keys claimed before a time.
func (tx *Tx) ForgetOnce(before int64) error {
	_, err := tx.exec(forgetOnce, before)
	return err
}
