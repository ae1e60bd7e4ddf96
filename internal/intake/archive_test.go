package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith"
)

var updateGolden = flag.Bool("update-archive", false, "write the golden file of the archive again")

// testNow is the present of all archive tests.
var testNow = time.Date(2026, 9, 10, 12, 0, 0, 0, time.UTC)

// heard is a sink that keeps what it is told.
type heard struct {
	Profiles     []kith.Profile
	Invitations  []kith.Invitation
	Connections  []kith.Connection
	Messages     []kith.Message
	Contacts     []kith.Contact
	Meetings     []kith.Meeting
	Applications []kith.Application
	Hints        []kith.Hint
}

func (h *heard) Profile(p kith.Profile)         { h.Profiles = append(h.Profiles, p) }
func (h *heard) Invitation(i kith.Invitation)   { h.Invitations = append(h.Invitations, i) }
func (h *heard) Connection(c kith.Connection)   { h.Connections = append(h.Connections, c) }
func (h *heard) Message(m kith.Message)         { h.Messages = append(h.Messages, m) }
func (h *heard) Contact(c kith.Contact)         { h.Contacts = append(h.Contacts, c) }
func (h *heard) Meeting(m kith.Meeting)         { h.Meetings = append(h.Meetings, m) }
func (h *heard) Application(a kith.Application) { h.Applications = append(h.Applications, a) }
func (h *heard) Hint(x kith.Hint)               { h.Hints = append(h.Hints, x) }

// total counts all nouns.
func (h *heard) total() int {
	return len(h.Profiles) + len(h.Invitations) + len(h.Connections) + len(h.Messages) +
		len(h.Contacts) + len(h.Meetings) + len(h.Applications) + len(h.Hints)
}

// readPaths reads paths as the tests' member would.
func readPaths(t testing.TB, paths ...string) (*heard, *Report) {
	t.Helper()
	var h heard
	report, err := Read(context.Background(), paths, Options{Now: testNow}, &h)
	if err != nil {
		t.Fatalf("Read(%q): %v", paths, err)
	}
	return &h, report
}

// readFile reads one file with the given name and content.
func readFile(t testing.TB, name, content string) (*heard, FileReport) {
	t.Helper()
	h, report := readPaths(t, writeFile(t, name, []byte(content)))
	if len(report.Files) != 1 {
		t.Fatalf("%d lines in the report, want 1: %+v", len(report.Files), report.Files)
	}
	return h, report.Files[0]
}

// writeFile writes a file into a folder of its own.
func writeFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// zipFolder packs a folder, below a top folder if one is given.
func zipFolder(t testing.TB, dir, top string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		f, err := w.Create(top + name)
		if err != nil {
			return err
		}
		_, err = f.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// transcript writes nouns and reports, one a line, without the fields that hold
// nothing.
func transcript(t testing.TB, h *heard, files []FileReport, owner Owner) string {
	t.Helper()
	var b strings.Builder
	groups := reflect.ValueOf(*h)
	for i := range groups.NumField() {
		for k := range groups.Field(i).Len() {
			fmt.Fprintf(&b, "%s %s\n", groups.Type().Field(i).Name, asLine(t, groups.Field(i).Index(k)))
		}
	}
	for _, f := range files {
		fmt.Fprintf(&b, "File %s\n", asLine(t, reflect.ValueOf(f)))
	}
	fmt.Fprintf(&b, "Owner %s\n", asLine(t, reflect.ValueOf(owner)))
	return b.String()
}

func asLine(t testing.TB, v reflect.Value) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(sparse(v)); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// sparse turns v into what json writes without empty fields and with words for
// times and sources.
func sparse(v reflect.Value) any {
	if at, ok := v.Interface().(time.Time); ok {
		return at.Format("2006-01-02 15:04:05")
	}
	if src, ok := v.Interface().(kith.Source); ok {
		return src.String()
	}
	switch v.Kind() {
	case reflect.Struct:
		out := map[string]any{}
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				out[v.Type().Field(i).Name] = sparse(v.Field(i))
			}
		}
		return out
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = sparse(v.Index(i))
		}
		return out
	}
	return v.Interface()
}

// TestReadArchive compares everything read from an invented archive, nouns and
// report, with testdata/archive.golden. Whether the archive comes as a folder,
// as a zip or packed again below a top folder makes no difference.
func TestReadArchive(t *testing.T) {
	t.Parallel()
	const dir, golden = "testdata/archive", "testdata/archive.golden"
	h, report := readPaths(t, dir)
	got := transcript(t, h, report.Files, report.Owner)
	if *updateGolden {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	compareLines(t, got, string(want))
	for name, top := range map[string]string{"plain": "", "packed again": "My LinkedIn data/"} {
		path := writeFile(t, "Complete_LinkedInDataExport.zip", zipFolder(t, dir, top))
		packed, again := readPaths(t, path)
		if transcript(t, packed, nil, again.Owner) != transcript(t, h, nil, report.Owner) {
			t.Errorf("%s: the zip reads differently from the folder", name)
		}
		if name := again.Files[0].Name; !strings.HasPrefix(name, "Complete_LinkedInDataExport.zip › "+top) {
			t.Errorf("a file is shown as %q", name)
		}
	}
}

// compareLines names the first lines that differ.
func compareLines(t testing.TB, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Errorf("line %d is missing: %s", i+1, w[i])
		case i >= len(w):
			t.Errorf("line %d is not wanted: %s", i+1, g[i])
		case g[i] != w[i]:
			t.Errorf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		default:
			continue
		}
		return
	}
}
