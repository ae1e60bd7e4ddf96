package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kith"
	"kith/internal/store"
)

// uploadFor is how long the files of a run may take to arrive: longer than any
// face lets an upload take. A run whose files have not come by then is
// forgotten, with its key.
const uploadFor = 15 * time.Minute

// askedImport stands for what was asked under an idempotency key. The files are
// not compared: nobody reads them a second time.
const askedImport = "start-import"

// errArriving answers a key whose files are still on their way.
var errArriving = &kith.Error{Kind: kith.Busy, Msg: "the files sent with this key are still arriving; ask again in a minute"}

// StartImport takes a member's files: the LinkedIn archive, invitation mails,
// address book, calendar, profile PDFs. They are on disk when it returns, and
// read soon after by whoever does duties; what they tell becomes the actor's
// private contacts and changes nothing for anybody else.
//
// Room for MaxUpload is taken before the first byte is read, so that uploads
// side by side are within the bounds too. Under a key that came before, the run
// of that time is given and nothing is read; it is Busy while the files of that
// run still arrive. An upload that fails leaves nothing, its key can be used
// again.
func (a *App) StartImport(ctx context.Context, who Actor, key string, next NextFile) (r Import, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return r, err
	}
	id := a.db.NewID()
	first, err := Once(ctx, a, who, key, askedImport, func(ctx context.Context) (string, error) {
		return id, a.write(ctx, func(_ context.Context, tx *store.Tx) error { return a.reserve(tx, who.ID, id, key) })
	})
	if err != nil {
		return r, err
	}
	if first != id {
		if r, err = a.Import(ctx, who, first); err == nil && len(r.Files) == 0 {
			err = errArriving
		}
		return r, err
	}
	s, err := a.stage(who.ID, id)
	if err == nil {
		if err = s.take(ctx, next); err == nil {
			r, err = a.arrived(ctx, who.ID, s)
		}
		if err != nil {
			err = errors.Join(err, s.remove())
		}
	}
	if err != nil {
		return r, errors.Join(err, a.forgetUpload(context.WithoutCancel(ctx), a.write, who.ID, id, key))
	}
	return r, nil
}

// reserve keeps a run whose files are still to come, with room for the largest,
// and the duty that forgets it if they do not.
func (a *App) reserve(tx *store.Tx, owner kith.MemberID, id, key string) error {
	r, err := a.newImport(tx, owner, id, nil, MaxUpload)
	if err != nil {
		return err
	}
	body, err := json.Marshal(key)
	if err != nil {
		return err
	}
	return addImportDuty(tx, owner, id, string(body), r.CreatedAt.Add(uploadFor))
}

func addImportDuty(tx *store.Tx, owner kith.MemberID, id, body string, due time.Time) error {
	return tx.AddDuty(&store.Duty{Owner: owner, Effect: importEffect(id), Kind: dutyImport, Subject: id, Body: body, Long: true, DueAt: due})
}

func importEffect(id string) string { return dutyImport + "/" + id }

// arrived notes that the files of a run are on disk: it is to be read at once.
func (a *App) arrived(ctx context.Context, owner kith.MemberID, s *staging) (r Import, err error) {
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		var ok bool
		if r, ok, err = tx.LockImport(owner, s.id); err != nil {
			return err
		}
		if !ok || r.State != ImportWaiting {
			return errNoImport // it was undone meanwhile
		}
		r.Files, r.Staged = s.names, s.size
		if err := tx.StageImport(&r); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := tx.DropDuty(owner, importEffect(s.id)); err != nil {
			return err
		}
		return addImportDuty(tx, owner, s.id, "", now)
	})
	return r, err
}

// forgetUpload forgets a run whose files did not arrive, with its key; one whose
// files did stays as it is.
func (a *App) forgetUpload(ctx context.Context, step stepper, owner kith.MemberID, id, key string) error {
	return step(ctx, func(_ context.Context, tx *store.Tx) error {
		r, ok, err := tx.LockImport(owner, id)
		if err != nil || !ok || r.State != ImportWaiting || len(r.Files) > 0 {
			return err
		}
		if err := tx.DropImport(owner, id); err != nil {
			return err
		}
		if err := tx.DropDuty(owner, importEffect(id)); err != nil {
			return err
		}
		return tx.ForgetKey(owner, key)
	})
}
