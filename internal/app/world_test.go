package app

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// world is a Kith on a real database, whose time a test moves.
type world struct {
	*App
	t     *testing.T
	ahead atomic.Int64 // microseconds after the beginning
	ids   atomic.Int64
}

// beginning is when every world begins.
var beginning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// eachWorld runs a test in an empty world on every database.
func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	eachWorldWith(t, Config{URL: "https://kith.example"}, test)
}

// eachWorldWith is eachWorld with a configuration, whose clock and ids are the
// world's.
func eachWorldWith(t *testing.T, conf Config, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t}
			conf := conf
			conf.Clock = func(time.Time) time.Time { return w.now() }
			conf.NewID = w.newID
			conf.Staging = t.TempDir()
			a, err := Open(t.Context(), dsn.Make(t), conf)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := a.Close(); err != nil {
					t.Error(err)
				}
			})
			w.App = a
			test(t, w)
		})
	}
}

func (w *world) now() time.Time {
	return beginning.Add(time.Duration(w.ahead.Load()) * time.Microsecond)
}

// pass lets time pass.
func (w *world) pass(d time.Duration) { w.ahead.Add(d.Microseconds()) }

// newID makes ids that are the same in every run.
func (w *world) newID() string {
	n := strconv.FormatInt(w.ids.Add(1), 16)
	return "00000000-0000-7000-8000-" + "000000000000"[len(n):] + n
}

// member opens an account and signs its owner in.
func (w *world) member(name string) Actor {
	w.t.Helper()
	return w.memberAt(name, strings.ReplaceAll(kith.FoldText(name), " ", ".")+"@mail.example")
}

// memberAt is member with an address of its own.
func (w *world) memberAt(name, email string) Actor {
	w.t.Helper()
	m := store.Member{ID: kith.MemberID(w.newID()), Name: name, Email: email, CreatedAt: w.now(), VerifiedAt: w.now()}
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error { return tx.AddMember(&m) }))
	return Actor{ID: m.ID, Scopes: AllScopes(Operator), Role: Ordinary}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// events gives the kinds of a member's events, oldest first.
func (w *world) events(who Actor) []string {
	w.t.Helper()
	events, err := w.Events(w.t.Context(), who, 0, 1000)
	w.must(err)
	var kinds []string
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}
