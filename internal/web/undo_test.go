package web

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
)

var undoForms = regexp.MustCompile(`(?s)<form[^>]* action="/undo">.*?</form>`)
var hiddenField = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// takesBack gives the fields of the form on a page that takes one thing back, or
// the last.
func takesBack(page, id string) (fields []string) {
	for _, form := range undoForms.FindAllString(page, -1) {
		if strings.Contains(form, `value="`+id+`"`) || id == "" {
			for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
				fields = append(fields, m[1], m[2])
			}
			return fields
		}
	}
	return nil
}

// undo takes back what a page offers to.
func (v *visitor) undo(page, id string) (int, string) {
	v.t.Helper()
	fields := takesBack(page, id)
	if fields == nil {
		v.t.Fatalf("nothing to take back: %s", page)
	}
	return v.post("/undo", fields...)
}

// Several are decided together, all but one, and exactly those come back.
func TestSeveralAreDecidedTogetherAndUndone(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		mara := v.fullDesk()
		before, err := v.app.Pile(t.Context(), mara, app.PileQuery{})
		v.must(err)
		page := v.says("/together/decline", "together?", "no missing fact could turn them", "It reads like a known fraud")
		ids := tickedID.FindAllStringSubmatch(page, -1)
		if len(ids) < 4 {
			t.Fatalf("%d letters to decline together", len(ids))
		}
		got, page := v.post("/together/decline")
		v.wants(422, "Nothing is ticked", got, page)
		form := []string{"sort", "name", "bundle", bundleOn(page)}
		for _, m := range ids[1:] {
			form = append(form, "id", m[1])
		}
		// Meanwhile one of them is judged otherwise, and one answered elsewhere.
		_, err = v.app.Answer(t.Context(), mara, kith.InvitationID(ids[1][1]), kith.AskMet, kith.AnswerYes)
		v.must(err)
		v.must(v.app.Settle(t.Context(), mara, kith.InvitationID(ids[2][1]), app.ChooseDecline))
		done := len(ids) - 3
		for range 2 { // sent twice, it is done once
			got, page = v.post("/together/decline", form...)
			v.wants(200, fmt.Sprintf("%d declined together.", done), got, page)
			v.wants(200, "1 is judged otherwise by now, and was left. 1 was no longer open.", got, page)
			v.wants(200, fmt.Sprintf("%d left", before.Left-done-1), got, page)
		}
		again := kith.InvitationID(ids[3][1])
		v.must(v.app.Unsettle(t.Context(), mara, again))
		v.pass(time.Second)
		v.must(v.app.Settle(t.Context(), mara, again, app.ChooseDecline))
		got, page = v.undo(page, "")
		v.wants(200, fmt.Sprintf("%d taken back. 1 stays: no longer open, or decided otherwise since.", done-1), got, page)
		v.wants(200, fmt.Sprintf("%d left", before.Left-2), got, page)
		if takesBack(page, "") != nil && strings.Contains(page, ">Undo") {
			t.Error("what was taken back can be undone")
		}
		got, page = v.post("/together/report", "id", ids[0][1], "bundle", "x")
		v.wants(404, "That did not work", got, page)
		got, page = v.get("/together/report")
		v.wants(404, "That did not work", got, page)
	})
}

// bundleOn reads from a page under which id its letters are decided together.
func bundleOn(page string) string {
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		if m[1] == "bundle" {
			return m[2]
		}
	}
	return ""
}

// The line about the last act stays while one reads on, takes back nothing that
// was decided since in another window, and goes with the next act.
func TestTheUndoLineStaysAndUndoesNothingElse(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		var ids []string
		for i, name := range []string{"Ada Brandt", "Bo Lindqvist", "Chipo Ndlovu", "Dora Weiss"} {
			ids = append(ids, string(v.invites(v.joins(name, fmt.Sprintf("%c@mail.example", 'a'+i)), mara, "")))
		}
		v.signsIn("mara@lindt.example")
		_, old := v.post("/letters/" + ids[0] + "/decline")
		next := turnsTo.FindStringSubmatch(old)
		if next == nil {
			t.Fatalf("no way on: %s", old)
		}
		got, page := v.get(strings.ReplaceAll(next[1], "&amp;", "&"))
		v.wants(200, "Ada Brandt: declined.", got, page)
		if takesBack(page, ids[0]) == nil {
			t.Error("the undo goes when one reads on")
		}

		// In another window it is taken back, and the letter accepted.
		got, page = v.undo(page, ids[0])
		v.wants(200, "Taken back.", got, page)
		v.pass(time.Second)
		got, page = v.post("/letters/" + ids[0] + "/accept")
		v.wants(200, "Ada Brandt: accepted.", got, page)
		got, page = v.undo(old, ids[0])
		v.wants(409, "decided otherwise since", got, page)
		ties, _, err := v.app.Connections(t.Context(), mara, app.Cursor{}, 10)
		v.must(err)
		if len(ties) != 1 {
			t.Errorf("%d connections: the old page ended it", len(ties))
		}
		got, page = v.post("/undo", "about", ids[0])
		v.wants(409, "decided otherwise since", got, page)
		page = v.says("/decided", "Undoing an acceptance ends the connection", "undo ends the connection")
		got, page = v.undo(page, ids[0])
		v.wants(200, "The connection is ended; they are not told.", got, page)

		_, page = v.post("/letters/" + ids[1] + "/later")
		v.wants(200, "Put off until", got, page)
		v.says("/?done=later&about="+ids[2], "2 left")
		if page = v.says("/?done=later&about="+ids[2], "left"); strings.Contains(page, "Put off until") {
			t.Error("a letter is said to be put off that is not")
		}
	})
}

var turnsTo = regexp.MustCompile(`href="([^"]*)" data-key="j"`)
