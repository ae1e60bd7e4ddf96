package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) codeRoutes() {
	handle(s, "list-codes", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Codes], error) {
		all, err := s.app.Codes(ctx, who)
		if err != nil {
			return nil, err
		}
		out := client.Codes{Codes: make([]client.Code, len(all))}
		for i := range all {
			out.Codes[i] = showCode(&all[i])
		}
		return &reply[client.Codes]{out}, nil
	})
	handle(s, "create-code", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.MadeCode], error) {
		c, secret, err := s.app.CreateCode(ctx, who)
		if err != nil {
			return nil, err
		}
		return &reply[client.MadeCode]{client.MadeCode{Code: showCode(&c), Secret: secret}}, nil
	})
	handle(s, "revoke-code", func(ctx context.Context, who app.Actor, in *OnCredential) (*struct{}, error) {
		return nil, s.app.RevokeCode(ctx, who, in.ID)
	})
}

func showCode(c *app.Code) client.Code {
	return client.Code{ID: c.ID, CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt, UsedAt: c.UsedAt}
}
