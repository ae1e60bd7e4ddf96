package web

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/demo"
	"kith/internal/store/storetest"
)

// filled is a Kith in which everything has happened: the invented community,
// with the member whose desk is full signed in, an operator with a case to look
// at.
type filled struct {
	*visitor
	demo.Login
	who    app.Actor
	places map[string]string // "{letter}" → an id to put into addresses
	used   map[string]bool   // letters that were one
}

// newFilled fills one with so many members.
func newFilled(t testing.TB, members int) *filled {
	t.Helper()
	dsn, now := storetest.SQLite(t), time.Now()
	in, err := demo.Fill(t.Context(), dsn, demo.Options{Members: members, Now: now, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	f := &filled{visitor: newVisitor(t, dsn, app.SignUpByInvitation), Login: in}
	s, err := f.app.SignIn(t.Context(), in.Email, in.Password, app.Visit{Agent: "test", Caller: "test"})
	f.must(err)
	f.who, err = f.app.SessionActor(t.Context(), s.Owner, s.ID)
	f.must(err)
	f.happens()
	f.enters()
	return f
}

// enters signs the visitor in without a script.
func (f *filled) enters() {
	f.t.Helper()
	got, page := f.post("/sign-in", "email", f.Email, "password", f.Password)
	f.wants(http.StatusOK, f.Name, got, page)
}

// happens lets happen what the story leaves out, and notes where it is.
func (f *filled) happens() {
	f.t.Helper()
	ctx := f.t.Context()
	cards, _, err := f.app.Inbox(ctx, f.who, app.InboxQuery{Limit: 200})
	f.must(err)
	f.places = map[string]string{}
	for i := range cards {
		place := "{letter}"
		if cards[i].Elsewhere() {
			place = "{there}"
		}
		f.places[place] = string(cards[i].Invitation)
		if !cards[i].Elsewhere() {
			f.places["{greeted}"] = cmp.Or(f.places["{greeted}"], string(cards[i].Invitation))
			f.places["{stranger}"] = string(cards[i].About.Member)
		}
	}
	back, err := f.app.LookBack(ctx, f.who, app.Cursor{}, 1)
	f.must(err)
	f.places["{decided}"] = string(back.Page[0].Invitation)
	friends, _, err := f.app.Connections(ctx, f.who, app.Cursor{}, 1)
	f.must(err)
	f.places["{friend}"] = string(friends[0].Other.ID)
	threads, _, err := f.app.Threads(ctx, f.who, app.Cursor{}, 1)
	f.must(err)
	f.places["{writer}"] = string(threads[0].Other.ID)
	contacts, err := f.app.Contacts(ctx, f.who, "", app.ContactCursor{}, 1)
	f.must(err)
	f.places["{contact}"] = string(contacts[0].ID)
	f.places["{someone}"] = f.places["{stranger}"]
	found, err := f.app.PeopleNamed(ctx, f.who, "an")
	f.must(err)
	for i := range found {
		if r, err := f.app.Person(ctx, f.who, found[i].ID); err == nil && r.Relation == (app.Relation{}) {
			f.places["{someone}"] = string(found[i].ID)
		}
	}
	f.accuses(kith.MemberID(f.places["{stranger}"]))
}

// accuses brings a case to the desk of the moderators.
func (f *filled) accuses(whom kith.MemberID) {
	f.t.Helper()
	ctx := f.t.Context()
	other := app.Actor{ID: kith.MemberID(f.places["{friend}"]), Scopes: app.AllScopes(app.Ordinary)}
	f.must(f.app.Report(ctx, other, app.Accusation{On: app.OnProfile, ID: string(whom), Reason: "impersonation", Words: "The real one is on holiday."}))
}

// examples are addresses of every page, by its route: a new page has a row here
// before it is done. Those of nobody in particular stand for whoever is not
// signed in. Behind a bar stands what is pressed on a page to come to the next.
var examples = map[string][]string{
	"/welcome":                  {"/welcome?secret=x"},
	"/sign-up":                  {"/sign-up"},
	"/sign-in":                  {"/sign-in", "/sign-in?next=/people"},
	"/verify":                   {"/verify?secret=x"},
	"/forgot":                   {"/forgot"},
	"/reset":                    {"/reset?secret=x"},
	"/{$}":                      {"/", "/?open={letter}", "/?open={there}", "/?in=decline", "/?sort=newest&from=elsewhere", "/?text=zzzz", "/?note=with&mutual=3&goal=standing-at-work&age=month&text=a", "/?done=decline&about={decided}", "/?open={decided}", "/?open=nobody"},
	"/letters/{id}/accept":      {"/letters/{greeted}/accept"},
	"/letters/{id}/ask":         {"/letters/{letter}/ask", "/letters/{there}/ask"},
	"/letters/{id}/report":      {"/letters/{letter}/report", "/letters/{there}/report"},
	"/filter":                   {"/filter"},
	"/together/{choice}":        {"/together/decline", "/together/accept"},
	"/decided":                  {"/decided", "/decided?done=undone-accept"},
	"/questions":                {"/questions"},
	"/keys":                     {"/keys"},
	"/goals":                    {"/goals", "/goals?first=1", "/goals?look=1&goal=reach&goal=privacy&goal=grow-in-field&areas=ice"},
	"/bring":                    {"/bring", "/bring?first=1"},
	"/write":                    {"/write"},
	"/write/{member}":           {"/write/{someone}", "/write/{stranger}", "/write/{friend}"},
	"/people":                   {"/people", "/people?name=zz"},
	"/people/blocked":           {"/people/blocked"},
	"/people/contacts":          {"/people/contacts"},
	"/people/contacts/{id}":     {"/people/contacts/{contact}"},
	"/people/{id}":              {"/people/{friend}", "/people/{stranger}"},
	"/people/{id}/{part}":       {"/people/{friend}/mutual", "/people/{friend}/connections", "/people/{stranger}/report"},
	"/messages":                 {"/messages"},
	"/messages/{member}":        {"/messages/{writer}"},
	"/messages/{member}/report": {"/messages/{writer}/report"},
	"/find":                     {"/find", "/find?for=an", "/find?for=zz"},
	"/duties":                   {"/duties"},
	"/calendar":                 {"/calendar", "/calendar | form[action='/calendar'] button"},
	"/news":                     {"/news"},
	"/settings":                 {"/settings", "/settings?kept=stance"},
	"/settings/devices":         {"/settings/devices"},
	"/settings/looks":           {"/settings/looks"},
	"/settings/passkeys":        {"/settings/passkeys"},
	"/settings/tokens":          {"/settings/tokens"},
	"/settings/codes":           {"/settings/codes"},
	"/settings/members":         {"/settings/members"},
	"/settings/members/{id}":    {"/settings/members/{friend}"},
	"/profile":                  {"/profile", "/profile?edit=head", "/profile?edit=about", "/profile?edit=work&at=0", "/profile?edit=school", "/profile?edit=links", "/profile?edit=photo"},
	"/why/{id}":                 {"/why/{letter}", "/why/{there}", "/why/{decided}"},
	"/pictures":                 {"/pictures"},
	"/moderation":               {"/moderation", "/moderation?state=upheld", "/moderation | .cases button"},
	"/moderation/duties":        {"/moderation/duties"},
}

// noPages are routes that no person looks at: a file, and a way back to a page.
var noPages = []string{"/calendar/{file}", "/moderation/cases/{id}/{act}"}

// pages gives an address of every page there is: of those for anyone, and of
// those for whoever is signed in.
func (f *filled) pages() (anyone, own []string) {
	f.t.Helper()
	for _, r := range f.site.routes() {
		path, get := strings.CutPrefix(r.pattern, "GET ")
		if !get || slices.Contains(noPages, path) {
			continue
		}
		if len(examples[path]) == 0 {
			f.t.Errorf("no example of %s: put one into the table", path)
		}
		for _, example := range examples[path] {
			if r.anyone {
				anyone = append(anyone, example)
			} else {
				own = append(own, f.address(example))
			}
		}
	}
	return anyone, own
}

var placeInAddress = regexp.MustCompile(`\{[a-z]+\}`)

// address puts ids into an example.
func (f *filled) address(example string) string {
	return placeInAddress.ReplaceAllStringFunc(example, func(place string) string {
		id, ok := f.places[place]
		if !ok {
			f.t.Errorf("%s: there is no %s", example, place)
		}
		return id
	})
}
