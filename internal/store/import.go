package store

import (
	"time"

	"kith"
)

// ImportState says how an import run stands.
type ImportState uint8

// The states of an import run.
const (
	ImportWaiting ImportState = iota // its files are staged, or still arrive
	ImportReading
	ImportJudging // everything is kept; verdicts are being made
	ImportDone
	ImportFailed  // Failure says why; what was read until then is kept
	ImportUndoing // what it brought is being forgotten
)

// String gives the state's word.
func (s ImportState) String() string {
	return [...]string{"waiting", "reading", "judging", "done", "failed", "undoing"}[s]
}

// Import is one run over a member's files.
type Import struct {
	Owner kith.MemberID
	ID    string
	N     int64 // counts a member's runs; see [RunMark]
	State ImportState
	Files []string // as they were called, cleaned; none while they arrive
	// Staged is how many bytes wait on disk to be read, or may once all have
	// arrived.
	Staged    int64
	CreatedAt time.Time
	EndedAt   time.Time
	// AsOf is the newest date the files hold: when they were made, or soon
	// before.
	AsOf time.Time
	// ArchiveAt is the newest date in the LinkedIn archive among them, zero if
	// there is none.
	ArchiveAt time.Time
	Expected  int64  // nouns, as a first look over the files counted; 0 before it
	Nouns     int64  // read so far
	Added     int64  // of them, what no other run had brought
	Report    string // JSON: what was read of which file, and what was not
	Failure   string // one line
}

const (
	importColumns         = "owner, id, n, state, files, staged, created_at, ended_at, as_of, nouns, added, report, failure, expected, archive_at"
	addImport     sqlText = `INSERT INTO importrun (owner, id, n, state, files, staged, created_at, ended_at, as_of, nouns, added, report, failure)
	VALUES ($1, $2, (SELECT COALESCE(MAX(n), 0) + 1 FROM importrun WHERE owner = $1), $3, $4, $5, $6, 0, 0, 0, 0, '', '') RETURNING n`
	setImport sqlText = `UPDATE importrun SET state = $3, staged = $4, ended_at = $5, as_of = $6, nouns = $7, added = $8, report = $9, failure = $10,
	expected = $11, archive_at = $12
	WHERE owner = $1 AND id = $2`
	stageImport   sqlText = "UPDATE importrun SET files = $3, staged = $4 WHERE owner = $1 AND id = $2"
	readImport    sqlText = "SELECT " + importColumns + " FROM importrun WHERE owner = $1 AND id = $2"
	lockImport    sqlText = "SELECT " + importColumns + " FROM importrun WHERE owner = $1 AND id = $2 /*lock*/"
	pageImports   sqlText = "SELECT " + importColumns + " FROM importrun WHERE owner = $1 AND n < $2 ORDER BY n DESC LIMIT $3 + 0"
	dropImport    sqlText = "DELETE FROM importrun WHERE owner = $1 AND id = $2"
	importWeights sqlText = "SELECT COUNT(*), COALESCE(SUM(staged), 0) FROM importrun WHERE owner = $1 AND state < 2"
	importSizes   sqlText = "SELECT COALESCE(SUM(added), 0) FROM importrun WHERE owner = $1"
	importDates   sqlText = "SELECT n, as_of FROM importrun WHERE owner = $1"
	newestArchive sqlText = "SELECT COALESCE(MAX(archive_at), 0) FROM importrun WHERE owner = $1 AND state < 5"
)

// AddImport keeps a new run and gives it its number.
func (tx *Tx) AddImport(r *Import) error {
	files, err := toJSON(r.Files)
	if err != nil {
		return err
	}
	return tx.row(addImport, string(r.Owner), r.ID, int64(r.State), files, r.Staged, micros(r.CreatedAt)).Scan(&r.N)
}

// SetImport writes a run back.
func (tx *Tx) SetImport(r *Import) error {
	_, err := tx.exec(setImport, string(r.Owner), r.ID, int64(r.State), r.Staged, micros(r.EndedAt), micros(r.AsOf), r.Nouns, r.Added, r.Report, r.Failure,
		r.Expected, micros(r.ArchiveAt))
	return err
}

// StageImport notes the files of a run, when all have arrived, and their bytes.
func (tx *Tx) StageImport(r *Import) error {
	files, err := toJSON(r.Files)
	if err != nil {
		return err
	}
	_, err = tx.exec(stageImport, string(r.Owner), r.ID, files, r.Staged)
	return err
}

// Import gives a run; ok is false if the owner has none of that id.
func (tx *Tx) Import(owner kith.MemberID, id string) (r Import, ok bool, err error) {
	return maybe(scanImport, tx.row(readImport, string(owner), id))
}

// LockImport is Import for whoever will write it back.
func (tx *Tx) LockImport(owner kith.MemberID, id string) (r Import, ok bool, err error) {
	return maybe(scanImport, tx.row(lockImport, string(owner), id))
}

// Imports gives a member's runs before a number (0: from the newest), newest
// first.
func (tx *Tx) Imports(owner kith.MemberID, before int64, limit int) ([]Import, error) {
	if before == 0 {
		before = 1 << 62
	}
	return all(tx, pageImports, scanImport, string(owner), before, limit)
}

// DropImport forgets a run.
func (tx *Tx) DropImport(owner kith.MemberID, id string) error {
	_, err := tx.exec(dropImport, string(owner), id)
	return err
}

// ImportLoad says how many of a member's runs are not read yet, how many bytes
// of theirs are staged, and how many nouns all runs brought.
func (tx *Tx) ImportLoad(owner kith.MemberID) (waiting int, staged, nouns int64, err error) {
	if err = tx.row(importWeights, string(owner)).Scan(&waiting, &staged); err != nil {
		return 0, 0, 0, err
	}
	err = tx.row(importSizes, string(owner)).Scan(&nouns)
	return waiting, staged, nouns, err
}

// ImportDates gives the newest date of each run's files, by the run's mark.
func (tx *Tx) ImportDates(owner kith.MemberID) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := tx.each(importDates, func(row scanner) error {
		var n int64
		var asOf time.Time
		err := row.Scan(&n, at(&asOf))
		out[RunMark(n)] = asOf
		return err
	}, string(owner))
	return out, err
}

// NewestArchive gives the newest date in a member's LinkedIn archives, zero if
// there was none. A run that is being undone does not count.
func (tx *Tx) NewestArchive(owner kith.MemberID) (newest time.Time, err error) {
	err = tx.row(newestArchive, string(owner)).Scan(at(&newest))
	return newest, err
}

func scanImport(row scanner, r *Import) error {
	return row.Scan(&r.Owner, &r.ID, &r.N, &r.State, asJSON(&r.Files), &r.Staged, at(&r.CreatedAt), at(&r.EndedAt), at(&r.AsOf),
		&r.Nouns, &r.Added, &r.Report, &r.Failure, &r.Expected, at(&r.ArchiveAt))
}
