package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) preflightRoutes() {
	handle(s, "preflight", func(ctx context.Context, who app.Actor, in *struct{ Body client.PreflightRequest }) (*reply[client.Preflight], error) {
		p, err := s.app.Preflight(ctx, who, kith.MemberID(in.Body.To), in.Body.Note)
		if err != nil {
			return nil, err
		}
		return &reply[client.Preflight]{wirePreflight(&p)}, nil
	})
	type draft struct {
		OnInvitation
		Kind string `query:"kind" enum:"verdict,ask,accept-and-see" default:"verdict" doc:"what the text is for"`
	}
	handle(s, "draft", func(ctx context.Context, who app.Actor, in *draft) (*reply[client.Text], error) {
		text, err := s.app.Draft(ctx, who, in.ID, app.DraftKind(in.Kind))
		if err != nil {
			return nil, err
		}
		return &reply[client.Text]{client.Text{Text: text}}, nil
	})
	handle(s, "draft-note", func(ctx context.Context, who app.Actor, in *struct{ Body client.DraftRequest }) (*reply[client.Text], error) {
		b := &in.Body
		text, err := s.app.DraftNote(ctx, who, kith.MemberID(b.To), app.Met{Where: b.MetWhere, At: b.MetAt})
		if err != nil {
			return nil, err
		}
		return &reply[client.Text]{client.Text{Text: text}}, nil
	})
}

func wirePreflight(p *app.Preflight) client.Preflight {
	out := client.Preflight{Verdict: p.Verdict, Refusal: p.Refusal, Findings: make([]client.Finding, len(p.Findings)),
		Received: string(p.Received), Left: p.Left}
	for i, f := range p.Findings {
		out.Findings[i] = client.Finding{ID: f.ID, Text: f.Text, Rule: f.Rule, Severity: f.Severity.String()}
	}
	if p.Policy != nil {
		policy := wirePolicy(p.Policy)
		out.Policy = &policy
	}
	return out
}
