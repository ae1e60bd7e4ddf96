package web

import (
	"encoding/base64"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// outages are the ways in which what is sent gets no answer of Kith.
var outages = map[string]func(id fetch.RequestID) chromedp.Action{
	"gone": func(id fetch.RequestID) chromedp.Action {
		return fetch.FailRequest(id, network.ErrorReasonConnectionReset)
	},
	"fault":   answering(500, "something went wrong here"),
	"proxy":   answering(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
	"captive": answering(200, "<html><body><h1>Welcome to our network</h1></body></html>"),
	"silent":  func(fetch.RequestID) chromedp.Action { return chromedp.Tasks{} },
}

func answering(status int64, body string) func(fetch.RequestID) chromedp.Action {
	return func(id fetch.RequestID) chromedp.Action {
		return fetch.FulfillRequest(id, status).WithBody(base64.StdEncoding.EncodeToString([]byte(body)))
	}
}

// cutOff has every request of the window end as an outage does, until it is
// over.
func (w *window) cutOff(outage func(fetch.RequestID) chromedp.Action) (over func()) {
	w.t.Helper()
	chromedp.ListenTarget(w.ctx, func(event any) {
		if e, ok := event.(*fetch.EventRequestPaused); ok {
			go func() { _ = chromedp.Run(w.ctx, outage(e.RequestID)) }() // the page says if it did not come to that
		}
	})
	w.do(fetch.Enable(), chromedp.Evaluate(`htmx.config.timeout = 300`, nil))
	return func() {
		w.t.Helper()
		w.do(fetch.Disable(), chromedp.Evaluate(`htmx.config.timeout = 60000`, nil))
	}
}

const (
	alerted = `document.getElementById("unreached").innerText.includes("try again")`
	silent  = `!document.getElementById("unreached").innerText`
)

// Whatever comes in an answer's place, or nothing at all: it is said, the page
// stays, what was typed stays, and the same works once Kith can be reached.
func TestWhatDoesNotReachKithIsSaid(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	mara := v.fullDesk()
	bo := v.joins("Bo Reed", "bo@mail.example")
	v.ties(mara, bo)
	for name, outage := range outages {
		t.Run(name, func(t *testing.T) {
			w := v.window(t)
			w.signIn("mara@lindt.example", goodPassword)
			w.until(settled + ` && !!document.getElementById("left")`)
			left := w.says(`document.getElementById("left").textContent`)
			over := w.cutOff(outage)
			w.key("d")
			w.until(alerted + ` && ` + settled)
			if got := w.says(`document.getElementById("left")?.textContent + !!document.querySelector(".acts[inert], .leaves, [data-going]")`); got != left+"false" {
				t.Errorf("%q was left and is now %q", left, got)
			}
			over()
			w.key("d")
			w.until(silent + ` && document.getElementById("left").textContent != ` + quoted(left) + ` && ` + settled)

			w.open("/messages/" + string(bo.ID))
			over = w.cutOff(outage)
			w.do(chromedp.SetValue("#text", "On Monday then."), chromedp.Click("section.after button.go"))
			w.until(alerted + ` && document.getElementById("text").value === "On Monday then."`)
			over()
		})
	}
}

// What looks by itself leaves what it has shown, and looks again.
func TestALookThatFailsTakesNothingAway(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	v.joins("Mara Lindt", "mara@lindt.example")
	bo := v.joins("Bo Reed", "bo@mail.example")
	for _, name := range []string{"gone", "fault", "captive"} {
		w := v.window(t)
		w.signIn("mara@lindt.example", goodPassword)
		w.open("/write/" + string(bo.ID))
		over := w.cutOff(outages[name])
		w.do(chromedp.Evaluate(`addEventListener("htmx:afterRequest", () => document.body.dataset.looked = "yes")`, nil), chromedp.SendKeys("#note", "We met"))
		w.until(`document.body.dataset.looked && !!document.getElementById("preflight") && ` + silent)
		over()
		w.do(chromedp.Evaluate(`document.getElementById("preflight").dataset.old = "yes"`, nil), chromedp.SendKeys("#note", " in Delft"))
		w.until(`!!document.querySelector("#preflight:not([data-old])")`)
	}
}
