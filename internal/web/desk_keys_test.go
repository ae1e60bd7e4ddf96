package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// settled holds when what was asked for has taken its place on the page.
const settled = `!document.querySelector(".htmx-swapping, .htmx-settling, .htmx-request")`

// Every key of the map does what the map says.
func TestTheKeysOfTheMap(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/")
	for _, step := range []struct{ keys, until string }{
		{"j", `location.search.includes("open=")`},
		{"k", `document.querySelector("[data-key=j]") && !document.querySelector("[data-key=k]")`},
		{"gd", `location.search === "?in=decline"`},
		{"x", `location.pathname === "/together/decline" && document.querySelector("[data-ticked]")`},
		{kb.Escape, `location.pathname === "/" && location.search.includes("in=decline")`},
		{"ga", `location.search === "?in=accept"`},
		{"z", `document.body.innerText.includes("Put off until")`},
		{"u", `document.body.innerText.includes("Taken back.")`},
		{"?", `document.querySelector("dialog[open] #keys-title") && document.activeElement.closest("dialog")`},
		{"j", `document.querySelector("dialog[open]")`}, // the desk beneath hears nothing
		{kb.Escape, `!document.querySelector("dialog")`},
		{"/", `location.pathname === "/find"`},
	} {
		for _, key := range step.keys {
			w.key(string(key))
		}
		w.until(step.until)
		w.until(settled)
	}

	w.open("/?in=decline")
	for range 20 { // some of them have a question
		if w.says(`String(!!document.querySelector(".question"))`) == "true" {
			break
		}
		at := w.says("location.href")
		w.key("j")
		w.until(`location.href !== "` + at + `" && ` + settled)
	}
	w.key("3")
	w.until(`document.body.innerText.includes("You could not say.")`)

	w.open("/keys")
	w.do(chromedp.Click("#keys-off"))
	w.open("/")
	w.key("j")
	w.until(`localStorage.getItem("kith-keys-off") && location.search === ""`)
	if wrong := w.since().wrong; len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// Ticking fewer is counted where they are decided.
func TestTheTicksAreCounted(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/together/decline")
	all := w.says(`document.querySelector("[data-count]").textContent`)
	w.do(chromedp.Click("[name=id]"))
	w.until(`Number(document.querySelector("[data-count]").textContent) === ` + all + ` - 1`)
	w.do(chromedp.Click("button.go"))
	w.until(`document.body.innerText.includes("declined together.") && ` + settled)
	w.key("u")
	w.until(`document.body.innerText.includes("Taken back.")`)
}

// axe finds nothing on any page of a full desk, wide and narrow, in either
// theme.
func TestTheDeskIsForEverybody(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	mara := v.fullDesk()
	id := string(v.invites(v.joins("Ada Brandt", "a@mail.example"), mara, specific))
	v.signsIn("mara@lindt.example")
	_, _ = v.post("/letters/"+id+"/answer", "question", "met", "answer", "no")
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	for path, says := range map[string]string{"/?open=" + id: "Ada Brandt", "/?in=decline": "All groups", "/together/decline": "together?", "/decided": "What you decided",
		"/questions": "Keep these answers", "/filter": "Show these", "/keys": "Keys", "/letters/" + id + "/ask": "Your question goes out", "/letters/" + id + "/report": "Report Ada Brandt?"} {
		for i, width := range []int64{1440, 390} {
			w.do(w.size(width, 900))
			w.dark(i == 1)
			w.open(path)
			w.shows(says)
			for _, wrong := range w.violations() {
				t.Errorf("%s, %d wide: %s", path, width, wrong)
			}
		}
	}
}

const specific = "Dear Mara, your talk in Delft made me rethink our gauges. May I send you the readings of March?"
