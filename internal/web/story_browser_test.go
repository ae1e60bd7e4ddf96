package web

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	dialogs "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// tabTo goes on with the Tab key until something has the focus.
func (w *window) tabTo(selector string) {
	w.t.Helper()
	for range 80 {
		var there bool
		w.do(chromedp.Evaluate(fmt.Sprintf("document.activeElement.matches(%s)", quoted(selector)), &there))
		if there {
			return
		}
		w.key(kb.Tab)
	}
	w.t.Fatalf("Tab does not lead to %s", selector)
}

// chooses answers the next dialog for files, as a person does who picks them.
func (w *window) chooses(files ...string) {
	w.t.Helper()
	chromedp.ListenTarget(w.ctx, func(event any) {
		if e, ok := event.(*dialogs.EventFileChooserOpened); ok {
			go func() {
				_ = chromedp.Run(w.ctx, dom.SetFileInputFiles(files).WithBackendNodeID(e.BackendNodeID)) // the page says if they did not come
			}()
		}
	})
	w.do(dialogs.SetInterceptFileChooserDialog(true))
}

// safe fails the test if the page did something wrong or asked anybody else.
func (w *window) safe() {
	w.t.Helper()
	if seen := w.since(); len(seen.wrong)+len(seen.foreign)+seen.alerts > 0 {
		w.t.Errorf("%d dialogs; wrong: %q; asked elsewhere: %q", seen.alerts, seen.wrong, seen.foreign)
	}
}

// From an empty machine to an empty inbox, with nothing but the keyboard.
func TestFirstRunToAnEmptyInboxByKeyboard(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	secret, _, err := v.app.FirstLink(t.Context())
	v.must(err)
	w := v.window(t)
	w.open("/welcome?secret=" + secret)
	for _, field := range [][2]string{{"#name", "Mara Quillon"}, {"#email", "mara@quillon.example"}, {"#password", goodPassword}} {
		w.tabTo(field[0])
		w.key(field[1])
	}
	w.key(kb.Enter)
	w.shows("What do you want your network for, Mara Quillon?")
	w.tabTo("input[value='grow-in-field']")
	w.key(" ")
	w.shows("Because of “a new field”.")
	w.tabTo("button.go")
	w.key(kb.Enter)

	w.shows("3 of 3")
	dir, err := filepath.Abs("../../examples/judith")
	v.must(err)
	w.chooses(filepath.Join(dir, "invitations.mbox"))
	w.tabTo("#files")
	w.key(kb.Enter)
	w.shows("Waiting to be read")
	v.must(v.loop.Drain(t.Context()))
	w.until(`!!document.querySelector("#runs") && !document.querySelector("#runs[hx-trigger]")`)
	w.tabTo(`main a[href="/"]`)
	w.key(kb.Enter)
	w.until(`!!document.getElementById("left")`)
	w.clears()
	w.shows("The desk is clear.")
	w.safe()
}

// clears declines letter after letter by its key until none is left.
func (w *window) clears() {
	w.t.Helper()
	for range 400 {
		before := w.says(`document.querySelector(".cleared") ? "" : document.getElementById("left").textContent.trim()`)
		if before == "" {
			return
		}
		w.until(`!!document.querySelector("[data-key=d]") && !document.querySelector(".acts[inert]")`)
		w.key("d")
		w.until(fmt.Sprintf(`document.getElementById("left")?.textContent.trim() != %s`, quoted(before)))
	}
	w.t.Fatal("the desk does not get empty")
}

// The files of the examples, all of them, through the page.
func TestTheExamplesAreBroughtInABrowser(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	v.first()
	w := v.window(t)
	w.signIn("mara@quillon.example", goodPassword)
	files, err := filepath.Glob("../../examples/judith/*.*")
	v.must(err)
	for i, f := range files {
		files[i], err = filepath.Abs(f)
		v.must(err)
	}
	w.open("/bring")
	w.do(chromedp.SetUploadFiles("#files", files))
	w.shows("Waiting to be read")
	v.must(v.loop.Drain(t.Context()))
	w.shows("300 invitations, 420 connections, 83 messages")
	w.until(`!document.querySelector("#runs[hx-trigger]")`)
	w.open("/")
	w.do(chromedp.WaitVisible("#verdict"))
	w.safe()
}

// Many at once: what is unticked stays, and one key takes all the others back.
func TestManyAreDeclinedTogetherAndTakenBack(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	left := func() string { return w.says(`document.getElementById("left").textContent.trim()`) }
	before := left()
	w.open("/together/decline")
	all := w.says(`document.querySelector("[data-count]").textContent`)
	w.do(chromedp.Click(".tickrow input[type=checkbox]"))
	w.until(fmt.Sprintf(`Number(document.querySelector("[data-count]").textContent) === %s - 1`, all))
	kept := w.says(`document.querySelector(".tickrow input").value`)
	w.do(chromedp.Click("button.go"))
	w.until(`!!document.querySelector(".undo")`)
	if strings.HasPrefix(left(), before) {
		t.Errorf("%s stays after %s were declined", before, all)
	}
	w.open("/?open=" + kept)
	w.do(chromedp.WaitVisible("#verdict"))
	w.do(chromedp.NavigateBack(), chromedp.WaitVisible(".undo"))
	w.key("u")
	w.until(fmt.Sprintf(`document.getElementById("left")?.textContent.trim() === %s`, quoted(before)))
	w.safe()
}
