package client

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// Me is the account a credential belongs to.
type Me struct {
	ID       string `json:"id" doc:"the member's id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Role     string `json:"role" enum:"member,moderator,operator"`
	Verified bool   `json:"verified" doc:"whether the address is confirmed"`
	Scopes   string `json:"scopes" doc:"what this credential may be used for"`
}

// Me says who the client is.
func (c *Client) Me(ctx context.Context) (me Me, err error) {
	err = c.do(ctx, http.MethodGet, "/me", nil, nil, &me)
	return me, err
}

// Event is one thing that happened to the member.
type Event struct {
	Cursor  string          `json:"cursor" doc:"give it as after to go on behind this event"`
	At      time.Time       `json:"at"`
	Kind    string          `json:"kind" doc:"what happened"`
	Subject string          `json:"subject,omitempty" doc:"the id of what it is about"`
	Other   string          `json:"other,omitempty" doc:"the member it tells of"`
	Notice  bool            `json:"notice" doc:"whether it is news for the member"`
	Body    json.RawMessage `json:"body,omitempty" doc:"more, by kind"`
}

// Events is a page of events, oldest first.
type Events struct {
	Events []Event `json:"events"`
	Next   string  `json:"next" doc:"the cursor to go on from; ask again with it later for what happens then"`
}

// Events gives what happened to the member behind a cursor.
func (c *Client) Events(ctx context.Context, p Page) (out Events, err error) {
	err = c.do(ctx, http.MethodGet, "/events", p.query(), nil, &out)
	return out, err
}
