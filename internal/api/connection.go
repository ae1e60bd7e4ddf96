package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// OnMember is where a request names another member.
type OnMember struct {
	Member kith.MemberID `path:"member" maxLength:"64" doc:"the other member's id"`
}

func (s *service) connectionRoutes() {
	handle(s, "list-connections", s.listConnections)
	handle(s, "get-connection", func(ctx context.Context, who app.Actor, in *OnMember) (*reply[client.Connection], error) {
		return connection(s.app.Connection(ctx, who, in.Member))
	})
	handle(s, "remove-connection", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.RemoveConnection(ctx, who, in.Member)
	})
	type tying struct {
		OnMember
		Body client.Tie
	}
	handle(s, "set-tie", func(ctx context.Context, who app.Actor, in *tying) (*reply[client.Connection], error) {
		return connection(s.app.SetTie(ctx, who, in.Member, number[app.Tie](tieWords, in.Body.Tie)))
	})
	type remembering struct {
		OnMember
		Body client.Memo
	}
	handle(s, "set-memo", func(ctx context.Context, who app.Actor, in *remembering) (*reply[client.Connection], error) {
		return connection(s.app.SetMemo(ctx, who, in.Member, in.Body.Memo))
	})
}

func (s *service) listConnections(ctx context.Context, who app.Actor, in *Page) (*reply[client.Connections], error) {
	after, err := readCursor("connections", in.After)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Connections(ctx, who, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Connections{Connections: make([]client.Connection, len(list)), Next: cursor("connections", next)}
	for i := range list {
		out.Connections[i] = wireConnection(&list[i])
	}
	return &reply[client.Connections]{out}, nil
}

// connection answers with what a verb gave.
func connection(c app.Connection, err error) (*reply[client.Connection], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Connection]{wireConnection(&c)}, nil
}

func wireConnection(c *app.Connection) client.Connection {
	out := client.Connection{Other: named(c.Other), Since: c.Since, Tie: tieWords[c.Tie], Memo: c.Memo,
		See: seeWords[c.See], ReviewAt: c.ReviewAt, Met: wireInvitation(&c.Met)}
	if c.Opening.ID != "" {
		m := wireMessage(&c.Opening)
		out.Opening = &m
	}
	return out
}
