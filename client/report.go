package client

import (
	"context"
	"net/http"
	"time"
)

// Accusation is what is reported to the moderators.
type Accusation struct {
	On     string `json:"on" enum:"invitation,connection,profile,message" doc:"what is reported; an invitation is turned down by it, a connection ended"`
	ID     string `json:"id" maxLength:"64" doc:"of the invitation or message; of a connection or profile, the member's"`
	Reason string `json:"reason" enum:"money,credentials,impersonation,abuse,spam" doc:"what it is"`
	Words  string `json:"words,omitempty" maxLength:"8192" doc:"more, for the moderators; at most 1,000 letters"`
}

// Report is a report of the member's.
type Report struct {
	On       string    `json:"on" enum:"invitation,connection,profile,message"`
	ID       string    `json:"id"`
	Other    Named     `json:"other" doc:"whom it is about; they never learn who reported"`
	Reason   string    `json:"reason"`
	Words    string    `json:"words,omitempty"`
	At       time.Time `json:"at"`
	LookedAt bool      `json:"looked_at" doc:"whether the moderators have decided"`
}

// Reports is a page of reports, newest first.
type Reports struct {
	Reports []Report `json:"reports"`
	Next    string   `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Report brings something to the moderators.
func (c *Client) Report(ctx context.Context, in Accusation) error {
	return c.do(ctx, http.MethodPost, "/reports", nil, in, nil)
}

// Reports gives a page of what the member reported.
func (c *Client) Reports(ctx context.Context, p Page) (out Reports, err error) {
	err = c.do(ctx, http.MethodGet, "/reports", p.query(), nil, &out)
	return out, err
}
