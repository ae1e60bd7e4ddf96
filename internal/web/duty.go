package web

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// dutyRoutes are the list of what wants the member.
func (s *site) dutyRoutes() []route {
	return []route{
		{pattern: "GET /duties", do: s.duties},
		{pattern: "POST /duties", do: s.doDuty},
	}
}

// duties is the list of what wants the member, and of what comes up by itself.
type duties struct {
	Now, Waiting int
	Title        string
	Parts        []dutyPart
	Told         *lastAct
}

// dutyPart is one part of the list: the first rows, and the rest on demand.
type dutyPart struct {
	Key        string // answered, up or waiting
	Count      int
	Rows, Rest []dutyRow
	Beyond     int // that are in neither
}

// dutyRow is one thing on the list.
type dutyRow struct {
	Kind         string
	ID, Name     string // ID is the invitation's
	Href         string // of whom it is about, empty if nobody
	When, Beside string
	Asked        string // the member's own question
	Reply        string // what they said
	Text         string
	Verdict      string // what Kith says now, empty if that is beside the point
	Firm         bool
	Forms        dutyForm
	Acts         []dutyAct // the recommended one first
}

// dutyForm is what the acts of a row send.
type dutyForm struct {
	About, Other, Effect string
}

// dutyAct is one thing that can be done: a choice, or a page where it is.
type dutyAct struct {
	Choice, Href string
	Out          bool   // the page is on another site
	Key          string // of its words
	Args         []any
	Verdict      string // of the recommended one: its accent
	First        bool
}

const (
	// inWaiting is how many of those that come up by themselves are shown at once,
	// inDuties how many of a part at all.
	inWaiting = 5
	inDuties  = 200
)

func (s *site) duties(q *request) (templ.Component, error) {
	ctx := q.Context()
	a, err := s.app.Agenda(ctx, q.who)
	if err != nil {
		return nil, err
	}
	d := &duties{Now: a.Wants(), Waiting: len(a.Waiting)}
	d.Title = count(ctx, "duty.title", d.Now, numberWord(ctx, d.Now))
	if d.Now+d.Waiting == 0 {
		d.Title = say(ctx, "duty.nothing")
	}
	for _, part := range []struct {
		key  string
		list []app.Errand
		show int
	}{{"answered", a.Answered, inDuties}, {"up", a.Up, inDuties}, {"waiting", a.Waiting, inWaiting}} {
		if len(part.list) > 0 {
			d.Parts = append(d.Parts, dutyPartOf(ctx, part.key, part.list, part.show, a.Now))
		}
	}
	if d.Told, err = s.toldDuty(q); err != nil {
		return nil, err
	}
	p := s.page(q, "duties", d.Title)
	return dutiesPage(p, d), nil
}

// dutyPartOf shows one part of the list, the first show of it at once.
func dutyPartOf(ctx context.Context, key string, list []app.Errand, show int, now time.Time) dutyPart {
	p := dutyPart{Key: key, Count: len(list), Beyond: max(len(list)-inDuties, 0)}
	rows := make([]dutyRow, p.Count-p.Beyond)
	for i := range rows {
		rows[i] = dutyRowOf(ctx, &list[i], now)
	}
	show = min(show, len(rows))
	p.Rows, p.Rest = rows[:show], rows[show:]
	return p
}

// numberWord writes a small number in letters.
func numberWord(ctx context.Context, n int) string {
	if key := "number." + number(n); has(ctx, key) {
		return say(ctx, key)
	}
	return number(n)
}

// dutyRowOf shows one errand.
func dutyRowOf(ctx context.Context, e *app.Errand, now time.Time) dutyRow {
	r := dutyRow{Kind: string(e.Kind), ID: string(e.Invitation), Name: shownName(ctx, e.Name), When: say(ctx, "duty.when", lately(ctx, e.DueAt, now)),
		Asked: e.Question, Reply: e.Reply, Forms: dutyForm{string(e.Invitation), string(e.About.Member), e.Effect}}
	r.Href = "/?open=" + url.QueryEscape(r.ID)
	key := r.Kind
	switch e.Kind {
	case app.ErrandAsks:
		r.Asked, r.Reply, r.Href = "", e.Question, "/people/"+url.PathEscape(r.Forms.Other)
	case app.ErrandSilent, app.ErrandSee:
		if r.Href = "/people/" + url.PathEscape(r.Forms.Other); e.Elsewhere() {
			r.Href = "/people/contacts/" + url.PathEscape(string(e.About.Contact))
		}
	case app.ErrandErase:
		r.Name, r.Href = "", ""
	case app.ErrandAsked:
		if e.Aside {
			key = "aside"
		}
	case app.ErrandAnswered, app.ErrandNone, app.ErrandLate, app.ErrandOver:
		r.Verdict, r.Firm = string(e.Decision), e.Firm
	}
	if e.Kind == app.ErrandLate {
		r.Verdict = ""
	}
	if e.Elsewhere() && has(ctx, "duty.text-"+key+"-there") {
		key += "-there"
	}
	r.Beside = say(ctx, "duty.beside-"+string(e.Kind), lately(ctx, e.AskedAt, now))
	if e.Aside {
		r.Beside = say(ctx, "duty.beside-aside", lately(ctx, e.AskedAt, now))
	}
	r.Text = say(ctx, "duty.text-"+key, lately(ctx, e.AskedAt, now), day(ctx, e.AskedAt.Add(app.DecideAfter), now), day(ctx, e.DueAt, now))
	r.Acts = dutyActs(ctx, e, now)
	return r
}

// dutyActs lists what can be done about an errand, the recommended first.
func dutyActs(ctx context.Context, e *app.Errand, now time.Time) []dutyAct {
	letter := dutyAct{Href: "/?open=" + url.QueryEscape(string(e.Invitation)), Key: "duty.letter"}
	wait := dutyAct{Choice: "wait", Key: "duty.wait", Args: []any{day(ctx, app.WaitUntil(e, now), now)}}
	came, none := dutyAct{Choice: "came", Key: "duty.came"}, dutyAct{Choice: "none", Key: "duty.none"}
	switch e.Kind {
	case app.ErrandAsks:
		return []dutyAct{{Href: "/write", Key: "duty.reply", First: true}}
	case app.ErrandSilent:
		if e.Elsewhere() {
			return seeThere(e)
		}
		return []dutyAct{{Choice: "part", Key: "duty.part", Verdict: "decline", First: true}, {Choice: "keep", Key: "duty.keep"}}
	case app.ErrandSee:
		if e.Elsewhere() {
			return []dutyAct{{Choice: "heard", Key: "duty.heard"}}
		}
		return nil
	case app.ErrandErase:
		return []dutyAct{{Href: "/settings", Key: "duty.erase"}}
	case app.ErrandAsked:
		acts := []dutyAct{letter}
		if e.Elsewhere() {
			acts = []dutyAct{came, {Choice: "back", Key: "duty.back"}}
		}
		if e.Aside {
			acts = append([]dutyAct{{Choice: "return", Key: "duty.return"}}, acts...)
		}
		return acts
	case app.ErrandLate, app.ErrandOver:
		if e.Elsewhere() {
			came.First = true
			return []dutyAct{came, none, wait, letter}
		}
		if e.Kind == app.ErrandLate {
			wait.First = true
			return []dutyAct{wait, choose(e, "accept"), choose(e, "decline"), letter}
		}
	}
	acts := verdictActs(e)
	if e.Kind == app.ErrandNone || e.Kind == app.ErrandOver {
		acts = append(acts, wait)
	}
	return append(acts, letter)
}

// seeThere are the ways to go on with somebody who was accepted on the other
// site and is not known to have written: Kith ends no connection there.
func seeThere(e *app.Errand) []dutyAct {
	acts := []dutyAct{{Choice: "heard", Key: "duty.heard", First: true}}
	if link := kith.ProfileLink(e.Slug); link != "" {
		acts = append(acts, dutyAct{Href: link, Out: true, Key: "duty.part-there"})
	}
	return append(acts, dutyAct{Choice: "parted", Key: "duty.parted"}, dutyAct{Choice: "kept", Key: "duty.keep"})
}

// choose is a choice about the letter; of one elsewhere it is done there.
func choose(e *app.Errand, verdict string) dutyAct {
	key := "act."
	if e.Elsewhere() {
		key = "duty.there-"
	}
	return dutyAct{Choice: verdict, Key: key + verdict}
}

// verdictActs are to accept and to decline, or first of all to report, with the one
// Kith recommends before the other.
func verdictActs(e *app.Errand) (out []dutyAct) {
	if e.Decision == kith.Report {
		out = append(out, dutyAct{Href: "/letters/" + url.PathEscape(string(e.Invitation)) + "/report", Key: "act.report", Verdict: "report", First: true})
	}
	for _, verdict := range []string{"accept", "decline"} {
		a := choose(e, verdict)
		if a.First = verdict == string(e.Decision); a.First {
			a.Verdict = verdict
			out = append([]dutyAct{a}, out...)
			continue
		}
		out = append(out, a)
	}
	return out
}

// dutyChoices are what can be done from the list.
var dutyChoices = map[string]func(s *site, q *request, id kith.InvitationID) error{
	"accept":  settleDuty(app.ChooseAccept),
	"decline": settleDuty(app.ChooseDecline),
	"wait":    func(s *site, q *request, id kith.InvitationID) error { return s.app.Wait(q.Context(), q.who, id) },
	"came": func(s *site, q *request, id kith.InvitationID) error {
		return s.app.AnsweredElsewhere(q.Context(), q.who, id, true)
	},
	"none": func(s *site, q *request, id kith.InvitationID) error {
		return s.app.AnsweredElsewhere(q.Context(), q.who, id, false)
	},
	"back": func(s *site, q *request, id kith.InvitationID) error {
		return s.app.ReopenElsewhere(q.Context(), q.who, id)
	},
	"part": func(s *site, q *request, _ kith.InvitationID) error {
		return s.app.RemoveConnection(q.Context(), q.who, kith.MemberID(kith.CleanLine(q.PostForm.Get("other"))))
	},
	"return": func(s *site, q *request, id kith.InvitationID) error { return s.app.WaitNoMore(q.Context(), q.who, id) },
	"heard":  endSee(app.SeeHeard),
	"parted": endSee(app.SeeParted),
	"kept":   endSee(app.SeeKept),
	"keep": func(s *site, q *request, _ kith.InvitationID) error {
		return s.app.DismissDuty(q.Context(), q.who, q.PostForm.Get("effect"))
	},
}

func settleDuty(c app.Choice) func(s *site, q *request, id kith.InvitationID) error {
	return func(s *site, q *request, id kith.InvitationID) error { return s.app.Settle(q.Context(), q.who, id, c) }
}

func endSee(how app.SeeEnd) func(s *site, q *request, id kith.InvitationID) error {
	return func(s *site, q *request, id kith.InvitationID) error {
		return s.app.EndSeeElsewhere(q.Context(), q.who, id, how)
	}
}

// doDuty does what was chosen. What went meanwhile is no failure: there is
// nothing left to do.
func (s *site) doDuty(q *request) (templ.Component, error) {
	choice := q.PostForm.Get("choice")
	do, ok := dutyChoices[choice]
	if !ok {
		return nil, errForm
	}
	id := kith.InvitationID(kith.CleanLine(q.PostForm.Get("about")))
	switch err := do(s, q, id); kith.KindOf(err) {
	case kith.NotFound, kith.Conflict:
		choice = "gone"
	default:
		if err != nil {
			return nil, err
		}
	}
	if choice != "accept" && choice != "decline" {
		s.flash(q, choice)
		return q.seeOther("/duties")
	}
	return q.seeOther("/duties?" + url.Values{"done": {choice}, "about": {string(id)}}.Encode())
}

// toldDuty makes the line about what was done last. An answer can be taken back;
// nothing is said that did not happen.
func (s *site) toldDuty(q *request) (*lastAct, error) {
	ctx, query := q.Context(), q.URL.Query()
	what, id := query.Get("done"), kith.CleanLine(query.Get("about"))
	switch {
	case what == "accept", what == "decline":
		return s.toldOne(q, what, id)
	case what == "undone", what == "undone-accept":
		return &lastAct{Text: say(ctx, "told-act."+what)}, nil
	}
	if what = s.flashed(q); has(ctx, "duty.told-"+what) {
		return &lastAct{Text: say(ctx, "duty.told-"+what)}, nil
	}
	return nil, nil
}

// classes outline the recommended act, in its accent where it has one.
func (a dutyAct) classes() string {
	switch {
	case !a.First:
		return "link"
	case a.Verdict != "":
		return "tap mark " + a.Verdict
	}
	return "tap"
}
