package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) accountRoutes() {
	handle(s, "get-me", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Me], error) {
		m, err := s.app.Me(ctx, who)
		if err != nil {
			return nil, err
		}
		return &reply[client.Me]{client.Me{ID: string(m.ID), Name: m.Name, Email: m.Email, Role: m.Role.String(),
			Verified: !m.VerifiedAt.IsZero(), Scopes: who.Scopes.String()}}, nil
	})
}
