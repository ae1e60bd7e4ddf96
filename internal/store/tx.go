package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"

	"kith"
)

// Tx is one transaction. It lives inside one call of [DB.Read] or [DB.Write],
// carries that call's context, and is used by one goroutine.
type Tx struct {
	db   *DB
	ctx  context.Context
	pool *pool
	conn *conn
	now  time.Time
	// safety are the rows of the safety journal written so far.
	safety []SafetyRow
	// scrubs says that what it deleted must be nowhere on the disk: see Scrub.
	// swept are the members it erased.
	scrubs bool
	swept  []kith.MemberID
	// soonest is when the first of the duties left so far is due, noticed whom
	// it told news.
	soonest time.Time
	noticed []kith.MemberID
	// known is nil in a transaction that may change something.
	known *known
}

// Read runs fn in a transaction that sees one state of everything and changes
// nothing.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return db.run(ctx, db.readers, db.beginRead, func(tx *Tx) error {
		tx.known = newKnown()
		return fn(tx)
	})
}

// Glance runs fn outside of a transaction, for one statement that reads: it sees
// one state of everything all the same, and is one way to the database instead
// of three.
func (db *DB) Glance(ctx context.Context, fn func(*Tx) error) error {
	for {
		again, err := db.glance(ctx, fn)
		if err == nil || !again || ctx.Err() != nil {
			return err
		}
	}
}

// glance is one try of a Glance; again says that a connection broken before it
// may be why it failed.
func (db *DB) glance(ctx context.Context, fn func(*Tx) error) (again bool, err error) {
	c, err := db.readers.take(ctx)
	if err != nil {
		return false, err
	}
	again = c.used()
	broken := true // whatever a failed statement left behind
	defer func() { err = errors.Join(err, db.readers.put(c, broken)) }()
	err = fn(&Tx{db: db, ctx: ctx, pool: db.readers, conn: c})
	broken = err != nil
	return again, err
}

// tries is how often a transaction that another one got in the way of is tried.
const tries = 12

// Write runs fn in a transaction and commits what it did if it returns nil.
// If another transaction got in its way, fn is run again from the start: it may
// do nothing but work on its Tx and set variables of its own. When Write
// returns nil, what fn did is on disk.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if db.opt.Twice {
		fn = again(fn)
	}
	for try := 1; ; try++ {
		err := db.run(ctx, db.writers, db.beginWrite, fn)
		if err == nil || !passing(err) {
			return err
		}
		if try == tries {
			return &kith.Error{Kind: kith.Busy, Msg: "the database is busy; try again in a moment", Err: err}
		}
		wait := time.NewTimer(rand.N(time.Duration(try) * 10 * time.Millisecond))
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
	}
}

// errAgain undoes the first run of a transaction under Options.Twice.
var errAgain = errors.New("once more")

// again makes fn fail when it has succeeded for the first time, as if another
// transaction had got in its way at the last moment.
func again(fn func(*Tx) error) func(*Tx) error {
	done := false
	return func(tx *Tx) error {
		err := fn(tx)
		if err == nil && !done {
			done, err = true, errAgain
		}
		return err
	}
}

// run runs fn between begin and COMMIT.
func (db *DB) run(ctx context.Context, p *pool, begin string, fn func(*Tx) error) (err error) {
	c, err := p.begin(ctx, begin)
	if err != nil {
		return err
	}
	broken := true // until the transaction is known to have ended, whatever ended it
	defer func() { err = errors.Join(err, p.put(c, broken)) }()
	tx := &Tx{db: db, ctx: ctx, pool: p, conn: c}
	err = fn(tx)
	if err == nil {
		err = tx.commit()
		if err == nil {
			broken = false
			db.scrub(tx)
			return nil
		}
	}
	// The context may be over: that must not keep the transaction open.
	_, undone := c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	broken = undone != nil
	return err
}

// commit makes what was done last. What the safety journal must not lose is on
// disk beside the database before it counts.
func (tx *Tx) commit() error {
	if len(tx.safety) > 0 && tx.db.journal != nil {
		if err := tx.db.journal.append(tx.safety); err != nil {
			return err
		}
	}
	_, err := tx.conn.ExecContext(context.WithoutCancel(tx.ctx), "COMMIT")
	return err
}

// passing reports whether an error is another transaction's doing: trying
// again may succeed.
func passing(err error) bool {
	if errors.Is(err, errAgain) {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" // serialization failure, deadlock
	}
	var lite *sqlitedriver.Error
	const busy = 5
	return errors.As(err, &lite) && lite.Code()&0xff == busy
}

// taken reports whether an error says that a unique value exists already.
func taken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlitedriver.Error
	const unique, primaryKey = 2067, 1555
	return errors.As(err, &lite) && (lite.Code() == unique || lite.Code() == primaryKey)
}

const readClock sqlText = "SELECT clock_timestamp()"

// Now is the time of the transaction. It is read once, when it is first asked
// for: whoever locks rows asks after locking them.
func (tx *Tx) Now() (time.Time, error) {
	if !tx.now.IsZero() {
		return tx.now, nil
	}
	now := time.Now()
	if !tx.db.isSQLite() {
		if err := tx.row(readClock).Scan(&now); err != nil {
			return time.Time{}, err
		}
	}
	tx.now = tx.db.opt.Clock(now).UTC().Truncate(time.Microsecond)
	return tx.now, nil
}

// NewID makes an id.
func (tx *Tx) NewID() string { return tx.db.NewID() }

// exec runs a statement and says how many rows it changed.
func (tx *Tx) exec(text sqlText, args ...any) (int64, error) {
	s, err := tx.pool.prepare(tx.ctx, tx.conn, text)
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("%.60s: %w", text, err)
	}
	return res.RowsAffected()
}

// row runs a statement that finds one row at most.
func (tx *Tx) row(text sqlText, args ...any) scanner {
	s, err := tx.pool.prepare(tx.ctx, tx.conn, text)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(tx.ctx, args...)
}

// scanner is a row found, or the error met on the way to it.
type scanner interface{ Scan(into ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// each runs a statement and calls scan for every row found.
func (tx *Tx) each(text sqlText, scan func(scanner) error, args ...any) (err error) {
	s, err := tx.pool.prepare(tx.ctx, tx.conn, text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(tx.ctx, args...)
	if err != nil {
		return fmt.Errorf("%.60s: %w", text, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// all collects what scan makes of every row found.
func all[T any](tx *Tx, text sqlText, scan func(scanner, *T) error, args ...any) ([]T, error) {
	var out []T
	err := tx.each(text, func(row scanner) error {
		var v T
		if err := scan(row, &v); err != nil {
			return err
		}
		out = append(out, v)
		return nil
	}, args...)
	return out, err
}

// only gives what scan makes of the one row a statement finds. If there is
// none, it is an error of kind NotFound that says msg.
func only[T any](tx *Tx, msg string, text sqlText, scan func(scanner, *T) error, args ...any) (T, error) {
	var v T
	err := scan(tx.row(text, args...), &v)
	return v, notFound(err, msg)
}

// maybe gives what scan makes of a row; ok is false if there is none.
func maybe[T any](scan func(scanner, *T) error, row scanner) (v T, ok bool, err error) {
	err = scan(row, &v)
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, err
}

// notFound turns an empty result into an error a person may read.
func notFound(err error, msg string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return &kith.Error{Kind: kith.NotFound, Msg: msg}
	}
	return err
}
