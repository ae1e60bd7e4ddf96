package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) messageRoutes() {
	handle(s, "list-threads", s.listThreads)
	handle(s, "count-unread", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Unread], error) {
		n, err := s.app.CountUnread(ctx, who)
		return &reply[client.Unread]{client.Unread{Unread: n}}, err
	})
	handle(s, "list-messages", s.listMessages)
	type writing struct {
		OnMember
		Body client.Text
	}
	handle(s, "write-message", func(ctx context.Context, who app.Actor, in *writing) (*reply[client.Message], error) {
		m, err := s.app.Write(ctx, who, in.Member, in.Body.Text)
		if err != nil {
			return nil, err
		}
		return &reply[client.Message]{wireMessage(&m)}, nil
	})
	type reading struct {
		OnMember
		Body client.ReadUpTo
	}
	handle(s, "mark-read", func(ctx context.Context, who app.Actor, in *reading) (*struct{}, error) {
		return nil, s.app.MarkRead(ctx, who, in.Member, kith.MessageID(in.Body.UpTo))
	})
}

func (s *service) listThreads(ctx context.Context, who app.Actor, in *Page) (*reply[client.Threads], error) {
	after, err := readCursor("threads", in.After)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Threads(ctx, who, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Threads{Threads: make([]client.Thread, len(list)), Next: cursor("threads", next)}
	for i := range list {
		t := &list[i]
		out.Threads[i] = client.Thread{Other: named(t.Other), Newest: wireMessage(&t.Newest), Unread: t.Unread}
	}
	return &reply[client.Threads]{out}, nil
}

// threadPage asks for a page of one thread.
type threadPage struct {
	OnMember
	Page
}

func (s *service) listMessages(ctx context.Context, who app.Actor, in *threadPage) (*reply[client.Messages], error) {
	list := "messages/" + string(in.Member)
	after, err := readCursor(list, in.After)
	if err != nil {
		return nil, err
	}
	messages, next, err := s.app.Thread(ctx, who, in.Member, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Messages{Messages: make([]client.Message, len(messages)), Next: cursor(list, next)}
	for i := range messages {
		out.Messages[i] = wireMessage(&messages[i])
	}
	return &reply[client.Messages]{out}, nil
}

func wireMessage(m *app.Message) client.Message {
	return client.Message{ID: string(m.ID), Outgoing: m.Outgoing, At: m.At, Text: m.Text, Opening: m.Opening, ReadAt: m.ReadAt}
}
