package app

import (
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
)

func TestTriesRunOut(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		w.arrive("Ada")
		ctx := t.Context()
		try := func(email, password, caller string) error {
			_, err := w.SignIn(ctx, email, password, Visit{Caller: caller})
			return err
		}
		for _, email := range []string{addressOf("Ada"), addressOf("Nobody")} {
			for range int(triesHere.burst) {
				w.wants("a wrong password", try(email, "wrong wrong wrong", "eve"), errWrong)
			}
			w.wants("one too many", try(email, arrivalWord, "eve"), errTries)
		}
		w.wants("from elsewhere", try(addressOf("Ada"), arrivalWord, "ada"), nil)
		w.pass(triesHere.wait)
		w.wants("after a while", try(addressOf("Ada"), arrivalWord, "eve"), nil)
		w.wants("a success costs nothing", try(addressOf("Ada"), arrivalWord, "eve"), nil)
	})
}

func TestTriesOfOneCallerAndAtOneAccountRunOut(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	d := newDoors(func() time.Time { return now })
	until := func(account, caller func(i int) string) (n int) {
		for n = range 1000 {
			if _, err := d.try(account(n), caller(n)); err != nil {
				return n
			}
		}
		return n
	}
	same := func(s string) func(int) string { return func(int) string { return s } }
	other := func(s string) func(int) string { return func(i int) string { return s + strings.Repeat("x", i) } }
	if n := until(same("ada"), other("eve")); n != int(triesAccount.burst) {
		t.Errorf("%d tries at one account", n)
	}
	if n := until(other("ben"), same("mallory")); n != int(triesCaller.burst) {
		t.Errorf("%d tries of one caller", n)
	}
	now = now.Add(24 * time.Hour)
	succeeded, err := d.try("cleo", "")
	if err != nil {
		t.Fatal(err)
	}
	succeeded()
	now = now.Add(24 * time.Hour)
	if _, err := d.try("dan", ""); err != nil || len(d.left) != 2 {
		t.Errorf("%d allowances are remembered: %v", len(d.left), err)
	}
}

func TestASessionEndsWhenItsTimeIsOver(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		alive := func() bool { return w.actor(&Session{Owner: ada.ID, ID: ada.Credential}).ID != "" }
		for day := kith.Day; day < SessionLasts; day += SessionIdle - kith.Day {
			if !alive() {
				t.Fatalf("a session in use ended by %s", day)
			}
			w.pass(SessionIdle - kith.Day)
		}
		if alive() {
			t.Error("a session lasts for ever")
		}
		ada = w.comesIn("Ada")
		w.pass(SessionIdle)
		if alive() {
			t.Error("a session nobody uses lasts")
		}
		w.must(w.Housekeep(t.Context()))
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			all, err := tx.Sessions(ada.ID)
			if len(all) != 0 {
				t.Errorf("%d sessions are kept", len(all))
			}
			return err
		}))
	})
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		first := w.arrive("Ada")
		phone, err := w.SignIn(ctx, addressOf("Ada"), arrivalWord, Visit{Agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"})
		w.must(err)
		third := w.comesIn("Ada")
		all, err := w.Sessions(ctx, first)
		w.must(err)
		if len(all) != 3 || all[1].Device != "Safari on iPhone" || all[2].Device != "a browser" {
			t.Errorf("the sessions are %+v", all)
		}
		if n := len(w.post(first.ID, kindNewSignIn)); n != 1 {
			t.Errorf("%d letters about new devices", n)
		}
		ben := w.arrive("Ben")
		w.wants("ending another's session", w.EndSession(ctx, ben, phone.ID), errNoSession)
		w.must(w.EndSession(ctx, first, phone.ID))
		w.must(w.EndOtherSessions(ctx, first))
		if w.actor(&phone).ID != "" || w.actor(&Session{Owner: third.ID, ID: third.Credential}).ID != "" {
			t.Error("a session that was ended goes on")
		}
		w.must(w.SignOut(ctx, first))
		if w.actor(&Session{Owner: first.ID, ID: first.Credential}).ID != "" {
			t.Error("a session goes on after signing out")
		}
	})
}

func TestDeviceNames(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"": "a browser",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                        "Firefox on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0": "Edge on Windows",
		"Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36":                  "Chrome on Android",
		"<script>alert(1)</script>\x00": "a browser",
	} {
		if got := device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

// A browser keeps its session in a cookie, gets a new one each time it signs
// in, and loses it when the session ends anywhere.
func TestABrowserHoldsItsSessionByACookie(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		b := w.NewBrowsers(false)
		mux := http.NewServeMux()
		mux.HandleFunc("POST /in", func(rw http.ResponseWriter, r *http.Request) {
			s, err := w.SignIn(r.Context(), addressOf("Ada"), arrivalWord, Visit{})
			if err == nil {
				err = b.Begin(r.Context(), &s)
			}
			if err != nil {
				t.Error(err)
			}
		})
		mux.HandleFunc("POST /out", func(rw http.ResponseWriter, r *http.Request) {
			if err := b.End(r.Context()); err != nil {
				t.Error(err)
			}
		})
		mux.HandleFunc("GET /who", func(rw http.ResponseWriter, r *http.Request) {
			who, err := b.Actor(r.Context())
			if err != nil {
				t.Error(err)
			}
			_, _ = rw.Write([]byte(who.ID))
		})
		site := httptest.NewServer(b.LoadAndSave(mux))
		defer site.Close()
		jar, err := cookiejar.New(nil)
		w.must(err)
		browser := http.Client{Jar: jar}
		ask := func(method, path string) string {
			t.Helper()
			r, err := http.NewRequestWithContext(t.Context(), method, site.URL+path, nil)
			w.must(err)
			a, err := browser.Do(r)
			w.must(err)
			body, err := io.ReadAll(a.Body)
			w.must(errors.Join(err, a.Body.Close()))
			return string(body)
		}
		cookie := func() string {
			u, err := http.NewRequest(http.MethodGet, site.URL, nil)
			w.must(err)
			if all := jar.Cookies(u.URL); len(all) == 1 {
				return all[0].Value
			}
			return ""
		}
		if who := ask("GET", "/who"); who != "" || cookie() != "" {
			t.Fatalf("somebody is signed in: %q", who)
		}
		ask("POST", "/in")
		before := cookie()
		if who := ask("GET", "/who"); who != string(ada.ID) {
			t.Errorf("%q is signed in", who)
		}
		ask("POST", "/in")
		if cookie() == before || before == "" {
			t.Error("signing in again kept the cookie")
		}
		sessions, err := w.Sessions(t.Context(), ada)
		w.must(err)
		if len(sessions) != 2 { // the first of the browser ended
			t.Errorf("%d sessions", len(sessions))
		}
		w.must(w.EndOtherSessions(t.Context(), ada))
		if who := ask("GET", "/who"); who != "" {
			t.Errorf("%q is signed in after the session ended", who)
		}
		ask("POST", "/in")
		ask("POST", "/out")
		if who := ask("GET", "/who"); who != "" || cookie() != "" {
			t.Errorf("%q is signed in after signing out", who)
		}
	})
}

// A session that ends while its cookie is made does not live on by it.
func TestACookieBringsNoSessionBack(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		w.must(w.SignOut(t.Context(), ada))
		c := cookies{w.App}
		data, err := cookieCodec{}.Encode(time.Time{}, map[string]any{cookieOwner: string(ada.ID), cookieSession: ada.Credential})
		w.must(err)
		w.must(c.Commit("a hash", data, time.Time{}))
		if _, ok, err := c.Find("a hash"); ok || err != nil {
			t.Errorf("the cookie was kept: %v", err)
		}
	})
}

func TestAMemberNotInUseHasNoSession(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		for _, state := range []store.MemberState{store.Unverified, store.Left, store.Erased} {
			ada := w.arrive("Ada " + state.String())
			_, token, err := w.CreateToken(t.Context(), ada, TokenForm{Name: "x", Scopes: ScopeRead})
			w.must(err)
			w.change(ada, func(m *store.Member) { m.State = state })
			if who := w.actor(&Session{Owner: ada.ID, ID: ada.Credential}); who.ID != "" {
				t.Errorf("a member who is %s has a session", state)
			}
			_, err = w.Authenticate(t.Context(), token)
			w.wants("a token of a member who is "+state.String(), err, errToken)
		}
	})
}
