package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Token is a credential for a program.
type Token struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Scopes    string    `json:"scopes" doc:"words separated by spaces"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at,omitzero" doc:"absent: never"`
	UsedAt    time.Time `json:"used_at,omitzero" doc:"the day it was last used; absent: not yet"`
}

// NewToken is what a token is made from.
type NewToken struct {
	Name      string    `json:"name" maxLength:"240" doc:"at most 60 letters"`
	Scopes    string    `json:"scopes" maxLength:"200" doc:"words separated by spaces: read invitations messages profile contacts moderate operate"`
	ExpiresAt time.Time `json:"expires_at,omitzero" doc:"absent: never"`
	Password  string    `json:"password,omitempty" maxLength:"800" doc:"may be left out within 10 minutes of signing in"`
}

// MadeToken is a token with its secret, which is shown this once.
type MadeToken struct {
	Token
	Secret string `json:"secret" doc:"send it as Authorization: Bearer …"`
}

// Tokens are the member's, newest first.
type Tokens struct {
	Tokens []Token `json:"tokens"`
}

// Tokens gives the member's tokens.
func (c *Client) Tokens(ctx context.Context) (out Tokens, err error) {
	err = c.do(ctx, http.MethodGet, "/tokens", nil, nil, &out)
	return out, err
}

// CreateToken makes a token.
func (c *Client) CreateToken(ctx context.Context, in NewToken) (out MadeToken, err error) {
	err = c.do(ctx, http.MethodPost, "/tokens", nil, in, &out)
	return out, err
}

// RevokeToken ends a token.
func (c *Client) RevokeToken(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/tokens/"+url.PathEscape(id), nil, nil, nil)
}
