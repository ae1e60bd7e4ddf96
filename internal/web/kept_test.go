package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// connected are a visitor and a guest who are connected.
func connected(v *visitor) (bo *visitor, to kith.MemberID) {
	v.t.Helper()
	v.first()
	bo, to = v.guest("Bo Lindqvist")
	v.befriend(bo, to)
	return bo, to
}

// hidden gives what a hidden field of a page holds.
func (v *visitor) hidden(name, page string) string {
	v.t.Helper()
	return v.part(`name="`+name+`" value="([^"]*)"`, page)
}

// One form is one message, however often it is sent; the same words again are
// another one.
func TestAMessageSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		_, to := connected(v)
		path := "/messages/" + string(to)
		for n := 1; n <= 2; n++ {
			after := v.hidden("after", v.meets(path, "Your message"))
			for range 2 {
				got, page := v.post(path, "text", "Thank you!", "after", after)
				v.wants(200, "Thank you!", got, page)
				if found := strings.Count(page, ">Thank you!<"); found != n {
					t.Errorf("%d messages, want %d", found, n)
				}
			}
		}
	})
}

// What was written stays to be read wherever it can no longer be sent.
func TestWhatWasWrittenStays(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		_, to := connected(v)
		mara := v.as("mara@quillon.example")
		bo := app.Actor{ID: to, Scopes: app.AllScopes(app.Ordinary)}
		cleo, cleoID := v.guest("Cleo Fontein")
		long, kept := strings.Repeat("word ", 300), "Dear Cleo, a careful letter about gauges"

		_, err := v.app.ChangeSettings(t.Context(), app.Actor{ID: cleoID, Scopes: app.AllScopes(app.Ordinary)}, func(s *app.Settings) error {
			s.Invites = app.FromNobody
			return nil
		})
		v.must(err)
		got, page := v.post("/write/"+string(cleoID), "do", "send", "note", kept)
		v.wants(409, kept, got, page)

		for _, path := range []string{"/people/" + string(cleoID) + "/report", "/messages/" + string(to) + "/report"} {
			got, page = v.post(path, "message", "none", "reason", "money", "words", long)
			v.wants(422, "word word</textarea>", got, strings.ReplaceAll(page, " </textarea>", "</textarea>"))
			v.wants(422, `value="money" required checked`, got, page)
		}
		for range app.MaxReports {
			m, err := v.app.Write(t.Context(), bo, mara.ID, "Hello")
			v.must(err)
			v.must(v.app.Report(t.Context(), mara, app.Accusation{On: app.OnMessage, ID: string(m.ID), Reason: "money"}))
		}
		got, page = v.post("/people/"+string(cleoID)+"/report", "reason", "money", "words", kept)
		v.wants(409, kept+"</textarea>", got, page)

		v.must(v.app.RemoveConnection(t.Context(), bo, mara.ID))
		got, page = v.post("/messages/"+string(to), "text", kept)
		v.wants(409, kept, got, page)
		got, page = v.post("/people/"+string(to)+"/known", "memo", kept)
		v.wants(404, kept, got, page)
		got, page = v.post("/standing/appeal", "words", kept)
		v.wants(409, kept, got, page)
		for path, field := range map[string]string{"ask": "question", "accept": "greeting", "report": "words"} {
			got, page = v.post("/letters/none/"+path, field, kept, "reason", "money")
			v.wants(409, kept, got, page)
		}
		got, page = cleo.post("/sent/none/reply", "text", kept)
		cleo.wants(404, kept, got, page)
	})
}

// An answer to a letter that stands further back in the list keeps its place.
func TestAReplyFurtherBackIsKept(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	bo, to := v.guest("Bo Lindqvist")
	got, page := v.post("/write/"+string(to), "do", "send", "note", goodNote)
	v.wants(200, "open until", got, page)
	list, _, err := v.app.Invitations(t.Context(), v.as("mara@quillon.example"), app.Sent, app.Cursor{}, 1)
	v.must(err)
	id := string(list[0].ID)
	got, page = bo.post("/letters/"+id+"/ask", "question", "Which gauges were they?")
	bo.wants(200, "", got, page)
	page = v.meets("/write?before=99999999999999999&id=z", "Which gauges were they?")
	action := v.part(`action="(/sent/[^"]*/reply\?[^"]*)"`, page)
	got, page = v.post(strings.ReplaceAll(action, "&amp;", "&"), "text", strings.Repeat("long ", 500))
	v.wants(422, "long long", got, page)
	v.wants(422, strings.ReplaceAll(action, "&amp;", "&"), got, strings.ReplaceAll(page, "&amp;", "&"))
	got, page = v.post("/sent/"+id+"/reply", "text", "The low-cost ones.")
	v.wants(200, "You answered:", got, page)
	got, page = v.post("/sent/"+id+"/reply", "text", "Or the other ones.")
	v.wants(409, "Or the other ones.", got, page)
}

// A session that has ended takes nothing along: who was looking comes back after
// signing in, and who was writing finds the words and can send them.
func TestNothingIsLostWithTheSession(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		_, to := connected(v)
		v.signsOut()
		const words = `A long "story" <b>of ice</b>`
		got, page := v.post("/messages/"+string(to), "text", words, "after", "")
		v.wants(401, "What you sent was not taken", got, page)
		v.wants(401, `name="text" value="A long &#34;story&#34; &lt;b&gt;of ice&lt;/b&gt;"`, got, page)
		v.wants(401, `<form method="post" action="/messages/`+string(to)+`"`, got, page)
		v.wants(401, `href="/sign-in" target="_blank"`, got, page)
		got, page = v.post("/settings/password", "current", goodPassword, "password", otherPassword)
		v.wants(401, "That was not done", got, page)
		if strings.Contains(page, goodPassword) || strings.Contains(page, otherPassword) {
			t.Error("a password is shown again")
		}
		got, page = v.brings("/bring", upload{"Invitations.csv", invitesCSV})
		v.wants(401, "choose them again", got, page)

		got, page = v.get("/people?name=bo")
		v.wants(200, `name="next" value="/people?name=bo"`, got, page)
		got, page = v.post("/sign-in", "next", "/people?name=bo", "email", "mara@quillon.example", "password", "wrong wrong wrong")
		v.wants(401, `name="next" value="/people?name=bo"`, got, page)
		res, err := v.client.PostForm(v.server.URL+"/sign-in", map[string][]string{"next": {"/people?name=bo"}, "email": {"mara@quillon.example"}, "password": {goodPassword}})
		v.must(err)
		if at := res.Request.URL.RequestURI(); at != "/people?name=bo" {
			t.Errorf("signing in leads to %s", at)
		}
		_, _ = v.read(res)
		got, page = v.post("/messages/"+string(to), "text", words, "after", "")
		v.wants(200, "A long &#34;story&#34;", got, page)
	})
}

func (v *visitor) signsOut() {
	v.t.Helper()
	got, page := v.post("/sign-out")
	v.wants(200, "Sign in", got, page)
}

func TestOnlyOwnAddressesAreCarried(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"/":                             "/",
		"/people?name=bo&name=x":        "/people?name=bo&name=x",
		"/?open=a%2Fb":                  "/?open=a%2Fb",
		"":                              "",
		"people":                        "",
		"//evil.example/x":              "",
		"/%2Fevil.example":              "",
		`/\evil.example`:                "",
		"/%5Cevil.example":              "",
		"https://evil.example/":         "",
		"javascript:alert(1)":           "",
		"/x\r\nSet-Cookie: a=b":         "",
		"/x#there":                      "/x",
		"/" + strings.Repeat("x", 1000): "",
	} {
		if got := ownAddress(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

// Every address of an act can be loaded: it leads to the page the act is on. What
// is nowhere is said on a page of Kith's own.
func TestEveryAddressCanBeLoaded(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	got, page := v.get("/nonsense")
	v.wants(http.StatusNotFound, "There is no such page", got, page)
	_, to := connected(v)
	for _, r := range v.site.routes() {
		path, act := strings.CutPrefix(r.pattern, "POST ")
		if !act {
			continue
		}
		for hole, part := range map[string]string{"{id}": string(to), "{member}": string(to), "{act}": "known", "{what}": "country", "{section}": "work", "{choice}": "decline"} {
			path = strings.ReplaceAll(path, hole, part)
		}
		if strings.Contains(path, "{") {
			t.Errorf("%s: say what stands there", path)
		}
		got, page := v.get(path)
		if ended := strings.HasPrefix(path, "/people/contacts/") || strings.HasPrefix(path, "/moderation/") || strings.HasPrefix(path, "/letters/"); got != http.StatusOK && !ended {
			t.Errorf("%s: %d", path, got)
		}
		if !strings.Contains(page, `id="main"`) {
			t.Errorf("%s is no page of ours: %s", path, page)
		}
	}
	for path, want := range map[string]string{"/settings/country": "/settings", "/profile/work": "/profile", "/sent/x/reply": "/write", "/standing/appeal": "/write",
		"/people/" + string(to) + "/known": "/people/" + string(to), "/letters/x/decline": "/", "/undo": "/", "/messages/read": "/messages", "/write/look": "/write"} {
		res, err := v.client.Get(v.server.URL + path)
		v.must(err)
		_, _ = v.read(res)
		if at := res.Request.URL.RequestURI(); at != want {
			t.Errorf("%s leads to %s, want %s", path, at, want)
		}
	}
	for _, path := range []string{"/nonsense", "/people/" + string(to) + "/nonsense", "/api/nonsense"} {
		got, page = v.get(path)
		v.wants(http.StatusNotFound, "There is no such page", got, page)
		v.wants(http.StatusNotFound, `href="/duties"`, got, page)
	}
	got, page = v.post("/nonsense", "text", "so much")
	v.wants(http.StatusNotFound, "There is no such page", got, page)
}

// A list of just one page has no next one.
func TestAFullPageIsTheLast(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	_, to := connected(v)
	bo := app.Actor{ID: to, Scopes: app.AllScopes(app.Ordinary)}
	mara := v.as("mara@quillon.example")
	n := 0
	write := func(upTo int) {
		for ; n < upTo; n++ {
			_, err := v.app.Write(t.Context(), bo, mara.ID, fmt.Sprint("m", n))
			v.must(err)
		}
	}
	found, err := v.app.Notices(t.Context(), mara, 0, inNews)
	v.must(err)
	write(inNews - len(found.Events))
	v.lacks("/news", "Earlier")
	write(n + 1)
	v.meets("/news", "Earlier")
	write(inThreads)
	v.lacks("/messages/"+string(to), "Earlier")
	write(inThreads + 1)
	v.meets("/messages/"+string(to), "Earlier")
}

// Who has been shown as many as one may is still shown what is their own.
func TestOwnThingsAreFoundWhenNobodyElseIs(t *testing.T) {
	t.Parallel()
	dsn := storetest.SQLite(t)
	v := newVisitor(t, dsn, app.SignUpOpen)
	v.first()
	got, page := v.brings("/bring", upload{"Connections.csv", linksCSV})
	v.wants(200, "Waiting to be read", got, page)
	v.must(v.loop.Drain(t.Context()))
	db, err := store.Open(t.Context(), dsn, store.Options{})
	v.must(err)
	t.Cleanup(func() { v.must(db.Close()) })
	v.must(db.Write(t.Context(), func(tx *store.Tx) error {
		now, err := tx.Now()
		for i := 0; err == nil && i <= app.ProfilesPerDay; i++ {
			id := kith.MemberID(tx.NewID())
			err = tx.AddMember(&store.Member{ID: id, Name: fmt.Sprintf("Bo %03d", i), Email: string(id) + "@mail.example", CreatedAt: now})
		}
		return err
	}))
	mara := v.as("mara@quillon.example")
	for i := 0; i < app.ProfilesPerDay/10 && err == nil; i++ {
		_, err = v.app.PeopleNamed(t.Context(), mara, fmt.Sprintf("Bo %02d", i))
	}
	v.must(err)
	got, page = v.get(fmt.Sprintf("/find?for=Bo+%02d", app.ProfilesPerDay/10))
	v.wants(200, "as many new people today as one may", got, page)
	got, page = v.get("/find?for=lindqvist")
	v.wants(200, "Bo Lindqvist", got, page)
	_, err = v.app.PeopleNamed(context.Background(), mara, "Bo 50")
	if kith.KindOf(err) != kith.Busy {
		t.Errorf("the day is not over: %v", err)
	}
}

// One who is gone takes no answers about others along.
func TestAnswersAreKeptEachByItself(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		bo, cy := v.joins("Bo Reed", "bo@mail.example"), v.joins("Cy Reed", "cy@mail.example")
		here, gone := string(v.invites(bo, mara, "")), string(v.invites(cy, mara, ""))
		v.must(v.app.Block(t.Context(), cy, mara.ID))
		v.signsIn("mara@lindt.example")
		got, page := v.post("/questions", "question", "met", answerPrefix+here, "yes", answerPrefix+gone, "no")
		v.wants(200, "Your answers are kept", got, page)
		v.wants(200, "1 person is no longer there", got, page)
		j, err := v.app.Verdict(t.Context(), mara, kith.InvitationID(here))
		v.must(err)
		if asked := fmt.Sprint(j.Facts); !strings.Contains(asked, "answers.met") {
			t.Errorf("the answer plays no part: %s", asked)
		}
		got, page = v.post("/questions", "question", "met", answerPrefix+gone, "no")
		v.wants(200, "1 person is no longer there", got, page)
		if strings.Contains(page, "Your answers are kept") {
			t.Error("nothing was kept")
		}
	})
}

// While files are read, the page stays where it is.
func TestThePageOfFilesStaysOnItsWay(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	got, page := v.brings("/bring?first=1", upload{"Invitations.csv", invitesCSV})
	v.wants(200, `hx-get="/bring?first=1"`, got, page)
	got, page = v.get("/bring")
	v.wants(200, `hx-get="/bring"`, got, page)
	got, page = v.get("/bring?before=999999&first=1")
	v.wants(200, "first=1", got, page)
	if strings.Contains(page, "hx-get") || !strings.Contains(page, "Waiting to be read") {
		t.Error("an older page renews itself as the newest")
	}
}
