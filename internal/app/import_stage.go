package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"kith"
	"kith/internal/store"
)

// staging is the folder where the files of one run wait to be read.
type staging struct {
	dir   string
	id    string
	names []string
	size  int64
}

// stagingBeside is where files wait unless Config.Staging says otherwise: beside
// a database that is a file, else in the machine's folder for temporary files,
// under a name of the database's own. Several nodes need one that all of them
// see.
func stagingBeside(dsn string) string {
	if store.IsPostgres(dsn) {
		sum := sha256.Sum256([]byte(dsn))
		return filepath.Join(os.TempDir(), "kith-staging-"+hex.EncodeToString(sum[:8]))
	}
	return dsn + ".staging"
}

// staged is the folder of a run.
func (a *App) staged(owner kith.MemberID, id string) string {
	return filepath.Join(a.conf.Staging, string(owner)+"."+id)
}

// stage makes the folder of a run.
func (a *App) stage(owner kith.MemberID, id string) (*staging, error) {
	s := &staging{dir: a.staged(owner, id), id: id}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("stage an import: %w", err)
	}
	return s, nil
}

// take writes the files down. They are on disk when it returns.
func (s *staging) take(ctx context.Context, next NextFile) error {
	for {
		name, r, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(s.names) == MaxFiles {
			err = &kith.Error{Kind: kith.Limit, Field: "files", Msg: fmt.Sprintf("more than %d files; put them into one archive", MaxFiles)}
		}
		if err == nil {
			err = s.file(ctx, fileName(name), r)
		}
		if err != nil {
			return err
		}
	}
	if len(s.names) == 0 {
		return invalid("files", "no file was sent; add your archive, invitation mails, address book or calendar")
	}
	return syncFolder(s.dir)
}

// FormFiles gives the files of a form on its way in, part by part; fields that
// are no file are passed over.
func FormFiles(form *multipart.Reader) NextFile {
	return func() (string, io.Reader, error) {
		for {
			part, err := form.NextRawPart()
			if err != nil && !errors.Is(err, io.EOF) {
				err = &kith.Error{Kind: kith.Invalid, Field: "files", Msg: "the form ended too early; send it again", Err: err}
			}
			if err != nil {
				return "", nil, err
			}
			if name := part.FileName(); name != "" {
				return name, part, nil
			}
		}
	}
}

// file writes one file down, in a folder of its own: two may have one name.
func (s *staging) file(ctx context.Context, name string, r io.Reader) (err error) {
	dir := filepath.Join(s.dir, fmt.Sprintf("%03d", len(s.names)))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(f, io.LimitReader(&stoppable{ctx, r}, MaxUpload-s.size+1))
	s.size += n
	if s.size > MaxUpload {
		err = &kith.Error{Kind: kith.Limit, Field: name, Msg: fmt.Sprintf("more than %d MiB in one import; give the files one by one", MaxUpload>>20)}
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	s.names = append(s.names, name)
	return syncFolder(dir)
}

// files gives what was staged, file by file, as readers name them.
func (s *staging) files() ([]string, error) {
	return filepath.Glob(filepath.Join(s.dir, "[0-9]*", "*"))
}

func (s *staging) remove() error { return os.RemoveAll(s.dir) }

// syncFolder makes the names in a folder last.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// stoppable ends reading when its context ends.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the context is over.
func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// maxFileName is how many letters of a file's name are kept; with four bytes
// each they fit any file system.
const maxFileName = 60

// fileName makes a file's name one that can be shown and written down: letters,
// digits and a few signs, no folder, nothing hidden. Readers look at it to pass
// over files that are none of Kith's business.
func fileName(name string) string {
	name = kith.CleanLine(name)
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" ._-()", r) {
			return r
		}
		return '_'
	}, name)
	name = strings.TrimLeft(name, ". ")
	if letters := []rune(name); len(letters) > maxFileName {
		// The end says what kind of file it is.
		name = string(letters[:maxFileName-10]) + string(letters[len(letters)-10:])
	}
	if name == "" {
		return "file"
	}
	return name
}

// SweepImports removes staged files no run waits for: those of uploads that
// never became a run, because the program was stopped in between.
func (a *App) SweepImports(ctx context.Context) error {
	entries, err := os.ReadDir(a.conf.Staging)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var errs []error
	for _, entry := range entries {
		owner, id, ok := strings.Cut(entry.Name(), ".")
		if !ok {
			continue
		}
		waits, err := a.awaited(ctx, kith.MemberID(owner), id, entry)
		if err == nil && !waits {
			err = os.RemoveAll(a.staged(kith.MemberID(owner), id))
		}
		errs = append(errs, err)
	}
	return errors.Join(append(errs, err)...)
}

// awaited reports whether staged files are of a run that will read them, or so
// new that it may be about to be written down.
func (a *App) awaited(ctx context.Context, owner kith.MemberID, id string, entry fs.DirEntry) (waits bool, err error) {
	info, err := entry.Info()
	if err != nil {
		return true, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		r, ok, err := tx.Import(owner, id)
		waits = ok && r.State <= ImportReading || now.Sub(info.ModTime()) < kith.Day
		return err
	})
	return waits, err
}
