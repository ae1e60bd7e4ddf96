package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

func (s *service) coachRoutes() {
	handle(s, "coach", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Coaching], error) {
		c, err := s.app.Coach(ctx, who)
		if err != nil {
			return nil, err
		}
		out := client.Coaching{Verdict: c.Verdict, Chance: c.Chance, Seen: c.Seen, Advice: make([]client.Advice, len(c.Advice))}
		for i, a := range c.Advice {
			out.Advice[i] = client.Advice(a)
		}
		return &reply[client.Coaching]{out}, nil
	})
}
