package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// moderationRoutes are the desk of those who look after reports. For everybody
// else there are no such pages.
func (s *site) moderationRoutes() []route {
	return []route{
		{pattern: "GET /moderation", do: only(app.Moderator, s.cases)},
		{pattern: "POST /moderation/cases/{id}/{act}", do: only(app.Moderator, s.caseAct)},
		{pattern: "GET /moderation/cases/{id}/{act}", do: only(app.Moderator, s.reloaded)},
		{pattern: "GET /moderation/duties", do: only(app.Operator, s.deadDuties)},
		{pattern: "POST /moderation/duties/{act}", do: only(app.Operator, s.dutyAct)},
	}
}

// only answers those below a role as if the page were not there.
func only(role app.Role, do func(*request) (templ.Component, error)) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) {
		if q.who.Role < role {
			return nil, errNoPage
		}
		return do(q)
	}
}

// docket are the cases in one state, the oldest first.
type docket struct {
	State    string
	Rows     []caseRow
	Next     string // the address of what comes behind
	Told     string // what was decided last
	Operator bool
}

// caseRow is a case before it is opened: how much lies in it, and nothing of
// whom.
type caseRow struct {
	ID, Kind, Opened, Ended string
	Reports                 int
}

// casesOnPage is how many cases stand on a page.
const casesOnPage = 50

// cases lists what lies before the moderation desk.
func (s *site) cases(q *request) (templ.Component, error) {
	ctx, query := q.Context(), q.URL.Query()
	d := &docket{State: "open", Operator: q.who.Role >= app.Operator}
	if said := query.Get("state"); said != "" {
		d.State = said
	}
	state, err := app.ParseCaseState(d.State)
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Cases(ctx, q.who, state, cursorOf(query), casesOnPage)
	if err != nil {
		return nil, err
	}
	for i := range list {
		c := &list[i]
		d.Rows = append(d.Rows, caseRow{ID: c.ID, Kind: c.Kind.String(), Opened: day(ctx, c.OpenedAt, now), Ended: day(ctx, c.ClosedAt, now), Reports: c.Reports})
	}
	if next != (app.Cursor{}) {
		d.Next = "/moderation?state=" + d.State + "&" + cursorQuery(next)
	}
	if done := s.flashed(q); has(ctx, "moderation.done-"+done) {
		d.Told = say(ctx, "moderation.done-"+done)
	}
	title := say(ctx, "moderation.title-"+d.State)
	if state == app.CaseOpen && d.Next == "" {
		title = count(ctx, "moderation.title", len(d.Rows))
	}
	return docketPage(s.page(q, "moderation", title), d), nil
}

// hearing is one case as a moderator reads it.
type hearing struct {
	ID, Kind   string
	Face       face
	Opened     string
	Reports    []exhibit
	Appeals    []plea
	Sent       int
	Complaints int
	Upheld     int
	Dismissed  int
	Step       string
	Until      string
	Accepted   string
	Form       url.Values // what was filled in
	Wrong      string
}

// exhibit is one report: what was reported and why.
type exhibit struct {
	On, Reason, Words, When string
	Evidence                []piece
	Failed                  int
}

// plea is an appeal against a restriction.
type plea struct {
	Step, From, Until, When, Words string
	ByDesk                         bool
}

// reportedOn are the words for what a report is on.
var reportedOn = map[app.ReportOn]string{app.OnInvitation: "invitation", app.OnConnection: "connection", app.OnProfile: "profile", app.OnMessage: "message"}

// caseAct opens a case, which its subject may see later, or decides it. What
// cannot be decided so is shown again as it was filled in.
func (s *site) caseAct(q *request) (templ.Component, error) {
	ctx, id := q.Context(), kith.CleanLine(q.PathValue("id"))
	var err error
	switch act := q.PathValue("act"); act {
	case "look":
	case "uphold":
		err = s.app.Uphold(ctx, q.who, id, ruling(q.PostForm))
	case "dismiss":
		err = s.app.Dismiss(ctx, q.who, id, q.PostForm.Get("words"))
	default:
		return nil, errNoPage
	}
	if q.PathValue("act") != "look" && kith.KindOf(err) != kith.Invalid {
		if err != nil {
			return nil, err
		}
		s.flash(q, q.PathValue("act"))
		return q.seeOther("/moderation")
	}
	c, lookErr := s.app.LookAtCase(ctx, q.who, id)
	if lookErr != nil {
		return nil, lookErr
	}
	now, lookErr := s.app.Now(ctx)
	if lookErr != nil {
		return nil, lookErr
	}
	h := hearingOf(q.Context(), &c, now)
	h.Form = q.PostForm
	status := http.StatusOK
	if err != nil {
		status, h.Wrong = app.Status(err), said(ctx, err)
	}
	s.show(q, status, hearingPage(s.page(q, "moderation", say(ctx, "moderation.case-"+h.Kind)), h))
	return nil, nil
}

// reloaded leads from a case that was looked at back to the list: looking is
// kept for whoever is looked at, so loading a page again does not do it.
func (s *site) reloaded(q *request) (templ.Component, error) { return q.seeOther("/moderation") }

// ruling reads what is to follow from an upheld report; of an appeal nothing is
// chosen.
func ruling(form url.Values) app.Ruling {
	r := app.Ruling{Words: form.Get("words"), AtOnce: form.Get("at-once") != ""}
	weeks, _ := strconv.Atoi(form.Get("weeks"))
	switch form.Get("step") {
	case "know-mail":
		r.Step, r.Weeks = app.KnowMail, weeks
	case "paused":
		r.Step, r.Weeks = app.Paused, weeks
	case "close":
		r.Close, r.AtOnce = true, false
	}
	return r
}

// hearingOf shows a case.
func hearingOf(ctx context.Context, c *app.Case, now time.Time) *hearing {
	h := &hearing{
		ID: c.ID, Kind: c.Kind, Face: face{ID: string(c.About.ID), Name: c.About.Name, Initials: initials(c.About.Name)}, Opened: day(ctx, c.OpenedAt, now),
		Sent: c.Sent, Complaints: c.Complaints, Upheld: c.Upheld, Dismissed: c.Dismissed, Step: c.Standing.Step.String(), Until: day(ctx, c.Standing.Until, now),
		Accepted: c.Standing.Accepted,
	}
	for i := range c.Reports {
		r := &c.Reports[i]
		h.Reports = append(h.Reports, exhibit{On: reportedOn[r.On], Reason: r.Reason, Words: r.Words, When: day(ctx, r.At, now),
			Evidence: piecesOf(r.Evidence, r.Tells), Failed: r.Failed})
	}
	for i := range c.Appeals {
		a := &c.Appeals[i]
		h.Appeals = append(h.Appeals, plea{Step: a.Step.String(), From: day(ctx, a.From, now), Until: day(ctx, a.Until, now), When: day(ctx, a.At, now), Words: a.Words, ByDesk: a.ByDesk})
	}
	return h
}

// chosen reports whether a choice of the form was made.
func (h *hearing) chosen(name, value string) bool { return h.Form.Get(name) == value }

// weeks is what stands in the field for weeks.
func (h *hearing) weeks() string {
	if said := h.Form.Get("weeks"); said != "" {
		return said
	}
	return "1"
}

// stuck are duties that failed too often.
type stuck struct {
	Rows []stuckRow
	Next string
	Told string
}

// stuckRow is one of them.
type stuckRow struct{ Owner, Effect, About, Due, Failure string }

// deadDuties lists what failed too often to be tried again by itself.
func (s *site) deadDuties(q *request) (templ.Component, error) {
	ctx, query := q.Context(), q.URL.Query()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.app.DeadDuties(ctx, q.who, kith.MemberID(kith.CleanLine(query.Get("owner"))), kith.CleanLine(query.Get("after")), casesOnPage+1)
	if err != nil {
		return nil, err
	}
	x := &stuck{}
	for i := range list {
		d := &list[i]
		if i == casesOnPage {
			last := &x.Rows[i-1]
			x.Next = "/moderation/duties?" + url.Values{"owner": {last.Owner}, "after": {last.Effect}}.Encode()
			break
		}
		x.Rows = append(x.Rows, stuckRow{Owner: string(d.Owner), Effect: d.Effect, About: d.About, Due: clock(ctx, d.DueAt, now), Failure: d.Failure})
	}
	if done := s.flashed(q); has(ctx, "stuck.done-"+done) {
		x.Told = say(ctx, "stuck.done-"+done)
	}
	return stuckPage(s.page(q, "moderation", stuckTitle(ctx, x)), x), nil
}

func stuckTitle(ctx context.Context, x *stuck) string {
	if x.Next != "" {
		return say(ctx, "stuck.title-many")
	}
	return count(ctx, "stuck.title", len(x.Rows))
}

// dutyAct tries a failed duty again, or gives it up.
func (s *site) dutyAct(q *request) (templ.Component, error) {
	owner, effect := kith.MemberID(kith.CleanLine(q.PostForm.Get("owner"))), kith.CleanLine(q.PostForm.Get("effect"))
	act := q.PathValue("act")
	do, ok := map[string]func(context.Context, app.Actor, kith.MemberID, string) error{"revive": s.app.ReviveDuty, "discard": s.app.DiscardDuty}[act]
	if !ok {
		return nil, errNoPage
	}
	if err := do(q.Context(), q.who, owner, effect); err != nil {
		return nil, err
	}
	s.flash(q, act)
	return q.seeOther("/moderation/duties")
}

// chosenState marks the list that is shown.
func chosenState(d *docket, state string) templ.Attributes {
	if d.State != state {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

// caseButton fills the button of the case that waits longest.
func caseButton(i int) string {
	if i == 0 {
		return "go"
	}
	return "tap"
}
