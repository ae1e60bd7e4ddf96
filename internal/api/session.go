package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// Visit is where a request comes from.
type Visit struct {
	Agent  string `header:"User-Agent" hidden:"true"`
	caller string
}

// Resolve takes from the request what huma does not.
func (v *Visit) Resolve(c huma.Context) []error {
	v.caller, _ = c.Context().Value(callerKey{}).(string)
	return nil
}

func (v *Visit) visit() app.Visit { return app.Visit{Agent: v.Agent, Caller: v.caller} }

// signIn is a request that signs in.
type signIn[T any] struct {
	Visit
	Body T
}

// OnCredential is the id of a session, token, passkey or code in a path.
type OnCredential struct {
	ID string `path:"id" maxLength:"1400" pattern:"^[0-9A-Za-z_-]+$" doc:"as the list gave it"`
}

// errNoCookies answers a sign-in where only tokens are known.
var errNoCookies = &kith.Error{Kind: kith.NotFound, Msg: "nobody signs in here; send a token as Authorization: Bearer …"}

func (s *service) sessionRoutes() {
	handle(s, "sign-in", func(ctx context.Context, _ app.Actor, in *signIn[client.SignIn]) (*reply[client.Session], error) {
		return s.begin(ctx, func() (app.Session, error) {
			return s.app.SignIn(ctx, in.Body.Email, in.Body.Password, in.Visit.visit())
		})
	})
	handle(s, "sign-out", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		if err := s.app.SignOut(ctx, who); err != nil || s.opt.Sessions == nil {
			return nil, err
		}
		return nil, s.opt.Sessions.End(ctx)
	})
	handle(s, "list-sessions", s.listSessions)
	handle(s, "end-session", func(ctx context.Context, who app.Actor, in *OnCredential) (*struct{}, error) {
		return nil, s.app.EndSession(ctx, who, in.ID)
	})
	handle(s, "end-other-sessions", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		return nil, s.app.EndOtherSessions(ctx, who)
	})
}

// begin signs in and gives the browser its cookie.
func (s *service) begin(ctx context.Context, signIn func() (app.Session, error)) (*reply[client.Session], error) {
	if s.opt.Sessions == nil {
		return nil, errNoCookies
	}
	session, err := signIn()
	if err != nil {
		return nil, err
	}
	if err := s.opt.Sessions.Begin(ctx, &session); err != nil {
		return nil, err
	}
	return &reply[client.Session]{showSession(&session, session.ID)}, nil
}

func (s *service) listSessions(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Sessions], error) {
	all, err := s.app.Sessions(ctx, who)
	if err != nil {
		return nil, err
	}
	out := client.Sessions{Sessions: make([]client.Session, len(all))}
	for i := range all {
		out.Sessions[i] = showSession(&all[i], who.Credential)
	}
	return &reply[client.Sessions]{out}, nil
}

func showSession(s *app.Session, current string) client.Session {
	return client.Session{ID: s.ID, Device: s.Device, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, Current: s.ID == current}
}
