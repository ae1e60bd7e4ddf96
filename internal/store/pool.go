package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"
)

// pool hands out connections, each with its own prepared statements. The pool
// of database/sql beneath it opens and closes them: preparing there while every
// connection is in a transaction would wait for ever.
type pool struct {
	db   *sql.DB
	lang *dialect
	room chan struct{} // has one for each connection that nobody uses
	mu   sync.Mutex
	idle []*conn // those of them that are open, the last used last
	ran  func(string)
}

// conn is one connection. It is used by one transaction at a time.
type conn struct {
	*sql.Conn
	stmts map[sqlText]*sql.Stmt
}

func newPool(db *sql.DB, size int, lang *dialect, ran func(string)) *pool {
	p := &pool{db: db, lang: lang, room: make(chan struct{}, size), ran: ran}
	if ran == nil {
		p.ran = func(string) {}
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	for range size {
		p.room <- struct{}{}
	}
	return p
}

// take waits for a connection and opens it if need be. The one used last is
// taken first: it has its statements prepared, and its pages at hand.
func (p *pool) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil { // it would only break a connection
		return nil, err
	}
	select {
	case <-p.room:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c := p.last(); c != nil {
		return c, nil
	}
	raw, err := p.db.Conn(ctx)
	if err != nil {
		p.room <- struct{}{}
		return nil, err
	}
	return &conn{raw, map[sqlText]*sql.Stmt{}}, nil
}

// last takes the open connection used last; nil if none is open.
func (p *pool) last() *conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.idle) - 1
	if n < 0 {
		return nil
	}
	c := p.idle[n]
	p.idle = p.idle[:n]
	return c
}

// begin takes a connection and begins a transaction on it. One that broke while
// nobody used it, as all do when a PostgreSQL starts again, is replaced.
func (p *pool) begin(ctx context.Context, text string) (*conn, error) {
	for {
		c, err := p.take(ctx)
		if err != nil {
			return nil, err
		}
		if _, err = c.ExecContext(ctx, text); err == nil {
			return c, nil
		}
		again := c.used() && !passing(err) && ctx.Err() == nil
		if err = errors.Join(err, p.put(c, true)); !again {
			return nil, err
		}
	}
}

// used reports whether a connection has served before, and so may have broken
// since.
func (c *conn) used() bool { return len(c.stmts) > 0 }

// put gives a connection back; a broken one is closed, and the next to take
// its place opens another.
func (p *pool) put(c *conn, broken bool) (err error) {
	if broken {
		err = p.discard(c)
	} else {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	}
	p.room <- struct{}{}
	return err
}

// discard closes a connection, whatever is under way on it. Closing it as
// database/sql does would only hand it back, with its open transaction, to be
// used again; and SQLite keeps a connection for as long as it has statements.
func (p *pool) discard(c *conn) error {
	if p.lang.name == sqlite.name {
		for _, s := range c.stmts {
			_ = s.Close() // it tells once more how its last run failed
		}
	}
	err := c.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) { // it is, or was when it broke
		return nil
	}
	return err
}

// close waits for all connections and closes them.
func (p *pool) close() error {
	var errs []error
	for range cap(p.room) {
		<-p.room
	}
	for c := p.last(); c != nil; c = p.last() {
		errs = append(errs, p.discard(c))
	}
	return errors.Join(append(errs, p.db.Close())...)
}

// prepare gives a connection's statement for a text, to be run once.
func (p *pool) prepare(ctx context.Context, c *conn, text sqlText) (*sql.Stmt, error) {
	p.ran(string(text))
	if s := c.stmts[text]; s != nil {
		return s, nil
	}
	s, err := c.PrepareContext(ctx, p.lang.text(text))
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", text, err)
	}
	c.stmts[text] = s
	return s, nil
}
