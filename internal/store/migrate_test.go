package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

func TestNewerTablesAreRefused(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.DSNs(t) {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			dsn := kind.Make(t)
			db := storetest.Open(t, dsn, store.Options{})
			if err := db.PretendNewer(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(t.Context(), dsn, store.Options{})
			if kith.KindOf(err) != kith.Invalid || !strings.Contains(err.Error(), "newer Kith") {
				t.Errorf("opening tables of a newer Kith: %v", err)
			}
		})
	}
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		if err := db.DownAndUp(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Several programs that start at once make the tables once.
func TestManyOpenAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.DSNs(t) {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			dsn := kind.Make(t)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					db, err := store.Open(context.Background(), dsn, store.Options{})
					if err != nil {
						t.Error(err)
						return
					}
					if err := db.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestFilesAreTheirOwnersOnly(t *testing.T) {
	t.Parallel()
	dsn := storetest.SQLite(t)
	storetest.Open(t, dsn, store.Options{})
	files, err := filepath.Glob(dsn + "*")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", filepath.Base(f), mode)
		}
	}
}

func TestWhatIsNoDatabaseIsSaidSo(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "holiday.jpg")
	if err := os.WriteFile(broken, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, want := range map[string]string{
		broken:                           "db: the file is not a database",
		filepath.Join(broken, "kith.db"): "cannot be written",
		"postgres://nobody@127.0.0.1:1/none?sslmode=disable": "does not answer",
	} {
		_, err := store.Open(t.Context(), dsn, store.Options{})
		if kith.KindOf(err) != kith.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", filepath.Base(dsn), err)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: more than one line", filepath.Base(dsn))
		}
	}
}
