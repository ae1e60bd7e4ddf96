package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// On a phone, what was decided and another choice of letters are reached from the
// letter and from a list; the way back for the last act stays while one reads on.
func TestAPhoneReachesWhatWasDecided(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.do(w.size(390, 844))
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/")
	w.key("d")
	w.until(`document.body.innerText.includes("They can see nothing.") && ` + settled)
	w.key("j")
	w.until(`location.search.includes("open=") && ` + settled)
	const visible = `[...document.querySelectorAll("a[href^='/decided'], a[href^='/filter']")].filter(a => a.checkVisibility()).map(a => a.pathname).sort().join()`
	if got := w.says(visible); got != "/decided,/filter" {
		t.Errorf("from the letter %q is reached", got)
	}
	w.key("u")
	w.until(`document.body.innerText.includes("Taken back.") && ` + settled)
	w.key("d")
	w.until(`document.body.innerText.includes("They can see nothing.") && ` + settled)
	w.open("/?in=decline")
	if got := w.says(visible); got != "/decided,/filter" {
		t.Errorf("from a list %q is reached", got)
	}
	w.do(chromedp.Click(".choosing a[href='/decided']"))
	w.until(`location.pathname === "/decided"`)
}
