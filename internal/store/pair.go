package store

import (
	"database/sql"
	"errors"

	"kith"
	"kith/pair"
)

// Pair is the locked row of two members.
type Pair struct {
	// A and B are the members, in the order of their ids.
	A, B  kith.MemberID
	State pair.State
	// Invitations are the public ids of State.Sent.
	Invitations [2]kith.InvitationID

	version int64 // 0: the row is not there yet
}

// New reports whether the two had no row yet: nothing says whether they have
// left but their accounts.
func (p *Pair) New() bool { return p.version == 0 }

// Member gives the member in a place.
func (p *Pair) Member(who pair.Party) kith.MemberID {
	if who == pair.A {
		return p.A
	}
	return p.B
}

// Party gives the place of one of the two.
func (p *Pair) Party(who kith.MemberID) pair.Party {
	if who == p.B {
		return pair.B
	}
	return pair.A
}

// Invitation gives the public id of the invitation with a number, empty if the
// row no longer holds it.
func (p *Pair) Invitation(seq pair.Seq) kith.InvitationID {
	for i := range p.State.Sent {
		if seq != 0 && p.State.Sent[i].Seq == seq {
			return p.Invitations[i]
		}
	}
	return ""
}

const (
	pairColumns = `version, seq,
	a_seq, a_invitation, a_sent_at, a_expires_at, a_tie, a_unheard, a_answer, a_answered_at, a_asked_at, a_replied_at, a_followed, a_course, a_ended_at,
	b_seq, b_invitation, b_sent_at, b_expires_at, b_tie, b_unheard, b_answer, b_answered_at, b_asked_at, b_replied_at, b_followed, b_course, b_ended_at,
	c_seq, c_since, c_see, c_seer, a_knows, b_knows, a_refuses, b_refuses, a_blocks, b_blocks, a_gone, b_gone`

	readPair sqlText = "SELECT a, b, " + pairColumns + " FROM pair WHERE a = $1 AND b = $2"
	lockPair sqlText = readPair + " /*lock*/"
	allPairs sqlText = "SELECT a, b, " + pairColumns + " FROM pair WHERE (a = $1 OR b = $1) ORDER BY a, b"

	shareMembers sqlText = "SELECT id FROM member WHERE id IN ($1, $2) ORDER BY id /*share*/"

	insertPair sqlText = `INSERT INTO pair (a, b, ` + pairColumns + `) VALUES ($1, $2, 0, 0,
	0, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (a, b) DO NOTHING`

	updatePair sqlText = `UPDATE pair SET version = version + 1, seq = $4,
	a_seq = $5, a_invitation = $6, a_sent_at = $7, a_expires_at = $8, a_tie = $9, a_unheard = $10, a_answer = $11, a_answered_at = $12,
	a_asked_at = $13, a_replied_at = $14, a_followed = $15, a_course = $16, a_ended_at = $17,
	b_seq = $18, b_invitation = $19, b_sent_at = $20, b_expires_at = $21, b_tie = $22, b_unheard = $23, b_answer = $24, b_answered_at = $25,
	b_asked_at = $26, b_replied_at = $27, b_followed = $28, b_course = $29, b_ended_at = $30,
	c_seq = $31, c_since = $32, c_see = $33, c_seer = $34, a_knows = $35, b_knows = $36, a_refuses = $37, b_refuses = $38,
	a_blocks = $39, b_blocks = $40, a_gone = $41, b_gone = $42
	WHERE a = $1 AND b = $2 AND version = $3`
)

// Pair gives the row of two members, locked until the transaction ends, so that
// what is decided on it holds. Two members who have had nothing to do with each
// other get the zero State. pair.ErrSelf answers a member and themselves.
//
// Rows of several pairs are locked in the order of their members' ids.
func (tx *Tx) Pair(x, y kith.MemberID) (Pair, error) {
	a, b, _, err := pair.Order(x, y)
	if err != nil {
		return Pair{}, err
	}
	p, err := scanned(tx.row(lockPair, string(a), string(b)))
	if !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	// A row that is not there cannot be locked: make it, while neither account
	// can be closed.
	if err := tx.each(shareMembers, func(scanner) error { return nil }, string(a), string(b)); err != nil {
		return Pair{}, err
	}
	if _, err := tx.exec(insertPair, string(a), string(b)); err != nil {
		return Pair{}, err
	}
	return scanned(tx.row(lockPair, string(a), string(b)))
}

func (tx *Tx) peekPair(a, b kith.MemberID) (Pair, error) {
	p, err := scanned(tx.row(readPair, string(a), string(b)))
	if errors.Is(err, sql.ErrNoRows) {
		return Pair{A: a, B: b}, nil
	}
	return p, err
}

// PairsOf gives every row a member stands in.
func (tx *Tx) PairsOf(m kith.MemberID) ([]Pair, error) {
	return all(tx, allPairs, scanPair, string(m))
}

func scanned(row scanner) (p Pair, err error) {
	err = scanPair(row, &p)
	return p, err
}

func scanPair(row scanner, p *Pair) error {
	if err := row.Scan(p.columns()...); err != nil {
		return err
	}
	return p.complete()
}

// columns are where a row's columns go to; complete ends the reading of one.
func (p *Pair) columns() []any {
	s := &p.State
	into := []any{&p.A, &p.B, &p.version, &s.Seq}
	for i := range s.Sent {
		v := &s.Sent[i]
		into = append(into, &v.Seq, &p.Invitations[i], at(&v.SentAt), at(&v.ExpiresAt), &v.Tie, &v.Unheard, &v.Answer, at(&v.AnsweredAt),
			at(&v.AskedAt), at(&v.RepliedAt), &v.Followed, &v.Course, at(&v.EndedAt))
	}
	c := &s.Connection
	return append(into, &c.Seq, at(&c.Since), &c.See, &c.Seer, &c.Ties[0], &c.Ties[1], &s.Refuses[0], &s.Refuses[1],
		&s.Blocks[0], &s.Blocks[1], &s.Gone[0], &s.Gone[1])
}

func (p *Pair) complete() error {
	for i := range p.State.Sent {
		if v := &p.State.Sent[i]; v.Seq == 0 {
			*v = pair.Invitation{} // a row holds a course where there is no invitation
		}
	}
	return p.State.Check()
}

func pairArgs(p *Pair) []any {
	s := &p.State
	args := []any{string(p.A), string(p.B), p.version, int64(s.Seq)}
	for i := range s.Sent {
		v := &s.Sent[i]
		course, ended := int64(v.Course), micros(v.EndedAt)
		if v.Seq == 0 {
			course, ended = int64(pair.Cancelled), 1 // not running: the constraints speak of running ones
		}
		args = append(args, int64(v.Seq), string(p.Invitations[i]), micros(v.SentAt), micros(v.ExpiresAt), int64(v.Tie), bit(v.Unheard),
			int64(v.Answer), micros(v.AnsweredAt), micros(v.AskedAt), micros(v.RepliedAt), int64(v.Followed), course, ended)
	}
	c := &s.Connection
	return append(args, int64(c.Seq), micros(c.Since), int64(c.See), int64(c.Seer), int64(c.Ties[0]), int64(c.Ties[1]),
		bit(s.Refuses[0]), bit(s.Refuses[1]), bit(s.Blocks[0]), bit(s.Blocks[1]), bit(s.Gone[0]), bit(s.Gone[1]))
}

// errMoved says that a pair was written by somebody else since it was read,
// which the lock should have made impossible.
var errMoved = &kith.Error{Kind: kith.Busy, Msg: "somebody else was faster; try again"}

// Move writes the state pair.Next gave for a locked row, and the projections of
// it. An invitation the state holds and the row did not gets the id sent.
func (tx *Tx) Move(p *Pair, next pair.State, sent kith.InvitationID) error {
	before := *p
	for i := range next.Sent {
		if next.Sent[i].Seq != p.State.Sent[i].Seq {
			p.Invitations[i] = sent
		}
	}
	p.State = next
	n, err := tx.exec(updatePair, pairArgs(p)...)
	if err != nil {
		return err
	}
	if n != 1 {
		return errMoved
	}
	p.version++
	return tx.project(&before, p)
}
