package store

import (
	"context"
	"errors"
)

// PretendNewer makes the database look like one of a newer Kith.
func (db *DB) PretendNewer(ctx context.Context) error {
	return db.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)")
		return err
	})
}

// DownAndUp takes all migrations back and does them again, over connections of
// its own: those of db hold the one that writes.
func (db *DB) DownAndUp(ctx context.Context) (err error) {
	own, err := connect(db.dsn, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, own.Close()) }()
	p, err := own.provider()
	if err != nil {
		return err
	}
	if _, err := p.DownTo(ctx, 0); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// BreakScrubber makes every try to empty SQLite's write-ahead log fail.
func (db *DB) BreakScrubber() error { return db.scrubber.Close() }

// Prepare prepares a statement, for the test that prepares all of them.
func (tx *Tx) Prepare(text string) error {
	_, err := tx.pool.prepare(tx.ctx, tx.conn, sqlText(text))
	return err
}
