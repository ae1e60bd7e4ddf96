package client

import (
	"context"
	"net/http"
	"net/url"
)

// Blocks is a page of those the member blocks, in the order of their ids.
type Blocks struct {
	Blocks []Named `json:"blocks"`
	Next   string  `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Blocks gives a page of those the member blocks.
func (c *Client) Blocks(ctx context.Context, p Page) (out Blocks, err error) {
	err = c.do(ctx, http.MethodGet, "/blocks", p.query(), nil, &out)
	return out, err
}

// Block ends everything between the member and another, for whom the member's
// account is gone from then on.
func (c *Client) Block(ctx context.Context, member string) error {
	return c.do(ctx, http.MethodPut, "/blocks/"+url.PathEscape(member), nil, nil, nil)
}

// Unblock ends a block and nothing else.
func (c *Client) Unblock(ctx context.Context, member string) error {
	return c.do(ctx, http.MethodDelete, "/blocks/"+url.PathEscape(member), nil, nil, nil)
}
