package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

// Export is a permission to download everything about the member, once.
type Export struct {
	Secret    string    `json:"secret" doc:"shown this once; give it to POST /export/download"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Permission shows what an Export gave.
type Permission struct {
	Secret string `json:"secret" pattern:"^[0-9a-f]{64}$" doc:"of POST /export; it works once, for 24 hours"`
}

// Erasure says when the account will be erased.
type Erasure struct {
	Due time.Time `json:"due" doc:"until then it can be called off"`
}

// AskExport asks for an export. It needs a session that is at most 10 minutes
// old, or the password.
func (c *Client) AskExport(ctx context.Context, p Proof) (out Export, err error) {
	err = c.do(ctx, http.MethodPost, "/export", nil, p, &out)
	return out, err
}

// Download writes an export, a zip archive, to w, however large it is. The
// secret is used up when the service has put all of it together.
func (c *Client) Download(ctx context.Context, secret string, w io.Writer) (err error) {
	in, err := json.Marshal(Permission{secret})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/export/download", bytes.NewReader(in))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.open(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, answer.Close()) }()
	_, err = io.Copy(w, answer)
	return err
}

// AskErasure has the account erased in 7 days. It needs what AskExport needs.
func (c *Client) AskErasure(ctx context.Context, p Proof) (out Erasure, err error) {
	err = c.do(ctx, http.MethodDelete, "/me", nil, p, &out)
	return out, err
}

// StopErasure calls that off.
func (c *Client) StopErasure(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "/me/erasure", nil, nil, nil)
}

// open sends a request and gives the answer's body to be read as it comes.
func (c *Client) open(r *http.Request) (io.ReadCloser, error) {
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	h := c.HTTP
	if h == nil {
		h = http.DefaultClient
	}
	answer, err := h.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < http.StatusBadRequest {
		return answer.Body, nil
	}
	defer answer.Body.Close()
	p := &Problem{Status: answer.StatusCode, Title: answer.Status}
	if err := json.NewDecoder(io.LimitReader(answer.Body, maxAnswer)).Decode(p); err != nil {
		return nil, err
	}
	return nil, p
}
