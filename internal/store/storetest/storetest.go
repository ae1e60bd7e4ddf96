// Package storetest gives tests real databases: a SQLite file and, where
// scripts/postgres started one, a PostgreSQL database, each empty and gone
// after the test.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kith/internal/store"
)

// variable names the PostgreSQL server tests may use.
const variable = "KITH_TEST_POSTGRES"

// Each runs a test on every database, as subtests beside each other. Without
// PostgreSQL it fails in CI; elsewhere it says so and goes on with SQLite.
func Each(t *testing.T, opt store.Options, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, dsn := range DSNs(t) {
		name, _, _ := strings.Cut(dsn.Name, " ")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, dsn.Make(t), opt))
		})
	}
}

// DSN is a kind of database.
type DSN struct {
	Name string
	// Make makes an empty one and gives its address.
	Make func(testing.TB) string
}

// DSNs gives the kinds of databases there are to test on.
func DSNs(t testing.TB) []DSN {
	t.Helper()
	out := []DSN{{"sqlite", SQLite}}
	if os.Getenv(variable) != "" {
		return append(out, DSN{"postgres", Postgres})
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("no PostgreSQL: run the tests through scripts/postgres, which sets %s", variable)
	}
	t.Logf("SQLite only; scripts/postgres runs tests on PostgreSQL too")
	return out
}

// SQLite gives the name of a file that is not there yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "kith.db")
}

// Postgres makes an empty database and gives its address.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(variable)
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	command(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { command(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func command(t testing.TB, server, text string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err == nil {
		_, err = db.ExecContext(context.Background(), text)
	}
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", text, err))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// Open opens a database until the test ends.
func Open(t testing.TB, dsn string, opt store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), dsn, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
