package demo

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/jobs"
)

// Options say what a demo is filled with.
type Options struct {
	// Members is how many there are; 0 is 2,000.
	Members int
	// Now is the time at which it is all so.
	Now time.Time
	// Dir is a folder for files that are read while it is filled, and removed.
	Dir string
}

const defaultMembers = 2000

// Login is what the demo's member signs in with.
type Login struct {
	ID                    kith.MemberID
	Name, Email, Password string
}

// Fill fills the empty database at dsn. The member whose inbox is full is its
// operator, as whoever opens the first account is. Everything due by now is
// done: all that waits is judged.
func Fill(ctx context.Context, dsn string, opt Options) (Login, error) {
	c, err := newCommunity(cmp.Or(opt.Members, defaultMembers), opt.Now)
	if err != nil {
		return Login{}, err
	}
	in := Login{Name: c.hero().profile.Name, Email: c.hero().email, Password: rand.Text()}
	if err := c.begin(ctx, dsn, &in); err != nil {
		return Login{}, err
	}
	if err := c.settle(ctx, dsn); err != nil {
		return Login{}, err
	}
	in.ID = c.hero().id
	return in, c.live(ctx, dsn, opt.Dir)
}

// clock is the time of the story.
type clock struct{ at atomic.Int64 } // microseconds since 1970

func (c *clock) set(t time.Time)         { c.at.Store(t.UnixMicro()) }
func (c *clock) now(time.Time) time.Time { return time.UnixMicro(c.at.Load()).UTC() }

// open opens the database at some time.
func (c *community) open(ctx context.Context, dsn, dir string, at time.Time) (*app.App, *clock, error) {
	k := &clock{}
	k.set(at)
	a, err := app.Open(ctx, dsn, app.Config{URL: "http://localhost", Clock: k.now, NewID: c.newID, Staging: dir, Unsafe: true})
	return a, k, err
}

// begin opens the first account, as the first account of every Kith is opened.
func (c *community) begin(ctx context.Context, dsn string, in *Login) (err error) {
	a, _, err := c.open(ctx, dsn, "", c.hero().joined)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	secret, needed, err := a.FirstLink(ctx)
	if err != nil {
		return err
	}
	if !needed {
		return &kith.Error{Kind: kith.Invalid, Field: "db", Msg: "this database holds a network already; a demo needs an empty one"}
	}
	_, err = a.SignUp(ctx, app.SignUpForm{Name: in.Name, Email: in.Email, Password: in.Password, First: secret})
	return err
}

// story is what the first member lives through.
type story struct {
	*community
	*app.App
	dir   string
	clock *clock
	work  *jobs.Loop
	me    app.Actor
}

// step is one thing that happens in it.
type step struct {
	at time.Time
	do func(context.Context) error
}

// live lets everything happen that concerns the first member, each at its time.
func (c *community) live(ctx context.Context, dsn, dir string) (err error) {
	files, err := os.MkdirTemp(dir, "files-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(files)) }()
	a, k, err := c.open(ctx, dsn, files, c.ago(wished+1))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	s := &story{community: c, App: a, dir: files, clock: k, work: jobs.New(a, jobs.Options{}), me: c.hero().actor()}
	steps := s.steps()
	slices.SortStableFunc(steps, func(x, y step) int { return x.at.Compare(y.at) })
	for _, st := range steps {
		if err := s.until(ctx, st.at); err != nil {
			return err
		}
		if err := st.do(ctx); err != nil {
			return err
		}
	}
	return s.until(ctx, c.now)
}

// until lets time pass, and what falls due meanwhile be done: looked at once a
// day.
func (s *story) until(ctx context.Context, at time.Time) error {
	for day := s.clock.now(at).Truncate(kith.Day).Add(kith.Day); day.Before(at); day = day.Add(kith.Day) {
		s.clock.set(day)
		if err := s.work.Drain(ctx); err != nil {
			return err
		}
	}
	s.clock.set(at)
	return s.work.Drain(ctx)
}

// actor is somebody who is signed in.
func (p *person) actor() app.Actor {
	return app.Actor{ID: p.id, Scopes: app.AllScopes(app.Ordinary)}
}
