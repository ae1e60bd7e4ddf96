package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// elsewherePage asks for a page of invitations elsewhere.
type elsewherePage struct {
	Page
	Direction string `query:"direction" enum:"received,sent" default:"received"`
	State     string `query:"state" enum:"undecided,open,asked,answered,connected,done,all" default:"undecided"`
}

// elsewhereStates are the filters by their words; undecided and all stand apart.
var elsewhereStates = map[string]app.ElsewhereState{"open": app.ElsewhereOpen, "asked": app.ElsewhereAsked, "answered": app.ElsewhereAnswered,
	"connected": app.ElsewhereConnected, "done": app.ElsewhereDone}

// deeds are what can be done there, by their words.
var deeds = map[string]app.Deed{"accepted": app.DidAccept, "declined": app.DidDecline, "reported": app.DidReport}

func (s *service) elsewhereRoutes() {
	handle(s, "list-elsewhere", s.listElsewhere)
	handle(s, "get-elsewhere", func(ctx context.Context, who app.Actor, in *OnInvitation) (*reply[client.Elsewhere], error) {
		e, err := s.app.Elsewhere(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		return &reply[client.Elsewhere]{wireElsewhere(&e)}, nil
	})
	handle(s, "done-elsewhere", func(ctx context.Context, who app.Actor, in *struct {
		OnInvitation
		Body client.ElsewhereDone
	}) (*struct{}, error) {
		return nil, s.app.DoneElsewhere(ctx, who, in.ID, deeds[in.Body.Did])
	})
	handle(s, "asked-elsewhere", func(ctx context.Context, who app.Actor, in *OnInvitation) (*struct{}, error) {
		return nil, s.app.AskedElsewhere(ctx, who, in.ID)
	})
	handle(s, "answered-elsewhere", func(ctx context.Context, who app.Actor, in *struct {
		OnInvitation
		Body client.ElsewhereAnswered
	}) (*struct{}, error) {
		return nil, s.app.AnsweredElsewhere(ctx, who, in.ID, in.Body.Came)
	})
	handle(s, "ended-see-elsewhere", func(ctx context.Context, who app.Actor, in *struct {
		OnInvitation
		Body client.ElsewhereSeen
	}) (*struct{}, error) {
		return nil, s.app.EndSeeElsewhere(ctx, who, in.ID, app.SeeEnd(in.Body.How))
	})
	handle(s, "snooze-elsewhere", func(ctx context.Context, who app.Actor, in *struct {
		OnInvitation
		Body client.ElsewhereSnooze
	}) (*struct{}, error) {
		return nil, s.app.SnoozeElsewhere(ctx, who, in.ID, in.Body.Until)
	})
	handle(s, "reopen-elsewhere", func(ctx context.Context, who app.Actor, in *OnInvitation) (*struct{}, error) {
		return nil, s.app.ReopenElsewhere(ctx, who, in.ID)
	})
}

func (s *service) listElsewhere(ctx context.Context, who app.Actor, in *elsewherePage) (*reply[client.Elsewheres], error) {
	list := "elsewhere-" + in.Direction + "-" + in.State
	after, err := readCursor(list, in.After)
	if err != nil {
		return nil, err
	}
	f := app.ElsewhereFilter{Direction: kith.Incoming, Undecided: in.State == "undecided", All: in.State == "all", State: elsewhereStates[in.State]}
	if in.Direction == "sent" {
		f.Direction = kith.Outgoing
	}
	found, err := s.app.ElsewherePage(ctx, who, f, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	found, more := app.Paged(found, in.Limit)
	out := client.Elsewheres{Elsewhere: make([]client.Elsewhere, len(found))}
	for i := range found {
		out.Elsewhere[i] = wireElsewhere(&found[i])
	}
	if more {
		last := &found[len(found)-1]
		out.Next = cursor(list, app.Cursor{At: last.SentAt, ID: string(last.ID)})
	}
	return &reply[client.Elsewheres]{out}, nil
}

func wireElsewhere(e *app.ElsewhereEntry) client.Elsewhere {
	out := client.Elsewhere{ID: string(e.ID), Contact: string(e.Contact), Name: e.Who.Name, Headline: e.Who.Headline, Link: kith.ProfileLink(e.Who.Slug),
		Direction: "received", State: e.State().String(), Note: e.Note, NoteKnown: e.NoteState != kith.Unknown, SentAt: e.SentAt, DateOnly: e.DateOnly,
		Did: e.Did.String(), DidAt: e.DidAt, AskedAt: e.AskedAt, RepliedAt: e.RepliedAt, Answer: e.Answer.String(), SnoozedUntil: e.SnoozedUntil}
	if e.Direction == kith.Outgoing {
		out.Direction = "sent"
	}
	return out
}
