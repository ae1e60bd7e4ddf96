package web

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	dialogs "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// chromium is the one browser of all tests, begun by the first that needs it.
// Each window in it has cookies and a cache of its own.
var chromium browser

type browser struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if chromium.stop != nil {
		_ = chromedp.Cancel(chromium.ctx) // it waits for the browser to end
		chromium.stop()
	}
	os.Exit(code)
}

// begin gives what windows are opened in.
func (b *browser) begin() (context.Context, error) {
	b.once.Do(func() {
		path, err := exec.LookPath("chromium")
		if err != nil {
			b.err = errors.New("there is no chromium; run the tests through scripts/browser")
			return
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WSURLReadTimeout(patience),
			chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("font-render-hinting", "none"),
			chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("hide-scrollbars", true))
		b.ctx, b.stop = chromedp.NewExecAllocator(context.Background(), options...)
		b.ctx, _ = chromedp.NewContext(b.ctx, chromedp.WithErrorf(func(string, ...any) {}))
		b.err = chromedp.Run(b.ctx)
	})
	return b.ctx, b.err
}

// patience is how long a test waits for a page before it says what is missing.
const patience = 90 * time.Second

// window is a real browser's window at a visitor's Kith.
type window struct {
	t    testing.TB
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

// window opens a browser's window, with nobody signed in.
func (v *visitor) window(t testing.TB) *window {
	t.Helper()
	all, err := chromium.begin()
	if err != nil {
		t.Fatal(err)
	}
	browser := cdp.WithExecutor(all, chromedp.FromContext(all).Browser)
	cookies, err := target.CreateBrowserContext().Do(browser)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := target.CreateTarget("about:blank").WithBrowserContextID(cookies).WithNewWindow(true).Do(browser)
	if err != nil {
		t.Fatal(err)
	}
	ctx, _ := chromedp.NewContext(all, chromedp.WithTargetID(tab))
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx)
		_ = target.DisposeBrowserContext(cookies).Do(browser)
	})
	w := &window{t: t, ctx: ctx, base: v.server.URL}
	chromedp.ListenTarget(ctx, w.watch)
	if err := chromedp.Run(ctx, network.Enable(), runtime.Enable(), audits.Enable(), w.size(1440, 1000)); err != nil {
		t.Fatal(err)
	}
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
	case *audits.EventIssueAdded:
		if csp := e.Issue.Details.ContentSecurityPolicyIssueDetails; csp != nil {
			w.seen.wrong = append(w.seen.wrong, "the policy refused "+csp.ViolatedDirective+" "+csp.BlockedURL)
		}
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

// size gives the window a size; under 500 pixels it is a phone's.
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

// do does something in the window.
func (w *window) do(actions ...chromedp.Action) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.ctx, patience)
	defer stop()
	w.fine(chromedp.Run(ctx, actions...))
}

// fine ends the test, with what the page says, if something did not work.
func (w *window) fine(err error) {
	w.t.Helper()
	if err == nil {
		return
	}
	ctx, stop := context.WithTimeout(w.ctx, patience)
	defer stop()
	var text string
	_ = chromedp.Run(ctx, chromedp.Evaluate(`location.href + "\n" + document.body.innerText`, &text))
	w.t.Fatalf("%v at %s", err, text)
}

// open goes to a page of Kith. Behind a bar stands what is pressed there.
func (w *window) open(path string) {
	w.t.Helper()
	path, press, _ := strings.Cut(path, " | ")
	w.do(chromedp.Navigate(w.base + path))
	if press != "" {
		w.do(chromedp.Evaluate(`document.querySelector("h1").dataset.old = "yes"`, nil), chromedp.Click(press), chromedp.WaitReady("h1:not([data-old])"))
	}
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

// settled holds when what was asked for has taken its place on the page.
const settled = `!document.querySelector(".htmx-swapping, .htmx-settling, .htmx-request")`

// until waits until an expression holds on the page.
func (w *window) until(expression string) {
	w.t.Helper()
	w.whatever(chromedp.Poll(expression, nil, chromedp.WithPollingTimeout(patience/3)))
}

// says evaluates an expression to text.
func (w *window) says(expression string) (text string) {
	w.t.Helper()
	w.whatever(chromedp.Evaluate(expression, &text))
	return text
}

// whatever looks at the page, though another may come meanwhile.
func (w *window) whatever(look chromedp.Action) {
	w.t.Helper()
	var err error
	for range 5 {
		ctx, stop := context.WithTimeout(w.ctx, patience)
		err = chromedp.Run(ctx, look)
		stop()
		if err == nil || !strings.Contains(err.Error(), "context with specified id") && !strings.Contains(err.Error(), "navigated or closed") {
			break
		}
	}
	w.fine(err)
}

// key presses a key as a person does, with whatever has the focus, once the page
// listens.
func (w *window) key(keys string) {
	w.t.Helper()
	w.until(`document.readyState === "complete" && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")`)
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

// violations runs axe over the page: a line for each rule that is broken. Of rules
// only these are looked at, if there are any.
func (w *window) violations(rules ...string) (out []string) {
	w.t.Helper()
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct {
			HTML           string
			FailureSummary string
		}
	}
	options := map[string]any{"resultTypes": []string{"violations"}}
	if len(rules) > 0 {
		options["runOnly"] = rules
	}
	how, err := json.Marshal(options)
	if err != nil {
		w.t.Fatal(err)
	}
	w.do(chromedp.Evaluate(axe, nil), chromedp.Evaluate(fmt.Sprintf(`axe.run(document, %s).then(r => r.violations)`, how), &found, await))
	for _, f := range found {
		line := f.ID + " (" + f.Impact + "): " + f.Help
		for _, n := range f.Nodes {
			line += "\n    " + n.HTML + "\n    " + strings.ReplaceAll(n.FailureSummary, "\n", "; ")
		}
		out = append(out, line)
	}
	return out
}
