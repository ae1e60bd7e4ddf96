package api

import (
	"context"
	"encoding/json"
	"strconv"

	"kith"
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
		after := int64(0)
		if in.After != "" {
			n, err := strconv.ParseInt(in.After, 10, 64)
			if err != nil || n < 0 {
				return nil, &kith.Error{Kind: kith.Invalid, Field: "after", Msg: "this is no cursor of this list; leave it out to start at the beginning"}
			}
			after = n
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
}

func wireEvent(e *app.Event) client.Event {
	return client.Event{Cursor: strconv.FormatInt(e.N, 10), At: e.At, Kind: e.Kind, Subject: e.Subject,
		Other: string(e.Other), Notice: e.Notice, Body: json.RawMessage(e.Body)}
}
