package api

import (
	"context"

	"kith/client"
	"kith/internal/app"
)

// onWords are the words for what is reported.
var onWords = []string{"invitation", "connection", "profile", "message"}

func (s *service) reportRoutes() {
	handle(s, "report", func(ctx context.Context, who app.Actor, in *struct{ Body client.Accusation }) (*struct{}, error) {
		b := &in.Body
		return &struct{}{}, s.app.Report(ctx, who, app.Accusation{On: number[app.ReportOn](onWords, b.On), ID: b.ID, Reason: b.Reason, Words: b.Words})
	})
	handle(s, "list-reports", func(ctx context.Context, who app.Actor, in *Page) (*reply[client.Reports], error) {
		after, err := readCursor("reports", in.After)
		if err != nil {
			return nil, err
		}
		list, next, err := s.app.Reports(ctx, who, after, in.Limit)
		if err != nil {
			return nil, err
		}
		out := client.Reports{Reports: make([]client.Report, len(list)), Next: cursor("reports", next)}
		for i := range list {
			r := &list[i]
			out.Reports[i] = client.Report{On: onWords[r.On], ID: r.ID, Other: named(r.Other), Reason: r.Reason, Words: r.Words, At: r.At, LookedAt: r.LookedAt}
		}
		return &reply[client.Reports]{out}, nil
	})
}
