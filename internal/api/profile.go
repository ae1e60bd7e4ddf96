package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) profileRoutes() {
	handle(s, "get-profile", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Profile], error) {
		return profile(s.app.Profile(ctx, who))
	})
	type setting struct{ Body client.Profile }
	handle(s, "set-profile", func(ctx context.Context, who app.Actor, in *setting) (*reply[client.Profile], error) {
		return profile(s.app.SetProfile(ctx, who, readProfile(&in.Body)))
	})
}

// profile answers with what a verb gave.
func profile(p app.Profile, err error) (*reply[client.Profile], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Profile]{wireProfile(&p)}, nil
}

func wireProfile(p *app.Profile) client.Profile {
	out := client.Profile{Name: p.Name, Headline: p.Headline, Summary: p.Summary, Location: p.Location, Industry: p.Industry,
		Volunteering: p.Volunteering, Groups: p.Groups, Skills: p.Skills, Topics: p.Topics, Languages: p.Languages, Links: p.Links}
	for _, x := range p.Positions {
		out.Positions = append(out.Positions, client.Position(x))
	}
	for _, x := range p.Education {
		out.Education = append(out.Education, client.Education(x))
	}
	return out
}

func readProfile(p *client.Profile) app.Profile {
	out := app.Profile{Name: p.Name, Headline: p.Headline, Summary: p.Summary, Location: p.Location, Industry: p.Industry,
		Volunteering: p.Volunteering, Groups: p.Groups, Skills: p.Skills, Topics: p.Topics, Languages: p.Languages, Links: p.Links}
	for _, x := range p.Positions {
		out.Positions = append(out.Positions, kith.Position(x))
	}
	for _, x := range p.Education {
		out.Education = append(out.Education, kith.Education(x))
	}
	return out
}
