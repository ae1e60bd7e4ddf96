package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"kith"
)

// trace says where a table holds members' ids.
type trace struct {
	table string
	// owner is the column with the member a row belongs to: their rows go.
	owner string
	// about are columns with other members a row tells of: such rows go too,
	// whoever they belong to.
	about []string
	// by are columns with members who did something that stays: the id goes, a
	// keyed hash takes its place.
	by []string
}

// traces lists every table that holds ids of members, in an order in which rows
// can go; a test compares it with the tables there are. Of member itself a row
// with nothing but the id stays.
//
// link and inbox are projections of pair: their rows about somebody are gone
// when they have left every pair, which comes before.
var traces = []trace{
	{table: "link", owner: "owner"},
	{table: "inbox", owner: "owner"},
	{table: "pair", about: []string{"a", "b"}},
	{table: "invitation", owner: "sender", about: []string{"recipient"}},
	{table: "event", owner: "owner", about: []string{"other"}},
	{table: "feed", owner: "owner"},
	{table: "duty", owner: "owner", about: []string{"other"}},
	{table: "once_about", owner: "owner", about: []string{"member"}},
	{table: "once", owner: "owner"},

	{table: "password", owner: "owner"},
	{table: "ticket", owner: "owner"},
	{table: "session", owner: "owner"},
	{table: "token", owner: "owner"},
	{table: "passkey", owner: "owner"},
	{table: "ceremony", owner: "owner"},
	{table: "code", owner: "owner"},
	{table: "calendar", owner: "owner"},

	{table: "message", owner: "owner", about: []string{"other"}},
	{table: "link_note", owner: "owner", about: []string{"other"}},

	{table: "standing", owner: "owner"},
	{table: "restriction", owner: "owner"},
	{table: "answer", owner: "owner", about: []string{"recipient"}},
	{table: "report", owner: "owner", about: []string{"about"}},
	{table: "desk", owner: "about", by: []string{"closed_by"}},
	{table: "audit", owner: "owner", by: []string{"actor"}},

	{table: "profile", owner: "owner"},
	{table: "photo", owner: "owner"},
	{table: "setting", owner: "owner"},
	{table: "look", owner: "owner", about: []string{"other"}},
	{table: "digest", owner: "owner"},

	{table: "verdict", owner: "owner", about: []string{"other"}},
	{table: "own_answer", owner: "owner", about: []string{"other"}},
	{table: "snooze", owner: "owner"},
	{table: "bundle", owner: "owner"},
	{table: "elsewhere", owner: "owner"},
	{table: "noun", owner: "owner"},
	{table: "contact_key", owner: "owner"},
	{table: "contact", owner: "owner"},
	{table: "importrun", owner: "owner"},
}

const (
	emptyMember sqlText = `UPDATE member SET state = 3, role = 0, name = '', name_folded = '', email = '', email_key = '',
	created_at = 0, verified_at = 0, left_at = $2, barred = 0 WHERE id = $1`
	readErased sqlText = "SELECT id FROM member WHERE state = 3 AND left_at > 0 ORDER BY id"
	markSwept  sqlText = "UPDATE member SET left_at = 0 WHERE id = $1 AND state = 3 AND left_at <= $2"
)

// Erase removes everything of and about a member: nothing stays but the id in
// the table member. They have left every pair before. On SQLite the space is
// overwritten, in the write-ahead log too once the transaction is done.
func (tx *Tx) Erase(m kith.MemberID) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if err := tx.sweep(string(m)); err != nil {
		return err
	}
	_, err = tx.exec(emptyMember, string(m), micros(now))
	return err
}

// sweep removes everything but the row in member.
func (tx *Tx) sweep(m string) error {
	hidden, err := tx.Hide(m)
	if err != nil {
		return err
	}
	// An answer kept for somebody else's key may hold what it said of a member,
	// and always holds their id then.
	if _, err := tx.exec(forgetOnceAbout, m); err != nil {
		return err
	}
	for i := range traces {
		if err := tx.eraseFrom(&traces[i], m, hidden); err != nil {
			return err
		}
	}
	tx.scrubs = true
	tx.swept = append(tx.swept, kith.MemberID(m))
	return nil
}

// Swept gives the members the transaction erased.
func (tx *Tx) Swept() []kith.MemberID { return tx.swept }

func (tx *Tx) eraseFrom(t *trace, m, hidden string) error {
	gone := t.about
	if t.owner != "" {
		gone = append([]string{t.owner}, gone...)
	}
	for _, column := range gone {
		if _, err := tx.exec(sqlText("DELETE FROM "+t.table+" WHERE "+column+" = $1"), m); err != nil {
			return err
		}
	}
	for _, column := range t.by {
		if _, err := tx.exec(sqlText("UPDATE "+t.table+" SET "+column+" = $2 WHERE "+column+" = $1"), m, hidden); err != nil {
			return err
		}
	}
	return nil
}

// Erased gives whoever was erased lately, until they are done with.
func (tx *Tx) Erased() ([]kith.MemberID, error) {
	return all(tx, readErased, func(row scanner, id *kith.MemberID) error { return row.Scan(id) })
}

// SweepErased erases somebody erased once more: a request of theirs that was
// under way at that moment may have written a row just after. Who was erased
// before a time is then done with.
func (tx *Tx) SweepErased(m kith.MemberID, before time.Time) error {
	if err := tx.sweep(string(m)); err != nil {
		return err
	}
	_, err := tx.exec(markSwept, string(m), micros(before))
	return err
}

// sweptTables names the tables that hold, or held, what is erased.
func sweptTables() string {
	names := []string{"member"}
	for i := range traces {
		names = append(names, traces[i].table)
	}
	return strings.Join(names, ", ")
}

// Vacuum takes what was erased out of PostgreSQL's tables: there a deleted row
// stays until somebody does, and that may be long in a large table. It waits for
// nobody, and leaves what a transaction under way still sees; the next does that.
// SQLite overwrote it when it was deleted.
func (db *DB) Vacuum(ctx context.Context) error {
	if db.isSQLite() {
		return nil
	}
	c, err := db.writers.take(ctx)
	if err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "VACUUM (SKIP_LOCKED, TRUNCATE FALSE) "+sweptTables())
	return errors.Join(err, db.writers.put(c, err != nil))
}

const truncateLog = "PRAGMA wal_checkpoint(TRUNCATE)"

// scrub brings what was erased on SQLite out of the write-ahead log as well,
// after the commit and while no other write of this program runs. It waits for
// nobody: where a reader that is under way keeps some of it there, or anything
// else goes wrong, the next write tries again. What was done is done all the
// same, so there is no error.
func (db *DB) scrub(tx *Tx) {
	if !db.isSQLite() || tx.pool != db.writers {
		return
	}
	db.unscrubbed = db.unscrubbed || tx.scrubs
	if !db.unscrubbed {
		return
	}
	var busy bool
	var pages, moved int
	err := db.scrubber.QueryRowContext(context.WithoutCancel(tx.ctx), truncateLog).Scan(&busy, &pages, &moved)
	db.unscrubbed = err != nil || busy
}
