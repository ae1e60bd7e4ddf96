package web

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
)

// guest opens an account for somebody else and gives their browser.
func (v *visitor) guest(name string) (g *visitor, id kith.MemberID) {
	v.t.Helper()
	email := strings.ReplaceAll(kith.FoldText(name), " ", ".") + "@guest.example"
	g = &visitor{t: v.t, app: v.app, loop: v.loop, site: v.site, server: v.server}
	g.fresh()
	got, page := g.post("/sign-up", "name", name, "email", email, "password", goodPassword)
	v.wants(200, "Look at your mail", got, page)
	got, page = g.post("/verify", "secret", v.secret(), "password", goodPassword)
	v.wants(200, "confirmed", got, page)
	got, page = g.post("/sign-in", "email", email, "password", goodPassword)
	v.wants(200, name, got, page)
	l, err := v.app.FindMember(v.t.Context(), v.app.Console(), email)
	v.must(err)
	return g, l.ID
}

// meets fails unless a page says something; lacks fails if it does.
func (v *visitor) meets(path, says string) string {
	v.t.Helper()
	got, page := v.get(path)
	v.wants(200, says, got, page)
	return page
}

func (v *visitor) lacks(path, says string) {
	v.t.Helper()
	if got, page := v.get(path); got != 200 || strings.Contains(page, says) {
		v.t.Fatalf("%s: %d, and says %q\n%s", path, got, says, page)
	}
}

// self finds the visitor's own id by the account's address.
func (v *visitor) self(email string) kith.MemberID {
	v.t.Helper()
	l, err := v.app.FindMember(v.t.Context(), v.app.Console(), email)
	v.must(err)
	return l.ID
}

const (
	goodNote = "Dear Bo, you showed the frost gauges in Umea in May, and I asked about salt. May I send you our readings?"
	dullNote = "I would like to add you to my professional network."
)

// The whole life of an invitation between two people, without a script.
func TestALetterLivesWithoutAScript(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		v.meets("/find?for=bo", "/people/"+string(to))
		v.meets("/people/"+string(to), "/write/"+string(to))
		v.meets("/write/"+string(to), "What would help, most first")

		id := sendFrom(v, to)
		v.meets("/write/"+string(to), "Your letter to them is out.")
		v.lacks("/write/"+string(to), `value="send"`)

		bo.meets("/", "Mara Quillon")
		got, page := bo.post("/letters/"+id+"/ask", "question", "Which gauges were they?")
		bo.wants(200, "Mara Quillon", got, page)
		v.meets("/write", "Which gauges were they?")
		got, page = v.post("/sent/"+id+"/reply", "text", " ")
		v.wants(422, "Write something first", got, page)
		got, page = v.post("/sent/"+id+"/reply", "text", strings.Repeat("long ", 300))
		v.wants(422, "long long long", got, page)
		got, page = v.post("/sent/"+id+"/reply", "text", "The low-cost ones on the bridge.")
		v.wants(200, "You answered:", got, page)
		got, page = v.post("/sent/"+id+"/reply", "text", "Once more")
		v.wants(409, "You have answered already", got, page)
		bo.meets("/?open="+id, "The low-cost ones on the bridge.")

		got, page = bo.post("/letters/" + id + "/accept")
		bo.wants(200, "", got, page)
		v.meets("/write", "accepted")
		v.meets("/people", "Bo Lindqvist")
		v.meets("/people/"+string(to), "Write a message")
		v.meets("/write/"+string(to), "You are connected since")
	})
}

// sendFrom writes and sends a letter to Bo as its writer does, and gives its id.
func sendFrom(v *visitor, to kith.MemberID) (id string) {
	v.t.Helper()
	path := "/write/" + string(to)
	got, page := v.post(path, "do", "look", "note", dullNote)
	v.wants(200, dullNote, got, page)
	v.wants(200, "<mark>", got, page)
	got, page = v.post("/write/look", "to", string(to), "note", goodNote)
	v.wants(200, "letters</p>", got, page)
	got, page = v.post(path, "do", "suggest", "where", "the frost meeting in Umea", "note", "what was typed")
	v.wants(200, "frost meeting", got, page)
	v.wants(200, "what was typed", got, page)
	got, page = v.post(path, "do", "send", "note", strings.Repeat("ice and ", 60))
	v.wants(422, "ice and ice and", got, page)
	v.wants(422, "may have 300 letters", got, page)
	got, page = v.post(path, "do", "send", "note", goodNote, "tie", "met")
	v.wants(200, "Bo Lindqvist", got, page)
	v.wants(200, "open until", got, page)
	_, rest, _ := strings.Cut(page, `action="/sent/`)
	id, _, _ = strings.Cut(rest, "/")
	return id
}

// Whoever sent a letter sees the same page whether it was turned down or waits,
// and may take it back either way.
func TestLettersOutNeverSayWhoDeclined(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		got, page := v.post("/write/"+string(to), "do", "send", "note", goodNote)
		v.wants(200, "Bo Lindqvist", got, page)
		_, rest, _ := strings.Cut(page, `action="/sent/`)
		id, _, _ := strings.Cut(rest, "/")
		var before []string
		look := []string{"/write", "/write/" + string(to), "/people/" + string(to)}
		for _, path := range look {
			_, page := v.get(path)
			before = append(before, page)
		}
		got, page = bo.post("/letters/" + id + "/decline")
		bo.wants(200, "", got, page)
		for i, path := range look {
			if _, page := v.get(path); page != before[i] {
				t.Errorf("%s changed when the letter was declined", path)
			}
		}
		got, page = v.post("/sent/" + id + "/withdraw")
		v.wants(200, "The next to them may follow on", got, page)
		v.meets("/write/"+string(to), "The next letter may follow on")
		got, page = v.post("/write/"+string(to), "do", "send", "note", goodNote)
		v.wants(409, "21 days", got, page)
		got, page = bo.post("/sent/" + id + "/withdraw")
		bo.wants(409, "no longer open", got, page)
		cleo, _ := v.guest("Cleo Fontein")
		got, page = cleo.post("/sent/" + id + "/withdraw")
		cleo.wants(404, "no such invitation", got, page)
	})
}

// Who takes letters only from people who know their address is asked for it.
func TestTheAddressIsAskedForWhereItIsNeeded(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		_, to := v.guest("Bo Lindqvist")
		_, err := v.app.ChangeSettings(t.Context(), app.Actor{ID: to, Scopes: app.AllScopes(app.Ordinary)}, func(s *app.Settings) error {
			s.Invites, s.Publishes, s.Policy = app.FromMail, true, kith.Policy{Asks: "Please say who sent you."}
			return nil
		})
		v.must(err)
		path := "/write/" + string(to)
		v.meets(path, `name="email"`)
		v.meets(path, "Please say who sent you.")
		got, page := v.post(path, "do", "send", "note", goodNote, "email", "bo@wrong.example")
		v.wants(409, "bo@wrong.example", got, page)
		v.wants(409, "you showed the frost gauges", got, page)
		got, page = v.post(path, "do", "send", "note", goodNote, "email", "bo.lindqvist@guest.example")
		v.wants(200, "open until", got, page)
	})
}

// Nothing is sent where nothing can be, and the page says why.
func TestWhyNothingCanBeSent(t *testing.T) {
	t.Parallel()
	words, err := readCatalogue("en")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithValue(t.Context(), catalogueKey{}, words)
	now := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	monday := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		p         app.Preflight
		key, what string
	}{
		{app.Preflight{Left: 1}, "", ""},
		{app.Preflight{Left: 1, NeedsMail: true, Refusal: "give it"}, "", ""},
		{app.Preflight{Left: 1, Received: "i1", Relation: app.Relation{Received: "i1"}}, "received", ""},
		{app.Preflight{Left: 0, Standing: app.Standing{RenewsAt: monday}}, "spent", "Monday"},
		{app.Preflight{Left: 3, Standing: app.Standing{Step: app.Paused, Until: monday}}, "paused", "9 March"},
		{app.Preflight{Left: 3, Relation: app.Relation{AgainAt: monday}}, "cooling", "9 March"},
		{app.Preflight{Left: 3, Relation: app.Relation{Blocked: true}}, "blocked", ""},
		{app.Preflight{Left: 3, Refusal: "they take no invitations"}, "refused", "They take no invitations."},
	}
	for _, tt := range tests {
		got := stopOf(ctx, &tt.p, now)
		switch {
		case got == nil && tt.key != "":
			t.Errorf("nothing keeps it from going, want %s", tt.key)
		case got != nil && (got.Key != tt.key || got.What != tt.what):
			t.Errorf("%+v, want %s %q", got, tt.key, tt.what)
		}
	}
}

// What is marked is cut out of the note, and nothing else is lost.
func TestPiecesMakeTheNote(t *testing.T) {
	t.Parallel()
	const text = "Dear Bo, let us explore synergies. Über uns."
	at := strings.Index(text, "let us")
	p := app.Preflight{Note: text, Meant: []app.Span{{Start: at, End: at + len("let us explore synergies")}, {Start: 3, End: 5}, {Start: 400, End: 500}}}
	var whole string
	meant := 0
	for _, x := range piecesOf(p.Note, p.Meant) {
		whole += x.Text
		if x.Meant {
			meant++
		}
	}
	if whole != text || meant != 1 {
		t.Errorf("%q with %d meant", whole, meant)
	}
}

func TestCursorsTravelInAddresses(t *testing.T) {
	t.Parallel()
	c := app.Cursor{At: time.UnixMicro(1772442000123456), ID: "id-1"}
	q, err := url.ParseQuery(cursorQuery(c))
	if err != nil {
		t.Fatal(err)
	}
	if got := cursorOf(q); !got.At.Equal(c.At) || got.ID != c.ID {
		t.Errorf("%+v, want %+v", got, c)
	}
	if got := cursorOf(url.Values{"before": {"-3"}}); got != (app.Cursor{}) {
		t.Errorf("%+v from nonsense", got)
	}
}
