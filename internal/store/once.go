package store

import "kith"

const (
	insertOnce sqlText = "INSERT INTO once (owner, name, request, answer, at) VALUES ($1, $2, $3, '', $4) ON CONFLICT (owner, name) DO NOTHING"
	readOnce   sqlText = "SELECT request, answer FROM once WHERE owner = $1 AND name = $2"
	answerOnce sqlText = "UPDATE once SET answer = $3 WHERE owner = $1 AND name = $2"
	forgetOnce sqlText = "DELETE FROM once WHERE at < $1"
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
	err = tx.row(readOnce, string(owner), name).Scan(&request, &answer)
	return false, request, answer, err
}

// AnswerOnce keeps the answer to a request whose key this transaction claimed.
func (tx *Tx) AnswerOnce(owner kith.MemberID, name, answer string) error {
	_, err := tx.exec(answerOnce, string(owner), name, answer)
	return err
}

// ForgetOnce forgets keys claimed before a time.
func (tx *Tx) ForgetOnce(before int64) error {
	_, err := tx.exec(forgetOnce, before)
	return err
}
