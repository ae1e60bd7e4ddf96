package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// SafetyRow is one row of the safety journal.
type SafetyRow = store.SafetyRow

// BackupInfo is what a backup says of itself.
type BackupInfo = store.BackupInfo

// journalEnd is what the journal's file is called after what it lies beside.
const journalEnd = ".journal"

// Backup writes everything as it is now to a file, and the safety journal
// beside it (FILE.journal), while the service goes on. Files that were there
// are replaced when the new ones are whole and on disk; both are readable by
// their owner only.
func (a *App) Backup(ctx context.Context, file string) (info BackupInfo, err error) {
	var journal []SafetyRow
	err = writeFile(file, func(w io.Writer) error {
		info, journal, err = a.db.Backup(ctx, w)
		return err
	})
	if err != nil {
		return info, err
	}
	return info, writeJournal(file+journalEnd, journal)
}

// Journal writes the safety journal alone to a file. On PostgreSQL, which keeps
// none beside itself, it is what a restored backup lacks.
func (a *App) Journal(ctx context.Context, file string) error {
	var rows []SafetyRow
	err := a.read(ctx, func(tx *store.Tx) (err error) {
		rows, err = tx.Safety()
		return err
	})
	if err != nil {
		return err
	}
	return writeJournal(file, rows)
}

func writeJournal(file string, rows []SafetyRow) error {
	return writeFile(file, func(w io.Writer) error { return store.WriteJournal(w, rows) })
}

// writeFile puts a file in place when all of it is on disk.
func writeFile(file string, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(file)
	f, err := os.CreateTemp(dir, "."+filepath.Base(file)+".*") // mode 0600
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: file, Msg: "this file cannot be written; choose another place", Err: err}
	}
	err = errors.Join(write(f), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	d, err := os.Open(dir) // its entry has to be on disk too
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Restored says what a restore did.
type Restored struct {
	Backup    BackupInfo
	Reapplied Reapplied
}

// CheckBackup says what the backup in a file is, and refuses one that cannot be
// restored.
func CheckBackup(file string) (info BackupInfo, err error) {
	f, err := openBackup(file)
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return store.CheckBackup(f)
}

func openBackup(file string) (*os.File, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, &kith.Error{Kind: kith.NotFound, Field: file, Msg: "there is no such file", Err: err}
	}
	return f, nil
}

// Restore fills the empty database at dsn, a file or a postgres:// address, with
// the backup in a file, whichever database that came from, and has the safety
// journals in other files hold in it, with the one that lies beside the database
// already, if any. Everything is read before anything is written; and the
// database opens to nobody before the journals hold.
func Restore(ctx context.Context, dsn, file string, journals []string, conf Config) (out Restored, err error) {
	if out.Backup, err = CheckBackup(file); err != nil {
		return out, err
	}
	rows, err := readJournals(dsn, journals)
	if err != nil {
		return out, err
	}
	f, err := openBackup(file)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	db, err := store.OpenEmpty(ctx, dsn, store.Options{Clock: conf.Clock, NewID: conf.NewID})
	if err != nil {
		return out, err
	}
	a := &App{db: db, conf: conf, log: slog.New(slog.DiscardHandler)}
	if err = db.Restore(ctx, &out.Backup, f); err == nil {
		out.Reapplied, err = a.Reapply(ctx, rows)
	}
	if err == nil {
		err = db.Restored(ctx)
	}
	if err != nil {
		return out, errors.Join(err, db.Discard())
	}
	return out, db.Close()
}

// HasJournal reports whether a safety journal lies beside a SQLite database that
// is to be restored.
func HasJournal(dsn string) bool {
	_, err := os.Stat(dsn + journalEnd)
	return err == nil && !store.IsPostgres(dsn)
}

// readJournals reads journals and the one beside a SQLite database.
func readJournals(dsn string, names []string) (rows []SafetyRow, err error) {
	if HasJournal(dsn) {
		names = append([]string{dsn + journalEnd}, names...)
	}
	for _, name := range names {
		more, err := store.ReadJournal(name)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return store.MergeJournals(rows), nil
}

// Reapplied counts what was done so that a restored database forgets nothing
// that keeps people safe.
type Reapplied struct {
	Blocks, Erased, Revoked, Suppressed int
	// Unknown are rows about members and credentials that the database does not
	// have: they came after the backup.
	Unknown int
}

// String says it in a sentence.
func (r Reapplied) String() string {
	return fmt.Sprintf("blocks and unblocks %d, erased accounts %d, revoked credentials %d, addresses without mail %d; %d not in the backup",
		r.Blocks, r.Erased, r.Revoked, r.Suppressed, r.Unknown)
}

// Reapply has rows of safety journals hold in this database, those that it does
// not know yet, in one transaction. Whether somebody blocks somebody is what the
// last row about the two says.
func (a *App) Reapply(ctx context.Context, rows []SafetyRow) (out Reapplied, err error) {
	rows = store.MergeJournals(rows)
	if len(rows) == 0 {
		return out, nil
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		out = Reapplied{}
		have, err := tx.Safety()
		if err != nil {
			return err
		}
		known, err := tx.Unhide()
		if err != nil {
			return err
		}
		r := reapply{a: a, tx: tx, known: known, out: &out, blocks: map[[2]string]SafetyRow{}}
		r.have = make(map[string]bool, len(have))
		for _, row := range have {
			r.have[row.ID] = true
		}
		return r.all(store.MergeJournals(have, rows))
	})
	return out, err
}

// reapply is one Reapply under way.
type reapply struct {
	a     *App
	tx    *store.Tx
	known *store.Unhidden
	have  map[string]bool // ids of rows the database knows
	out   *Reapplied
	// blocks are the last rows about two members.
	blocks map[[2]string]SafetyRow
}

// all takes every row, oldest first, those the database knows too: they say
// what came after which.
func (r *reapply) all(rows []SafetyRow) error {
	var suppress []SafetyRow
	for _, row := range rows {
		if row.Kind == store.SafetyBlock || row.Kind == store.SafetyUnblock {
			r.blocks[[2]string{row.Who, row.Other}] = row
		}
		if r.have[row.ID] {
			continue
		}
		if err := r.tx.KeepAgain(&row); err != nil {
			return err
		}
		var err error
		switch row.Kind {
		case store.SafetyErase:
			err = r.erase(&row)
		case store.SafetyRevoke:
			err = r.revoke(&row)
		case store.SafetyPassword:
			err = r.password(&row)
		case store.SafetySuppress:
			r.out.Suppressed++
			suppress = append(suppress, row)
		}
		if err != nil {
			return err
		}
	}
	if err := r.tx.Resuppress(suppress); err != nil {
		return err
	}
	for _, row := range rows {
		if last := r.blocks[[2]string{row.Who, row.Other}]; last.ID != row.ID || r.have[row.ID] {
			continue
		}
		if err := r.block(&row); err != nil {
			return err
		}
	}
	return nil
}

func (r *reapply) erase(row *SafetyRow) error {
	m, ok := r.known.Member(row.Who)
	if !ok {
		r.out.Unknown++
		return nil
	}
	r.out.Erased++
	return r.a.eraseMember(r.tx, m)
}

// password ends the password a member had before they changed it.
func (r *reapply) password(row *SafetyRow) error {
	m, ok := r.known.Member(row.Who)
	if !ok {
		r.out.Unknown++
		return nil
	}
	r.out.Revoked++
	return r.tx.DropPassword(m, row.At)
}

// revoke ends a credential, or all a member had then.
func (r *reapply) revoke(row *SafetyRow) error {
	if row.Other != "" {
		m, ok := r.known.Member(row.Who)
		if !ok {
			r.out.Unknown++
			return nil
		}
		r.out.Revoked++
		return r.tx.Revoke(m, row.At)
	}
	c, ok := r.known.Credential(row.Who)
	if !ok {
		r.out.Unknown++
		return nil
	}
	r.out.Revoked++
	if _, err := r.tx.DropToken(c.Owner, c.ID); err != nil {
		return err
	}
	if _, err := r.tx.DropPasskey(c.Owner, c.ID); err != nil {
		return err
	}
	return r.tx.DropCalendar(c.Owner, c.ID)
}

// block brings two members to what the last row about them says. One who has
// left meanwhile comes back for that moment only.
func (r *reapply) block(row *SafetyRow) error {
	by, ok := r.known.Member(row.Who)
	other, ok2 := r.known.Member(row.Other)
	if !ok || !ok2 {
		r.out.Unknown++
		return nil
	}
	for _, id := range []kith.MemberID{by, other} {
		if m, _, err := r.tx.Member(id); err != nil || m.State == store.Erased {
			return err
		}
	}
	r.out.Blocks++
	verb := pair.Block
	if row.Kind == store.SafetyUnblock {
		verb = pair.Unblock
	}
	err := r.act(verb, by, other)
	if !errors.Is(err, pair.ErrLeft) {
		return err
	}
	return errors.Join(r.act(pair.Return, by, other), r.act(verb, by, other), r.act(pair.Leave, by, other))
}

// act does an act whose outcome may be there already.
func (r *reapply) act(verb pair.Verb, by, other kith.MemberID) error {
	_, err := r.a.act(r.tx, deed{verb: verb, by: by, other: other})
	if errors.Is(err, pair.ErrYouBlock) || errors.Is(err, pair.ErrNotBlocked) {
		return nil
	}
	return err
}

// catchUp has the journal beside the database hold in it: somebody may have put
// an older copy of the file in its place.
func (a *App) catchUp(ctx context.Context) error {
	rows, err := a.db.Unapplied(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	done, err := a.Reapply(ctx, rows)
	if err != nil {
		return err
	}
	a.log.LogAttrs(ctx, slog.LevelWarn, "the safety journal beside the database held more than the database: it was made to hold",
		slog.Int("rows", len(rows)), slog.String("done", done.String()))
	return nil
}
