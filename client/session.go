package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// SignIn is what signs a member in.
type SignIn struct {
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" maxLength:"800"`
}

// Session is one browser that is signed in.
type Session struct {
	ID        string    `json:"id"`
	Device    string    `json:"device" doc:"what kind of browser it is"`
	CreatedAt time.Time `json:"created_at" doc:"when it was signed in"`
	SeenAt    time.Time `json:"seen_at" doc:"the day it was last used"`
	Current   bool      `json:"current" doc:"whether this request came from it"`
}

// Sessions are the member's, newest first.
type Sessions struct {
	Sessions []Session `json:"sessions"`
}

// SignIn signs the client in by a cookie: its HTTP client needs a jar.
func (c *Client) SignIn(ctx context.Context, in SignIn) (out Session, err error) {
	err = c.do(ctx, http.MethodPost, "/session", nil, in, &out)
	return out, err
}

// SignOut ends the session the client came with.
func (c *Client) SignOut(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "/session", nil, nil, nil)
}

// Sessions gives the browsers the member is signed in with.
func (c *Client) Sessions(ctx context.Context) (out Sessions, err error) {
	err = c.do(ctx, http.MethodGet, "/sessions", nil, nil, &out)
	return out, err
}

// EndSession signs one browser out.
func (c *Client) EndSession(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/sessions/"+url.PathEscape(id), nil, nil, nil)
}

// EndOtherSessions signs all browsers out but this one.
func (c *Client) EndOtherSessions(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "/sessions", nil, nil, nil)
}
