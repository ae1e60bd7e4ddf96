package intake

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"kith"
)

// source is what belongs together: one archive, one folder, or the files that
// were given one by one.
type source struct {
	name    string // as shown
	refused error  // why nothing of it is used, found out after it was opened
	own     ownProfile
}

// file is one file to read and its line of the report.
type file struct {
	report FileReport
	source *source
	format format // the zero format if the file is not read
	size   int64
	packed bool // an archive's entry: unpacked once as a proof before it is read
	open   func() (io.ReadCloser, error)
	sum    *[sha256.Size]byte
}

// skip notes why nothing is read of the file.
func (f *file) skip(why string) {
	f.format = format{}
	f.report.Skipped = why
}

// refuse notes why a file that was to be read cannot be.
func (f *file) refuse(err error) {
	f.skip(oneLine(err))
	f.report.Failed = true
}

// digest gives the checksum of the file's content. For an archive's entry it
// proves that all of it unpacks, to the size and checksum the archive states.
func (f *file) digest(m *meter) (sum [sha256.Size]byte, err error) {
	if f.sum != nil {
		return *f.sum, nil
	}
	r, err := f.open()
	if err != nil {
		return sum, err
	}
	defer r.Close()
	in := m.guarded(r)
	if f.packed {
		in = m.counted(r)
	}
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(in, f.size+1))
	if err != nil {
		return sum, err
	}
	if f.packed && n != f.size {
		return sum, zip.ErrFormat
	}
	f.sum = (*[sha256.Size]byte)(h.Sum(nil))
	return *f.sum, nil
}

// finder turns paths into files.
type finder struct {
	meter    *meter
	files    []*file
	archives []*file
	loose    source
	closers  []io.Closer
}

func (d *finder) close() {
	for _, c := range d.closers {
		c.Close()
	}
}

// path adds a file, an archive or a folder. The error is one that stops
// everything: the path does not exist, or the caller gave up.
func (d *finder) path(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &kith.Error{Kind: kith.NotFound, Field: kith.CleanLine(name), Msg: "no such file or folder; check the spelling", Err: err}
	}
	label := shown(filepath.Base(name))
	switch {
	case err != nil:
		d.fault(label, err)
	case info.IsDir():
		d.folder(name, label)
	case !info.Mode().IsRegular():
		d.line(label, "not a regular file; save it as a file first")
	default:
		d.add(&file{
			report: FileReport{Name: label}, source: &d.loose, size: info.Size(),
			open: func() (io.ReadCloser, error) { return os.Open(name) },
		}, filepath.Base(name))
	}
	return d.meter.ctx.Err()
}

// line adds a line to the report for something that is not read.
func (d *finder) line(name, why string) {
	d.files = append(d.files, &file{report: FileReport{Name: name, Skipped: why}, source: &d.loose})
}

// fault adds a line for something that was to be read and cannot be.
func (d *finder) fault(name string, err error) {
	d.files = append(d.files, &file{report: FileReport{Name: name, Skipped: oneLine(err), Failed: true}, source: &d.loose})
}

// folder adds the files of a folder and of its folders.
func (d *finder) folder(name, label string) {
	root, err := os.OpenRoot(name)
	if err != nil {
		d.fault(label, err)
		return
	}
	d.closers = append(d.closers, root)
	found, err := d.walk(root, label)
	switch {
	case err != nil:
		d.fault(label, err)
		return
	case len(found) == 0:
		d.line(label, "holds no files")
		return
	}
	for _, f := range found {
		if f.size < 0 {
			f.skip("a link or a device; not followed")
			d.files = append(d.files, f)
			continue
		}
		d.add(f, f.report.Name)
	}
}

// walk lists the files below root, hidden ones excepted. They are opened
// through root, so that nothing that happens meanwhile can lead out of it.
func (d *finder) walk(root *os.Root, label string) ([]*file, error) {
	prefix := label + "/"
	if label == "." || label == ".." {
		prefix = ""
	}
	src := &source{name: label}
	var found []*file
	err := fs.WalkDir(root.FS(), ".", func(rel string, entry fs.DirEntry, err error) error {
		switch {
		case d.meter.ctx.Err() != nil:
			return d.meter.ctx.Err()
		case err != nil:
			d.fault(prefix+shown(rel), err)
			return fs.SkipDir
		case rel != "." && isHidden(rel):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case len(found) == maxFiles:
			return limitError("holds more than %d files; give the folders and files that matter", maxFiles)
		}
		found = append(found, &file{
			report: FileReport{Name: prefix + shown(rel)}, source: src, size: sizeOf(entry),
			open: func() (io.ReadCloser, error) { return root.Open(rel) },
		})
		return nil
	})
	return found, err
}

// sizeOf gives the size of a regular file, -1 for anything else.
func sizeOf(entry fs.DirEntry) int64 {
	info, err := entry.Info()
	if err != nil || !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// add classifies a file of the disk; name is a hint. An archive is opened and
// its entries are added in its place.
func (d *finder) add(f *file, name string) {
	head, err := d.look(f, name)
	switch {
	case err != nil:
		f.refuse(err)
	case isZip(head):
		d.archive(f)
		return
	}
	d.files = append(d.files, f)
}

// look reads the first bytes of a file, unless its name says that they are
// none of Kith's business, and classifies it.
func (d *finder) look(f *file, name string) (head []byte, err error) {
	if d.meter.ctx.Err() != nil {
		return nil, d.meter.ctx.Err()
	}
	if f.size == 0 {
		f.skip("empty")
		return nil, nil
	}
	if isSensitive(name) {
		f.skip(notUsed + "; it was not opened")
		return nil, nil
	}
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head = make([]byte, min(f.size, headBytes)+1) // one more: a short entry shows at its end whether it is whole
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if f.packed && n < len(head)-1 {
		return nil, zip.ErrFormat
	}
	head = head[:min(n, headBytes)]
	var why string
	f.format, why = classify(path.Base(name), head)
	f.report.Format = f.format.name
	if why != "" {
		f.skip(why)
		f.report.Failed = why != notUsed && why != noReader
	}
	return head, nil
}

// archive opens a zip archive and adds its files, or one line that says why it
// is refused.
func (d *finder) archive(f *file) {
	if len(d.archives) == maxArchives {
		d.fault(f.report.Name, limitError("more than %d archives at once; give the rest in a second run", maxArchives))
		return
	}
	if twin := d.twin(f, d.archives); twin != nil {
		d.line(f.report.Name, "the same file as "+twin.report.Name)
		return
	}
	d.archives = append(d.archives, f)
	entries, err := d.entries(f)
	if err != nil {
		d.fault(f.report.Name, err)
		return
	}
	d.files = append(d.files, entries...)
}

// entries checks an archive and classifies its files.
func (d *finder) entries(archive *file) ([]*file, error) {
	r, err := archive.open()
	if err != nil {
		return nil, err
	}
	d.closers = append(d.closers, r)
	at, ok := r.(io.ReaderAt)
	if !ok {
		return nil, errZipCut
	}
	packed, err := openZip(at, archive.size)
	if err != nil {
		return nil, err
	}
	src := &source{name: archive.report.Name}
	var found []*file
	for _, entry := range packed {
		if isHidden(entry.Name) {
			continue
		}
		f := &file{
			report: FileReport{Name: src.name + " › " + shown(entry.Name)}, source: src,
			size: int64(entry.UncompressedSize64), packed: true, open: entry.Open,
		}
		head, err := d.look(f, entry.Name)
		if err != nil {
			return nil, zipFault(err)
		}
		if isZip(head) {
			f.refuse(&kith.Error{Kind: kith.Invalid, Msg: "an archive inside an archive is not opened; unpack it and give its files"})
		}
		found = append(found, f)
	}
	if len(found) == 0 {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: "holds no files"}
	}
	return found, nil
}

// twin finds the file among earlier ones that has the same content. Only files
// of equal size are compared. What cannot be read has no twin.
func (d *finder) twin(f *file, earlier []*file) *file {
	for _, other := range earlier {
		if other.size != f.size {
			continue
		}
		a, errA := f.digest(d.meter)
		b, errB := other.digest(d.meter)
		if errA == nil && errB == nil && a == b {
			return other
		}
	}
	return nil
}

// shown makes a name from outside fit to be shown.
func shown(name string) string { return cutLetters(kith.CleanLine(name), maxLineLetters) }

// oneLine says an error in one line that names no path of this machine.
func oneLine(err error) string {
	var known *kith.Error
	var place *fs.PathError
	switch {
	case errors.As(err, &known):
		return known.Error()
	case errors.As(err, &place):
		return "could not be read: " + kith.CleanLine(place.Err.Error())
	}
	return "could not be read: " + kith.CleanLine(err.Error())
}
