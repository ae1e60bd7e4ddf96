package app

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"testing"
	"testing/iotest"

	"kith"
)

// unread is an upload whose files nobody may ask for.
func unread(t *testing.T) NextFile {
	return func() (string, io.Reader, error) {
		t.Error("the files are read again")
		return "", nil, io.EOF
	}
}

// meanwhile does something while the files of an upload arrive.
func meanwhile(do func(), files ...file) NextFile {
	next, begun := upload(files...), false
	return func() (string, io.Reader, error) {
		if !begun {
			begun = true
			do()
		}
		return next()
	}
}

// nothingStaged wants no files of uploads left.
func (w *world) nothingStaged() {
	w.t.Helper()
	if left, err := os.ReadDir(w.conf.Staging); err != nil && !errors.Is(err, os.ErrNotExist) || len(left) > 0 {
		w.t.Errorf("staged are %v (%v)", left, err)
	}
}

func TestAnUploadIsDoneOnceForAKey(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada, bea := t.Context(), w.member("Ada Brandt"), w.member("Bea de Wit")
		first, err := w.StartImport(ctx, ada, "k", meanwhile(func() {
			_, err := w.StartImport(ctx, ada, "k", unread(t))
			w.wants("the key while its files arrive", err, errArriving)
		}, invited()...))
		w.must(err)
		again, err := w.StartImport(ctx, ada, "k", unread(t))
		w.must(err)
		if again.ID != first.ID || len(again.Files) != 2 || again.Staged != first.Staged {
			t.Errorf("first there was %+v, then %+v", first, again)
		}
		w.work(Imports)
		if again, err = w.StartImport(ctx, ada, "k", unread(t)); err != nil || again.ID != first.ID || again.State != ImportDone {
			t.Errorf("when it is done the key gives %+v (%v)", again, err)
		}
		other, err := w.StartImport(ctx, bea, "k", upload(invited()...))
		w.must(err)
		if other.ID == first.ID || other.Owner != bea.ID {
			t.Errorf("another member's key gives %+v", other)
		}
		_, err = w.SetPhoto(ctx, ada, "k", iotest.ErrReader(errors.New("read")))
		w.wants("the key for something else", err, errKeyReused)
	})
}

func TestAPhotoIsReadOnceForAKey(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.member("Ada Brandt")
		hash, err := w.SetPhoto(ctx, ada, "k", bytes.NewReader(jpegOf(t, quarters(120, 90))))
		w.must(err)
		w.must(w.DropPhoto(ctx, ada))
		again, err := w.SetPhoto(ctx, ada, "k", iotest.ErrReader(errors.New("the picture is read again")))
		w.must(err)
		if again != hash {
			t.Errorf("the key gives %s, then %s", hash, again)
		}
		if _, err := w.Photo(ctx, ada, ada.ID, hash, PhotoSizes[0]); err == nil {
			t.Error("the photo is set again")
		}
	})
}

func TestUploadsSideBySideHaveRoom(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.member("Ada Brandt")
		_, err := w.StartImport(ctx, ada, "", meanwhile(func() {
			_, err := w.StartImport(ctx, ada, "", meanwhile(func() {
				_, err := w.StartImport(ctx, ada, "", unread(t))
				if kith.KindOf(err) != kith.Busy {
					t.Errorf("a third upload beside two gives %v", err)
				}
			}, invited()...))
			w.must(err)
		}, invited()...))
		w.must(err)
		// What has arrived takes no more room than it has bytes.
		_, err = w.StartImport(ctx, ada, "", upload(invited()...))
		w.must(err)
	})
}

func TestAnUploadThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line broke")
	for _, c := range []struct {
		name string
		next func(*world, Actor) NextFile
		want error
		// spent says that the key stands for the run there was.
		spent bool
	}{
		{"it breaks off", func(*world, Actor) NextFile {
			return func() (string, io.Reader, error) { return "a.csv", iotest.ErrReader(broken), nil }
		}, broken, false},
		{"it takes too long", func(w *world, _ Actor) NextFile {
			return meanwhile(func() {
				w.pass(uploadFor)
				w.work(Imports)
			}, invited()...)
		}, fs.ErrNotExist, false},
		{"it is undone", func(w *world, who Actor) NextFile {
			return meanwhile(func() {
				list, err := w.Imports(w.t.Context(), who, 0, 10)
				w.must(err)
				w.must(w.DropImport(w.t.Context(), who, list[0].ID))
			}, invited()...)
		}, errNoImport, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada := w.member("Ada Brandt")
				_, err := w.StartImport(t.Context(), ada, "k", c.next(w, ada))
				if !errors.Is(err, c.want) {
					t.Errorf("the upload ends with %v", err)
				}
				w.work(Imports)
				w.nothingStaged()
				if list, err := w.Imports(t.Context(), ada, 0, 10); err != nil || len(list) != 0 {
					t.Errorf("left are %+v (%v)", list, err)
				}
				if contacts, sent := w.lists(ada); len(contacts)+len(sent) != 0 {
					t.Errorf("kept are %+v %+v", contacts, sent)
				}
				if _, err = w.StartImport(t.Context(), ada, "k", upload(invited()...)); (err == nil) == c.spent {
					t.Errorf("the key gives %v afterwards", err)
				}
			})
		})
	}
}
