package store

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
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
	SafetyRevoke   SafetyKind = "revoke"   // the token, passkey or calendar Who is revoked; with Other, all credentials of a member
	SafetyPassword SafetyKind = "password" // the member Who has another password
	SafetySuppress SafetyKind = "suppress" // no mail to the address Who; with Other, no letters of that kind
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
	insertSafety sqlText = "INSERT INTO safety (id, at, kind, who, other) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING"
	readSafety   sqlText = "SELECT id, at, kind, who, other FROM safety ORDER BY at, id"
	readSecret   sqlText = "SELECT value FROM secret WHERE name = $1"
	insertSecret sqlText = "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
	dropSecret   sqlText = "DELETE FROM secret WHERE name = $1"
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
	if err := tx.KeepAgain(&r); err != nil {
		return err
	}
	tx.safety = append(tx.safety, r)
	return nil
}

// KeepAgain puts a row of a safety journal that was found beside the database
// into it.
func (tx *Tx) KeepAgain(r *SafetyRow) error {
	_, err := tx.exec(insertSafety, r.ID, micros(r.At), string(r.Kind), r.Who, r.Other)
	return err
}

// Safety gives the safety journal, oldest first.
func (tx *Tx) Safety() ([]SafetyRow, error) {
	return all(tx, readSafety, func(row scanner, r *SafetyRow) error {
		return row.Scan(&r.ID, at(&r.At), &r.Kind, &r.Who, &r.Other)
	})
}

// The keys a database has of its own.
const (
	keyHide = "hide" // of the keyed hashes; made once, and part of every backup
	// keyRestoring is there while a backup is being restored.
	keyRestoring = "restoring"
)

// Hide gives the keyed hash of an id, under a key of this database.
func (tx *Tx) Hide(id string) (string, error) {
	key, err := tx.Secret(keyHide)
	if err != nil {
		return "", err
	}
	return hide(key, id), nil
}

func hide(key, id string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil))
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

// prepareSafety makes the key of the hashes of a new database, brings the file
// of the journal up to date, and refuses a database that a restore left
// half-way: what its backup brought back might not be undone yet.
func (db *DB) prepareSafety(ctx context.Context) error {
	return db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Secret(keyRestoring); kith.KindOf(err) != kith.NotFound {
			return cmp.Or(err, error(&kith.Error{Kind: kith.Conflict, Field: "db",
				Msg: "restoring a backup into this database was cut off; empty it and restore again"}))
		}
		if err := tx.makeHideKey(); err != nil {
			return err
		}
		if db.journal == nil {
			return nil
		}
		// Whoever appends to the file has begun to write: here nobody else has.
		rows, err := tx.Safety()
		if err != nil {
			return err
		}
		return db.journal.complete(rows)
	})
}

func (tx *Tx) makeHideKey() error {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: see crypto/rand
	return tx.SetSecret(keyHide, hex.EncodeToString(key[:]))
}

// Unapplied gives the rows of the journal beside the database that the database
// does not know, oldest first: an older copy was put in its place, or a
// transaction ended between the journal's disk and its own. On PostgreSQL,
// which has no file beside it, there are none.
func (db *DB) Unapplied(ctx context.Context) (rows []SafetyRow, err error) {
	if db.journal == nil {
		return nil, nil
	}
	err = db.Read(ctx, func(tx *Tx) error {
		have, err := tx.Safety()
		if err != nil {
			return err
		}
		beside, err := ReadJournal(db.journal.Name())
		rows = missing(MergeJournals(beside), have)
		return err
	})
	return rows, err
}

// missing gives the rows of all that are not in have.
func missing(all, have []SafetyRow) (out []SafetyRow) {
	known := make(map[string]bool, len(have))
	for i := range have {
		known[have[i].ID] = true
	}
	for _, r := range all {
		if !known[r.ID] {
			out = append(out, r)
		}
	}
	return out
}

// MergeJournals brings copies of one journal together: each row once, oldest
// first.
func MergeJournals(journals ...[]SafetyRow) []SafetyRow {
	merged := slices.Concat(journals...)
	slices.SortFunc(merged, func(a, b SafetyRow) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(merged, func(a, b SafetyRow) bool { return a.ID == b.ID })
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
	if len(rows) == 0 {
		return nil
	}
	return errors.Join(WriteJournal(j, rows), j.Sync())
}

// complete ends a last line that a crash cut, keeps the file to its owner, and
// appends those of rows that it lacks.
func (j *journalFile) complete(rows []SafetyRow) error {
	if err := j.Chmod(0o600); err != nil {
		return err
	}
	data, err := os.ReadFile(j.Name())
	if err != nil {
		return err
	}
	if whole := bytes.LastIndexByte(data, '\n') + 1; whole < len(data) {
		if err := j.Truncate(int64(whole)); err != nil {
			return err
		}
		data = data[:whole]
	}
	have, err := parseJournal(bytes.NewReader(data), j.Name())
	if err != nil {
		return err
	}
	return j.append(missing(rows, have))
}

// WriteJournal writes rows as a journal's file holds them.
func WriteJournal(w io.Writer, rows []SafetyRow) error {
	buf := bufio.NewWriter(w)
	enc := json.NewEncoder(buf)
	for i := range rows {
		if err := enc.Encode(&rows[i]); err != nil {
			return err
		}
	}
	return buf.Flush()
}

// ReadJournal reads the safety journal in a file. A last line that was cut is
// left out; any other that is no row is an error.
func ReadJournal(name string) (rows []SafetyRow, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &kith.Error{Kind: kith.NotFound, Field: name, Msg: "there is no such journal", Err: err}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return parseJournal(f, name)
}

func parseJournal(r io.Reader, name string) (rows []SafetyRow, err error) {
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := readLine(lines)
		if err == io.EOF {
			return rows, nil
		}
		var row SafetyRow
		if err != nil || json.Unmarshal(line, &row) != nil || row.ID == "" || row.At.IsZero() {
			return nil, &kith.Error{Kind: kith.Invalid, Field: name, Msg: fmt.Sprintf("line %d is no row of a safety journal; give the file as Kith wrote it", n), Err: err}
		}
		rows = append(rows, row)
	}
}

// maxFileLine is how long a line of a file Kith wrote can be: a photo's, with
// room.
const maxFileLine = 64 << 20

// readLine reads a line with its end. One without an end is none.
func readLine(r *bufio.Reader) (line []byte, err error) {
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(line) > maxFileLine:
			return nil, errors.New("a line without end")
		}
	}
}

const (
	everyMember     sqlText = "SELECT id, '' FROM member WHERE state <> 3 ORDER BY id"
	everyCredential sqlText = "SELECT owner, id FROM token UNION ALL SELECT owner, id FROM passkey UNION ALL SELECT owner, id FROM calendar"
)

// Unhidden finds what a safety journal speaks of in a database: its rows hold
// keyed hashes, so everything there is is hashed and looked up.
type Unhidden struct {
	members     map[string]kith.MemberID
	credentials map[string]Credential
}

// Credential is a token, a passkey or the address of a calendar.
type Credential struct {
	Owner kith.MemberID
	ID    string
}

// Unhide hashes all members that are not erased and all their credentials.
func (tx *Tx) Unhide() (*Unhidden, error) {
	key, err := tx.Secret(keyHide)
	if err != nil {
		return nil, err
	}
	u := &Unhidden{map[string]kith.MemberID{}, map[string]Credential{}}
	read := func(query sqlText, found func(c Credential)) error {
		return tx.each(query, func(row scanner) error {
			var c Credential
			err := row.Scan(&c.Owner, &c.ID)
			found(c)
			return err
		})
	}
	err = read(everyMember, func(c Credential) { u.members[hide(key, string(c.Owner))] = c.Owner })
	if err != nil {
		return nil, err
	}
	return u, read(everyCredential, func(c Credential) { u.credentials[hide(key, c.ID)] = c })
}

// Member gives the member with a hash; ok is false if there is none.
func (u *Unhidden) Member(hash string) (m kith.MemberID, ok bool) {
	m, ok = u.members[hash]
	return m, ok
}

// Credential gives the one with a hash.
func (u *Unhidden) Credential(hash string) (c Credential, ok bool) {
	c, ok = u.credentials[hash]
	return c, ok
}
