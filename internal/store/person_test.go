package store_test

import (
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// Looks count new people of one day, and are forgotten the day after.
func TestLooks(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			var days atomic.Int64
			clock := func(time.Time) time.Time { return time.Unix(days.Load()*86400+86399, 0) }
			db := storetest.Open(t, dsn.Make(t), store.Options{Clock: clock})
			do := func(fn func(tx *store.Tx) error) {
				t.Helper()
				if err := db.Write(t.Context(), fn); err != nil {
					t.Fatal(err)
				}
			}
			do(func(tx *store.Tx) error { return tx.AddMember(&store.Member{ID: "me"}) })
			look := func(want int, others ...kith.MemberID) {
				t.Helper()
				do(func(tx *store.Tx) error {
					got, err := tx.Look("me", others)
					if got != want {
						t.Errorf("%v make %d today, not %d", others, got, want)
					}
					return err
				})
			}
			days.Store(20_000)
			look(2, "a", "b", "a", "me")
			look(2, "b")
			look(3, "c")
			do(func(tx *store.Tx) error { return tx.ForgetLooks() })
			look(3)
			days.Store(20_001)
			look(1, "a")
			do(func(tx *store.Tx) error { return tx.ForgetLooks() })
			look(1)
			days.Store(20_000)
			look(1, "d")
		})
	}
}
