package client

import (
	"context"
	"io"
	"net/http"
)

// Photo names a member's photo.
type Photo struct {
	Photo string `json:"photo" doc:"where it is to be had, 400 pixels a side"`
}

// SetPhoto makes a picture (JPEG, PNG, WebP, or the first frame of a GIF; at most
// 10 MB and 40 megapixels) the member's photo. Only its pixels are kept.
func (c *Client) SetPhoto(ctx context.Context, picture io.Reader) (out Photo, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, c.base+"/me/photo", picture)
	if err != nil {
		return out, err
	}
	r.Header.Set("Content-Type", "application/octet-stream")
	err = c.send(r, &out)
	return out, err
}

// DropPhoto forgets the member's photo.
func (c *Client) DropPhoto(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "/me/photo", nil, nil, nil)
}
