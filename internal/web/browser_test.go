package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	dialogs "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// window is a real browser's window at a visitor's Kith.
type window struct {
	t    *testing.T
	ctx  context.Context
	base string
	mu   sync.Mutex
	seen traffic
}

// traffic is what a window fetched since it was last reset.
type traffic struct {
	bytes   float64
	foreign []string // requests to anywhere else
	wrong   []string // what the page reported: errors, refused by its policy
	alerts  int      // dialogs that a script opened
}

// patience is how long a test waits for a page before it says what is missing.
const patience = 90 * time.Second

// window opens a browser, with nobody signed in.
func (v *visitor) window(t *testing.T) *window {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("there is no chromium; run the tests through scripts/browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("font-render-hinting", "none"))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, _ = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) }) // it waits for the browser to end
	ctx, stop = context.WithTimeout(ctx, patience)
	t.Cleanup(stop)
	w := &window{t: t, ctx: ctx, base: v.server.URL}
	chromedp.ListenTarget(ctx, w.watch)
	w.do(network.Enable(), runtime.Enable(), w.size(1440, 1000))
	return w
}

// watch keeps an eye on what the page does.
func (w *window) watch(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, w.base) && !strings.HasPrefix(url, "data:") && url != "about:blank" {
			w.seen.foreign = append(w.seen.foreign, url)
		}
	case *network.EventLoadingFinished:
		w.seen.bytes += e.EncodedDataLength
	case *runtime.EventExceptionThrown:
		w.seen.wrong = append(w.seen.wrong, e.ExceptionDetails.Error())
	case *dialogs.EventJavascriptDialogOpening:
		w.seen.alerts++
		go func() { _ = chromedp.Run(w.ctx, dialogs.HandleJavaScriptDialog(true)) }()
	}
}

// since gives what was fetched since the last call.
func (w *window) since() traffic {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.seen
	w.seen = traffic{}
	return out
}

func (w *window) size(width, height int64) chromedp.Action {
	return emulation.SetDeviceMetricsOverride(width, height, 1, width < 500)
}

// dark puts the window into the dark theme, or out of it.
func (w *window) dark(on bool) {
	w.t.Helper()
	theme := "light"
	if on {
		theme = "dark"
	}
	w.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
}

func (w *window) do(actions ...chromedp.Action) {
	w.t.Helper()
	if err := chromedp.Run(w.ctx, actions...); err != nil {
		var text string
		_ = chromedp.Run(w.ctx, chromedp.Evaluate(`location.href + "\n" + document.body.innerText`, &text))
		w.t.Fatalf("%v at %s", err, text)
	}
}

// open goes to a page of Kith.
func (w *window) open(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.base + path))
}

// signIn signs somebody in by hand.
func (w *window) signIn(email, password string) {
	w.t.Helper()
	w.open("/sign-in")
	w.do(chromedp.SetValue("#email", email), chromedp.SetValue("#password", password), chromedp.Submit("#password"), chromedp.WaitVisible("#places"))
}

// shows waits until the page says something.
func (w *window) shows(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("document.body.innerText.includes(%s)", quoted(text)))
}

// until waits until an expression holds on the page.
func (w *window) until(expression string) {
	w.t.Helper()
	w.do(chromedp.Poll(expression, nil, chromedp.WithPollingTimeout(patience/3)))
}

// says evaluates an expression to text.
func (w *window) says(expression string) (text string) {
	w.t.Helper()
	w.do(chromedp.Evaluate(expression, &text))
	return text
}

// key presses a key as a person does, with whatever has the focus.
func (w *window) key(keys string) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(keys))
}

func quoted(s string) string {
	data, _ := json.Marshal(s) // a string always has JSON
	return string(data)
}

// await has an expression's promise waited for.
func await(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

//go:embed testdata/axe.min.js
var axe string

// violations runs axe over the page: a line for each rule that is broken.
func (w *window) violations() (out []string) {
	w.t.Helper()
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct {
			HTML           string
			FailureSummary string
		}
	}
	w.do(chromedp.Evaluate(axe, nil),
		chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`, &found, await))
	for _, f := range found {
		line := f.ID + " (" + f.Impact + "): " + f.Help
		for _, n := range f.Nodes {
			line += "\n    " + n.HTML + "\n    " + strings.ReplaceAll(n.FailureSummary, "\n", "; ")
		}
		out = append(out, line)
	}
	return out
}
