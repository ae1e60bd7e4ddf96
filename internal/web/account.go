package web

import (
	"net/http"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// accountRoutes are the ways in and out.
func (s *site) accountRoutes() []route {
	return []route{
		{pattern: "GET /welcome", anyone: true, do: s.form("welcome")},
		{pattern: "POST /welcome", anyone: true, do: s.post("welcome", s.welcome)},
		{pattern: "GET /sign-up", anyone: true, do: s.form("sign-up")},
		{pattern: "POST /sign-up", anyone: true, do: s.post("sign-up", s.signUp)},
		{pattern: "GET /sign-in", anyone: true, do: s.form("sign-in")},
		{pattern: "POST /sign-in", anyone: true, do: s.post("sign-in", s.signIn)},
		{pattern: "GET /verify", anyone: true, do: s.form("verify")},
		{pattern: "POST /verify", anyone: true, do: s.post("verify", s.verify)},
		{pattern: "GET /forgot", anyone: true, do: s.form("forgot")},
		{pattern: "POST /forgot", anyone: true, do: s.post("forgot", s.forgot)},
		{pattern: "GET /reset", anyone: true, do: s.form("reset")},
		{pattern: "POST /reset", anyone: true, do: s.post("reset", s.reset)},
		{pattern: "POST /sign-out", anyone: true, do: s.signOut},
	}
}

// field is one line of a form. What is typed is never shown again but for name
// and address; a secret travels in a hidden field.
type field struct {
	Name, Type, Complete string
	Help                 bool
	keep                 bool
	Value                string
}

var (
	nameField     = field{Name: "name", Type: "text", Complete: "name", keep: true}
	emailField    = field{Name: "email", Type: "email", Complete: "username", keep: true}
	passwordField = field{Name: "password", Type: "password", Complete: "current-password"}
	newPassword   = field{Name: "password", Type: "password", Complete: "new-password", Help: true}
	codeField     = field{Name: "code", Type: "text", Complete: "one-time-code", keep: true}
	secretField   = field{Name: "secret", Type: "hidden", keep: true}
)

// forms are the forms of people who are not signed in, by their page. Their
// texts stand under sign.<page>.
var forms = map[string][]field{
	"welcome": {secretField, nameField, emailField, newPassword},
	"sign-up": {codeField, nameField, emailField, newPassword},
	"sign-in": {emailField, passwordField},
	"verify":  {secretField, passwordField},
	"forgot":  {emailField},
	"reset":   {secretField, newPassword},
}

// sheet is a form as it is shown.
type sheet struct {
	Name   string // of its page
	Next   string // of signing in: where it leads on to; empty: the desk
	Fields []field
	Wrong  string   // what did not work
	Ways   []string // pages that lead on
}

// ways are the pages that lead on from a form.
var ways = map[string][]string{"sign-in": {"forgot", "sign-up"}, "sign-up": {"sign-in"}, "forgot": {"sign-in"}, "verify": {"sign-in"}, "reset": {"forgot"}}

// sheet makes the form of a page, with what may stand in it already.
func (s *site) sheet(q *request, name, wrong string) templ.Component {
	sh := sheet{Name: name, Next: ownAddress(q.typed("next")), Wrong: wrong}
	for _, way := range ways[name] {
		if way != "sign-up" || s.opt.SignUp != app.SignUpClosed {
			sh.Ways = append(sh.Ways, way)
		}
	}
	for _, f := range forms[name] {
		if f.Name == "code" && s.opt.SignUp == app.SignUpOpen {
			continue
		}
		if f.keep {
			f.Value = kith.CleanLine(q.typed(f.Name))
		}
		sh.Fields = append(sh.Fields, f)
	}
	p := s.page(q, "", say(q.Context(), "sign."+name+".title"))
	if name == "welcome" {
		p.Step = say(q.Context(), "frame.step", 1, 3)
	}
	return signForm(p, sh)
}

// typed is what stands in a form already: what was sent, or what the link to it
// holds. Never FormValue: it would read a body nobody asked for.
func (q *request) typed(name string) string {
	if q.Method == http.MethodPost {
		return q.PostForm.Get(name)
	}
	return q.URL.Query().Get(name)
}

// errOften answers too many tries.
var errOften = &kith.Error{Kind: kith.Busy, Field: app.TooMany, Msg: "too many tries; wait a minute"}

// form shows a form. Nothing is done by looking at it, whatever link led there.
func (s *site) form(name string) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) { return s.sheet(q, name, ""), nil }
}

// post does what a form asks for; what does not work is said above the form,
// which keeps what was typed.
func (s *site) post(name string, do func(*request) (templ.Component, error)) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) {
		if s.opt.Allow != nil && !s.opt.Allow(s.opt.Caller(q.Request)) {
			return nil, errOften
		}
		shown, err := do(q)
		if err == nil {
			return shown, nil
		}
		if kith.KindOf(err) == kith.Internal {
			return nil, err
		}
		s.show(q, app.Status(err), s.sheet(q, name, said(q.Context(), err)))
		return nil, nil
	}
}

func (s *site) visit(q *request) app.Visit {
	return app.Visit{Agent: q.UserAgent(), Caller: s.opt.Caller(q.Request)}
}

func (s *site) welcome(q *request) (templ.Component, error) {
	_, err := s.app.SignUp(q.Context(), app.SignUpForm{Name: q.PostFormValue("name"), Email: q.PostFormValue("email"),
		Password: q.PostFormValue("password"), First: q.PostFormValue("secret")})
	if err != nil {
		return nil, err
	}
	return s.signIn(q)
}

func (s *site) signUp(q *request) (templ.Component, error) {
	_, err := s.app.SignUp(q.Context(), app.SignUpForm{Name: q.PostFormValue("name"), Email: q.PostFormValue("email"),
		Password: q.PostFormValue("password"), Code: q.PostFormValue("code")})
	if err != nil {
		return nil, err
	}
	return s.told(q, "sent"), nil
}

func (s *site) signIn(q *request) (templ.Component, error) {
	session, err := s.app.SignIn(q.Context(), q.PostFormValue("email"), q.PostFormValue("password"), s.visit(q))
	if err != nil {
		return nil, err
	}
	if err := s.opt.Browsers.Begin(q.Context(), &session); err != nil {
		return nil, err
	}
	return s.arrive(q)
}

func (s *site) signOut(q *request) (templ.Component, error) {
	if err := s.opt.Browsers.End(q.Context()); err != nil {
		return nil, err
	}
	return q.seeOther("/sign-in")
}

func (s *site) verify(q *request) (templ.Component, error) {
	if err := s.app.Confirm(q.Context(), q.who, q.PostFormValue("secret"), q.PostFormValue("password")); err != nil {
		return nil, err
	}
	return s.told(q, "verified"), nil
}

func (s *site) forgot(q *request) (templ.Component, error) {
	if err := s.app.ForgotPassword(q.Context(), q.PostFormValue("email")); err != nil {
		return nil, err
	}
	return s.told(q, "sent"), nil
}

func (s *site) reset(q *request) (templ.Component, error) {
	if err := s.app.ResetPassword(q.Context(), q.PostFormValue("secret"), q.PostFormValue("password")); err != nil {
		return nil, err
	}
	return s.told(q, "changed"), nil
}

// told is a page that says what was done, and the way on.
func (s *site) told(q *request, what string) templ.Component {
	return toldPage(s.page(q, "", say(q.Context(), "told."+what+".title")), what)
}
