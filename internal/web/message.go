package web

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// messageRoutes are what members write to each other.
func (s *site) messageRoutes() []route {
	return []route{
		{pattern: "GET /messages", do: s.threads},
		{pattern: "GET /messages/{member}", do: s.thread},
		{pattern: "POST /messages/{member}", do: s.writeMessage},
		{pattern: "POST /messages/read", do: s.markRead},
		{pattern: "GET /messages/{member}/report", do: s.messageReport},
		{pattern: "POST /messages/{member}/report", do: s.reportMessage},
	}
}

// exchanges is the list of threads.
type exchanges struct {
	Threads []threadRow
	Earlier string
}

// threadRow is one of them.
type threadRow struct {
	face
	Last   string // the beginning of the newest message
	Mine   bool
	When   string
	Unread int
}

// inThreads is how many threads, and messages of one, a page shows.
const inThreads = 50

func (s *site) threads(q *request) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Threads(ctx, q.who, cursorOf(q.URL.Query()), inThreads)
	if err != nil {
		return nil, err
	}
	x := &exchanges{}
	for i := range list {
		t := &list[i]
		head, rest := firstLines(t.Newest.Text, 120)
		if rest != "" {
			head += " …"
		}
		x.Threads = append(x.Threads, threadRow{face: face{ID: string(t.Other.ID), Name: t.Other.Name, Initials: initials(t.Other.Name)},
			Last: head, Mine: t.Newest.Outgoing, When: lately(ctx, t.Newest.At, now), Unread: t.Unread})
	}
	if !next.At.IsZero() {
		x.Earlier = "/messages?" + cursorQuery(next)
	}
	return threadsPage(s.page(q, "messages", say(ctx, "message.title")), x), nil
}

// unread is how many messages wait to be read.
func (p page) unread() int {
	if p.Me == nil {
		return 0
	}
	return p.Me.Unread
}

// exchange is what two wrote to each other, the oldest shown first.
type exchange struct {
	face
	Headline  string
	Connected bool
	Notes     []written
	Earlier   string
	Later     bool   // this is not the newest page
	Newest    string // the newest that came and was not read; empty: all are read
	After     string // the last of all: what is written now comes after it
	Typed     string
	Wrong     string
}

// written is one message.
type written struct {
	ID, Text, When string
	Mine, Opening  bool
	New            bool
}

func (s *site) thread(q *request) (templ.Component, error) {
	x, err := s.exchange(q)
	if err != nil {
		return nil, err
	}
	return s.exchangePage(q, x), nil
}

func (s *site) exchangePage(q *request, x *exchange) templ.Component {
	return exchangePage(s.page(q, "messages", x.Name), x)
}

// exchange gathers what a thread shows. Looking at it marks nothing.
func (s *site) exchange(q *request) (*exchange, error) {
	ctx, other := q.Context(), q.memberID("member")
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	with, err := s.app.Correspondent(ctx, q.who, other)
	if err != nil {
		return nil, err
	}
	at := cursorOf(q.URL.Query())
	list, next, err := s.app.Thread(ctx, q.who, other, at, inThreads)
	if err != nil {
		return nil, err
	}
	x := &exchange{face: faceOf(&with.Face), Headline: with.Headline, Connected: with.Connected, Later: !at.At.IsZero()}
	for i := range list {
		x.add(ctx, &list[i], now)
	}
	if len(x.Notes) > 0 {
		x.After = x.Notes[0].ID
	}
	slices.Reverse(x.Notes)
	if !next.At.IsZero() {
		x.Earlier = "/messages/" + url.PathEscape(x.ID) + "?" + cursorQuery(next)
	}
	return x, nil
}

// add adds the next older message.
func (x *exchange) add(ctx context.Context, m *app.Message, now time.Time) {
	w := written{ID: string(m.ID), Text: m.Text, When: clock(ctx, m.At, now), Mine: m.Outgoing, Opening: m.Opening,
		New: !m.Outgoing && m.ReadAt.IsZero()}
	if w.New && x.Newest == "" {
		x.Newest = w.ID
	}
	x.Notes = append(x.Notes, w)
}

// writeMessage sends a message. Who answers has read what came before. The same
// words after the same message are one message, however often they are sent.
func (s *site) writeMessage(q *request) (templ.Component, error) {
	ctx, other := q.Context(), q.memberID("member")
	text := q.PostForm.Get("text")
	err := s.once(q, []string{"message", string(other), q.PostForm.Get("after"), text}, func(ctx context.Context) error {
		_, err := s.app.Write(ctx, q.who, other, text)
		return err
	})
	if err == nil {
		if upTo := kith.MessageID(q.PostForm.Get("read")); upTo != "" {
			if err := s.app.MarkRead(ctx, q.who, other, upTo); err != nil {
				return nil, err
			}
		}
		return q.seeOther("/messages/" + url.PathEscape(string(other)))
	}
	wrong, rest := q.mend(err)
	if rest != nil {
		return nil, rest
	}
	x, again := s.exchange(q)
	if again != nil {
		return nil, again
	}
	x.Wrong, x.Typed = wrong, text
	s.show(q, app.Status(err), s.exchangePage(q, x))
	return nil, nil
}

// markRead marks a thread read up to a message: by the page itself when it is
// there, or by a button. Whoever asked for the page gets the thread again, a
// script the navigation, where the number behind Messages has changed.
func (s *site) markRead(q *request) (templ.Component, error) {
	with := kith.MemberID(kith.CleanLine(q.PostForm.Get("with")))
	if err := s.app.MarkRead(q.Context(), q.who, with, kith.MessageID(q.PostForm.Get("read"))); err != nil {
		return nil, err
	}
	if q.Header.Get("HX-Request") == "" || q.Header.Get("HX-Boosted") != "" {
		return q.seeOther("/messages/" + url.PathEscape(string(with)))
	}
	return navigation(s.page(q, "messages", "")), nil
}

// messageReport asks what a report of a message is for.
func (s *site) messageReport(q *request) (templ.Component, error) {
	return s.accuseForm(q, q.accusedMessage(q.URL.Query()))
}

// accusedMessage begins the report of a message.
func (q *request) accusedMessage(values url.Values) accusation {
	other := q.memberID("member")
	return accusation{Kind: "message", About: other, To: "/messages/" + url.PathEscape(string(other)), Message: kith.CleanLine(values.Get("message"))}
}

func (s *site) reportMessage(q *request) (templ.Component, error) {
	a := q.accusedMessage(q.PostForm)
	return s.accuse(q, a, app.Accusation{On: app.OnMessage, ID: a.Message})
}
