package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kith/internal/app"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// Options are how the API is served.
type Options struct {
	// Clock is the time limits are counted by; nil is the machine's.
	Clock func() time.Time
	// Log gets what went wrong inside; nil drops it.
	Log *slog.Logger
	// Limits counts calls, shared with other faces; nil makes some.
	Limits *Limits
	// Session finds who a request's session cookie stands for. nil: no session
	// is known, and only tokens are.
	Session func(*http.Request) (app.Actor, error)
	// Sessions gives browsers their cookie when they sign in; its LoadAndSave
	// wraps the mux. nil: nobody signs in here. Session is its Actor if it is
	// nil.
	Sessions *app.Browsers
	// Caller names whoever sends a request that is not signed in, for limits:
	// their address, seen past trusted proxies. nil takes the connection's.
	Caller func(*http.Request) string
}

// service is the API being built.
type service struct {
	app    *app.App
	opt    Options
	api    huma.API
	routes map[string]bool // policy rows that have a handler
	errs   []error
}

// New puts the API on mux. It fails if a route has no row in the policy table
// or a row no route.
func New(a *app.App, mux *http.ServeMux, opt Options) error {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Limits == nil {
		opt.Limits = NewLimits(opt.Clock)
	}
	if opt.Caller == nil {
		opt.Caller = func(r *http.Request) string { return r.RemoteAddr }
	}
	if opt.Session == nil && opt.Sessions != nil {
		opt.Session = func(r *http.Request) (app.Actor, error) { return opt.Sessions.Actor(r.Context()) }
	}
	s := &service{app: a, opt: opt, routes: map[string]bool{}}
	s.api = humago.NewWithPrefix(mux, Prefix, config())
	s.api.UseMiddleware(s.admit)
	s.accountRoutes()
	s.signUpRoutes()
	s.sessionRoutes()
	s.passwordRoutes()
	s.tokenRoutes()
	s.passkeyRoutes()
	s.codeRoutes()
	s.calendarRoutes()
	s.memberRoutes()
	s.eventRoutes()
	s.invitationRoutes()
	s.cardRoutes()
	s.verdictRoutes()
	s.questionRoutes()
	s.preflightRoutes()
	s.connectionRoutes()
	s.messageRoutes()
	s.blockRoutes()
	s.profileRoutes()
	s.photoRoutes()
	s.settingRoutes()
	s.personRoutes()
	s.coachRoutes()
	s.dutyRoutes()
	s.mailRoutes()
	s.standingRoutes()
	s.auditRoutes()
	s.reportRoutes()
	s.moderationRoutes()
	s.importRoutes()
	s.contactRoutes()
	s.elsewhereRoutes()
	s.exportRoutes()
	nowhere(mux)
	for i := range policies {
		if id := policies[i].id; !s.routes[id] {
			s.errs = append(s.errs, fmt.Errorf("the policy row %s has no route", id))
		}
	}
	return errors.Join(s.errs...)
}

func config() huma.Config {
	c := huma.DefaultConfig("Kith", "1")
	c.Info.Description = "A professional network whose heart is the invitation."
	c.Servers = []*huma.Server{{URL: Prefix}}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/openapi", "", ""
	c.CreateHooks = nil // no $schema field in bodies, no Link header
	c.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "a token made under /tokens"},
		"session": {Type: "apiKey", In: "cookie", Name: "kith", Description: "made by signing in"},
	}
	return c
}

// handle gives the route of a policy row its handler.
func handle[I, O any](s *service, id string, do func(context.Context, app.Actor, *I) (*O, error)) {
	i := slices.IndexFunc(policies, func(p policy) bool { return p.id == id })
	if i < 0 {
		s.errs = append(s.errs, fmt.Errorf("the route %s has no row in the policy table", id))
		return
	}
	if s.routes[id] {
		s.errs = append(s.errs, fmt.Errorf("the route %s has two handlers", id))
		return
	}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[I]()) {
		if f.Anonymous && !f.IsExported() { // huma would pass it by, and what is in it
			s.errs = append(s.errs, fmt.Errorf("the request of the route %s embeds %s, which is not exported", id, f.Name))
		}
	}
	p := &policies[i]
	s.routes[id] = true
	huma.Register(s.api, p.operation(), func(ctx context.Context, in *I) (*O, error) {
		who, _ := ctx.Value(actorKey{}).(app.Actor)
		key := onceFor(ctx)
		if !p.writes() || p.alone {
			key = ""
		}
		out, err := once(ctx, s.app, who, key, id, in, do)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// onceFor is the idempotency key of a request, if it has one.
func onceFor(ctx context.Context) string {
	key, _ := ctx.Value(onceKey{}).(string)
	return key
}

// once does a request, under its key if it has one.
func once[I, O any](ctx context.Context, a *app.App, who app.Actor, key, id string, in *I, do func(context.Context, app.Actor, *I) (*O, error)) (*O, error) {
	if key == "" {
		return do(ctx, who, in)
	}
	asked, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(asked) // equal for equal requests
	return app.Once(ctx, a, who, key, id+" "+hex.EncodeToString(sum[:]), func(ctx context.Context) (*O, error) { return do(ctx, who, in) })
}

func (p *policy) operation() huma.Operation {
	op := huma.Operation{
		OperationID: p.id, Method: p.method, Path: p.path, Summary: p.summary, Tags: []string{p.tag},
		MaxBodyBytes: maxBody, BodyReadTimeout: bodyTimeout, Metadata: map[string]any{"policy": p},
	}
	if p.method == http.MethodPost {
		op.DefaultStatus = http.StatusOK
	}
	if !p.anyone {
		op.Security = []map[string][]string{{"token": {p.scope.String()}}, {"session": {}}}
	}
	if p.writes() && (!p.alone || p.keyed) {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: new(app.MaxKey)},
			Description: "does this once, however often it is sent; kept for 24 hours",
		})
	}
	return op
}
