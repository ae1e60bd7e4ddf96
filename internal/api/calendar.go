package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) calendarRoutes() {
	type naming struct{ Body client.CalendarNames }
	handle(s, "get-calendar", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Calendar], error) {
		c, ok, err := s.app.Calendar(ctx, who)
		if err == nil && !ok {
			err = &kith.Error{Kind: kith.NotFound, Msg: "there is no calendar yet; make its address first"}
		}
		if err != nil {
			return nil, err
		}
		return &reply[client.Calendar]{client.Calendar{FullNames: c.FullNames, MadeAt: c.MadeAt}}, nil
	})
	handle(s, "make-calendar", func(ctx context.Context, who app.Actor, in *naming) (*reply[client.MadeCalendar], error) {
		address, err := s.app.MakeCalendar(ctx, who, in.Body.FullNames)
		if err != nil {
			return nil, err
		}
		return &reply[client.MadeCalendar]{client.MadeCalendar{Address: address}}, nil
	})
	handle(s, "name-calendar", func(ctx context.Context, who app.Actor, in *naming) (*struct{}, error) {
		return nil, s.app.NameCalendar(ctx, who, in.Body.FullNames)
	})
	handle(s, "end-calendar", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		return nil, s.app.EndCalendar(ctx, who)
	})
}
