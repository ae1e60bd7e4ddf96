package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
)

// part gives what a pattern finds in a page.
func (v *visitor) part(pattern, page string) string {
	v.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	if m == nil {
		v.t.Fatalf("no %s in %s", pattern, page)
	}
	return m[1]
}

// A device is signed out from another, and all others at once.
func TestDevicesAreSignedOut(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		here := v.client
		var others []*http.Client
		for range 2 {
			v.fresh()
			got, page := v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
			v.wants(200, "Mara Quillon", got, page)
			others = append(others, v.client)
		}
		v.client = here
		page := v.meets("/settings/devices", "This one.")
		if strings.Count(page, "/end\"") != 2 {
			t.Errorf("not both others can be ended: %s", page)
		}
		got, page := v.post(v.part(`action="(/settings/devices/[^"]+/end)"`, page))
		v.wants(200, "This one.", got, page)
		got, page = v.post("/settings/devices/others")
		v.wants(200, "This one.", got, page)
		if strings.Contains(page, "/end\"") {
			t.Error("another is still signed in")
		}
		got, page = v.post("/settings/devices/" + strings.Repeat("0", 36) + "/end")
		v.wants(404, "no such session", got, page)
		for _, c := range others {
			v.client = c
			v.meets("/settings", "Everything is where you left it.")
		}
	})
}

// A token's secret is shown once and works until it is revoked.
func TestATokenIsMadeAndRevoked(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		got, page := v.post("/settings/tokens", "name", "feed reader", "days", "30")
		v.wants(422, "Say what the token is for", got, page)
		v.wants(422, `value="feed reader"`, got, page)
		got, page = v.post("/settings/tokens", "name", "feed reader", "scope", "read", "days", "soon")
		v.wants(422, "no such choice", got, page)
		got, page = v.post("/settings/tokens", "name", "feed reader", "scope", "account", "days", "0")
		v.wants(422, "A token of yours can have these", got, page)
		got, page = v.post("/settings/tokens", "name", "feed <b>reader</b>", "scope", "read", "days", "30")
		v.wants(200, "It is shown this once.", got, page)
		secret := v.part(`<code dir="ltr">(kith_[^<]+)</code>`, page)
		who, err := v.app.Authenticate(t.Context(), secret)
		v.must(err)
		if who.Scopes != app.ScopeRead {
			t.Errorf("it may %s", who.Scopes)
		}
		page = v.meets("/settings/tokens", "feed &lt;b&gt;reader")
		if strings.Contains(page, secret) {
			t.Error("a secret is shown again")
		}
		revoke := v.part(`action="(/settings/tokens/[^"]+/revoke)"`, page)
		got, page = v.post(revoke)
		v.wants(200, "Make a token", got, page)
		if _, err := v.app.Authenticate(t.Context(), secret); kith.KindOf(err) != kith.SignIn {
			t.Errorf("a revoked token: %v", err)
		}
		got, page = v.post(revoke)
		v.wants(404, "no such token", got, page)
	})
}

// A code is handed out as a link, lets one person in, and can be taken back.
func TestACodeLetsSomebodyIn(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpByInvitation, func(t *testing.T, v *visitor) {
		v.first()
		got, page := v.post("/settings/codes")
		v.wants(200, "Give them this.", got, page)
		link := v.part(`<code dir="ltr">https://kith.example(/sign-up\?code=[^<]+)</code>`, page)
		got, page = v.post("/settings/codes")
		v.wants(200, "Works until", got, page)
		other := v.part(`<code dir="ltr">https://kith.example(/sign-up\?code=[^<]+)</code>`, page)
		got, page = v.post(v.part(`action="(/settings/codes/[^"]+/revoke)"`, page))
		v.wants(200, "Over since", got, page)
		mara := v.client
		v.fresh()
		code := func(link string) string {
			return v.part(`name="code"[^>]*value="([^"]+)"`, v.meets(link, "Open an account"))
		}
		got, page = v.post("/sign-up", "code", code(link), "name", "Bo Lindqvist", "email", "bo@lind.example", "password", goodPassword)
		v.wants(200, "Look at your mail", got, page)
		got, page = v.post("/sign-up", "code", code(other), "name", "Eve", "email", "eve@lind.example", "password", goodPassword)
		v.wants(422, "code", got, page)
		v.client = mara
		v.meets("/settings/codes", "Used on")
	})
}

// An operator looks after accounts, and each finds who looked. For all others
// there are no such pages.
func TestAnOperatorLooksAfterMembers(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, id := v.guest("Bo Lindqvist")
		path := "/settings/members/" + string(id)
		for _, p := range []string{"/settings/members", path, "/settings/members/" + strings.Repeat("0", 36)} {
			got, page := bo.get(p)
			bo.wants(404, "no such page", got, page)
		}
		got, page := bo.post("/settings/members/"+string(v.self("mara@quillon.example"))+"/role", "role", "member")
		bo.wants(404, "no such page", got, page)

		v.meets("/settings/members", "Bo Lindqvist")
		got, page = v.post("/settings/members", "for", "bo.lindqvist@guest.example")
		v.wants(200, "The account is in use.", got, page)
		got, page = v.post("/settings/members", "for", "nobody@guest.example")
		v.wants(404, "There is no such member", got, page)
		got, page = v.get("/settings/members/bo.lindqvist@guest.example")
		v.wants(404, "no such page", got, page)
		got, page = v.post(path+"/role", "role", "moderator")
		v.wants(200, `value="moderator" checked`, got, page)
		bo.meets("/settings", "Reports")
		got, page = v.post(path+"/role", "role", "emperor")
		v.wants(422, "say one of", got, strings.ToLower(page))
		got, page = v.post("/settings/members/" + string(v.self("mara@quillon.example")) + "/close")
		v.wants(409, "your own account", got, page)
		got, page = v.post(path + "/sign-out")
		v.wants(200, "in use", got, page)
		bo.meets("/settings", "Everything is where you left it.")
		got, page = v.post(path + "/close")
		v.wants(200, "An operator closed it.", got, page)
		got, page = bo.post("/sign-in", "email", "bo.lindqvist@guest.example", "password", goodPassword)
		bo.wants(401, "", got, page)
		got, page = v.post(path + "/reopen")
		v.wants(200, "The account is in use.", got, page)
		got, page = bo.post("/sign-in", "email", "bo.lindqvist@guest.example", "password", goodPassword)
		bo.wants(200, "Bo Lindqvist", got, page)
		page = bo.meets("/settings/looks", "An operator looked at your account and closed it")
		bo.wants(200, "your account, by its address", 200, page)
	})
}
