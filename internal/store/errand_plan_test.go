package store_test

import (
	"strings"
	"testing"

	"kith/internal/store"
	"kith/internal/store/storetest"
)

// Every page counts what wants the member: it looks only at what was asked and
// what is due, however much there is else.
func TestCountingWhatIsWantedReadsLittle(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t), store.Options{})
	read(t, db, func(tx *store.Tx) error {
		plan, err := tx.Plan(store.ReadHead, stays, 0, 0, "proposal", 100)
		for _, index := range []string{"inbox_asked", "elsewhere_asked", "duty_open", "event_notice"} {
			if !strings.Contains(plan, index) {
				t.Errorf("%s is not used", index)
			}
		}
		if t.Failed() {
			t.Log(plan)
		}
		return err
	})
}
