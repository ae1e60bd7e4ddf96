package web

import (
	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// asking is a page about a letter on which something is written or chosen
// before it is done.
type asking struct {
	ID, Name       string
	Link           string // of the profile elsewhere, where the member does it themselves
	There          bool
	View           view
	Next           string
	Wrong          string
	Text           string // the question, the greeting, or what the moderators should know
	Reminder, Then string
	Introduced     string   // what is said of the sender if they ask for an introduction
	Removes        bool     // whoever stays silent is removed without a question
	Reasons        []string // for which one may report
	Reason         string   // the one that is chosen
	NotKnown       string   // what never hearing from them again leads to
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
	a := &asking{ID: string(c.Invitation), Name: shownName(q.Context(), c.Name), There: c.Elsewhere(), Link: kith.ProfileLink(c.Slug),
		View: viewOf(query), Next: kith.CleanLine(query.Get("next")), Introduced: app.OnlyThroughKith(c.Name),
		Reminder: day(q.Context(), now.Add(app.RemindAfter), now), Then: day(q.Context(), now.Add(app.DecideAfter), now)}
	a.NotKnown = say(q.Context(), "report.not-known-lead", a.Reminder)
	return a, nil
}

// asked ends a page about a letter with a page: the desk, or itself with what
// was written where that did not go out.
func (s *site) asked(q *request, a *asking, done string, err error, again func(page, *asking) templ.Component) (templ.Component, error) {
	wrong, rest := q.mend(err)
	if wrong == "" {
		return q.onward(done, rest)
	}
	a.Wrong = wrong
	s.show(q, app.Status(err), again(s.page(q, "desk", say(q.Context(), done+".title", a.Name)), a))
	return nil, nil
}

// askForm shows the question as Kith would ask it, to be changed.
func (s *site) askForm(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return q.onward("", err)
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
	a.Text = q.PostForm.Get("question")
	if a.There {
		err = s.app.AskedElsewhere(q.Context(), q.who, q.letterID())
	} else {
		_, err = s.app.Ask(q.Context(), q.who, q.letterID(), a.Text)
	}
	return s.asked(q, a, "ask", err, askPage)
}

// greetForm shows the first message to somebody who is accepted to see whether
// they answer.
func (s *site) greetForm(q *request) (templ.Component, error) {
	a, err := s.greetingOf(q)
	if err != nil {
		return q.onward("", err)
	}
	if a.There { // nothing can be sent there
		return q.seeOther(a.View.with("open", a.ID))
	}
	if a.Text, err = s.app.Draft(q.Context(), q.who, q.letterID(), app.DraftAcceptAndSee); err != nil {
		return nil, err
	}
	return greetPage(s.page(q, "desk", say(q.Context(), "accept.title", a.Name)), a), nil
}

// greetingOf begins the page of the first message.
func (s *site) greetingOf(q *request) (*asking, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return nil, err
	}
	own, err := s.app.Settings(q.Context(), q.who)
	a.Removes = own.RemoveSilent
	return a, err
}

// accept accepts, with the first message where there is one.
func (s *site) accept(q *request) (templ.Component, error) {
	text := q.PostForm.Get("greeting")
	if text == "" || q.PostForm.Get("silent") != "" {
		return q.onward("accept", s.app.Settle(q.Context(), q.who, q.letterID(), app.ChooseAccept))
	}
	a, err := s.greetingOf(q)
	if err != nil {
		return q.onward("accept", err)
	}
	a.Text = text
	return s.asked(q, a, "accept", s.app.Greet(q.Context(), q.who, q.letterID(), text), greetPage)
}

// reportForm asks what the report is for: it is never sent at once.
func (s *site) reportForm(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return q.onward("", err)
	}
	a.Reasons = app.ReportReasons()
	a.Reason = a.Reasons[0]
	return reportPage(s.page(q, "desk", say(q.Context(), "report.title", a.Name)), a), nil
}

// report brings the invitation before the desk of the moderators, or notes that
// it was reported elsewhere.
func (s *site) report(q *request) (templ.Component, error) {
	a, err := s.askingAbout(q)
	if err != nil {
		return q.onward("report", err)
	}
	a.Reasons, a.Reason, a.Text = app.ReportReasons(), q.PostForm.Get("reason"), q.PostForm.Get("words")
	if a.There {
		err = s.app.DoneElsewhere(q.Context(), q.who, q.letterID(), app.DidReport)
	} else {
		_, err = s.app.ReportInvitation(q.Context(), q.who, q.letterID(), a.Reason, a.Text)
	}
	return s.asked(q, a, "report", err, reportPage)
}

// dontKnow turns down somebody the member never wants to hear from again.
func (s *site) dontKnow(q *request) (templ.Component, error) {
	_, err := s.app.DontKnow(q.Context(), q.who, q.letterID())
	return q.onward("decline", err)
}
