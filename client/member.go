package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Member is an account as an operator lists it.
type Member struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	State     string    `json:"state" enum:"active,unverified,closed,erased"`
	Role      string    `json:"role" enum:"member,moderator,operator"`
	Barred    bool      `json:"barred" doc:"closed by an operator"`
	CreatedAt time.Time `json:"created_at"`
}

// Members is a page of them, newest first.
type Members struct {
	Members []Member `json:"members"`
	Next    string   `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// MemberWanted says which account an operator looks for.
type MemberWanted struct {
	Member string `json:"member" minLength:"1" maxLength:"320" doc:"an id or an e-mail address"`
}

// Role is what a member may do beside being one.
type Role struct {
	Role string `json:"role" enum:"member,moderator,operator"`
}

// Members gives a page of the accounts of the network, to an operator.
func (c *Client) Members(ctx context.Context, p Page) (out Members, err error) {
	err = c.do(ctx, http.MethodGet, "/operator/members", p.query(), nil, &out)
	return out, err
}

// SetRole gives a member another role.
func (c *Client) SetRole(ctx context.Context, member string, in Role) error {
	return c.do(ctx, http.MethodPut, "/operator/members/"+url.PathEscape(member)+"/role", nil, in, nil)
}

// CloseMember closes a member's account, which only an operator opens again.
func (c *Client) CloseMember(ctx context.Context, member string) error {
	return c.onMember(ctx, member, "close")
}

// ReopenMember opens an account again.
func (c *Client) ReopenMember(ctx context.Context, member string) error {
	return c.onMember(ctx, member, "reopen")
}

// SignOutMember ends a member's sessions and tokens.
func (c *Client) SignOutMember(ctx context.Context, member string) error {
	return c.onMember(ctx, member, "sign-out")
}

func (c *Client) onMember(ctx context.Context, member, what string) error {
	return c.do(ctx, http.MethodPost, "/operator/members/"+url.PathEscape(member)+"/"+what, nil, nil, nil)
}

// FindMember gives the account with an id or an e-mail address. Its owner is
// shown that it was looked up by its address.
func (c *Client) FindMember(ctx context.Context, idOrEmail string) (out Member, err error) {
	err = c.do(ctx, http.MethodPost, "/operator/members/find", nil, MemberWanted{idOrEmail}, &out)
	return out, err
}
