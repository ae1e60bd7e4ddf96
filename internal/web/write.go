package web

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// writeRoutes are the letters a member sends.
func (s *site) writeRoutes() []route {
	return []route{
		{pattern: "GET /write", do: s.lettersOut},
		{pattern: "GET /write/{member}", do: s.writeForm},
		{pattern: "POST /write/{member}", do: s.write},
		{pattern: "POST /write/look", do: s.lookAgain},
		{pattern: "POST /sent/{id}/withdraw", do: s.withdraw},
		{pattern: "POST /sent/{id}/reply", do: s.reply},
		{pattern: "POST /standing/appeal", do: s.appeal},
	}
}

// posted is the page of the letters that are out.
type posted struct {
	Budget  budget
	Out     []outgoing
	Ended   []outgoing
	Wrong   string
	Kept    string // a reply for which there is no form any more
	Earlier string // where the list goes on
}

// budget is how many letters a member may still send, and why.
type budget struct {
	Left, Of  int
	Renews    string
	Out       int    // letters without an end yet
	Accepted  string // in words; empty: too few to say
	Reasons   []string
	Step      string // know-mail or paused; empty: no restriction
	Until     string
	Appeal    string
	MayAppeal bool
	Words     string // of an appeal that could not be sent
}

// outgoing is a letter the member sent.
type outgoing struct {
	ID, To, Name    string
	Page            string // of the list it stands on, for its forms: "?before=…"; empty: the newest
	Note            string
	Sent, Until     string
	State           string // of texts: open, asked, replied, fulfilled, withdrawn, expired, cancelled
	Ended, Again    string
	Question, Reply string
	Typed           string // a reply that could not be sent
	Connected       bool
}

// mend gives what went wrong with a form if the person can mend it; any other
// error it gives back.
func (q *request) mend(err error) (wrong string, rest error) {
	if err == nil {
		return "", nil
	}
	switch kith.KindOf(err) {
	case kith.Invalid, kith.Conflict, kith.Denied:
		return said(q.Context(), err), nil
	}
	return "", err
}

// lettersInList is how many letters a page of them shows.
const lettersInList = 50

func (s *site) lettersOut(q *request) (templ.Component, error) {
	p, err := s.posted(q)
	if err != nil {
		return nil, err
	}
	return lettersOutPage(s.page(q, "write", say(q.Context(), "out.title")), p), nil
}

// posted gathers what the page of letters shows.
func (s *site) posted(q *request) (*posted, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	at, page := cursorOf(q.URL.Query()), ""
	if at != (app.Cursor{}) {
		page = "?" + cursorQuery(at)
	}
	list, next, err := s.app.Invitations(ctx, q.who, app.Sent, at, lettersInList)
	if err != nil {
		return nil, err
	}
	counts, err := s.app.CountInvitations(ctx, q.who)
	if err != nil {
		return nil, err
	}
	standing, err := s.app.Standing(ctx, q.who)
	if err != nil {
		return nil, err
	}
	p := &posted{Budget: budgetOf(ctx, &standing, counts.Sent, now)}
	for i := range list {
		o := outgoingOf(ctx, &list[i], now)
		o.Page = page
		if list[i].Course == app.Running {
			p.Out = append(p.Out, o)
		} else {
			p.Ended = append(p.Ended, o)
		}
	}
	if !next.At.IsZero() {
		p.Earlier = "/write?" + cursorQuery(next)
	}
	return p, nil
}

func budgetOf(ctx context.Context, st *app.Standing, out int, now time.Time) budget {
	b := budget{Left: st.Left, Of: st.Budget, Renews: weekday(ctx, st.RenewsAt, now), Out: out, Accepted: st.Accepted, Reasons: st.Reasons,
		Until: day(ctx, st.Until, now), Appeal: st.Appeal, MayAppeal: st.MayAppeal}
	if st.Step != app.Free {
		b.Step = st.Step.String()
	}
	return b
}

// courses are the texts of how a letter ended.
var courses = map[app.Course]string{app.Fulfilled: "fulfilled", app.Withdrawn: "withdrawn", app.Expired: "expired", app.Cancelled: "cancelled"}

func outgoingOf(ctx context.Context, i *app.Invitation, now time.Time) outgoing {
	o := outgoing{ID: string(i.ID), To: string(i.Other.ID), Name: i.Other.Name, Note: i.Note, Sent: day(ctx, i.SentAt, now), Until: day(ctx, i.ExpiresAt, now),
		Ended: day(ctx, i.EndedAt, now), Question: i.Question, Reply: i.Reply, Connected: i.Connected}
	switch {
	case i.Course != app.Running:
		o.State = courses[i.Course]
	case !i.RepliedAt.IsZero():
		o.State = "replied"
	case !i.AskedAt.IsZero():
		o.State = "asked"
	default:
		o.State = "open"
	}
	if i.AgainAt.After(now) {
		o.Again = day(ctx, i.AgainAt, now)
	}
	return o
}

// withdraw takes a letter back.
func (s *site) withdraw(q *request) (templ.Component, error) {
	if _, err := s.app.Withdraw(q.Context(), q.who, q.letterID()); err != nil {
		return nil, err
	}
	return q.seeOther("/write")
}

// reply answers what a recipient asked first.
func (s *site) reply(q *request) (templ.Component, error) {
	text := q.PostForm.Get("text")
	_, err := s.app.Reply(q.Context(), q.who, q.letterID(), text)
	if err == nil {
		return q.seeOther("/write")
	}
	return s.stillOut(q, err, func(p *posted) {
		p.Kept = text
		for i := range p.Out {
			if o := &p.Out[i]; o.ID == string(q.letterID()) && o.State == "asked" {
				o.Typed, p.Kept = text, ""
			}
		}
	})
}

// appeal asks the desk to look at a restriction again.
func (s *site) appeal(q *request) (templ.Component, error) {
	words := q.PostForm.Get("words")
	_, err := s.app.Appeal(q.Context(), q.who, words)
	if err == nil {
		return q.seeOther("/write")
	}
	return s.stillOut(q, err, func(p *posted) { p.Budget.Words = words })
}

// stillOut shows the letters again, with what did not work, and what was typed.
func (s *site) stillOut(q *request, err error, keep func(*posted)) (templ.Component, error) {
	wrong, rest := q.mend(err)
	if rest != nil {
		return nil, rest
	}
	p, again := s.posted(q)
	if again != nil {
		return nil, again
	}
	p.Wrong = wrong
	keep(p)
	s.show(q, app.Status(err), lettersOutPage(s.page(q, "write", say(q.Context(), "out.title")), p))
	return nil, nil
}

// memberID is the member a request is about.
func (q *request) memberID(name string) kith.MemberID {
	return kith.MemberID(kith.CleanLine(q.PathValue(name)))
}
