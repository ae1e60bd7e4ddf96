package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"kith"
	"kith/internal/store"
	"kith/triage"
	"kith/triage/signals"
)

// Config is how a Kith is run.
type Config struct {
	// URL is where members reach it ("https://kith.example"), for links in
	// mails. Nothing a request says is ever used for that.
	URL string
	// SignUp says who may open an account.
	SignUp SignUp
	// Judge decides; nil is the built-in model.
	Judge *triage.Judge
	// Clock and NewID are for tests: see store.Options.
	Clock func(time.Time) time.Time
	NewID func() string
	// Log gets what an operator should know. It never holds personal data; nil
	// drops it.
	Log *slog.Logger
	// Post hands a letter to a mail server; it returns when the server has taken
	// it, and ErrNoMailbox if it never will. An error's text holds no address.
	// nil: no letter is sent.
	Post func(context.Context, Letter) error
	// Staging is the folder where uploaded files wait to be read; empty is one
	// beside the database. Nodes that share a database share it too.
	Staging string
	// PDF reads a profile PDF, in a process of its own (see intake.Options); nil
	// leaves PDFs unread, and the import's report says so.
	PDF func(context.Context, io.Reader) (kith.Profile, error)
	// Unsafe is for a database nobody would miss, Ran for counting statements: see
	// store.Options.
	Unsafe bool
	Ran    func(statement string)
	// Wake is called after a transaction that made something due at once; it
	// must not block. nil is fine: whoever runs duties looks by itself.
	Wake func()
}

// SignUp says who may open an account.
type SignUp uint8

// The ways of signing up. The first account of a database needs the one-time
// link in any case.
const (
	SignUpByInvitation SignUp = iota // with a code a member or an operator gave
	SignUpOpen
	SignUpClosed
)

// IsPostgres reports whether dsn is the address of a PostgreSQL database rather
// than a file.
func IsPostgres(dsn string) bool { return store.IsPostgres(dsn) }

// App is a running Kith. It is safe for concurrent use.
type App struct {
	db    *store.DB
	conf  Config
	judge *triage.Judge
	log   *slog.Logger
	doors *doors
	// opening keeps photos from being opened beside each other: each may take
	// maxOpen of memory.
	opening sync.Mutex
}

// Open opens the database at dsn, a file or a postgres:// address, and brings
// it up to date.
func Open(ctx context.Context, dsn string, conf Config) (*App, error) {
	if conf.Judge == nil {
		judge, err := signals.Judge()
		if err != nil {
			return nil, err
		}
		conf.Judge = judge
	}
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	if conf.Staging == "" {
		conf.Staging = stagingBeside(dsn)
	}
	db, err := store.Open(ctx, dsn, store.Options{Clock: conf.Clock, NewID: conf.NewID, Unsafe: conf.Unsafe, Ran: conf.Ran})
	if err != nil {
		return nil, err
	}
	a := &App{db: db, conf: conf, judge: conf.Judge, log: conf.Log}
	a.doors = newDoors(a.now)
	if err := a.catchUp(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// Close ends it, after the verbs that are under way.
func (a *App) Close() error { return a.db.Close() }

// Ready reports whether the database answers.
func (a *App) Ready(ctx context.Context) error { return a.db.Ping(ctx) }

// openTx is the key under which a context carries its open transaction.
type openTx struct{}

// write runs fn in a transaction that commits if fn returns nil, or in the one
// that is open already. fn may be run more than once: see store.DB.Write.
func (a *App) write(ctx context.Context, fn func(ctx context.Context, tx *store.Tx) error) error {
	if tx, ok := ctx.Value(openTx{}).(*store.Tx); ok {
		return fn(ctx, tx)
	}
	urgent, erased := false, []kith.MemberID(nil)
	err := a.db.Write(ctx, func(tx *store.Tx) error {
		if err := fn(context.WithValue(ctx, openTx{}, tx), tx); err != nil {
			return err
		}
		err := a.owe(tx)
		urgent, erased = tx.Urgent(), tx.Swept()
		return err
	})
	if err != nil {
		return err
	}
	a.unstage(ctx, erased)
	if urgent && a.conf.Wake != nil {
		a.conf.Wake()
	}
	return nil
}

// read runs fn in a transaction that sees one state of everything, or in the
// one that is open already.
func (a *App) read(ctx context.Context, fn func(tx *store.Tx) error) error {
	if tx, ok := ctx.Value(openTx{}).(*store.Tx); ok {
		return fn(tx)
	}
	return a.db.Read(ctx, fn)
}

func invalid(field, msg string) error {
	return &kith.Error{Kind: kith.Invalid, Field: field, Msg: msg}
}

func conflict(msg string) error { return &kith.Error{Kind: kith.Conflict, Msg: msg} }
