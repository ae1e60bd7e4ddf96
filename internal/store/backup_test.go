package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// still stops time.
func still(time.Time) time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// A backup restores into either database, from where its backup is the same to
// the byte.
func TestBackupsMoveBetweenDatabases(t *testing.T) {
	t.Parallel()
	for _, from := range storetest.DSNs(t) {
		for _, to := range storetest.DSNs(t) {
			t.Run(from.Name+" to "+to.Name, func(t *testing.T) {
				t.Parallel()
				db := storetest.Open(t, from.Make(t), store.Options{Clock: still})
				fillAll(t, db)
				first := backup(t, db)
				at := to.Make(t)
				restore(t, at, first)
				again := storetest.Open(t, at, store.Options{Clock: still})
				want, left := leaveOut(first)
				got, none := leaveOut(backup(t, again))
				if !bytes.Equal(want, got) {
					t.Error("the restored database is another: " + firstDifference(want, got))
				}
				if left == 0 || none != 0 {
					t.Errorf("%d rows of what had begun came back, of %d", none, left)
				}
			})
		}
	}
}

// leaveOut takes the rows out of a backup that are not restored, and its sum,
// and says how many they are.
func leaveOut(data []byte) (rest []byte, rows int) {
	out := false
	for line := range bytes.Lines(data) {
		if bytes.HasPrefix(line, []byte(`{"table":`)) {
			name := bytes.Split(line, []byte(`"`))[3]
			out = slices.Contains([]string{"session", "ticket", "ceremony"}, string(name))
		}
		switch {
		case bytes.HasPrefix(line, []byte(`{"rows":`)):
		case out && line[0] == '[':
			rows++
		default:
			rest = append(rest, line...)
		}
	}
	return rest, rows
}

func backup(t *testing.T, db *store.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	info, _, err := db.Backup(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := store.CheckBackup(bytes.NewReader(b.Bytes()))
	if err != nil || checked != info || info.Rows < 40 {
		t.Fatalf("written %+v, read %+v, %v", info, checked, err)
	}
	return b.Bytes()
}

func restore(t *testing.T, dsn string, data []byte) {
	t.Helper()
	info, err := store.CheckBackup(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	// Twice: whoever has to begin again has all of it again.
	db, err := store.OpenEmpty(t.Context(), dsn, store.Options{Clock: still, Twice: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Restore(t.Context(), &info, bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if half, err := store.Open(t.Context(), dsn, store.Options{}); kith.KindOf(err) != kith.Conflict {
		t.Errorf("a database being restored opens: %v, %v", half, err)
	}
	if err := db.Restored(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func firstDifference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "\n" + x[i] + "\n" + y[i]
		}
	}
	return "one is longer"
}

// Whatever is done to a backup is noticed before anything is written.
func TestADamagedBackupIsRefused(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t), store.Options{Clock: still})
	fillAll(t, db)
	whole := backup(t, db)
	refuse := func(what string, data []byte) {
		t.Helper()
		if info, err := store.CheckBackup(bytes.NewReader(data)); kith.KindOf(err) != kith.Invalid || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: taken as %+v, %v", what, info, err)
		}
	}
	for n := 0; n < len(whole); n += 7 {
		refuse("cut", whole[:n])
		changed := bytes.Clone(whole)
		changed[n] ^= 1
		refuse("changed", changed)
	}
	refuse("longer", append(bytes.Clone(whole), '\n'))
	refuse("twice", append(bytes.Clone(whole), whole...))
	lines := bytes.SplitAfter(whole, []byte("\n"))
	refuse("a row less", bytes.Join(append(lines[:5:5], lines[6:]...), nil))
	refuse("newer tables", bytes.Replace(whole, []byte(`"schema":`), []byte(`"schema":9`), 1))
	refuse("a newer form", bytes.Replace(whole, []byte(`"kith-backup":1`), []byte(`"kith-backup":2`), 1))
	refuse("something else", []byte("PK\x03\x04"))
	refuse("a line without end", bytes.Repeat([]byte("x"), 65<<20))
}

func TestABackupGoesIntoAnEmptyDatabaseOnly(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			at := dsn.Make(t)
			full := storetest.Open(t, at, store.Options{})
			write(t, full, func(tx *store.Tx) error {
				return tx.AddMember(&store.Member{ID: gone, Name: "Ada Brandt", Email: "ada@mail.example"})
			})
			if _, err := store.OpenEmpty(t.Context(), at, store.Options{}); kith.KindOf(err) != kith.Conflict {
				t.Errorf("a full database was taken for an empty one: %v", err)
			}
			var m store.Member
			read(t, full, func(tx *store.Tx) (err error) { m, _, err = tx.Member(gone); return err })
			if m.Name != "Ada Brandt" {
				t.Errorf("the member is now %+v", m)
			}
		})
	}
}

// The file of the journal is whole again after any crash, holds what the table
// holds, and is its owner's.
func TestTheJournalIsMadeWhole(t *testing.T) {
	t.Parallel()
	file := storetest.SQLite(t)
	name := file + ".journal"
	keep := func(who ...string) {
		t.Helper()
		db, err := store.Open(t.Context(), file, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		write(t, db, func(tx *store.Tx) error {
			for _, w := range who {
				if err := tx.Keep(store.SafetyErase, w, ""); err != nil {
					return err
				}
			}
			return nil
		})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	keep("one", "two", "three")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n <= len(whole); n += 11 {
		if err := os.WriteFile(name, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		keep()
		got, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(got, whole) {
			t.Fatalf("cut at %d it became %s (%v)", n, got, err)
		}
	}
	if err := os.Chmod(name, 0o644); err != nil {
		t.Fatal(err)
	}
	keep()
	for _, f := range []string{file, name} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v (%v)", filepath.Base(f), info.Mode(), err)
		}
	}
	if err := os.WriteFile(name, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.ReadJournal(name); kith.KindOf(err) != kith.Invalid {
		t.Errorf("some file is taken for a journal: %v", err)
	}
}
