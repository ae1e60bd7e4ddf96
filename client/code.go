package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Code lets one person sign up.
type Code struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
	UsedAt    time.Time `json:"used_at,omitzero" doc:"absent: not yet"`
}

// MadeCode is a code with what is to be given to somebody, which is shown this
// once.
type MadeCode struct {
	Code
	Secret string `json:"secret" doc:"like ABCD-EFGH-IJKL-MNOP"`
}

// Codes are those the member made, newest first.
type Codes struct {
	Codes []Code `json:"codes"`
}

// Codes gives the codes the member made.
func (c *Client) Codes(ctx context.Context) (out Codes, err error) {
	err = c.do(ctx, http.MethodGet, "/codes", nil, nil, &out)
	return out, err
}

// CreateCode makes a code: 5 in 30 days, operators as many as they need.
func (c *Client) CreateCode(ctx context.Context) (out MadeCode, err error) {
	err = c.do(ctx, http.MethodPost, "/codes", nil, nil, &out)
	return out, err
}

// RevokeCode ends a code that nobody has used.
func (c *Client) RevokeCode(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/codes/"+url.PathEscape(id), nil, nil, nil)
}
