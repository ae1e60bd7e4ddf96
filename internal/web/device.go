package web

import (
	"github.com/a-h/templ"
)

// deviceRoutes are the browsers a member is signed in with.
func (s *site) deviceRoutes() []route {
	return []route{
		{pattern: "GET /settings/devices", do: s.devices},
		{pattern: "POST /settings/devices/others", do: s.endOthers},
		{pattern: "POST /settings/devices/{id}/end", do: s.endDevice},
		{pattern: "GET /settings/looks", do: s.looks},
	}
}

// device is one of them.
type device struct {
	ID, Name, Since, Seen string
	This                  bool
}

func (s *site) devices(q *request) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Sessions(ctx, q.who)
	if err != nil {
		return nil, err
	}
	var list []device
	for i := range all {
		d := device{ID: all[i].ID, Name: all[i].Device, Since: clock(ctx, all[i].CreatedAt, now), Seen: lately(ctx, all[i].SeenAt, now), This: all[i].ID == q.who.Credential}
		if d.This {
			list = append([]device{d}, list...)
		} else {
			list = append(list, d)
		}
	}
	return devicesView(s.page(q, "settings", say(ctx, "devices.title")), list), nil
}

func (s *site) endDevice(q *request) (templ.Component, error) {
	if err := s.app.EndSession(q.Context(), q.who, q.PathValue("id")); err != nil {
		return nil, err
	}
	return q.seeOther("/settings/devices")
}

func (s *site) endOthers(q *request) (templ.Component, error) {
	if err := s.app.EndOtherSessions(q.Context(), q.who); err != nil {
		return nil, err
	}
	return q.seeOther("/settings/devices")
}
