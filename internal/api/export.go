package api

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"kith/client"
	"kith/internal/app"
)

func (s *service) exportRoutes() {
	handle(s, "ask-export", func(ctx context.Context, who app.Actor, in *body[client.Proof]) (*reply[client.Export], error) {
		secret, until, err := s.app.AskExport(ctx, who, in.Body.Password)
		if err != nil {
			return nil, err
		}
		return &reply[client.Export]{client.Export{Secret: secret, ExpiresAt: until}}, nil
	})
	handle(s, "download-export", func(ctx context.Context, who app.Actor, in *body[client.Permission]) (*download, error) {
		f, err := s.app.Archive(ctx, who, in.Body.Secret)
		if err != nil {
			return nil, err
		}
		return &download{ContentType: "application/zip", Disposition: `attachment; filename="kith-export.zip"`, Options: "nosniff",
			Body: func(c huma.Context) {
				answerWithin(c, fileTimeout)
				// The member has gone away if this fails: there is nobody to tell.
				_, _ = io.Copy(c.BodyWriter(), f)
				_ = f.Close()
			}}, nil
	})
	handle(s, "ask-erasure", func(ctx context.Context, who app.Actor, in *body[client.Proof]) (*reply[client.Erasure], error) {
		due, err := s.app.AskErasure(ctx, who, in.Body.Password)
		if err != nil {
			return nil, err
		}
		return &reply[client.Erasure]{client.Erasure{Due: due}}, nil
	})
	handle(s, "stop-erasure", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		return nil, s.app.StopErasure(ctx, who)
	})
}

// download is a file going out.
type download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Options     string `header:"X-Content-Type-Options"`
	Body        func(huma.Context)
}
