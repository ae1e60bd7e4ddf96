package web

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// plainWord is a word of a text into which nothing is put and on which nothing
// hangs.
var plainWord = regexp.MustCompile(`^\pL{3,}[.,:;?!]?$`)

// longer gives a language whose words are half as long again, as German ones are
// beside English ones: whole texts come out more than a third longer.
func (c catalogue) longer() catalogue {
	out := catalogue{}
	for k, v := range c {
		words := strings.Split(v, " ")
		for i, word := range words {
			if plainWord.MatchString(word) {
				words[i] = string([]rune(word)[:(utf8.RuneCountInString(word)+1)/2]) + strings.ToLower(word)
			}
		}
		out[k] = strings.Join(words, " ")
	}
	return out
}

// Every page as the worst of readers has it: scripts are off, labels are a third
// longer, and then the system chooses the colours.
func TestEveryPageByTheChecklist(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	all := maps.Clone(sentences)
	maps.Copy(all, f.site.words)
	f.site.words = catalogue(all).longer()
	anyone, own := f.pages()
	w := f.window(t)
	w.do(emulation.SetScriptExecutionDisabled(true))
	for _, path := range anyone {
		w.checks(path)
	}
	w.signIn(f.Email, f.Password)
	for _, path := range own {
		w.checks(path)
	}
}

// checks runs the checklist on a page, in a window that runs no scripts.
func (w *window) checks(path string) {
	w.t.Helper()
	w.do(emulation.SetEmulatedMedia())
	w.opensPlain(path)
	for _, width := range []int64{320, 390, 1440} {
		w.layout(path, width)
		if dead := w.dead(); dead != "" {
			w.t.Errorf("%s, %d wide: nothing comes of\n%s", path, width, dead)
		}
	}
	for _, theme := range []string{"light", "dark"} {
		w.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: theme}}))
		w.opensPlain(path)
		for _, what := range w.lost() {
			w.t.Errorf("%s, forced colours, %s: %s", path, theme, what)
		}
	}
	if seen := w.since(); len(seen.wrong)+len(seen.foreign) > 0 {
		w.t.Errorf("%s: wrong: %q; asked elsewhere: %q", path, seen.wrong, seen.foreign)
	}
}

// opensPlain is open where no script runs: what is pressed brings another page.
func (w *window) opensPlain(path string) {
	w.t.Helper()
	path, press, ok := strings.Cut(path, " | ")
	w.do(chromedp.Navigate(w.base + path))
	if ok {
		w.do(chromedp.Evaluate(`document.querySelector("h1").dataset.old = "yes"`, nil), chromedp.Click(press), chromedp.WaitReady("h1:not([data-old])"))
	}
}

// dead lists what can be pressed and does nothing without a script.
func (w *window) dead() string {
	w.t.Helper()
	return w.says(`[...document.querySelectorAll("button, a, input, select, textarea, summary")].filter(e => e.checkVisibility({visibilityProperty: true}))
		.filter(e => e.matches("a") ? !e.getAttribute("href") : e.matches("summary") ? !e.closest("details") : !e.form)
		.map(e => e.outerHTML.slice(0, 90)).join("\n")`)
}

// lost lists what cannot be told apart any more where the system chooses the
// colours.
func (w *window) lost() (out []string) {
	w.t.Helper()
	w.do(chromedp.Evaluate(`(() => {
		const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 1;
		const edge = s => parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle != "none";
		const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
		const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c)) return c; } return canvas };
		const apart = (x, y) => { const [a, b] = [light(x), light(y)].sort((p, q) => q - p); return (a + .05) / (b + .05) };
		const canvas = (() => { const e = document.body.appendChild(document.createElement("div")); e.style.background = "Canvas"; const c = getComputedStyle(e).backgroundColor; e.remove(); return c })();
		const bad = [];
		const tell = (what, e) => bad.push(what + ": " + e.outerHTML.slice(0, 120));
		for (const e of document.querySelectorAll("body *")) {
			const [c, b] = [getComputedStyle(e).color, behind(e)];
			if ([...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()) && seen(e) && apart(c, b) < 4.5) tell("a text that is not read (" + c + " on " + b + ")", e);
		}
		for (const e of document.querySelectorAll(".paper")) if (seen(e) && !edge(getComputedStyle(e))) tell("a sheet without an edge", e);
		for (const e of document.querySelectorAll("button, a.go, a.tap")) {
			const s = getComputedStyle(e);
			if (seen(e) && !edge(s) && s.borderBottomStyle == "none" && !s.textDecorationLine.includes("underline")) tell("looks like text", e);
		}
		for (const e of document.querySelectorAll(".mark")) {
			const s = getComputedStyle(e, "::before");
			if (!seen(e) || s.content == "none") continue;
			if (!edge(s) || apart(s.borderTopColor, behind(e)) < 3) tell("a shape that is not seen (" + s.borderTopColor + " on " + behind(e) + ")", e);
		}
		return bad;
	})()`, &out))
	return out
}

// layout finds the page no wider than its window, and no label cut off.
func (w *window) layout(path string, width int64) {
	w.t.Helper()
	w.do(w.size(width, 1000))
	if wide := w.overflow("100%"); wide != "" {
		w.t.Errorf("%s, %d wide: %s", path, width, wide)
	}
	cut := w.says(`[...document.querySelectorAll("button, a, label, summary, h1, h2, h3, legend, th, option")].filter(e => {
		const s = getComputedStyle(e);
		return e.checkVisibility({visibilityProperty: true}) && !e.closest(".unseen") && s.overflowX != "visible" && s.textOverflow != "ellipsis" && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1;
	}).map(e => e.outerHTML.slice(0, 90)).join("\n")`)
	if cut != "" {
		w.t.Errorf("%s, %d wide: cut off:\n%s", path, width, cut)
	}
}

// deskOf gives a member, of whom an archive says that so many letters wait.
func (v *visitor) deskOf(letters int) app.Actor {
	v.t.Helper()
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	var file strings.Builder
	file.WriteString("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n")
	for i := range letters {
		fmt.Fprintf(&file, "Ada Brandt %d,Mara Lindt,\"3/%d/26, 9:%02d AM\",%s,INCOMING,https://www.linkedin.com/in/ada-brandt-%d,https://www.linkedin.com/in/mara-lindt\n",
			i, i%28+1, i%60, []string{"", "May I ask how you keep the gauges from freezing?", "Buy my course and double your income."}[i%3], i)
	}
	name := filepath.Join(v.t.TempDir(), "Invitations.csv")
	v.must(os.WriteFile(name, []byte(file.String()), 0o600))
	_, err := v.app.ImportFiles(v.t.Context(), mara, []string{name}, app.ReadOptions{})
	v.must(err)
	v.must(v.loop.Drain(v.t.Context()))
	v.signsIn("mara@lindt.example")
	return mara
}

// A desk of 5,000 letters is laid out like any other, and a look at it costs few
// statements and, with fonts and style sheets in the cache, not much to fetch.
func TestADeskOf5000(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	mara := v.deskOf(5000)
	cards, _, err := v.app.Inbox(t.Context(), mara, app.InboxQuery{Limit: 1})
	v.must(err)
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.shows("5000 left")
	for _, path := range []string{"/", "/?open=" + string(cards[0].Invitation), "/?in=decline", "/?sort=newest", "/?text=brandt", "/questions", "/together/decline", "/filter", "/decided"} {
		before := v.ran.Load()
		got, page := v.get(path)
		v.wants(http.StatusOK, "Mara Lindt", got, page)
		if n := v.ran.Load() - before; n > mostStatements {
			t.Errorf("%s takes %d statements, at most %d", path, n, mostStatements)
		}
		w.since()
		w.open(path)
		w.until(`document.readyState === "complete"`)
		if seen := w.since(); seen.bytes > mostBytes {
			t.Errorf("%s takes %.0f bytes, at most %d", path, seen.bytes, mostBytes)
		}
		for _, width := range []int64{320, 390, 1440} {
			w.layout(path, width)
		}
	}
}

// mostBytes is how much a page may fetch.
const mostBytes = 150_000
