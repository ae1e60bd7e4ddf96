package intake

import (
	"context"
	"crypto/sha256"
	"io"
	"slices"

	"kith"
)

// Read reads paths (files, zip archives and folders, in any mix and order) into
// the sink and reports on every file found. A file that cannot be used is a
// line of the report; the error is for what stops everything: a path that does
// not exist ([kith.NotFound], with the path as it was written), or ctx's end.
//
// Hidden files are passed over without a line. Files with the same content are
// read once. Nothing is read of an archive before all of it that will be read
// was unpacked once and found whole.
func Read(ctx context.Context, paths []string, opt Options, sink Sink) (*Report, error) {
	m := &meter{ctx: ctx, tell: opt.Progress}
	d := &finder{meter: m}
	defer d.close()
	for _, name := range paths {
		if err := d.path(name); err != nil {
			return nil, err
		}
	}
	report := &Report{Owner: opt.Owner}
	report.Owner.Emails = slices.Clone(opt.Owner.Emails)
	m.plan(d.files)
	d.prove()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for p := phaseOwn; p <= phaseExchange; p++ {
		for _, f := range d.files {
			if f.format.read == nil || f.format.phase != p {
				continue
			}
			f.read(m, &report.Owner, &opt, sink)
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		if p == phaseOwn {
			d.tellOwn(sink)
		}
	}
	m.add(int(m.total - m.done))
	report.Files = d.report()
	return report, nil
}

// prove unpacks every archive's entry that will be read once: an archive with
// one that is not what it claims to be is refused as a whole. Of files with the
// same content the first is read; only files that share their size with another
// are compared.
func (d *finder) prove() {
	sizes := map[int64]int{}
	for _, f := range d.files {
		if f.format.read == nil {
			continue
		}
		sizes[f.size]++
		if f.packed && f.source.refused == nil {
			_, err := f.digest(d.meter)
			f.source.refused = zipFault(err)
		}
	}
	first := map[[sha256.Size]byte]*file{}
	for _, f := range d.files {
		switch {
		case f.source.refused != nil:
			f.format = format{}
		case f.format.read != nil && sizes[f.size] > 1:
			sum, err := f.digest(d.meter)
			if twin := first[sum]; err == nil && twin != nil {
				f.skip("the same file as " + twin.report.Name)
			} else {
				first[sum] = f
			}
		}
	}
}

// tellOwn hands the member's own profiles to the sink, one a source.
func (d *finder) tellOwn(sink Sink) {
	told := map[*source]bool{}
	for _, f := range d.files {
		if !told[f.source] && f.source.own.found {
			sink.Profile(f.source.own.profile())
		}
		told[f.source] = true
	}
}

// report gives the lines in the order in which the files were found; a refused
// archive has one.
func (d *finder) report() []FileReport {
	var lines []FileReport
	told := map[*source]bool{}
	for _, f := range d.files {
		if f.source.refused == nil {
			lines = append(lines, f.report)
			continue
		}
		if !told[f.source] {
			lines = append(lines, FileReport{Name: f.source.name, Skipped: oneLine(f.source.refused), Failed: true})
		}
		told[f.source] = true
	}
	return lines
}

// read runs the file's reader.
func (f *file) read(m *meter, owner *Owner, opt *Options, sink Sink) {
	j := &job{FileReport: f.report, sink: sink, owner: owner, opt: opt, again: f.reopen(m), own: &f.source.own}
	err := func() error {
		r, err := f.open()
		if err != nil {
			return err
		}
		defer r.Close()
		return f.format.read(m.ctx, m.counted(r), j)
	}()
	if err != nil {
		j.fail(err)
	}
	f.report = j.FileReport
}

// reopen gives a function that opens the file once more; what it reads does
// not count as progress.
func (f *file) reopen(m *meter) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		r, err := f.open()
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{m.guarded(r), r}, nil
	}
}

// fail notes that the file could not be read, or not to its end.
func (j *job) fail(err error) {
	if len(j.Counts) == 0 {
		j.Skipped, j.Failed = oneLine(err), true
		return
	}
	j.Problems = slices.Insert(j.Problems, 0, Problem{Msg: "not read to its end: " + kith.CleanLine(oneLine(err))})
	if len(j.Problems) > maxProblems {
		j.Problems = j.Problems[:maxProblems]
		j.More++
	}
}

// meter counts the bytes that are read, tells the caller, and ends all reading
// when the caller gives up. It lives as long as one call of Read.
type meter struct {
	ctx         context.Context
	tell        func(done, total int64)
	done, total int64
	told        int64
}

// progressStep is how many bytes pass between two calls of Options.Progress.
const progressStep = 256 << 10

// plan sets the total: entries of archives are unpacked twice, first as proof.
func (m *meter) plan(files []*file) {
	for _, f := range files {
		if f.format.read == nil {
			continue
		}
		m.total += f.size
		if f.packed {
			m.total += f.size
		}
	}
}

// counted is r, and what is read of it counts as progress.
func (m *meter) counted(r io.Reader) io.Reader { return &metered{r, m.ctx, m.add} }

// guarded is r, read without counting.
func (m *meter) guarded(r io.Reader) io.Reader { return &metered{r, m.ctx, func(int) {}} }

type metered struct {
	r   io.Reader
	ctx context.Context
	add func(n int)
}

func (r *metered) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.r.Read(p)
	r.add(n)
	return n, err
}

func (m *meter) add(n int) {
	m.done = min(m.done+int64(n), m.total)
	if m.tell != nil && (m.done-m.told >= progressStep || m.done == m.total) && m.done != m.told {
		m.tell(m.done, m.total)
		m.told = m.done
	}
}
