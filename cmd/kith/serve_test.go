package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith/internal/app"
)

func TestWhereAKithMayListen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		addr, url string
		insecure  bool
		want      string // the address members type
		refused   string // or why not
	}{
		{addr: "127.0.0.1:7171", want: "http://127.0.0.1:7171"},
		{addr: "localhost:80", want: "http://localhost:80"},
		{addr: "[::1]:7171", want: "http://[::1]:7171"},
		{addr: "0.0.0.0:80", refused: "https"},
		{addr: ":80", refused: "https"},
		{addr: "kith.example:80", refused: "https"},
		{addr: "0.0.0.0:80", insecure: true, want: "http://0.0.0.0:80"},
		{addr: "0.0.0.0:80", url: "https://kith.example", want: "https://kith.example"},
		{addr: "127.0.0.1:80", url: "https://kith.example/", want: "https://kith.example"},
		{addr: "127.0.0.1:80", url: "http://kith.example", refused: "--url"},
		{addr: "127.0.0.1:80", url: "http://localhost:8080", want: "http://localhost:8080"},
		{addr: "127.0.0.1:80", url: "https://kith.example/in", refused: "without a path"},
		{addr: "127.0.0.1:80", url: "https://a:b@kith.example", refused: "--url"},
		{addr: "127.0.0.1:80", url: "kith.example", refused: "--url"},
		{addr: "127.0.0.1", refused: "host and port"},
	} {
		l, err := listenRules(c.addr, c.url, nil, c.insecure)
		switch {
		case c.refused != "":
			if err == nil || !strings.Contains(err.Error(), c.refused) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s %s: %v", c.addr, c.url, err)
			}
		case err != nil:
			t.Errorf("%s %s: %v", c.addr, c.url, err)
		case l.url.String() != c.want || l.secure != strings.HasPrefix(c.want, "https"):
			t.Errorf("%s %s: at %s, secure %v", c.addr, c.url, l.url, l.secure)
		}
	}
}

func TestOnlyTrustedProxiesSayWhoCalls(t *testing.T) {
	t.Parallel()
	l, err := listenRules("127.0.0.1:1", "", []string{"10.0.0.0/8", "127.0.0.1"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, says, want string }{
		{"192.0.2.7:99", "", "192.0.2.7"},
		{"192.0.2.7:99", "198.51.100.1", "192.0.2.7"},
		{"127.0.0.1:99", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:99", "203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"},
		{"127.0.0.1:99", "203.0.113.9, rubbish", "127.0.0.1"},
		{"[::ffff:127.0.0.1]:99", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.9:99", "10.0.0.1", "10.0.0.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		if c.says != "" {
			r.Header.Set("X-Forwarded-For", c.says)
		}
		if got := l.caller(r); got != c.want {
			t.Errorf("%s says %q: %s, want %s", c.from, c.says, got, c.want)
		}
	}
	if _, err := listenRules("127.0.0.1:1", "", []string{"everywhere"}, false); err == nil {
		t.Error("a proxy that is no address was taken")
	}
}

// One address is printed: until there is an account it is the one that opens the
// first, and then that of the desk.
func TestOneAddressIsPrinted(t *testing.T) {
	t.Parallel()
	dsn := filepath.Join(t.TempDir(), "kith.db")
	a, err := app.Open(t.Context(), dsn, app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	l, err := listenRules(defaultAddr, "", nil, false)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://\S+`)
	printed := func() string {
		t.Helper()
		var out strings.Builder
		if err := greet(t.Context(), &out, a, l, dsn, nil); err != nil {
			t.Fatal(err)
		}
		found := address.FindAllString(out.String(), -1)
		if len(found) != 1 {
			t.Fatalf("%d addresses are printed:\n%s", len(found), out.String())
		}
		return found[0]
	}
	secret, opens := strings.CutPrefix(printed(), "http://"+defaultAddr+"/welcome?secret=")
	if !opens {
		t.Fatal("the address does not open the first account")
	}
	if _, err := a.SignUp(t.Context(), app.SignUpForm{Name: "Ada", Email: "ada@mail.example", Password: "nine blue kettles", First: secret}); err != nil {
		t.Fatal(err)
	}
	if got := printed(); got != "http://"+defaultAddr {
		t.Errorf("afterwards %s is printed", got)
	}
}

// Another site cannot act in a member's name, whatever the browser tells.
func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	h, err := sameOrigin(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "done") }), "https://kith.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, method string
		header       map[string]string
		want         int
	}{
		{"own page", "POST", map[string]string{"Cookie": "kith=1", "Sec-Fetch-Site": "same-origin"}, 200},
		{"own page behind a proxy", "POST", map[string]string{"Cookie": "kith=1", "Origin": "https://kith.example"}, 200},
		{"another site", "POST", map[string]string{"Cookie": "kith=1", "Sec-Fetch-Site": "cross-site"}, 403},
		{"another site, old browser", "POST", map[string]string{"Cookie": "kith=1", "Origin": "https://evil.example"}, 403},
		{"a sandboxed frame", "POST", map[string]string{"Cookie": "kith=1", "Origin": "null"}, 403},
		{"a browser that says nothing", "DELETE", map[string]string{"Cookie": "kith=1"}, 403},
		{"a sister site", "PUT", map[string]string{"Cookie": "kith=1", "Sec-Fetch-Site": "same-site"}, 403},
		{"a link from another site", "GET", map[string]string{"Cookie": "kith=1", "Sec-Fetch-Site": "cross-site"}, 200},
		{"a program with a token", "POST", map[string]string{"Authorization": "Bearer kith_1"}, 200},
	} {
		r := httptest.NewRequest(c.method, "http://kith.example/api/v1/x", nil)
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.want)
		}
	}
}

// Behind a proxy on the same machine everybody seems to be here: what it passes
// on is not shown the counters.
func TestMetricsAreForThisMachineOnly(t *testing.T) {
	t.Parallel()
	page := newWatch(newLog(io.Discard, false)).page()
	for _, c := range []struct {
		from, header string
		want         int
	}{
		{"127.0.0.1:99", "", 200}, {"[::1]:99", "", 200}, {"192.0.2.7:99", "", 404},
		{"127.0.0.1:99", "X-Forwarded-For", 404}, {"127.0.0.1:99", "Forwarded", 404}, {"127.0.0.1:99", "Via", 404},
	} {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = c.from
		if c.header != "" {
			r.Header.Set(c.header, "203.0.113.9")
		}
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("from %s with %s: %d", c.from, c.header, w.Code)
		}
	}
}

// A client can say what it likes, and nothing is kept of it.
func TestWhatAClientMakesUpIsNotCounted(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	w := newWatch(newLog(&out, false))
	h := w.observe(http.NotFoundHandler())
	for _, method := range []string{"ADA", "BO", "EVE"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, "/"+method, nil))
	}
	page, asked := httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil)
	asked.RemoteAddr = "127.0.0.1:99"
	w.page().ServeHTTP(page, asked)
	told := page.Body.String() + out.String()
	if !strings.Contains(told, `method="other"`) || strings.Contains(told, "EVE") {
		t.Error(told)
	}
}

func TestTheLogNamesTheRequest(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	w := newWatch(newLog(&out, true))
	w.observe(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		w.log.ErrorContext(r.Context(), "inside")
	})).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/people/0192?name=Ada", nil))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"request":"`) || strings.Contains(out.String(), "Ada") || strings.Contains(out.String(), "0192") {
		t.Errorf("the log says\n%s", out.String())
	}
}
