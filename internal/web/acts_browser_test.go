package web

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	keyboard "github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// holds has a key repeat so often, as a keyboard does while it is held.
func (w *window) holds(key string, code int64, times int) {
	w.t.Helper()
	for range times {
		w.do(keyboard.DispatchKeyEvent(keyboard.KeyDown).WithKey(key).WithText(key).WithWindowsVirtualKeyCode(code).WithAutoRepeat(true))
	}
}

// A key that is held decides one letter, and no letter unread; turning them over
// goes on.
func TestAHeldKeyDecidesOneLetter(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/?in=decline")
	w.key("d")
	w.until(`location.search.includes("done=decline") && ` + settled)
	at, left := w.says("location.href"), w.says(`document.getElementById("left").textContent`)
	w.holds("d", 'D', 20)
	w.holds("j", 'J', 1)
	w.until(`location.href !== "` + at + `" && ` + settled)
	if now := w.says(`document.getElementById("left").textContent`); now != left {
		t.Errorf("%s after one letter, %s after the key was held", left, now)
	}
}

// Every act has a place at any width: in the bar, or behind More.
func TestEveryActIsReachedAtAnyWidth(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	mara := v.fullDesk()
	id := string(v.invites(v.joins("Ada Brandt", "a@mail.example"), mara, ""))
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/")
	there := w.says(`document.querySelector(".group.accept .row").getAttribute("href")`)
	for _, path := range []string{"/?open=" + id, there} {
		for _, width := range []int64{320, 360, 390, 800, 1440} {
			w.do(w.size(width, 800))
			w.open(path)
			w.do(chromedp.Evaluate(`document.querySelector("details.others").open = true`, nil))
			for _, key := range chances {
				if w.says(`String([...document.querySelectorAll("[data-act=`+key+`]")].some(a => { const r = a.getBoundingClientRect();
					return r.width > 0 && r.height >= 24 && r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight }))`) != "true" {
					t.Errorf("%s, %d wide: %s cannot be reached", path, width, key)
				}
			}
		}
	}
}

// What an act leads to has its place before it is looked at, and stands behind
// More where nothing runs.
func TestWhatAnActLeadsToIsSaid(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	v.invites(v.joins("Ada Brandt", "a@mail.example"), mara, "")
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	for _, width := range []int64{390, 1440} {
		w.do(w.size(width, 900))
		w.open("/")
		const bar = `String(document.querySelector(".bar").getBoundingClientRect().height)`
		before := w.says(bar)
		for _, key := range chances {
			w.do(chromedp.Evaluate(`document.querySelector("[data-act=`+key+`]").focus()`, nil))
			if now := w.says(bar); now != before {
				t.Errorf("%d wide: the bar is %s high, and %s with %s", width, before, now, key)
			}
		}
	}
	w.do(emulation.SetScriptExecutionDisabled(true))
	w.open("/")
	w.do(chromedp.Click(".others summary", chromedp.NodeVisible))
	w.do(chromedp.WaitVisible(`.others li:last-child .fine`))
}

// What is written before an act has the focus, and Esc leads back to the letter.
func TestTheKeyboardAsksAndLeadsBack(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	v.invites(v.joins("Ada Brandt", "a@mail.example"), mara, "")
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/")
	w.key("s")
	w.until(`location.pathname.endsWith("/ask") && document.activeElement.id === "question" && document.activeElement.tabIndex === 0 && ` + settled)
	w.key(kb.Escape)
	w.key(kb.Escape)
	w.until(`location.pathname === "/" && document.activeElement.id === "name" && ` + settled)
	w.key("r")
	w.until(`location.pathname.endsWith("/report") && ` + settled)
	w.key(kb.Escape)
	w.until(`location.pathname === "/" && ` + settled)
}

// Only a decided letter leaves, toward its group; nothing waits for any other,
// nor for those who want no motion.
func TestOnlyADecidedLetterLeaves(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/?in=decline")
	w.do(chromedp.Evaluate(`document.addEventListener("htmx:beforeSwap", e => { const s = document.querySelector(".sheet");
		window.swap = [e.detail.swapOverride ?? "at once", Math.sign(s.style.getPropertyValue("--to-x")), Math.sign(s.style.getPropertyValue("--to-y"))].join(", ") })`, nil))
	for _, step := range []struct {
		reduced string
		width   int64
		key     string
		swap    string
	}{
		{"no-preference", 1440, "j", "at once, 0, 0"},
		{"no-preference", 1440, "d", "outerHTML swap:180ms, -1, 1"},
		{"no-preference", 800, "d", "outerHTML swap:180ms, 1, -1"},
		{"no-preference", 1440, "z", "outerHTML swap:180ms, 0, 1"},
		{"reduce", 1440, "d", "outerHTML swap:0ms, -1, 1"},
	} {
		w.do(w.size(step.width, 900), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: step.reduced}}))
		at := w.says("location.href")
		w.key(step.key)
		w.until(`location.href !== "` + at + `" && ` + settled)
		if got := w.says("window.swap"); got != step.swap {
			t.Errorf("%s at %d: %s, want %s", step.key, step.width, got, step.swap)
		}
	}
}
