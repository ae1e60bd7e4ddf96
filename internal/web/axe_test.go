package web

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every page there is, with people, letters and files on it.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	anyone, own := f.pages()
	f.readEach(t, own)
	f.pseudoEach(t, append(anyone, own...))
	w := f.window(t)
	look := func(path string) {
		w.open(path)
		w.forEverybody(path)
		w.fits(path)
		if seen := w.since(); len(seen.wrong)+len(seen.foreign) > 0 {
			t.Errorf("%s: wrong: %q; asked elsewhere: %q", path, seen.wrong, seen.foreign)
		}
	}
	for _, path := range anyone {
		look(path)
	}
	w.signIn(f.Email, f.Password)
	for _, path := range own {
		look(path)
	}
}

// mostStatements is how many a page may cost.
const mostStatements = 12

// readEach reads pages without a script: each is there, costs little, and has
// nothing in it that a script could live in.
func (f *filled) readEach(t *testing.T, paths []string) {
	t.Helper()
	said := constants(t)
	for _, path := range paths {
		if strings.Contains(path, " | ") {
			continue
		}
		before := f.ran.Load()
		got, page := f.get(path)
		if n := f.ran.Load() - before; n > mostStatements {
			t.Errorf("%s takes %d statements, at most %d", path, n, mostStatements)
		}
		if got != http.StatusOK {
			t.Errorf("%s: %d", path, got)
		}
		for _, part := range unsafeParts(page, said) {
			t.Errorf("%s has %s", path, part)
		}
	}
}

// pseudoEach reads pages in a language nobody speaks: whatever else can be read
// bypasses the catalogue, but for what people wrote.
func (f *filled) pseudoEach(t *testing.T, paths []string) {
	t.Helper()
	defer f.inPseudo()()
	for _, path := range paths {
		if strings.Contains(path, " | ") {
			continue
		}
		_, page := f.get(path)
		for _, text := range bypassing(page) {
			t.Errorf("%s says %q by itself", path, text)
		}
	}
}

// inPseudo has pages speak a language nobody speaks, until it is over.
func (f *filled) inPseudo() (over func()) {
	words := f.site.words
	f.site.words = f.site.unspoken()
	return func() { f.site.words = words }
}

// unspoken is a language nobody speaks, with words for all that is said in
// English.
func (s *site) unspoken() catalogue {
	all := maps.Clone(sentences)
	maps.Copy(all, s.words)
	return catalogue(all).pseudo()
}

// bypassing lists the texts of a page in the pseudo-language that stand in no
// catalogue, labels among them. A person's own words have a direction of their
// own, what is said in English alone is marked so.
func bypassing(page string) (out []string) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	names := map[string]bool{} // a title may be one
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && theirs(n.Parent) {
			names[strings.TrimSpace(n.Data)] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "kbd" && !theirs(n.Parent) && bypasses(n.Data) && !names[strings.TrimSuffix(n.Data, " · Kith")] {
			out = append(out, strings.TrimSpace(n.Data))
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"aria-label", "title", "alt", "placeholder"}, a.Key) && !theirs(n) && bypasses(a.Val) && !names[a.Val] {
				out = append(out, a.Key+"="+a.Val)
			}
		}
	}
	return out
}

// bypasses reports whether there is more in a text than the catalogue says, and
// the name of the page's service.
func bypasses(text string) bool {
	rest := strings.TrimSuffix(strings.TrimSpace(inCatalogue(text)), "Kith")
	return strings.ContainsFunc(rest, isLetter)
}

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// theirs reports whether what stands in an element is somebody's own words, their
// initials, English alone, or code.
func theirs(n *html.Node) bool {
	for ; n != nil && n.Data != "html"; n = n.Parent {
		if n.Data == "bdi" || n.Data == "code" || slices.Contains(strings.Fields(attr(n, "class")), "stamp") || attr(n, "dir") == "auto" || attr(n, "lang") == firstLanguage {
			return true
		}
	}
	return false
}

// fromCatalogue is a text of the catalogue, a tag where there is no script, or a
// key to press.
var fromCatalogue = regexp.MustCompile(`⟦[^⟦⟧]*⟧|<[^>]*>|\b[a-z]\b`)

// inCatalogue takes out of a text what the catalogue says, and what is filled in
// there.
func inCatalogue(text string) string {
	for {
		rest := fromCatalogue.ReplaceAllString(text, "")
		if rest == text {
			return rest
		}
		text = rest
	}
}

// forEverybody finds nobody kept out by how the page is made: axe finds nothing,
// wide and narrow, in either theme. With the theme only colours change.
func (w *window) forEverybody(path string) {
	w.t.Helper()
	for _, width := range []int64{1440, 390} {
		w.do(w.size(width, 1000))
		w.dark(false)
		wrong := w.violations()
		w.dark(true)
		wrong = append(wrong, w.violations("color-contrast", "link-in-text-block")...)
		for _, what := range wrong {
			w.t.Errorf("%s, %d wide: %s", path, width, what)
		}
	}
}

// fits finds the page no wider than its window: not on the narrowest phone, not
// in text twice as large.
func (w *window) fits(path string) {
	w.t.Helper()
	for _, at := range []struct {
		width int64
		text  string
	}{{320, "100%"}, {390, "200%"}, {1440, "200%"}} {
		w.do(w.size(at.width, 1000))
		wide := w.overflow(at.text)
		if wide != "" {
			w.t.Errorf("%s, %d wide, text %s: %s", path, at.width, at.text, wide)
		}
	}
	w.do(w.size(1440, 1000))
}

// overflow says what is wider than the window, with text of a size; empty if
// nothing is.
func (w *window) overflow(text string) string {
	w.t.Helper()
	return w.says(fmt.Sprintf(`(() => {
		document.documentElement.style.fontSize = %q;
		const most = document.scrollingElement.clientWidth;
		if (document.scrollingElement.scrollWidth <= most) return "";
		const rolls = e => e && (getComputedStyle(e).overflowX != "visible" || rolls(e.parentElement));
		const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > most + 1 && !rolls(e.parentElement));
		return document.scrollingElement.scrollWidth + " for " + most + ": " + wide.slice(0, 8).map(e => e.tagName + "." + e.className + " " + e.textContent.slice(0, 30)).join(" | ");
	})()`, text))
}
