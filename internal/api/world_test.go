package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// world is a Kith served over HTTP from a real database, whose time a test
// moves. Members act through sessions the test opens for them.
type world struct {
	t       testing.TB
	app     *app.App
	db      *store.DB // the same database, for what a test arranges
	server  *httptest.Server
	loop    *jobs.Loop
	ahead   atomic.Int64
	ids     atomic.Int64
	mu      sync.Mutex
	session map[string]app.Actor
}

var beginning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// eachWorld runs a test in an empty world on every database.
func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, dsn.Make(t), app.Config{SignUp: app.SignUpOpen}))
		})
	}
}

func newWorld(t testing.TB, dsn string, conf app.Config) *world {
	t.Helper()
	w := &world{t: t, session: map[string]app.Actor{}}
	conf.URL = "https://kith.example"
	conf.Clock = func(time.Time) time.Time { return w.now() }
	conf.NewID = w.newID
	var err error
	if w.app, err = app.Open(t.Context(), dsn, conf); err != nil {
		t.Fatal(err)
	}
	w.db = storetest.Open(t, dsn, store.Options{Clock: conf.Clock, NewID: conf.NewID})
	mux := http.NewServeMux()
	w.must(New(w.app, mux, Options{Clock: w.now, Session: w.actor}))
	w.server = httptest.NewServer(mux)
	w.loop = jobs.New(w.app, jobs.Options{})
	t.Cleanup(func() {
		w.server.Close()
		if err := w.app.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) now() time.Time {
	return beginning.Add(time.Duration(w.ahead.Load()) * time.Microsecond)
}

// pass lets time pass and does what fell due.
func (w *world) pass(d time.Duration) {
	w.ahead.Add(d.Microseconds())
	w.drain()
}

// rewind sets the time back to the beginning: for members who come after it.
func (w *world) rewind() { w.ahead.Store(0) }

// drain does what is due now.
func (w *world) drain() {
	w.t.Helper()
	w.must(w.loop.Drain(context.Background()))
}

func (w *world) newID() string {
	n := strconv.FormatInt(w.ids.Add(1), 16)
	return "00000000-0000-7000-8000-" + "000000000000"[len(n):] + n
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// actor finds the member of a session: it stands in a cookie, as in a browser.
func (w *world) actor(r *http.Request) (app.Actor, error) {
	c, err := r.Cookie("kith")
	if err != nil {
		return app.Actor{}, nil
	}
	w.mu.Lock()
	who := w.session[c.Value]
	w.mu.Unlock()
	if strings.HasPrefix(who.Credential, "only ") { // less than a session
		return who, nil
	}
	return w.app.SessionActor(r.Context(), who.ID, who.Credential)
}

// member opens an account and signs in.
func (w *world) member(name string) *caller { return w.memberAs(name, app.Ordinary) }

func (w *world) memberAs(name string, role app.Role) *caller {
	w.t.Helper()
	c := w.account(name, role)
	c.signIn()
	return c
}

// account opens an account.
func (w *world) account(name string, role app.Role) *caller {
	w.t.Helper()
	id := kith.MemberID(w.newID())
	m := store.Member{ID: id, Name: name, Role: role, Email: string(id) + "@mail.example", CreatedAt: w.now(), VerifiedAt: w.now()}
	w.must(w.db.Write(context.Background(), func(tx *store.Tx) error { return tx.AddMember(&m) }))
	return &caller{w: w, id: string(id)}
}

// signIn gives a member a new session.
func (c *caller) signIn() {
	c.w.t.Helper()
	s := store.Session{Owner: kith.MemberID(c.id), ID: c.w.newID(), Device: "test", CreatedAt: c.w.now(), SeenAt: c.w.now()}
	c.w.must(c.w.db.Write(context.Background(), func(tx *store.Tx) error { return tx.AddSession(&s) }))
	c.cookie = c.w.keep(app.Actor{ID: s.Owner, Credential: s.ID})
}

// only gives a member a credential that is less than a session.
func (c *caller) only(role app.Role, scopes app.Scopes) *caller {
	return &caller{w: c.w, id: c.id, cookie: c.w.keep(app.Actor{ID: kith.MemberID(c.id), Role: role, Scopes: scopes, Credential: "only " + scopes.String()})}
}

// leave closes the account, as somebody who has just signed in may.
func (c *caller) leave() {
	c.w.t.Helper()
	again := *c
	again.signIn()
	again.post("/leave", map[string]any{}, nil)
	c.w.drain()
}

func (w *world) keep(who app.Actor) (cookie string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := strconv.Itoa(len(w.session))
	w.session[name] = who
	return "kith=" + name
}

// caller is somebody who sends requests.
type caller struct {
	w      *world
	id     string
	cookie string
	token  string
	key    string // of idempotency
}

// answer is what came back, whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request; in is sent as JSON unless it is nil.
func (c *caller) do(method, path string, in any) answer {
	c.w.t.Helper()
	if in == nil {
		return c.send(method, path, nil)
	}
	data, err := json.Marshal(in)
	c.w.must(err)
	return c.send(method, path, data)
}

// send sends a request with a body as it is.
func (c *caller) send(method, path string, body []byte) answer {
	c.w.t.Helper()
	r, err := http.NewRequest(method, c.w.server.URL+Prefix+path, bytes.NewReader(body))
	c.w.must(err)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.key != "" {
		r.Header.Set("Idempotency-Key", c.key)
	}
	res, err := c.w.server.Client().Do(r)
	c.w.must(err)
	data, err := io.ReadAll(res.Body)
	c.w.must(err)
	c.w.must(res.Body.Close())
	return answer{res.StatusCode, res.Header, data}
}

// get reads one JSON answer, which must be a success.
func (c *caller) get(path string, out any) {
	c.w.t.Helper()
	a := c.do(http.MethodGet, path, nil)
	if a.status != http.StatusOK {
		c.w.t.Fatalf("GET %s: %d %s", path, a.status, a.body)
	}
	c.w.must(json.Unmarshal(a.body, out))
}

// post does one act, which must succeed.
func (c *caller) post(path string, in, out any) {
	c.w.t.Helper()
	a := c.do(http.MethodPost, path, in)
	if a.status >= 300 {
		c.w.t.Fatalf("POST %s: %d %s", path, a.status, a.body)
	}
	if out != nil {
		c.w.must(json.Unmarshal(a.body, out))
	}
}

// String gives an answer as it is compared: status, headers in their order,
// body. The date is the machine's and says nothing.
func (a answer) String() string {
	h := a.header.Clone()
	h.Del("Date")
	var b strings.Builder
	b.WriteString(strconv.Itoa(a.status) + "\n")
	if err := h.Write(&b); err != nil {
		return err.Error()
	}
	b.Write(a.body)
	return b.String()
}
