// Command b8 measures a Kith with 100,000 members and 2.4 million connections:
// pages of one member's inbox over HTTP, the server's memory and how soon it is
// ready, and how long the counts of mutual connections take of all who wait.
//
//	../scripts/postgres go run ./b8
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"kith"
	"kith/bench/rig"
	"kith/internal/store"
)

func main() {
	serving, err := rig.Serving()
	if !serving {
		members := flag.Int("members", 100_000, "how many members there are")
		degree := flag.Int("connections", 48, "how many connections each has")
		open := flag.Int("open", 500, "how many invitations wait for the member whose inbox is read")
		rounds := flag.Int("rounds", 5, "how often everything is measured")
		each := flag.Duration("for", 2*time.Second, "how long each measurement lasts")
		flag.Parse()
		err = run(context.Background(), os.Stdout, network(*members, *degree/2), *open, *rounds, *each)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "b8:", err)
		os.Exit(1)
	}
}

// subject is a database with what was measured on it.
type subject struct {
	name  string
	dsn   string
	token string
	me    kith.MemberID
	who   []kith.MemberID // invite me

	pages, byVerdict []float64 // a second
	last             rig.Rate
	ready, mutual    []float64 // seconds
	rest, loaded     int64     // bytes
}

func run(ctx context.Context, w io.Writer, s size, open, rounds int, each time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "kith-b8")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var subjects []*subject
	for _, kind := range rig.Databases() {
		dsn, remove, e := kind.Make(ctx, dir)
		if e != nil {
			return e
		}
		defer func() { err = errors.Join(err, remove()) }()
		sub := &subject{name: kind.Name, dsn: dsn}
		if err := sub.prepare(ctx, s, open); err != nil {
			return err
		}
		subjects = append(subjects, sub)
	}
	for r := range rounds {
		for i := range subjects {
			sub := subjects[(r+i)%len(subjects)]
			if err := errors.Join(sub.serve(ctx, each), sub.count(ctx)); err != nil {
				return fmt.Errorf("%s: %w", sub.name, err)
			}
		}
	}
	return table(w, subjects, s, open, rounds)
}

// connections is how many ask at a time.
const connections = 16

// serve starts the server anew, notes how soon it is ready, and reads pages:
// the newest first as they come, then ordered by verdict.
func (s *subject) serve(ctx context.Context, each time.Duration) (err error) {
	server, err := rig.Start(ctx, s.dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	s.ready = append(s.ready, server.Ready.Seconds())
	if s.rest, _, err = server.Memory(); err != nil {
		return err
	}
	load := rig.Load{Addr: server.Addr, Connections: connections, Requests: [][]byte{s.page(server.Addr, "newest")}}
	if _, err := load.Run(each / 4); err != nil { // does not count
		return err
	}
	if s.last, err = load.Run(each); err != nil {
		return err
	}
	s.pages = append(s.pages, s.last.PerSec)
	load.Requests[0] = s.page(server.Addr, "verdict")
	ordered, err := load.Run(each)
	if err != nil {
		return err
	}
	s.byVerdict = append(s.byVerdict, ordered.PerSec)
	_, most, err := server.Memory()
	s.loaded = max(s.loaded, most)
	return err
}

// page asks for the first 25 cards.
func (s *subject) page(addr, order string) []byte {
	return fmt.Appendf(nil, "GET /api/v1/inbox?limit=25&order=%s HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\nAuthorization: Bearer %s\r\n\r\n", order, addr, s.token)
}

// count times the statement that counts mutual connections with all who wait.
func (s *subject) count(ctx context.Context) (err error) {
	db, err := store.Open(ctx, s.dsn, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Read(ctx, func(tx *store.Tx) error {
		for i := range 6 {
			begun := time.Now()
			counts, err := tx.MutualCounts(s.me, s.who)
			if err != nil {
				return err
			}
			if len(counts) != len(s.who) {
				return fmt.Errorf("%d counts of %d", len(counts), len(s.who))
			}
			if i > 0 { // the first prepares the statement
				s.mutual = append(s.mutual, time.Since(begun).Seconds())
			}
		}
		return nil
	})
}

func table(w io.Writer, subjects []*subject, s size, open, rounds int) error {
	_, err := fmt.Fprintf(w, "%d members, %d connections, %d open invitations; %d connections over HTTP; medians of %d rounds, %s.\n\n",
		s.members, s.connections(), open, connections, rounds, rig.Machine())
	_, e := fmt.Fprintf(w, "| database | pages a second | by verdict | median ms | slowest in 100, ms | kB a page | ready ms | MB at rest | MB at most | µs for all mutual counts |\n|---|%s\n", "---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	err = errors.Join(err, e)
	for _, s := range subjects {
		_, e := fmt.Fprintf(w, "| %s | %.0f | %.0f | %.2f | %.2f | %.1f | %.0f | %.0f | %.0f | %.0f |\n", s.name, rig.Median(s.pages), rig.Median(s.byVerdict),
			s.last.Median.Seconds()*1e3, s.last.Slow.Seconds()*1e3, float64(s.last.Bytes)/1e3, rig.Median(s.ready)*1e3,
			float64(s.rest)/1e6, float64(s.loaded)/1e6, rig.Median(s.mutual)*1e6)
		err = errors.Join(err, e)
	}
	return err
}
