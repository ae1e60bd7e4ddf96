package app

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// TestCrashChild is the child. As a test of its own it does nothing.
func TestCrashChild(t *testing.T) {
	dsn := os.Getenv(crashDSN)
	if dsn == "" {
		return
	}
	seed, err := strconv.Atoi(os.Getenv(crashSeed))
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), dsn, Config{Clock: crashClock(seed)})
	if err != nil {
		t.Fatal(err)
	}
	c := &crashChild{App: a, rng: rand.New(rand.NewPCG(uint64(seed), 1)), out: json.NewEncoder(os.Stdout), dir: os.Getenv(crashDir),
		seed: seed, split: os.Getenv(crashSplit) != ""}
	for n := 0; ; n++ {
		if err := c.one(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
}

type crashChild struct {
	*App
	rng   *rand.Rand
	out   *json.Encoder
	dir   string
	seed  int
	split bool
}

// one does one thing and reports it.
func (c *crashChild) one(ctx context.Context, n int) error {
	r := crashReport{What: "pair", Name: fmt.Sprintf("%d-%d", c.seed, n)}
	do := c.act
	switch {
	case c.split:
	case n%23 == 11:
		r.What, do = "backup", func(ctx context.Context, r *crashReport) error {
			_, err := c.Backup(ctx, filepath.Join(c.dir, r.Name+".backup"))
			return err
		}
	case n%17 == 7:
		r.What, r.Two[0], do = "erase", kith.MemberID("00000000-0000-7000-8001-"+fmt.Sprintf("%012x", c.seed*1000+n)), c.comeAndGo
	case n%19 == 5:
		r.What, do = "import", c.bring
	}
	if r.What == "pair" {
		x := c.rng.IntN(crashMembers)
		y := (x + 1 + c.rng.IntN(crashMembers-1)) % crashMembers
		r.Two = [2]kith.MemberID{crashMember(x), crashMember(y)}
	}
	if err := c.out.Encode(&r); err != nil {
		return err
	}
	if err := do(ctx, &r); err != nil && kith.KindOf(err) == kith.Internal {
		return err
	}
	r.Done = true
	return c.out.Encode(&r)
}

func crashActor(id kith.MemberID) Actor {
	return Actor{ID: id, Scopes: AllScopes(Ordinary), Credential: console}
}

// act does what suits two members, whatever comes of it, and says how they
// stand.
func (c *crashChild) act(ctx context.Context, r *crashReport) error {
	me, you := crashActor(r.Two[0]), crashActor(r.Two[1])
	p, err := c.peek(ctx, r.Two)
	if err != nil {
		return err
	}
	_, _, by, _ := pair.Order(me.ID, you.ID)
	theirs := p.Invitations[by.Other()]
	v := pair.View(p.State, by, c.now())
	switch dice := c.rng.IntN(10); {
	case v.Received.Seq != 0 && c.split:
		err = c.acceptInTwo(ctx, me.ID, you.ID, theirs)
	case v.Received.Seq != 0 && dice < 7:
		_, err = c.Accept(ctx, me, theirs, pair.Met, pair.SeePropose, "Gladly.")
	case v.Received.Seq != 0:
		_, err = c.Decline(ctx, me, theirs)
	case v.Blocked:
		err = c.Unblock(ctx, me, you.ID)
	case v.Connected && dice < 5 && !c.split:
		_, err = c.Write(ctx, me, you.ID, "And how are you?")
	case v.Connected && (dice < 8 || c.split):
		err = c.RemoveConnection(ctx, me, you.ID)
	case v.Connected:
		err = c.Block(ctx, me, you.ID)
	default:
		_, err = c.Send(ctx, me, Invite{To: you.ID, Note: "We met in Delft."})
	}
	if err != nil && kith.KindOf(err) == kith.Internal {
		return err
	}
	p, err = c.peek(ctx, r.Two)
	r.State = p.State
	return err
}

// acceptInTwo is an accept as it must not be: what holds between the two in one
// transaction, what follows from it in the next.
func (c *crashChild) acceptInTwo(ctx context.Context, me, you kith.MemberID, id kith.InvitationID) error {
	var p store.Pair
	var effects []pair.Effect
	err := c.write(ctx, func(_ context.Context, tx *store.Tx) (err error) {
		if p, err = tx.Pair(me, you); err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		_, _, by, _ := pair.Order(me, you)
		var next pair.State
		next, effects, err = pair.Next(p.State, pair.Act{Verb: pair.Accept, By: by, At: now, Seq: meant(&p, id), Tie: pair.Met, See: pair.SeePropose})
		if err != nil {
			return err
		}
		return tx.Move(&p, next, "")
	})
	if err != nil {
		return err
	}
	return c.write(ctx, func(_ context.Context, tx *store.Tx) error { return c.carry(tx, [2]*store.Pair{&p, &p}, effects, nil) })
}

func (c *crashChild) peek(ctx context.Context, two [2]kith.MemberID) (p store.Pair, err error) {
	err = c.read(ctx, func(tx *store.Tx) error { p, err = tx.PeekPair(two[0], two[1]); return err })
	return p, err
}

// comeAndGo opens an account, invites everybody, and is erased.
func (c *crashChild) comeAndGo(ctx context.Context, r *crashReport) error {
	id := r.Two[0]
	err := c.write(ctx, func(_ context.Context, tx *store.Tx) error {
		return tx.AddMember(&store.Member{ID: id, Name: "Guest", Email: string(id) + "@mail.example"})
	})
	if err != nil {
		return err
	}
	for i := range crashMembers {
		if _, err := c.Send(ctx, crashActor(id), Invite{To: crashMember(i), Note: "Hello."}); kith.KindOf(err) == kith.Internal && err != nil {
			return err
		}
	}
	return c.EraseNow(ctx, c.Console(), id)
}

// bring imports a small archive.
func (c *crashChild) bring(ctx context.Context, r *crashReport) error {
	var b strings.Builder
	b.WriteString("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
	for i := range 20 {
		fmt.Fprintf(&b, "Una,Quill %s %d,https://www.linkedin.com/in/una-%s-%d,,Stroomwerk,Engineer,02 Mar 2025\n", r.Name, i, r.Name, i)
	}
	file := filepath.Join(c.dir, r.Name+".csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		return err
	}
	run, err := c.ImportFiles(ctx, crashActor(crashMember(0)), []string{file}, ReadOptions{})
	r.Name = run.ID
	return err
}
