package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) auditRoutes() {
	handle(s, "list-audit", func(ctx context.Context, who app.Actor, in *Page) (*reply[client.Audit], error) {
		after, err := readCursor("audit", in.After)
		if err != nil {
			return nil, err
		}
		list, next, err := s.app.Audit(ctx, who, after, in.Limit)
		if err != nil {
			return nil, err
		}
		out := client.Audit{Looks: make([]client.Audited, len(list)), Next: cursor("audit", next)}
		for i := range list {
			out.Looks[i] = client.Audited(list[i])
		}
		return &reply[client.Audit]{out}, nil
	})
}
