package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// With script the samples follow the choice, files go off as they are chosen,
// and the page tells by itself when they are read.
func TestTheWayInFollowsTheHand(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	secret, _, err := v.app.FirstLink(t.Context())
	v.must(err)
	w := v.window(t)
	w.open("/welcome?secret=" + secret)
	w.shows("1 of 3")
	w.do(chromedp.SetValue("#name", "Mara Quillon"), chromedp.SetValue("#email", "mara@quillon.example"), chromedp.SetValue("#password", goodPassword), chromedp.Submit("#password"), chromedp.WaitVisible("#samples"))
	w.shows("2 of 3")
	w.shows("With “a new field”: accept.")
	w.do(chromedp.Click(`input[value="grow-in-field"]`))
	w.shows("Because of “a new field”. Without it: ask first.")
	w.do(chromedp.SendKeys("#areas", "flood forecasting"))
	w.shows("Somebody from flood forecasting")
	w.until(`document.activeElement.id === "areas" && document.activeElement.value === "flood forecasting"`)
	w.do(chromedp.Click("button.go"))
	w.shows("3 of 3")

	name := filepath.Join(t.TempDir(), "Invitations.csv")
	v.must(os.WriteFile(name, []byte(invitesCSV), 0o600))
	w.do(chromedp.SetUploadFiles("#files", []string{name}))
	w.shows("Waiting to be read")
	v.must(v.loop.Drain(t.Context()))
	w.shows("1 invitation.")
	w.until(`!document.querySelector("#runs[hx-trigger]")`)
	w.do(chromedp.Click("a.go"))
	w.shows("Ada Brandt")
	w.until(`!!document.querySelector("nav#places")`)
	if seen := w.since(); len(seen.wrong)+len(seen.foreign) > 0 {
		t.Error(strings.Join(append(seen.wrong, seen.foreign...), "\n"))
	}
}
