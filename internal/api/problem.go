package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kith"
)

// statuses is how each kind of failure is said in HTTP.
var statuses = map[kith.Kind]int{
	kith.Internal: http.StatusInternalServerError,
	kith.Invalid:  http.StatusUnprocessableEntity,
	kith.NotFound: http.StatusNotFound,
	kith.Limit:    http.StatusRequestEntityTooLarge,
	kith.Conflict: http.StatusConflict,
	kith.Denied:   http.StatusForbidden,
	kith.SignIn:   http.StatusUnauthorized,
	kith.Busy:     http.StatusServiceUnavailable,
}

// tooMany as the field of a Busy error makes it "too many requests".
const tooMany = "rate"

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
	status := statuses[e.Kind]
	if e.Kind == kith.Busy && e.Field == tooMany {
		status = http.StatusTooManyRequests
	}
	m := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: e.Msg}
	if e.Field != "" && e.Field != tooMany {
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
