package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"kith"
)

// PreflightRequest is an invitation that is not sent yet.
type PreflightRequest struct {
	To string `json:"to" maxLength:"64" doc:"the member's id"`
	// Note is nil while none is written.
	Note *string `json:"note,omitempty" maxLength:"8192" doc:"as it would go; absent: not written yet"`
}

// Preflight is what the member should know before inviting somebody.
type Preflight struct {
	Verdict  kith.Verdict `json:"verdict" doc:"of the sending side, with the outlook from the other's"`
	Refusal  string       `json:"refusal,omitempty" doc:"what sending would be refused with now"`
	Findings []Finding    `json:"findings" doc:"what to improve in the note, the greatest gain first"`
	Policy   *Policy      `json:"policy,omitempty" doc:"what they ask for, if they publish it"`
	Received string       `json:"received,omitempty" doc:"their own open invitation, which inviting them would accept"`
	Left     int          `json:"left" doc:"invitations left this week"`
}

// Finding is one thing to improve in a note.
type Finding struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Rule     string `json:"rule" doc:"row of the advice it comes from"`
	Severity string `json:"severity" enum:"must,should,could"`
}

// DraftRequest asks for a note to somebody.
type DraftRequest struct {
	To       string    `json:"to" maxLength:"64" doc:"the member's id"`
	MetWhere string    `json:"met_where,omitempty" maxLength:"600" doc:"where the two met"`
	MetAt    time.Time `json:"met_at,omitzero" doc:"when they met"`
}

// Preflight looks at an invitation through both sides' eyes before it is sent.
// It changes nothing.
func (c *Client) Preflight(ctx context.Context, in PreflightRequest) (out Preflight, err error) {
	err = c.do(ctx, http.MethodPost, "/preflight", nil, in, &out)
	return out, err
}

// Draft writes a text about an invitation received: kind is verdict (what the
// verdict calls for), ask or accept-and-see. It may be empty.
func (c *Client) Draft(ctx context.Context, invitation, kind string) (out Text, err error) {
	err = c.do(ctx, http.MethodGet, "/invitations/"+url.PathEscape(invitation)+"/draft", url.Values{"kind": {kind}}, nil, &out)
	return out, err
}

// DraftNote writes a note to somebody from what the two have in common. It is
// empty if nothing is a reason to write.
func (c *Client) DraftNote(ctx context.Context, in DraftRequest) (out Text, err error) {
	err = c.do(ctx, http.MethodPost, "/draft", nil, in, &out)
	return out, err
}
