package web

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// joins opens an account by the mail that confirms it, and gives its actor.
func (v *visitor) joins(name, email string) app.Actor {
	v.t.Helper()
	v.fresh()
	got, page := v.post("/sign-up", "name", name, "email", email, "password", goodPassword)
	v.wants(200, "Look at your mail", got, page)
	got, page = v.post("/verify", "secret", v.secret(), "password", goodPassword)
	v.wants(200, "confirmed", got, page)
	s, err := v.app.SignIn(v.t.Context(), email, goodPassword, app.Visit{Agent: "test", Caller: "test"})
	v.must(err)
	who, err := v.app.SessionActor(v.t.Context(), s.Owner, s.ID)
	v.must(err)
	_, err = v.app.ChangeSettings(v.t.Context(), who, func(*app.Settings) error { return nil }) // asked what for already
	v.must(err)
	return who
}

// invites sends an invitation and has it judged.
func (v *visitor) invites(from, to app.Actor, note string) kith.InvitationID {
	v.t.Helper()
	i, err := v.app.Send(v.t.Context(), from, app.Invite{To: to.ID, Note: note})
	v.must(err)
	v.must(v.loop.Drain(v.t.Context()))
	return i.ID
}

// The whole desk is cleared by the keyboard alone, and one act undone.
func TestTheDeskIsClearedByKeyboard(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	names := []string{"Ada Brandt", "Bo Lindqvist", "Chipo Ndlovu"}
	for i, name := range names {
		v.invites(v.joins(name, string(rune('a'+i))+"@mail.example"), mara, "")
	}
	w := v.window(t)
	w.open("/sign-in")
	for _, word := range []string{"mara@lindt.example", goodPassword} {
		w.until(`document.activeElement.matches("input:placeholder-shown, input") || (document.querySelector("input").focus(), true)`)
		w.key(word)
		w.key(kb.Tab)
	}
	w.key(kb.Enter)
	w.shows("3 left")
	w.key("j")
	w.until(`location.search.includes("open=")`)
	w.key("d")
	w.shows("2 left")
	w.until(`document.activeElement.id === "name"`)
	w.until(`document.getElementById("spoken").textContent.includes("2 left")`)
	w.key("u")
	w.shows("3 left")
	for _, left := range []string{"2 left", "1 left", "0 left"} {
		w.key("d")
		w.shows(left)
	}
	w.shows("The desk is clear.")
	if wrong := w.since().wrong; len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// An inbox costs little whatever the machine, and tells nobody else.
func TestTheInboxIsLight(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	_, err := v.app.ImportFiles(t.Context(), mara, []string{"../../examples/judith"}, app.ReadOptions{})
	v.must(err)
	v.must(v.loop.Drain(t.Context()))
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.do(network.ClearBrowserCache())
	w.since()
	w.open("/?sort=newest")
	w.do(chromedp.WaitVisible("#verdict"))
	var shift float64
	// Both kinds come to the observer together, and something was painted.
	w.do(chromedp.Evaluate(`new Promise(done => {
		let sum = 0;
		const seen = new PerformanceObserver(l => {
			for (const e of l.getEntriesByType("layout-shift")) sum += e.value;
			if (l.getEntriesByType("paint").length) done(sum);
		});
		seen.observe({type: "layout-shift", buffered: true});
		seen.observe({type: "paint", buffered: true});
	})`, &shift, await))
	seen := w.since()
	if shift != 0 {
		t.Errorf("the page shifts by %v", shift)
	}
	if len(seen.foreign) > 0 || len(seen.wrong) > 0 {
		t.Errorf("asked elsewhere: %q, wrong: %q", seen.foreign, seen.wrong)
	}
	if seen.bytes > 150_000 {
		t.Errorf("%.0f bytes, at most 150,000", seen.bytes)
	}
}
