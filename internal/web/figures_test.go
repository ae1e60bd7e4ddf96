package web

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var figuresTo = flag.String("figures", "", "write the table of pages into this file")

// How often a page is asked for, and drawn, of which the median counts.
const timesAsked, timesDrawn = 30, 5

// BenchmarkPages prints what every page costs at the size of the demo: until the
// server has answered, until a browser has painted something, statements, bytes.
//
//	scripts/browser go test ./internal/web -run NONE -bench Pages -figures ../../docs/figures-desk.md
func BenchmarkPages(b *testing.B) {
	f := newFilled(b, 0)
	anyone, own := f.pages()
	out, in := f.window(b), f.window(b)
	in.signIn(f.Email, f.Password)
	var table strings.Builder
	for b.Loop() {
		table.Reset()
		table.WriteString("| page | answer, ms | first paint, ms | statements | kB of HTML |\n|---|---:|---:|---:|---:|\n")
		f.fresh()
		f.measure(&table, out, anyone)
		f.enters()
		f.measure(&table, in, own)
	}
	b.Log("\n" + table.String())
	if *figuresTo == "" {
		return
	}
	text := fmt.Sprintf(figuresHead, timesAsked, timesDrawn) + table.String()
	if err := os.WriteFile(*figuresTo, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

const figuresHead = `# What pages cost

Every page of the invented community of 2,000 with a full desk, signed out and signed in, in SQLite, over loopback: the median of %d answers of the server, and of
%d first paints in chromium with fonts and style sheets in its cache. What is reached by a button stands as "by", with what pressing it writes. Aims: an answer in
20 ms, paint in 300 ms, 12 statements to look at a page.

Made by ` + "`scripts/browser go test ./internal/web -run NONE -bench Pages -figures ../../docs/figures-desk.md`" + `.

`

// measure writes a row about each page.
func (f *filled) measure(table *strings.Builder, w *window, paths []string) {
	f.t.Helper()
	for _, path := range paths {
		ask, draw := func() (int, string) { return f.get(path) }, func() { w.open(path) }
		if at, button, ok := strings.Cut(path, " | "); ok {
			ask, draw = f.pressing(w, at, button)
		}
		c := f.costOf(ask)
		fmt.Fprintf(table, "| `%s` | %.1f | %.0f | %d | %.0f |\n", strings.Replace(f.named(path), " | ", "` by `", 1), c.answer, w.paint(draw), c.statements, c.size)
	}
}

// pressing gives how to come to the page behind a button without a script, and in
// a window.
func (f *filled) pressing(w *window, path, button string) (ask func() (int, string), draw func()) {
	f.t.Helper()
	w.open(path)
	var form []string
	w.do(chromedp.Evaluate(fmt.Sprintf(`(() => { const b = document.querySelector(%s); return [b.form.getAttribute("action"), ...[...new FormData(b.form, b)].flat()] })()`, quoted(button)), &form))
	ask = func() (int, string) { return f.post(form[0], form[1:]...) }
	return ask, func() {
		w.open(path)
		w.do(chromedp.Evaluate(fmt.Sprintf(`(() => { const b = document.querySelector(%s); document.querySelector("h1").dataset.old = "yes";
			if (b.name) b.form.append(Object.assign(document.createElement("input"), {type: "hidden", name: b.name, value: b.value})); b.form.submit() })()`, quoted(button)), nil),
			chromedp.WaitReady("h1:not([data-old])"))
	}
}

// cost is what a page costs the server.
type cost struct {
	answer, size float64 // milliseconds, kB
	statements   int64
}

func (f *filled) costOf(ask func() (int, string)) (c cost) {
	f.t.Helper()
	var times []float64
	for range timesAsked {
		before, began := f.ran.Load(), time.Now()
		_, page := ask()
		times = append(times, float64(time.Since(began).Microseconds())/1000)
		c.statements, c.size = f.ran.Load()-before, float64(len(page))/1000
	}
	c.answer = median(times)
	return c
}

// paint is how long a page that is drawn takes to show something, in milliseconds.
func (w *window) paint(draw func()) float64 {
	w.t.Helper()
	var times []float64
	for range timesDrawn {
		draw()
		var at float64
		w.do(chromedp.Evaluate(`new Promise(done => new PerformanceObserver(l => done(l.getEntries()[0].startTime)).observe({type: "paint", buffered: true}))`, &at, await))
		times = append(times, at)
	}
	return median(times)
}

func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}

// named puts the places back for ids that differ each time.
func (f *filled) named(path string) string {
	for place, id := range f.places {
		path = strings.ReplaceAll(path, id, place)
	}
	return path
}
