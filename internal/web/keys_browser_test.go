package web

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// pressing is a key on a page, and what holds once it has done its work, but not
// before.
type pressing struct{ keys, from, until string }

// mapped lists the keys of the map, those that come after one another as one.
func mapped() (keys []string) {
	for _, line := range keyMap {
		if line.What == "group" {
			for _, v := range []string{"accept", "ask", "decline", "report"} {
				keys = append(keys, "g"+keyOf(v))
			}
			continue
		}
		keys = append(keys, strings.Fields(line.Keys)...)
	}
	return keys
}

// Every key of the map does what the map says.
func TestTheKeysOfTheMap(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	mara := v.fullDesk()
	pile, err := v.app.Pile(t.Context(), mara, app.PileQuery{})
	v.must(err)
	there := "/?open=" + string(pile.Groups[2].Cards[0].Invitation)
	first, next := string(pile.Groups[2].Cards[0].Invitation), string(pile.Groups[2].Cards[1].Invitation)
	letters := map[string]string{}
	for key, name := range map[string]string{"a": "Ada Brandt", "d": "Bo Lindqvist", "z": "Chipo Ndlovu"} {
		letters[key] = "/?open=" + string(v.invites(v.joins(name, key+"@mail.example"), mara, ""))
	}
	v.signsIn("mara@lindt.example")
	questions := v.questions(&pile)
	steps := []pressing{
		{"j", "/?in=decline&open=" + first, `location.search.includes("` + next + `")`},
		{"k", "/?in=decline&open=" + next, `location.search.includes("` + first + `")`},
		{"a", letters["a"], `location.search.includes("done=accept") || location.pathname.endsWith("/accept")`},
		{"s", letters["d"], `location.pathname.endsWith("/ask")`},
		{"r", letters["d"], `location.pathname.endsWith("/report")`},
		{"e", letters["d"], `location.pathname.startsWith("/why/")`},
		{"d", letters["d"], `document.body.innerText.includes("Bo Lindqvist: declined.")`},
		{"u", "", `document.body.innerText.includes("Taken back.")`},
		{"z", letters["z"], `document.body.innerText.includes("Put off until")`},
		{"1", questions[0], `window.sent === "answer=yes"`}, {"2", questions[1], `window.sent === "answer=no"`},
		{"3", questions[2], `window.sent === "answer=unsure"`},
		{"o", there, `(window.led ?? "").startsWith("https://www.linkedin.com/in/")`},
		{"ga", "/", `location.search === "?in=accept"`}, {"gs", "/", `location.search === "?in=ask"`},
		{"gd", "/", `location.search === "?in=decline"`}, {"gr", "/", `location.search === "?in=report"`},
		{"x", "/?in=decline", `location.pathname === "/together/decline" && !!document.querySelector("[data-ticked]")`},
		{kb.Escape, "", `location.pathname === "/" && location.search.includes("in=decline")`},
		{"/", "/", `location.pathname === "/find"`},
		{"?", "/", `!!document.querySelector("dialog[open] #keys-title") && !!document.activeElement.closest("dialog")`},
		{kb.Escape, "", `!document.querySelector("dialog")`},
	}
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	for _, step := range steps {
		w.pressed(step)
	}
	for _, key := range mapped() {
		if !slices.ContainsFunc(steps, func(s pressing) bool { return s.keys == key }) {
			t.Errorf("%q is on the map and nobody presses it", key)
		}
	}
	if wrong := w.since().wrong; len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// questions gives the addresses of three letters with a question.
func (v *visitor) questions(pile *app.Pile) (out []string) {
	v.t.Helper()
	for _, group := range pile.Groups {
		for i := range group.Cards {
			path := "/?open=" + string(group.Cards[i].Invitation)
			if _, page := v.get(path); strings.Contains(page, `name="answer" value="unsure"`) {
				out = append(out, path)
			}
			if len(out) == 3 {
				return out
			}
		}
	}
	v.t.Fatalf("%d letters with a question", len(out))
	return nil
}

// pressed presses keys, where nothing has happened yet. A way out of Kith is not
// taken, but kept for a look at it, as is what is sent.
func (w *window) pressed(step pressing) {
	w.t.Helper()
	if step.from != "" {
		w.open(step.from)
	}
	w.until(`document.readyState === "complete" && ` + settled)
	if w.says(`String(`+step.until+`)`) != "false" {
		w.t.Errorf("%q: before it is pressed it holds already that %s", step.keys, step.until)
	}
	w.do(chromedp.Evaluate(`document.addEventListener("click", e => {
		const out = e.target.closest("a[target=_blank]");
		if (out) { e.preventDefault(); window.led = out.href }
	}, true);
	document.addEventListener("submit", e => { window.sent = e.submitter?.name + "=" + e.submitter?.value }, true)`, nil))
	for _, key := range step.keys {
		w.key(string(key))
	}
	w.until(`(` + step.until + `) && ` + settled)
}

// ignores presses a key that has nothing to say where the focus is: no page is
// asked for, and the same letter stays.
func (w *window) ignores(key string) {
	w.t.Helper()
	const here = `location.href + " " + history.length + " " + document.getElementById("name")?.textContent + " " + (window.asked ?? 0)`
	w.do(chromedp.Evaluate(`document.addEventListener("htmx:beforeRequest", () => { window.asked = (window.asked ?? 0) + 1 })`, nil))
	before := w.says(here)
	w.key(key)
	w.until(settled)
	if after := w.says(here); after != before {
		w.t.Errorf("%q is heard: %s, before it %s", key, after, before)
	}
}

// Keys are for what one looks at, and for those who want them: nothing beneath
// the map hears them, nothing while one writes, nothing once they are off.
func TestKeysThatAreNotMeantDoNothing(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	turn := pressing{"j", "", `location.search.includes("open=")`}

	w.open("/?in=decline")
	w.key("?")
	w.until(`!!document.querySelector("dialog[open] #keys-title")`)
	w.ignores("j")
	w.ignores("d")
	w.key(kb.Escape)
	w.until(`!document.querySelector("dialog")`)
	w.pressed(turn)

	w.open("/find")
	w.do(chromedp.Focus("main input"))
	w.ignores("?")
	w.ignores("g")
	w.ignores("d")

	off := `document.getElementById("keys-off")`
	w.open("/keys")
	w.do(chromedp.Click("#keys-off"))
	w.open("/?in=decline")
	w.ignores("j")
	w.ignores("d")
	w.open("/keys")
	w.until(off + `.checked`)
	w.do(chromedp.Click("#keys-off"))
	w.open("/?in=decline")
	w.pressed(turn)
}
