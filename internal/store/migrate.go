package store

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"kith"
)

//go:embed migrations/*.sql
var migrations embed.FS

// minSQLite is the oldest SQLite whose write-ahead log may be trusted: before
// 3.51.3 a race could lose commits (sqlite.org/changes.html).
const minSQLite = "3.51.3"

// migrate brings the tables up to date, or refuses to touch tables that a
// newer Kith has written.
func (db *DB) migrate(ctx context.Context) error {
	if err := db.checkEngine(ctx); err != nil {
		return err
	}
	p, err := db.provider()
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: "db", Msg: "the database does not answer; check that it runs and that its address is right", Err: err}
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	if have > newest {
		return &kith.Error{Kind: kith.Invalid, Field: "db", Msg: fmt.Sprintf(
			"this database was written by a newer Kith (its tables are version %d, this program knows %d); install the newer program", have, newest)}
	}
	for have < newest {
		_, failed := p.Up(ctx)
		if failed == nil {
			return nil
		}
		// SQLite has no lock around all migrations, but each is a transaction:
		// another program may have been faster with one.
		before := have
		if have, err = p.GetDBVersion(ctx); err != nil || have == before {
			return &kith.Error{Kind: kith.Internal, Field: "db", Err: errors.Join(failed, err),
				Msg: "the tables could not be brought up to date; nothing was changed that was not finished"}
		}
	}
	return nil
}

// provider gives the migrations of this database. Nothing else uses its
// connections while they run.
func (db *DB) provider() (*goose.Provider, error) {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if db.isSQLite() {
		return goose.NewProvider(goose.DialectSQLite3, db.writers.db, files{sub, db.types})
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db.writers.db, files{sub, db.types}, goose.WithSessionLocker(locker))
}

func (db *DB) checkEngine(ctx context.Context) error {
	if !db.isSQLite() {
		return nil
	}
	var v string
	if err := db.writers.db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&v); err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: "db", Msg: "the file is not a database that can be opened", Err: err}
	}
	if versionLess(v, minSQLite) {
		return &kith.Error{Kind: kith.Internal, Field: "db", Msg: "this program was built with SQLite " + v + ", which can lose commits; build it with " + minSQLite + " or newer"}
	}
	return nil
}

// versionLess compares dotted numbers.
func versionLess(a, b string) bool {
	var x, y [3]int
	_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
	_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

// files gives the migrations in a database's own words.
type files struct {
	fs.FS
	types *strings.Replacer
}

// Open gives a file, or the folder.
func (f files) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	info, err := fs.Stat(f.FS, name)
	return &translated{bytes.NewReader([]byte(f.types.Replace(string(text)))), info}, err
}

type translated struct {
	*bytes.Reader
	info fs.FileInfo
}

func (t *translated) Stat() (fs.FileInfo, error) { return t.info, nil }
func (t *translated) Close() error               { return nil }
