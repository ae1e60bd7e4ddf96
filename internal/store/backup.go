package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
	"time"

	"kith"
)

// A backup is one file, the same from both databases: lines of JSON.
//
//	{"kith-backup":1,"schema":10,"at":"2026-03-02T09:00:00Z"}
//	{"table":"member","columns":"id, state, …","kinds":"tn…"}
//	["…",0,…]
//	…
//	{"rows":8123,"sha256":"…"}
//
// Tables come in the order their migrations made them in, rows in the order of
// their primary key; the last line sums up all bytes before it. So two equal
// databases have equal backups, a backup restores into either database, what is
// cut or changed is noticed before anything is written, and neither pages with
// erased rows in them nor the tools of a database are needed. It costs one
// reading of all rows; the service goes on meanwhile.

// backupFormat is the version of the file's form; schema is the tables'.
const backupFormat = 1

// BackupInfo is what a backup says of itself.
type BackupInfo struct {
	Format int       `json:"kith-backup"`
	Schema int64     `json:"schema"` // the newest migration of its tables
	At     time.Time `json:"at"`     // it shows everything as it was then
	Rows   int64     `json:"-"`
}

type backupTable struct {
	Table   string `json:"table"`
	Columns string `json:"columns"`
	Kinds   string `json:"kinds"`
}

type backupEnd struct {
	Rows int64  `json:"rows"`
	Sum  string `json:"sha256"`
}

const readVersion sqlText = "SELECT MAX(version_id) FROM goose_db_version WHERE is_applied"

// Backup writes everything as it is at one time, and gives the safety journal
// of that time, to be kept beside it.
func (db *DB) Backup(ctx context.Context, w io.Writer) (info BackupInfo, journal []SafetyRow, err error) {
	info.Format = backupFormat
	err = db.Read(ctx, func(tx *Tx) error {
		if info.At, err = tx.Now(); err != nil {
			return err
		}
		if err := tx.row(readVersion).Scan(&info.Schema); err != nil {
			return err
		}
		if journal, err = tx.Safety(); err != nil {
			return err
		}
		out := newBackupWriter(w)
		if err := out.line(&info); err != nil {
			return err
		}
		tables, err := tx.tables(info.Schema)
		if err != nil {
			return err
		}
		for i := range tables {
			if err := out.table(tx, &tables[i]); err != nil {
				return err
			}
		}
		info.Rows = out.rows
		return out.end()
	})
	return info, journal, err
}

// backupWriter writes lines and sums them up.
type backupWriter struct {
	buf  *bufio.Writer
	sum  hash.Hash
	json *json.Encoder
	rows int64
}

func newBackupWriter(w io.Writer) *backupWriter {
	b := &backupWriter{buf: bufio.NewWriterSize(w, 1<<18), sum: sha256.New()}
	b.json = json.NewEncoder(io.MultiWriter(b.buf, b.sum))
	b.json.SetEscapeHTML(false)
	return b
}

func (b *backupWriter) line(v any) error { return b.json.Encode(v) }

func (b *backupWriter) table(tx *Tx, t *table) error {
	head := backupTable{Table: t.name, Columns: t.names()}
	values, into := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i, c := range t.columns {
		head.Kinds += string(c.kind)
		into[i] = &values[i]
	}
	if err := b.line(&head); err != nil {
		return err
	}
	query := sqlText("SELECT " + t.names() + " FROM " + t.name + " ORDER BY " + t.key())
	return tx.each(query, func(row scanner) error {
		b.rows++
		if err := row.Scan(into...); err != nil {
			return err
		}
		return b.line(values) // bytes become base64
	})
}

func (b *backupWriter) end() error {
	if err := b.line(backupEnd{b.rows, hex.EncodeToString(b.sum.Sum(nil))}); err != nil {
		return err
	}
	return b.buf.Flush()
}

// errNoBackup answers a file that is none, or no longer one.
func errNoBackup(why string) error {
	return &kith.Error{Kind: kith.Invalid, Field: "backup", Msg: why + "; nothing was written"}
}

// CheckBackup reads a whole backup and says what it is. A file that is none,
// was cut, was changed, or that a newer Kith wrote, is refused.
func CheckBackup(r io.Reader) (info BackupInfo, err error) {
	newest, err := newestMigration()
	if err != nil {
		return info, err
	}
	in, sum := bufio.NewReaderSize(r, 1<<18), sha256.New()
	line, err := readLine(in)
	if err != nil || json.Unmarshal(line, &info) != nil || info.Format == 0 {
		return info, errNoBackup("this is no backup that Kith wrote")
	}
	switch {
	case info.Format > backupFormat:
		return info, errNoBackup("this backup was written by a newer Kith; install the newer program")
	case info.Schema > newest:
		return info, errNoBackup(fmt.Sprintf("this backup was written by a newer Kith (its tables are version %d, this program knows %d); install the newer program",
			info.Schema, newest))
	}
	for {
		var end backupEnd
		if bytes.HasPrefix(line, []byte(`{"rows":`)) && json.Unmarshal(line, &end) == nil {
			if _, err := in.ReadByte(); err != io.EOF || end.Sum != hex.EncodeToString(sum.Sum(nil)) || end.Rows != info.Rows {
				return info, errNoBackup("this backup was changed since it was written; take another copy")
			}
			return info, nil
		}
		if line[0] == '[' {
			info.Rows++
		}
		sum.Write(line)
		if line, err = readLine(in); err != nil {
			return info, errNoBackup("this backup is cut: its end is missing; take another copy")
		}
	}
}

// OpenEmpty opens the database at dsn for a backup to be restored into. One
// that holds anything is refused.
func OpenEmpty(ctx context.Context, dsn string, opt Options) (*DB, error) {
	db, err := connect(dsn, opt)
	if err != nil {
		return nil, err
	}
	if err := db.checkEmpty(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (db *DB) checkEmpty(ctx context.Context) error {
	if err := db.checkEngine(ctx); err != nil {
		return err
	}
	return db.Read(ctx, func(tx *Tx) error {
		var tables []string
		err := tx.each(catalogues[db.name], func(row scanner) error {
			var name, column, kind string
			var key int
			err := row.Scan(&name, &column, &kind, &key)
			if name != "goose_db_version" && !strings.HasPrefix(name, "sqlite_") {
				tables = append(tables, name)
			}
			return err
		})
		if err != nil {
			return &kith.Error{Kind: kith.Invalid, Field: "db", Msg: "the database does not answer; check that it runs and that its address is right", Err: err}
		}
		for _, name := range tables {
			var full bool
			if err := tx.row(sqlText("SELECT EXISTS (SELECT 1 FROM " + name + ")")).Scan(&full); err != nil {
				return err
			}
			if full {
				return &kith.Error{Kind: kith.Conflict, Field: "db", Msg: "this database is not empty; a backup is restored into a new one"}
			}
		}
		return nil
	})
}

// Restore fills an empty database with a backup that CheckBackup has found
// whole, and brings its tables up to date; sessions, links sent by mail and
// ceremonies stay behind. It reads from the beginning, again if it has to. Until
// [DB.Restored] nobody else can open the database.
func (db *DB) Restore(ctx context.Context, info *BackupInfo, r io.ReadSeeker) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, info.Schema); err != nil {
		return err
	}
	err = db.Write(ctx, func(tx *Tx) error {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := tx.load(info, r); err != nil {
			return err
		}
		return errors.Join(tx.SetSecret(keyRestoring, info.At.Format(time.RFC3339)), tx.makeHideKey())
	})
	if err != nil {
		return err
	}
	if err := db.writers.rest(); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// rest closes the connections nobody uses, so that migrations get one.
func (p *pool) rest() error {
	var errs []error
	for c := p.last(); c != nil; c = p.last() {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// Restored ends a restore: the database is open to all.
func (db *DB) Restored(ctx context.Context) error {
	return db.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec(dropSecret, keyRestoring)
		return err
	})
}

// loader puts the rows of a backup's table into the database's.
type loader struct {
	tx     *Tx
	insert bulk
	kinds  string
	skip   bool  // the rows of this table stay behind
	values []any // of rows that wait
}

// notLoaded are the tables of what somebody was in the middle of: it has ended
// since, by whatever its owner did or by its time. Everybody signs in again.
var notLoaded = map[string]bool{"session": true, "ticket": true, "ceremony": true}

// loadRows is how many rows are written at a time.
const loadRows = 256

func (tx *Tx) load(info *BackupInfo, r io.Reader) error {
	tables, err := tx.tables(info.Schema)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(r, 1<<18)
	if _, err := readLine(in); err != nil { // the header
		return err
	}
	l := &loader{tx: tx}
	for {
		line, err := readLine(in)
		if err != nil {
			return err
		}
		switch {
		case line[0] == '[':
			err = l.row(line)
		case bytes.HasPrefix(line, []byte(`{"rows":`)):
			return l.flush()
		default:
			err = l.begin(line, tables)
		}
		if err != nil {
			return err
		}
	}
}

// begin begins a table. It is one this program made, with the same columns:
// a backup's words are never taken into a statement otherwise.
func (l *loader) begin(line []byte, tables []table) error {
	if err := l.flush(); err != nil {
		return err
	}
	var head backupTable
	if err := json.Unmarshal(line, &head); err != nil {
		return err
	}
	for i := range tables {
		if t := &tables[i]; t.name == head.Table && t.names() == head.Columns && len(head.Kinds) == len(t.columns) {
			l.insert = insertMany("INSERT INTO "+t.name+" ("+t.names()+")", len(t.columns), "")
			l.kinds, l.skip = head.Kinds, notLoaded[t.name]
			return nil
		}
	}
	return errNoBackup("the table " + kith.CleanLine(head.Table) + " of this backup is not one Kith made")
}

func (l *loader) row(line []byte) error {
	var values []any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&values); err != nil {
		return err
	}
	if len(values) != len(l.kinds) {
		return errNoBackup("a row of this backup does not fit its table")
	}
	for i, v := range values {
		loaded, err := load(kind(l.kinds[i]), v)
		if err != nil {
			return err
		}
		l.values = append(l.values, loaded)
	}
	if l.skip {
		l.values = l.values[:0]
	}
	if len(l.values) >= loadRows*len(l.kinds) {
		return l.flush()
	}
	return nil
}

// load gives a value of a backup as it goes into a database.
func load(k kind, v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		if k == number {
			return v.Int64()
		}
	case string:
		switch k {
		case text:
			return v, nil
		case octets:
			return base64.StdEncoding.DecodeString(v)
		}
	}
	return nil, errNoBackup("a value of this backup does not fit its column")
}

func (l *loader) flush() error {
	if len(l.values) == 0 {
		return nil
	}
	_, err := l.tx.execMany(&l.insert, nil, l.values)
	l.values = l.values[:0]
	return err
}

// Discard closes a database that could not be filled, and takes away what
// OpenEmpty made of it: on SQLite its files, but not its journal.
func (db *DB) Discard() error {
	err := db.Close()
	if db.isSQLite() {
		for _, end := range []string{"", "-wal", "-shm"} {
			if gone := os.Remove(db.dsn + end); !errors.Is(gone, os.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	return err
}
