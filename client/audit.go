package client

import (
	"context"
	"net/http"
	"time"
)

// Audited is one time that somebody who runs this Kith looked at something of
// the member's.
type Audited struct {
	At   time.Time `json:"at" doc:"when; of what was looked at for a report, the month"`
	By   string    `json:"by" enum:"moderator,operator"`
	What string    `json:"what"`
	Text string    `json:"text" doc:"all of it, as a sentence"`
}

// Audit is a page of them, newest first.
type Audit struct {
	Looks []Audited `json:"looks"`
	Next  string    `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Audit gives a page of who looked at what of the member's.
func (c *Client) Audit(ctx context.Context, p Page) (out Audit, err error) {
	err = c.do(ctx, http.MethodGet, "/audit", p.query(), nil, &out)
	return out, err
}
