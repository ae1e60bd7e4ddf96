package web

import (
	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// asking is the page on which the question to a sender is written.
type asking struct {
	ID, Name, Text string
	Link           string // of the profile elsewhere, where the member asks themselves
	There          bool
	View           view
	Next           string
	Wrong          string
	Reminder, Then string
	Reasons        []string // of a report
}

// askingAbout begins a page about a letter.
func (s *site) askingAbout(q *request) (*asking, error) {
	c, err := s.app.Card(q.Context(), q.who, q.letterID())
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(q.Context())
	if err != nil {
		return nil, err
	}
	query := q.URL.Query()
	if q.Method == "POST" {
		query = q.PostForm
	}
	return &asking{ID: string(c.Invitation), Name: shownName(q.Context(), c.Name), There: c.Elsewhere(), Link: kith.ProfileLink(c.Slug),
		View: viewOf(query), Next: kith.CleanLine(query.Get("next")),
		Reminder: day(q.Context(), now.Add(7*kith.Day), now), Then: day(q.Context(), now.Add(14*kith.Day), now)}, nil
}

// askForm shows the question as Kith would ask it, to be changed.
func (s *site) askForm(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return nil, err
	}
	if a.Text, err = s.app.Draft(q.Context(), q.who, q.letterID(), app.DraftAsk); err != nil {
		return nil, err
	}
	return askPage(s.page(q, "desk", say(q.Context(), "ask.title", a.Name)), a), nil
}

// ask sends the question, or notes that it was asked elsewhere.
func (s *site) ask(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return q.onward("ask", err)
	}
	a.Text = q.PostForm.Get("text")
	if a.There {
		err = s.app.AskedElsewhere(q.Context(), q.who, q.letterID())
	} else {
		_, err = s.app.Ask(q.Context(), q.who, q.letterID(), a.Text)
	}
	if kith.KindOf(err) == kith.Invalid {
		a.Wrong = said(q.Context(), err)
		s.show(q, app.Status(err), askPage(s.page(q, "desk", say(q.Context(), "ask.title", a.Name)), a))
		return nil, nil
	}
	return q.onward("ask", err)
}

// reportForm asks what the report is for: it is never sent at once.
func (s *site) reportForm(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return nil, err
	}
	a.Reasons = app.ReportReasons()
	return reportPage(s.page(q, "desk", say(q.Context(), "report.title", a.Name)), a), nil
}

// report brings the invitation before the desk of the moderators, or notes that
// it was reported elsewhere.
func (s *site) report(q *request) (templ.Component, error) {
	c, err := s.app.Card(q.Context(), q.who, q.letterID())
	if err != nil {
		return q.onward("report", err)
	}
	if c.Elsewhere() {
		err = s.app.DoneElsewhere(q.Context(), q.who, q.letterID(), app.DidReport)
	} else {
		_, err = s.app.ReportInvitation(q.Context(), q.who, q.letterID(), q.PostForm.Get("reason"), q.PostForm.Get("words"))
	}
	return q.onward("report", err)
}
