package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// With a script, news that are looked at are seen, and the number behind News
// goes; what is done on the list of duties is said there, and the number behind
// Duties goes with it.
func TestDutiesAndNewsWithAScript(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Lindqvist", "bo@lind.example")
	id := v.invites(bo, mara, goodNote)
	_, err := v.app.Ask(t.Context(), mara, id, "Where did we meet?")
	v.must(err)
	v.passes(14 * kith.Day)
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.until(`document.querySelector("#places a[href='/news'] b") !== null`)
	w.open("/news")
	w.shows("invited you to connect.")
	w.until(`document.querySelector("#places a[href='/news'] b") === null`)
	w.do(chromedp.Click("#places a[href='/duties']"))
	w.shows("One thing wants you.")
	w.do(chromedp.Click("button[value=accept]"))
	w.shows("Bo Lindqvist: accepted.")
	w.until(`document.querySelector("#places a[href='/duties'] b") === null`)
	w.do(chromedp.Click(".undo button"))
	w.until(`!document.querySelector(".undo button")`)
}
