package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

// rename gives what a path names another name.
type rename struct {
	OnCredential
	Body client.Name
}

func (s *service) passkeyRoutes() {
	handle(s, "begin-passkey-sign-in", func(ctx context.Context, _ app.Actor, _ *struct{}) (*reply[client.Ceremony], error) {
		if s.opt.Sessions == nil {
			return nil, errNoCookies
		}
		return ceremony(s.app.BeginPasskeySignIn(ctx))
	})
	handle(s, "finish-passkey-sign-in", func(ctx context.Context, _ app.Actor, in *signIn[client.PasskeySignIn]) (*reply[client.Session], error) {
		return s.begin(ctx, func() (app.Session, error) {
			return s.app.SignInWithPasskey(ctx, in.Body.Ceremony, in.Body.Response, in.Visit.visit())
		})
	})
	handle(s, "list-passkeys", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Passkeys], error) {
		all, err := s.app.Passkeys(ctx, who)
		if err != nil {
			return nil, err
		}
		out := client.Passkeys{Passkeys: make([]client.Passkey, len(all))}
		for i := range all {
			out.Passkeys[i] = client.Passkey(all[i])
		}
		return &reply[client.Passkeys]{out}, nil
	})
	handle(s, "begin-passkey", func(ctx context.Context, who app.Actor, in *body[client.Proof]) (*reply[client.Ceremony], error) {
		return ceremony(s.app.BeginPasskey(ctx, who, in.Body.Password))
	})
	handle(s, "add-passkey", func(ctx context.Context, who app.Actor, in *body[client.NewPasskey]) (*reply[client.Passkey], error) {
		p, err := s.app.AddPasskey(ctx, who, in.Body.Ceremony, in.Body.Name, in.Body.Response)
		if err != nil {
			return nil, err
		}
		return &reply[client.Passkey]{client.Passkey(p)}, nil
	})
	handle(s, "rename-passkey", func(ctx context.Context, who app.Actor, in *rename) (*struct{}, error) {
		return nil, s.app.RenamePasskey(ctx, who, in.ID, in.Body.Name)
	})
	handle(s, "remove-passkey", func(ctx context.Context, who app.Actor, in *OnCredential) (*struct{}, error) {
		return nil, s.app.RemovePasskey(ctx, who, in.ID)
	})
}

func ceremony(c app.Ceremony, err error) (*reply[client.Ceremony], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Ceremony]{client.Ceremony(c)}, nil
}
