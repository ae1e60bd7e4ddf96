package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// maxTogether is how many letters are looked through and decided in one go: a
// page of more would not be read.
const maxTogether = 250

// shownBefore is how many rows of a reason stand open.
const shownBefore = 8

// bundle is what is about to be decided together.
type bundle struct {
	ID      string // under which it is done, once however often it is sent
	Choice  string
	View    view
	Count   int // what is ticked to begin with
	All     int // firm ones there are
	Here    int // of those to be decided, received here
	There   int // waiting elsewhere
	Unknown bool
	Until   string
	Left    int // what stays on the desk
	Minutes int
	Reasons []bundleReason
	Wrong   string
}

// bundleReason are the letters with one strongest reason.
type bundleReason struct {
	Heading     string
	Rows, Later []bundleRow
}

// bundleRow is one letter of a bundle.
type bundleRow struct {
	ID, Name, About, Note, Href string
	There                       bool
}

// together shows the firm letters of a group, each with a tick, before anything
// happens to them. Reports are never made together.
func (s *site) together(q *request) (templ.Component, error) {
	b, err := s.bundle(q, viewOf(q.URL.Query()))
	if err != nil {
		return nil, err
	}
	return togetherPage(s.page(q, "desk", count(q.Context(), "together.title-"+b.Choice, b.Count)), b), nil
}

// errNoBundle answers for what cannot be done together.
var errNoBundle = &kith.Error{Kind: kith.NotFound, Msg: "only accepting and declining can be done for several letters together"}

func (s *site) bundle(q *request, v view) (*bundle, error) {
	b := &bundle{ID: rand.Text(), Choice: q.PathValue("choice"), View: v.but("in", "").but("waiting", "")}
	if b.Choice != string(kith.Accept) && b.Choice != string(kith.Decline) {
		return nil, errNoBundle
	}
	d, err := s.app.Desk(q.Context(), q.who, app.DeskQuery{PileQuery: b.View.query(), Closed: true})
	if err != nil {
		return nil, err
	}
	b.Unknown, b.Until = true, day(q.Context(), d.Now.Add(app.UndoFor), d.Now)
	by := map[string][]*app.Card{}
	for i := range d.Pile.Groups {
		g := &d.Pile.Groups[i]
		for j := range g.Cards {
			if c := &g.Cards[j]; g.Decision == b.Choice && c.Firm {
				b.take(c, by)
			}
		}
	}
	b.Left = d.Pile.Left - b.Count
	b.Minutes = minutesFor(d.Decided, b.Left)
	for _, cards := range by {
		b.Reasons = append(b.Reasons, bundleOf(q.Context(), cards))
	}
	slices.SortFunc(b.Reasons, func(x, y bundleReason) int {
		return cmp.Or(len(y.Rows)+len(y.Later)-len(x.Rows)-len(x.Later), cmp.Compare(x.Heading, y.Heading))
	})
	return b, nil
}

// take puts a letter among those with its strongest reason.
func (b *bundle) take(c *app.Card, by map[string][]*app.Card) {
	b.All++
	if b.Count == maxTogether {
		return
	}
	b.Count++
	if c.Elsewhere() {
		b.There++
	} else {
		b.Here++
	}
	b.Unknown = b.Unknown && c.Bands.Known != kith.BandYes && c.Bands.Known != kith.BandLikely
	by[c.Lead()] = append(by[c.Lead()], c)
}

// bundleOf shows the letters with one strongest reason.
func bundleOf(ctx context.Context, cards []*app.Card) bundleReason {
	key := "together-why." + cards[0].Lead()
	out := bundleReason{Heading: say(ctx, key)}
	if !has(ctx, key) {
		out.Heading = saying(ctx, &kith.Reason{Signal: cards[0].Lead(), Text: cards[0].Why})
	}
	for i, c := range cards {
		row := bundleRow{ID: string(c.Invitation), Name: shownName(ctx, c.Name), About: cmp.Or(beginning(ctx, c.Note), c.Headline, c.Place),
			Href: "/?open=" + string(c.Invitation), There: c.Elsewhere()}
		switch {
		case c.Note != "":
			row.Note = say(ctx, "together.note")
		case c.NoteKnown:
			row.Note = say(ctx, "together.no-note")
		}
		if i < shownBefore || len(cards) == shownBefore+1 {
			out.Rows = append(out.Rows, row)
		} else {
			out.Later = append(out.Later, row)
		}
	}
	return out
}

// inQuote is about how many letters of a note a row quotes.
const inQuote = 60

// beginning is the beginning of a note, empty if there is none.
func beginning(ctx context.Context, note string) string {
	head, rest := firstLines(kith.CleanLine(note), inQuote)
	switch {
	case head == "":
		return ""
	case rest != "":
		head += " …"
	}
	return say(ctx, "together.quote", head)
}

// settleTogether does one thing about all that stayed ticked.
func (s *site) settleTogether(q *request) (templ.Component, error) {
	v, ids := viewOf(q.PostForm), []kith.InvitationID(nil)
	for _, id := range q.PostForm["id"] {
		ids = append(ids, kith.InvitationID(kith.CleanLine(id)))
	}
	choice := q.PathValue("choice")
	if len(ids) == 0 {
		return s.noneTicked(q, v)
	}
	if choice != string(app.ChooseAccept) && choice != string(app.ChooseDecline) {
		return nil, errNoBundle
	}
	id := kith.CleanLine(q.PostForm.Get("bundle"))
	if err := s.app.SettleTogether(q.Context(), q.who, id, ids, app.Choice(choice)); err != nil {
		// What broke half way is told as far as it came.
		if b, lost := s.app.Bundle(q.Context(), q.who, id); lost != nil || b.Done == 0 {
			return nil, err
		}
	}
	v.Set("done", choice)
	v.Set("bundle", id)
	return q.seeOther("/?" + v.Encode())
}

// noneTicked shows the letters again to whoever left none of them.
func (s *site) noneTicked(q *request, v view) (templ.Component, error) {
	b, err := s.bundle(q, v)
	if err != nil {
		return nil, err
	}
	b.Wrong = say(q.Context(), "together.none")
	s.show(q, http.StatusUnprocessableEntity, togetherPage(s.page(q, "desk", count(q.Context(), "together.title-"+b.Choice, b.Count)), b))
	return nil, nil
}
