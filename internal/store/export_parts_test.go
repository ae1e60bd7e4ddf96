package store_test

import (
	"fmt"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

func TestEveryTableIsExportedOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		if wrong, err := db.NotExported(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("%v (%v): add a part, or a reason to notForOwners, and not both", wrong, err)
		}
	})
}

// An export is a member's own, has what is theirs, and no secret.
func TestPartsAreTheMembersOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		fillAll(t, db)
		var all strings.Builder
		read(t, db, func(tx *store.Tx) error {
			parts := store.Parts()
			for i := range parts {
				p := &parts[i]
				err := tx.Export(kith.MemberID(gone), p, func(values []any) error {
					if len(values) != len(p.Columns) {
						t.Errorf("%s has %d columns and %d values", p.Name, len(p.Columns), len(values))
					}
					for j, v := range values {
						want := "string"
						switch p.Columns[j].Kind {
						case store.Number, store.Truth, store.When:
							want = "int64"
						case store.Octets:
							want = "[]uint8"
						}
						if got := fmt.Sprintf("%T", v); got != want {
							t.Errorf("%s.%s is a %s, not a %s", p.Name, p.Columns[j].Name, got, want)
						}
					}
					fmt.Fprintf(&all, "%s %s\n", p.Name, values)
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		for _, text := range []string{"canary-own-message-text", "canary-own-profile-body", "canary-own-noun-body", "canary-own-own_answer-question"} {
			if !strings.Contains(all.String(), text) {
				t.Errorf("%s is missing", text)
			}
		}
		for _, text := range []string{"canary-about", "control", "phc", "hash", "session-token", "credential", "canary-own-answer"} {
			if i := strings.Index(all.String(), text); i >= 0 {
				t.Errorf("%s is in it: %.120s", text, all.String()[i:])
			}
		}
	})
}
