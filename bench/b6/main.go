// Command b6 measures durable request→accept: how many invitations are sent and
// accepted a second when each step counts only once it is on disk. Beside it,
// in the same rounds, the rate at which this disk appends and syncs.
//
//	KITH_FSYNC=on ../scripts/postgres go run ./b6
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often everything is measured")
	each := flag.Duration("for", 2*time.Second, "how long each measurement lasts")
	flag.Parse()
	if err := run(os.Stdout, *rounds, *each); err != nil {
		fmt.Fprintln(os.Stderr, "b6:", err)
		os.Exit(1)
	}
}

// subject is one thing measured: step does one durable step for a client.
type subject struct {
	name    string
	clients int
	step    func(client int) error
	perSec  []float64
}

func run(w io.Writer, rounds int, each time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "kith-b6")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	disk, err := appendAndSync(filepath.Join(dir, "append"))
	if err != nil {
		return err
	}
	subjects := []*subject{{name: "append 4 KiB and sync", clients: 1, step: disk}}
	dsns := []string{filepath.Join(dir, "kith.db")}
	if server := os.Getenv("KITH_TEST_POSTGRES"); server != "" {
		dsns = append(dsns, server)
	}
	for _, dsn := range dsns {
		for _, clients := range []int{1, 64} {
			db, err := store.Open(context.Background(), dsn, store.Options{Connections: min(clients+1, 64)})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, db.Close()) }()
			step, err := pairSteps(db, clients)
			if err != nil {
				return err
			}
			subjects = append(subjects, &subject{name: "pair transaction, " + db.Name(), clients: clients, step: step})
		}
	}
	for r := range rounds {
		for i := range subjects {
			if err := subjects[(r+i)%len(subjects)].measure(each); err != nil {
				return err
			}
		}
	}
	return table(w, subjects, rounds)
}

// measure lets all clients step for a while.
func (s *subject) measure(each time.Duration) error {
	var steps atomic.Int64
	var failed atomic.Pointer[error]
	end := time.Now().Add(each)
	var wg sync.WaitGroup
	for c := range s.clients {
		wg.Go(func() {
			for time.Now().Before(end) {
				if err := s.step(c); err != nil {
					failed.Store(&err)
					return
				}
				steps.Add(1)
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return fmt.Errorf("%s: %w", s.name, *err)
	}
	s.perSec = append(s.perSec, float64(steps.Load())/each.Seconds())
	return nil
}

func (s *subject) median() float64 {
	sorted := slices.Sorted(slices.Values(s.perSec))
	return sorted[len(sorted)/2]
}

// appendAndSync gives the limit: one append that is on disk.
func appendAndSync(name string) (func(int) error, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	page := make([]byte, 4096)
	return func(int) error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	}, nil
}

// pairSteps gives the bare steps: lock the row of two members, let pair.Next
// decide, write it with its projections. Each client works on its own pair and
// alternates: send, accept, remove.
func pairSteps(db *store.DB, clients int) (func(int) error, error) {
	ctx := context.Background()
	type client struct {
		a, b kith.MemberID
		n    int
	}
	all := make([]client, clients)
	err := db.Write(ctx, func(tx *store.Tx) error {
		for i := range all {
			for _, id := range []*kith.MemberID{&all[i].a, &all[i].b} {
				*id = kith.MemberID(tx.NewID())
				if err := tx.AddMember(&store.Member{ID: *id, Name: "Member", Email: string(*id) + "@mail.example"}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return func(i int) error {
		c := &all[i]
		c.n++
		return db.Write(ctx, func(tx *store.Tx) error { return step(tx, c.a, c.b, c.n) })
	}, err
}

func step(tx *store.Tx, a, b kith.MemberID, n int) error {
	p, err := tx.Pair(a, b)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	act := pair.Act{Verb: pair.Send, By: pair.A, At: now}
	switch n % 3 {
	case 2:
		act = pair.Act{Verb: pair.Accept, By: pair.B, At: now, Seq: p.State.Sent[pair.A].Seq, Tie: pair.Met}
	case 0:
		act = pair.Act{Verb: pair.Remove, By: pair.B, At: now}
	}
	next, _, err := pair.Next(p.State, act)
	if err != nil {
		return err
	}
	return tx.Move(&p, next, kith.InvitationID(tx.NewID()))
}

func table(w io.Writer, subjects []*subject, rounds int) error {
	limit := subjects[0].median()
	_, err := fmt.Fprintf(w, "Medians of %d rounds.\n\n| work | clients | durable steps a second | of the disk's rate |\n|---|---|---|---|\n", rounds)
	for _, s := range subjects {
		_, e := fmt.Fprintf(w, "| %s | %d | %.0f | %.2f |\n", s.name, s.clients, s.median(), s.median()/limit)
		err = errors.Join(err, e)
	}
	return err
}
