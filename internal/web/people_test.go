package web

import (
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// befriend connects the visitor with a guest.
func (v *visitor) befriend(g *visitor, to kith.MemberID) {
	v.t.Helper()
	got, page := v.post("/write/"+string(to), "do", "send", "note", goodNote)
	v.wants(200, "open until", got, page)
	_, rest, _ := strings.Cut(page, `action="/sent/`)
	id, _, _ := strings.Cut(rest, "/")
	got, page = g.post("/letters/" + id + "/accept")
	g.wants(200, "", got, page)
}

// What one knows of a connection is one's own; and it can end.
func TestAConnectionIsKeptAndEnds(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		mara := v.self("mara@quillon.example")
		v.befriend(bo, to)
		path := "/people/" + string(to)
		got, page := v.post(path+"/known", "tie", "close", "memo", "Met over cake in Umea")
		v.wants(200, "Met over cake in Umea", got, page)
		v.meets("/people", "close")
		bo.lacks("/people/"+string(mara), "cake in Umea")
		got, page = v.post(path+"/known", "memo", strings.Repeat("cake ", 300))
		v.wants(422, "cake cake cake", got, page)
		v.meets("/people?name=lind", "Bo Lindqvist")
		v.meets("/people?name=zz", "Nobody by that name here.")
		v.meets(path+"/connections", "Connections of Bo Lindqvist")
		v.meets(path+"/mutual", "In common with Bo Lindqvist")
		got, page = v.get(path + "/nothing")
		v.wants(404, "no such page", got, page)

		got, page = v.post(path + "/remove")
		v.wants(200, "Write to them", got, page)
		v.lacks("/people", "Bo Lindqvist")
	})
}

// Blocked, unknown and impossible are one and the same page.
func TestBlockedIsNotThere(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		mara := v.self("mara@quillon.example")
		got, page := bo.post("/people/" + string(mara) + "/block")
		bo.wants(200, "Mara Quillon", got, page)
		bo.meets("/people/"+string(mara), "You block them.")
		bo.meets("/write/"+string(mara), "You block them.")
		unknown := strings.Repeat("0", len(to))
		for _, path := range []string{"/people/*", "/people/*/mutual", "/people/*/connections", "/people/*/report", "/write/*", "/messages/*"} {
			gotIt, page := v.get(strings.Replace(path, "*", string(to), 1))
			gotNone, none := v.get(strings.Replace(path, "*", unknown, 1))
			if gotIt != 404 || gotNone != 404 || page != none {
				t.Errorf("%s: %d and %d, the same page: %v", path, gotIt, gotNone, page == none)
			}
		}
		v.lacks("/find?for=bo+lind", string(to))
		got, page = bo.post("/people/"+string(mara)+"/unblock", "from", "list")
		bo.wants(200, "You block nobody.", got, page)
		v.meets("/people/"+string(to), "Write to them")
	})
}

// A thread is marked read by a form and never by looking.
func TestMessagesGoBothWays(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		mara := string(v.self("mara@quillon.example"))
		v.befriend(bo, to)
		got, page := v.post("/messages/"+string(to), "text", " ")
		v.wants(422, "Write something first", got, page)
		got, page = v.post("/messages/"+string(to), "text", "The readings are on their way.")
		v.wants(200, "The readings are on their way.", got, page)

		bo.meets("/messages", "1 new")
		page = bo.meets("/messages/"+mara, "The first words after you connected")
		bo.meets("/messages", "1 new")
		_, rest, _ := strings.Cut(page, `name="read" value="`)
		id, _, _ := strings.Cut(rest, `"`)
		got, page = bo.post("/messages/read", "with", mara, "read", id)
		bo.wants(200, "The readings are on their way.", got, page)
		bo.meets("/messages", "Nothing new")

		got, page = bo.post("/messages/"+mara, "text", "They came. Thank you!", "read", id)
		bo.wants(200, "They came. Thank you!", got, page)
		v.meets("/messages", "1 new")
		bo.meets("/messages/"+mara+"/report?message="+id, "Report this message of Mara Quillon?")
		got, page = bo.post("/messages/"+mara+"/report", "message", id, "reason", "spam", "words", "")
		bo.wants(200, "The readings are on their way.", got, page)
		got, page = v.post("/messages/"+string(to)+"/report", "message", id, "reason", "spam")
		v.wants(404, "no such message", got, page)

		got, page = bo.post("/people/" + mara + "/remove")
		bo.wants(200, "Mara Quillon", got, page)
		v.meets("/messages/"+string(to), "You are not connected now")
		got, page = v.post("/messages/"+string(to), "text", "Are you there?")
		v.wants(409, "not connected", got, page)
	})
}

// A profile is reported with a reason of the list.
func TestAProfileIsReported(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		_, to := v.guest("Bo Lindqvist")
		v.meets("/people/"+string(to)+"/report", "Report Bo Lindqvist?")
		got, page := v.post("/people/"+string(to)+"/report", "reason", "dislike")
		v.wants(422, "", got, page)
		got, page = v.post("/people/"+string(to)+"/report", "reason", "impersonation", "words", "The real one is on holiday")
		v.wants(200, "Bo Lindqvist", got, page)
		got, page = v.post("/people/" + string(to) + "/admire")
		v.wants(404, "", got, page)
	})
}

// A search says when it finds nothing, and what it needs.
func TestFindSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	v.meets("/find", "by the beginning of their name")
	v.meets("/find?for=x", "Two letters or more")
	v.meets("/find?for=nobody+here", "Try a company or a school.")
	v.meets("/find?for="+strings.Repeat("long", 60), "too long")
}
