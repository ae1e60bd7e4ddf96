package web

import (
	"net/http"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
)

// reported has a guest report the letter of another, and gives both.
func (v *visitor) reported(note string) (bo, cleo *visitor, cleoID kith.MemberID) {
	v.t.Helper()
	bo, to := v.guest("Bo Lindqvist")
	cleo, cleoID = v.guest("Cleo Fontein")
	got, page := cleo.post("/write/"+string(to), "do", "send", "note", note)
	cleo.wants(200, "open until", got, page)
	_, rest, _ := strings.Cut(page, `action="/sent/`)
	id, _, _ := strings.Cut(rest, "/")
	got, page = bo.post("/letters/"+id+"/report", "reason", "money", "words", "They asked twice")
	bo.wants(200, "", got, page)
	return bo, cleo, cleoID
}

// caseOn gives the id of the case the page of the desk begins with.
func (v *visitor) caseOn(page string) string {
	v.t.Helper()
	_, rest, _ := strings.Cut(page, `action="/moderation/cases/`)
	id, _, ok := strings.Cut(rest, "/look")
	if !ok {
		v.t.Fatalf("no case in %s", page)
	}
	return id
}

const moneyNote = "Dear Bo, I am the widow of a minister. Send 500 dollars to my account today and I will pay you one million. May I ask for your bank details?"

// A case is looked at, decided wrongly, decided, appealed against and granted.
func TestACaseFromReportToAppeal(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		v.says("/moderation", "Nothing to look at.", "Nobody reported anything")
		bo, cleo, _ := v.reported(moneyNote)
		page := v.says("/moderation", "One case waits.", "by one person")
		if strings.Contains(page, "Cleo") || strings.Contains(page, "Bo Lindqvist") {
			t.Error("the list names whom a case is about")
		}
		at := "/moderation/cases/" + v.caseOn(page)
		got, page := v.get(at + "/look")
		v.wants(200, "One case waits.", got, page)
		got, page = v.post(at + "/look")
		v.wants(200, "Cleo Fontein", got, page)
		v.wants(200, "widow of a minister", got, page)
		v.wants(200, "<mark>", got, page)
		v.wants(200, "They asked twice", got, page)
		if strings.Contains(page, "Bo Lindqvist") {
			t.Error("the case names who reported")
		}
		got, page = v.post(at+"/uphold", "step", "paused", "weeks", "99", "words", "for the desk")
		v.wants(422, "for how many weeks", got, page)
		v.wants(422, "for the desk", got, page)
		v.wants(422, `value="99"`, got, page)
		got, page = v.post(at+"/uphold", "step", "paused", "weeks", "2", "at-once", "yes", "words", "for the desk")
		v.wants(200, "Upheld.", got, page)
		v.wants(200, "Nothing to look at.", got, page)
		v.says("/moderation?state=upheld", "Reported")
		got, page = v.post(at+"/dismiss", "words", "")
		v.wants(409, "decided already", got, page)

		got, page = cleo.post("/standing/appeal", "words", "I am nobody’s widow")
		cleo.wants(200, "with the moderators", got, page)
		page = v.says("/moderation", "An appeal")
		at = "/moderation/cases/" + v.caseOn(page)
		got, page = v.post(at + "/look")
		v.wants(200, "nobody’s widow", got, page)
		v.wants(200, "Grant it", got, page)
		got, page = v.post(at+"/uphold", "words", "")
		v.wants(200, "Upheld.", got, page)
		bo.lacks("/news", "widow")
	})
}

// For everybody who does not look after reports, these pages are as those that
// are not there.
func TestModerationIsNotThereForOthers(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, _, _ := v.reported(moneyNote)
		id := v.caseOn(v.says("/moderation"))
		head := func(method, path string) (status int, header http.Header, page string) {
			r, err := http.NewRequest(method, v.server.URL+path, nil)
			v.must(err)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			res, err := bo.client.Do(r)
			v.must(err)
			status, page = bo.read(res)
			res.Header.Del("Date")
			return status, res.Header, page
		}
		status, header, none := head(http.MethodGet, "/nothing-of-the-kind")
		for _, x := range [][2]string{{http.MethodGet, "/moderation"}, {http.MethodGet, "/moderation?state=upheld"}, {http.MethodGet, "/moderation/duties"},
			{http.MethodGet, "/moderation/cases/" + id + "/look"}, {http.MethodPost, "/moderation/cases/" + id + "/look"},
			{http.MethodPost, "/moderation/cases/" + id + "/dismiss"}, {http.MethodPost, "/moderation/duties/revive"}} {
			got, h, page := head(x[0], x[1])
			if got != http.StatusNotFound || got != status || page != none || asText(h) != asText(header) {
				t.Errorf("%s %s: %d %v %q, want %d %v %q", x[0], x[1], got, h, page, status, header, none)
			}
		}
		if page := bo.says("/"); strings.Contains(page, "/moderation") {
			t.Error("the navigation tells of the desk")
		}
	})
}

func asText(h http.Header) string {
	var b strings.Builder
	// A header is written in the order of its names.
	_ = h.Write(&b)
	return b.String()
}

// What failed too often is shown to operators, tried again or given up.
func TestWhatFailedIsTriedAgainOrGivenUp(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		v.says("/moderation/duties", "Nothing failed.")
		got, page := v.post("/moderation/duties/revive", "owner", "nobody", "effect", "nothing")
		v.wants(404, "No duty that failed", got, page)
		got, page = v.post("/moderation/duties/burn", "owner", "nobody", "effect", "nothing")
		v.wants(404, "no such page", got, page)
	})
}
