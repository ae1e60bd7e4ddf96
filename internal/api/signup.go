package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

// body is a request with a body.
type body[T any] struct{ Body T }

func (s *service) signUpRoutes() {
	handle(s, "sign-up", func(ctx context.Context, _ app.Actor, in *body[client.SignUp]) (*reply[client.SignedUp], error) {
		first, err := s.app.SignUp(ctx, app.SignUpForm(in.Body))
		if err != nil {
			return nil, err
		}
		next := "mail"
		if first {
			next = "sign-in"
		}
		return &reply[client.SignedUp]{client.SignedUp{Next: next}}, nil
	})
	handle(s, "verify", func(ctx context.Context, who app.Actor, in *body[client.Confirm]) (*struct{}, error) {
		return nil, s.app.Confirm(ctx, who, in.Body.Secret, in.Body.Password)
	})
}
