package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Duty is something the member waits for, or that waits for them.
type Duty struct {
	ID          string    `json:"id" doc:"names it among the member's own"`
	Kind        string    `json:"kind" doc:"expire, remind, reconsider, review, proposal, …"`
	Subject     string    `json:"subject,omitempty" doc:"the id of what it is about"`
	Other       string    `json:"other,omitempty" doc:"the other member"`
	Name        string    `json:"name,omitempty" doc:"of the other member"`
	Words       string    `json:"words" doc:"what happens when it is due"`
	DueAt       time.Time `json:"due_at"`
	Dismissible bool      `json:"dismissible" doc:"whether it can be dropped"`
}

// Duties is a page of them, soonest first.
type Duties struct {
	Duties []Duty `json:"duties"`
	Next   string `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// Duties gives what the member waits for, soonest first.
func (c *Client) Duties(ctx context.Context, p Page) (out Duties, err error) {
	err = c.do(ctx, http.MethodGet, "/duties", p.query(), nil, &out)
	return out, err
}

// DismissDuty drops one that is dismissible: a proposed removal, say.
func (c *Client) DismissDuty(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodPost, "/duties/"+url.PathEscape(id)+"/dismiss", nil, nil, nil)
}

// DeadDuty is a piece of the service's work that failed for good.
type DeadDuty struct {
	ID      string    `json:"id"`
	Owner   string    `json:"owner" doc:"the member it is for"`
	Kind    string    `json:"kind"`
	About   string    `json:"about" doc:"what it was to do"`
	DueAt   time.Time `json:"due_at" doc:"when it was to be tried last"`
	Failure string    `json:"failure" doc:"how it failed, without personal data"`
}

// DeadDuties is a page of them.
type DeadDuties struct {
	Duties []DeadDuty `json:"duties"`
	Next   string     `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// DeadDuties gives an operator what failed for good.
func (c *Client) DeadDuties(ctx context.Context, p Page) (out DeadDuties, err error) {
	err = c.do(ctx, http.MethodGet, "/operator/duties", p.query(), nil, &out)
	return out, err
}

// ReviveDuty has something that failed for good tried again.
func (c *Client) ReviveDuty(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodPost, "/operator/duties/"+url.PathEscape(id)+"/revive", nil, nil, nil)
}

// DiscardDuty drops something that failed for good.
func (c *Client) DiscardDuty(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/operator/duties/"+url.PathEscape(id), nil, nil, nil)
}
