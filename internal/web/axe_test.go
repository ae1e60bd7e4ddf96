package web

import (
	"fmt"
	"testing"
)

// Every page there is, with people, letters and files on it, is looked at by all
// of these.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	anyone, own := f.pages()
	if t.Failed() {
		return
	}
	t.Run("is for everybody", func(t *testing.T) { f.eachPage(t, anyone, own, forEverybody) })
	t.Run("fits", func(t *testing.T) { f.eachPage(t, anyone, own, fits) })
}

// eachPage looks at every page in a window.
func (f *filled) eachPage(t *testing.T, anyone, own []string, look func(*window, string)) {
	t.Helper()
	w := f.window(t)
	for _, path := range anyone {
		w.open(path)
		look(w, path)
	}
	w.signIn(f.Email, f.Password)
	for _, path := range own {
		w.open(path)
		look(w, path)
	}
}

// Nobody is kept out by how a page is made: axe finds nothing, in either theme,
// wide and narrow.
func forEverybody(w *window, path string) {
	for _, width := range []int64{1440, 390} {
		w.do(w.size(width, 1000))
		for _, dark := range []bool{false, true} {
			w.dark(dark)
			for _, wrong := range w.violations() {
				w.t.Errorf("%s, %d wide, dark %v: %s", path, width, dark, wrong)
			}
		}
	}
}

// No page is wider than its window: not on the narrowest phone, not in text
// twice as large.
func fits(w *window, path string) {
	for _, at := range []struct {
		width int64
		text  string
	}{{320, "100%"}, {390, "200%"}, {1440, "200%"}} {
		w.do(w.size(at.width, 1000))
		wide := w.says(fmt.Sprintf(`(() => {
			document.documentElement.style.fontSize = %q;
			const most = document.scrollingElement.clientWidth;
			if (document.scrollingElement.scrollWidth <= most) return "";
			const rolls = e => e && (getComputedStyle(e).overflowX != "visible" || rolls(e.parentElement));
			const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > most + 1 && !rolls(e.parentElement));
			return document.scrollingElement.scrollWidth + " for " + most + ": " + wide.slice(0, 8).map(e => e.tagName + "." + e.className + " " + e.textContent.slice(0, 30)).join(" | ");
		})()`, at.text))
		if wide != "" {
			w.t.Errorf("%s, %d wide, text %s: %s", path, at.width, at.text, wide)
		}
	}
	w.do(w.size(1440, 1000))
}
