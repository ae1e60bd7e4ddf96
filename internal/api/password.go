package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) passwordRoutes() {
	handle(s, "forgot-password", func(ctx context.Context, _ app.Actor, in *body[client.Forgot]) (*struct{}, error) {
		return nil, s.app.ForgotPassword(ctx, in.Body.Email)
	})
	handle(s, "reset-password", func(ctx context.Context, _ app.Actor, in *body[client.Reset]) (*struct{}, error) {
		return nil, s.app.ResetPassword(ctx, in.Body.Secret, in.Body.Password)
	})
	handle(s, "change-password", func(ctx context.Context, who app.Actor, in *body[client.NewPassword]) (*struct{}, error) {
		return nil, s.app.ChangePassword(ctx, who, in.Body.Current, in.Body.Password)
	})
	handle(s, "change-email", func(ctx context.Context, who app.Actor, in *body[client.NewEmail]) (*struct{}, error) {
		return nil, s.app.ChangeEmail(ctx, who, in.Body.Email, in.Body.Password)
	})
	handle(s, "leave", func(ctx context.Context, who app.Actor, in *body[client.Proof]) (*struct{}, error) {
		return nil, s.app.Leave(ctx, who, in.Body.Password)
	})
}
