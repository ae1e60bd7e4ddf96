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

// types writes into a field as a person does, over what stands there.
func (w *window) types(field, text string) {
	w.t.Helper()
	w.do(chromedp.Evaluate(fmt.Sprintf("document.querySelector(%s).select()", quoted(field)), nil))
	w.key(text)
}

// tied waits until a member's page says that the two are connected, or that they
// are not.
func (w *window) tied(to app.Actor, connected bool) {
	w.t.Helper()
	w.open("/people/" + string(to.ID))
	w.until(fmt.Sprintf(`!!document.querySelector("main a.go[href='/messages/%s']") === %v`, to.ID, connected))
}

// accepts accepts the letter that lies open, without a first message where one is
// offered.
func (w *window) accepts() {
	w.t.Helper()
	w.key("a")
	w.until(`location.pathname.endsWith("/accept") || !!document.querySelector(".undo")`)
	if w.says("location.pathname") != "/" {
		w.do(chromedp.Click("button[name=silent]"))
	}
	w.shows(": accepted.")
}

// The whole life of an invitation, in the windows of both, by what stands on their
// pages alone.
func TestTheWholeLifeOfAnInvitationBetweenTwoBrowsers(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Lindqvist", "bo@lind.example")
	theirs, mine := v.window(t), v.window(t)
	theirs.signIn("bo@lind.example", goodPassword)
	mine.signIn("mara@lindt.example", goodPassword)
	judged := func() { v.must(v.loop.Drain(t.Context())) }

	// Written, with what the other side would say.
	theirs.open("/write/" + string(mara.ID))
	theirs.types("#note", "I'd like to add you to my professional network.")
	theirs.until(`document.querySelector("#preflight").innerText.includes("What would help")`)
	before := theirs.says(`document.querySelector("#preflight .helps").innerText`)
	theirs.types("#note", "We shared the gauge at Deventer in March; may I see your readings?")
	theirs.until(fmt.Sprintf(`document.querySelector("#preflight .preview")?.innerText.includes("Deventer") && document.querySelector("#preflight .helps")?.innerText !== %s`, quoted(before)))
	theirs.do(chromedp.Click("button[value=send]"))
	theirs.until(`location.pathname === "/write"`)
	theirs.shows("We shared the gauge at Deventer")
	judged()

	// Asked first, and answered.
	mine.open("/")
	mine.shows("We shared the gauge at Deventer")
	mine.key("s")
	mine.until(`location.pathname.endsWith("/ask")`)
	mine.types("#question", "Which of the two gauges was yours?")
	mine.do(chromedp.Click("button.go"))
	mine.shows("Bo Lindqvist: asked.")
	mine.shows("The desk is clear.")
	theirs.open("/write")
	theirs.shows("Which of the two gauges was yours?")
	theirs.types("form[action$='/reply'] textarea", "The one below the bridge.")
	theirs.do(chromedp.Click("form[action$='/reply'] button"))
	theirs.until(`!document.querySelector("form[action$='/reply']") && document.body.innerText.includes("The one below the bridge.")`)
	out := theirs.says(`document.querySelector("main").innerText`)
	judged()

	// Declined, which the other side cannot see, and taken back.
	mine.open("/")
	mine.shows("The one below the bridge.")
	mine.key("d")
	mine.shows("Bo Lindqvist: declined. They can see nothing.")
	theirs.open("/write")
	if now := theirs.says(`document.querySelector("main").innerText`); now != out {
		t.Errorf("the sender sees of a decline\n%s\nwhere there was\n%s", now, out)
	}
	mine.key("u")
	mine.shows("The one below the bridge.")

	// Accepted, which both see; and a message each way.
	mine.accepts()
	mine.tied(bo, true)
	theirs.tied(mara, true)
	for _, m := range []struct {
		from, to *window
		with     app.Actor
		text     string
	}{{mine, theirs, bo, "The readings are on their way."}, {theirs, mine, mara, "They are here; thank you."}} {
		m.from.open("/messages/" + string(m.with.ID))
		m.from.types("#text", m.text)
		m.from.do(chromedp.Click("article ~ section button.go"))
		m.from.until(fmt.Sprintf(`document.querySelector("ol.notes")?.innerText.includes(%s)`, quoted(m.text)))
		m.to.open("/messages")
		m.to.shows(m.text)
	}

	// Undone: a silent removal.
	mine.open("/decided")
	mine.do(chromedp.Click("main form[action='/undo'] button"))
	mine.shows("The connection is ended; they are not told.")
	mine.tied(bo, false)
	theirs.tied(mara, false)
	mine.safe()
	theirs.safe()
}

// A letter that is taken back while it lies open is told of as that, and the
// sender sees when they may write again.
func TestALetterIsTakenBackWhileItLiesOpen(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	v.joins("Ida Falk", "ida@falk.example")
	theirs, mine := v.window(t), v.window(t)
	theirs.signIn("ida@falk.example", goodPassword)
	mine.signIn("mara@lindt.example", goodPassword)
	theirs.open("/write/" + string(mara.ID))
	theirs.types("#note", "The kiln at Marsh End is cold again. Yours?")
	theirs.do(chromedp.Click("button[value=send]"))
	theirs.until(`location.pathname === "/write"`)
	v.must(v.loop.Drain(t.Context()))
	mine.open("/")
	mine.shows("The kiln at Marsh End")
	theirs.do(chromedp.Click("main li details summary"), chromedp.Click("form[action$='/withdraw'] button"))
	theirs.shows("taken back")
	mine.key("d")
	mine.until(`!document.querySelector("[data-key=d]")`)
	mine.shows("withdrawn")
	theirs.open("/write/" + string(mara.ID))
	theirs.shows("The next letter may follow on")
	mine.safe()
	theirs.safe()
}
