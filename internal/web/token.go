package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// tokenRoutes are the programs that act for a member, and the codes that let
// others in.
func (s *site) tokenRoutes() []route {
	return []route{
		{pattern: "GET /settings/tokens", do: s.tokens},
		{pattern: "POST /settings/tokens", do: s.createToken},
		{pattern: "POST /settings/tokens/{id}/revoke", do: s.revokeToken},
		{pattern: "GET /settings/codes", do: s.codes},
		{pattern: "POST /settings/codes", do: s.createCode},
		{pattern: "POST /settings/codes/{id}/revoke", do: s.revokeCode},
	}
}

// tokensPage lists the tokens and makes another. What was typed stays.
type tokensPage struct {
	List   []token
	Secret string // of the one just made, shown this once
	Wrong  string
	Name   string
	Scopes []scopeChoice
	Days   []daysChoice
}

// token is a credential of a program.
type token struct {
	ID, Name, Made, Until, Used string
	Scopes                      []string
}

// scopeChoice is something a token may be for.
type scopeChoice struct {
	Word   string
	Chosen bool
}

// daysChoice is how long a token may work; 0: until it is revoked.
type daysChoice struct {
	Days   int
	Chosen bool
}

// tokenDays are the lengths of life offered for a token, the usual first.
var tokenDays = []int{90, 30, 365, 0}

func (s *site) tokens(q *request) (templ.Component, error) { return s.tokensPage(q, "", "") }

func (s *site) tokensPage(q *request, secret, wrong string) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Tokens(ctx, q.who)
	if err != nil {
		return nil, err
	}
	t := &tokensPage{Secret: secret, Wrong: wrong}
	for i := range all {
		t.List = append(t.List, tokenOf(ctx, &all[i], now))
	}
	chosen, days := app.ScopeRead, tokenDays[0]
	if wrong != "" {
		t.Name = kith.CleanLine(q.PostForm.Get("name"))
		chosen, _ = readScopes(q)
		days, _ = readDays(q)
	}
	for _, word := range strings.Fields((app.AllScopes(q.who.Role) &^ app.ScopeAccount).String()) {
		one, err := app.ParseScopes(word)
		if err != nil {
			return nil, err
		}
		t.Scopes = append(t.Scopes, scopeChoice{word, chosen.Has(one)})
	}
	for _, n := range tokenDays {
		t.Days = append(t.Days, daysChoice{n, n == days})
	}
	return tokensView(s.page(q, "settings", say(ctx, "tokens.title")), t), nil
}

func tokenOf(ctx context.Context, t *app.Token, now time.Time) token {
	return token{ID: t.ID, Name: t.Name, Made: day(ctx, t.CreatedAt, now), Until: day(ctx, t.ExpiresAt, now), Used: lately(ctx, t.UsedAt, now),
		Scopes: strings.Fields(t.Scopes.String())}
}

func readScopes(q *request) (app.Scopes, error) {
	return app.ParseScopes(strings.Join(q.PostForm["scope"], " "))
}

// readDays reads how long a token may work.
func readDays(q *request) (days int, err error) {
	if days, err = strconv.Atoi(q.PostForm.Get("days")); err != nil || days < 0 || days > 3650 {
		return 0, errNoChoice
	}
	return days, nil
}

// createToken makes a token and shows its secret, this once.
func (s *site) createToken(q *request) (templ.Component, error) {
	secret, err := s.newToken(q)
	if err != nil {
		return s.again(q, err, func(wrong string) (templ.Component, error) { return s.tokensPage(q, "", wrong) })
	}
	return s.tokensPage(q, secret, "")
}

func (s *site) newToken(q *request) (secret string, err error) {
	f := app.TokenForm{Name: q.PostForm.Get("name"), Password: q.PostForm.Get("current")}
	if f.Scopes, err = readScopes(q); err != nil {
		return "", err
	}
	days, err := readDays(q)
	if err != nil {
		return "", err
	}
	if days > 0 {
		now, err := s.app.Now(q.Context())
		if err != nil {
			return "", err
		}
		f.ExpiresAt = now.Add(time.Duration(days) * kith.Day)
	}
	_, secret, err = s.app.CreateToken(q.Context(), q.who, f)
	return secret, err
}

func (s *site) revokeToken(q *request) (templ.Component, error) {
	if err := s.app.RevokeToken(q.Context(), q.who, q.PathValue("id")); err != nil {
		return nil, err
	}
	return q.seeOther("/settings/tokens")
}

// codesPage lists the codes a member made, and makes another.
type codesPage struct {
	List        []code
	Secret      string // of the one just made, shown this once
	Link, Wrong string
}

// code lets one person in.
type code struct {
	ID, Made, Until, Used string
	Works                 bool
}

func (s *site) codes(q *request) (templ.Component, error) { return s.codesPage(q, &codesPage{}) }

func (s *site) codesPage(q *request, c *codesPage) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Codes(ctx, q.who)
	if err != nil {
		return nil, err
	}
	for i := range all {
		x := &all[i]
		c.List = append(c.List, code{ID: x.ID, Made: day(ctx, x.CreatedAt, now), Until: day(ctx, x.ExpiresAt, now), Used: day(ctx, x.UsedAt, now),
			Works: x.UsedAt.IsZero() && x.ExpiresAt.After(now)})
	}
	return codesView(s.page(q, "settings", say(ctx, "codes.title")), c), nil
}

// createCode makes a code and shows it, this once.
func (s *site) createCode(q *request) (templ.Component, error) {
	_, secret, err := s.app.CreateCode(q.Context(), q.who)
	if err != nil {
		return s.again(q, err, func(wrong string) (templ.Component, error) { return s.codesPage(q, &codesPage{Wrong: wrong}) })
	}
	return s.codesPage(q, &codesPage{Secret: secret, Link: s.app.SignUpLink(secret)})
}

func (s *site) revokeCode(q *request) (templ.Component, error) {
	if err := s.app.RevokeCode(q.Context(), q.who, q.PathValue("id")); err != nil {
		return nil, err
	}
	return q.seeOther("/settings/codes")
}
