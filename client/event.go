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

// Notices is a page of the member's news, newest first.
type Notices struct {
	Notices []Event `json:"notices"`
	Next    string  `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
	Seen    string  `json:"seen" doc:"the cursor up to which they were marked seen"`
	Unread  int     `json:"unread" doc:"how many are newer; 100 stands for that and more"`
}

// Seen says what the member has seen.
type Seen struct {
	Cursor string `json:"cursor" maxLength:"20" pattern:"^[0-9]+$" doc:"of the newest event they saw"`
}

// Notices gives the member's news, newest first, and how many are unseen.
func (c *Client) Notices(ctx context.Context, p Page) (out Notices, err error) {
	err = c.do(ctx, http.MethodGet, "/events/notices", p.query(), nil, &out)
	return out, err
}

// MarkSeen says that the member has seen their news up to an event: no letter
// tells them any more.
func (c *Client) MarkSeen(ctx context.Context, cursor string) error {
	return c.do(ctx, http.MethodPut, "/events/seen", nil, Seen{cursor}, nil)
}

// Events gives what happened to the member behind a cursor.
func (c *Client) Events(ctx context.Context, p Page) (out Events, err error) {
	err = c.do(ctx, http.MethodGet, "/events", p.query(), nil, &out)
	return out, err
}
