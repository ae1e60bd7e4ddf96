package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"kith/internal/app"
)

// replies are forms as they are sent, with the status of what comes back, by
// their routes: pages that stand at no address, or say what was just done. A new
// act has a row here before it is done. {next} is a letter nobody opened yet.
var replies = map[string][]string{
	"/welcome":                       {"422 /welcome?secret=x&name=Eve&email=eve"},
	"/sign-up":                       {"422 /sign-up?name=&email=x"},
	"/sign-in":                       {"401 /sign-in?email=eve@mail.example&password=x"},
	"/sign-in/passkey":               {"401 /sign-in/passkey?ceremony=x&response=x"},
	"/verify":                        {"422 /verify?secret=x&password=x"},
	"/forgot":                        {"200 /forgot?email=eve@mail.example"},
	"/reset":                         {"422 /reset?secret=x&password=the+gauges+froze"},
	"/bring":                         {"422 /bring"},
	"/bring/{id}/undo":               {"404 /bring/x/undo"},
	"/calendar":                      {"200 /calendar"},
	"/calendar/names":                {"200 /calendar/names?names=full"},
	"/calendar/end":                  {"200 /calendar/end"},
	"/letters/{id}/{choice}":         {"200 /letters/{next}/decline", "200 /letters/{decided}/decline", "200 /letters/x/later", "200 /letters/{next}/later"},
	"/letters/{id}/answer":           {"200 /letters/{letter}/answer?question=met&answer=unsure", "422 /letters/{letter}/answer?question=x&answer=yes"},
	"/letters/{id}/accept":           {"422 /letters/{letter}/accept?greeting=" + strings.Repeat("x", 9000), "200 /letters/{next}/accept"},
	"/letters/{id}/dont-know":        {"200 /letters/{next}/dont-know"},
	"/letters/{id}/ask":              {"422 /letters/{letter}/ask?question=", "200 /letters/{next}/ask?question=Where+did+we+meet?"},
	"/letters/{id}/report":           {"422 /letters/{letter}/report?reason=", "200 /letters/{next}/report?reason=money"},
	"/undo":                          {"409 /undo?about=x"},
	"/together/{choice}":             {"422 /together/decline", "200 /together/decline?id={ticked}&bundle={bundle}"},
	"/questions":                     {"422 /questions?question=x"},
	"/settings/devices/others":       {"200 /settings/devices/others"},
	"/settings/devices/{id}/end":     {"404 /settings/devices/x/end"},
	"/duties":                        {"422 /duties?act=x"},
	"/goals":                         {"200 /goals?goal=x"},
	"/settings/email":                {"422 /settings/email?email=x"},
	"/settings/password":             {"403 /settings/password?current=x&password=y"},
	"/settings/export":               {"403 /settings/export?current=x", "200 /settings/export?current={password}"},
	"/settings/leave":                {"403 /settings/leave?current=x"},
	"/settings/erase":                {"403 /settings/erase?current=x"},
	"/settings/stay":                 {"409 /settings/stay"},
	"/settings/members":              {"404 /settings/members?for=nobody@mail.example"},
	"/settings/members/{id}/{act}":   {"422 /settings/members/{friend}/role?role=x"},
	"/messages/{member}":             {"422 /messages/{writer}?text="},
	"/messages/{member}/report":      {"422 /messages/{writer}/report?reason="},
	"/moderation/cases/{id}/{act}":   {"404 /moderation/cases/x/look", "422 /moderation/cases/{case}/uphold?step=x"},
	"/moderation/duties/{act}":       {"404 /moderation/duties/retry?owner=x&effect=x"},
	"/settings/passkeys":             {"422 /settings/passkeys?name=x"},
	"/settings/passkeys/{id}/rename": {"404 /settings/passkeys/x/rename?name=x"},
	"/settings/passkeys/{id}/remove": {"404 /settings/passkeys/x/remove"},
	"/people/contacts/{id}/forget":   {"404 /people/contacts/x/forget"},
	"/people/{id}/{act}":             {"422 /people/{stranger}/report?reason=", "422 /people/{friend}/known?tie=x&memo=" + strings.Repeat("x", 5000)},
	"/profile/{section}":             {"422 /profile/work?title=", "422 /profile/head?name="},
	"/profile/photo":                 {"422 /profile/photo"},
	"/profile/photo/remove":          {"200 /profile/photo/remove"},
	"/settings/{what}":               {"422 /settings/shows?choice=x", "200 /settings/shows?choice=nobody", "404 /settings/x"},
	"/settings/mailbox":              {"200 /settings/mailbox"},
	"/settings/tokens":               {"422 /settings/tokens?name=&current={password}", "200 /settings/tokens?name=Reader&scope=read&days=90&current={password}"},
	"/settings/tokens/{id}/revoke":   {"404 /settings/tokens/x/revoke"},
	"/settings/codes":                {"200 /settings/codes?days=30"},
	"/settings/codes/{id}/revoke":    {"404 /settings/codes/x/revoke"},
	"/write/{member}":                {"200 /write/{someone}?note=We+met.", "200 /write/{someone}?do=suggest", "422 /write/{someone}?do=send&note=" + strings.Repeat("x", 900)},
	"/write/look":                    {"200 /write/look?to={someone}&note=We+met."},
	"/sent/{id}/withdraw":            {"404 /sent/x/withdraw"},
	"/sent/{id}/reply":               {"404 /sent/x/reply?text=x"},
	"/standing/appeal":               {"422 /standing/appeal?words="},
}

// noReplies are acts that nobody gets a page for, and the way out.
var noReplies = []string{"/sign-out", "/settings/archive", "/messages/read", "/news/seen", "/settings/passkeys/begin", "/sign-in/passkey/begin"}

// sending is a form on its way.
type sending struct {
	anyone bool
	status int
	path   string
	url.Values
}

func (s *sending) String() string { return "POST " + s.path + " " + s.Encode() }

// sendings gives every row of the table.
func (f *filled) sendings() (out []sending) {
	f.t.Helper()
	for _, r := range f.site.routes() {
		path, post := strings.CutPrefix(r.pattern, "POST ")
		if !post || slices.Contains(noReplies, path) {
			continue
		}
		if len(replies[path]) == 0 {
			f.t.Errorf("no answer of %s: put one into the table", path)
		}
		for _, row := range replies[path] {
			status, to, _ := strings.Cut(row, " ")
			n, err := strconv.Atoi(status)
			f.must(err)
			out = append(out, sending{anyone: r.anyone, status: n, path: to})
		}
	}
	return out
}

// fill puts ids into a form, of letters nobody opened yet where it says so.
func (f *filled) fill(s sending) sending {
	f.t.Helper()
	for strings.Contains(s.path, "{next}") {
		f.nextLetter()
		s.path = strings.Replace(s.path, "{next}", f.places["{next}"], 1)
	}
	if strings.Contains(s.path, "{ticked}") {
		_, page := f.get("/together/decline")
		f.places["{ticked}"], f.places["{bundle}"] = f.part(tickedID.String(), page), f.part(`name="bundle" value="([^"]+)"`, page)
	}
	if strings.Contains(s.path, "{case}") && f.places["{case}"] == "" {
		_, page := f.get("/moderation")
		f.places["{case}"] = f.part(`/moderation/cases/([^/]+)/`, page)
	}
	s.path = strings.ReplaceAll(s.path, "{password}", url.QueryEscape(f.Password))
	to, err := url.Parse(f.address(s.path))
	f.must(err)
	s.path, s.Values = to.Path, to.Query()
	return s
}

// nextLetter finds a letter of a member that is none of those named.
func (f *filled) nextLetter() {
	f.t.Helper()
	cards, _, err := f.app.Inbox(f.t.Context(), f.who, app.InboxQuery{Limit: 200})
	f.must(err)
	for i := range cards {
		id := string(cards[i].Invitation)
		if !cards[i].Elsewhere() && id != f.places["{letter}"] && !f.used[id] {
			f.places["{next}"], f.used[id] = id, true
			return
		}
	}
	f.t.Fatal("every letter is used")
}

// Every answer there is to a form is a page like any other: it says nothing but
// what the catalogue says, nothing in it could run, and everybody can use it.
func TestEveryAnswer(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	f.used = map[string]bool{}
	rows := f.sendings()
	f.pass(time.Hour) // a password is asked for again
	f.readAnswers(t, rows)
	_, own := f.pages() // with what was made meanwhile
	f.pseudoEach(t, own)
	w := f.window(t)
	look := func(s sending) {
		s = f.fill(s)
		w.sends(s)
		w.forEverybody(s.String())
		w.fits(s.String())
		if seen := w.since(); len(seen.wrong)+len(seen.foreign) > 0 {
			t.Errorf("%s: wrong: %q; asked elsewhere: %q", s.String(), seen.wrong, seen.foreign)
		}
	}
	for _, s := range rows {
		if s.anyone {
			look(s)
		}
	}
	w.signIn(f.Email, f.Password)
	f.pass(time.Hour)
	for _, s := range rows {
		if !s.anyone {
			look(s)
		}
	}
	f.clearsDesk()
	f.enters()
	f.pseudoEach(t, []string{"/"})
	w.open("/")
	w.shows("The desk is clear.")
	w.forEverybody("a clear desk")
	w.fits("a clear desk")
}

// readAnswers reads answers without a script, in a language nobody speaks.
func (f *filled) readAnswers(t *testing.T, rows []sending) {
	t.Helper()
	defer f.inPseudo()()
	said := constants(t)
	home := f.client
	for _, s := range rows {
		if f.client = home; s.anyone {
			f.fresh()
		}
		s = f.fill(s)
		res, err := f.client.PostForm(f.server.URL+s.path, s.Values)
		f.must(err)
		got, page := f.read(res)
		if got != s.status {
			t.Errorf("%s: %d, want %d", s.String(), got, s.status)
		}
		for _, part := range unsafeParts(page, said) {
			t.Errorf("%s has %s", s.String(), part)
		}
		for _, text := range bypassing(page) {
			t.Errorf("%s says %q by itself", s.String(), text)
		}
	}
	f.client = home
}

// sends sends a form without htmx, and waits for the page that answers.
func (w *window) sends(s sending) {
	w.t.Helper()
	w.open("/keys")
	w.do(chromedp.Evaluate(fmt.Sprintf(`(() => {
		const form = document.createElement("form");
		form.method = "post";
		form.action = %s;
		for (const [name, value] of new URLSearchParams(%s)) {
			const field = document.createElement("input");
			[field.type, field.name, field.value] = ["hidden", name, value];
			form.append(field);
		}
		window.old = true;
		document.body.append(form);
		form.submit();
	})()`, quoted(s.path), quoted(s.Encode())), nil))
	w.until(`!window.old && document.readyState === "complete" && !!document.querySelector("main")`)
}
