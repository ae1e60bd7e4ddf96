package web

import (
	"context"
	"net/url"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// peopleRoutes are the member's own people: connections, blocks, and contacts
// from files.
func (s *site) peopleRoutes() []route {
	return []route{
		{pattern: "GET /people", do: s.people},
		{pattern: "GET /people/blocked", do: s.blocked},
		{pattern: "GET /people/contacts", do: s.contacts},
		{pattern: "GET /people/contacts/{id}", do: s.contact},
		{pattern: "POST /people/contacts/{id}/forget", do: s.forgetContact},
	}
}

// index is the list of people one is connected with.
type index struct {
	Count   int
	Name    string // what is looked for
	Letters []initialLetter
	Next    string // where the list goes on
}

// initialLetter is a part of the index.
type initialLetter struct {
	Letter string
	People []indexed
}

// indexed is one of the people in it.
type indexed struct {
	face
	Tie, Wrote string
}

// inIndex is how many people a page of the index shows.
const inIndex = 100

func (s *site) people(q *request) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	name := kith.CleanLine(q.URL.Query().Get("name"))
	c, err := s.app.Circle(ctx, q.who, name, kith.MemberID(kith.CleanLine(q.URL.Query().Get("after"))), inIndex)
	if err != nil {
		return nil, err
	}
	x := &index{Count: c.Count, Name: name}
	for i := range c.People {
		x.add(ctx, &c.People[i], now)
	}
	if c.Next != "" {
		x.Next = "/people?" + url.Values{"name": {name}, "after": {string(c.Next)}}.Encode()
	}
	return peoplePage(s.page(q, "people", say(ctx, "people.title")), x), nil
}

// add puts somebody under the first letter of their name.
func (x *index) add(ctx context.Context, a *app.Acquaintance, now time.Time) {
	letter := firstLetter(a.Name)
	if n := len(x.Letters); n == 0 || x.Letters[n-1].Letter != letter {
		x.Letters = append(x.Letters, initialLetter{Letter: letter})
	}
	l := &x.Letters[len(x.Letters)-1]
	l.People = append(l.People, indexed{faceOf(&a.Face), tieWord(a.Tie), lately(ctx, a.WroteAt, now)})
}

// firstLetter is what a name stands under in the index: its first letter,
// without accents.
func firstLetter(name string) string {
	r, _ := utf8.DecodeRuneInString(kith.FoldText(name))
	if !unicode.IsLetter(r) {
		return "#"
	}
	return string(unicode.ToUpper(r))
}

// faces is a page of faces.
type faces struct {
	Of     face // whose they are; empty ID: the member's own list
	Kind   string
	People []face
	Next   string
}

// inFaces is how many faces a page shows: each counts as a look at somebody.
const inFaces = 50

// blocked lists whom the member blocks.
func (s *site) blocked(q *request) (templ.Component, error) {
	list, next, err := s.app.Blocks(q.Context(), q.who, q.after(), inIndex)
	if err != nil {
		return nil, err
	}
	f := &faces{Kind: "blocked"}
	for _, n := range list {
		f.People = append(f.People, face{ID: string(n.ID), Name: n.Name, Initials: initials(n.Name)})
	}
	f.more("/people/blocked", next)
	return blockedPage(s.page(q, "people", say(q.Context(), "people.blocked")), f), nil
}

// after is the member behind whom a list goes on.
func (q *request) after() kith.MemberID {
	return kith.MemberID(kith.CleanLine(q.URL.Query().Get("after")))
}

func (f *faces) more(path string, next kith.MemberID) {
	if next != "" {
		f.Next = path + "?after=" + url.QueryEscape(string(next))
	}
}

// book is a page of the member's private contacts.
type book struct {
	Name   string
	People []contactRow
	Next   string
}

// contactRow is a private contact in a list.
type contactRow struct {
	ID, Name, Does string
}

func rowOf(c *app.Contact) contactRow {
	return contactRow{string(c.ID), c.Name, doing(c)}
}

// doing is what a contact is known to do.
func doing(c *app.Contact) string {
	switch {
	case c.Headline != "":
		return c.Headline
	case c.Title != "" && c.Organisation != "":
		return c.Title + ", " + c.Organisation
	}
	return c.Title + c.Organisation
}

func (s *site) contacts(q *request) (templ.Component, error) {
	query := q.URL.Query()
	b := &book{Name: kith.CleanLine(query.Get("name"))}
	after := app.ContactCursor{Name: query.Get("after"), ID: kith.ContactID(kith.CleanLine(query.Get("id")))}
	list, err := s.app.Contacts(q.Context(), q.who, b.Name, after, inIndex+1)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if i == inIndex {
			at := app.CursorOf(&list[i-1])
			b.Next = "/people/contacts?" + url.Values{"name": {b.Name}, "after": {at.Name}, "id": {string(at.ID)}}.Encode()
			break
		}
		b.People = append(b.People, rowOf(&list[i]))
	}
	return contactsPage(s.page(q, "people", say(q.Context(), "people.contacts")), b), nil
}

// filed is what the member's files say of somebody.
type filed struct {
	contactRow
	Initials, Place, Link string
	Said                  []string
	Emails                []string
	Letters               []filedLetter
}

// filedLetter is an invitation on the other site.
type filedLetter struct {
	Href, When, Note string
	Out              bool // from the member
}

func (s *site) contact(q *request) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	c, err := s.app.Contact(ctx, q.who, kith.ContactID(kith.CleanLine(q.PathValue("id"))))
	if err != nil {
		return nil, err
	}
	f := &filed{contactRow: rowOf(&c.Contact), Initials: initials(c.Name), Place: c.Place, Link: kith.ProfileLink(c.Slug), Emails: c.Emails}
	f.Name = shownName(ctx, c.Name)
	f.says(ctx, &c, now)
	for i := range c.Invitations {
		e := &c.Invitations[i]
		l := filedLetter{When: day(ctx, e.SentAt, now), Note: e.Note, Out: e.Direction != kith.Incoming}
		if e.State() <= app.ElsewhereAnswered && !l.Out {
			l.Href = "/?open=" + url.QueryEscape(string(e.ID))
		}
		f.Letters = append(f.Letters, l)
	}
	return contactPage(s.page(q, "people", f.Name), f), nil
}

// keptKinds are the kinds of what files say, in the order they are told.
var keptKinds = []string{"message", "meeting", "contact", "connection", "profile", "application"}

// says lists what is known, a sentence each.
func (f *filed) says(ctx context.Context, c *app.ContactDetail, now time.Time) {
	add := func(when bool, text string) {
		if when {
			f.Said = append(f.Said, text)
		}
	}
	add(c.Connected && c.ConnectedAt.IsZero(), say(ctx, "contact.connected"))
	add(c.Connected && !c.ConnectedAt.IsZero(), say(ctx, "contact.connected-since", day(ctx, c.ConnectedAt, now)))
	add(c.Book, say(ctx, "contact.book"))
	add(!c.HeardAt.IsZero(), say(ctx, "contact.heard", day(ctx, c.HeardAt, now)))
	for _, kind := range keptKinds {
		if n := c.Kept[kind]; n > 0 {
			add(true, count(ctx, "contact."+kind, n))
		}
	}
}

func (s *site) forgetContact(q *request) (templ.Component, error) {
	if err := s.app.DropContact(q.Context(), q.who, kith.ContactID(kith.CleanLine(q.PathValue("id")))); err != nil {
		return nil, err
	}
	return q.seeOther("/people/contacts")
}
