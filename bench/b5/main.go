// Command b5 measures decisions over HTTP: POST /api/v1/judge with a note and
// facts as they are, and beside it, in the same rounds, rspamd's /checkv2 with
// the same texts as mails. Without rspamd it measures Kith alone.
//
//	b5/rspamd go run ./b5
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"kith/bench/rig"
	"kith/internal/app"
)

func main() {
	serving, err := rig.Serving()
	if !serving {
		rounds := flag.Int("rounds", 5, "how often everything is measured")
		each := flag.Duration("for", 2*time.Second, "how long each measurement lasts")
		flag.Parse()
		err = run(context.Background(), os.Stdout, *rounds, *each)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "b5:", err)
		os.Exit(1)
	}
}

// subject is one server with one number of connections.
type subject struct {
	name   string
	load   rig.Load
	perSec []float64
	last   rig.Rate
}

func run(ctx context.Context, w io.Writer, rounds int, each time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "kith-b5")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	all, err := texts(ctx, dir)
	if err != nil {
		return err
	}
	server, token, err := kith(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	posts, err := cases(all, server.Addr, token)
	if err != nil {
		return err
	}
	loads := map[string]rig.Load{"kith": {Addr: server.Addr, Requests: posts}}
	if peer := os.Getenv("KITH_BENCH_RSPAMD"); peer != "" {
		loads["rspamd"] = rig.Load{Addr: peer, Requests: mails(all, peer)}
	}
	subjects, err := measure(loads, rounds, each)
	if err != nil {
		return err
	}
	return table(w, subjects, len(all), rounds)
}

// kith starts a Kith on an empty database, with a token to ask it by.
func kith(ctx context.Context, dir string) (s *rig.Server, token string, err error) {
	dsn, _, err := rig.Databases()[0].Make(ctx, dir) // nothing is read or kept but the token
	if err != nil {
		return nil, "", err
	}
	members, err := rig.Members(ctx, dsn, 1)
	if err != nil {
		return nil, "", err
	}
	a, err := app.Open(ctx, dsn, app.Config{})
	if err != nil {
		return nil, "", err
	}
	token, err = rig.Token(ctx, a, members[0])
	if err := errors.Join(err, a.Close()); err != nil {
		return nil, "", err
	}
	s, err = rig.Start(ctx, dsn)
	return s, token, err
}

// names are the servers in the order they are shown.
var names = []string{"kith", "rspamd"}

// measure loads every server with 4 and with 16 connections, in interleaved
// rounds, after a short one that does not count.
func measure(loads map[string]rig.Load, rounds int, each time.Duration) (subjects []*subject, err error) {
	for _, connections := range []int{4, 16} {
		for _, name := range names {
			if load, ok := loads[name]; ok {
				load.Connections = connections
				subjects = append(subjects, &subject{name: name, load: load})
			}
		}
	}
	for r := range rounds + 1 {
		for i := range subjects {
			s, lasts := subjects[(r+i)%len(subjects)], each
			if r == 0 {
				lasts = each / 4
			}
			if s.last, err = s.load.Run(lasts); err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			if r > 0 {
				s.perSec = append(s.perSec, s.last.PerSec)
			}
		}
	}
	return subjects, nil
}

// table prints medians; the ratio is the median of the ratios of single rounds.
func table(w io.Writer, subjects []*subject, texts, rounds int) error {
	_, err := fmt.Fprintf(w, "%d texts; medians of %d rounds, %s.\n\n| server | connections | a second | median ms | slowest in 100, ms | bytes | keeps connections | times rspamd |\n|---|---:|---:|---:|---:|---:|---|---:|\n",
		texts, rounds, rig.Machine())
	for _, s := range subjects {
		ratio, keeps := "–", "yes"
		if s.last.Closed > 0 {
			keeps = "no"
		}
		for _, peer := range subjects {
			if peer.name != "rspamd" || peer.load.Connections != s.load.Connections {
				continue
			}
			ratios := make([]float64, len(s.perSec))
			for r := range ratios {
				ratios[r] = s.perSec[r] / peer.perSec[r]
			}
			ratio = fmt.Sprintf("%.2f", rig.Median(ratios))
		}
		_, e := fmt.Fprintf(w, "| %s | %d | %.0f | %.2f | %.2f | %d | %s | %s |\n", s.name, s.load.Connections, rig.Median(s.perSec),
			s.last.Median.Seconds()*1e3, s.last.Slow.Seconds()*1e3, s.last.Bytes, keeps, ratio)
		err = errors.Join(err, e)
	}
	return err
}
