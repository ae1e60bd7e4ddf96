package client

import (
	"context"
	"net/http"
	"net/url"
)

// Mailbox says how the member's address takes mail.
type Mailbox struct {
	Address string `json:"address"`
	Refused bool   `json:"refused" doc:"their mail server said there is no such mailbox; nothing is sent there"`
}

// Mailbox gives how the member's address takes mail.
func (c *Client) Mailbox(ctx context.Context) (out Mailbox, err error) {
	err = c.do(ctx, http.MethodGet, "/me/mail", nil, nil, &out)
	return out, err
}

// ResumeMail has mail sent to the member's address again, though its server
// refused it.
func (c *Client) ResumeMail(ctx context.Context) error {
	return c.do(ctx, http.MethodPost, "/me/mail/resume", nil, nil, nil)
}

// Subscription says whether letters with news go to whom an unsubscribe link is
// for.
type Subscription struct {
	On bool `json:"on" doc:"whether letters with news are sent"`
}

// Subscription gives what a link's letters are like; it needs no token, and
// changes nothing.
func (c *Client) Subscription(ctx context.Context, link string) (out Subscription, err error) {
	err = c.do(ctx, http.MethodGet, "/unsubscribe/"+url.PathEscape(link), nil, nil, &out)
	return out, err
}

// Unsubscribe stops a link's letters; it needs no token.
func (c *Client) Unsubscribe(ctx context.Context, link string) (out Subscription, err error) {
	err = c.do(ctx, http.MethodPost, "/unsubscribe/"+url.PathEscape(link), nil, nil, &out)
	return out, err
}
