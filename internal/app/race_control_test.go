package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// careless is how it is often done: requests in one table and edges in another,
// read and written in transactions that lock nothing (PostgreSQL: READ
// COMMITTED; SQLite: each statement for itself). It follows the same rules by
// the same pair.Next, and one after the other it makes no mistake.
type careless struct {
	t     *testing.T
	db    *sql.DB
	whole bool // statements of an act are one transaction
	*world
}

// request is what careless keeps of invitations, edge all the rest.
type request struct {
	Seq  pair.Seq
	Sent [2]pair.Invitation
	IDs  [2]kith.InvitationID
}

type edge struct {
	Connection            pair.Connection
	Refuses, Blocks, Gone [2]bool
}

func newCareless(t *testing.T, dsn storetest.DSN) *careless {
	t.Helper()
	name, driver := dsn.Make(t), "sqlite"
	if store.IsPostgres(name) {
		driver = "pgx"
	} else {
		name = "file:" + name + "?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxIdleConns(racers)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, table := range []string{"request", "edge"} {
		if _, err := db.ExecContext(t.Context(), "CREATE TABLE "+table+" (pair TEXT PRIMARY KEY, body TEXT NOT NULL)"); err != nil {
			t.Fatal(err)
		}
	}
	return &careless{t: t, db: db, whole: driver == "pgx", world: &world{t: t}}
}

func (c *careless) enter(n int) (out []Actor) {
	for range n {
		out = append(out, Actor{ID: kith.MemberID(c.newID())})
	}
	return out
}

func (c *careless) do(ctx context.Context, who, other Actor, f feat) (r result) {
	var q querier = c.db
	done := func() error { return nil }
	if c.whole {
		tx, err := c.db.BeginTx(ctx, nil)
		if err != nil {
			return result{err: err, unknown: true}
		}
		q, done = tx, tx.Commit
		defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	}
	a, b, _, _ := pair.Order(who.ID, other.ID)
	if r = c.act(ctx, q, string(a+"/"+b), f); r.err == nil {
		r.err = done()
	}
	if r.err != nil && kindOf(r.err) == kith.Internal {
		r.unknown = true
	}
	return r
}

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

func (c *careless) act(ctx context.Context, q querier, key string, f feat) (r result) {
	var rq request
	var e edge
	if err := errors.Join(load(ctx, q, "request", key, &rq), load(ctx, q, "edge", key, &e)); err != nil {
		return result{err: err}
	}
	s := shared{pair.State{Seq: rq.Seq, Sent: rq.Sent, Connection: e.Connection, Refuses: e.Refuses, Blocks: e.Blocks, Gone: e.Gone}, rq.IDs}
	if f.verb == 0 {
		return result{sight: pair.View(s.State, f.by, f.at)}
	}
	r.id = kith.InvitationID(c.newID())
	next, err := s.step(f, r)
	if err != nil {
		return result{err: err}
	}
	r.id = next.made(&s, f.by)
	for table, part := range map[string][2]any{
		"request": {rq, request{next.Seq, next.Sent, next.ids}},
		"edge":    {e, edge{next.Connection, next.Refuses, next.Blocks, next.Gone}},
	} {
		if part[0] == part[1] {
			continue
		}
		if err := save(ctx, q, table, key, part[1]); err != nil {
			return result{err: err}
		}
	}
	return r
}

func load(ctx context.Context, q querier, table, key string, into any) error {
	var body string
	err := q.QueryRowContext(ctx, "SELECT body FROM "+table+" WHERE pair = $1", key).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(body), into)
}

func save(ctx context.Context, q querier, table, key string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (pair, body) VALUES ($1, $2) ON CONFLICT (pair) DO UPDATE SET body = excluded.body", table), key, string(data))
	return err
}

// The checker of TestRaces catches the careless way, and nothing else about it
// but the races.
func TestRacesCatchTheCareless(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			c := newCareless(t, dsn)
			nothing := func(*contest) error { return nil }
			if _, err := race(t, c, 1_000, 1, 1, nothing); err != nil {
				t.Errorf("one after the other: %v", err)
			}
			began := time.Now()
			_, err := race(t, c, 20_000, racers, 1, nothing)
			if err == nil {
				t.Error("two tables and no lock passed")
			}
			t.Logf("caught after %v: %v", time.Since(began).Round(time.Millisecond), err)
		})
	}
}
