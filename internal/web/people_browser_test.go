package web

import (
	"testing"

	"github.com/chromedp/chromedp"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// What the recipient's side would say changes as the letter is written; nothing
// is sent by that, and what is typed stays.
func TestThePreflightFollowsTheWriter(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	v.joins("Bo Lindqvist", "bo@lind.example")
	w := v.window(t)
	w.signIn("bo@lind.example", goodPassword)
	w.open("/write/" + string(mara.ID))
	w.do(chromedp.SendKeys("#note", "I would like to add you to my professional network."))
	w.until(`document.querySelector("#preflight mark") !== null`)
	w.until(`document.querySelector("#letters").textContent.startsWith("51 ")`)
	w.until(`document.querySelector("#note").value.length === 51 && document.activeElement.id === "note"`)
	w.open("/write")
	w.shows("Nothing is out.")
}

// A thread that is looked at with a script is marked read, and the number behind
// Messages goes.
func TestAThreadIsReadByLookingAtIt(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Lindqvist", "bo@lind.example")
	v.ties(bo, mara)
	_, err := v.app.Write(t.Context(), bo, mara.ID, "The readings are in the post.")
	v.must(err)
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	w.until(`document.querySelector("#places a[href='/messages'] b") !== null`)
	w.open("/messages/" + string(bo.ID))
	w.shows("The readings are in the post.")
	w.until(`document.querySelector("#places a[href='/messages'] b") === null`)
	n, err := v.app.CountUnread(t.Context(), mara)
	v.must(err)
	if n != 0 {
		t.Errorf("%d unread", n)
	}
}

// ties connects two members.
func (v *visitor) ties(from, to app.Actor) {
	v.t.Helper()
	i, err := v.app.Send(v.t.Context(), from, app.Invite{To: to.ID, Note: goodNote})
	v.must(err)
	_, err = v.app.Accept(v.t.Context(), to, i.ID, app.TieMet, app.NoSee, "")
	v.must(err)
}
