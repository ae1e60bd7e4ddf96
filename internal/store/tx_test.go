package store_test

import (
	"context"
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
