package store

import (
	"time"

	"kith"
)

// Passkey is a key on a member's device or in their password manager.
type Passkey struct {
	Owner      kith.MemberID
	ID         string // the credential's own, base64url
	Name       string
	Credential string // JSON: the public key and what belongs to it
	CreatedAt  time.Time
	UsedAt     time.Time // the day it was last used; zero: not yet
}

const (
	passkeyColumns         = "owner, id, name, credential, created_at, used_at"
	insertPasskey  sqlText = "INSERT INTO passkey (owner, id, name, credential, created_at, used_at) VALUES ($1, $2, $3, $4, $5, 0)"
	passkeysOf     sqlText = "SELECT " + passkeyColumns + " FROM passkey WHERE owner = $1 ORDER BY created_at, id"
	usePasskey     sqlText = "UPDATE passkey SET credential = $3, used_at = $4 WHERE owner = $1 AND id = $2"
	renamePasskey  sqlText = "UPDATE passkey SET name = $3 WHERE owner = $1 AND id = $2"
	dropPasskey    sqlText = "DELETE FROM passkey WHERE owner = $1 AND id = $2"
	revokePasskeys sqlText = "DELETE FROM passkey WHERE owner = $1 AND created_at <= $2"

	insertCeremony sqlText = "INSERT INTO ceremony (owner, hash, data, expires_at) VALUES ($1, $2, $3, $4)"
	forgetCeremony sqlText = "DELETE FROM ceremony WHERE expires_at <= $1"
	hasCeremony    sqlText = "SELECT EXISTS (SELECT 1 FROM ceremony WHERE owner = $1 AND hash = $2 AND expires_at > $3)"
	takeCeremony   sqlText = "DELETE FROM ceremony WHERE owner = $1 AND hash = $2 AND expires_at > $3 RETURNING data"
	dropCeremonies sqlText = "DELETE FROM ceremony WHERE owner = $1"
)

// errPasskeyTaken answers a passkey that is registered already.
var errPasskeyTaken = &kith.Error{Kind: kith.Conflict, Msg: "this passkey is registered already; sign in with it"}

// AddPasskey keeps a new passkey.
func (tx *Tx) AddPasskey(p *Passkey) error {
	_, err := tx.exec(insertPasskey, string(p.Owner), p.ID, p.Name, p.Credential, micros(p.CreatedAt))
	if taken(err) {
		return errPasskeyTaken
	}
	return err
}

// Passkeys gives a member's passkeys, oldest first.
func (tx *Tx) Passkeys(owner kith.MemberID) ([]Passkey, error) {
	return all(tx, passkeysOf, func(row scanner, p *Passkey) error {
		return row.Scan(&p.Owner, &p.ID, &p.Name, &p.Credential, at(&p.CreatedAt), at(&p.UsedAt))
	}, string(owner))
}

// UsePasskey keeps what using a passkey made of its credential, and the day.
func (tx *Tx) UsePasskey(owner kith.MemberID, id, credential string, day time.Time) error {
	_, err := tx.exec(usePasskey, string(owner), id, credential, micros(day))
	return err
}

// RenamePasskey gives a passkey another name; ok is false if there is none.
func (tx *Tx) RenamePasskey(owner kith.MemberID, id, name string) (ok bool, err error) {
	n, err := tx.exec(renamePasskey, string(owner), id, name)
	return n == 1, err
}

// DropPasskey removes a passkey; ok is false if there was none.
func (tx *Tx) DropPasskey(owner kith.MemberID, id string) (ok bool, err error) {
	n, err := tx.exec(dropPasskey, string(owner), id)
	return n == 1, err
}

// AddCeremony keeps what a passkey is being asked for, until a time, and
// forgets those whose time is over. The owner is empty for a sign-in.
func (tx *Tx) AddCeremony(owner kith.MemberID, hash, data string, until time.Time) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if _, err := tx.exec(forgetCeremony, micros(now)); err != nil {
		return err
	}
	_, err = tx.exec(insertCeremony, string(owner), hash, data, micros(until))
	return err
}

// HasCeremony reports whether TakeCeremony would give something.
func (tx *Tx) HasCeremony(owner kith.MemberID, hash string) (ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	err = tx.row(hasCeremony, string(owner), hash, micros(now)).Scan(&ok)
	return ok, err
}

// TakeCeremony gives what was kept, once.
func (tx *Tx) TakeCeremony(owner kith.MemberID, hash string) (data string, ok bool, err error) {
	now, err := tx.Now()
	if err != nil {
		return "", false, err
	}
	return maybe(func(row scanner, data *string) error { return row.Scan(data) },
		tx.row(takeCeremony, string(owner), hash, micros(now)))
}
