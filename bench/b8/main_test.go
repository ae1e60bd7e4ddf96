package main

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/bench/rig"
	"kith/internal/store"
)

// TestMain lets the test's own program be the server that it starts.
func TestMain(m *testing.M) {
	if serving, err := rig.Serving(); serving {
		if err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestRunReadsPages(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := run(t.Context(), &b, network(200, 8), 30, 1, 40*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "| SQLite |") {
		t.Errorf("no row in\n%s", b.String())
	}
}

// What grow writes is what the verbs would have written: connections on both
// sides, friends in common, and verdicts that count them.
func TestTheNetworkIsWhatItSays(t *testing.T) {
	t.Parallel()
	ctx, n := t.Context(), network(200, 8)
	s := &subject{dsn: t.TempDir() + "/kith.db"}
	if err := s.prepare(ctx, n, 30); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(ctx, s.dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // only read
	err = db.Write(ctx, func(tx *store.Tx) error {
		links, entries, err := tx.Projections()
		if err != nil {
			return err
		}
		if len(links) != 2*n.connections() || len(entries) != n.connections()+2*30 {
			t.Errorf("%d links, %d entries", len(links), len(entries))
		}
		if err := tx.Reproject(); err != nil {
			return err
		}
		made, seen, err := tx.Projections()
		if err != nil {
			return err
		}
		if !slices.Equal(links, made) || !slices.Equal(entries, seen) {
			t.Error("the projections do not follow from the pairs")
		}
		counts, err := tx.MutualCounts(s.me, s.who)
		if err != nil {
			return err
		}
		if counts[s.who[0]] == 0 {
			t.Error("no friend in common with whoever stands nearest")
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		cards, err := tx.Cards(s.me, &store.CardQuery{Here: true, Elsewhere: true, Limit: 100, Now: now})
		if err != nil {
			return err
		}
		if len(cards) != 30 {
			t.Errorf("%d open, want 30", len(cards))
		}
		for _, c := range cards {
			if c.N == 0 || c.Mutual != counts[kith.MemberID(c.About.Member)] {
				t.Errorf("the card of %s: verdict %d, mutual %d of %d", c.About.Member, c.N, c.Mutual, counts[c.About.Member])
			}
		}
		for _, l := range links {
			p, err := tx.PeekPair(l.Owner, l.Other)
			if err := errors.Join(err, p.State.Check()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
