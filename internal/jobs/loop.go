package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kith/internal/app"
)

// Options are how a loop works; the zero Options are right for a service.
type Options struct {
	// Node names the process to operators, in leases.
	Node string
	// Workers is how many duties of each lane are done at a time, of imports at
	// most 2; 0 is 4.
	Workers int
	// Every is how often a loop looks for duties that fell due, if nothing wakes
	// it; 0 is a second.
	Every time.Duration
	// Log gets failures and nothing else; nil drops them.
	Log *slog.Logger
	// Did is told of every duty done or tried, for counting; nil is fine. It is
	// called by several goroutines at once.
	Did func(kind string, took time.Duration, err error)
}

const (
	defaultWorkers = 4
	defaultEvery   = time.Second
	// ahead is how many quick duties are claimed at once, for each worker. Others
	// are not claimed before a worker is free: what waited behind a slow one would
	// lose its lease.
	ahead = 8
	// mostImports is how many imports are done at a time: each may take a core and
	// much of the database's time.
	mostImports = 2
	// choresEvery is how often the service's chores are done.
	choresEvery = time.Hour
)

// Loop does duties. It is safe for concurrent use.
type Loop struct {
	app  *app.App
	opt  Options
	wake map[app.Lane]chan struct{}
}

// New gives a loop for an app. Nothing happens before Run or Drain.
func New(a *app.App, opt Options) *Loop {
	if opt.Workers == 0 {
		opt.Workers = defaultWorkers
	}
	if opt.Every == 0 {
		opt.Every = defaultEvery
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Did == nil {
		opt.Did = func(string, time.Duration, error) {}
	}
	l := &Loop{app: a, opt: opt, wake: map[app.Lane]chan struct{}{}}
	for _, lane := range app.Lanes() {
		l.wake[lane] = make(chan struct{}, 1)
	}
	return l
}

// Wake makes the loop look at once. It never blocks.
func (l *Loop) Wake() {
	for _, c := range l.wake {
		select {
		case c <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// Run does duties as they fall due until ctx ends, and returns when what was
// under way is finished; what was claimed and not begun is given back. It has
// no error of its own: failures are logged and written down with the duty.
func (l *Loop) Run(ctx context.Context) error {
	var running sync.WaitGroup
	for _, lane := range app.Lanes() {
		running.Go(func() { l.run(ctx, lane) })
	}
	running.Go(func() { l.chores(ctx) })
	running.Wait()
	return nil
}

// run does the duties of one lane.
func (l *Loop) run(ctx context.Context, lane app.Lane) {
	n, room := l.size(lane)
	work, done := make(chan app.Claimed, room), make(chan struct{}, room)
	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for d := range work {
				_ = l.do(ctx, d) // logged there
				done <- struct{}{}
			}
		})
	}
	defer workers.Wait()
	defer close(work)
	look := time.NewTicker(l.opt.Every)
	defer look.Stop()
	for held := 0; ; {
		var claimed []app.Claimed
		if ctx.Err() == nil && held <= room-max(1, room-n) {
			claimed = l.claim(ctx, lane, room-held)
		}
		for _, d := range claimed {
			work <- d // never waits: there is room
		}
		held += len(claimed)
		if len(claimed) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-done:
			held--
		case <-look.C:
		case <-l.wake[lane]:
		}
	}
}

// size says how many duties of a lane are done at a time, and how many are held
// at most.
func (l *Loop) size(lane app.Lane) (workers, room int) {
	switch n := l.opt.Workers; lane {
	case app.Quick:
		return n, n * ahead
	case app.Imports:
		return min(n, mostImports), min(n, mostImports)
	default:
		return n, n
	}
}

// claim claims up to n duties; what went wrong is logged.
func (l *Loop) claim(ctx context.Context, lane app.Lane, n int) []app.Claimed {
	// A context that ends while claiming would leave a connection behind.
	claimed, err := l.app.Claim(context.WithoutCancel(ctx), l.opt.Node, lane, n)
	if err != nil {
		l.opt.Log.LogAttrs(ctx, slog.LevelError, "no duty could be claimed", slog.String("lane", lane.String()), slog.Any("error", err))
	}
	return claimed
}

func (l *Loop) do(ctx context.Context, d app.Claimed) error {
	began := time.Now()
	err := l.app.Do(ctx, d)
	l.opt.Did(d.Kind, time.Since(began), err)
	if err != nil {
		l.opt.Log.LogAttrs(ctx, slog.LevelError, "a duty failed",
			slog.String("kind", d.Kind), slog.Int("attempt", d.Attempts), slog.Any("error", err))
	}
	return err
}

// chores does the service's chores now and every hour.
func (l *Loop) chores(ctx context.Context) {
	again := time.NewTicker(choresEvery)
	defer again.Stop()
	for {
		// A failure is logged there, and an hour later it is tried again.
		_ = l.app.Housekeep(context.WithoutCancel(ctx))
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Drain does everything that is due now, and what becomes due at once by that,
// one after the other, and returns the failures.
func (l *Loop) Drain(ctx context.Context) error {
	var failures []error
	for idle := 0; idle < len(app.Lanes()); {
		for _, lane := range app.Lanes() {
			_, room := l.size(lane)
			claimed, err := l.app.Claim(ctx, l.opt.Node, lane, room)
			if err != nil {
				return errors.Join(append(failures, err)...)
			}
			idle++
			for _, d := range claimed {
				idle = 0
				failures = append(failures, l.do(ctx, d))
			}
		}
	}
	return errors.Join(failures...)
}
