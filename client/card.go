package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"kith"
)

// Card is an open invitation as the inbox lists it, received here or waiting
// elsewhere, with the newest verdict in short.
type Card struct {
	Invitation string `json:"invitation" doc:"its id"`
	Source     string `json:"source" enum:"kith,linkedin" doc:"where it waits"`
	Member     string `json:"member,omitempty" doc:"who sent it, of one received here"`
	Contact    string `json:"contact,omitempty" doc:"the private contact who sent it, of one that waits elsewhere"`
	Name       string `json:"name"`
	Headline   string `json:"headline,omitempty"`
	Place      string `json:"place,omitempty"`
	Photo      string `json:"photo,omitempty" doc:"where it is to be had, 96 pixels a side"`
	Link       string `json:"link,omitempty" doc:"of the profile elsewhere; Kith never opens it"`
	// Note is nil where nobody has seen whether there is one; an empty one was
	// seen to be empty.
	Note      *string   `json:"note,omitempty" doc:"absent: not known"`
	SentAt    time.Time `json:"sent_at,omitzero"`
	DayOnly   bool      `json:"day_only,omitempty" doc:"sent_at is a day"`
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	AskedAt   time.Time `json:"asked_at,omitzero" doc:"when the member asked first"`
	RepliedAt time.Time `json:"replied_at,omitzero"`
	Mutual    *int      `json:"mutual,omitempty" doc:"connections in common when it was judged; absent: not known"`

	Verdict  kith.Decision `json:"verdict,omitempty" enum:"accept,ask,decline,report" doc:"absent: not decided yet"`
	Firm     bool          `json:"firm,omitempty"`
	Bands    *kith.Bands   `json:"bands,omitempty" doc:"the three questions as three words"`
	Why      string        `json:"why,omitempty" doc:"the first reason"`
	Question *Asked        `json:"question,omitempty" doc:"the one question worth asking the member"`
	JudgedAt time.Time     `json:"judged_at,omitzero"`
}

// Asked is the one question worth asking about somebody.
type Asked struct {
	ID   string `json:"id" doc:"answer it under this id"`
	Text string `json:"text"`
}

// Inbox is a page of the inbox.
type Inbox struct {
	Cards []Card `json:"cards"`
	Next  string `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// InboxCounts are how many invitations are open, by verdict.
type InboxCounts struct {
	Left      int           `json:"left" doc:"all of them"`
	Here      VerdictCounts `json:"here" doc:"received here"`
	Elsewhere VerdictCounts `json:"elsewhere" doc:"waiting elsewhere"`
}

// VerdictCounts counts invitations by verdict.
type VerdictCounts struct {
	Accept    int `json:"accept"`
	Ask       int `json:"ask"`
	Decline   int `json:"decline"`
	Report    int `json:"report"`
	Undecided int `json:"undecided" doc:"to be decided in a moment"`
}

// Snooze puts an invitation off.
type Snooze struct {
	Until time.Time `json:"until,omitzero" doc:"at most 90 days ahead; absent brings it back"`
}

// InboxQuery says which part of the inbox is wanted.
type InboxQuery struct {
	Page
	Order   string // newest (the default) or verdict
	Verdict string // accept, ask, decline, report or undecided; empty: any
	Source  string // kith or linkedin; empty: both
}

// Inbox gives a page of the open invitations with their verdicts.
func (c *Client) Inbox(ctx context.Context, in InboxQuery) (out Inbox, err error) {
	q := in.query()
	for name, value := range map[string]string{"order": in.Order, "verdict": in.Verdict, "source": in.Source} {
		if value != "" {
			q.Set(name, value)
		}
	}
	err = c.do(ctx, http.MethodGet, "/inbox", q, nil, &out)
	return out, err
}

// InboxCounts counts the open invitations by verdict.
func (c *Client) InboxCounts(ctx context.Context) (out InboxCounts, err error) {
	err = c.do(ctx, http.MethodGet, "/inbox/counts", nil, nil, &out)
	return out, err
}

// Snooze takes an invitation out of the inbox until a time, at most 90 days
// ahead; the zero time brings it back.
func (c *Client) Snooze(ctx context.Context, id string, until time.Time) error {
	return c.do(ctx, http.MethodPut, "/invitations/"+url.PathEscape(id)+"/snooze", nil, Snooze{until}, nil)
}
