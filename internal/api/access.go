package api

import (
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kith"
	"kith/internal/app"
)

type (
	actorKey  struct{}
	onceKey   struct{}
	callerKey struct{}
)

// admit finds out who calls, and lets them in as their policy row says.
func (s *service) admit(c huma.Context, next func(huma.Context)) {
	p, ok := c.Operation().Metadata["policy"].(*policy)
	if !ok { // cannot be: handle registers nothing without a row
		s.refuse(c, &kith.Error{Kind: kith.Denied, Msg: "this route is closed"})
		return
	}
	c.SetHeader("Cache-Control", "no-store")
	r, _ := humago.Unwrap(c)
	if !isText(r) {
		s.refuse(c, &kith.Error{Kind: kith.Invalid, Msg: "the address of this request holds bytes that are no text"})
		return
	}
	who, err := s.actor(r)
	if err == nil && !p.anyone {
		err = s.may(who, p)
	}
	if !s.limit(c, p, who, r) {
		return
	}
	if err != nil && !p.anyone {
		s.refuse(c, err)
		return
	}
	c = huma.WithValue(c, actorKey{}, who)
	c = huma.WithValue(c, callerKey{}, s.opt.Caller(r))
	next(huma.WithValue(c, onceKey{}, c.Header("Idempotency-Key")))
}

// isText reports whether the address of a request is text that both databases
// take. SQLite would keep a zero byte or broken UTF-8, PostgreSQL would fail.
func isText(r *http.Request) bool {
	query, err := url.QueryUnescape(r.URL.RawQuery)
	return err == nil && utf8.ValidString(r.URL.Path+query) && !strings.Contains(r.URL.Path+query, "\x00")
}

// may refuses a caller whose credential does not reach a route.
func (s *service) may(who app.Actor, p *policy) error {
	switch {
	case who.ID == "":
		return &kith.Error{Kind: kith.SignIn, Msg: "sign in, or send a token as Authorization: Bearer …"}
	case !who.Scopes.Has(p.scope):
		return &kith.Error{Kind: kith.Denied, Msg: "this needs the scope " + p.scope.String() + "; use a credential that has it"}
	}
	return nil
}

// actor finds who a request comes from: by its token, else by its session.
func (s *service) actor(r *http.Request) (app.Actor, error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return s.app.Authenticate(r.Context(), token)
	}
	if s.opt.Session == nil {
		return app.Actor{}, nil
	}
	return s.opt.Session(r)
}

// refuse answers with an error before a handler is reached.
func (s *service) refuse(c huma.Context, err error) {
	writeProblem(c, s.problem(c.Context(), err))
}

// answerWithin gives a request longer to be answered than the server gives all.
func answerWithin(c huma.Context, d time.Duration) {
	_, w := humago.Unwrap(c)
	// An error only means that the connection cannot be timed.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(d))
}
