package store_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

const addLink = "INSERT INTO link (owner, other, invitation, since, tie, see, review_at) VALUES ($1, $2, 'i', 1, 2, 0, 0)"

// Connections in common are what counting by hand gives, for all who show them.
func TestMutualsAgainstCounting(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		rapid.Check(t, func(t *rapid.T) {
			const people = 6
			var ids [people]kith.MemberID
			var shows [people]store.Shows
			var tied [people][people]bool
			for i := range people {
				ids[i] = kith.MemberID(db.NewID())
				shows[i] = store.Shows(rapid.IntRange(0, 2).Draw(t, fmt.Sprintf("shows %d", i)))
				for j := range i {
					tied[i][j] = rapid.Bool().Draw(t, fmt.Sprintf("%d–%d", i, j))
					tied[j][i] = tied[i][j]
				}
			}
			err := db.Write(context.Background(), func(tx *store.Tx) error {
				for i := range people {
					if err := tx.AddMember(&store.Member{ID: ids[i], Name: "Somebody"}); err != nil {
						return err
					}
					if err := tx.SetSetting(ids[i], &store.Setting{Shows: shows[i]}); err != nil {
						return err
					}
					for j := range people {
						if tied[i][j] {
							if err := tx.RunSQL(addLink, string(ids[i]), string(ids[j])); err != nil {
								return err
							}
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			me := rapid.IntRange(0, people-1).Draw(t, "me")
			want := map[kith.MemberID][]kith.MemberID{}
			for other := range people {
				if shows[me] != store.ToNobody && shows[other] != store.ToNobody {
					want[ids[other]] = nil
					for third := range people {
						if tied[me][third] && tied[other][third] && shows[third] != store.ToNobody {
							want[ids[other]] = append(want[ids[other]], ids[third])
						}
					}
				}
			}
			checkMutuals(t, db, ids[me], ids[:], want)
		})
	})
}

func checkMutuals(t *rapid.T, db *store.DB, me kith.MemberID, others []kith.MemberID, want map[kith.MemberID][]kith.MemberID) {
	counts := map[kith.MemberID]int{}
	for other, common := range want {
		counts[other] = len(common)
		slices.Sort(common)
	}
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		got, err := tx.MutualCounts(me, append(others, others...))
		if err != nil || !maps.Equal(got, counts) {
			return fmt.Errorf("counted %v, not %v: %w", got, counts, err)
		}
		for _, other := range others {
			var got []kith.MemberID
			for after := kith.MemberID(""); ; { // two at a time
				faces, err := tx.MutualFaces(me, other, after, 2)
				if err != nil {
					return err
				}
				for _, f := range faces {
					got, after = append(got, f.ID), f.ID
				}
				if len(faces) < 2 {
					break
				}
			}
			if !slices.Equal(got, want[other]) {
				return fmt.Errorf("listed %v, not %v", got, want[other])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMutualsOfNobody(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			got, err := tx.MutualCounts("nobody", nil)
			if len(got) != 0 {
				t.Errorf("nobody has %v", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A network of 100,000 members and 2.4 million rows of link: everybody has 24
// connections, the first member 1,000 more; one in twenty shows theirs to
// nobody.
var network = []string{
	`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
	INSERT INTO member (id, state, role, name, name_folded, email, email_key, created_at, verified_at, left_at)
	SELECT ` + nth + `, 0, 0, 'Somebody', 'somebody', '', '', 0, 1, 0 FROM n`,
	`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
	INSERT INTO setting (owner, goals, stance, invites, not_now_until, shows, publishes, remove_silent, digest, unmailed, body, changed_at)
	SELECT ` + nth + `, 0, 0, 0, 0, 2, 0, 0, 0, 0, '', 0 FROM n WHERE i % 20 = 7`,
	links("x", "y"), links("y", "x"),
	`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
	INSERT INTO link (owner, other, invitation, since, tie, see, review_at)
	SELECT '00000000', ` + id("(i * 61 + 200)") + `, '', 1, 2, 0, 0 FROM n`,
}

var nth = id("i")

// id is the id of the member with a number: eight digits.
func id(i string) string {
	text := "CAST(" + i + " AS TEXT)"
	return "substr('00000000' || " + text + ", length(" + text + ") + 1)"
}

// links ties every member with twelve others, seen from one side.
func links(owner, other string) string {
	return `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999),
	steps (step) AS (VALUES (1), (2), (3), (5), (8), (13), (21), (34), (55), (89), (1000), (5000)),
	tie (x, y) AS (SELECT i, (i + step) % 100000 FROM n CROSS JOIN steps)
	INSERT INTO link (owner, other, invitation, since, tie, see, review_at)
	SELECT ` + id(owner) + ", " + id(other) + ", '', 1, 2, 0, 0 FROM tie"
}

func BenchmarkMutualsOf500(b *testing.B) {
	for _, dsn := range storetest.DSNs(b) {
		b.Run(dsn.Name, func(b *testing.B) {
			db := storetest.Open(b, dsn.Make(b), store.Options{})
			fill(b, db)
			var inviters []kith.MemberID
			for i := range 500 {
				inviters = append(inviters, kith.MemberID(fmt.Sprintf("%08d", 1+i*7)))
			}
			for name, me := range map[string]kith.MemberID{"24 connections": "00000100", "1024 connections": "00000000"} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						err := db.Read(b.Context(), func(tx *store.Tx) error {
							got, err := tx.MutualCounts(me, inviters)
							if len(got) == 0 {
								b.Error("nothing in common with anybody")
							}
							return err
						})
						if err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

func fill(b *testing.B, db *store.DB) {
	b.Helper()
	err := db.Write(b.Context(), func(tx *store.Tx) error {
		for _, text := range network {
			if err := tx.RunSQL(text); err != nil {
				return err
			}
		}
		if db.Name() == "PostgreSQL" { // as its autovacuum would; SQLite has none
			return tx.RunSQL("ANALYZE")
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
