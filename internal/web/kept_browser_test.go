package web

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// A button that is pressed twice acts once, whenever the second press comes; and
// it acts again on the page that follows.
func TestAButtonPressedTwiceActsOnce(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Lindqvist", "bo@lind.example")
	v.ties(mara, bo)
	w := v.window(t)
	var posts atomic.Int64
	chromedp.ListenTarget(w.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok && e.Request.Method == "POST" && e.RedirectResponse == nil &&
			(strings.Contains(e.Request.URL, "/messages/"+string(bo.ID)) || strings.Contains(e.Request.URL, "/letters/")) {
			posts.Add(1)
		}
	})
	w.signIn("mara@lindt.example", goodPassword)
	// While a decided letter leaves, its form is still there.
	v.invites(v.joins("Cleo Fontein", "cleo@mail.example"), mara, goodNote)
	w.open("/")
	w.do(chromedp.Evaluate(`(async () => {
		const b = document.querySelector("button[data-act=later]");
		for (let i = 0; i < 40; i++) {
			if (b.isConnected) b.form.requestSubmit(b);
			await new Promise((then) => setTimeout(then, 10));
		}
	})()`, nil, await))
	w.until(`location.search.includes("done=later") && ` + settled)
	if posts.Swap(0) != 1 {
		t.Error("a letter was put off more than once")
	}
	w.open("/messages/" + string(bo.ID))
	for i, gap := range []int{0, 10, 120, 170} {
		text := fmt.Sprintf("Number %d of them.", i)
		w.do(chromedp.SetValue("#text", text), chromedp.Evaluate(fmt.Sprintf(`(async () => {
			const b = document.querySelector("section.after button.go");
			b.click();
			await new Promise((then) => setTimeout(then, %d));
			b.click();
		})()`, gap), nil, await))
		w.until(`document.querySelector(".notes")?.innerText.includes("` + text + `") && document.querySelector("#text").value === "" && ` + settled)
	}
	list, _, err := v.app.Thread(t.Context(), mara, bo.ID, app.Cursor{}, 50)
	v.must(err)
	if len(list) != 4 || posts.Load() != 4 {
		t.Errorf("%d messages, %d requests", len(list), posts.Load())
	}
}
