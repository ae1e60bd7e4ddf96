package client

import (
	"context"
	"net/http"
)

// SignUp is what opens an account.
type SignUp struct {
	Name     string `json:"name" maxLength:"400" doc:"at most 100 letters"`
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" maxLength:"800" doc:"10 to 200 letters"`
	Code     string `json:"code,omitempty" maxLength:"60" doc:"where sign-up is by invitation"`
	First    string `json:"first,omitempty" maxLength:"100" doc:"the secret of the one-time link that opens the first account"`
}

// SignedUp says what to do next.
type SignedUp struct {
	Next string `json:"next" enum:"mail,sign-in" doc:"mail: a mail was sent to the address, follow its link; sign-in: this is the first account, sign in"`
}

// Confirm is what confirms an address.
type Confirm struct {
	Secret   string `json:"secret" maxLength:"100" doc:"from the link in the mail"`
	Password string `json:"password,omitempty" maxLength:"800" doc:"of the account, unless signed in to it"`
}

// SignUp opens an account. Whether the address had one already shows only in
// the mail that is sent to it.
func (c *Client) SignUp(ctx context.Context, in SignUp) (out SignedUp, err error) {
	err = c.do(ctx, http.MethodPost, "/sign-up", nil, in, &out)
	return out, err
}

// Confirm confirms the address of a new account, or the new address of an old.
func (c *Client) Confirm(ctx context.Context, in Confirm) error {
	return c.do(ctx, http.MethodPost, "/verify", nil, in, nil)
}
