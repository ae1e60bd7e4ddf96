package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"kith"
	"kith/internal/intake"
	"kith/internal/store"
)

// maxBatch is how many nouns one transaction keeps (DESIGN section 2).
const maxBatch = 500

// errStopped says that a run is no longer to be read: it was undone.
var errStopped = errors.New("the import was undone")

// stepper does one transaction of something long.
type stepper func(context.Context, func(context.Context, *store.Tx) error) error

// running is one run being read or undone. It may be stopped anywhere and done
// again from the start: what is kept already stays as it is.
type running struct {
	a     *App
	step  stepper
	owner kith.MemberID
	id    string
	key   string // under which its files were to arrive
	paths []string
	// staged says that paths is one folder of files that were uploaded.
	staged bool
	opt    ReadOptions

	now time.Time
	own intake.Owner
}

// do carries a run on from where it stands.
func (r *running) do(ctx context.Context) error {
	var run Import
	var ok bool
	err := r.step(ctx, func(_ context.Context, tx *store.Tx) (err error) {
		if run, ok, err = tx.Import(r.owner, r.id); err == nil {
			r.now, err = tx.Now()
		}
		return err
	})
	if err != nil || !ok {
		return err
	}
	if run.State == ImportWaiting && len(run.Files) == 0 {
		return r.a.forgetUpload(ctx, r.step, r.owner, r.id, r.key)
	}
	switch run.State {
	case ImportWaiting, ImportReading:
		if err := r.read(ctx); err != nil {
			return err
		}
		return r.judge(ctx)
	case ImportJudging:
		return r.judge(ctx)
	case ImportUndoing:
		return r.undo(ctx)
	}
	return nil
}

// read keeps what the files hold. It goes over them twice: first for the newest
// date they hold, by which later runs know which saw later, then for the rest.
func (r *running) read(ctx context.Context) error {
	paths := r.paths
	if r.staged {
		var err error
		if paths, err = (&staging{dir: r.paths[0]}).files(); err != nil || len(paths) == 0 {
			return &kith.Error{Kind: kith.NotFound, Msg: "the staged files are not on this machine; nodes need one staging folder", Err: err}
		}
	}
	if err := r.step(ctx, func(_ context.Context, tx *store.Tx) (err error) {
		r.own, err = knownOwner(tx, r.owner)
		return err
	}); err != nil {
		return err
	}
	dates := &dating{now: r.now}
	first, err := intake.Read(ctx, paths, intake.Options{Now: r.now, Owner: r.own}, dates)
	if err != nil {
		return err
	}
	if err := r.update(ctx, func(run *Import) {
		run.State, run.AsOf, run.ArchiveAt = ImportReading, unpackTime(packTime(dates.newest)), unpackTime(packTime(dates.archive))
		run.Nouns, run.Expected = 0, dates.count
	}); err != nil {
		return err
	}
	pdf := r.opt.PDF
	if pdf == nil {
		pdf = r.a.conf.PDF
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	sink := batches(func(nouns []noun) error { return r.keep(ctx, nouns) }, stop)
	report, err := intake.Read(reading, paths, intake.Options{Now: r.now, Owner: first.Owner, PDF: pdf, Progress: r.opt.Progress}, sink)
	if err := cmp.Or(sink.end(), err); err != nil {
		return err
	}
	return r.finish(ctx, report)
}

// knownOwner is what is known of the member whose files are read.
func knownOwner(tx *store.Tx, owner kith.MemberID) (out intake.Owner, err error) {
	m, _, err := tx.Member(owner)
	if err != nil {
		return out, err
	}
	out.Name = m.Name
	own, ok, err := tx.SeeOwnContact(owner)
	if err != nil || !ok {
		return out, err
	}
	out.Slug = own.Slug
	keys, err := tx.KeysOf(owner, own.ID)
	for _, k := range keys {
		if k.Name[:2] == "e:" {
			out.Emails = append(out.Emails, k.Name[2:])
		}
	}
	return out, err
}

// update changes a run that is still to be read.
func (r *running) update(ctx context.Context, change func(*Import)) error {
	return r.step(ctx, func(_ context.Context, tx *store.Tx) error {
		run, err := r.lock(tx)
		if err != nil {
			return err
		}
		change(&run)
		return tx.SetImport(&run)
	})
}

// lock reads the run for writing it back, if it is still to be read.
func (r *running) lock(tx *store.Tx) (Import, error) {
	run, ok, err := tx.LockImport(r.owner, r.id)
	if err == nil && (!ok || run.State > ImportJudging) {
		err = errStopped
	}
	return run, err
}

// keep is one step: a batch of nouns, joined and written, with its event.
func (r *running) keep(ctx context.Context, nouns []noun) error {
	return r.step(ctx, func(_ context.Context, tx *store.Tx) error {
		run, err := r.lock(tx)
		if err != nil {
			return err
		}
		for i := range nouns {
			nouns[i].runs, nouns[i].seen = store.RunMark(run.N), run.AsOf
		}
		if err := r.a.keepNouns(tx, r.owner, nouns); err != nil {
			return err
		}
		run.Nouns += int64(len(nouns))
		if err := tx.SetImport(&run); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: r.owner, Kind: kindImported, Subject: r.id, Body: counted(int64(len(nouns)))})
	})
}

// counted is the body of an import's events.
func counted(n int64) string {
	data, err := json.Marshal(map[string]int64{"nouns": n})
	if err != nil { // a map of numbers never fails
		return ""
	}
	return string(data)
}

// keepNouns joins nouns into a member's contacts and keeps them.
func (a *App) keepNouns(tx *store.Tx, owner kith.MemberID, nouns []noun) error {
	own, err := a.ownContact(tx, owner)
	if err != nil {
		return err
	}
	if err := a.learnOwn(tx, &own, nouns); err != nil {
		return err
	}
	j, err := a.join(tx, owner)
	if err != nil {
		return err
	}
	if err := j.find(nouns); err != nil {
		return err
	}
	for i := range nouns {
		j.place(&nouns[i])
	}
	return j.write()
}

// finish notes what was read. The files are no longer needed then.
func (r *running) finish(ctx context.Context, report *intake.Report) error {
	body, err := json.Marshal(reportOf(report))
	if err != nil {
		return err
	}
	return r.step(ctx, func(_ context.Context, tx *store.Tx) error {
		run, err := r.lock(tx)
		if err != nil {
			return err
		}
		run.State, run.Report, run.Staged = ImportJudging, string(body), 0
		if run.Added, err = tx.CountBrought(r.owner, run.N); err != nil {
			return err
		}
		return tx.SetImport(&run)
	})
}

// judge decides the invitations something new is known of, then ends the run.
func (r *running) judge(ctx context.Context) error {
	for more := true; more; {
		err := r.step(ctx, func(_ context.Context, tx *store.Tx) error {
			run, err := r.lock(tx)
			if err != nil {
				return err
			}
			if more, err = r.a.judgeUnjudged(tx, r.owner); err != nil || more {
				return err
			}
			return r.end(tx, &run)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *running) end(tx *store.Tx, run *Import) (err error) {
	run.State = ImportDone
	if run.EndedAt, err = tx.Now(); err != nil {
		return err
	}
	if err := tx.SetImport(run); err != nil {
		return err
	}
	if err := tx.Tell(&store.Event{Owner: r.owner, Kind: kindImportDone, Subject: r.id, Body: counted(run.Nouns), Notice: true}); err != nil || run.Added == 0 {
		return err
	}
	return r.a.rejudgeHere(tx, r.owner) // what is new may be of somebody here
}

// fail ends a run that cannot be carried on.
func (r *running) fail(ctx context.Context, cause error) error {
	err := r.step(ctx, func(_ context.Context, tx *store.Tx) error {
		run, err := r.lock(tx)
		if err != nil {
			return err
		}
		run.State, run.Staged, run.Failure = ImportFailed, 0, failure(cause)
		if errors.Is(cause, context.Canceled) {
			run.Failure = "it was stopped; import the same files again, nothing is kept twice"
		}
		if run.EndedAt, err = tx.Now(); err != nil {
			return err
		}
		if err := tx.SetImport(&run); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: r.owner, Kind: kindImportFailed, Subject: r.id, Notice: true})
	})
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

// undoBatch is how many contacts one transaction makes anew.
const undoBatch = 100

// undo forgets what a run brought, and then the run. A contact made anew may join
// one that was passed already and take along what the run said of it: only when
// nothing is found from the first contact on is nothing left.
func (r *running) undo(ctx context.Context) error {
	var after kith.ContactID
	for {
		var ids []kith.ContactID
		err := r.step(ctx, func(_ context.Context, tx *store.Tx) error {
			run, ok, err := tx.LockImport(r.owner, r.id)
			if err != nil || !ok || run.State != ImportUndoing {
				return errors.Join(err, errStopped)
			}
			if _, err := r.a.ownContact(tx, r.owner); err != nil {
				return err
			}
			if ids, err = tx.BroughtOf(r.owner, run.N, after, undoBatch); err != nil {
				return err
			}
			if len(ids) == 0 && after == "" {
				return r.undone(tx)
			}
			for _, id := range ids {
				if err := tx.TakeBack(r.owner, run.N, id); err != nil {
					return err
				}
				if err := r.a.regroup(tx, r.owner, id); err != nil {
					return err
				}
			}
			return nil
		})
		switch {
		case err != nil || len(ids) == 0 && after == "":
			return err
		case len(ids) == 0:
			after = ""
		default:
			after = ids[len(ids)-1]
		}
	}
}

func (r *running) undone(tx *store.Tx) error {
	if err := tx.DropImport(r.owner, r.id); err != nil {
		return err
	}
	tx.Scrub()
	return tx.Tell(&store.Event{Owner: r.owner, Kind: kindImportUndone, Subject: r.id})
}
