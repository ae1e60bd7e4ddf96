package web

import (
	"testing"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// Letters as the examples have none: in another script, with a link, taken back
// and put off. Each can be read by everybody, and from what is over the keyboard
// leads on.
func TestRareLettersAreForEverybody(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	ada, bo, cy := v.joins("نادر القصباوي", "a@mail.example"), v.joins("Bo Lindqvist", "b@mail.example"), v.joins("Cy Okoro", "c@mail.example")
	written := v.invites(ada, mara, "مرحبا، هل التقينا في دلفت؟ لدي سؤال عن أجهزة القياس.")
	gone := v.invites(bo, mara, "See https://www.linkedin.com@a-very-long-name-of-a-host-that-nobody-can-read.evil.example/x")
	aside := v.invites(cy, mara, "Here is мой вопрос о ваших приборах: как вы их греете?")
	v.must(v.loop.Drain(t.Context()))
	v.must(v.app.Settle(t.Context(), mara, aside, app.ChooseLater))
	w := v.window(t)
	w.signIn("mara@lindt.example", goodPassword)
	_, err := v.app.Withdraw(t.Context(), bo, gone)
	v.must(err)
	for id, says := range map[string]string{string(written): "In Arabic letters.", string(gone): "evil.example", string(aside): "In Cyrillic letters."} {
		w.open("/?open=" + id)
		w.shows(says)
		w.forEverybody("/?open=" + says)
		w.fits("/?open=" + says)
	}
	w.open("/?open=" + string(gone) + "&next=" + string(written))
	w.key("j")
	w.shows("In Arabic letters.")
	w.open("/?open=" + string(aside))
	w.key("z")
	w.until(`!document.querySelector(".became")`)
	w.safe()
}
