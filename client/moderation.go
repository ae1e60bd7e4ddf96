package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// CaseEntry is a case in the list of the moderation desk. It does not say whom
// the case is about.
type CaseEntry struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind" enum:"reports,appeal"`
	State    string    `json:"state" enum:"open,upheld,dismissed"`
	OpenedAt time.Time `json:"opened_at"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	Reports  int       `json:"reports" doc:"how many there are in it"`
}

// Cases is a page of cases, oldest first.
type Cases struct {
	Cases []CaseEntry `json:"cases"`
	Next  string      `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Case is a case with all that is needed to decide it. Who reported is not in
// it.
type Case struct {
	ID         string       `json:"id"`
	Kind       string       `json:"kind" enum:"reports,appeal"`
	OpenedAt   time.Time    `json:"opened_at"`
	About      Named        `json:"about"`
	Reports    []CaseReport `json:"reports"`
	Appeals    []CaseAppeal `json:"appeals"`
	Sent       int          `json:"sent" doc:"invitations sent in the last twelve weeks"`
	Complaints int          `json:"complaints" doc:"how many people complained of an invitation in answers that count by now"`
	Standing   Standing     `json:"standing" doc:"as the member sees it"`
	Upheld     int          `json:"upheld" doc:"earlier cases about the same member that were upheld"`
	Dismissed  int          `json:"dismissed" doc:"and that were dismissed"`
}

// CaseReport is one report in a case.
type CaseReport struct {
	On       string    `json:"on" enum:"invitation,connection,profile,message"`
	Reason   string    `json:"reason"`
	Words    string    `json:"words,omitempty"`
	Evidence string    `json:"evidence,omitempty" doc:"what was reported, as it read then"`
	At       time.Time `json:"at"`
	Failed   int       `json:"failed" doc:"reports of the same person that were dismissed within a year"`
}

// CaseAppeal is what a member says against a restriction.
type CaseAppeal struct {
	Step   string    `json:"step" enum:"know-mail,paused"`
	ByDesk bool      `json:"by_desk" doc:"decided by moderators, not by many answers"`
	From   time.Time `json:"from"`
	Until  time.Time `json:"until"`
	At     time.Time `json:"at"`
	Words  string    `json:"words"`
}

// Ruling is what follows when a case is upheld. For an appeal, which is lifted
// by it, only words are given.
type Ruling struct {
	Step   string `json:"step,omitempty" enum:"know-mail,paused"`
	Weeks  int    `json:"weeks,omitempty" minimum:"1" maximum:"26" doc:"for how many whole weeks after this one"`
	AtOnce bool   `json:"at_once,omitempty" doc:"from now on instead of next Monday: for danger"`
	Close  bool   `json:"close,omitempty" doc:"close the account instead"`
	Words  string `json:"words,omitempty" maxLength:"8192" doc:"for the desk's own memory; at most 1,000 letters"`
}

// Remark is what moderators note down for themselves.
type Remark struct {
	Words string `json:"words,omitempty" maxLength:"8192" doc:"at most 1,000 letters"`
}

// Cases gives a page of the cases in a state: open, upheld or dismissed.
func (c *Client) Cases(ctx context.Context, state string, p Page) (out Cases, err error) {
	q := p.query()
	q.Set("state", state)
	err = c.do(ctx, http.MethodGet, "/moderation/cases", q, nil, &out)
	return out, err
}

// LookAtCase gives an open case. Members find in their audit that it was looked
// at.
func (c *Client) LookAtCase(ctx context.Context, id string) (out Case, err error) {
	err = c.do(ctx, http.MethodPost, "/moderation/cases/"+url.PathEscape(id)+"/look", nil, nil, &out)
	return out, err
}

// Uphold decides that a case is right.
func (c *Client) Uphold(ctx context.Context, id string, in Ruling) error {
	return c.do(ctx, http.MethodPost, "/moderation/cases/"+url.PathEscape(id)+"/uphold", nil, in, nil)
}

// Dismiss decides that it is not.
func (c *Client) Dismiss(ctx context.Context, id string, in Remark) error {
	return c.do(ctx, http.MethodPost, "/moderation/cases/"+url.PathEscape(id)+"/dismiss", nil, in, nil)
}
