package client

import (
	"context"
	"net/http"
)

// Forgot asks for a link to reset a password.
type Forgot struct {
	Email string `json:"email" maxLength:"254"`
}

// Reset sets a forgotten password anew.
type Reset struct {
	Secret   string `json:"secret" maxLength:"100" doc:"from the link in the mail"`
	Password string `json:"password" maxLength:"800" doc:"the new one, 10 to 200 letters"`
}

// NewPassword changes the password.
type NewPassword struct {
	Current  string `json:"current,omitempty" maxLength:"800" doc:"the password there is; may be left out within 10 minutes of signing in"`
	Password string `json:"password" maxLength:"800" doc:"the new one, 10 to 200 letters"`
}

// NewEmail moves the account to another address.
type NewEmail struct {
	Email    string `json:"email" maxLength:"254" doc:"gets a link; until it is followed nothing changes"`
	Password string `json:"password,omitempty" maxLength:"800" doc:"may be left out within 10 minutes of signing in"`
}

// Proof shows that it is the member.
type Proof struct {
	Password string `json:"password,omitempty" maxLength:"800" doc:"may be left out within 10 minutes of signing in"`
}

// ForgotPassword sends a link to an address, if it is a member's. The answer is
// the same if it is nobody's.
func (c *Client) ForgotPassword(ctx context.Context, in Forgot) error {
	return c.do(ctx, http.MethodPost, "/password/forgot", nil, in, nil)
}

// ResetPassword sets the password and ends every credential the account had.
func (c *Client) ResetPassword(ctx context.Context, in Reset) error {
	return c.do(ctx, http.MethodPost, "/password/reset", nil, in, nil)
}

// ChangePassword changes the password and ends other sessions, and tokens.
func (c *Client) ChangePassword(ctx context.Context, in NewPassword) error {
	return c.do(ctx, http.MethodPut, "/password", nil, in, nil)
}

// ChangeEmail asks to move the account to another address.
func (c *Client) ChangeEmail(ctx context.Context, in NewEmail) error {
	return c.do(ctx, http.MethodPut, "/email", nil, in, nil)
}

// Leave closes the account; signing in within 30 days opens it again.
func (c *Client) Leave(ctx context.Context, in Proof) error {
	return c.do(ctx, http.MethodPost, "/leave", nil, in, nil)
}
