package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Elsewhere is an invitation on another site, as the member's imports tell of
// it. Kith does nothing there: the link is for the member to open.
type Elsewhere struct {
	ID           string    `json:"id"`
	Contact      string    `json:"contact" doc:"the contact it is with"`
	Name         string    `json:"name,omitempty"`
	Headline     string    `json:"headline,omitempty"`
	Link         string    `json:"link,omitempty" doc:"of their profile there"`
	Direction    string    `json:"direction" enum:"received,sent"`
	State        string    `json:"state" enum:"open,asked,answered,connected,done"`
	Note         string    `json:"note,omitempty"`
	NoteKnown    bool      `json:"note_known" doc:"false: no source shows whether there is a note"`
	SentAt       time.Time `json:"sent_at,omitzero" doc:"absent if no source says"`
	DateOnly     bool      `json:"date_only" doc:"whether sent_at is a day"`
	Did          string    `json:"did,omitempty" enum:"accepted,declined,reported" doc:"what the member says they did there"`
	DidAt        time.Time `json:"did_at,omitzero"`
	AskedAt      time.Time `json:"asked_at,omitzero" doc:"when the member asked there first"`
	RepliedAt    time.Time `json:"replied_at,omitzero" doc:"when an answer came, by an import"`
	Answer       string    `json:"answer,omitempty" enum:"yes,no" doc:"whether an answer came, by the member"`
	SnoozedUntil time.Time `json:"snoozed_until,omitzero"`
}

// Elsewheres is a page of invitations elsewhere, latest sent first.
type Elsewheres struct {
	Elsewhere []Elsewhere `json:"elsewhere"`
	Next      string      `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// ElsewhereDone says what the member did on the other site.
type ElsewhereDone struct {
	Did string `json:"did" enum:"accepted,declined,reported"`
}

// ElsewhereAnswered says whether an answer came there.
type ElsewhereAnswered struct {
	Came bool `json:"came"`
}

// ElsewhereSeen says how accept and see ended there: they wrote, the member parted
// from them, or keeps them without a word.
type ElsewhereSeen struct {
	How string `json:"how" enum:"heard,parted,kept"`
}

// ElsewhereSnooze puts an invitation off.
type ElsewhereSnooze struct {
	Until time.Time `json:"until" doc:"at most 183 days ahead"`
}

// Elsewhere gives the member's invitations elsewhere in a state: undecided,
// open, asked, answered, connected, done or all; direction is received or sent.
// Empty words are received and undecided.
func (c *Client) Elsewhere(ctx context.Context, direction, state string, p Page) (out Elsewheres, err error) {
	q := p.query()
	if direction != "" {
		q.Set("direction", direction)
	}
	if state != "" {
		q.Set("state", state)
	}
	err = c.do(ctx, http.MethodGet, "/elsewhere", q, nil, &out)
	return out, err
}

// ElsewhereOne gives one invitation elsewhere.
func (c *Client) ElsewhereOne(ctx context.Context, id string) (out Elsewhere, err error) {
	err = c.do(ctx, http.MethodGet, "/elsewhere/"+url.PathEscape(id), nil, nil, &out)
	return out, err
}

// DoneElsewhere says what the member did there: accepted, declined or reported.
func (c *Client) DoneElsewhere(ctx context.Context, id, did string) error {
	return c.elsewhere(ctx, id, "done", ElsewhereDone{did})
}

// AskedElsewhere says that the member asked the sender something there.
func (c *Client) AskedElsewhere(ctx context.Context, id string) error {
	return c.elsewhere(ctx, id, "asked", nil)
}

// AnsweredElsewhere says whether an answer came there.
func (c *Client) AnsweredElsewhere(ctx context.Context, id string, came bool) error {
	return c.elsewhere(ctx, id, "answered", ElsewhereAnswered{came})
}

// EndSeeElsewhere says how accept and see ended there: heard, parted or kept.
func (c *Client) EndSeeElsewhere(ctx context.Context, id, how string) error {
	return c.elsewhere(ctx, id, "ended", ElsewhereSeen{how})
}

// SnoozeElsewhere puts an invitation off until a time.
func (c *Client) SnoozeElsewhere(ctx context.Context, id string, until time.Time) error {
	return c.elsewhere(ctx, id, "snooze", ElsewhereSnooze{until})
}

// ReopenElsewhere takes back what the member said of an invitation.
func (c *Client) ReopenElsewhere(ctx context.Context, id string) error {
	return c.elsewhere(ctx, id, "reopen", nil)
}

func (c *Client) elsewhere(ctx context.Context, id, act string, in any) error {
	return c.do(ctx, http.MethodPost, "/elsewhere/"+url.PathEscape(id)+"/"+act, nil, in, nil)
}
