package store_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"kith/internal/store"
	"kith/internal/store/storetest"
)

// A glance sees what was committed and runs what it is asked, no more. One that
// fails leaves the only connection to the next.
func TestAGlanceIsOneStatement(t *testing.T) {
	t.Parallel()
	ran := 0
	opt := store.Options{Connections: 1, Ran: func(string) { ran++ }}
	for _, dsn := range storetest.DSNs(t) {
		db := storetest.Open(t, dsn.Make(t), opt)
		write(t, db, func(tx *store.Tx) error {
			return tx.AddMember(&store.Member{ID: stays, Name: "Ada Brandt", Email: "ada@mail.example"})
		})
		glance := func(tx *store.Tx) error {
			m, ok, err := tx.Member(stays)
			if err == nil && (!ok || m.Name != "Ada Brandt") {
				t.Errorf("%s: %v %+v", dsn.Name, ok, m)
			}
			return err
		}
		over, end := context.WithCancel(t.Context())
		end()
		errRefused := errors.New("refused")
		if err := db.Glance(over, glance); err == nil {
			t.Errorf("%s: no error where the time is over", dsn.Name)
		}
		if err := db.Glance(t.Context(), func(*store.Tx) error { return errRefused }); !errors.Is(err, errRefused) {
			t.Errorf("%s: %v", dsn.Name, err)
		}
		ran = 0
		if err := db.Glance(t.Context(), glance); err != nil || ran != 1 {
			t.Errorf("%s: %d statements, %v", dsn.Name, ran, err)
		}
		read(t, db, glance)
	}
}

// What ends in the middle, in a panic, undoes what it did and keeps nobody from
// writing: on SQLite one connection does all of it.
func TestAPanicLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	opt := store.Options{Connections: 1}
	for _, dsn := range storetest.DSNs(t) {
		db := storetest.Open(t, dsn.Make(t), opt)
		add := func(tx *store.Tx) error {
			return tx.AddMember(&store.Member{ID: stays, Name: "Ada Brandt", Email: "ada@mail.example"})
		}
		within := func(run func(context.Context, func(*store.Tx) error) error, fn func(*store.Tx) error) {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the panic did not come through", dsn.Name)
				}
			}()
			t.Errorf("%s: it returned: %v", dsn.Name, run(t.Context(), func(tx *store.Tx) error { panic(fn(tx)) }))
		}
		for range 2 {
			within(db.Write, func(tx *store.Tx) error { return errors.Join(errors.New("half done"), add(tx)) })
			within(db.Read, func(*store.Tx) error { return errors.New("half read") })
			within(db.Glance, func(*store.Tx) error { return errors.New("half seen") })
		}
		write(t, db, add)
		read(t, db, func(tx *store.Tx) error {
			_, ok, err := tx.Member(stays)
			if err == nil && !ok {
				t.Errorf("%s: what was written after it is not there", dsn.Name)
			}
			return err
		})
	}
}

// Where PostgreSQL ended every connection while nobody used them, whoever comes
// next does not notice.
func TestConnectionsThatBrokeAreReplaced(t *testing.T) {
	t.Parallel()
	const endAll = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	for _, dsn := range storetest.DSNs(t) {
		where := dsn.Make(t)
		if !store.IsPostgres(where) {
			continue
		}
		db := storetest.Open(t, where, store.Options{Connections: 3})
		look := func(tx *store.Tx) error {
			_, _, err := tx.Member(stays)
			return err
		}
		open := func(tx *store.Tx) error { // all three
			return db.Read(t.Context(), func(other *store.Tx) error { return errors.Join(look(tx), look(other), db.Glance(t.Context(), look)) })
		}
		operator, err := sql.Open("pgx", where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = operator.Close() })
		for _, run := range []func(context.Context, func(*store.Tx) error) error{db.Glance, db.Read, db.Write} {
			read(t, db, open)
			if _, err := operator.Exec(endAll); err != nil {
				t.Fatal(err)
			}
			if err := run(t.Context(), look); err != nil {
				t.Error(err)
			}
		}
	}
}
