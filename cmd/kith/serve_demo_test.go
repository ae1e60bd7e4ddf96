package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/app"
	"kith/internal/demo"
)

// In a demo a browser that opens a page is signed in, once, and nobody is
// otherwise; without --demo nobody ever is.
func TestWhoIsSignedInByADemo(t *testing.T) {
	t.Parallel()
	dsn := filepath.Join(t.TempDir(), "kith.db")
	in, err := demo.Fill(t.Context(), dsn, demo.Options{Members: 300, Now: time.Now(), Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), dsn, app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, d := range []*demonstration{{Login: in}, nil} {
		l, err := listenRules(defaultAddr, "", nil, false)
		if err != nil {
			t.Fatal(err)
		}
		h, err := newHandler(a, l, newWatch(newLog(io.Discard, false)), app.SignUpByInvitation, d)
		if err != nil {
			t.Fatal(err)
		}
		signsIn(t, h, d != nil)
	}
}

// signsIn asks for pages and other things, as browsers without a cookie do.
func signsIn(t *testing.T, h http.Handler, inDemo bool) {
	t.Helper()
	ask := func(method, path, dest string, cookies []*http.Cookie) *http.Response {
		r := httptest.NewRequest(method, "http://127.0.0.1:7171"+path, nil)
		if dest != "" {
			r.Header.Set("Sec-Fetch-Dest", dest)
		}
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	for _, c := range []struct {
		method, path, dest string
		cookie             bool // is given in a demo
		status             int  // 0: of no interest
	}{
		{"GET", "/", "", true, 0},
		{"GET", "/settings", "document", true, 0},
		{"GET", "/", "image", false, http.StatusSeeOther},
		{"POST", "/sign-out", "", false, 0},
		{"GET", "/sign-in", "document", false, http.StatusOK},
		{"GET", "/readyz", "", false, http.StatusOK},
		{"GET", "/api/v1/inbox", "", false, http.StatusUnauthorized},
	} {
		answer := ask(c.method, c.path, c.dest, nil)
		cookies := answer.Cookies()
		given := slices.ContainsFunc(cookies, func(c *http.Cookie) bool { return c.Value != "" })
		if given != (c.cookie && inDemo) || c.status != 0 && answer.StatusCode != c.status {
			t.Errorf("demo %v: %s %s for %q: status %d, cookies %v", inDemo, c.method, c.path, c.dest, answer.StatusCode, cookies)
		}
		if !c.cookie || !inDemo {
			continue
		}
		if again := ask("GET", "/", "", cookies); again.StatusCode != http.StatusOK || len(again.Cookies()) > 0 {
			t.Errorf("with the cookie of %s: status %d, cookies %v", c.path, again.StatusCode, again.Cookies())
		}
	}
}

func TestADemoHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, f := range []serveFlags{{db: "kith.db"}, {mail: "dir:mail"}, {staging: "staging"}} {
		if _, err := newDemonstration(t.Context(), &f); err == nil || !strings.Contains(err.Error(), "leave out") {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestWhenADemoIsShared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		addr, url string
		shared    bool
	}{
		{defaultAddr, "", false}, {defaultAddr, "http://localhost:8080", false}, {defaultAddr, "https://kith.example", true}, {"0.0.0.0:7171", "", true},
	} {
		l, err := listenRules(c.addr, c.url, nil, true)
		if err != nil {
			t.Fatal(err)
		}
		if page := (&demonstration{}).page(l); page.Shared != c.shared {
			t.Errorf("%s %s: shared is %v", c.addr, c.url, page.Shared)
		}
	}
	if page := (*demonstration)(nil).page(&listening{}); page != nil {
		t.Error("pages speak of a demo where there is none")
	}
}

// Everything lies in one folder nobody else may open, and is gone at the end,
// however it ends.
func TestADemoLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := newDemonstration(ctx, &serveFlags{}); err == nil {
		t.Error("a demo is filled though it was stopped")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
