package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// evils are texts that try to be more than text: out of an element, out of an
// attribute, into a script, a style, an address, a template, or what htmx reads.
var evils = []string{
	`<script>alert(1)</script>`,
	`"><script>alert(2)</script>`,
	`'><img src=x onerror=alert(3)>`,
	`<svg/onload=alert(4)>`,
	`</title><script>alert(5)</script>`,
	`</textarea><script>alert(6)</script>`,
	`" autofocus onfocus=alert(7) x="`,
	`' onmouseover='alert(8)`,
	`javascript:alert(9)`,
	`<a href="javascript:alert(10)" autofocus>x</a>`,
	`<iframe srcdoc="<script>alert(11)</script>">`,
	`{{constructor.constructor('alert(12)')()}}`,
	`<div hx-get="/sign-in" hx-trigger="load" hx-on::load="alert(13)">x</div>`,
	`" hx-on:click="alert(14)" hx-vals="js:{a:alert(14)}`,
	`<style>@import'//evil.example/x.css';*{color:red}</style>`,
	`<link rel=stylesheet href=//evil.example/16.css>`,
	`<meta http-equiv=refresh content="0;url=//evil.example/">`,
	`<base href=//evil.example/><form action=//evil.example>`,
	"<img src='//evil.example/`19`' onerror=`alert(19)`>",
	`<!--><svg><animate onbegin=alert(20) attributeName=x>`,
}

// evil gives one of them, whatever the number.
func evil(i int) string { return evils[i%len(evils)] }

// Nothing that anybody writes, anywhere, is more than text on any page.
func TestNothingWrittenIsRun(t *testing.T) {
	t.Parallel()
	f := newEvil(t)
	anyone, own := f.pages()
	slices.SortStableFunc(own, func(a, b string) int { // what has to be pressed is there only at first
		return strings.Count(b, " | ") - strings.Count(a, " | ")
	})
	w := f.window(t)
	w.signIn("mara@quillon.example", goodPassword)
	visit := func(path string) {
		w.open(path)
		w.harmless(path)
	}
	for _, path := range own {
		visit(path)
		f.writesEverywhere(t, path)
		w.writesEverywhere(path)
	}
	cards, _, err := f.app.Inbox(t.Context(), f.who, app.InboxQuery{Limit: 200})
	f.must(err)
	for i := range cards {
		own = append(own, "/?open="+string(cards[i].Invitation))
	}
	for _, path := range own {
		if !strings.Contains(path, " | ") { // what was pressed there may be done
			visit(path)
		}
	}
	f.fresh()
	for _, path := range anyone {
		f.writesEverywhere(t, path)
	}
}

// harmless fails the test if something on the page ran, tried to, or asked
// anybody else.
func (w *window) harmless(path string) {
	w.t.Helper()
	foreign := w.says(`[...document.scripts].filter(s => s.text || !s.src.startsWith(location.origin + "/static/")).map(s => s.outerHTML).join("\n")`)
	if seen := w.since(); foreign != "" || len(seen.wrong)+len(seen.foreign)+seen.alerts > 0 {
		w.t.Errorf("%s: %d dialogs; scripts: %q; wrong: %q; asked elsewhere: %q", path, seen.alerts, foreign, seen.wrong, seen.foreign)
	}
}

// newEvil gives a Kith in which everybody's texts are evil: names, profiles,
// notes, messages, and what was brought from elsewhere.
func newEvil(t *testing.T) *filled {
	t.Helper()
	f := &filled{visitor: newVisitor(t, storetest.SQLite(t), app.SignUpOpen)}
	f.first()
	home := f.client
	f.who = app.Actor{ID: f.self("mara@quillon.example"), Role: app.Operator, Scopes: app.AllScopes(app.Operator)}
	for i := range evils {
		f.evilMember(i)
	}
	f.client = home
	got, page := f.brings("/bring", evilFiles(t)...)
	f.wants(http.StatusOK, "Waiting", got, page)
	f.must(f.loop.Drain(t.Context()))
	f.happens()
	return f
}

// evilMember joins, and writes to Mara; every third is accepted, every fourth
// turned down.
func (f *filled) evilMember(i int) {
	f.t.Helper()
	ctx := f.t.Context()
	who := f.joins("Nobody Yet", fmt.Sprintf("m%d@mail.example", i))
	_, err := f.app.ChangeProfile(ctx, who, func(p *app.Profile) error {
		p.Name, p.Headline, p.Location, p.Summary, p.Industry = evil(i), evil(i+1), evil(i+2), strings.Join(evils, "\n"), evil(i+3)
		p.Positions = []kith.Position{{Title: evil(i + 4), Organisation: evil(i + 5)}}
		p.Education = []kith.Education{{School: evil(i + 6), Degree: evil(i + 7)}}
		p.Skills, p.Groups, p.Topics, p.Languages, p.Volunteering = evils, evils, evils, evils, evils
		return nil
	})
	f.must(err)
	inv, err := f.app.Send(ctx, who, app.Invite{To: f.who.ID, Note: evil(i+8) + "\n" + evil(i+9)})
	f.must(err)
	switch {
	case i%3 == 0:
		_, err = f.app.Accept(ctx, f.who, inv.ID, app.TieMet, app.NoSee, "")
		f.must(err)
		_, err = f.app.Write(ctx, who, f.who.ID, strings.Join(evils, "\n"))
	case i%4 == 0:
		_, err = f.app.Decline(ctx, f.who, inv.ID)
	}
	f.must(err)
}

// evilFiles are what an evil archive, address book and calendar hold.
func evilFiles(t *testing.T) []upload {
	t.Helper()
	invitations := [][]string{{"From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"}}
	connections := [][]string{{"First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"}}
	var cards, events strings.Builder
	events.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n")
	for i := range evils {
		invitations = append(invitations, []string{evil(i), "Mara Quillon", "2/20/26, 9:00 AM", evil(i + 1), "INCOMING", fmt.Sprintf("https://www.linkedin.com/in/evil-%d", i), ""})
		connections = append(connections, []string{evil(i), evil(i + 1), fmt.Sprintf("https://www.linkedin.com/in/known-%d", i), "", evil(i + 2), evil(i + 3), "04 Mar 2026"})
		text := strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`).Replace(evil(i))
		fmt.Fprintf(&cards, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nORG:%s\r\nNOTE:%s\r\nEMAIL:e%d@mail.example\r\nEND:VCARD\r\n", text, text, text, i)
		fmt.Fprintf(&events, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTAMP:20260301T090000Z\r\nDTSTART:20260301T090000Z\r\nDTEND:20260301T100000Z\r\nSUMMARY:%s\r\nATTENDEE:mailto:e%d@mail.example\r\nEND:VEVENT\r\n", i, text, i)
	}
	events.WriteString("END:VCALENDAR\r\n")
	return []upload{{"Profile.csv", ownCSV}, {"Invitations.csv", csvOf(t, invitations)}, {"Connections.csv", csvOf(t, connections)}, {evil(0) + ".vcf", cards.String()}, {"calendar.ics", events.String()}}
}

func csvOf(t *testing.T, rows [][]string) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// writesEverywhere sends every form of a page with every evil text in all its
// fields, and reads what comes back.
func (f *filled) writesEverywhere(t *testing.T, path string) {
	t.Helper()
	if strings.Contains(path, " | ") {
		return
	}
	said := constants(t)
	_, page := f.get(path)
	for _, form := range formsOf(page) {
		for i := range evils {
			for at, name := range form.texts {
				form.Set(name, evil(i+at))
			}
			_, answer := f.send(path, &form)
			for _, part := range unsafeParts(answer, said) {
				t.Errorf("%s: after %s it has %s", path, form.action, part)
			}
		}
	}
}

// form is a form as a page sends it, with the names of those fields that take
// text.
type form struct {
	action, method string
	texts          []string
	url.Values
}

func (f *filled) send(from string, form *form) (int, string) {
	f.t.Helper()
	base, err := url.Parse(f.server.URL + from)
	f.must(err)
	to, err := base.Parse(form.action)
	f.must(err)
	if form.method != "post" {
		to.RawQuery = form.Encode()
		return f.get(to.RequestURI())
	}
	res, err := f.client.PostForm(to.String(), form.Values)
	f.must(err)
	return f.read(res)
}

// formsOf reads the forms of a page that take text.
func formsOf(page string) (out []form) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	for n := range doc.Descendants() {
		if n.Data != "form" || attr(n, "enctype") != "" {
			continue
		}
		f := form{action: attr(n, "action"), method: attr(n, "method"), Values: url.Values{}}
		for el := range n.Descendants() {
			f.field(el)
		}
		if len(f.texts) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// field takes a field as it stands; of radios the first, of buttons the last.
func (f *form) field(n *html.Node) {
	name, kind := attr(n, "name"), attr(n, "type")
	switch {
	case name == "":
	case n.Data == "textarea", n.Data == "input" && slices.Contains([]string{"", "text", "search", "email", "url"}, kind):
		f.texts = append(f.texts, name)
	case kind == "radio" && !f.Has(name), n.Data == "button", kind == "hidden":
		f.Set(name, attr(n, "value"))
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textFields are those that take text, as a selector.
const textFields = "textarea, input:is([type=text], [type=search], [type=email], :not([type]))"

// hasAnswer holds once the form that was sent has its answer: another page, or
// what htmx or the script for passkeys made of it on this one.
const hasAnswer = `document.readyState === "complete" && (window.answered ?? true) && ` + settled + ` ||
	!!document.querySelector("[data-passkey-wrong]:not([hidden]), [data-passkey-stopped]:not([hidden])")`

// writesEverywhere sends every form of the page it is on by the script, as a
// person would, with all the evil texts that go in.
func (w *window) writesEverywhere(path string) {
	w.t.Helper()
	for i := 0; i == 0 || !strings.Contains(path, " | "); i++ { // what is pressed may be there once
		w.open(path)
		w.until(`document.readyState === "complete"`)
		sent := w.says(fmt.Sprintf(`(() => {
			const fields = %q, form = [...document.querySelectorAll("main form")].filter(f => f.querySelector(fields))[%d];
			if (!form) return "";
			for (const e of form.querySelectorAll(fields)) e.value = %s.slice(0, e.maxLength > 0 ? e.maxLength : 5000);
			form.noValidate = true;
			window.answered = false;
			let ours;
			document.addEventListener("htmx:beforeRequest", e => { if (e.detail.elt === form) ours = e.detail.xhr });
			document.addEventListener("htmx:afterRequest", e => { if (e.detail.xhr === ours) window.answered = true });
			form.requestSubmit();
			return "sent";
		})()`, textFields, i, quoted(evil(i+len(path))+" "+strings.Join(evils, " "))))
		if sent == "" {
			return
		}
		w.until(hasAnswer)
		w.harmless(path)
	}
}
