package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	_ "modernc.org/sqlite"             // the driver sqlite

	"kith"
)

// Options change how a database is used; the zero Options are right for a
// service.
type Options struct {
	// Clock turns the database's time (PostgreSQL's clock; on SQLite, which has
	// none, the machine's) into the time of a transaction. Tests move or stop
	// time with it. nil leaves it as it is.
	Clock func(time.Time) time.Time
	// NewID makes ids. nil makes random ones in order of time (UUID version 7).
	NewID func() string
	// Connections is how many may be open at a time; 0 chooses.
	Connections int
	// Unsafe is for databases nobody would miss, of a demo or a test of races:
	// commits to SQLite do not wait for the disk. (PostgreSQL has a setting of
	// its own.)
	Unsafe bool
	// Ran, if not nil, is called with the text of every statement that runs, for
	// counting them; from several goroutines at once.
	Ran func(statement string)
	// Twice is for tests of what a retry must not change: each Write is undone
	// when its fn has done everything, and run again.
	Twice bool
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect
	opt Options
	// dsn is where it is; of SQLite, the file.
	dsn string
	// readers and writers are one pool on PostgreSQL. On SQLite writers holds
	// one connection.
	readers, writers *pool
	journal          *journalFile
	// scrubber is a connection to SQLite that waits for no lock: see [DB.scrub].
	// Whoever holds the one that writes may use it, and unscrubbed, which says
	// that the write-ahead log may hold what was erased.
	scrubber   *sql.DB
	unscrubbed bool
}

// connections is how many connections a database gets at a time if the options
// do not say: more readers than a few times the cores only wait for each other.
const connections = 8

// Open opens the database at dsn, a file or a postgres:// address, makes it if
// it is a file that is not there, and brings its tables up to date. A database
// written by a newer Kith is refused.
func Open(ctx context.Context, dsn string, opt Options) (*DB, error) {
	db, err := connect(dsn, opt)
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.prepareSafety(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func connect(dsn string, opt Options) (*DB, error) {
	if opt.Clock == nil {
		opt.Clock = func(t time.Time) time.Time { return t }
	}
	if opt.NewID == nil {
		opt.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if opt.Connections == 0 {
		opt.Connections = connections
	}
	if IsPostgres(dsn) {
		return connectPostgres(dsn, opt)
	}
	return connectSQLite(dsn, opt)
}

// IsPostgres reports whether dsn is the address of a PostgreSQL database
// rather than a file.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func connectPostgres(dsn string, opt Options) (*DB, error) {
	all, err := sql.Open(postgres.driver, dsn)
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "db", Msg: "this is not the address of a PostgreSQL database", Err: err}
	}
	p := newPool(all, opt.Connections, &postgres, opt.Ran)
	return &DB{dialect: postgres, opt: opt, dsn: dsn, readers: p, writers: p}, nil
}

// pragmas are the settings of every SQLite connection. synchronous(FULL) makes
// an acknowledged commit survive a loss of power; secure_delete overwrites what
// is erased.
const pragmas = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
	"&_pragma=temp_store(MEMORY)&_pragma=secure_delete(1)&_pragma=trusted_schema(0)"

// patience is how long a connection waits for a lock, in milliseconds.
const patience = "&_pragma=busy_timeout(10000)"

func connectSQLite(file string, opt Options) (*DB, error) {
	if err := makeFile(file); err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "db", Msg: fmt.Sprintf("%s cannot be written; choose another place", file), Err: err}
	}
	name := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + pragmas
	if opt.Unsafe {
		name += "&_pragma=synchronous(OFF)"
	}
	write, err := sql.Open(sqlite.driver, name+patience)
	if err != nil {
		return nil, err
	}
	read, err := sql.Open(sqlite.driver, name+patience+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	scrubber, err := sql.Open(sqlite.driver, name)
	if err != nil {
		return nil, errors.Join(err, write.Close(), read.Close())
	}
	scrubber.SetMaxOpenConns(1)
	journal, err := openJournal(file + ".journal")
	if err != nil {
		return nil, errors.Join(err, write.Close(), read.Close(), scrubber.Close())
	}
	return &DB{
		dialect: sqlite, opt: opt, dsn: file, journal: journal, scrubber: scrubber,
		readers: newPool(read, opt.Connections, &sqlite, opt.Ran),
		writers: newPool(write, 1, &sqlite, opt.Ran),
	}, nil
}

// makeFile makes the database file, readable by its owner only, if there is
// none; SQLite gives the files beside it the same mode.
func makeFile(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// Close closes the database, after the transactions that are under way.
func (db *DB) Close() error {
	errs := []error{db.writers.close()}
	if db.readers != db.writers {
		errs = append(errs, db.readers.close(), db.scrubber.Close(), db.journal.Close())
	}
	return errors.Join(errs...)
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.Read(ctx, func(*Tx) error { return nil })
}

// Name says which database this is.
func (db *DB) Name() string {
	if db.isSQLite() {
		return "SQLite"
	}
	return "PostgreSQL"
}

func (db *DB) isSQLite() bool { return db.dialect.name == sqlite.name }

// NewID makes an id.
func (db *DB) NewID() string { return db.opt.NewID() }
