package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Person is another member as the member may see them.
type Person struct {
	ID      string  `json:"id"`
	Photo   string  `json:"photo,omitempty" doc:"where it is to be had, 400 pixels a side"`
	Profile Profile `json:"profile"`
	Degree  int     `json:"degree" enum:"0,1,2,3" doc:"1: connected; 2: a connection in common is shown; 3: farther, or not shown; 0: oneself"`
	// Mutual and Connections are nil where they are not shown; 0 is a number.
	Mutual      *int     `json:"mutual,omitempty" doc:"connections in common; absent where one of the two shows theirs to nobody"`
	Mutuals     []Face   `json:"mutuals,omitempty" doc:"the first few of them"`
	Connections *int     `json:"connections,omitempty" doc:"how many of their connections one may see, 500 for all that are more; absent if they do not show them"`
	Relation    Relation `json:"relation"`
	// What they say openly about being invited.
	Invites     string    `json:"invites" enum:"everyone,mail,mutual,nobody" doc:"from whom they take invitations"`
	NotNowUntil time.Time `json:"not_now_until,omitzero" doc:"from nobody until then"`
	Policy      *Policy   `json:"policy,omitempty" doc:"what they ask for, if they publish it"`
}

// Relation is how the member stands with another.
type Relation struct {
	Connected bool      `json:"connected"`
	Since     time.Time `json:"since,omitzero"`
	Sent      string    `json:"sent,omitempty" doc:"the open invitation the member sent"`
	Received  string    `json:"received,omitempty" doc:"the open invitation the member received"`
	AgainAt   time.Time `json:"again_at,omitzero" doc:"from when on the next may be sent after taking one back"`
	Blocked   bool      `json:"blocked" doc:"whether the member blocks them"`
}

// Face is a member as lists show them.
type Face struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Headline string `json:"headline,omitempty"`
	Photo    string `json:"photo,omitempty" doc:"where it is to be had, 96 pixels a side"`
}

// Faces is a page of members, in the order of their ids; of a search by name in
// the order of names, and without a next page.
type Faces struct {
	People []Face `json:"people"`
	Next   string `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Person gives another member. On one day a member is shown 500 others at most
// whom they are neither connected with nor invited by; lists count.
func (c *Client) Person(ctx context.Context, member string) (out Person, err error) {
	err = c.do(ctx, http.MethodGet, "/people/"+url.PathEscape(member), nil, nil, &out)
	return out, err
}

// PeopleNamed finds up to 20 members whose name begins with a text.
func (c *Client) PeopleNamed(ctx context.Context, name string) (out Faces, err error) {
	err = c.do(ctx, http.MethodGet, "/people", url.Values{"name": {name}}, nil, &out)
	return out, err
}

// ConnectionsOf gives a page of another member's connections, if they show them.
func (c *Client) ConnectionsOf(ctx context.Context, member string, p Page) (out Faces, err error) {
	err = c.do(ctx, http.MethodGet, "/people/"+url.PathEscape(member)+"/connections", p.query(), nil, &out)
	return out, err
}

// Mutuals gives a page of the connections in common with another member, if all
// three show them.
func (c *Client) Mutuals(ctx context.Context, member string, p Page) (out Faces, err error) {
	err = c.do(ctx, http.MethodGet, "/people/"+url.PathEscape(member)+"/mutuals", p.query(), nil, &out)
	return out, err
}
