package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Client talks to one Kith as one member. It is safe for concurrent use.
type Client struct {
	base, token string
	// HTTP sends the requests; nil is http.DefaultClient.
	HTTP *http.Client
}

// New gives a client for the Kith at base ("https://kith.example") that shows
// a token; an empty token shows none.
func New(base, token string) *Client {
	return &Client{base: strings.TrimRight(base, "/") + "/api/v1", token: token}
}

// Problem is a failure as the service tells it (RFC 9457).
type Problem struct {
	Status int     `json:"status"`
	Title  string  `json:"title"`
	Detail string  `json:"detail"`
	Errors []Fault `json:"errors,omitempty"`
}

// Fault names a field and what is wrong with it.
type Fault struct {
	Message  string `json:"message"`
	Location string `json:"location"`
}

// Error gives the field and what is wrong, on one line.
func (p *Problem) Error() string {
	if len(p.Errors) > 0 && p.Errors[0].Location != "" {
		return p.Errors[0].Location + ": " + p.Errors[0].Message
	}
	if p.Detail != "" {
		return p.Detail
	}
	return p.Title
}

// Status gives the HTTP status of the first [Problem] in err's chain, 0 if
// there is none.
func Status(err error) int {
	var p *Problem
	if errors.As(err, &p) {
		return p.Status
	}
	return 0
}

// Page asks for one page of a list.
type Page struct {
	After string // the cursor the page before gave; empty for the first
	Limit int    // entries at most; 0 lets the service choose
}

func (p Page) query() url.Values {
	q := url.Values{}
	if p.After != "" {
		q.Set("after", p.After)
	}
	if p.Limit != 0 {
		q.Set("limit", fmt.Sprint(p.Limit))
	}
	return q
}

type keyKey struct{}

// WithKey gives the writes done under a context an idempotency key. One key is
// for one thing to be done.
func WithKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, keyKey{}, key)
}

// maxAnswer is how many bytes of an answer are read.
const maxAnswer = 64 << 20

// do sends one request and reads the answer into out, which may be nil.
func (c *Client) do(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return c.send(r, out)
}

// send sends a request with the client's credentials.
func (c *Client) send(r *http.Request, out any) (err error) {
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if key, ok := r.Context().Value(keyKey{}).(string); ok && r.Method != http.MethodGet {
		r.Header.Set("Idempotency-Key", key)
	}
	h := c.HTTP
	if h == nil {
		h = http.DefaultClient
	}
	answer, err := h.Do(r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return err
	}
	if answer.StatusCode >= http.StatusBadRequest {
		p := &Problem{Status: answer.StatusCode, Title: answer.Status}
		if err := json.Unmarshal(data, p); err != nil {
			p.Detail = strings.TrimSpace(string(data))
		}
		return p
	}
	if out == nil || len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, out)
}
