package api

import (
	"context"
	"encoding/hex"
	"strings"

	"kith"
	"kith/client"
	"kith/internal/app"
)

type dutyID struct {
	ID string `path:"id" maxLength:"400" doc:"as the list gave it"`
}

func (s *service) dutyRoutes() {
	handle(s, "list-duties", s.listDuties)
	handle(s, "dismiss-duty", func(ctx context.Context, who app.Actor, in *dutyID) (*struct{}, error) {
		return nil, s.app.DismissDuty(ctx, who, unhex(in.ID))
	})
	handle(s, "list-dead-duties", s.listDeadDuties)
	handle(s, "revive-duty", func(ctx context.Context, who app.Actor, in *dutyID) (*struct{}, error) {
		owner, effect := deadDuty(in.ID)
		return nil, s.app.ReviveDuty(ctx, who, owner, effect)
	})
	handle(s, "discard-duty", func(ctx context.Context, who app.Actor, in *dutyID) (*struct{}, error) {
		owner, effect := deadDuty(in.ID)
		return nil, s.app.DiscardDuty(ctx, who, owner, effect)
	})
}

// Effects have characters that paths and cursors do not take; over the wire
// they are written in hex. What is no hex, or holds what no effect does, names
// nothing.
func unhex(id string) string {
	data, err := hex.DecodeString(id)
	if effect := string(data); err == nil && kith.CleanLine(effect) == effect {
		return effect
	}
	return ""
}

func deadDuty(id string) (kith.MemberID, string) {
	owner, effect, _ := strings.Cut(unhex(id), " ")
	return kith.MemberID(owner), effect
}

func (s *service) listDuties(ctx context.Context, who app.Actor, in *Page) (*reply[client.Duties], error) {
	after, err := readCursor("duties", in.After)
	if err != nil {
		return nil, err
	}
	after.ID = unhex(after.ID)
	list, next, err := s.app.Duties(ctx, who, after, in.Limit)
	if err != nil {
		return nil, err
	}
	next.ID = hex.EncodeToString([]byte(next.ID))
	out := client.Duties{Duties: make([]client.Duty, len(list)), Next: cursor("duties", next)}
	for i, d := range list {
		out.Duties[i] = client.Duty{ID: hex.EncodeToString([]byte(d.Effect)), Kind: d.Kind, Subject: d.Subject, Other: string(d.Other),
			Name: d.Name, Words: d.Words, DueAt: d.DueAt, Dismissible: d.Dismissible}
	}
	return &reply[client.Duties]{out}, nil
}

func (s *service) listDeadDuties(ctx context.Context, who app.Actor, in *Page) (*reply[client.DeadDuties], error) {
	after, err := readCursor("dead-duties", in.After)
	if err != nil {
		return nil, err
	}
	owner, effect := deadDuty(after.ID)
	list, err := s.app.DeadDuties(ctx, who, owner, effect, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.DeadDuties{Duties: make([]client.DeadDuty, len(list))}
	for i, d := range list {
		id := hex.EncodeToString([]byte(string(d.Owner) + " " + d.Effect))
		out.Duties[i] = client.DeadDuty{ID: id, Owner: string(d.Owner), Kind: d.Kind, About: d.About, DueAt: d.DueAt, Failure: d.Failure}
		if i == in.Limit-1 {
			out.Next = cursor("dead-duties", app.Cursor{ID: id})
		}
	}
	return &reply[client.DeadDuties]{out}, nil
}
