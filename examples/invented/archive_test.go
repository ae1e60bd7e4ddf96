package invented

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// small is an archive with a little of everything.
var small = Size{Invitations: 900, Connections: 700, Messages: 2000}

func TestArchiveIsDeterministic(t *testing.T) {
	t.Parallel()
	first, again, other := makeArchive(t, small, 7), makeArchive(t, small, 7), makeArchive(t, small, 8)
	if !bytes.Equal(first, again) {
		t.Error("the same seed gives two archives")
	}
	if bytes.Equal(first, other) {
		t.Error("two seeds give the same archive")
	}
}

func TestArchiveHasItsSize(t *testing.T) {
	t.Parallel()
	for _, s := range []Size{small, {}, {Invitations: 5}, {Connections: 40}, {Messages: 3}, {Invitations: 1, Messages: 9}} {
		files := unpack(t, makeArchive(t, s, 3))
		connected := map[string]bool{}
		_, table, _ := strings.Cut(files["Connections.csv"], "\n\n")
		for _, row := range rows(t, table) {
			connected[row[2]] = true
		}
		if got := len(rows(t, table)); got != s.Connections {
			t.Errorf("%+v: %d connections", s, got)
		}
		waiting := map[string]bool{}
		for _, row := range rows(t, files["Invitations.csv"]) {
			if row[4] == "INCOMING" && !connected[row[5]] {
				waiting[row[5]] = true
			}
		}
		if len(waiting) != s.Invitations {
			t.Errorf("%+v: %d undecided invitations", s, len(waiting))
		}
		want := s.Messages
		if s.Invitations+s.Connections == 0 {
			want = 0
		}
		if got := len(rows(t, files["messages.csv"])); got != want {
			t.Errorf("%+v: %d messages, want %d", s, got, want)
		}
	}
}

// TestArchiveIsLikeRealOnes checks the quirks a reader must cope with.
func TestArchiveIsLikeRealOnes(t *testing.T) {
	t.Parallel()
	files := unpack(t, makeArchive(t, Size{Invitations: 4000, Connections: 3000, Messages: 3000}, 1))
	invitations := rows(t, files["Invitations.csv"])
	notes, again, seen := 0, 0, map[string]bool{}
	for _, row := range invitations {
		if row[3] != "" {
			notes++
		}
		if key := row[5] + row[6]; seen[key] {
			again++
		} else {
			seen[key] = true
		}
	}
	if !slices.IsSortedFunc(invitations, func(a, b []string) int { return strings.Compare(b[4], a[4]) }) {
		t.Error("what was sent must stand above what came")
	}
	if percent := 100 * notes / len(invitations); percent < 2 || percent > 6 {
		t.Errorf("%d %% of the invitations carry a note, want about 4", percent)
	}
	if again == 0 {
		t.Error("nobody was invited twice")
	}
	if !strings.Contains(files["Connections.csv"], "\n,,,,,,") {
		t.Error("no hidden member")
	}
	if !strings.Contains(files["messages.csv"], "1. the budget,\n2. the date,\n") {
		t.Error("no message of several lines")
	}
}

// TestTableReadsBack holds the writer of rows to a reader that is not ours.
func TestTableReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.RuneFrom([]rune("ab,\"\n é"))).Filter(func(s string) bool { return s != "" })
		want := rapid.SliceOfN(cell, 1, 6).Draw(t, "row")
		var b bytes.Buffer
		table := newTable(&b)
		table.quoted = rapid.Bool().Draw(t, "quoted")
		table.row(want...)
		if err := table.flush(); err != nil {
			t.Fatal(err)
		}
		got, err := csv.NewReader(&b).Read()
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%q, %v, want %q", got, err, want)
		}
	})
}

func BenchmarkArchive(b *testing.B) {
	for b.Loop() {
		if err := Archive(io.Discard, Size{Invitations: 1000, Connections: 3000, Messages: 20000}, 1); err != nil {
			b.Fatal(err)
		}
	}
}

func makeArchive(t *testing.T, s Size, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Archive(&b, s, seed); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack gives the files of an archive.
func unpack(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

// rows reads the rows below the header.
func rows(t *testing.T, table string) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}
