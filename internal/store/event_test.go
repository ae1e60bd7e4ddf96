package store_test

import (
	"slices"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

func TestEventsAreNumberedInOrderWithoutGaps(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		const ada, many = kith.MemberID("00000000-0000-7000-8000-00000000000a"), 127
		write(t, db, func(tx *store.Tx) error {
			return tx.AddMember(&store.Member{ID: ada, Name: "Ada", Email: "ada@mail.example"})
		})
		for _, n := range []int{0, 1, many, 2} {
			write(t, db, func(tx *store.Tx) error {
				events := make([]*store.Event, n)
				for i := range events {
					events[i] = &store.Event{Owner: ada, Kind: "told", Notice: true}
				}
				err := tx.Tell(events...)
				if want := n > 0; slices.Contains(tx.Noticed(), ada) != want {
					t.Errorf("%d events: noticed is not %v", n, want)
				}
				return err
			})
		}
		var numbers []int64
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := tx.Events(ada, 0, 1000)
			for _, e := range list {
				numbers = append(numbers, e.N)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(numbers) != many+3 || numbers[0] != 1 || numbers[len(numbers)-1] != many+3 || !slices.IsSorted(numbers) {
			t.Errorf("%d events are numbered %v", len(numbers), numbers)
		}
	})
}
