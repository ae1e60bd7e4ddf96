package web

import (
	"strings"
	"testing"

	"kith/internal/app"
)

// What was decided is drawn, stands in a table too, and where the two parted
// each letter leads to its reckoning.
func TestPicturesOfWhatWasDecided(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		bo.says("/pictures", "Nothing was decided in the last half year.")
		id := sendFrom(v, to)
		v.must(v.loop.Drain(t.Context()))
		verdict, err := v.app.Verdict(t.Context(), app.Actor{ID: to, Scopes: app.AllScopes(app.Ordinary)}, letterIDOf(id))
		v.must(err)
		act, does := "accept", "accepted"
		if verdict.Verdict.Verdict == "accept" {
			act, does = "decline", "declined"
		}
		got, page := bo.post("/letters/" + id + "/" + act)
		bo.wants(200, "", got, page)
		page = bo.says("/pictures", "of 1 letter.", "<rect", "The same as a table", "Week of")
		if differs := verdict.Verdict.Verdict == "accept" || verdict.Verdict.Verdict == "decline"; differs {
			bo.says("/pictures", "parted once in 1 letter", `href="/why/`+id+`"`, "Mara Quillon", does)
		} else if strings.Contains(page, "parted once") {
			t.Errorf("to be asked is no parting: %s", page)
		}
		bo.says("/decided", "Mara Quillon")
	})
}
