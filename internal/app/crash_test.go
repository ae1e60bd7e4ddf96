package app

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// cycles is how often a program is killed on each database; 1,000 on request.
var cycles = flag.Int("cycles", 25, "how often the crash tests kill a program on each database")

// A crash test runs this test binary again as a child that acts on a database
// without pause and says on standard output what it is about to do and what it
// was told is done. The parent kills it at some instant and looks at what is
// there. The child is told what it needs by these variables.
const (
	crashDSN   = "KITH_CRASH_DSN"
	crashSeed  = "KITH_CRASH_SEED"
	crashDir   = "KITH_CRASH_DIR"
	crashSplit = "KITH_CRASH_SPLIT" // the failing control: an accept in two transactions
)

// crashReport is a line of a child's: what it begins, or what was acknowledged.
type crashReport struct {
	Done  bool
	What  string // pair, erase, backup, import
	Two   [2]kith.MemberID
	State pair.State // of Two
	Name  string     // of the backup, the import
}

// crashMembers is how many members act on each other.
const crashMembers = 6

// crashClock gives each cycle a week of its own, so that no budget runs out.
func crashClock(seed int) func(time.Time) time.Time {
	began := time.Now()
	return func(now time.Time) time.Time {
		return beginning.Add(time.Duration(seed)*week + now.Sub(began))
	}
}

func crashMember(i int) kith.MemberID {
	return kith.MemberID(fmt.Sprintf("00000000-0000-7000-8000-%012x", i+1))
}

// crashRig is a database on which children are killed.
type crashRig struct {
	t     *testing.T
	dsn   string
	dir   string
	split bool
	// acked is how pairs stood when that was last acknowledged.
	acked map[[2]kith.MemberID]pair.State
	// killServer kills the database's own processes and starts it again; nil:
	// there are none.
	killServer func()
	done       int
}

func newCrashRig(t *testing.T, dsn string) *crashRig {
	t.Helper()
	r := &crashRig{t: t, dsn: dsn, dir: t.TempDir(), acked: map[[2]kith.MemberID]pair.State{}}
	a, err := Open(t.Context(), dsn, Config{Clock: crashClock(0)})
	if err != nil {
		t.Fatal(err)
	}
	err = a.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
		for i := range crashMembers {
			id := crashMember(i)
			if err := tx.AddMember(&store.Member{ID: id, Name: fmt.Sprint("Member ", i), Email: string(id) + "@mail.example"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return r
}

// cycle runs a child, kills it at an instant the seed says, and gives its
// reports.
func (r *crashRig) cycle(seed int) (reports []crashReport) {
	r.t.Helper()
	rng := rand.New(rand.NewPCG(uint64(seed), 2))
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), crashDSN+"="+r.dsn, crashSeed+"="+strconv.Itoa(seed), crashDir+"="+r.dir)
	if r.split {
		child.Env = append(child.Env, crashSplit+"=1")
	}
	var stderr strings.Builder
	child.Stderr = &stderr
	pipe, err := child.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		r.t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	after := 1 + rng.IntN(60)
	killed := make(chan bool)
	for n := 0; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break // a line the kill cut was not said
		}
		var rep crashReport
		if json.Unmarshal(line, &rep) == nil {
			reports = append(reports, rep)
		}
		if n != after {
			continue
		}
		// The instant lies somewhere in what is done next.
		time.AfterFunc(time.Duration(rng.IntN(8000))*time.Microsecond, func() {
			defer close(killed)
			if r.killServer != nil && seed%3 == 0 {
				r.killServer()
			}
			_ = child.Process.Kill() // it may be gone with the server
		})
	}
	_ = child.Wait() // killed
	if len(reports) <= after {
		r.t.Fatalf("the child ended by itself: %v\n%s", reports, stderr.String())
	}
	<-killed
	return reports
}

// verify says what is wrong with the database after a kill: something
// acknowledged is lost, or something is half done.
func (r *crashRig) verify(seed int, reports []crashReport) (err error) {
	a, err := Open(r.t.Context(), r.dsn, Config{Clock: crashClock(seed)})
	if err != nil {
		return err
	}
	defer func() {
		if closed := a.Close(); err == nil {
			err = closed
		}
	}()
	var underWay *crashReport
	for i := range reports {
		rep := &reports[i]
		if underWay = rep; !rep.Done {
			continue
		}
		underWay = nil
		r.done++
		if rep.What == "pair" {
			r.acked[ordered(rep.Two)] = rep.State
		}
		if err := r.kept(a, rep); err != nil {
			return err
		}
	}
	files, err := filepath.Glob(filepath.Join(r.dir, "[0-9]*.backup"))
	if err != nil {
		return err
	}
	for _, file := range files { // one that is there is whole
		if _, err := CheckBackup(file); err != nil {
			return err
		}
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return a.read(r.t.Context(), func(tx *store.Tx) error { return r.whole(tx, underWay) })
}

func ordered(two [2]kith.MemberID) [2]kith.MemberID {
	return [2]kith.MemberID{min(two[0], two[1]), max(two[0], two[1])}
}

// kept looks for what was acknowledged.
func (r *crashRig) kept(a *App, rep *crashReport) error {
	switch rep.What {
	case "backup":
		info, err := CheckBackup(filepath.Join(r.dir, rep.Name+".backup"))
		if err != nil || info.Rows == 0 {
			return fmt.Errorf("backup %s: %+v, %w", rep.Name, info, err)
		}
	case "import":
		run, err := a.Import(r.t.Context(), crashActor(crashMember(0)), rep.Name)
		if err != nil || run.Added == 0 {
			return fmt.Errorf("import %s: %+v, %w", rep.Name, run, err)
		}
	case "erase":
		return a.read(r.t.Context(), func(tx *store.Tx) error {
			m, _, err := tx.Member(rep.Two[0])
			if err == nil && (m.State != store.Erased || m.Email != "") {
				err = fmt.Errorf("erased and back: %+v", m)
			}
			return err
		})
	}
	return nil
}

// whole looks at all pairs and what follows from them.
func (r *crashRig) whole(tx *store.Tx, underWay *crashReport) error {
	for i := range crashMembers {
		var want []string
		me := crashMember(i)
		pairs, err := tx.PairsOf(me)
		if err != nil {
			return err
		}
		for j := range pairs {
			p := &pairs[j]
			two := [2]kith.MemberID{p.A, p.B}
			moving := underWay != nil && ordered(underWay.Two) == two
			if acked, ok := r.acked[two]; ok && acked != p.State && !moving {
				return fmt.Errorf("acknowledged was\n%+v\nthere is\n%+v", acked, p.State)
			}
			r.acked[two] = p.State
			for _, d := range pair.Duties(p.State) {
				if p.Member(d.By) == me {
					want = append(want, pairEffect(d.Verb, p.Invitation(d.Seq)))
				}
			}
			if err := told(tx, p, me); err != nil {
				return err
			}
		}
		if err := r.duties(tx, me, want); err != nil {
			return err
		}
	}
	return nil
}

// told looks for the event of a connection in the feed of whoever invited.
func told(tx *store.Tx, p *store.Pair, me kith.MemberID) error {
	s, by := &p.State, pair.A
	if me == p.B {
		by = pair.B
	}
	if !s.Connected() || s.Sent[by].Seq != s.Connection.Seq {
		return nil
	}
	events, err := tx.EventsAbout(me, string(p.Invitations[by]))
	if err == nil && !slices.ContainsFunc(events, func(e store.Event) bool { return e.Kind == kindAccepted }) {
		err = fmt.Errorf("%s is connected and was never told", me)
	}
	return err
}

// duties compares what waits with what should.
func (r *crashRig) duties(tx *store.Tx, me kith.MemberID, want []string) error {
	have, err := tx.Duties(me, Cursor{}, 10000)
	var got []string
	for _, d := range have {
		if dutyKinds[d.Kind].pair {
			got = append(got, d.Effect)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if err == nil && !slices.Equal(got, want) {
		err = fmt.Errorf("the duties of %s are\n%v, they should be\n%v", me, got, want)
	}
	return err
}

func (r *crashRig) projections(seed int) {
	r.t.Helper()
	a, err := Open(r.t.Context(), r.dsn, Config{Clock: crashClock(seed)})
	if err != nil {
		r.t.Fatal(err)
	}
	(&world{App: a, t: r.t}).checkProjections(r.t)
	if err := a.Close(); err != nil {
		r.t.Fatal(err)
	}
}

// Whatever a kill interrupts, what was acknowledged is there and nothing is half
// done.
func TestCrashes(t *testing.T) {
	t.Parallel()
	eachCrash(t, func(t *testing.T, r *crashRig) {
		began := time.Now()
		n := *cycles
		if testing.Short() {
			n = min(n, 5)
		}
		for seed := 1; seed <= n; seed++ {
			if err := r.verify(seed, r.cycle(seed)); err != nil {
				t.Fatalf("after %d cycles: %v", seed, err)
			}
			if seed%5 == 0 {
				r.projections(seed)
			}
		}
		t.Logf("%d cycles, %d acts acknowledged, 0 lost, 0 half done, %v", n, r.done, time.Since(began).Round(time.Second))
	})
}

// The same test finds an accept in two transactions: it can fail.
func TestCrashesFindWhatIsNotAtomic(t *testing.T) {
	t.Parallel()
	eachCrash(t, func(t *testing.T, r *crashRig) {
		r.split = true
		for seed := 1; seed <= 8**cycles; seed++ {
			if err := r.verify(seed, r.cycle(seed)); err != nil {
				t.Logf("caught after %d cycles: %v", seed, err)
				return
			}
		}
		t.Error("an accept in two transactions was never caught")
	})
}

func eachCrash(t *testing.T, test func(t *testing.T, r *crashRig)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			if dsn.Name == "sqlite" {
				test(t, newCrashRig(t, dsn.Make(t)))
				return
			}
			s := startServer(t)
			r := newCrashRig(t, s.dsn)
			r.killServer = s.crash
			test(t, r)
		})
	}
}
