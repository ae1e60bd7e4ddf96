package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// pool hands out connections, each with its own prepared statements. The pool
// of database/sql beneath it opens and closes them: preparing there while every
// connection is in a transaction would wait for ever.
type pool struct {
	db    *sql.DB
	words *strings.Replacer
	idle  chan *conn // as many as there may be connections; unopened ones are empty
}

// conn is one connection. It is used by one transaction at a time.
type conn struct {
	*sql.Conn
	stmts map[sqlText]*sql.Stmt
}

func newPool(db *sql.DB, size int, words *strings.Replacer) *pool {
	p := &pool{db: db, words: words, idle: make(chan *conn, size)}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	for range size {
		p.idle <- &conn{}
	}
	return p
}

// take waits for a connection and opens it if need be.
func (p *pool) take(ctx context.Context) (*conn, error) {
	select {
	case c := <-p.idle:
		if c.Conn != nil {
			return c, nil
		}
		raw, err := p.db.Conn(ctx)
		if err != nil {
			p.idle <- c
			return nil, err
		}
		return &conn{raw, map[sqlText]*sql.Stmt{}}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// put gives a connection back; a broken one is closed, and the next to take
// its place opens another.
func (p *pool) put(c *conn, broken bool) error {
	if !broken {
		p.idle <- c
		return nil
	}
	err := c.Close()
	p.idle <- &conn{}
	return err
}

// close waits for all connections and closes them.
func (p *pool) close() error {
	var errs []error
	for range cap(p.idle) {
		if c := <-p.idle; c.Conn != nil {
			errs = append(errs, c.Close())
		}
	}
	return errors.Join(append(errs, p.db.Close())...)
}

// prepare gives a connection's statement for a text.
func (p *pool) prepare(ctx context.Context, c *conn, text sqlText) (*sql.Stmt, error) {
	if s := c.stmts[text]; s != nil {
		return s, nil
	}
	s, err := c.PrepareContext(ctx, p.words.Replace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", text, err)
	}
	c.stmts[text] = s
	return s, nil
}
