package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// Passkey is a key on a member's device or in their password manager.
type Passkey struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
	UsedAt    time.Time `json:"used_at,omitzero" doc:"the day it was last used; absent: not yet"`
}

// Passkeys are the member's, oldest first.
type Passkeys struct {
	Passkeys []Passkey `json:"passkeys"`
}

// Ceremony is one use of a passkey that has begun; it lasts 5 minutes.
type Ceremony struct {
	ID      string          `json:"id" doc:"to be given back with what the passkey answers"`
	Options json.RawMessage `json:"options" doc:"for navigator.credentials, in WebAuthn's JSON form"`
}

// NewPasskey ends adding a passkey.
type NewPasskey struct {
	Ceremony string          `json:"ceremony" maxLength:"100" doc:"the id it began with"`
	Name     string          `json:"name" maxLength:"240" doc:"at most 60 letters"`
	Response json.RawMessage `json:"response" doc:"what the browser answered, in WebAuthn's JSON form"`
}

// PasskeySignIn ends signing in with a passkey.
type PasskeySignIn struct {
	Ceremony string          `json:"ceremony" maxLength:"100" doc:"the id it began with"`
	Response json.RawMessage `json:"response" doc:"what the browser answered, in WebAuthn's JSON form"`
}

// Name renames something.
type Name struct {
	Name string `json:"name" maxLength:"240" doc:"at most 60 letters"`
}

// Passkeys gives the member's passkeys.
func (c *Client) Passkeys(ctx context.Context) (out Passkeys, err error) {
	err = c.do(ctx, http.MethodGet, "/passkeys", nil, nil, &out)
	return out, err
}

// BeginPasskey begins adding a passkey.
func (c *Client) BeginPasskey(ctx context.Context, in Proof) (out Ceremony, err error) {
	err = c.do(ctx, http.MethodPost, "/passkeys/begin", nil, in, &out)
	return out, err
}

// AddPasskey ends adding a passkey.
func (c *Client) AddPasskey(ctx context.Context, in NewPasskey) (out Passkey, err error) {
	err = c.do(ctx, http.MethodPost, "/passkeys", nil, in, &out)
	return out, err
}

// RenamePasskey gives a passkey another name.
func (c *Client) RenamePasskey(ctx context.Context, id string, in Name) error {
	return c.do(ctx, http.MethodPut, "/passkeys/"+url.PathEscape(id), nil, in, nil)
}

// RemovePasskey removes a passkey.
func (c *Client) RemovePasskey(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/passkeys/"+url.PathEscape(id), nil, nil, nil)
}

// BeginPasskeySignIn begins signing in with a passkey.
func (c *Client) BeginPasskeySignIn(ctx context.Context) (out Ceremony, err error) {
	err = c.do(ctx, http.MethodPost, "/session/passkey/begin", nil, nil, &out)
	return out, err
}

// SignInWithPasskey ends it: see SignIn.
func (c *Client) SignInWithPasskey(ctx context.Context, in PasskeySignIn) (out Session, err error) {
	err = c.do(ctx, http.MethodPost, "/session/passkey/finish", nil, in, &out)
	return out, err
}
