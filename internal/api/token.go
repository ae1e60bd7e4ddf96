package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) tokenRoutes() {
	handle(s, "list-tokens", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Tokens], error) {
		all, err := s.app.Tokens(ctx, who)
		if err != nil {
			return nil, err
		}
		out := client.Tokens{Tokens: make([]client.Token, len(all))}
		for i := range all {
			out.Tokens[i] = showToken(&all[i])
		}
		return &reply[client.Tokens]{out}, nil
	})
	handle(s, "create-token", func(ctx context.Context, who app.Actor, in *body[client.NewToken]) (*reply[client.MadeToken], error) {
		scopes, err := app.ParseScopes(in.Body.Scopes)
		if err != nil {
			return nil, err
		}
		t, secret, err := s.app.CreateToken(ctx, who, app.TokenForm{Name: in.Body.Name, Scopes: scopes,
			ExpiresAt: in.Body.ExpiresAt, Password: in.Body.Password})
		if err != nil {
			return nil, err
		}
		return &reply[client.MadeToken]{client.MadeToken{Token: showToken(&t), Secret: secret}}, nil
	})
	handle(s, "revoke-token", func(ctx context.Context, who app.Actor, in *OnCredential) (*struct{}, error) {
		return nil, s.app.RevokeToken(ctx, who, in.ID)
	})
}

func showToken(t *app.Token) client.Token {
	return client.Token{ID: t.ID, Name: t.Name, Scopes: t.Scopes.String(), CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, UsedAt: t.UsedAt}
}
