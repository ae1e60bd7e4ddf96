package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// MaxPhoto is how many bytes an uploaded photo may have.
const MaxPhoto = 10 << 20

// PhotoSizes are the sizes a photo is shown in, pixels of a side, largest
// first: on a profile, and in lists.
var PhotoSizes = [...]int{400, 96}

// errNoPhoto answers for a photo that is not there, no longer there, or of
// somebody who is not there for whoever asks.
var errNoPhoto = &kith.Error{Kind: kith.NotFound, Msg: "there is no such photo; reload the profile"}

// askedPhoto stands for what was asked under an idempotency key.
const askedPhoto = "set-photo"

// SetPhoto makes an uploaded picture (JPEG, PNG, WebP, or the first frame of a
// GIF) the actor's photo and gives its hash. Of the upload only pixels are kept,
// cut to a square and drawn anew in each of PhotoSizes; nothing else in the file
// is: no place, no camera, no name, no thumbnail.
//
// The picture is opened in this process, by Go's decoders, within limits that
// are checked on its header before: see openPicture. Under a key that came before
// nothing is read, and the hash of that time is given.
func (a *App) SetPhoto(ctx context.Context, who Actor, key string, upload io.Reader) (hash string, err error) {
	if err := who.may(ScopeProfile); err != nil {
		return "", err
	}
	if hash, ok, err := before[string](ctx, a, who, key, askedPhoto); err != nil || ok {
		return hash, err
	}
	data, err := io.ReadAll(io.LimitReader(upload, MaxPhoto+1))
	if err != nil {
		return "", &kith.Error{Kind: kith.Invalid, Field: "photo", Msg: "the upload broke off; send it again", Err: err}
	}
	if len(data) > MaxPhoto {
		return "", &kith.Error{Kind: kith.Limit, Field: "photo", Msg: fmt.Sprintf("a photo has at most %d MB; make it smaller", MaxPhoto>>20)}
	}
	pictures, err := a.openPhoto(ctx, data)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(pictures[0].Data)
	hash = hex.EncodeToString(sum[:16])
	return Once(ctx, a, who, key, askedPhoto, func(ctx context.Context) (string, error) {
		return hash, a.changePhoto(ctx, who, func(tx *store.Tx) error { return tx.SetPhoto(who.ID, hash, pictures) })
	})
}

// openPhoto draws an upload in all sizes, one upload at a time.
func (a *App) openPhoto(ctx context.Context, data []byte) ([]store.Picture, error) {
	a.opening.Lock()
	defer a.opening.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err // whoever sent it has gone while it waited
	}
	square, err := openPicture(data, PhotoSizes[0])
	if err != nil {
		return nil, err
	}
	var out []store.Picture
	for _, size := range PhotoSizes {
		data, err := drawPicture(square, size)
		if err != nil {
			return nil, err
		}
		out = append(out, store.Picture{Size: size, Data: data})
	}
	return out, nil
}

// DropPhoto forgets the actor's photo, if they have one.
func (a *App) DropPhoto(ctx context.Context, who Actor) error {
	if err := who.may(ScopeProfile); err != nil {
		return err
	}
	return a.changePhoto(ctx, who, func(tx *store.Tx) error { return tx.DropPhoto(who.ID) })
}

func (a *App) changePhoto(ctx context.Context, who Actor, change func(*store.Tx) error) error {
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return tx.Tell(&store.Event{Owner: who.ID, Kind: kindProfileChanged})
	})
}

// Photo gives a member's photo in one of PhotoSizes as JPEG, to whoever may see
// their profile. A hash that is not that of the photo of now is not there: what
// has an address never changes.
func (a *App) Photo(ctx context.Context, who Actor, id kith.MemberID, hash string, size int) (data []byte, err error) {
	if err := who.may(ScopeRead); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		_, err := a.meet(tx, who.ID, id)
		if errors.Is(err, pair.ErrNoAccount) {
			return errNoPhoto
		}
		if err != nil {
			return err
		}
		var ok bool
		if data, ok, err = tx.Photo(id, hash, size); err == nil && !ok {
			err = errNoPhoto
		}
		return err
	})
	return data, err
}
