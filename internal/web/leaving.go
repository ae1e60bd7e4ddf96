package web

import (
	"io"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"kith/internal/app"
)

// leavingRoutes change the account itself, each for whoever has its password.
func (s *site) leavingRoutes() []route {
	return []route{
		{pattern: "POST /settings/email", do: s.proven("email", s.changeEmail)},
		{pattern: "POST /settings/password", do: s.proven("password", s.changePassword)},
		{pattern: "POST /settings/export", do: s.proven("export", s.askExport)},
		{pattern: "POST /settings/archive", do: s.archive},
		{pattern: "POST /settings/leave", do: s.proven("leave", s.leave)},
		{pattern: "POST /settings/erase", do: s.proven("erase", s.askErasure)},
		{pattern: "POST /settings/stay", do: s.stopErasure},
	}
}

// proven does what a form of the settings asks for. What does not work is said
// there.
func (s *site) proven(key string, do func(q *request, current string) (templ.Component, error)) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) {
		shown, err := do(q, q.PostForm.Get("current"))
		if err == nil {
			return shown, nil
		}
		return s.again(q, err, func(wrong string) (templ.Component, error) {
			return s.settingsPage(q, nil, &wanted{Open: key, Wrong: wrong})
		})
	}
}

func (s *site) changeEmail(q *request, current string) (templ.Component, error) {
	if err := s.app.ChangeEmail(q.Context(), q.who, q.PostForm.Get("email"), current); err != nil {
		return nil, err
	}
	s.flash(q, "email")
	return q.seeOther("/settings")
}

func (s *site) changePassword(q *request, current string) (templ.Component, error) {
	if err := s.app.ChangePassword(q.Context(), q.who, current, q.PostForm.Get("password")); err != nil {
		return nil, err
	}
	s.flash(q, "password")
	return q.seeOther("/settings")
}

// exported is a download that can be fetched once.
type exported struct{ Secret, Until string }

func (s *site) askExport(q *request, current string) (templ.Component, error) {
	ctx := q.Context()
	secret, until, err := s.app.AskExport(ctx, q.who, current)
	if err != nil {
		return nil, err
	}
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	return exportView(s.page(q, "settings", say(ctx, "export.title")), exported{secret, clock(ctx, until, now)}), nil
}

// downloadTimeout is how long an export may take to leave: 500 MB over a line of
// 10 megabit a second.
const downloadTimeout = 10 * time.Minute

// archive hands out an export.
func (s *site) archive(q *request) (templ.Component, error) {
	f, err := s.app.Archive(q.Context(), q.who, q.PostForm.Get("secret"))
	if err != nil {
		return nil, err
	}
	// An error only means that the connection cannot be timed.
	_ = http.NewResponseController(q.w).SetWriteDeadline(time.Now().Add(downloadTimeout))
	q.w.Header().Set("Content-Type", "application/zip")
	q.w.Header().Set("Content-Disposition", `attachment; filename="kith-export.zip"`)
	q.w.Header().Set("X-Content-Type-Options", "nosniff")
	// The member has gone away if this fails: there is nobody to tell.
	_, _ = io.Copy(q.w, f)
	_ = f.Close()
	return nil, nil
}

func (s *site) leave(q *request, current string) (templ.Component, error) {
	if err := s.app.Leave(q.Context(), q.who, current); err != nil {
		return nil, err
	}
	if err := s.opt.Browsers.End(q.Context()); err != nil {
		return nil, err
	}
	q.who = app.Actor{}
	return s.told(q, "left"), nil
}

func (s *site) askErasure(q *request, current string) (templ.Component, error) {
	if _, err := s.app.AskErasure(q.Context(), q.who, current); err != nil {
		return nil, err
	}
	s.flash(q, "erase")
	return q.seeOther("/settings")
}

func (s *site) stopErasure(q *request) (templ.Component, error) {
	if err := s.app.StopErasure(q.Context(), q.who); err != nil {
		return nil, err
	}
	s.flash(q, "stay")
	return q.seeOther("/settings")
}

// looked is one look at something of the member's by whoever runs this Kith.
type looked struct{ Text string }

// looks is a page of them.
type looks struct {
	List []looked
	Next string
}

// inLooks is how many looks a page lists.
const inLooks = 50

// looks lists who looked at something of the member's.
func (s *site) looks(q *request) (templ.Component, error) {
	list, next, err := s.app.Audit(q.Context(), q.who, cursorOf(q.URL.Query()), inLooks)
	if err != nil {
		return nil, err
	}
	var l looks
	for i := range list {
		l.List = append(l.List, looked{list[i].Text})
	}
	l.Next = onward("/settings/looks", next)
	return looksView(s.page(q, "settings", say(q.Context(), "looks.title")), &l), nil
}

// onward is where a list goes on; empty at its end.
func onward(path string, next app.Cursor) string {
	if next == (app.Cursor{}) {
		return ""
	}
	return path + "?" + cursorQuery(next)
}
