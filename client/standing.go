package client

import (
	"context"
	"net/http"
	"time"
)

// Standing is what the member may send, and why.
type Standing struct {
	Budget    int       `json:"budget" doc:"invitations the member may send this week"`
	Left      int       `json:"left" doc:"how many of them are left"`
	RenewsAt  time.Time `json:"renews_at" doc:"when the next week begins"`
	Step      string    `json:"step" enum:"free,know-mail,paused" doc:"know-mail: invitations need the recipient's e-mail address; paused: none may be sent, and those sent wait"`
	Until     time.Time `json:"until,omitzero" doc:"when the step ends by itself"`
	Accepted  string    `json:"accepted,omitempty" enum:"hardly any,some,about half,most,nearly all" doc:"how many of the member's invitations are accepted; absent: too few to say"`
	Reasons   []string  `json:"reasons" doc:"what the budget and the step rest on"`
	Appeal    string    `json:"appeal,omitempty" enum:"waiting,granted,refused" doc:"how the appeal against the step stands"`
	MayAppeal bool      `json:"may_appeal"`
}

// Plea is why a restriction is wrong.
type Plea struct {
	Words string `json:"words" minLength:"1" maxLength:"8192" doc:"for the moderators; at most 1,000 letters"`
}

// Standing gives the member's own standing.
func (c *Client) Standing(ctx context.Context) (out Standing, err error) {
	err = c.do(ctx, http.MethodGet, "/standing", nil, nil, &out)
	return out, err
}

// Appeal brings the restriction that holds before the moderators, once.
func (c *Client) Appeal(ctx context.Context, in Plea) (out Standing, err error) {
	err = c.do(ctx, http.MethodPost, "/standing/appeal", nil, in, &out)
	return out, err
}
