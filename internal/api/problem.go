package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kith"
	"kith/internal/app"
)

// problem turns a failure into what a client is told: problem+json with the
// field named. What went wrong inside is logged, never told.
func (s *service) problem(ctx context.Context, err error) *huma.ErrorModel {
	var e *kith.Error
	if !errors.As(err, &e) || e.Kind == kith.Internal {
		if !errors.Is(err, context.Canceled) {
			s.opt.Log.ErrorContext(ctx, "a request failed", "error", err)
		}
		e = &kith.Error{Kind: kith.Internal, Msg: "something went wrong here; try again, and tell the operator if it stays"}
	}
	status := app.Status(e)
	m := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: e.Msg}
	if e.Field != "" && e.Field != app.TooMany {
		m.Errors = []*huma.ErrorDetail{{Message: e.Msg, Location: e.Field}}
	}
	return m
}

// writeProblem answers with a problem outside a handler.
func writeProblem(c huma.Context, m *huma.ErrorModel) {
	c.SetHeader("Content-Type", "application/problem+json")
	c.SetStatus(m.Status)
	// The connection may be gone; there is nobody to tell then.
	_ = json.NewEncoder(c.BodyWriter()).Encode(m)
}
