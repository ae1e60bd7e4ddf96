// Command b6 measures durable request→accept: how many invitations are sent and
// accepted a second when each step counts only once it is on disk, by the bare
// transaction on a pair and by the whole verbs. Beside it, in the same rounds,
// the rate at which this disk appends and syncs.
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
	"sync"
	"sync/atomic"
	"time"

	"kith"
	"kith/bench/rig"
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

// maker opens a database and makes what is measured on it; end closes it.
type maker func(dsn string, clients int) (s *subject, end func() error, err error)

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
	for _, kind := range rig.Databases() {
		for _, clients := range []int{1, 64} {
			for _, make := range []maker{barePair, wholeVerb} {
				s, end, e := on(kind, dir, make, clients)
				if e != nil {
					return e
				}
				defer func() { err = errors.Join(err, end()) }()
				subjects = append(subjects, s)
			}
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

// on makes a subject on an empty database of a kind, which end removes.
func on(kind rig.Database, dir string, make maker, clients int) (s *subject, end func() error, err error) {
	dsn, remove, err := kind.Make(context.Background(), dir)
	if err != nil {
		return nil, nil, err
	}
	s, shut, err := make(dsn, clients)
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	s.name += ", " + kind.Name
	return s, func() error { return errors.Join(shut(), remove()) }, nil
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

// barePair gives the bare steps: lock the row of two members, let pair.Next
// decide, write it with its projections. Each client works on its own pair and
// alternates: send, accept, remove.
func barePair(dsn string, clients int) (*subject, func() error, error) {
	ctx := context.Background()
	all, err := rig.Members(ctx, dsn, 2*clients)
	if err != nil {
		return nil, nil, err
	}
	db, err := store.Open(ctx, dsn, store.Options{Connections: clients + 1})
	if err != nil {
		return nil, nil, err
	}
	turns := make([]int, clients)
	step := func(i int) error {
		turns[i]++
		return db.Write(ctx, func(tx *store.Tx) error { return step(tx, all[2*i], all[2*i+1], turns[i]) })
	}
	return &subject{name: "pair transaction", clients: clients, step: step}, db.Close, nil
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
	limit := rig.Median(subjects[0].perSec)
	_, err := fmt.Fprintf(w, "Medians of %d rounds, %s.\n\n| work | clients | durable steps a second | of the disk's rate |\n|---|---:|---:|---:|\n", rounds, rig.Machine())
	for _, s := range subjects {
		_, e := fmt.Fprintf(w, "| %s | %d | %.0f | %.2f |\n", s.name, s.clients, rig.Median(s.perSec), rig.Median(s.perSec)/limit)
		err = errors.Join(err, e)
	}
	return err
}
