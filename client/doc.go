// Package client is the Go client of a Kith's REST API, and the structs that
// travel over the wire: the service uses the same.
//
//	c := client.New("https://kith.example", token)
//	page, err := c.Received(ctx, client.Page{})
//
// A failure the service tells of is a [*Problem]. Writes take an idempotency
// key with [WithKey]: sent again under the same key, a request has no second
// effect and gets the same answer.
package client
