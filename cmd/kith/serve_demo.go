package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/demo"
	"kith/internal/web"
)

// demonstration is a network for trying Kith out: an invented community in a
// database of its own, in which every browser is one of its members.
type demonstration struct {
	demo.Login
	dir string
}

// newDemonstration fills a database in a folder only this user may open, and
// lets the flags point to it. Letters go to that folder too.
func newDemonstration(ctx context.Context, f *serveFlags) (d *demonstration, err error) {
	if f.db != "" || f.mail != "" || f.staging != "" {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "--demo", Msg: "a demo has a database and letters of its own; leave out --db, --mail and --staging"}
	}
	d = &demonstration{}
	if d.dir, err = os.MkdirTemp("", "kith-demo-"); err != nil {
		return nil, err
	}
	f.db = filepath.Join(d.dir, "kith.db")
	if d.Login, err = demo.Fill(ctx, f.db, demo.Options{Now: time.Now(), Dir: d.dir}); err != nil {
		return nil, errors.Join(err, d.remove())
	}
	return d, nil
}

// remove removes everything.
func (d *demonstration) remove() error { return os.RemoveAll(d.dir) }

// page is what pages say of it; of no demo nothing.
func (d *demonstration) page(l *listening) *web.Demo {
	if d == nil {
		return nil
	}
	return &web.Demo{Name: d.Name, Shared: !l.alone()}
}

// signIn signs every browser in that opens a page and is not, by the member's
// password.
func (d *demonstration) signIn(a *app.App, browsers *app.Browsers, caller func(*http.Request) string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if opensPage(r) {
			if err := d.begin(r, a, browsers, caller(r)); err != nil {
				http.Error(rw, "the demo cannot sign you in; reload the page", http.StatusServiceUnavailable)
				return
			}
		}
		next.ServeHTTP(rw, r)
	})
}

func (d *demonstration) begin(r *http.Request, a *app.App, browsers *app.Browsers, caller string) error {
	who, err := browsers.Actor(r.Context())
	if err != nil || who.ID != "" {
		return err
	}
	s, err := a.SignIn(r.Context(), d.Email, d.Password, app.Visit{Agent: r.UserAgent(), Caller: caller})
	if err != nil {
		return err
	}
	return browsers.Begin(r.Context(), &s)
}

// notPages are the beginnings of paths where nobody is signed in: what programs
// ask for, and the page one sees after signing out.
var notPages = []string{"/api/", "/static/", "/healthz", "/readyz", "/metrics", "/sign-in"}

// opensPage reports whether a request is a browser's for a page.
func opensPage(r *http.Request) bool {
	dest := r.Header.Get("Sec-Fetch-Dest")
	return r.Method == http.MethodGet && (dest == "" || dest == "document") &&
		!slices.ContainsFunc(notPages, func(p string) bool { return strings.HasPrefix(r.URL.Path, p) })
}
