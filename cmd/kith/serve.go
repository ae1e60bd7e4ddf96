package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/api"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/web"
)

// serveFlags are what serve is told.
type serveFlags struct {
	addr, db, url  string
	proxies        []string
	insecure       bool
	signUp         string
	mail, mailFrom string
	staging        string
	logJSON        bool
	demo           bool
}

const defaultAddr = "127.0.0.1:7171"

func serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Host a network: members, invitations, connections, messages",
		Long: `Hosts a professional network, from one file and on this machine only unless told
otherwise. While there is no account it prints a link that opens the first one,
once; that account is the operator's.

Whoever lets others in needs https: put a proxy in front, name its address with
--trust-proxy and the address members type with --url. Mails go to any SMTP
server; until one is named, they are written to a folder beside the database.

--demo shows an invented community instead, in a database of its own that is gone
when it stops, to try Kith without anybody's data.

/healthz says whether the program runs, /readyz whether its database answers,
/metrics counts (to this machine only). Ctrl-C stops it when what is under way
is done.`,
		Example: `  kith serve
  kith serve --demo
  kith serve --db postgres://kith@localhost/kith --addr 127.0.0.1:8080 \
      --url https://kith.example --trust-proxy 127.0.0.1 \
      --mail smtp://kith:secret@mail.example:587 --mail-from kith@kith.example`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return serve(ctx, &f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&f.addr, "addr", defaultAddr, "host and port to listen on")
	c.Flags().StringVar(&f.db, "db", "", "a file, or postgres://… (default: kith.db in your data folder)")
	c.Flags().StringVar(&f.url, "url", "", "the address members type, such as https://kith.example")
	c.Flags().StringSliceVar(&f.proxies, "trust-proxy", nil, "addresses of proxies that say who calls")
	c.Flags().BoolVar(&f.insecure, "insecure-http", false, "let others in without https, where they can be overheard")
	c.Flags().StringVar(&f.signUp, "sign-up", "by-invitation", "who may open an account: open, by-invitation, closed")
	c.Flags().StringVar(&f.mail, "mail", "", "where mails go: smtp://user:password@host:port or dir:FOLDER (default: a folder beside the database)")
	c.Flags().StringVar(&f.mailFrom, "mail-from", "kith@localhost", "the address mails come from")
	c.Flags().StringVar(&f.staging, "staging", "", "the folder where uploads wait to be read; programs that share a database share it too (default: beside the database)")
	c.Flags().BoolVar(&f.logJSON, "log-json", false, "write the log as JSON")
	c.Flags().BoolVar(&f.demo, "demo", false, "an invented community to try, gone when it stops; every browser is signed in as one of its members")
	return c
}

// dataFile is the database that is used if none is named: in the folder the
// system has for a user's data.
func dataFile() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "kith", "kith.db"), nil
	}
	if runtime.GOOS == "linux" {
		home, err := os.UserHomeDir()
		return filepath.Join(home, ".local", "share", "kith", "kith.db"), err
	}
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "kith", "kith.db"), err
}

func parseSignUp(s string) (app.SignUp, error) {
	switch s {
	case "open":
		return app.SignUpOpen, nil
	case "by-invitation":
		return app.SignUpByInvitation, nil
	case "closed":
		return app.SignUpClosed, nil
	}
	return 0, &kith.Error{Kind: kith.Invalid, Field: "--sign-up", Msg: "say one of: open, by-invitation, closed"}
}

func newLog(w io.Writer, asJSON bool) *slog.Logger {
	if asJSON {
		return slog.New(withRequest{slog.NewJSONHandler(w, nil)})
	}
	return slog.New(withRequest{slog.NewTextHandler(w, nil)})
}

// How long a client may take, and how long a stop waits for what is under way.
const (
	headerTimeout = 10 * time.Second
	answerTimeout = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 20 * time.Second
	maxHeader     = 64 << 10
)

// serve runs until ctx is over.
func serve(ctx context.Context, f *serveFlags, out, errOut io.Writer) (err error) {
	l, err := listenRules(f.addr, f.url, f.proxies, f.insecure)
	if err != nil {
		return err
	}
	var d *demonstration
	if f.demo {
		if d, err = newDemonstration(ctx, f); errors.Is(err, context.Canceled) {
			return nil // stopped before there was anything to stop
		} else if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, d.remove()) }()
	}
	w := newWatch(newLog(errOut, f.logJSON))
	conf, err := f.config(l, w)
	if err != nil {
		return err
	}
	var loop atomic.Pointer[jobs.Loop] // opening may leave something due before there is one
	conf.Wake = func() {
		if l := loop.Load(); l != nil {
			l.Wake()
		}
	}
	a, err := app.Open(ctx, f.db, conf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	work := jobs.New(a, jobs.Options{Node: node(), Log: w.log, Did: w.did})
	loop.Store(work)
	handler, err := newHandler(a, l, w, conf.SignUp, d)
	if err != nil {
		return err
	}
	socket, err := net.Listen("tcp", f.addr)
	if err != nil {
		return &kith.Error{Kind: kith.Invalid, Field: "--addr", Msg: f.addr + " cannot be listened on; is something else running there?", Err: err}
	}
	if err := greet(ctx, out, a, l, f.db, d); err != nil {
		return errors.Join(err, socket.Close())
	}
	working, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- work.Run(working) }()
	err = answer(ctx, handler, socket)
	stop()
	return errors.Join(err, <-done)
}

// config makes the app's configuration of the flags, and fills in their
// defaults.
func (f *serveFlags) config(l *listening, w *watch) (conf app.Config, err error) {
	if conf.SignUp, err = parseSignUp(f.signUp); err != nil {
		return conf, err
	}
	if f.db == "" {
		if f.db, err = dataFile(); err != nil {
			return conf, err
		}
	}
	data := f.db
	if app.IsPostgres(f.db) {
		if data, err = dataFile(); err != nil {
			return conf, err
		}
	}
	if f.mail == "" {
		f.mail = "dir:" + filepath.Join(filepath.Dir(data), "mail")
	}
	if conf.Staging = f.staging; f.staging == "" && app.IsPostgres(f.db) {
		conf.Staging = filepath.Join(filepath.Dir(data), "staging")
	}
	post, err := jobs.NewPost(f.mail, f.mailFrom)
	if err != nil {
		return conf, err
	}
	conf.URL, conf.Log, conf.Post, conf.Unsafe = l.url.String(), w.log, post, f.demo
	if exe, err := os.Executable(); err == nil {
		conf.PDF = readPDFInChild(exe)
	}
	return conf, nil
}

// node names this process to operators.
func node() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}

// greet says where Kith is, in one address: until there is an account the one at
// which the first is opened, for at any other nobody could do anything.
func greet(ctx context.Context, out io.Writer, a *app.App, l *listening, db string, d *demonstration) error {
	if d != nil {
		_, err := fmt.Fprintf(out, "Kith is at %s; everybody there is invented, and you are %s. It is gone when this stops.\n", l.url, d.Name)
		return err
	}
	secret, needed, err := a.FirstLink(ctx)
	if err != nil {
		return err
	}
	if app.IsPostgres(db) {
		db = "PostgreSQL"
	}
	if !needed {
		_, err = fmt.Fprintf(out, "Kith is at %s (%s)\n", l.url, db)
		return err
	}
	_, err = fmt.Fprintf(out, "Kith runs (%s), and nobody has an account yet. Open the first, yours, here; the link works once:\n\n    %s/welcome?secret=%s\n\n", db, l.url, secret)
	return err
}

// newHandler puts everything that is served together.
func newHandler(a *app.App, l *listening, w *watch, signUp app.SignUp, d *demonstration) (http.Handler, error) {
	mux := http.NewServeMux()
	browsers := a.NewBrowsers(l.secure)
	limits := api.NewLimits(time.Now)
	if err := api.New(a, mux, api.Options{Sessions: browsers, Caller: l.caller, Limits: limits, Log: w.log}); err != nil {
		return nil, err
	}
	if err := web.New(a, mux, web.Options{Browsers: browsers, Log: w.log, Caller: l.caller, Allow: limits.Guess, Missed: limits.Miss, SignUp: signUp, Demo: d.page(l)}); err != nil {
		return nil, err
	}
	if err := w.metrics.Register(newBacklog(a)); err != nil {
		return nil, err
	}
	mux.HandleFunc("GET /healthz", func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, "ok\n") })
	mux.HandleFunc("GET /readyz", func(rw http.ResponseWriter, r *http.Request) {
		if err := a.Ready(r.Context()); err != nil {
			w.log.Error("not ready", "error", err)
			http.Error(rw, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(rw, "ready\n")
	})
	mux.Handle("GET /metrics", w.page())
	inside := w.observe(mux)
	if d != nil {
		inside = d.signIn(a, browsers, l.caller, inside)
	}
	checked, err := sameOrigin(browsers.LoadAndSave(inside), l.url.String())
	if err != nil {
		return nil, err
	}
	return guard(checked, l.secure), nil
}

// answer answers requests until ctx is over, and then those under way.
func answer(ctx context.Context, h http.Handler, socket net.Listener) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(socket) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := s.Shutdown(stopping)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
