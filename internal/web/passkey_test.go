package web

import (
	"context"
	"net"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// localhost is a visitor at a name, which passkeys need.
func localhost(t *testing.T) (v *visitor, base string) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	base = "http://localhost:" + port
	return newVisitorAt(t, storetest.SQLite(t), app.SignUpOpen, server, base), base
}

// device gives a window a device with passkeys, whose owner shows that it is
// them, or does not.
func (w *window) device(owner bool) {
	w.t.Helper()
	w.do(webauthn.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: owner, AutomaticPresenceSimulation: true,
		}).Do(ctx)
		return err
	}))
}

// A passkey is added, named, signs in without a password, and is removed.
func TestAPasskeySignsIn(t *testing.T) {
	t.Parallel()
	v, base := localhost(t)
	v.first()
	w := v.window(t)
	w.base = base
	w.device(true)
	w.signIn("mara@quillon.example", goodPassword)
	w.open("/settings/passkeys")
	w.do(chromedp.SetValue("#passkey-name", "The telephone"), chromedp.Click("form[data-passkey] button"))
	w.do(chromedp.WaitVisible(".rows-of li"))
	w.shows("not used yet")
	v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
	id := v.part(`action="/settings/passkeys/([^"]+)/rename"`, v.meets("/settings/passkeys", "The telephone"))
	got, page := v.post("/settings/passkeys/"+id+"/rename", "name", " ")
	v.wants(422, "Give it a name", got, page)
	got, page = v.post("/settings/passkeys/"+id+"/rename", "name", "The old telephone")
	v.wants(200, "The old telephone", got, page)

	w.open("/settings")
	w.do(chromedp.Click("form[action='/sign-out'] button"), chromedp.WaitVisible("form[data-passkey='get'] button"),
		chromedp.Click("form[data-passkey='get'] button"))
	w.do(chromedp.WaitVisible("#places a[href='/settings']"))
	v.meets("/settings/passkeys", "last used today")

	got, page = v.post("/settings/passkeys/" + id + "/remove")
	v.wants(200, "Add a passkey", got, page)
	got, page = v.post("/settings/passkeys/" + id + "/remove")
	v.wants(404, "no such passkey", got, page)
	w.open("/settings")
	w.do(chromedp.Click("form[action='/sign-out'] button"), chromedp.WaitVisible("form[data-passkey='get'] button"),
		chromedp.Click("form[data-passkey='get'] button"))
	w.do(chromedp.WaitVisible("div.wrong"))
	w.shows("This passkey does not sign anybody in here")
	if seen := w.since(); len(seen.wrong) > 0 || len(seen.foreign) > 0 {
		t.Errorf("%v %v", seen.wrong, seen.foreign)
	}
}

// Whoever does not show that it is them gets no further, and is told.
func TestAPasskeyThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	v, base := localhost(t)
	v.first()
	w := v.window(t)
	w.base = base
	w.device(false)
	w.open("/sign-in")
	w.do(chromedp.WaitVisible("form[data-passkey='get'] button"), chromedp.Click("form[data-passkey='get'] button"))
	w.shows("The passkey did not answer.")
	for _, path := range []string{"/sign-in/passkey", "/settings/passkeys"} {
		v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		got, page := v.post(path, "ceremony", "guessed", "name", "x", "response", "{}")
		v.wants(got, "That did not work", got, page)
		if got != 401 && got != 422 {
			t.Errorf("%s: %d", path, got)
		}
	}
}
