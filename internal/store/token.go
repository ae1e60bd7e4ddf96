package store

import (
	"time"

	"kith"
)

// Token is a credential for a program.
type Token struct {
	Owner     kith.MemberID
	ID        string
	Name      string
	Scopes    uint16 // see app.Scopes; never that of the account itself
	CreatedAt time.Time
	ExpiresAt time.Time // zero: never
	UsedAt    time.Time // the day it was last used; zero: not yet
}

const (
	tokenColumns         = "owner, id, name, scopes, created_at, expires_at, used_at"
	insertToken  sqlText = "INSERT INTO token (owner, id, name, hash, scopes, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"
	tokensOf     sqlText = "SELECT " + tokenColumns + " FROM token WHERE owner = $1 ORDER BY created_at DESC, id DESC"
	tokenBearer  sqlText = `SELECT t.owner, m.state, m.role, t.id, t.scopes, t.created_at, t.expires_at, t.used_at
	FROM token t JOIN member m ON m.id = t.owner WHERE t.hash = $1`
	touchToken   sqlText = "UPDATE token SET used_at = $3 WHERE owner = $1 AND id = $2"
	dropToken    sqlText = "DELETE FROM token WHERE owner = $1 AND id = $2"
	revokeTokens sqlText = "DELETE FROM token WHERE owner = $1 AND created_at <= $2"
)

// AddToken keeps a new token by the hash of its secret.
func (tx *Tx) AddToken(t *Token, hash string) error {
	_, err := tx.exec(insertToken, string(t.Owner), t.ID, t.Name, hash, int64(t.Scopes), micros(t.CreatedAt), micros(t.ExpiresAt))
	return err
}

// Tokens gives a member's tokens, newest first.
func (tx *Tx) Tokens(owner kith.MemberID) ([]Token, error) {
	return all(tx, tokensOf, func(row scanner, t *Token) error {
		return row.Scan(&t.Owner, &t.ID, &t.Name, &t.Scopes, at(&t.CreatedAt), at(&t.ExpiresAt), at(&t.UsedAt))
	}, string(owner))
}

// TokenBearer gives the token whose secret has this hash, with the account
// behind it.
func (tx *Tx) TokenBearer(hash string) (b Bearer, ok bool, err error) {
	return maybe(func(row scanner, b *Bearer) error {
		return row.Scan(&b.Owner, &b.State, &b.Role, &b.ID, &b.Scopes, at(&b.CreatedAt), at(&b.ExpiresAt), at(&b.UsedAt))
	}, tx.row(tokenBearer, hash))
}

// TouchToken says that a token was used on a day.
func (tx *Tx) TouchToken(owner kith.MemberID, id string, day time.Time) error {
	_, err := tx.exec(touchToken, string(owner), id, micros(day))
	return err
}

// DropToken revokes one of a member's tokens; ok is false if there was none.
func (tx *Tx) DropToken(owner kith.MemberID, id string) (ok bool, err error) {
	n, err := tx.exec(dropToken, string(owner), id)
	return n == 1, err
}
