package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// calendarRoutes are the address at which a calendar reads the duties, and the
// page where it is made and ended.
func (s *site) calendarRoutes() []route {
	return []route{
		{pattern: "GET /calendar", do: s.calendar},
		{pattern: "POST /calendar", do: s.makeCalendar},
		{pattern: "POST /calendar/names", do: s.nameCalendar},
		{pattern: "POST /calendar/end", do: s.endCalendar},
		{pattern: "GET /calendar/{file}", anyone: true, do: s.readCalendar},
	}
}

// feed is what the page says of the address.
type feed struct {
	On        bool
	FullNames bool
	Made      string
	Address   string // shown once, when it is made
}

func (s *site) calendar(q *request) (templ.Component, error) { return s.calendarWith(q, "") }

// calendarWith shows the page, with the address if it was just made.
func (s *site) calendarWith(q *request, address string) (templ.Component, error) {
	c, on, err := s.app.Calendar(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(q.Context())
	if err != nil {
		return nil, err
	}
	f := &feed{On: on, FullNames: c.FullNames, Address: address}
	if on {
		f.Made = day(q.Context(), c.MadeAt, now)
	}
	return calendarPage(s.page(q, "duties", say(q.Context(), "calendar.title")), f), nil
}

func (s *site) makeCalendar(q *request) (templ.Component, error) {
	address, err := s.app.MakeCalendar(q.Context(), q.who, q.PostForm.Get("names") == "full")
	if err != nil {
		return nil, err
	}
	return s.calendarWith(q, address)
}

func (s *site) nameCalendar(q *request) (templ.Component, error) {
	if err := s.app.NameCalendar(q.Context(), q.who, q.PostForm.Get("names") == "full"); err != nil {
		return nil, err
	}
	return q.seeOther("/calendar")
}

func (s *site) endCalendar(q *request) (templ.Component, error) {
	if err := s.app.EndCalendar(q.Context(), q.who); err != nil {
		return nil, err
	}
	return q.seeOther("/calendar")
}

// readCalendar gives the duties to whatever has the address. Whatever does not
// gets the same for every wrong one, signed in or not.
func (s *site) readCalendar(q *request) (templ.Component, error) {
	secret, ics := strings.CutSuffix(q.PathValue("file"), ".ics")
	if !ics {
		secret = ""
	}
	c, a, err := s.app.ReadCalendar(q.Context(), secret)
	switch {
	case kith.KindOf(err) == kith.NotFound && s.opt.Missed != nil && !s.opt.Missed(s.opt.Caller(q.Request)):
		http.Error(q.w, errOften.Msg, app.Status(errOften))
		return nil, nil
	case kith.KindOf(err) == kith.NotFound:
		http.Error(q.w, "there is no such calendar", http.StatusNotFound)
		return nil, nil
	case err != nil:
		return nil, err
	}
	q.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	q.w.Header().Set("X-Robots-Tag", "noindex")
	_, err = q.w.Write([]byte(calendarOf("Kith", entriesOf(q.Context(), &c, &a))))
	return nil, err
}

// entriesOf makes days of a calendar of a member's list: of an open question
// the day of the reminder and that of the new verdict, of all else the one on
// which it came or comes up.
func entriesOf(ctx context.Context, c *app.Calendar, a *app.Agenda) (out []dayEntry) {
	for _, part := range [][]app.Errand{a.Answered, a.Up, a.Waiting} {
		for i := range part {
			e := &part[i]
			name := e.Name
			if !c.FullNames {
				name = initials(e.Name)
			}
			if name == "" {
				name = say(ctx, "calendar.somebody")
			}
			add := func(what string, day, made time.Time) {
				out = append(out, dayEntry{ID: app.EntryID(c.Owner, e, what), Says: say(ctx, "calendar.entry-"+what, name), Day: day, Made: made})
			}
			switch e.Kind {
			case app.ErrandAsked, app.ErrandLate:
				if e.Aside {
					add("back", e.DueAt, e.AskedAt)
					continue
				}
				add("remind", e.AskedAt.Add(app.RemindAfter), e.AskedAt)
				add("decide", e.AskedAt.Add(app.DecideAfter), e.AskedAt)
			case app.ErrandOver:
				add("decide", e.DueAt, e.AskedAt)
			case app.ErrandSilent, app.ErrandSee:
				add("see", e.DueAt, e.DueAt)
			default:
				add(string(e.Kind), e.DueAt, e.DueAt)
			}
		}
	}
	return out
}
