package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"kith"
)

// Judged is a verdict as it was kept: the fields of kith judge, and when.
type Judged struct {
	N    int       `json:"n" doc:"counts up from 1 for each invitation; 0: decided for this answer and not kept"`
	At   time.Time `json:"at"`
	Side string    `json:"side" enum:"receive,connected"`
	kith.Verdict
}

// Ground is where and when the fact behind a reason was seen.
type Ground struct {
	Source string    `json:"source,omitempty" doc:"in words; absent where it follows from other facts"`
	At     time.Time `json:"at,omitzero"`
}

// Fact is one known fact.
type Fact struct {
	Path   string          `json:"path" doc:"its place in a case of kith judge"`
	Value  json.RawMessage `json:"value,omitempty" doc:"absent: does not apply"`
	Source string          `json:"source,omitempty"`
	At     time.Time       `json:"at,omitzero"`
}

// Source is a place where facts were looked for.
type Source struct {
	Name  string `json:"name"`
	State string `json:"state" enum:"read,nothing,unavailable" doc:"what an unavailable source would have said counts as unknown"`
}

// Terms are the member's settings a verdict went by.
type Terms struct {
	Goals  []string   `json:"goals"`
	Stance string     `json:"stance"`
	Rules  []TermRule `json:"rules" doc:"of the member's own that were on"`
}

// TermRule is a rule of the member's own as it was.
type TermRule struct {
	Name  string `json:"name" enum:"own-country,photo-required,note-required,min-mutual,known-only"`
	Value string `json:"value,omitempty" doc:"the country, or how many"`
	When  string `json:"when" enum:"may,always"`
}

// Bounds are the marks a weighed verdict is read from.
type Bounds struct {
	Ask    float64 `json:"ask" doc:"below it: decline"`
	Accept float64 `json:"accept" doc:"from it on: accept; between the two: ask"`
}

// Explanation is everything about the decisions on one invitation. The signals
// that spoke are in the verdict's trace.
type Explanation struct {
	Name    string   `json:"name" doc:"who it is about"`
	Verdict Judged   `json:"verdict"`
	Grounds []Ground `json:"grounds" doc:"one for each reason"`
	Facts   []Fact   `json:"facts" doc:"what was known; all else was unknown and added nothing"`
	Sources []Source `json:"sources"`
	Terms   Terms    `json:"terms"`
	Bounds  *Bounds  `json:"bounds,omitempty"`
	Earlier []Judged `json:"earlier" doc:"verdicts before, oldest first"`
	Events  []Event  `json:"events" doc:"what happened to it, oldest first"`
}

// Verdict gives the newest verdict about an invitation or a connection.
func (c *Client) Verdict(ctx context.Context, invitation string) (out Judged, err error) {
	err = c.do(ctx, http.MethodGet, "/invitations/"+url.PathEscape(invitation)+"/verdict", nil, nil, &out)
	return out, err
}

// Explain tells everything about the decisions on one invitation.
func (c *Client) Explain(ctx context.Context, invitation string) (out Explanation, err error) {
	err = c.do(ctx, http.MethodGet, "/invitations/"+url.PathEscape(invitation)+"/explain", nil, nil, &out)
	return out, err
}

// Judge decides a case, as kith judge does: JSON of a case in, a verdict out.
// With trace every signal is listed. Nothing is kept.
func (c *Client) Judge(ctx context.Context, caseJSON []byte, trace bool) (out kith.Verdict, err error) {
	q := url.Values{}
	if trace {
		q.Set("trace", "true")
	}
	err = c.do(ctx, http.MethodPost, "/judge", q, json.RawMessage(caseJSON), &out)
	return out, err
}
