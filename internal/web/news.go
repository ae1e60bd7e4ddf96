package web

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"kith/internal/app"
)

// newsRoutes are what happened to the member.
func (s *site) newsRoutes() []route {
	return []route{
		{pattern: "GET /news", do: s.news},
		{pattern: "POST /news/seen", do: s.newsSeen},
	}
}

// news is a page of notices, by day.
type news struct {
	Days    []newsDay
	Unread  int
	Newest  string // the number of the newest, to mark them seen up to it
	Earlier string // the address of what comes behind, empty at the end
}

// newsDay are the notices of one day, the newest first.
type newsDay struct {
	Day  string
	Rows []newsRow
}

// newsRow is one notice.
type newsRow struct {
	Text, When string
	Href       string // where it leads, empty if nowhere
	New        bool
}

// inNews is how many notices stand on a page.
const inNews = 50

// newsWays are where notices lead: "letter" to the invitation, what ends in a
// slash to the other member, what is not named to the settings.
var newsWays = map[string]string{
	"invited": "letter", "replied": "letter", "elsewhere": "letter",
	"accepted": "/people/", "removed": "/people/", "message": "/messages/",
	"asked": "/write", "standing": "/write", "appeal-decided": "/write",
	"reminder": "/duties", "silent": "/duties", "elsewhere-reminder": "/duties", "elsewhere-silent": "/duties", "elsewhere-unheard": "/duties",
	"import-done": "/bring", "import-failed": "/bring", "calendar-made": "/calendar", "report-looked-at": "",
}

// newsWay gives where a notice leads.
func newsWay(e *app.Event) string {
	way, ok := newsWays[e.Kind]
	switch {
	case !ok:
		return "/settings"
	case way == "letter":
		return "/?open=" + url.QueryEscape(e.Subject)
	case way == "" || way[len(way)-1] != '/':
		return way
	}
	return way + url.PathEscape(string(e.Other))
}

// news shows what happened. Looking at it marks nothing.
func (s *site) news(q *request) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	before, _ := strconv.ParseInt(q.URL.Query().Get("before"), 10, 64)
	found, err := s.app.Notices(ctx, q.who, max(before, 0), inNews+1)
	if err != nil {
		return nil, err
	}
	n := &news{Unread: found.Unread}
	events, more := app.Paged(found.Events, inNews)
	if found.Events = events; more {
		n.Earlier = "/news?before=" + strconv.FormatInt(found.Events[inNews-1].N, 10)
	}
	for i := range found.Events {
		e := &found.Events[i]
		if on := day(ctx, e.At, now); len(n.Days) == 0 || n.Days[len(n.Days)-1].Day != on {
			n.Days = append(n.Days, newsDay{on, nil})
		}
		key := "news.of-" + e.Kind
		if !has(ctx, key) {
			key = "news.of-other"
		}
		rows := &n.Days[len(n.Days)-1].Rows
		*rows = append(*rows, newsRow{Text: say(ctx, key, isolated(shownName(ctx, found.Names[e.N]))), When: timeOfDay(ctx, e.At), Href: newsWay(e), New: e.N > found.Seen})
	}
	if len(found.Events) > 0 && before <= 0 {
		n.Newest = strconv.FormatInt(found.Events[0].N, 10)
	}
	return newsPage(s.page(q, "news", say(ctx, "news.title")), n), nil
}

// newsSeen marks the news seen: by the page itself when it is there, or by a
// button. A script gets the navigation, where the number has changed.
func (s *site) newsSeen(q *request) (templ.Component, error) {
	upTo, err := strconv.ParseInt(q.PostForm.Get("upto"), 10, 64)
	if err != nil {
		return nil, errForm
	}
	if err := s.app.MarkSeen(q.Context(), q.who, upTo); err != nil {
		return nil, err
	}
	if q.Header.Get("HX-Request") == "" || q.Header.Get("HX-Boosted") != "" {
		return q.seeOther("/news")
	}
	return navigation(s.page(q, "news", "")), nil
}

// isolated keeps the direction of a name to the name, within a sentence.
func isolated(name string) string { return "\u2068" + name + "\u2069" }
