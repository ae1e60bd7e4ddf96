package intake

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kith"
)

// updateTranscripts writes the golden files of mails, address books and
// calendars anew: go test -run Golden -update-transcripts.
var updateTranscripts = flag.Bool("update-transcripts", false, "write the transcripts of mails, books and calendars again")

type reader = func(context.Context, io.Reader, *job) error

// reading runs one reader over content and gives what it told.
func reading(t testing.TB, read reader, content string, owner Owner) (*heard, *job) {
	t.Helper()
	var h heard
	return &h, readingInto(t, &h, read, strings.NewReader(content), owner)
}

func readingInto(t testing.TB, sink Sink, read reader, r io.Reader, owner Owner) *job {
	t.Helper()
	j := &job{sink: sink, owner: &owner, opt: &Options{Now: testNow}}
	if err := read(t.Context(), r, j); err != nil {
		j.fail(err)
	}
	return j
}

// transcribe writes what was told as lines a person can check.
func transcribe(h *heard, j *job) string {
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, p := range h.Profiles {
		line("profile %s headline=%s location=%s mutual=%s photo=%s", person(p.Who),
			fact(p.Facts.Headline), fact(p.Facts.Location), fact(p.Mutual), fact(p.Facts.Photo))
	}
	for _, i := range h.Invitations {
		line("invitation %s incoming=%t sent=%s ref=%s note=%s", person(i.Who), i.Direction == kith.Incoming,
			moment(i.SentAt), i.Ref, fact(i.Note))
	}
	for _, c := range h.Connections {
		line("connection %s at=%s", person(c.Who), moment(c.ConnectedAt))
	}
	for _, c := range h.Contacts {
		line("contact %s first=%q organisations=%q note=%q", person(c.Who), c.Who.First, c.Organisations, c.Note)
	}
	for _, m := range h.Meetings {
		line("meeting %s at=%s dateonly=%t title=%q where=%q attendees=%d declined=%t interview=%t", person(m.Who),
			moment(m.At), m.DateOnly, m.Title, m.Where, m.Attendees, m.Declined, m.Interview)
	}
	for _, noun := range slices.Sorted(maps.Keys(j.Counts)) {
		line("count %s %d", noun, j.Counts[noun])
	}
	for _, kind := range slices.Sorted(maps.Keys(j.Ignored)) {
		line("ignored %s %d", kind, j.Ignored[kind])
	}
	if j.Skipped != "" {
		line("skipped %s", j.Skipped)
	}
	for _, p := range j.Problems {
		line("problem row=%d column=%q %s", p.Row, p.Column, p.Msg)
	}
	line("owner %q emails=%q", j.owner.Name, j.owner.Emails)
	return b.String()
}

func person(p kith.Person) string {
	return fmt.Sprintf("%q slug=%q emails=%q", p.Name, p.Slug, p.Emails)
}

func fact[T any](o kith.Opt[T]) string {
	switch o.State {
	case kith.Present:
		return fmt.Sprintf("%q", fmt.Sprint(o.Val))
	case kith.Absent:
		return "absent"
	}
	return "unknown"
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Format("2006-01-02T15:04Z07:00")
}

// testGolden reads every file that matches pattern and compares what was told
// with the .golden file beside it.
func testGolden(t *testing.T, pattern string, owner Owner) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, why := classify(filepath.Base(name), data[:min(len(data), headBytes)])
			if f.read == nil {
				t.Fatalf("not recognised: %s", why)
			}
			h, j := reading(t, f.read, string(data), owner)
			got := "format " + f.name + "\n" + transcribe(h, j)
			checkSafe(t, got)
			golden := strings.TrimSuffix(name, filepath.Ext(name)) + ".golden"
			if *updateTranscripts {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// checkSafe fails if a secret of a link, or a link itself, came through.
func checkSafe(t testing.TB, told string) {
	t.Helper()
	for _, secret := range []string{"ecret", "midToken", "sharedKey", "otpToken", "invite-accept", "http:", "https:"} {
		if strings.Contains(told, secret) {
			t.Errorf("%q came through:\n%s", secret, told)
		}
	}
}

// checkPerson fails if a person is not cleaned and bounded.
func checkPerson(t testing.TB, p kith.Person) {
	t.Helper()
	checkClean(t, append(p.Emails, p.Name, p.First, p.Slug)...)
}

// checkClean fails for values that are not clean, are longer than a line may
// be, or break it.
func checkClean(t testing.TB, values ...string) {
	t.Helper()
	for _, v := range values {
		if v != kith.CleanLine(v) || utf8.RuneCountInString(v) > maxLineLetters {
			t.Errorf("%q came through", v)
		}
	}
}
