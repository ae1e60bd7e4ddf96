package api

import (
	"context"
	"strconv"
	"strings"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// inboxQuery asks for a page of the inbox.
type inboxQuery struct {
	Page
	Order   string `query:"order" enum:"newest,verdict" default:"newest" doc:"latest sent first, or by verdict and then so"`
	Verdict string `query:"verdict" enum:"accept,ask,decline,report,undecided" doc:"only these; absent: all"`
	Source  string `query:"source" enum:"kith,linkedin" doc:"only those received here, or only those that wait elsewhere; absent: both"`
}

// list names the list, for its cursors.
func (q *inboxQuery) list() string { return "inbox/" + q.Order + "/" + q.Verdict + "/" + q.Source }

var (
	orderWords  = []string{"newest", "verdict"}
	sourceWords = []string{"", "kith", "linkedin"}
)

func (s *service) cardRoutes() {
	handle(s, "get-inbox", s.inbox)
	handle(s, "count-inbox", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.InboxCounts], error) {
		n, err := s.app.CountInbox(ctx, who)
		if err != nil {
			return nil, err
		}
		return &reply[client.InboxCounts]{client.InboxCounts{Left: n.Left, Here: verdictCounts(n.Here), Elsewhere: verdictCounts(n.Elsewhere)}}, nil
	})
	type snooze struct {
		OnInvitation
		Body client.Snooze
	}
	handle(s, "snooze-invitation", func(ctx context.Context, who app.Actor, in *snooze) (*struct{}, error) {
		return nil, s.app.Snooze(ctx, who, in.ID, in.Body.Until)
	})
}

func (s *service) inbox(ctx context.Context, who app.Actor, in *inboxQuery) (*reply[client.Inbox], error) {
	after, err := readCardCursor(in.list(), in.After)
	if err != nil {
		return nil, err
	}
	cards, next, err := s.app.Inbox(ctx, who, app.InboxQuery{Order: number[app.CardOrder](orderWords, in.Order), Decision: in.Verdict,
		From: number[app.From](sourceWords, in.Source), After: after, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &reply[client.Inbox]{client.Inbox{Cards: wireCards(cards), Next: cardCursor(in.list(), next)}}, nil
}

// A place in the inbox is the rank of a verdict, a time and an id; the first
// and the last travel as one.
func cardCursor(list string, c app.CardCursor) string {
	if c == (app.CardCursor{}) {
		return ""
	}
	return cursor(list, app.Cursor{At: c.At, ID: strconv.Itoa(c.Rank) + "-" + c.ID})
}

func readCardCursor(list, s string) (out app.CardCursor, err error) {
	c, err := readCursor(list, s)
	if err != nil || c == (app.Cursor{}) {
		return out, err
	}
	rank, id, _ := strings.Cut(c.ID, "-")
	if out.Rank, err = strconv.Atoi(rank); err != nil || id == "" {
		return app.CardCursor{}, errCursor
	}
	if out.ID = id; c.At.UnixMicro() != 0 {
		out.At = c.At // an invitation elsewhere may have no date
	}
	return out, nil
}

func wireCards(cards []app.Card) []client.Card {
	out := make([]client.Card, len(cards))
	for i := range cards {
		out[i] = wireCard(&cards[i])
	}
	return out
}

func wireCard(c *app.Card) client.Card {
	out := client.Card{
		Invitation: string(c.Invitation), Source: "kith", Member: string(c.About.Member), Contact: string(c.About.Contact),
		Name: c.Name, Headline: c.Headline, Place: c.Place, Photo: photoPath(c.About.Member, c.Photo, app.PhotoSizes[1]),
		SentAt: c.SentAt, DayOnly: c.DateOnly, ExpiresAt: c.ExpiresAt, AskedAt: c.AskedAt, RepliedAt: c.RepliedAt,
		Verdict: c.Decision, Firm: c.Firm, Why: c.Why, JudgedAt: c.JudgedAt,
	}
	if c.Elsewhere() {
		out.Source, out.Link = "linkedin", kith.ProfileLink(c.Slug)
	}
	if c.NoteKnown {
		out.Note = &c.Note
	}
	if c.Mutual >= 0 {
		out.Mutual = &c.Mutual
	}
	if c.N > 0 {
		out.Bands = &c.Bands
	}
	if c.Question != "" {
		out.Question = &client.Asked{ID: c.Question, Text: c.Asks}
	}
	return out
}

func verdictCounts(n map[string]int) client.VerdictCounts {
	return client.VerdictCounts{Accept: n[string(kith.Accept)], Ask: n[string(kith.Ask)], Decline: n[string(kith.Decline)],
		Report: n[string(kith.Report)], Undecided: n[app.NotJudged]}
}
