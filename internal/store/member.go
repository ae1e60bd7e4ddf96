package store

import (
	"time"

	"kith"
)

// MemberState says whether an account is in use.
type MemberState uint8

// The states of an account.
const (
	Active     MemberState = iota
	Unverified             // its address is not confirmed yet
	Left                   // closed by its owner; may come back
	Erased                 // gone; only the id remains
)

// Role says what an account may do beside being a member.
type Role uint8

// The roles. Each may do what those before it may.
const (
	Ordinary Role = iota
	Moderator
	Operator
)

// Member is an account.
type Member struct {
	ID         kith.MemberID
	State      MemberState
	Role       Role
	Name       string
	Email      string
	CreatedAt  time.Time
	VerifiedAt time.Time // of the address; zero: not yet
	LeftAt     time.Time
	// Barred marks a Left account that an operator closed: only an operator
	// opens it again.
	Barred bool
}

// Named is another member as lists show them.
type Named struct {
	ID   kith.MemberID
	Name string // empty if the account is not, or no longer, there for whoever looks
}

// there ends a statement about a member o, in whose words $1 is who looks: the
// account is in use and does not block them. Whoever has left and whoever
// blocks must look alike, for ever: what tells of a member who is not there is
// not shown, so that the day on which a closed account is erased changes
// nothing.
const there = ` AND o.state = 0 AND NOT EXISTS (SELECT 1 FROM pair p
	WHERE p.a = o.id AND p.b = $1 AND p.a_blocks = 1 OR p.a = $1 AND p.b = o.id AND p.b_blocks = 1)`

const (
	memberColumns         = "id, state, role, name, email, created_at, verified_at, left_at, barred"
	insertMember  sqlText = `INSERT INTO member (id, state, role, name, name_folded, email, email_key, created_at, verified_at, left_at, barred)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	updateMember sqlText = `UPDATE member SET state = $2, role = $3, name = $4, name_folded = $5, email = $6, email_key = $7,
	verified_at = $8, left_at = $9, barred = $10 WHERE id = $1`
	readMember   sqlText = "SELECT " + memberColumns + " FROM member WHERE id = $1"
	memberLocked sqlText = readMember + " /*lock*/"
	memberByMail sqlText = "SELECT " + memberColumns + " FROM member WHERE email_key = $1"
	mailLocked   sqlText = memberByMail + " /*lock*/"
	pageMembers  sqlText = "SELECT " + memberColumns + ` FROM member WHERE created_at < $1 OR created_at = $1 AND id < $2
	ORDER BY created_at DESC, id DESC LIMIT $3 + 0`
	insertFeed   sqlText = "INSERT INTO feed (owner, last, seen) VALUES ($1, 0, 0)"
	countMembers sqlText = "SELECT COUNT(*) FROM member WHERE state < 2"
	anyMember    sqlText = "SELECT EXISTS (SELECT 1 FROM member)"
)

// ErrMailTaken answers a second account with the same address. It must not
// reach anybody who has not shown that the address is theirs.
var ErrMailTaken = &kith.Error{Kind: kith.Conflict, Field: "email", Msg: "there is an account with this address already"}

// AddMember keeps a new account.
func (tx *Tx) AddMember(m *Member) error {
	_, err := tx.exec(insertMember, string(m.ID), int64(m.State), int64(m.Role), m.Name, kith.FoldText(m.Name), m.Email, mailKey(m.Email),
		micros(m.CreatedAt), micros(m.VerifiedAt), micros(m.LeftAt), bit(m.Barred))
	if taken(err) {
		return ErrMailTaken
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(insertFeed, string(m.ID))
	return err
}

// SetMember writes an account back.
func (tx *Tx) SetMember(m *Member) error {
	_, err := tx.exec(updateMember, string(m.ID), int64(m.State), int64(m.Role), m.Name, kith.FoldText(m.Name), m.Email, mailKey(m.Email),
		micros(m.VerifiedAt), micros(m.LeftAt), bit(m.Barred))
	if taken(err) {
		return ErrMailTaken
	}
	return err
}

// Member gives an account by its id; ok is false if there never was one.
func (tx *Tx) Member(id kith.MemberID) (m Member, ok bool, err error) {
	if d := tx.dossier(id); d != nil {
		return d.member, true, nil
	}
	return maybe(scanMember, tx.row(readMember, string(id)))
}

// MemberByMail gives the account with an address.
func (tx *Tx) MemberByMail(email string) (m Member, ok bool, err error) {
	key := mailKey(email)
	if key == "" {
		return m, false, nil
	}
	return maybe(scanMember, tx.row(memberByMail, key))
}

// LockMember is Member, and keeps the account from changing until the
// transaction ends: whoever writes it back reads it so.
func (tx *Tx) LockMember(id kith.MemberID) (m Member, ok bool, err error) {
	return maybe(scanMember, tx.row(memberLocked, string(id)))
}

// LockMemberByMail is MemberByMail, locked.
func (tx *Tx) LockMemberByMail(email string) (m Member, ok bool, err error) {
	return maybe(scanMember, tx.row(mailLocked, mailKey(email)))
}

// Members gives all accounts, erased ones too, newest first.
func (tx *Tx) Members(after Cursor, limit int) ([]Member, error) {
	created, id := after.from()
	return all(tx, pageMembers, scanMember, created, id, limit)
}

// AnyMember reports whether there ever was an account.
func (tx *Tx) AnyMember() (any bool, err error) {
	err = tx.row(anyMember).Scan(&any)
	return any, err
}

// CountMembers says how many accounts are in use.
func (tx *Tx) CountMembers() (n int, err error) {
	err = tx.row(countMembers).Scan(&n)
	return n, err
}

func scanMember(row scanner, m *Member) error {
	return row.Scan(&m.ID, &m.State, &m.Role, &m.Name, &m.Email, at(&m.CreatedAt), at(&m.VerifiedAt), at(&m.LeftAt), &m.Barred)
}

// mailKey is what an address is found by.
func mailKey(email string) string {
	key, ok := kith.FoldEmail(email)
	if !ok {
		return ""
	}
	return key
}

// String gives the role's word.
func (r Role) String() string {
	switch r {
	case Moderator:
		return "moderator"
	case Operator:
		return "operator"
	}
	return "member"
}

// String gives the state's word.
func (s MemberState) String() string {
	switch s {
	case Unverified:
		return "unverified"
	case Left:
		return "closed"
	case Erased:
		return "erased"
	}
	return "active"
}

// ClaimFirst claims to open the first account; of several at once one gets it.
func (tx *Tx) ClaimFirst() (ok bool, err error) {
	n, err := tx.exec(insertSecret, "first account", "opened")
	return n == 1, err
}
