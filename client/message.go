package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Message is one message between the member and another.
type Message struct {
	ID       string    `json:"id"`
	Outgoing bool      `json:"outgoing" doc:"written by the member"`
	At       time.Time `json:"at"`
	Text     string    `json:"text"`
	Opening  bool      `json:"opening,omitempty" doc:"the first of a new connection"`
	ReadAt   time.Time `json:"read_at,omitzero" doc:"when the member read it; the other is not told"`
}

// Thread is what the member and another wrote to each other, in short.
type Thread struct {
	Other  Named   `json:"other"`
	Newest Message `json:"newest"`
	Unread int     `json:"unread"`
}

// Threads is a page of threads, the one last written in first.
type Threads struct {
	Threads []Thread `json:"threads"`
	Next    string   `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Messages is a page of one thread, newest first.
type Messages struct {
	Messages []Message `json:"messages"`
	Next     string    `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Unread says how many messages the member has not read.
type Unread struct {
	Unread int `json:"unread"`
}

// ReadUpTo says up to which message a thread was read.
type ReadUpTo struct {
	UpTo string `json:"up_to" maxLength:"64" doc:"the id of a message of the thread"`
}

// Threads gives a page of the member's threads.
func (c *Client) Threads(ctx context.Context, p Page) (out Threads, err error) {
	err = c.do(ctx, http.MethodGet, "/messages", p.query(), nil, &out)
	return out, err
}

// Unread counts the messages the member has not read.
func (c *Client) Unread(ctx context.Context) (out Unread, err error) {
	err = c.do(ctx, http.MethodGet, "/messages/unread", nil, nil, &out)
	return out, err
}

// Thread gives a page of what the member and another wrote to each other.
func (c *Client) Thread(ctx context.Context, member string, p Page) (out Messages, err error) {
	err = c.do(ctx, http.MethodGet, "/messages/"+url.PathEscape(member), p.query(), nil, &out)
	return out, err
}

// Write sends a message to a connection, at most 4,000 letters and 16 KiB.
func (c *Client) Write(ctx context.Context, member, text string) (out Message, err error) {
	err = c.do(ctx, http.MethodPost, "/messages/"+url.PathEscape(member), nil, Text{text}, &out)
	return out, err
}

// MarkRead says that the member has read a thread up to a message.
func (c *Client) MarkRead(ctx context.Context, member, upTo string) error {
	return c.do(ctx, http.MethodPost, "/messages/"+url.PathEscape(member)+"/read", nil, ReadUpTo{upTo}, nil)
}
