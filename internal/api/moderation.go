package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

// OnCase is where a request names a case.
type OnCase struct {
	ID string `path:"id" maxLength:"64" pattern:"^[0-9a-f]*$" doc:"the case"`
}

// casePage asks for a page of cases.
type casePage struct {
	Page
	State string `query:"state" enum:"open,upheld,dismissed" default:"open"`
}

// The words of the wire for the states of a case and the steps, in their order.
var (
	caseWords = []string{"open", "upheld", "dismissed"}
	stepWords = []string{"", "know-mail", "paused"}
)

func (s *service) moderationRoutes() {
	handle(s, "list-cases", s.listCases)
	handle(s, "look-at-case", func(ctx context.Context, who app.Actor, in *OnCase) (*reply[client.Case], error) {
		c, err := s.app.LookAtCase(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		return &reply[client.Case]{wireCase(&c)}, nil
	})
	type upholding struct {
		OnCase
		Body client.Ruling
	}
	handle(s, "uphold-case", func(ctx context.Context, who app.Actor, in *upholding) (*struct{}, error) {
		b := &in.Body
		return &struct{}{}, s.app.Uphold(ctx, who, in.ID, app.Ruling{Step: number[app.Step](stepWords, b.Step), Weeks: b.Weeks,
			AtOnce: b.AtOnce, Close: b.Close, Words: b.Words})
	})
	type dismissing struct {
		OnCase
		Body client.Remark
	}
	handle(s, "dismiss-case", func(ctx context.Context, who app.Actor, in *dismissing) (*struct{}, error) {
		return &struct{}{}, s.app.Dismiss(ctx, who, in.ID, in.Body.Words)
	})
}

func (s *service) listCases(ctx context.Context, who app.Actor, in *casePage) (*reply[client.Cases], error) {
	list := "cases-" + in.State
	after, err := readCursor(list, in.After)
	if err != nil {
		return nil, err
	}
	cases, next, err := s.app.Cases(ctx, who, number[app.CaseState](caseWords, in.State), after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Cases{Cases: make([]client.CaseEntry, len(cases)), Next: cursor(list, next)}
	for i := range cases {
		c := &cases[i]
		out.Cases[i] = client.CaseEntry{ID: c.ID, Kind: c.Kind.String(), State: c.State.String(), OpenedAt: c.OpenedAt, ClosedAt: c.ClosedAt, Reports: c.Reports}
	}
	return &reply[client.Cases]{out}, nil
}

func wireCase(c *app.Case) client.Case {
	out := client.Case{ID: c.ID, Kind: c.Kind, OpenedAt: c.OpenedAt, About: named(c.About), Reports: make([]client.CaseReport, len(c.Reports)),
		Appeals: make([]client.CaseAppeal, len(c.Appeals)), Sent: c.Sent, Complaints: c.Complaints, Standing: wireStanding(&c.Standing),
		Upheld: c.Upheld, Dismissed: c.Dismissed}
	for i := range c.Reports {
		r := &c.Reports[i]
		out.Reports[i] = client.CaseReport{On: onWords[r.On], Reason: r.Reason, Words: r.Words, Evidence: r.Evidence, At: r.At, Failed: r.Failed}
	}
	for i := range c.Appeals {
		p := &c.Appeals[i]
		out.Appeals[i] = client.CaseAppeal{Step: p.Step.String(), ByDesk: p.ByDesk, From: p.From, Until: p.Until, At: p.At, Words: p.Words}
	}
	return out
}
