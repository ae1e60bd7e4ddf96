package api

import (
	"context"
	"encoding/json"
	"strconv"

	"kith/client"
	"kith/internal/app"
)

// Page is what a request for a page of a list carries.
type Page struct {
	After string `query:"after" maxLength:"200" doc:"the cursor the page before gave"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"entries at most"`
}

// reply is an answer with a body.
type reply[T any] struct{ Body T }

func (s *service) eventRoutes() {
	handle(s, "list-events", func(ctx context.Context, who app.Actor, in *Page) (*reply[client.Events], error) {
		after, err := eventNumber(in.After)
		if err != nil {
			return nil, err
		}
		events, err := s.app.Events(ctx, who, after, in.Limit)
		if err != nil {
			return nil, err
		}
		out := client.Events{Events: make([]client.Event, 0, len(events)), Next: in.After}
		for _, e := range events {
			out.Next = strconv.FormatInt(e.N, 10)
			out.Events = append(out.Events, wireEvent(&e))
		}
		return &reply[client.Events]{out}, nil
	})
	handle(s, "list-notices", s.listNotices)
	handle(s, "mark-seen", func(ctx context.Context, who app.Actor, in *body[client.Seen]) (*struct{}, error) {
		n, err := eventNumber(in.Body.Cursor)
		if err != nil {
			return nil, err
		}
		return nil, s.app.MarkSeen(ctx, who, n)
	})
}

func (s *service) listNotices(ctx context.Context, who app.Actor, in *Page) (*reply[client.Notices], error) {
	before, err := eventNumber(in.After)
	if err != nil {
		return nil, err
	}
	n, err := s.app.Notices(ctx, who, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Notices{Notices: make([]client.Event, len(n.Events)), Seen: strconv.FormatInt(n.Seen, 10), Unread: n.Unread}
	for i := range n.Events {
		out.Notices[i] = wireEvent(&n.Events[i])
		if i == in.Limit-1 {
			out.Next = out.Notices[i].Cursor
		}
	}
	return &reply[client.Notices]{out}, nil
}

// eventNumber reads an event's cursor; empty is the beginning.
func eventNumber(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 0 {
		return 0, errCursor
	}
	return n, nil
}

func wireEvent(e *app.Event) client.Event {
	return client.Event{Cursor: strconv.FormatInt(e.N, 10), At: e.At, Kind: e.Kind, Subject: e.Subject,
		Other: string(e.Other), Notice: e.Notice, Body: json.RawMessage(e.Body)}
}
