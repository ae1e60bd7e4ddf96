package api

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/client"
	"kith/internal/app"
	"kith/internal/store"
)

// doors serves a world as kith serve does: browsers sign in by themselves.
func (w *world) doors() *httptest.Server {
	w.t.Helper()
	b := w.app.NewBrowsers(false)
	mux := http.NewServeMux()
	caller := func(r *http.Request) string { return r.Header.Get("Authorization") }
	w.must(New(w.app, mux, Options{Clock: w.now, Sessions: b, Caller: caller}))
	site := httptest.NewServer(b.LoadAndSave(mux))
	w.t.Cleanup(site.Close)
	return site
}

// browser gives a client that keeps its cookie.
func (w *world) browser(site *httptest.Server) *client.Client {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	w.must(err)
	c := client.New(site.URL, "")
	c.HTTP = &http.Client{Jar: jar}
	return c
}

// wants fails the test unless a request was answered with a status.
func (w *world) wants(what string, err error, status int) {
	w.t.Helper()
	if client.Status(err) != status || status == 0 && err != nil {
		w.t.Errorf("%s: %d %v, want %d", what, client.Status(err), err, status)
	}
}

func TestAnAccountOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		site := w.doors()
		c := w.browser(site)
		first, _, err := w.app.FirstLink(ctx)
		w.must(err)
		const word = "nine blue kettles"
		next, err := c.SignUp(ctx, client.SignUp{Name: "Ada Brandt", Email: "ada@mail.example", Password: word, First: first})
		w.must(err)
		if next.Next != "sign-in" {
			t.Errorf("next is %q", next.Next)
		}
		_, err = c.Sessions(ctx)
		w.wants("sessions of nobody", err, http.StatusUnauthorized)
		_, err = c.SignIn(ctx, client.SignIn{Email: "ada@mail.example", Password: "another word"})
		w.wants("a wrong password", err, http.StatusUnauthorized)
		s, err := c.SignIn(ctx, client.SignIn{Email: "ada@mail.example", Password: word})
		w.must(err)
		all, err := c.Sessions(ctx)
		w.must(err)
		if len(all.Sessions) != 1 || all.Sessions[0].ID != s.ID || !all.Sessions[0].Current || s.Device != "a program" {
			t.Errorf("the sessions are %+v", all)
		}
		me, err := c.Me(ctx)
		w.must(err)
		if me.Role != "operator" || !me.Verified || !strings.Contains(me.Scopes, "account") {
			t.Errorf("I am %+v", me)
		}

		made, err := c.CreateToken(ctx, client.NewToken{Name: "script", Scopes: "read operate"})
		w.must(err)
		program := client.New(site.URL, made.Secret)
		if me, err = program.Me(ctx); err != nil || me.Scopes != "read operate" {
			t.Errorf("the token is %+v, %v", me, err)
		}
		_, err = program.Tokens(ctx)
		w.wants("tokens by a token", err, http.StatusForbidden)
		members, err := program.Members(ctx, client.Page{})
		w.must(err)
		if len(members.Members) != 1 || members.Members[0].State != "active" {
			t.Errorf("the members are %+v", members)
		}
		listed, err := c.Tokens(ctx)
		w.must(err)
		if len(listed.Tokens) != 1 || listed.Tokens[0].UsedAt.IsZero() {
			t.Errorf("the tokens are %+v", listed)
		}
		w.must(c.RevokeToken(ctx, made.ID))
		_, err = program.Me(ctx)
		w.wants("a revoked token", err, http.StatusUnauthorized)

		w.wants("a common password", c.ChangePassword(ctx, client.NewPassword{Password: "1234567890"}), http.StatusUnprocessableEntity)
		w.must(c.ChangePassword(ctx, client.NewPassword{Password: "another long word"}))
		w.ahead.Add(app.FreshFor.Microseconds() + 1)
		w.wants("a stale session", c.Leave(ctx, client.Proof{}), http.StatusForbidden)
		w.must(c.SignOut(ctx))
		_, err = c.Me(ctx)
		w.wants("after signing out", err, http.StatusUnauthorized)
	})
}

func TestNobodySignsInWhereOnlyTokensAreKnown(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		c := client.New(w.server.URL, "")
		_, err := c.SignIn(t.Context(), client.SignIn{Email: "ada@mail.example", Password: "nine blue kettles"})
		w.wants("signing in", err, http.StatusNotFound)
		_, err = c.BeginPasskeySignIn(t.Context())
		w.wants("signing in with a passkey", err, http.StatusNotFound)
	})
}

func TestPasskeyCeremoniesOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		site := w.doors()
		c := w.browser(site)
		begun, err := c.BeginPasskeySignIn(ctx)
		w.must(err)
		if !strings.Contains(string(begun.Options), `"rpId":"kith.example"`) {
			t.Errorf("the options are %s", begun.Options)
		}
		_, err = c.SignInWithPasskey(ctx, client.PasskeySignIn{Ceremony: begun.ID, Response: []byte(`{"id":"x"}`)})
		w.wants("no passkey", err, http.StatusUnauthorized)
		_, ada := w.friend("Ada Brandt")
		begun, err = ada.BeginPasskey(ctx, client.Proof{})
		w.must(err)
		_, err = ada.AddPasskey(ctx, client.NewPasskey{Ceremony: begun.ID, Name: "phone", Response: []byte(`[]`)})
		w.wants("a broken passkey", err, http.StatusUnprocessableEntity)
		all, err := ada.Passkeys(ctx)
		w.must(err)
		if len(all.Passkeys) != 0 {
			t.Errorf("the passkeys are %+v", all)
		}
		w.wants("renaming none", ada.RenamePasskey(ctx, "x", client.Name{Name: "y"}), http.StatusNotFound)
		w.wants("removing none", ada.RemovePasskey(ctx, "x"), http.StatusNotFound)
	})
}

// Whose an address is shows in no byte that somebody gets who is not signed in.
func TestNobodyLearnsWhoseAddressItIs(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		site := w.doors()
		address := map[string]string{"nobody": "nobody@mail.example"}
		for _, kind := range []string{"active", "left", "barred", "unverified", "erased", "blocked"} {
			m := w.member("Ada " + kind)
			address[kind] = m.id + "@mail.example"
			if kind == "blocked" {
				w.member("Ben").do("PUT", "/blocks/"+m.id, nil)
			}
			w.must(w.db.Write(context.Background(), func(tx *store.Tx) error {
				row, _, err := tx.Member(kith.MemberID(m.id))
				if err != nil {
					return err
				}
				switch kind {
				case "left", "barred":
					row.State, row.LeftAt, row.Barred = store.Left, w.now(), kind == "barred"
				case "unverified":
					row.State, row.VerifiedAt = store.Unverified, time.Time{}
				case "erased":
					row = store.Member{ID: row.ID, State: store.Erased, CreatedAt: row.CreatedAt}
				}
				return tx.SetMember(&row)
			}))
		}
		ask := func(kind, path string, in any) string {
			// The limits know callers by what they send here for an address.
			return (&caller{w: &world{t: t, server: site}, token: "a caller who asks about one " + kind}).do(http.MethodPost, path, in).String()
		}
		story := func(kind string) (told string) {
			for range 2 { // more than an address is sent in a day
				told += ask(kind, "/sign-up", client.SignUp{Name: "Eve", Email: address[kind], Password: "nine blue kettles"})
				told += ask(kind, "/password/forgot", client.Forgot{Email: address[kind]})
			}
			w.ahead.Add(time.Minute.Microseconds()) // limits count by the minute
			for range 2 {
				told += ask(kind, "/session", client.SignIn{Email: address[kind], Password: "nine blue kettles"})
			}
			w.ahead.Add(10 * time.Minute.Microseconds())
			return told
		}
		want := story("nobody")
		for kind := range address {
			if kind == "nobody" {
				continue
			}
			if got := story(kind); got != want {
				t.Errorf("the address of one %s is told from nobody's:\n%s", kind, difference(want, got))
			}
		}
	})
}
