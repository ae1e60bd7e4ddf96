package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Named is another member, by id and name. The name is empty if the account is
// not, or no longer, there.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Invitation is an invitation as the member may see it.
type Invitation struct {
	ID       string `json:"id"`
	Box      string `json:"box" enum:"received,sent" doc:"which side of it the member is on"`
	Other    Named  `json:"other"`
	Note     string `json:"note"`
	Question string `json:"question,omitempty" doc:"what the recipient asked first"`
	Reply    string `json:"reply,omitempty" doc:"what the sender wrote back"`
	Course   string `json:"course" enum:"running,fulfilled,withdrawn,expired,cancelled"`
	Answer   string `json:"answer,omitempty" enum:"ignored,declined,not-known,reported,accepted" doc:"the member's own, to a received invitation"`

	SentAt     time.Time `json:"sent_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	EndedAt    time.Time `json:"ended_at,omitzero"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	AskedAt    time.Time `json:"asked_at,omitzero"`
	RepliedAt  time.Time `json:"replied_at,omitzero"`
	UndoUntil  time.Time `json:"undo_until,omitzero" doc:"until when reopen undoes the member's answer"`
	AgainAt    time.Time `json:"again_at,omitzero" doc:"from when on the next may be sent, after a withdrawal"`
	Connected  bool      `json:"connected" doc:"whether the two are connected by this invitation"`
}

// Invitations is a page of invitations, newest first.
type Invitations struct {
	Invitations []Invitation `json:"invitations"`
	Next        string       `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// InvitationCounts are how many invitations the member has to do with.
type InvitationCounts struct {
	Undecided int `json:"undecided" doc:"received and without an answer, but for those in asked"`
	Asked     int `json:"asked" doc:"received, asked first, no reply yet"`
	SetAside  int `json:"set_aside" doc:"received and ignored"`
	Sent      int `json:"sent" doc:"sent and pending"`
}

// Invite is a new invitation.
type Invite struct {
	To    string `json:"to" maxLength:"64" doc:"the member's id"`
	Note  string `json:"note,omitempty" maxLength:"8192" doc:"at most 300 letters and 2 KiB"`
	Tie   string `json:"tie,omitempty" enum:"network,met,close" doc:"how well the member knows them; private"`
	See   string `json:"see,omitempty" enum:"propose,remove" doc:"accept and see, if their invitation is open already"`
	Email string `json:"email,omitempty" maxLength:"320" doc:"their address, where invitations need it"`
}

// Acceptance is how an invitation is accepted.
type Acceptance struct {
	Tie      string `json:"tie,omitempty" enum:"network,met,close" doc:"how well the member knows them; private; absent is network"`
	See      string `json:"see,omitempty" enum:"propose,remove" doc:"accept and see: what follows when 14 days are silent"`
	Greeting string `json:"greeting,omitempty" maxLength:"65536" doc:"the first message; at most 4,000 letters and 16 KiB"`
}

// Text is something to say.
type Text struct {
	Text string `json:"text" maxLength:"65536"`
}

// Complaint is why an invitation is reported.
type Complaint struct {
	Reason string `json:"reason" enum:"money,credentials,impersonation,abuse,spam" doc:"what it is"`
	Words  string `json:"words,omitempty" maxLength:"8192" doc:"more, for the moderators; at most 1,000 letters"`
}

// Invite sends an invitation. If theirs is open, it is accepted.
func (c *Client) Invite(ctx context.Context, in Invite) (out Invitation, err error) {
	err = c.do(ctx, http.MethodPost, "/invitations", nil, in, &out)
	return out, err
}

// Received gives a page of the open invitations to the member.
func (c *Client) Received(ctx context.Context, p Page) (Invitations, error) {
	return c.box(ctx, "received", p)
}

// Sent gives a page of the member's own invitations.
func (c *Client) Sent(ctx context.Context, p Page) (Invitations, error) {
	return c.box(ctx, "sent", p)
}

func (c *Client) box(ctx context.Context, box string, p Page) (out Invitations, err error) {
	q := p.query()
	q.Set("box", box)
	err = c.do(ctx, http.MethodGet, "/invitations", q, nil, &out)
	return out, err
}

// InvitationCounts counts the member's invitations.
func (c *Client) InvitationCounts(ctx context.Context) (out InvitationCounts, err error) {
	err = c.do(ctx, http.MethodGet, "/invitations/counts", nil, nil, &out)
	return out, err
}

// Invitation gives one invitation.
func (c *Client) Invitation(ctx context.Context, id string) (out Invitation, err error) {
	err = c.do(ctx, http.MethodGet, "/invitations/"+url.PathEscape(id), nil, nil, &out)
	return out, err
}

// Accept connects the two.
func (c *Client) Accept(ctx context.Context, id string, in Acceptance) (Invitation, error) {
	return c.answer(ctx, id, "accept", in)
}

// Ignore sets an invitation aside.
func (c *Client) Ignore(ctx context.Context, id string) (Invitation, error) {
	return c.answer(ctx, id, "ignore", nil)
}

// Decline turns an invitation down, unseen by its sender.
func (c *Client) Decline(ctx context.Context, id string) (Invitation, error) {
	return c.answer(ctx, id, "decline", nil)
}

// DontKnow turns an invitation down and refuses its sender for ever, unseen by
// them.
func (c *Client) DontKnow(ctx context.Context, id string) (Invitation, error) {
	return c.answer(ctx, id, "dont-know", nil)
}

// ReportInvitation is DontKnow and tells the moderators. It also ends a
// connection the invitation has made.
func (c *Client) ReportInvitation(ctx context.Context, id string, in Complaint) (Invitation, error) {
	return c.answer(ctx, id, "report", in)
}

// Ask asks the sender something first.
func (c *Client) Ask(ctx context.Context, id, text string) (Invitation, error) {
	return c.answer(ctx, id, "ask", Text{text})
}

// Reply answers the recipient's question.
func (c *Client) Reply(ctx context.Context, id, text string) (Invitation, error) {
	return c.answer(ctx, id, "reply", Text{text})
}

// Reopen undoes the member's answer; of an acceptance it is a removal.
func (c *Client) Reopen(ctx context.Context, id string) (Invitation, error) {
	return c.answer(ctx, id, "reopen", nil)
}

// Withdraw takes an invitation back.
func (c *Client) Withdraw(ctx context.Context, id string) (Invitation, error) {
	return c.answer(ctx, id, "withdraw", nil)
}

func (c *Client) answer(ctx context.Context, id, verb string, in any) (out Invitation, err error) {
	err = c.do(ctx, http.MethodPost, "/invitations/"+url.PathEscape(id)+"/"+verb, nil, in, &out)
	return out, err
}
