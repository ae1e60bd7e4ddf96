package rig

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"kith/internal/api"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/web"
)

// serve is the word by which a benchmark's program is told to be the server.
const serve = "serve"

// Serving reports whether this process is to be a server, as Start starts it,
// and if so serves until it is interrupted.
func Serving() (bool, error) {
	if len(os.Args) != 3 || os.Args[1] != serve {
		return false, nil
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return true, run(ctx, os.Stdout, os.Args[2])
}

// run serves a database on a free port of this machine as kith serve does: API,
// pages, duties. It writes the port when it listens.
func run(ctx context.Context, out io.Writer, dsn string) (err error) {
	a, err := app.Open(ctx, dsn, app.Config{URL: "http://127.0.0.1"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	h, err := handler(a)
	if err != nil {
		return err
	}
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, socket.Addr()); err != nil {
		return err
	}
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = s.Close() }) // ends Serve, whose error says so
	done := make(chan error, 1)
	go func() { done <- jobs.New(a, jobs.Options{}).Run(ctx) }()
	if err := s.Serve(socket); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-done
}

// handler puts together what kith serve serves. One caller asks more often than
// the limits allow, so their clock runs a second ahead with every request: they
// count as always and never refuse.
func handler(a *app.App) (http.Handler, error) {
	mux, browsers := http.NewServeMux(), a.NewBrowsers(false)
	var ahead atomic.Int64
	begun := time.Now()
	clock := func() time.Time { return begun.Add(time.Duration(ahead.Add(1)) * time.Second) }
	if err := api.New(a, mux, api.Options{Sessions: browsers, Clock: clock}); err != nil {
		return nil, err
	}
	if err := web.New(a, mux, web.Options{Browsers: browsers, Caller: func(r *http.Request) string { return r.RemoteAddr }}); err != nil {
		return nil, err
	}
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := a.Ready(r.Context()); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
		}
	})
	return browsers.LoadAndSave(mux), nil
}

// Server is a Kith in a process of its own.
type Server struct {
	Addr string
	// Ready is how long it took from its start to its first answer.
	Ready time.Duration
	cmd   *exec.Cmd
}

// Start starts this program again as the server of a database. Its main calls
// Serving first.
func Start(ctx context.Context, dsn string) (*Server, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &Server{cmd: exec.CommandContext(ctx, exe, serve, dsn)}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	s.Addr = strings.TrimSpace(line)
	answer, err := http.Get("http://" + s.Addr + "/readyz")
	if err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	s.Ready = time.Since(begun)
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("/readyz answers %s", answer.Status), err, s.Stop())
	}
	return s, nil
}

// Stop stops it.
func (s *Server) Stop() error {
	return errors.Join(s.cmd.Process.Signal(os.Interrupt), s.cmd.Wait())
}

// Memory gives the memory it has in use now, and the most it had, in bytes.
func (s *Server) Memory() (now, most int64, err error) { return Memory(s.cmd.Process.Pid) }

// Memory gives the memory a process has in use now, and the most it had, in
// bytes, as Linux counts it.
func Memory(pid int) (now, most int64, err error) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, 0, err
	}
	for line := range bytes.Lines(data) {
		var to *int64
		switch name, _, _ := bytes.Cut(line, []byte(":")); string(name) {
		case "VmRSS":
			to = &now
		case "VmHWM":
			to = &most
		default:
			continue
		}
		n, err := strconv.ParseInt(string(bytes.Fields(line)[1]), 10, 64)
		if err != nil {
			return 0, 0, err
		}
		*to = n << 10
	}
	return now, most, nil
}
