package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Contact is a person the member's own imports tell of. Nobody else sees it.
type Contact struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Headline     string    `json:"headline,omitempty"`
	Place        string    `json:"place,omitempty"`
	Organisation string    `json:"organisation,omitempty"`
	Title        string    `json:"title,omitempty"`
	Link         string    `json:"link,omitempty" doc:"of their profile elsewhere"`
	Book         bool      `json:"book" doc:"whether the address book holds them"`
	Connected    bool      `json:"connected" doc:"whether the two are connected elsewhere"`
	ConnectedAt  time.Time `json:"connected_at,omitzero"`
	HeardAt      time.Time `json:"heard_at,omitzero" doc:"when they last wrote"`
}

// ContactDetail is everything kept of a contact.
type ContactDetail struct {
	Contact
	Emails      []string       `json:"emails"`
	Invitations []Elsewhere    `json:"invitations" doc:"latest first"`
	Kept        map[string]int `json:"kept" doc:"how much the imports said, by kind"`
}

// Contacts is a page of contacts in the order of their names.
type Contacts struct {
	Contacts []Contact `json:"contacts"`
	Next     string    `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Contacts gives the member's contacts; with a name only those whose name has
// words that begin like its words.
func (c *Client) Contacts(ctx context.Context, name string, p Page) (out Contacts, err error) {
	q := p.query()
	if name != "" {
		q.Set("name", name)
	}
	err = c.do(ctx, http.MethodGet, "/contacts", q, nil, &out)
	return out, err
}

// Contact gives one contact.
func (c *Client) Contact(ctx context.Context, id string) (out ContactDetail, err error) {
	err = c.do(ctx, http.MethodGet, "/contacts/"+url.PathEscape(id), nil, nil, &out)
	return out, err
}

// DropContact forgets a contact with everything imported of them.
func (c *Client) DropContact(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/contacts/"+url.PathEscape(id), nil, nil, nil)
}
