package rig

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx

	"kith"
	"kith/internal/app"
	"kith/internal/store"
)

// Database is a kind of database a benchmark runs on.
type Database struct {
	Name   string
	server string // of PostgreSQL
}

// Databases are SQLite and, if scripts/postgres started one, PostgreSQL.
func Databases() []Database {
	all := []Database{{Name: "SQLite"}}
	if server := os.Getenv("KITH_TEST_POSTGRES"); server != "" {
		all = append(all, Database{"PostgreSQL", server})
	}
	return all
}

// Make makes an empty database, a SQLite file in dir, and gives its address and
// what removes it.
func (d Database) Make(ctx context.Context, dir string) (dsn string, remove func() error, err error) {
	name := "b_" + uuid.NewString()
	if d.server == "" {
		own := filepath.Join(dir, name)
		return filepath.Join(own, "kith.db"), func() error { return os.RemoveAll(own) }, os.Mkdir(own, 0o700)
	}
	u, err := url.Parse(d.server)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	remove = func() error {
		return d.command(context.WithoutCancel(ctx), `DROP DATABASE "`+name+`" WITH (FORCE)`)
	}
	return u.String(), remove, d.command(ctx, `CREATE DATABASE "`+name+`"`)
}

func (d Database) command(ctx context.Context, text string) error {
	db, err := sql.Open("pgx", d.server)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, text)
	return errors.Join(err, db.Close())
}

// Members opens accounts in a database.
func Members(ctx context.Context, dsn string, n int) (out []kith.MemberID, err error) {
	db, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		out = nil
		for range n {
			id := kith.MemberID(tx.NewID())
			if err := tx.AddMember(&store.Member{ID: id, Name: "Member", Email: string(id) + "@mail.example", CreatedAt: now, VerifiedAt: now}); err != nil {
				return err
			}
			out = append(out, id)
		}
		return nil
	})
	return out, err
}

// Session is a member as a browser that is signed in.
func Session(id kith.MemberID) app.Actor {
	return app.Actor{ID: id, Scopes: app.AllScopes(app.Ordinary)}
}

// Token makes a token of a member's that may read, and nothing else.
func Token(ctx context.Context, a *app.App, id kith.MemberID) (string, error) {
	who, err := a.As(ctx, a.Console(), id)
	if err != nil {
		return "", err
	}
	_, secret, err := a.CreateToken(ctx, who, app.TokenForm{Name: "bench", Scopes: app.ScopeRead})
	return secret, err
}
