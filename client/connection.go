package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Connection is a connection as the member sees it.
type Connection struct {
	Other    Named      `json:"other"`
	Since    time.Time  `json:"since"`
	Tie      string     `json:"tie" enum:"network,met,close" doc:"how well the member knows them; private"`
	Memo     string     `json:"memo,omitempty" doc:"what the member wrote down for themselves"`
	See      string     `json:"see,omitempty" enum:"propose,remove" doc:"set while accept and see waits"`
	ReviewAt time.Time  `json:"review_at,omitzero" doc:"when it ends"`
	Met      Invitation `json:"met" doc:"the invitation they met by"`
	Opening  *Message   `json:"opening,omitempty" doc:"the first message after it"`
}

// Connections is a page of connections, newest first.
type Connections struct {
	Connections []Connection `json:"connections"`
	Next        string       `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Tie says how well the member knows a connection.
type Tie struct {
	Tie string `json:"tie" enum:"network,met,close"`
}

// Memo is what the member wants to remember about a connection.
type Memo struct {
	Memo string `json:"memo" maxLength:"8192" doc:"at most 1,000 letters; empty forgets it"`
}

// Connections gives a page of the member's connections.
func (c *Client) Connections(ctx context.Context, p Page) (out Connections, err error) {
	err = c.do(ctx, http.MethodGet, "/connections", p.query(), nil, &out)
	return out, err
}

// Connection gives the connection to another member.
func (c *Client) Connection(ctx context.Context, member string) (out Connection, err error) {
	err = c.do(ctx, http.MethodGet, "/connections/"+url.PathEscape(member), nil, nil, &out)
	return out, err
}

// RemoveConnection ends a connection, silently.
func (c *Client) RemoveConnection(ctx context.Context, member string) error {
	return c.do(ctx, http.MethodDelete, "/connections/"+url.PathEscape(member), nil, nil, nil)
}

// SetTie says how well the member knows a connection.
func (c *Client) SetTie(ctx context.Context, member, tie string) (out Connection, err error) {
	err = c.do(ctx, http.MethodPut, "/connections/"+url.PathEscape(member)+"/tie", nil, Tie{tie}, &out)
	return out, err
}

// SetMemo keeps what the member wants to remember about a connection.
func (c *Client) SetMemo(ctx context.Context, member, memo string) (out Connection, err error) {
	err = c.do(ctx, http.MethodPut, "/connections/"+url.PathEscape(member)+"/memo", nil, Memo{memo}, &out)
	return out, err
}
