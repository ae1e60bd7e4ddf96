package client

import (
	"context"
	"net/http"

	"kith"
)

// Coaching is what a recipient who knows nothing else would be told of the
// member's profile, and what the member can do about it.
type Coaching struct {
	Verdict kith.Decision `json:"verdict" enum:"accept,ask,decline,report" doc:"what the recipient's side would say"`
	Chance  string        `json:"chance" doc:"how many such invitations are accepted, by the figures known"`
	Seen    []kith.Reason `json:"seen" doc:"what it would say of the profile"`
	Advice  []Advice      `json:"advice" doc:"what to do, what helps most first"`
}

// Advice is one thing to do about a profile.
type Advice struct {
	ID    string   `json:"id"`
	Text  string   `json:"text" doc:"what to do"`
	Rules []string `json:"rules" doc:"rows of the advice it comes from"`
	Seen  string   `json:"seen,omitempty" doc:"what is said as it is now"`
}

// Coach judges the member's own profile as a recipient's side would.
func (c *Client) Coach(ctx context.Context) (out Coaching, err error) {
	err = c.do(ctx, http.MethodGet, "/coach", nil, nil, &out)
	return out, err
}
