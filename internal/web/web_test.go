package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/jobs"
	"kith/internal/store/storetest"
)

// visitor is a browser without JavaScript at a Kith on a real database.
type visitor struct {
	t      testing.TB
	app    *app.App
	loop   *jobs.Loop
	site   *site
	server *httptest.Server
	client *http.Client
	mu     sync.Mutex
	mail   []app.Letter
	ran    atomic.Int64 // statements so far
	ahead  atomic.Int64 // how far the time here is ahead, nanoseconds

	refuses atomic.Bool // mail: there is no such mailbox
}

// pass lets time pass.
func (v *visitor) pass(d time.Duration) { v.ahead.Add(int64(d)) }

func eachVisitor(t *testing.T, signUp app.SignUp, test func(t *testing.T, v *visitor)) {
	t.Helper()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			test(t, newVisitor(t, dsn.Make(t), signUp))
		})
	}
}

func newVisitor(t testing.TB, dsn string, signUp app.SignUp) *visitor {
	t.Helper()
	return newVisitorAt(t, dsn, signUp, httptest.NewUnstartedServer(nil), "https://kith.example")
}

// newVisitorAt is newVisitor with a server that has not begun, and the address
// members know.
func newVisitorAt(t testing.TB, dsn string, signUp app.SignUp, server *httptest.Server, url string) *visitor {
	t.Helper()
	v := &visitor{t: t, server: server}
	var err error
	v.app, err = app.Open(t.Context(), dsn, app.Config{URL: url, SignUp: signUp,
		Clock: func(now time.Time) time.Time { return now.Add(time.Duration(v.ahead.Load())) }, Ran: func(string) { v.ran.Add(1) }, Post: func(_ context.Context, l app.Letter) error {
			if v.refuses.Load() {
				return app.ErrNoMailbox
			}
			v.mu.Lock()
			defer v.mu.Unlock()
			v.mail = append(v.mail, l)
			return nil
		}})
	v.must(err)
	v.loop = jobs.New(v.app, jobs.Options{})
	mux := http.NewServeMux()
	browsers := v.app.NewBrowsers(false)
	v.site, err = newSite(v.app, mux, Options{Browsers: browsers, Caller: func(r *http.Request) string { return r.RemoteAddr }, SignUp: signUp})
	v.must(err)
	mux.HandleFunc("GET /api/v1/photos/{member}/{hash}/{size}", v.photo)
	v.server.Config.Handler = browsers.LoadAndSave(mux)
	v.server.Start()
	t.Cleanup(func() {
		v.server.Close()
		v.must(v.app.Close())
	})
	v.fresh()
	return v
}

// fresh forgets the cookies.
func (v *visitor) fresh() {
	jar, err := cookiejar.New(nil)
	v.must(err)
	v.client = &http.Client{Jar: jar}
}

func (v *visitor) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

func (v *visitor) get(path string) (int, string) {
	v.t.Helper()
	res, err := v.client.Get(v.server.URL + path)
	v.must(err)
	return v.read(res)
}

func (v *visitor) post(path string, fields ...string) (int, string) {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	res, err := v.client.PostForm(v.server.URL+path, form)
	v.must(err)
	return v.read(res)
}

func (v *visitor) read(res *http.Response) (int, string) {
	v.t.Helper()
	data, err := io.ReadAll(res.Body)
	v.must(err)
	v.must(res.Body.Close())
	return res.StatusCode, string(data)
}

// wants fails unless a page has a status and says something.
func (v *visitor) wants(status int, says string, got int, page string) {
	v.t.Helper()
	if got != status || !strings.Contains(page, says) {
		v.t.Fatalf("%d without %q: %d\n%s", status, says, got, page)
	}
}

var secretInMail = regexp.MustCompile(`secret=([0-9A-Za-z_-]+)`)

// secret gives the secret of the newest letter.
func (v *visitor) secret() string {
	v.t.Helper()
	v.must(v.loop.Drain(v.t.Context()))
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.mail) == 0 {
		v.t.Fatal("no letter came")
	}
	m := secretInMail.FindStringSubmatch(v.mail[len(v.mail)-1].Text)
	if m == nil {
		v.t.Fatalf("no secret in %q", v.mail[len(v.mail)-1].Text)
	}
	return m[1]
}

const (
	goodPassword  = "the gauges froze in march"
	otherPassword = "nobody asked about the ice"
)

// first opens the first account, and skips the question that comes next.
func (v *visitor) first() {
	v.t.Helper()
	v.welcomed()
	got, page := v.post("/goals", "skip", "1")
	v.wants(200, "Mara Quillon", got, page)
}

// welcomed opens the first account.
func (v *visitor) welcomed() {
	v.t.Helper()
	secret, _, err := v.app.FirstLink(v.t.Context())
	v.must(err)
	got, page := v.post("/welcome", "secret", secret, "name", "Mara Quillon", "email", "mara@quillon.example", "password", goodPassword)
	v.wants(200, "Mara Quillon", got, page)
}

func TestTheFirstAccountIsSignedIn(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpClosed, func(t *testing.T, v *visitor) {
		got, page := v.get("/")
		v.wants(200, "Sign in", got, page)
		got, page = v.post("/welcome", "secret", "guessed", "name", "Eve", "email", "eve@mail.example", "password", goodPassword)
		v.wants(422, "does not open the first account", got, page)
		v.first()
		got, page = v.get("/settings")
		v.wants(200, "mara@quillon.example", got, page)
		got, page = v.post("/sign-out")
		v.wants(200, "Sign in", got, page)
		got, page = v.post("/sign-in", "email", "mara@quillon.example", "password", "wrong wrong wrong")
		v.wants(401, "The address or the password is wrong", got, page)
		if strings.Contains(page, "wrong wrong") {
			t.Error("a password is shown again")
		}
		got, page = v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		v.wants(200, "Mara Quillon", got, page)
	})
}

func TestSignUpAndResetGoThroughTheMail(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		v.fresh()
		got, page := v.post("/sign-up", "name", "Bo Lindqvist", "email", "bo@lind.example", "password", goodPassword)
		v.wants(200, "Look at your mail", got, page)
		secret := v.secret()
		got, page = v.get("/verify?secret=" + secret)
		v.wants(200, "Confirm your address", got, page)
		got, page = v.post("/verify", "secret", secret, "password", goodPassword)
		v.wants(200, "confirmed", got, page)
		got, page = v.post("/forgot", "email", "bo@lind.example")
		v.wants(200, "Look at your mail", got, page)
		secret = v.secret()
		got, page = v.post("/reset", "secret", secret, "password", otherPassword)
		v.wants(200, "changed", got, page)
		got, page = v.post("/reset", "secret", secret, "password", goodPassword)
		v.wants(422, "was used or is too old", got, page)
		got, page = v.post("/sign-in", "email", "bo@lind.example", "password", otherPassword)
		v.wants(200, "Bo Lindqvist", got, page)
	})
}

// What is written on a page is text, whatever it looks like, and the policy
// sent with every page allows nothing that stands in it.
func TestPagesAreSafe(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	evil := `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	for _, path := range []string{"/sign-up", "/welcome", "/sign-in", "/reset", "/verify"} {
		_, page := v.post(path, "name", evil, "email", evil, "code", evil, "secret", evil, "password", goodPassword)
		if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
			t.Errorf("%s shows markup: %s", path, page)
		}
	}
	res, err := v.client.Get(v.server.URL + "/sign-in")
	v.must(err)
	v.must(res.Body.Close())
	policy := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

// Looking at a form reads no body, whatever comes with it: a form of files would
// be written to disk by nobody's leave.
func TestALookLeavesNothingBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	file := "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" + strings.Repeat("a", 40<<20) + "\r\n--x--\r\n"
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		r, err := http.NewRequest(method, v.server.URL+"/sign-in", strings.NewReader(file))
		v.must(err)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		if res, err := v.client.Do(r); err == nil { // or the connection is cut
			_, _ = v.read(res)
		}
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	v.must(err)
	for _, f := range left {
		if strings.HasPrefix(f.Name(), "multipart") {
			t.Errorf("%s stays", f.Name())
		}
	}
}

// photo serves photos in the API's place, as members see their own.
func (v *visitor) photo(w http.ResponseWriter, r *http.Request) {
	who := app.Actor{ID: kith.MemberID(r.PathValue("member")), Scopes: app.AllScopes(app.Ordinary)}
	size, err := strconv.Atoi(r.PathValue("size"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	data, err := v.app.Photo(r.Context(), who, who.ID, r.PathValue("hash"), size)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_, _ = w.Write(data)
}
