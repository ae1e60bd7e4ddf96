package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"kith"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time tests move. skew is how far one node is off.
type clock struct{ ahead atomic.Int64 }

var beginning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func (c *clock) skewed(by time.Duration) func(time.Time) time.Time {
	return func(time.Time) time.Time { return beginning.Add(time.Duration(c.ahead.Load()) + by) }
}

func (c *clock) pass(d time.Duration) { c.ahead.Add(int64(d)) }

// open opens an app until the test ends.
func open(t *testing.T, dsn string, conf app.Config) *app.App {
	t.Helper()
	conf.URL = "https://kith.example"
	a, err := app.Open(t.Context(), dsn, conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// each runs a test on every kind of database.
func each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			test(t, dsn.Make(t))
		})
	}
}

// post counts letters by their Message-ID.
type post struct {
	mu    sync.Mutex
	taken map[string]int
	fails func(l app.Letter, try int) error
	tries map[string]int
}

func newPost(fails func(app.Letter, int) error) *post {
	return &post{taken: map[string]int{}, tries: map[string]int{}, fails: fails}
}

func (p *post) send(_ context.Context, l app.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tries[l.ID]++
	if err := p.fails(l, p.tries[l.ID]); err != nil {
		return err
	}
	p.taken[l.ID]++
	return nil
}

func never(app.Letter, int) error { return nil }

// letters leaves the duties to send letters, n to each of some members.
func letters(t *testing.T, db *store.DB, at time.Time, members, n int) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for m := range members {
			id := kith.MemberID(fmt.Sprintf("m%d", m))
			if err := tx.AddMember(&store.Member{ID: id, Name: "Ada", Email: string(id) + "@mail.example", CreatedAt: at, VerifiedAt: at}); err != nil {
				return err
			}
			for i := range n {
				err := tx.AddDuty(&store.Duty{Owner: id, Effect: fmt.Sprintf("mail/%d", i), Kind: "mail",
					Long: true, Body: `{"template":"password-changed"}`, DueAt: at})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Ten thousand letters through two nodes at once, of which some are refused at
// first: each is taken once.
func TestTenThousandLettersOnceEach(t *testing.T) {
	t.Parallel()
	members, each10 := 100, 100
	if testing.Short() {
		members = 5
	}
	each(t, func(t *testing.T, dsn string) {
		var c clock
		p := newPost(func(l app.Letter, try int) error {
			if try == 1 && strings.HasPrefix(l.ID, "0") {
				return errors.New("come back later")
			}
			return nil
		})
		conf := app.Config{Clock: c.skewed(0), Post: p.send}
		nodes := []*app.App{open(t, dsn, conf), open(t, dsn, conf)}
		letters(t, storetest.Open(t, dsn, store.Options{}), beginning, members, each10)
		began := time.Now()
		for range 2 {
			var running sync.WaitGroup
			for i, a := range nodes {
				running.Go(func() { _ = jobs.New(a, jobs.Options{Node: fmt.Sprint(i)}).Drain(t.Context()) })
			}
			running.Wait()
			c.pass(time.Minute)
		}
		if len(p.taken) != members*each10 {
			t.Errorf("%d letters of %d were taken", len(p.taken), members*each10)
		}
		for id, n := range p.taken {
			if n != 1 {
				t.Fatalf("%s was taken %d times", id, n)
			}
		}
		t.Logf("%d letters: %.0f/s", len(p.taken), float64(len(p.taken))/time.Since(began).Seconds())
	})
}

// Three nodes whose clocks are a day apart fall over one another's leases:
// what is done in the database is done once all the same.
func TestSkewedNodesActOnce(t *testing.T) {
	t.Parallel()
	const pairs = 20
	each(t, func(t *testing.T, dsn string) {
		var c clock
		var nodes []*app.App
		for _, by := range []time.Duration{0, -24 * time.Hour, 24 * time.Hour} {
			nodes = append(nodes, open(t, dsn, app.Config{Clock: c.skewed(by)}))
		}
		db := storetest.Open(t, dsn, store.Options{Clock: c.skewed(0)})
		letters(t, db, beginning, 2*pairs, 0)
		who := func(m int) app.Actor {
			return app.Actor{ID: kith.MemberID(fmt.Sprintf("m%d", m)), Scopes: app.AllScopes(app.Ordinary)}
		}
		for m := range pairs { // a week's budget is small: each invites one
			inv, err := nodes[0].Send(t.Context(), who(pairs+m), app.Invite{To: who(m).ID})
			if err == nil {
				_, err = nodes[0].Ask(t.Context(), who(m), inv.ID, "Where did we meet?")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		c.pass(pair.RemindAfter + 48*time.Hour)
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		left := make(chan struct{}, 10*pairs)
		for i, a := range nodes {
			loop := jobs.New(a, jobs.Options{Node: fmt.Sprint(i), Every: time.Millisecond, Did: func(kind string, _ time.Duration, err error) {
				if err != nil {
					t.Error(err)
				}
				if kind == "remind" {
					left <- struct{}{}
				}
			}})
			running.Go(func() {
				if err := loop.Run(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		for range pairs {
			<-left
		}
		stop()
		running.Wait()
		c.pass(48 * time.Hour) // every lease is over
		if err := jobs.New(nodes[0], jobs.Options{}).Drain(t.Context()); err != nil {
			t.Error(err)
		}
		for m := range pairs {
			events, err := nodes[0].Events(t.Context(), who(m), 0, 100)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, e := range events {
				if e.Kind == "reminder" {
					n++
				}
			}
			if n != 1 {
				t.Errorf("member %d was reminded %d times", m, n)
			}
		}
	})
}

// A letter that hangs and one that always fails hold nobody else up.
func TestPoisonBlocksNobody(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dsn string) {
		hanging, release := make(chan struct{}), make(chan struct{})
		var once sync.Once
		p := newPost(func(l app.Letter, _ int) error {
			if l.To == "m1@mail.example" {
				return errors.New("never")
			}
			return nil
		})
		var c clock
		a := open(t, dsn, app.Config{Clock: c.skewed(0), Post: func(ctx context.Context, l app.Letter) error {
			if l.To == "m0@mail.example" {
				once.Do(func() { close(hanging) })
				<-release
			}
			return p.send(ctx, l)
		}})
		letters(t, storetest.Open(t, dsn, store.Options{}), beginning, 5, 1)
		others := make(chan struct{}, 10)
		loop := jobs.New(a, jobs.Options{Workers: 2, Did: func(string, time.Duration, error) { others <- struct{}{} }})
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { _ = loop.Run(ctx) })
		<-hanging
		for range 4 {
			<-others
		}
		stop()
		close(release)
		running.Wait() // what hung has been let finish
		if len(p.taken) != 4 {
			t.Errorf("%d letters were taken", len(p.taken))
		}
	})
}

// importPDF uploads a file whose reading is up to app.Config.PDF.
func importPDF(t *testing.T, a *app.App, who app.Actor) {
	t.Helper()
	left := 1
	_, err := a.StartImport(t.Context(), who, "", func() (string, io.Reader, error) {
		if left--; left < 0 {
			return "", nil, io.EOF
		}
		return "Profile.pdf", strings.NewReader("%PDF-1.4\n"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Imports that hang, as many as a member may leave, hold no letter up; what no
// worker is free for stays for others to take.
func TestImportsHoldNoLetterUp(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dsn string) {
		var c clock
		p := newPost(never)
		sent, reading, release := make(chan struct{}, 5), make(chan struct{}, 4), make(chan struct{})
		conf := app.Config{Clock: c.skewed(0), Staging: t.TempDir(),
			Post: func(ctx context.Context, l app.Letter) error {
				defer func() { sent <- struct{}{} }()
				return p.send(ctx, l)
			},
			PDF: func(context.Context, io.Reader) (kith.Profile, error) {
				reading <- struct{}{}
				<-release
				return kith.Profile{}, errors.New("cut off")
			}}
		a := open(t, dsn, conf)
		db := storetest.Open(t, dsn, store.Options{Clock: c.skewed(0)})
		letters(t, db, beginning, 1, 0)
		for range 4 {
			importPDF(t, a, app.Actor{ID: "m0", Scopes: app.AllScopes(app.Ordinary)})
		}
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		loop := jobs.New(a, jobs.Options{Workers: 4})
		running.Go(func() { _ = loop.Run(ctx) })
		for range 2 {
			<-reading
		}
		addLetter(t, db, "m0", "mail/now")
		loop.Wake()
		<-sent
		left, err := a.Claim(t.Context(), "another", app.Imports, 10)
		if err != nil || len(left) != 2 {
			t.Errorf("%d of 2 imports are left for another node (%v)", len(left), err)
		}
		stop()
		close(release)
		running.Wait()
	})
}

// A loop holds no more long duties than it has workers.
func TestLettersAreNotClaimedAhead(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dsn string) {
		var c clock
		hanging, release := make(chan struct{}, 2), make(chan struct{})
		a := open(t, dsn, app.Config{Clock: c.skewed(0), Post: func(context.Context, app.Letter) error {
			hanging <- struct{}{}
			<-release
			return nil
		}})
		letters(t, storetest.Open(t, dsn, store.Options{}), beginning, 1, 6)
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		loop := jobs.New(a, jobs.Options{Workers: 2, Every: time.Millisecond})
		running.Go(func() { _ = loop.Run(ctx) })
		for range 2 {
			<-hanging
		}
		left, err := a.Claim(t.Context(), "another", app.Long, 10)
		if err != nil || len(left) != 4 {
			t.Errorf("another node finds %d of the 4 others (%v)", len(left), err)
		}
		stop()
		close(release)
		running.Wait()
	})
}

// addLetter leaves the duty to send a member a letter.
func addLetter(t *testing.T, db *store.DB, owner kith.MemberID, effect string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddDuty(&store.Duty{Owner: owner, Effect: effect, Kind: "mail", Long: true, Body: `{"template":"password-changed"}`, DueAt: beginning})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A loop that is stopped gives back what it has not begun.
func TestStoppingGivesBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dsn string) {
		var c clock
		p := newPost(never)
		ctx, stop := context.WithCancel(t.Context())
		a := open(t, dsn, app.Config{Clock: c.skewed(0), Post: func(ctx context.Context, l app.Letter) error {
			stop()
			if ctx.Err() != nil {
				t.Error("a letter under way was cut off")
			}
			return p.send(ctx, l)
		}})
		db := storetest.Open(t, dsn, store.Options{Clock: c.skewed(0)})
		letters(t, db, beginning, 1, 20)
		if err := jobs.New(a, jobs.Options{Workers: 1}).Run(ctx); err != nil {
			t.Fatal(err)
		}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			open, err := tx.Duties("m0", store.Cursor{}, 100)
			for _, d := range open {
				if d.Attempts != 0 || d.Lease != "" {
					t.Errorf("%s is left as %+v", d.Effect, d)
				}
			}
			if len(open)+len(p.taken) != 20 || len(p.taken) == 0 {
				t.Errorf("%d letters taken, %d left", len(p.taken), len(open))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A loop looks every second by itself, and at once when it is woken.
func TestLoopLooks(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "kith.db")
	synctest.Test(t, func(t *testing.T) {
		p := newPost(never)
		a, err := app.Open(t.Context(), file, app.Config{Post: p.send})
		if err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(t.Context(), file, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		letters(t, db, time.Now().Add(10*time.Second), 1, 1)
		loop := jobs.New(a, jobs.Options{})
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { _ = loop.Run(ctx) })
		for _, want := range []int{0, 1} {
			time.Sleep(9500 * time.Millisecond) // of the bubble's time
			synctest.Wait()
			if p.mu.Lock(); len(p.taken) != want {
				t.Errorf("%d letters after %v, want %d", len(p.taken), time.Since(beginning), want)
			}
			p.mu.Unlock()
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddDuty(&store.Duty{Owner: "m0", Effect: "mail/woken", Kind: "mail", Long: true, Body: `{"template":"password-changed"}`, DueAt: time.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
		loop.Wake()
		loop.Wake()
		synctest.Wait()
		if p.mu.Lock(); len(p.taken) != 2 {
			t.Errorf("%d letters after waking", len(p.taken))
		}
		p.mu.Unlock()
		stop()
		running.Wait()
		if err := errors.Join(a.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
	})
}
