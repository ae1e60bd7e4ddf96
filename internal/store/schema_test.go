package store_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

func TestEveryTableWithMembersIsTraced(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		untraced, err := db.Untraced(t.Context())
		if err != nil || len(untraced) > 0 {
			t.Errorf("erasing a member forgets %v (%v); add rows to traces, or say in Unowned why none is needed", untraced, err)
		}
	})
}

const (
	gone    = "00000000-0000-7000-8000-00000000000a"
	stays   = "00000000-0000-7000-8000-00000000000b"
	strange = "00000000-0000-7000-8000-00000000000c"
)

// fillAll puts something into every table: of the member gone, about them, and
// with nothing to do with them.
func fillAll(t *testing.T, db *store.DB) {
	t.Helper()
	texts := 0
	write(t, db, func(tx *store.Tx) error {
		for _, id := range []kith.MemberID{gone, stays, strange} {
			if err := tx.AddMember(&store.Member{ID: id, Name: "canary of " + string(id), Email: "canary-" + string(id) + "@mail.example"}); err != nil {
				return err
			}
		}
		if _, _, _, err := tx.Once(stays, "k", "a request whose answer tells of the member gone"); err != nil {
			return err
		}
		for _, f := range []struct {
			owner, other, tag string
			in                store.Filled
		}{
			{gone, stays, "canary-own", store.AllTables},
			{stays, gone, "canary-about", store.AboutOther},
			{stays, gone, "control-by", store.ByOther},
			{stays, strange, "control", store.AllTables},
		} {
			n, err := tx.FillAll(f.owner, f.other, f.tag, f.in)
			if err != nil {
				return err
			}
			texts += n
		}
		if _, _, _, err := tx.Once(strange, "control-name", "control-request"); err != nil {
			return err
		}
		return tx.AnswerOnce(strange, "control-name", `{"with":"`+gone+`","says":"canary-about-answer"}`)
	})
	if texts < 2*40 {
		t.Fatalf("only %d texts were filled in", texts)
	}
}

// Forty and more strings, one for every text a member has anywhere, are nowhere
// after the member was erased: not in a table, and on SQLite not in a file.
func TestWhoIsErasedIsNowhere(t *testing.T) {
	t.Parallel()
	eachFile(t, func(t *testing.T, db *store.DB, file string) {
		fillAll(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.Erase(gone) })
		controls := 0
		rows, err := db.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for table, rows := range rows {
			for _, row := range rows {
				controls += strings.Count(row, "control")
				if strings.Contains(row, "canary-own") || strings.Contains(row, "canary-about") || strings.Contains(row, gone) && table != "member" {
					t.Errorf("%s still has %.200s", table, row)
				}
			}
		}
		if controls < 40 {
			t.Errorf("others lost what has nothing to do with the member: %d texts are left", controls)
		}
		var m store.Member
		read(t, db, func(tx *store.Tx) (err error) { m, _, err = tx.Member(gone); return err })
		m.LeftAt = m.CreatedAt
		if m != (store.Member{ID: gone, State: store.Erased}) {
			t.Errorf("the account is left as %+v", m)
		}
		if file != "" {
			searchFiles(t, file, "canary-own", "canary-about", "canary-"+gone, "canary of "+gone)
		}
	})
}

// What a request that was under way writes just after the erasure goes too.
func TestWhatComesAfterAnErasureIsSwept(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		fillAll(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.Erase(gone) })
		write(t, db, func(tx *store.Tx) error {
			if _, err := tx.FillAll(gone, stays, "late", store.AllTables); err != nil {
				return err
			}
			now, err := tx.Now()
			if err != nil {
				return err
			}
			return tx.SweepErased(gone, now.Add(-kith.Day))
		})
		rows, err := db.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for table, rows := range rows {
			for _, row := range rows {
				if strings.Contains(row, "late") || strings.Contains(row, gone) && table != "member" {
					t.Errorf("%s still has %.200s", table, row)
				}
			}
		}
	})
}

// eachFile is storetest.Each with the name of SQLite's file, empty on
// PostgreSQL.
func eachFile(t *testing.T, test func(t *testing.T, db *store.DB, file string)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			at := dsn.Make(t)
			db := storetest.Open(t, at, store.Options{})
			if store.IsPostgres(at) {
				at = ""
			}
			test(t, db, at)
		})
	}
}

// searchFiles looks for texts in a database's files as they lie on the disk.
func searchFiles(t *testing.T, file string, texts ...string) {
	t.Helper()
	for _, end := range []string{"", "-wal", ".journal"} {
		data, err := os.ReadFile(file + end)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if i := bytes.Index(data, []byte(text)); i >= 0 {
				t.Errorf("%q is still in the file%s, at %d: %q", text, end, i, data[max(0, i-20):min(len(data), i+60)])
			}
		}
	}
}

func write(t *testing.T, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// Erasing somebody does not read every answer that is kept.
func TestForgettingAnswersScansNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		write(t, db, func(tx *store.Tx) error {
			plan, err := tx.Plan(store.ForgetOnceAbout, gone)
			if strings.Contains(plan, "SCAN") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("it reads a whole table:\n%s", plan)
			}
			return err
		})
	})
}

// On PostgreSQL nothing of what was deleted waits in a table for the server's
// own time.
func TestWhatWasErasedIsVacuumed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		fillAll(t, db)
		write(t, db, func(tx *store.Tx) error { return tx.Erase(gone) })
		if err := db.Vacuum(t.Context()); err != nil {
			t.Fatal(err)
		}
		if dead, err := db.Unvacuumed(t.Context()); err != nil || len(dead) > 0 {
			t.Errorf("deleted rows may be left in %v (%v)", dead, err)
		}
	})
}

var (
	listedRow  = regexp.MustCompile("(?m)^\\| (`[^|]*) \\|")
	listedName = regexp.MustCompile("`(\\w+)`")
)

// docs/decisions/003-owners.md lists every table that is an exception, and no
// other.
func TestEveryExceptionIsWrittenDown(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/decisions/003-owners.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, row := range listedRow.FindAllStringSubmatch(string(doc), -1) {
		for _, name := range listedName.FindAllStringSubmatch(row[1], -1) {
			listed[name[1]] = true
		}
	}
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		found, err := db.Exceptions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name := range found {
			if !listed[name] {
				t.Errorf("%s is an exception that is not written down", name)
			}
		}
		for name := range listed {
			if !found[name] {
				t.Errorf("%s is written down and is no exception", name)
			}
		}
	})
}
