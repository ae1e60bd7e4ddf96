package web

import (
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// findRoutes are the search for people and letters.
func (s *site) findRoutes() []route {
	return []route{{pattern: "GET /find", do: s.find}}
}

// finding is what was looked for, and what was found.
type finding struct {
	Text     string
	Wrong    string
	People   []portrait
	Letters  []row
	Contacts []contactRow
	Asked    bool
}

// Nothing reports whether the search came to nothing.
func (f *finding) Nothing() bool { return len(f.People)+len(f.Letters)+len(f.Contacts) == 0 }

const (
	// inFound is how many of a kind a search shows.
	inFound = 20
	// leastLetters is how many letters a search needs.
	leastLetters = 2
)

// find finds members by name, and what is the member's own by its words.
func (s *site) find(q *request) (templ.Component, error) {
	ctx := q.Context()
	f := &finding{Text: kith.CleanLine(q.URL.Query().Get("for"))}
	page := func() templ.Component { return findPage(s.page(q, "find", say(ctx, "find.title")), f) }
	if f.Asked = f.Text != ""; !f.Asked {
		return page(), nil
	}
	if utf8.RuneCountInString(kith.FoldText(f.Text)) < leastLetters {
		f.Wrong = say(ctx, "find.short")
		return page(), nil
	}
	people, err := s.app.PeopleNamed(ctx, q.who, f.Text)
	if err != nil && kith.KindOf(err) == kith.Busy { // one's own letters and contacts are there all the same
		f.Wrong = said(ctx, err)
	} else if f.Wrong, err = q.mend(err); err != nil || f.Wrong != "" {
		return page(), err
	}
	for i := range people {
		f.People = append(f.People, portrait{faceOf(&people[i]), people[i].Headline, ""})
	}
	pile, err := s.app.Pile(ctx, q.who, app.PileQuery{Text: f.Text})
	if err != nil {
		return nil, err
	}
	for _, c := range lettersOf(&pile, "") {
		if len(f.Letters) == inFound {
			break
		}
		f.Letters = append(f.Letters, row{ID: string(c.Invitation), Name: shownName(ctx, c.Name), Gist: c.Headline, Href: "/?open=" + string(c.Invitation)})
	}
	contacts, err := s.app.ContactsAbout(ctx, q.who, f.Text, inFound)
	for i := range contacts {
		f.Contacts = append(f.Contacts, rowOf(&contacts[i]))
	}
	return page(), err
}
