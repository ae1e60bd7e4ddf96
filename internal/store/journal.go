package store

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"time"

	"kith"
)

// SafetyKind says what must stay so after an old backup is restored.
type SafetyKind string

// The kinds of the safety journal. An unblock is in it so that a block does not
// outlive it.
const (
	SafetyBlock    SafetyKind = "block"    // Who blocks Other
	SafetyUnblock  SafetyKind = "unblock"  // Who no longer does
	SafetyErase    SafetyKind = "erase"    // the account Who is erased
	SafetyRevoke   SafetyKind = "revoke"   // the token Who is revoked; with Other, all credentials of a member
	SafetySuppress SafetyKind = "suppress" // no mail to the address Who
)

// SafetyRow is one row of the safety journal. Who and Other are keyed hashes of
// ids ([Tx.Hide]): the journal alone names nobody.
type SafetyRow struct {
	ID    string     `json:"id"`
	At    time.Time  `json:"at"`
	Kind  SafetyKind `json:"kind"`
	Who   string     `json:"who"`
	Other string     `json:"other,omitempty"`
}

const (
	insertSafety sqlText = "INSERT INTO safety (id, at, kind, who, other) VALUES ($1, $2, $3, $4, $5)"
	readSafety   sqlText = "SELECT id, at, kind, who, other FROM safety ORDER BY at, id"
	readSecret   sqlText = "SELECT value FROM secret WHERE name = $1"
	insertSecret sqlText = "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
)

// Keep writes down, in this transaction and beside the database, something
// that restoring an old backup must not undo. other may be empty.
func (tx *Tx) Keep(kind SafetyKind, who, other string) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	r := SafetyRow{ID: tx.NewID(), At: now, Kind: kind}
	if r.Who, err = tx.Hide(who); err != nil {
		return err
	}
	if other != "" {
		if r.Other, err = tx.Hide(other); err != nil {
			return err
		}
	}
	if _, err := tx.exec(insertSafety, r.ID, micros(r.At), string(r.Kind), r.Who, r.Other); err != nil {
		return err
	}
	tx.safety = append(tx.safety, r)
	return nil
}

// Safety gives the safety journal, oldest first.
func (tx *Tx) Safety() ([]SafetyRow, error) {
	return all(tx, readSafety, func(row scanner, r *SafetyRow) error {
		return row.Scan(&r.ID, at(&r.At), &r.Kind, &r.Who, &r.Other)
	})
}

// Hide gives the keyed hash of an id, under a key of this database.
func (tx *Tx) Hide(id string) (string, error) {
	key, err := tx.Secret("hide")
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// Secret gives a key of this database by its name. [Tx.SetSecret] made it.
func (tx *Tx) Secret(name string) (string, error) {
	return only(tx, "this database has no key "+name, readSecret, func(row scanner, v *string) error { return row.Scan(v) }, name)
}

// SetSecret keeps a key under a name, unless there is one.
func (tx *Tx) SetSecret(name, value string) error {
	_, err := tx.exec(insertSecret, name, value)
	return err
}

// journalFile is the safety journal beside a SQLite file, a JSON object a line.
type journalFile struct{ *os.File }

func openJournal(name string) (*journalFile, error) {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "db", Msg: name + " cannot be written; it must lie beside the database", Err: err}
	}
	return &journalFile{f}, nil
}

// append writes rows and returns when they are on disk. It comes before the
// commit: if that fails, the journal holds something a member asked for and did
// not get, which is the safe side.
func (j *journalFile) append(rows []SafetyRow) error {
	w := bufio.NewWriter(j)
	enc := json.NewEncoder(w)
	for i := range rows {
		if err := enc.Encode(&rows[i]); err != nil {
			return err
		}
	}
	return errors.Join(w.Flush(), j.Sync())
}

// ReadJournal reads the safety journal in a file. A last line that was cut is
// left out.
func ReadJournal(name string) (rows []SafetyRow, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &kith.Error{Kind: kith.NotFound, Field: name, Msg: "there is no such journal", Err: err}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r SafetyRow
		if json.Unmarshal(lines.Bytes(), &r) == nil && r.ID != "" {
			rows = append(rows, r)
		}
	}
	return rows, nil
}
