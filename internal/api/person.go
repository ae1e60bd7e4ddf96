package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// memberPage asks for a page of a list that belongs to another member.
type memberPage struct {
	OnMember
	Page
}

func (s *service) personRoutes() {
	type search struct {
		Name string `query:"name" required:"true" minLength:"2" maxLength:"600" doc:"how the name begins, first name first; case and accents do not matter"`
	}
	handle(s, "find-people", func(ctx context.Context, who app.Actor, in *search) (*reply[client.Faces], error) {
		found, err := s.app.PeopleNamed(ctx, who, in.Name)
		return faces("", found, "", err)
	})
	handle(s, "get-person", func(ctx context.Context, who app.Actor, in *OnMember) (*reply[client.Person], error) {
		p, err := s.app.Person(ctx, who, in.Member)
		if err != nil {
			return nil, err
		}
		return &reply[client.Person]{wirePerson(&p)}, nil
	})
	handle(s, "list-connections-of", listFaces("connections-of/", s.app.ConnectionsOf))
	handle(s, "list-mutuals", listFaces("mutuals/", s.app.Mutuals))
}

// listFaces makes the handler of a list of members that belongs to one.
func listFaces(list string, verb func(context.Context, app.Actor, kith.MemberID, kith.MemberID, int) ([]app.Face, kith.MemberID, error),
) func(context.Context, app.Actor, *memberPage) (*reply[client.Faces], error) {
	return func(ctx context.Context, who app.Actor, in *memberPage) (*reply[client.Faces], error) {
		name := list + string(in.Member)
		after, err := readCursor(name, in.After)
		if err != nil {
			return nil, err
		}
		found, next, err := verb(ctx, who, in.Member, kith.MemberID(after.ID), in.Limit)
		return faces(name, found, next, err)
	}
}

// faces answers with what a verb gave.
func faces(list string, found []app.Face, next kith.MemberID, err error) (*reply[client.Faces], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Faces]{client.Faces{People: wireFaces(found), Next: cursor(list, app.Cursor{ID: string(next)})}}, nil
}

func wireFaces(list []app.Face) []client.Face {
	out := make([]client.Face, len(list))
	for i, f := range list {
		out[i] = client.Face{ID: string(f.ID), Name: f.Name, Headline: f.Headline, Photo: photoPath(f.ID, f.Photo, app.PhotoSizes[1])}
	}
	return out
}

func wirePerson(p *app.Person) client.Person {
	r := &p.Relation
	out := client.Person{
		ID: string(p.ID), Photo: photoPath(p.ID, p.Photo, app.PhotoSizes[0]), Profile: wireProfile(&p.Profile), Degree: p.Degree,
		Mutual: known(&p.Mutual), Mutuals: wireFaces(p.Mutuals), Connections: known(&p.Connections),
		Relation: client.Relation{Connected: r.Connected, Since: r.Since, Sent: string(r.Sent), Received: string(r.Received),
			AgainAt: r.AgainAt, Blocked: r.Blocked},
		Invites: app.InvitesChoices.Word(p.Invites), NotNowUntil: p.NotNowUntil,
	}
	if p.Policy != nil {
		policy := wirePolicy(p.Policy)
		out.Policy = &policy
	}
	return out
}

// known gives the value of a fact, nil if it is unknown.
func known(o *kith.Opt[int]) *int {
	if !o.Known() {
		return nil
	}
	return &o.Val
}
