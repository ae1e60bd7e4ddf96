package store_test

import (
	"os"
	"testing"
	"time"

	"kith/internal/store"
	"kith/internal/store/storetest"
)

// Whoever reads for long holds up nobody's write after an erasure; what was
// erased leaves the write-ahead log with the first write after they are done.
func TestScrubbingWaitsForNobody(t *testing.T) {
	t.Parallel()
	file := storetest.SQLite(t)
	db := storetest.Open(t, file, store.Options{})
	log := func() int64 {
		info, err := os.Stat(file + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	put := func(name string, scrub bool) {
		write(t, db, func(tx *store.Tx) error {
			if scrub {
				tx.Scrub()
			}
			return tx.SetSecret(name, "canary")
		})
	}
	put("before", false)
	read(t, db, func(tx *store.Tx) error {
		if _, err := tx.Safety(); err != nil { // from here on it sees one state
			return err
		}
		began := time.Now()
		put("erased", true)
		put("another", false)
		if took := time.Since(began); took > 5*time.Second { // SQLite would wait 10
			t.Errorf("two writes beside a reader took %v", took)
		}
		if log() == 0 {
			t.Error("the reader's log is gone")
		}
		return nil
	})
	put("after", false)
	if n := log(); n != 0 {
		t.Errorf("%d bytes are left in the log", n)
	}
}

// What is committed is committed, whether or not the log could be emptied.
func TestAFailedScrubIsNoError(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t), store.Options{})
	if err := db.BreakScrubber(); err != nil {
		t.Fatal(err)
	}
	runs := 0
	write(t, db, func(tx *store.Tx) error {
		runs++
		tx.Scrub()
		return tx.SetSecret("kept", "canary")
	})
	read(t, db, func(tx *store.Tx) error { _, err := tx.Secret("kept"); return err })
	if runs != 1 {
		t.Errorf("it ran %d times", runs)
	}
}
