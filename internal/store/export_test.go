package store

import (
	"context"
	"errors"
)

// PretendNewer makes the database look like one of a newer Kith.
func (db *DB) PretendNewer(ctx context.Context) error {
	_, err := db.writers.db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)")
	return err
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

// Prepare prepares a statement, for the test that prepares all of them.
func (tx *Tx) Prepare(text string) error {
	_, err := tx.pool.prepare(tx.ctx, tx.conn, sqlText(text))
	return err
}
