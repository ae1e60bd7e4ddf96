package intake

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
)

func TestReadMissingPath(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "no such\x1b file.zip")
	_, err := Read(t.Context(), []string{"testdata/archive", missing}, Options{}, &heard{})
	var e *kith.Error
	if kith.KindOf(err) != kith.NotFound || !errors.As(err, &e) || !strings.HasSuffix(e.Field, "no such file.zip") {
		t.Errorf("got %v", err)
	}
}

// TestReadCancelled stops at once when the caller gives up, before or while
// reading.
func TestReadCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	path := writeFile(t, "messages.csv", append([]byte(nil), manyMessages(20_000)...))
	opt := Options{Owner: Owner{Slug: "mara-quillon-demo"}, Progress: func(done, total int64) {
		if done > total/2 {
			cancel()
		}
	}}
	var h heard
	if report, err := Read(ctx, []string{path}, opt, &h); !errors.Is(err, context.Canceled) || report != nil {
		t.Errorf("cancelled while reading: %v, %v", report, err)
	}
	if n := len(h.Messages); n == 0 || n > 19_000 {
		t.Errorf("%d of 20,000 messages were read before the end", n)
	}
	proof, stop := context.WithCancel(t.Context())
	archive := writeFile(t, "a.zip", rawZip(t, "", "", rawEntry{name: "messages.csv", data: string(manyMessages(20_000)), method: zip.Deflate}))
	h = heard{}
	opt.Progress = func(int64, int64) { stop() }
	if report, err := Read(proof, []string{archive}, opt, &h); !errors.Is(err, context.Canceled) || report != nil || h.total() != 0 {
		t.Errorf("cancelled while proving an archive: %v, %v, %d nouns", report, err, h.total())
	}
	if _, err := Read(ctx, []string{path, "testdata/archive"}, Options{}, &heard{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

// TestReadProgress ends at the total and never goes back.
func TestReadProgress(t *testing.T) {
	t.Parallel()
	archive := rawZip(t, "", "", rawEntry{name: "messages.csv", data: string(manyMessages(5000)), method: zip.Deflate}, honest)
	var last, total int64
	calls := 0
	opt := Options{Progress: func(done, of int64) {
		if done <= last || of < done || total != 0 && of != total {
			t.Errorf("%d of %d after %d of %d", done, of, last, total)
		}
		last, total = done, of
		calls++
	}}
	paths := []string{writeFile(t, "a.zip", archive), writeFile(t, "b.zip", archive), "testdata/archive"}
	if _, err := Read(t.Context(), paths, opt, &heard{}); err != nil {
		t.Fatal(err)
	}
	if last != total || calls < 3 {
		t.Errorf("ended at %d of %d after %d calls", last, total, calls)
	}
}

// TestReadTwins reads the same content once, in whatever wrapping it comes, and
// both of two archives that differ.
func TestReadTwins(t *testing.T) {
	t.Parallel()
	other := rawEntry{name: "Email Addresses.csv", data: "Email Address,Confirmed,Primary,Updated On\nmara@quillon.example,Yes,Yes,\n"}
	basic, complete := rawZip(t, "", "", honest), rawZip(t, "", "", honest, other)
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	h, report := readPaths(t, write("Basic.zip", basic), write("Basic (1).zip", basic), write("Complete.zip", complete), write("Invitations.csv", []byte(honestRows)))
	if len(h.Invitations) != 1 || !slices.Equal(report.Owner.Emails, []string{"mara@quillon.example"}) {
		t.Errorf("%d invitations, owner %+v", len(h.Invitations), report.Owner)
	}
	const first = "Basic.zip › Invitations.csv"
	want := map[string]string{
		first: "", "Basic (1).zip": "the same file as Basic.zip", "Complete.zip › Email Addresses.csv": "",
		"Complete.zip › Invitations.csv": "the same file as " + first, "Invitations.csv": "the same file as " + first,
	}
	for _, f := range report.Files {
		if skipped, ok := want[f.Name]; !ok || skipped != f.Skipped {
			t.Errorf("%s: %q, want %q", f.Name, f.Skipped, skipped)
		}
	}
	if len(report.Files) != len(want) {
		t.Errorf("%d lines: %+v", len(report.Files), report.Files)
	}
}

// TestReadRefusedTwin reads a file although the same file stands in an archive
// that is refused.
func TestReadRefusedTwin(t *testing.T) {
	t.Parallel()
	bad := rawZip(t, "", "", honest, rawEntry{name: "Connections.csv", data: connectionsHeader, method: zip.Deflate, size: len(connectionsHeader) + 1})
	h, report := readPaths(t, writeFile(t, "a.zip", bad), writeFile(t, "Invitations.csv", []byte(honestRows)))
	if len(h.Invitations) != 1 || len(report.Files) != 2 {
		t.Errorf("%d invitations, %+v", len(h.Invitations), report.Files)
	}
}

// TestReadFolder walks into folders, opens archives there, and follows no link.
func TestReadFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]string{
		"LinkedIn/Invitations.csv": honestRows, "LinkedIn/Jobs/empty.csv": "", ".hidden.csv": honestRows + honestRows,
		".git/Invitations.csv": honestRows, "a.zip": string(rawZip(t, "", "", rawEntry{name: "Skills.csv", data: "Name\nOars\n"}, rawEntry{name: "__MACOSX/._x", data: "x"})),
	}
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	secret := writeFile(t, "Connections.csv", []byte(connectionsHeader))
	for link, target := range map[string]string{"file.csv": secret, "folder": filepath.Dir(secret), "nothing": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	h, report := readPaths(t, dir)
	if len(h.Invitations) != 1 || len(h.Profiles) != 1 {
		t.Errorf("read %+v", h)
	}
	top := filepath.Base(dir)
	var got []string
	for _, f := range report.Files {
		got = append(got, strings.TrimPrefix(f.Name, top+"/")+": "+f.Skipped)
	}
	const link = ": a link or a device; not followed"
	want := []string{"LinkedIn/Invitations.csv: ", "LinkedIn/Jobs/empty.csv: empty", "a.zip › Skills.csv: ", "file.csv" + link, "folder" + link, "nothing" + link}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestReadFolderOfManyFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range maxFiles + 1 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.csv", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, report := readPaths(t, dir)
	if len(report.Files) != 1 || !strings.Contains(report.Files[0].Skipped, "more than 20000 files") {
		t.Errorf("%d lines, the first %+v", len(report.Files), report.Files[0])
	}
}

// TestReadNothing has a line for what holds nothing.
func TestReadNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, report := readPaths(t, dir, writeFile(t, "a.zip", rawZip(t, "", "", rawEntry{name: "Jobs/"}, rawEntry{name: ".DS_Store", data: "x"})))
	if len(report.Files) != 2 || report.Files[0].Skipped != "holds no files" || report.Files[1].Skipped != "holds no files" {
		t.Errorf("got %+v", report.Files)
	}
}

func TestReadManyArchives(t *testing.T) {
	t.Parallel()
	var paths []string
	for i := range maxArchives + 1 {
		paths = append(paths, writeFile(t, "a.zip", rawZip(t, "", "", rawEntry{name: "x.txt", data: fmt.Sprint("file ", i)})))
	}
	_, report := readPaths(t, paths...)
	if last := report.Files[len(report.Files)-1]; !strings.Contains(last.Skipped, "more than 32 archives") {
		t.Errorf("got %+v", last)
	}
}

// TestReadKeepsSettings starts from what the caller knows of the member and
// leaves the caller's list alone.
func TestReadKeepsSettings(t *testing.T) {
	t.Parallel()
	emails := make([]string, 1, 8)
	emails[0] = "m@example.org"
	opt := Options{Now: testNow, Owner: Owner{Name: "M. Quillon", Slug: "somebody-else", Emails: emails}}
	report, err := Read(t.Context(), []string{"testdata/archive"}, opt, &heard{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Owner.Name != "M. Quillon" || report.Owner.Slug != "somebody-else" || len(report.Owner.Emails) != 2 || emails[:2][1] != "" {
		t.Errorf("owner %+v, caller's list %q", report.Owner, emails[:2])
	}
	i := slices.IndexFunc(report.Files, func(f FileReport) bool { return f.Name == "archive/Invitations.csv" })
	if p := report.Files[i].Problems; len(p) != 1 || !strings.Contains(p[0].Msg, "belongs to mara-quillon-demo, other files to somebody-else") {
		t.Errorf("problems %+v", p)
	}
}

// TestReadTakesTwoArchivesApart gives one own profile an archive.
func TestReadTakesTwoArchivesApart(t *testing.T) {
	t.Parallel()
	skills := func(name string) []byte {
		return rawZip(t, "", "", rawEntry{name: "Skills.csv", data: "Name\n" + name + "\n"})
	}
	h, _ := readPaths(t, writeFile(t, "a.zip", skills("Oars")), writeFile(t, "b.zip", skills("Sails")))
	if len(h.Profiles) != 2 || h.Profiles[0].Facts.Skills.Val[0] != "Oars" || h.Profiles[1].Facts.Skills.Val[0] != "Sails" {
		t.Errorf("profiles %+v", h.Profiles)
	}
}

// TestReadTellsFaults tells files that could not be read from those that are
// none of Kith's business.
func TestReadTellsFaults(t *testing.T) {
	t.Parallel()
	faults := map[string]bool{"cut.zip": true, "Invitations.csv": true, "empty.ics": false, "photo.jpg": false, "Learning.csv": false}
	_, report := readPaths(t, writeFile(t, "cut.zip", []byte("PK\x03\x04 and no more")), writeFile(t, "Invitations.csv", []byte(honestRows[:20]+strings.Repeat("\"a\n", maxRewinds+10))),
		writeFile(t, "empty.ics", nil), writeFile(t, "photo.jpg", []byte("\xff\xd8\xff\xe0")), writeFile(t, "Learning.csv", []byte("a,b\n")))
	for _, f := range report.Files {
		if failed, ok := faults[f.Name]; !ok || failed != f.Failed || f.Skipped == "" {
			t.Errorf("%+v", f)
		}
	}
	if len(report.Files) != len(faults) {
		t.Errorf("%d lines: %+v", len(report.Files), report.Files)
	}
}

// TestReadNotToItsEnd says first that a file was not read to its end.
func TestReadNotToItsEnd(t *testing.T) {
	t.Parallel()
	text := string(manyMessages(5)) + strings.Repeat("a\n", 10) + strings.Repeat("\"a\n", maxRewinds+10)
	var h heard
	report, err := Read(t.Context(), []string{writeFile(t, "messages.csv", []byte(text))}, Options{Owner: Owner{Slug: "mara-quillon-demo"}}, &h)
	if err != nil {
		t.Fatal(err)
	}
	f := report.Files[0]
	if len(h.Messages) != 5 || !strings.HasPrefix(f.Problems[0].Msg, "not read to its end: ") || len(f.Problems) != maxProblems {
		t.Errorf("%d messages, %+v", len(h.Messages), f)
	}

	_, f = readFile(t, "Invitations.csv", honestRows+strings.Repeat("\"a\n", maxRewinds+10))
	if !strings.Contains(f.Skipped, "more than 100 quotes") {
		t.Errorf("a file given up before its first row: %+v", f)
	}
}

// TestOneLine keeps paths of this machine out of the report.
func TestOneLine(t *testing.T) {
	t.Parallel()
	_, err := os.Open(filepath.Join(t.TempDir(), "secret"))
	if got := oneLine(err); got != "could not be read: no such file or directory" {
		t.Errorf("got %q", got)
	}
	if got := oneLine(errors.New("two\nlines\x1b")); got != "could not be read: two lines" {
		t.Errorf("got %q", got)
	}
}

// checkNouns checks what every noun read from anywhere promises.
func checkNouns(t *testing.T, h *heard) {
	t.Helper()
	text := func(values ...string) {
		for _, v := range values {
			if v != kith.Clean(v) || len([]rune(v)) > maxTextLetters {
				t.Errorf("%q came through", v)
			}
		}
	}
	when := func(at time.Time) {
		if !at.IsZero() && (at.Year() < 1900 || at.Year() > 2199) {
			t.Errorf("%v came through", at)
		}
	}
	for _, i := range h.Invitations {
		checkPerson(t, i.Who)
		text(i.Note.Val)
		when(i.SentAt)
		if i.SentAt.IsZero() || i.Direction == 0 || i.Who.Name+i.Who.Slug+i.Who.URN == "" {
			t.Errorf("an incomplete invitation %+v", i)
		}
	}
	for _, m := range h.Messages {
		checkPerson(t, m.Who)
		text(m.Text)
		when(m.At)
		if m.At.IsZero() || m.Who.Name+m.Who.Slug == "" {
			t.Errorf("an incomplete message %+v", m)
		}
	}
	for _, c := range h.Connections {
		checkPerson(t, c.Who)
		checkClean(t, c.Organisation, c.Title)
		when(c.ConnectedAt)
	}
}

// fuzzTable feeds the rows of a table to its reader.
func fuzzTable(f *testing.F, name string, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		format, why := classify(name, content[:min(len(content), headBytes)])
		if why != "" {
			return
		}
		var h heard
		j := &job{sink: &h, owner: &Owner{Name: "Mara Quillon", Slug: "mara-quillon-demo"}, opt: &Options{Now: testNow}, own: &ownProfile{}}
		if err := format.read(t.Context(), strings.NewReader(string(content)), j); err != nil {
			j.fail(err)
		}
		checkNouns(t, &h)
		if len(j.Problems) > maxProblems {
			t.Errorf("%d problems", len(j.Problems))
		}
		for _, p := range j.Problems {
			checkClean(t, p.Msg, p.Column)
		}
	})
}

func FuzzInvitations(f *testing.F) {
	fuzzTable(f, "Invitations.csv", honestRows, honestRows+honestRows[:len(honestRows)-20],
		invitationsHeader+"\"Odile Farrow, PhD\",Mara Quillon,\"29/1/26, 11:41 PM\",\"Hi \"\"Mara\"\"\n\u202eevil\",INCOMING,https://www.linkedin.com/in/%F0%9F%8C%8A/?x,"+mara+"\n",
		"From,To,Sent At,Message,Direction,inviterProfileUrn,inviteeProfileUrn\nA B,C D,4-Apr-21,\"x,INCOMING,urn:li:member:1,urn:li:member:2\n\xff,C D,29.1.26,,outgoing,,\n",
		inUTF16(binary.LittleEndian, honestRows), strings.ReplaceAll(honestRows, ",", ";"))
}

func FuzzMessages(f *testing.F) {
	fuzzTable(f, "messages.csv", string(manyMessages(12)),
		"From,To,Date,Subject,Content,Direction,Folder\nTeo Brandl,Mara Quillon,\"3/14/18, 9:05 AM\",,<p>Hello</p><br>,INCOMING,INBOX\n",
		messagesHeader+"1,,LinkedIn Member,,Mara Quillon,"+mara+",2026-09-05,,x,SPAM\n1,,Mara Quillon,"+mara+",\"A B, C D\",,2026-09-05T01:02:03Z,,\"&amp;</\n\u200b\",\n")
}
