package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

// setRole gives a member another role.
type setRole struct {
	OnMember
	Body client.Role
}

func (s *service) memberRoutes() {
	handle(s, "list-members", s.listMembers)
	type wanted struct{ Body client.MemberWanted }
	handle(s, "find-member", func(ctx context.Context, who app.Actor, in *wanted) (*reply[client.Member], error) {
		m, err := s.app.FindMember(ctx, who, in.Body.Member)
		if err != nil {
			return nil, err
		}
		return &reply[client.Member]{wireMember(&m)}, nil
	})
	handle(s, "set-role", func(ctx context.Context, who app.Actor, in *setRole) (*struct{}, error) {
		role, err := app.ParseRole(in.Body.Role)
		if err != nil {
			return nil, err
		}
		return nil, s.app.SetRole(ctx, who, in.Member, role)
	})
	handle(s, "close-member", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.CloseMember(ctx, who, in.Member)
	})
	handle(s, "reopen-member", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.ReopenMember(ctx, who, in.Member)
	})
	handle(s, "sign-out-member", func(ctx context.Context, who app.Actor, in *OnMember) (*struct{}, error) {
		return nil, s.app.SignOutMember(ctx, who, in.Member)
	})
}

func (s *service) listMembers(ctx context.Context, who app.Actor, in *Page) (*reply[client.Members], error) {
	after, err := readCursor("members", in.After)
	if err != nil {
		return nil, err
	}
	all, next, err := s.app.Members(ctx, who, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Members{Members: make([]client.Member, len(all)), Next: cursor("members", next)}
	for i := range all {
		out.Members[i] = wireMember(&all[i])
	}
	return &reply[client.Members]{out}, nil
}

func wireMember(m *app.Listed) client.Member {
	return client.Member{ID: string(m.ID), Name: m.Name, State: m.State.String(), Role: m.Role.String(), Barred: m.Barred, CreatedAt: m.CreatedAt}
}
