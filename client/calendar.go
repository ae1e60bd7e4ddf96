package client

import (
	"context"
	"net/http"
	"time"
)

// Calendar is the address at which the member's calendar reads their duties,
// never the address itself.
type Calendar struct {
	FullNames bool      `json:"full_names" doc:"names as they are; otherwise initials"`
	MadeAt    time.Time `json:"made_at"`
}

// CalendarNames says how names stand in a calendar.
type CalendarNames struct {
	FullNames bool `json:"full_names" doc:"names as they are; otherwise initials"`
}

// MadeCalendar is an address that was just made.
type MadeCalendar struct {
	Address string `json:"address" doc:"whoever has it reads the duties; it is shown this once"`
}

// Calendar gives what is known of the member's calendar; one there is not is
// 404.
func (c *Client) Calendar(ctx context.Context) (out Calendar, err error) {
	err = c.do(ctx, http.MethodGet, "/calendar", nil, nil, &out)
	return out, err
}

// MakeCalendar makes a new address; the one there was ends.
func (c *Client) MakeCalendar(ctx context.Context, fullNames bool) (out MadeCalendar, err error) {
	err = c.do(ctx, http.MethodPost, "/calendar", nil, CalendarNames{fullNames}, &out)
	return out, err
}

// NameCalendar says how names stand in the calendar.
func (c *Client) NameCalendar(ctx context.Context, fullNames bool) error {
	return c.do(ctx, http.MethodPut, "/calendar", nil, CalendarNames{fullNames}, nil)
}

// EndCalendar ends the address for good. That there is none is no error.
func (c *Client) EndCalendar(ctx context.Context) error {
	return c.do(ctx, http.MethodDelete, "/calendar", nil, nil, nil)
}
