package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"kith"
	"kith/internal/intake"
	"kith/internal/store"
)

// Import is one run over a member's files.
type Import = store.Import

// The states of an import run.
const (
	ImportWaiting = store.ImportWaiting
	ImportReading = store.ImportReading
	ImportJudging = store.ImportJudging
	ImportDone    = store.ImportDone
	ImportFailed  = store.ImportFailed
	ImportUndoing = store.ImportUndoing
)

// The events an import leaves: one for each batch, and its end.
const (
	kindImported     = "imported"      // a batch of what the files hold is kept
	kindImportDone   = "import-done"   // all is kept and judged
	kindImportFailed = "import-failed" // the files could not be read
	kindImportUndone = "import-undone" // what it brought is forgotten
)

const dutyImport = "import"

// What one member may have waiting and kept. An archive of somebody with the
// most connections the site allows, 30,000, has some 100,000 nouns.
const (
	maxStaged  = 1 << 30   // bytes of all runs that wait
	maxWaiting = 4         // runs that wait
	maxKept    = 5_000_000 // nouns of all runs
)

// What one run may be given.
const (
	MaxUpload = 512 << 20 // bytes of all its files
	MaxFiles  = 200       // files; a Maildir is given as one archive
)

// errNoImport answers for a run that is not there or not the actor's.
var errNoImport = &kith.Error{Kind: kith.NotFound, Msg: "there is no such import"}

// NextFile gives the files of an import one after the other, and io.EOF after
// the last. Each is read before the next is asked for.
type NextFile func() (name string, r io.Reader, err error)

// ImportReport says what was read of the files and what was not.
type ImportReport struct {
	Files []ImportFile `json:"files"`
	// More counts files that are not listed.
	More int `json:"more,omitempty"`
}

// ImportFile is one file's line of a report.
type ImportFile struct {
	Name     string          `json:"name"`
	Format   string          `json:"format,omitempty"`
	Counts   map[string]int  `json:"counts,omitempty"`
	Ignored  map[string]int  `json:"ignored,omitempty"`
	Skipped  string          `json:"skipped,omitempty"`
	Failed   bool            `json:"failed,omitempty"` // Skipped, though it was to be read
	Problems []ImportProblem `json:"problems,omitempty"`
	More     int             `json:"more,omitempty"` // problems not listed
}

// ImportProblem is one row, message or card that could not be used.
type ImportProblem struct {
	Row    int    `json:"row,omitempty"` // from 1; 0 if the file as a whole
	Column string `json:"column,omitempty"`
	Msg    string `json:"msg"`
}

// maxListed is how many files a report lists. Those something is wrong with
// come before others.
const maxListed = 500

// reportOf turns what the readers say into what is kept.
func reportOf(r *intake.Report) ImportReport {
	var out ImportReport
	for _, wrong := range []bool{true, false} {
		for i := range r.Files {
			f := &r.Files[i]
			if (f.Skipped != "" || len(f.Problems) > 0) != wrong {
				continue
			}
			if len(out.Files) == maxListed {
				out.More++
				continue
			}
			line := ImportFile{Name: f.Name, Format: f.Format, Counts: f.Counts, Ignored: f.Ignored, Skipped: f.Skipped, Failed: f.Failed, More: f.More}
			for _, p := range f.Problems {
				line.Problems = append(line.Problems, ImportProblem(p))
			}
			out.Files = append(out.Files, line)
		}
	}
	return out
}

// ReadReport gives the report of a run; it is empty until the run has read.
func ReadReport(r *Import) (out ImportReport, err error) {
	if r.Report == "" {
		return out, nil
	}
	err = json.Unmarshal([]byte(r.Report), &out)
	return out, err
}

// mayImport refuses what is more than a member may have waiting or kept.
func mayImport(tx *store.Tx, owner kith.MemberID, size int64) error {
	waiting, staged, kept, err := tx.ImportLoad(owner)
	switch {
	case err != nil:
		return err
	case waiting >= maxWaiting || staged+size > maxStaged:
		return &kith.Error{Kind: kith.Busy, Msg: "earlier imports are still being read; wait until they are done"}
	case kept >= maxKept:
		return &kith.Error{Kind: kith.Limit, Msg: "your imports are full; undo one you no longer need"}
	}
	return nil
}

// newImport keeps a run that is to be read.
func (a *App) newImport(tx *store.Tx, owner kith.MemberID, id string, names []string, size int64) (r Import, err error) {
	if _, err := a.ownContact(tx, owner); err != nil {
		return r, err
	}
	if err := mayImport(tx, owner, size); err != nil {
		return r, err
	}
	now, err := tx.Now()
	if err != nil {
		return r, err
	}
	r = Import{Owner: owner, ID: id, Files: names, Staged: size, CreatedAt: now}
	return r, tx.AddImport(&r)
}

// ReadOptions steer ImportFiles.
type ReadOptions struct {
	// PDF is used in place of Config.PDF, if not nil.
	PDF func(context.Context, io.Reader) (kith.Profile, error)
	// Progress, if not nil, is told how many of how many bytes were read.
	Progress func(done, total int64)
}

// ImportFiles reads files and folders of this machine for the actor at once,
// for the console.
func (a *App) ImportFiles(ctx context.Context, who Actor, paths []string, opt ReadOptions) (r Import, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return r, err
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = fileName(p)
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		r, err = a.newImport(tx, who.ID, tx.NewID(), names, 0)
		return err
	})
	if err != nil {
		return r, err
	}
	run := &running{a: a, step: a.write, owner: who.ID, id: r.ID, paths: paths, opt: opt}
	if err := run.do(ctx); err != nil {
		return r, errors.Join(err, run.fail(context.WithoutCancel(ctx), err))
	}
	return a.Import(context.WithoutCancel(ctx), who, r.ID)
}

// Imports gives the actor's runs, newest first, before a run's number (0: from
// the newest).
func (a *App) Imports(ctx context.Context, who Actor, before int64, limit int) (out []Import, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out, err = tx.Imports(who.ID, before, limit)
		return err
	})
	return out, err
}

// Import gives one of the actor's runs.
func (a *App) Import(ctx context.Context, who Actor, id string) (r Import, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return r, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		var ok bool
		if r, ok, err = tx.Import(who.ID, id); err == nil && !ok {
			err = errNoImport
		}
		return err
	})
	return r, err
}

// ArchiveDate says of when the actor's newest LinkedIn archive is: the newest
// date it holds. It is zero if they brought none.
func (a *App) ArchiveDate(ctx context.Context, who Actor) (at time.Time, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return at, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		at, err = tx.NewestArchive(who.ID)
		return err
	})
	return at, err
}

// DropImport undoes a run: everything it alone brought is forgotten, soon after
// it returns, as if it had never been. A run that is being read stops.
func (a *App) DropImport(ctx context.Context, who Actor, id string) error {
	if err := who.may(ScopeContacts); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		r, ok, err := tx.LockImport(who.ID, id)
		if err != nil {
			return err
		}
		if !ok {
			return errNoImport
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if r.State == ImportUndoing {
			return nil
		}
		r.State, r.Failure = ImportUndoing, ""
		if r.EndedAt.IsZero() {
			r.EndedAt = now
		}
		if err := tx.SetImport(&r); err != nil {
			return err
		}
		return tx.AddDuty(&store.Duty{Owner: who.ID, Effect: "undo-" + dutyImport + "/" + id, Kind: dutyImport, Subject: id, Long: true, DueAt: now})
	})
}

// importDuty reads, or undoes, a run. One whose files never arrived it forgets.
func (a *App) importDuty(ctx context.Context, h *hold) error {
	var key string
	if h.Body != "" {
		if err := json.Unmarshal([]byte(h.Body), &key); err != nil {
			return err
		}
	}
	s := staging{dir: a.staged(h.Owner, h.Subject)}
	run := &running{a: a, step: h.step, owner: h.Owner, id: h.Subject, key: key, paths: []string{s.dir}, staged: true}
	err := run.do(ctx)
	switch {
	case err == nil, errors.Is(err, errStopped):
		return s.remove()
	case h.Attempts < maxAttempts || ctx.Err() != nil:
		return err
	}
	return errors.Join(run.fail(ctx, err), s.remove())
}
