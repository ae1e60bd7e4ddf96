package store

import (
	"context"
	"database/sql"
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

// put gives a connection back; a broken one is closed, and the next to take
// its place opens another.
func (p *pool) put(c *conn, broken bool) (err error) {
	if broken {
		err = c.Close()
	} else {
		p.mu.Lock()
		p.idle = append(p.idle, c)
		p.mu.Unlock()
	}
	p.room <- struct{}{}
	return err
}

// close waits for all connections and closes them.
func (p *pool) close() error {
	var errs []error
	for range cap(p.room) {
		<-p.room
	}
	for c := p.last(); c != nil; c = p.last() {
		errs = append(errs, c.Close())
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
