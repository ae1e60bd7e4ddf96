package web

import (
	"encoding/json"
	"net/http"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// passkeyRoutes are signing in without a password. A passkey speaks through a
// script (static/kith-passkey.js), which asks the begin routes what it is to
// sign and sends the answer with the form.
func (s *site) passkeyRoutes() []route {
	return []route{
		{pattern: "GET /settings/passkeys", do: s.passkeys},
		{pattern: "POST /settings/passkeys/begin", do: s.beginPasskey},
		{pattern: "POST /settings/passkeys", do: s.addPasskey},
		{pattern: "POST /settings/passkeys/{id}/rename", do: s.renamePasskey},
		{pattern: "POST /settings/passkeys/{id}/remove", do: s.removePasskey},
		{pattern: "POST /sign-in/passkey/begin", anyone: true, do: s.beginPasskeySignIn},
		{pattern: "POST /sign-in/passkey", anyone: true, do: s.post("sign-in", s.passkeySignIn)},
	}
}

// passkeysPage lists a member's passkeys.
type passkeysPage struct {
	List  []passkey
	Wrong string
	Of    string // the passkey it is about; empty: a new one
	Name  string // as it was typed
}

type passkey struct{ ID, Name, Made, Used string }

func (s *site) passkeys(q *request) (templ.Component, error) {
	return s.passkeysPage(q, &passkeysPage{})
}

func (s *site) passkeysPage(q *request, k *passkeysPage) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.app.Passkeys(ctx, q.who)
	if err != nil {
		return nil, err
	}
	for i := range all {
		x := &all[i]
		k.List = append(k.List, passkey{x.ID, x.Name, day(ctx, x.CreatedAt, now), lately(ctx, x.UsedAt, now)})
	}
	return passkeysView(s.page(q, "settings", say(ctx, "passkeys.title")), k), nil
}

// ceremony is what the script gets: what a passkey is to sign, or why not.
type ceremony struct {
	Ceremony string          `json:"ceremony,omitempty"`
	Options  json.RawMessage `json:"options,omitempty"`
	Wrong    string          `json:"wrong,omitempty"`
}

// begun answers the script.
func (q *request) begun(c app.Ceremony, err error) (templ.Component, error) {
	answer, status := ceremony{Ceremony: c.ID, Options: c.Options}, http.StatusOK
	if err != nil {
		answer, status = ceremony{Wrong: said(q.Context(), err)}, app.Status(err)
	}
	data, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	q.w.Header().Set("Content-Type", "application/json")
	q.w.WriteHeader(status)
	_, _ = q.w.Write(data) // or the connection is gone
	return nil, nil
}

func (s *site) beginPasskey(q *request) (templ.Component, error) {
	return q.begun(s.app.BeginPasskey(q.Context(), q.who, q.PostForm.Get("current")))
}

func (s *site) addPasskey(q *request) (templ.Component, error) {
	_, err := s.app.AddPasskey(q.Context(), q.who, q.PostForm.Get("ceremony"), q.PostForm.Get("name"), []byte(q.PostForm.Get("response")))
	return s.passkeyDone(q, "", err)
}

func (s *site) renamePasskey(q *request) (templ.Component, error) {
	id := q.PathValue("id")
	return s.passkeyDone(q, id, s.app.RenamePasskey(q.Context(), q.who, id, q.PostForm.Get("name")))
}

func (s *site) removePasskey(q *request) (templ.Component, error) {
	id := q.PathValue("id")
	return s.passkeyDone(q, id, s.app.RemovePasskey(q.Context(), q.who, id))
}

// passkeyDone leads back to the list, or says there what did not work with one.
func (s *site) passkeyDone(q *request, id string, err error) (templ.Component, error) {
	if err == nil {
		return q.seeOther("/settings/passkeys")
	}
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		return s.passkeysPage(q, &passkeysPage{Wrong: wrong, Of: id, Name: kith.CleanLine(q.PostForm.Get("name"))})
	})
}

func (s *site) beginPasskeySignIn(q *request) (templ.Component, error) {
	if s.opt.Allow != nil && !s.opt.Allow(s.opt.Caller(q.Request)) {
		return q.begun(app.Ceremony{}, errOften)
	}
	return q.begun(s.app.BeginPasskeySignIn(q.Context()))
}

func (s *site) passkeySignIn(q *request) (templ.Component, error) {
	session, err := s.app.SignInWithPasskey(q.Context(), q.PostForm.Get("ceremony"), []byte(q.PostForm.Get("response")), s.visit(q))
	if err != nil {
		return nil, err
	}
	if err := s.opt.Browsers.Begin(q.Context(), &session); err != nil {
		return nil, err
	}
	return s.arrive(q)
}

// newName is what a new passkey was to be called.
func newName(k *passkeysPage) string {
	if k.Of != "" {
		return ""
	}
	return k.Name
}
