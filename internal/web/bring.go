package web

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// bringRoutes are where a member's files come in, and what was read of them.
func (s *site) bringRoutes() []route {
	return []route{
		{pattern: "GET /bring", do: s.bring},
		{pattern: "POST /bring", stream: true, do: s.bringFiles},
		{pattern: "POST /bring/{id}/undo", do: s.undoBringing},
	}
}

// bringing is the page files are brought to.
type bringing struct {
	First bool // on the way in
	Wrong string
	Runs  []broughtRun
	Going bool   // one is being read, judged or undone
	Later bool   // this is not the newest page
	Older string // the page of earlier runs
}

// broughtRun is one import as it stands.
type broughtRun struct {
	ID, State, When string
	Names           []string
	Read, Expected  int
	Added           int
	Failure         string
	Files           []broughtFile
	More            int // files not listed
}

// broughtFile is what was read of one file that was brought, an archive's
// tables together.
type broughtFile struct {
	Name         string
	Tables, Used int      // of an archive: files in it, and those that were read
	Unused       string   // nothing in it is Kith's business: why
	Counts       []string // "300 invitations"
	PassedOver   []string // on purpose
	Skipped      []skipped
	Failed       []string // what could not be read or used, and what to do
	More         int      // such lines not listed

	read, passed map[string]int
}

// skipped are tables of an archive that are not Kith's business, for one
// reason.
type skipped struct {
	Names []string
	Why   string
}

const (
	// shownRuns is how many runs a page lists.
	shownRuns = 10
	// uploadTimeout is how long files may take to arrive: 512 MiB over a line of
	// 10 megabit a second.
	uploadTimeout = 10 * time.Minute
)

func (s *site) bring(q *request) (templ.Component, error) {
	return s.bringPage(q, "")
}

// bringPage shows what was brought, and takes more.
func (s *site) bringPage(q *request, wrong string) (templ.Component, error) {
	ctx, query := q.Context(), q.URL.Query()
	before, _ := strconv.ParseInt(query.Get("before"), 10, 64) // no number: from the newest
	runs, err := s.app.Imports(ctx, q.who, before, shownRuns+1)
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	b := &bringing{First: query.Has("first"), Later: before > 0, Wrong: wrong}
	runs, more := app.Paged(runs, shownRuns)
	if more {
		b.Older = "/bring?before=" + strconv.FormatInt(runs[shownRuns-1].N, 10)
		if b.First {
			b.Older += "&first=1"
		}
	}
	for i := range runs {
		run, err := runOf(ctx, &runs[i], now)
		if err != nil {
			return nil, err
		}
		b.Going = b.Going || !run.ended()
		b.Runs = append(b.Runs, run)
	}
	p := s.page(q, "settings", say(ctx, "bring.title"))
	if b.First {
		p.Step = say(ctx, "frame.step", 3, 3)
	}
	return bringView(p, b), nil
}

// ended reports whether nothing more happens to a run by itself.
func (r *broughtRun) ended() bool { return r.State == "done" || r.State == "failed" }

// bringFiles takes files as they arrive. What is refused is read to its end
// first: a browser shows no answer before it has sent everything.
func (s *site) bringFiles(q *request) (templ.Component, error) {
	control := http.NewResponseController(q.w)
	// An error only means that the connection cannot be timed.
	_ = control.SetReadDeadline(time.Now().Add(uploadTimeout))
	_ = control.SetWriteDeadline(time.Now().Add(uploadTimeout))
	q.Body = http.MaxBytesReader(q.w, q.Body, 2*app.MaxUpload)
	form, err := q.MultipartReader()
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: "send your files with the form on this page", Err: err}
	}
	_, err = s.app.StartImport(q.Context(), q.who, "", app.FormFiles(form))
	if err != nil && kith.KindOf(err) != kith.Internal {
		status := app.Status(err)
		_, _ = io.Copy(io.Discard, q.Body) // or the connection is gone, and nobody waits
		shown, err := s.bringPage(q, said(q.Context(), err))
		if err != nil {
			return nil, err
		}
		s.show(q, status, shown)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.backToBringing()
}

// undoBringing forgets what a run alone has brought.
func (s *site) undoBringing(q *request) (templ.Component, error) {
	if err := s.app.DropImport(q.Context(), q.who, q.PathValue("id")); err != nil {
		return nil, err
	}
	return q.backToBringing()
}

// archiveOf gives the day of the member's newest LinkedIn archive, empty if they
// brought none.
func (s *site) archiveOf(q *request, now time.Time) (string, error) {
	at, err := s.app.ArchiveDate(q.Context(), q.who)
	return day(q.Context(), at, now), err
}

func (q *request) backToBringing() (templ.Component, error) {
	if q.URL.Query().Has("first") {
		return q.seeOther("/bring?first=1")
	}
	return q.seeOther("/bring")
}

// runOf shows a run.
func runOf(ctx context.Context, r *app.Import, now time.Time) (broughtRun, error) {
	report, err := app.ReadReport(r)
	if err != nil {
		return broughtRun{}, err
	}
	out := broughtRun{ID: r.ID, State: r.State.String(), When: day(ctx, r.CreatedAt, now), Names: r.Files,
		Read: int(min(r.Nouns, r.Expected)), Expected: int(r.Expected), Added: int(r.Added), More: report.More}
	if r.Failure != "" {
		out.Failure = sentence(translate(ctx, r.Failure))
	}
	for i := range report.Files {
		f := &report.Files[i]
		name, table, inside := strings.Cut(f.Name, " › ")
		at := slices.IndexFunc(out.Files, func(b broughtFile) bool { return b.Name == name })
		if at < 0 || !inside {
			at = len(out.Files)
			out.Files = append(out.Files, broughtFile{Name: name, read: map[string]int{}, passed: map[string]int{}})
		}
		out.Files[at].add(ctx, f, table)
	}
	for i := range out.Files {
		f := &out.Files[i]
		f.Counts, f.PassedOver = things(ctx, "bring.read.", f.read), things(ctx, "bring.passed.", f.passed)
	}
	return out, nil
}

// add adds what was read of a file, or of an archive's table.
func (b *broughtFile) add(ctx context.Context, f *app.ImportFile, table string) {
	if table != "" {
		b.Tables++
	}
	switch {
	case f.Failed:
		b.Failed = append(b.Failed, problemLine(ctx, table, &app.ImportProblem{Msg: f.Skipped}))
	case f.Skipped != "" && table == "":
		b.Unused = sentence(translate(ctx, f.Skipped))
	case f.Skipped != "":
		b.skip(table, f.Skipped)
	default:
		b.Used++
	}
	for kind, n := range f.Counts {
		if table != "" && slices.Contains(ownThings, kind) {
			kind = "own"
		}
		b.read[kind] += n
	}
	for kind, n := range f.Ignored {
		b.passed[kind] += n
	}
	for _, p := range f.Problems {
		b.Failed = append(b.Failed, problemLine(ctx, table, &p))
	}
	b.More += f.More
}

// skip notes that a table was not read, with others for the same reason.
func (b *broughtFile) skip(table, why string) {
	for i := range b.Skipped {
		if b.Skipped[i].Why == why {
			b.Skipped[i].Names = append(b.Skipped[i].Names, table)
			return
		}
	}
	b.Skipped = append(b.Skipped, skipped{[]string{table}, why})
}

// ownThings are what an archive tells of the member's own profile, which is said
// as one.
var ownThings = []string{"profile", "summary", "address", "position", "school", "skill", "volunteering", "organisation"}

// thingsFirst are the kinds of things read that are named before others.
var thingsFirst = []string{"invitation", "connection", "message", "meeting", "contact", "profile"}

// things counts what was read, by kind: "300 invitations".
func things(ctx context.Context, prefix string, counts map[string]int) (out []string) {
	kinds := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(kinds, func(a, b string) int { return cmp.Compare(rankOf(a), rankOf(b)) })
	for _, kind := range kinds {
		out = append(out, count(ctx, prefix+kind, counts[kind]))
	}
	return out
}

func rankOf(kind string) int {
	if i := slices.Index(thingsFirst, kind); i >= 0 {
		return i
	}
	return len(thingsFirst)
}

// problemLine says what could not be used, where it stands, and what to do.
func problemLine(ctx context.Context, table string, p *app.ImportProblem) string {
	var where []string
	if table != "" {
		where = append(where, table)
	}
	if p.Row > 0 {
		where = append(where, say(ctx, "bring.row", p.Row))
	}
	if p.Column != "" {
		where = append(where, p.Column)
	}
	if len(where) == 0 {
		return sentence(translate(ctx, p.Msg))
	}
	return sentence(strings.Join(where, ", ") + ": " + translate(ctx, p.Msg))
}

// sentence makes a sentence of a line that begins small and ends without a stop.
func sentence(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:] + "."
}

// to gives the address of an act of this page; the way in stays the way in.
func (b *bringing) to(path string) templ.SafeURL {
	path = "/bring" + path
	if b.First {
		path += "?first=1"
	}
	return templ.SafeURL(path)
}

// fileKinds are the kinds of files that say something, the most telling first.
var fileKinds = []string{"archive", "mails", "book", "calendar", "profiles", "none"}

// unused counts the tables that are not Kith's business.
func (b *broughtFile) unused() (n int) {
	for _, s := range b.Skipped {
		n += len(s.Names)
	}
	return n
}
