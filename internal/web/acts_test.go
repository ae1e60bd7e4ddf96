package web

import (
	"maps"
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

// What chooses from the pile goes along in forms: none of them has a field of
// its own by such a name, which would be read as the other.
func TestNoFormHasAFieldNamedLikeThePartOfAView(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	_, own := f.pages()
	carrying := 0
	for _, example := range own {
		path, press, _ := strings.Cut(example, " | ")
		if press != "" {
			continue
		}
		at, err := url.Parse(path)
		f.must(err)
		query := at.Query()
		for key, value := range map[string]string{"sort": "newest", "next": "x", "done": "later", "about": "x"} {
			query.Set(key, value)
		}
		at.RawQuery = query.Encode()
		_, page := f.get(at.String())
		n, wrong := fieldsLikeViews(page, query)
		carrying += n
		for _, field := range wrong {
			t.Errorf("%s has a form with a view and with %s", example, field)
		}
	}
	if carrying < 20 {
		t.Errorf("%d forms carry a view", carrying)
	}
	for name, form := range map[string]string{ // what is wrong is found
		"text": `<input type="hidden" name="sort" value="newest"><textarea name="text"></textarea>`,
		"from": `<input type="hidden" name="sort" value="newest"><input type="hidden" name="from" value="them">`,
		"sort": `<input type="hidden" name="sort" value="newest"><input type="hidden" name="sort" value="newest">`,
	} {
		if _, wrong := fieldsLikeViews("<form>"+form+"</form>", url.Values{"sort": {"newest"}}); !slices.Equal(wrong, []string{name}) {
			t.Errorf("%q: found %q", form, wrong)
		}
	}
}

// fieldsLikeViews counts the forms of a page that carry the view it was opened
// with, and lists their fields that are read as another: named twice, or like a part of
// the view.
func fieldsLikeViews(page string, query url.Values) (carrying int, wrong []string) {
	doc, _ := html.Parse(strings.NewReader(page)) // a reader in memory never fails
	for form := range doc.Descendants() {
		if form.Data != "form" {
			continue
		}
		parts, others := map[string]int{}, map[string]bool{}
		for n := range form.Descendants() {
			name, kind := attr(n, "name"), attr(n, "type")
			switch carried := kind == "hidden" && attr(n, "value") == query.Get(name); {
			case name == "" || n.Data == "button" || kind == "radio" || kind == "checkbox":
			case carried || !slices.Contains(viewKeys, name):
				parts[name]++
			default:
				others[name] = true
			}
		}
		if parts["sort"] == 0 {
			continue
		}
		carrying++
		for name, n := range parts {
			if n > 1 {
				others[name] = true
			}
		}
		wrong = slices.AppendSeq(wrong, maps.Keys(others))
	}
	return carrying, wrong
}

// The question reaches the sender as it was written, however the desk was
// searched, and the desk stays as it was.
func TestTheSearchIsNotTheQuestion(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Reed", "bo@mail.example")
	id := v.invites(bo, mara, "")
	v.signsIn("mara@lindt.example")
	fields := sentBy(v.says("/letters/"+string(id)+"/ask?text=Reed", "Ask Bo Reed first"), "/ask")
	for i, name := range fields {
		if name == "question" {
			fields[i+1] = "Where did we meet, in Delft?"
		}
	}
	got, page := v.post("/letters/"+string(id)+"/ask", fields...)
	v.wants(200, "Bo Reed: asked.", got, page)
	v.wants(200, `name="text" value="Reed"`, got, page)
	theirs, err := v.app.Invitation(t.Context(), bo, id)
	v.must(err)
	if theirs.Question != "Where did we meet, in Delft?" {
		t.Errorf("the sender reads %q", theirs.Question)
	}
}

// sentBy are the names and values a browser would send with the form whose
// action ends so.
func sentBy(page, action string) (out []string) {
	doc, _ := html.Parse(strings.NewReader(page)) // a reader in memory never fails
	for form := range doc.Descendants() {
		if form.Data != "form" || !strings.HasSuffix(attr(form, "action"), action) {
			continue
		}
		for n := range form.Descendants() {
			name := attr(n, "name")
			switch {
			case name == "":
			case n.Data == "textarea" && n.FirstChild != nil:
				out = append(out, name, n.FirstChild.Data)
			case n.Data == "textarea" || n.Data == "input":
				out = append(out, name, attr(n, "value"))
			}
		}
	}
	return out
}

// A member is asked once: afterwards it is offered no more, and what another
// window still sends is shown again and not lost.
func TestAMemberIsAskedOnce(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Reed", "bo@mail.example")
	id := v.invites(bo, mara, "")
	letter := "/letters/" + string(id)
	v.signsIn("mara@lindt.example")
	v.says("/", letter+"/ask")
	got, page := v.post(letter+"/ask", "question", "Where did we meet?")
	v.wants(200, "Bo Reed: asked.", got, page)
	_, err := v.app.Reply(t.Context(), bo, id, "In Delft.")
	v.must(err)
	v.must(v.loop.Drain(t.Context()))
	if page = v.says("/", "In Delft.", letter+"/decline"); strings.Contains(page, letter+"/ask") {
		t.Error("asking again is offered")
	}
	got, page = v.post(letter+"/ask", "question", "And in which year?")
	v.wants(http.StatusConflict, "And in which year?", got, page)
}

// Whoever is accepted to see whether they answer is written to first, or is
// accepted without a word.
func TestAcceptAndSeeGreets(t *testing.T) {
	t.Parallel()
	f := newFilled(t, 300)
	_, err := f.app.ChangeSettings(t.Context(), f.who, func(s *app.Settings) error { s.Stance = kith.Open; return nil })
	f.must(err)
	f.must(f.loop.Drain(t.Context()))
	cards := f.toSee()
	if len(cards) < 2 {
		t.Fatalf("%d letters are to be accepted to see", len(cards))
	}
	first, second := "/letters/"+string(cards[0].Invitation), "/letters/"+string(cards[1].Invitation)
	f.says("/?open="+string(cards[0].Invitation), `href="`+first+`/accept`, "A first message goes with it")
	f.says(first+"/accept", "Accept "+html.EscapeString(cards[0].Name)+", and see", "Hello, thank you for the invitation.", "asks you whether to part",
		"I know "+html.EscapeString(cards[0].Name)+" only through Kith")

	got, page := f.post(first+"/accept", "greeting", strings.Repeat("long ", 2000), "sort", "newest")
	f.wants(http.StatusUnprocessableEntity, "long long", got, page)
	f.wants(http.StatusUnprocessableEntity, `name="sort" value="newest"`, got, page)
	got, page = f.post(first+"/accept", "greeting", "What brought you to our gauges?")
	f.wants(200, ": accepted.", got, page)
	f.says("/messages/"+string(cards[0].About.Member), "What brought you to our gauges?")

	got, page = f.post(second+"/accept", "greeting", "Hello there", "silent", "yes")
	f.wants(200, ": accepted.", got, page)
	if page = f.says("/messages/" + string(cards[1].About.Member)); strings.Contains(page, "Hello there") {
		t.Error("something was said")
	}

	_, err = f.app.ChangeSettings(t.Context(), f.who, func(s *app.Settings) error { s.RemoveSilent = true; return nil })
	f.must(err)
	f.says("/letters/"+f.places["{letter}"]+"/accept", "the connection ends, as you want it")
}

// toSee lists the letters received here that are to be accepted to see.
func (f *filled) toSee() (out []app.Card) {
	f.t.Helper()
	cards, _, err := f.app.Inbox(f.t.Context(), f.who, app.InboxQuery{Limit: 200})
	f.must(err)
	for i := range cards {
		j, err := f.app.Verdict(f.t.Context(), f.who, cards[i].Invitation)
		if err == nil && !cards[i].Elsewhere() && j.Verdict.FollowUp != nil && j.Verdict.FollowUp.Act == kith.ActRemoveIfSilent {
			out = append(out, cards[i])
		}
	}
	return out
}

// "I do not know them" is less than a report: it refuses the sender for good,
// and tells nobody.
func TestSomebodyUnknownIsRefused(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara, bo := v.joins("Mara Lindt", "mara@lindt.example"), v.joins("Bo Reed", "bo@mail.example")
	id := string(v.invites(bo, mara, ""))
	v.signsIn("mara@lindt.example")
	v.says("/letters/"+id+"/report", "never again", "They are not told.", "Undo until")
	got, page := v.post("/letters/" + id + "/dont-know")
	v.wants(200, "Bo Reed: declined. They can see nothing.", got, page)
	_, err := v.app.Withdraw(t.Context(), bo, kith.InvitationID(id))
	v.must(err)
	v.passes(30 * kith.Day)
	v.invites(bo, mara, specific) // and they cannot tell that nobody reads it
	v.signsIn("mara@lindt.example")
	v.says("/", "0 left")
}

// What came to LinkedIn is reported there: the page says so, asks no reason that
// nobody would read, and Kith is told afterwards.
func TestALetterElsewhereIsReportedThere(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.fullDesk()
	page := v.says("/", "Open on LinkedIn")
	_, rest, _ := strings.Cut(page, `action="/letters/`)
	letter, _, _ := strings.Cut(rest, "/")
	if letter = "/letters/" + letter; !strings.Contains(page, `href="`+letter+`/report`) || strings.Contains(page, `action="`+letter+`/report`) {
		t.Error("reporting leads to no page")
	}
	page = v.says(letter+"/report", "Report it there", "I reported it there")
	for _, untrue := range []string{"The moderators see", `name="reason"`, "/dont-know"} {
		if strings.Contains(page, untrue) {
			t.Errorf("the page has %q", untrue)
		}
	}
	got, page := v.post(letter + "/report")
	v.wants(200, "reported", got, page)
}
