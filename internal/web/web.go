package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// Options are how pages are served.
type Options struct {
	// Browsers keeps who is signed in. Its LoadAndSave must wrap the handler.
	Browsers *app.Browsers
	// Caller names whoever sends a request, for limits: their address, seen past
	// trusted proxies.
	Caller func(*http.Request) string
	// Allow says whether somebody may try once more what can be guessed; nil
	// lets everybody.
	Allow func(caller string) bool
	// Missed counts a wrong address of a calendar, and says whether they may ask
	// for another; nil lets everybody. It is apart from Allow: the service that
	// reads many members' calendars comes from few addresses.
	Missed func(caller string) bool
	// SignUp says who may open an account, so that a page offers what works.
	SignUp app.SignUp
	// Log takes what went wrong inside; nil keeps it to itself.
	Log *slog.Logger
	// Demo, if not nil, says that this network is invented.
	Demo *Demo
}

// Demo is what pages may say of an invented network.
type Demo struct {
	Name string // of the member everybody is signed in as
	// Shared says that others can reach it: a banner tells everybody that all are
	// this person.
	Shared bool
}

// site is the pages being served.
type site struct {
	app    *app.App
	opt    Options
	assets *assets
	words  catalogue // in English
	others tongues
}

// New puts the pages on mux.
func New(a *app.App, mux *http.ServeMux, opt Options) error {
	_, err := newSite(a, mux, opt)
	return err
}

func newSite(a *app.App, mux *http.ServeMux, opt Options) (*site, error) {
	words, err := readCatalogue(firstLanguage)
	if err != nil {
		return nil, err
	}
	others, err := readTongues(words)
	if err != nil {
		return nil, err
	}
	files, err := newAssets()
	if err != nil {
		return nil, err
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	s := &site{app: a, opt: opt, assets: files, words: words, others: others}
	mux.Handle("GET "+assetPrefix, files)
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.handler(r))
	}
	for _, r := range slices.Concat(waysBack(s.routes()), []route{s.nowhere()}) {
		mux.Handle(r.pattern, s.handler(r))
	}
	return s, nil
}

// route is one page or act: its pattern, who may come, and what answers. A
// handler gives the page to show, or nil if it has answered itself.
type route struct {
	pattern string
	anyone  bool // not signed in
	stream  bool // reads its body itself, within limits of its own
	do      func(*request) (templ.Component, error)
}

// routes lists every page and act.
func (s *site) routes() []route {
	return slices.Concat(s.accountRoutes(), s.firstRoutes(), s.bringRoutes(), s.deskRoutes(),
		s.dutyRoutes(), s.calendarRoutes(), s.newsRoutes(), s.writeRoutes(), s.peopleRoutes(), s.personRoutes(), s.messageRoutes(), s.findRoutes(),
		s.settingsRoutes(), s.leavingRoutes(), s.deviceRoutes(), s.passkeyRoutes(), s.tokenRoutes(), s.membersRoutes(), s.profileRoutes(), s.whyRoutes(), s.pictureRoutes(),
		s.moderationRoutes())
}

// maxForm is how many bytes a form may have: the ids of some thousand
// invitations that are chosen together.
const maxForm = 512 << 10

// request is what a handler works with.
type request struct {
	*http.Request
	w   http.ResponseWriter
	who app.Actor
}

// page is what the frame needs to know.
type page struct {
	Lang        string
	Title, Here string // Here names the place in the navigation
	Step        string // "2 of 3" on the way in, in the navigation's place
	Me          *me    // nil if nobody is signed in
	Everybody   string // in a demo others can reach: whom all are signed in as
	files       *assets
}

// me is what the frame shows of whoever is signed in.
type me struct {
	app.Head
	Desk bool // looks after reports
}

func (p page) asset(name string) string { return p.files.url(name) }

// policy is the Content-Security-Policy of pages: nothing but what this Kith
// serves, no script or style inside a page, no frame around it.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// handler lets in whoever may come, and shows what a route answers, or what did
// not work.
func (s *site) handler(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		w.Header().Set("Cache-Control", "no-store")
		zone := zoneOf(hr)
		hr = hr.WithContext(context.WithValue(context.WithValue(hr.Context(), catalogueKey{}, s.others.of(hr, s.words)), zoneKey{}, zone))
		q := &request{Request: hr, w: w}
		if err := q.readForm(&r); err != nil {
			s.fail(q, err)
			return
		}
		var err error
		if q.who, err = s.opt.Browsers.Actor(hr.Context()); err != nil {
			s.fail(q, err)
			return
		}
		q.who.Zone = zone
		if q.who.ID == "" && !r.anyone {
			s.signedOut(q, &r)
			return
		}
		shown, err := r.do(q)
		switch {
		case err != nil:
			s.fail(q, err)
		case shown != nil:
			s.show(q, http.StatusOK, shown)
		}
	})
}

// readForm reads what a form sent. A body is never read for a GET, nor a file
// anywhere but where the route takes one.
func (q *request) readForm(r *route) error {
	if r.stream {
		return nil
	}
	q.Body = http.MaxBytesReader(q.w, q.Body, maxForm)
	if q.Method != http.MethodPost {
		return nil
	}
	if err := q.ParseForm(); err != nil {
		return &kith.Error{Kind: kith.Limit, Msg: "this form is too long"}
	}
	return nil
}

// show renders a page.
func (s *site) show(q *request, status int, c templ.Component) {
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.w.WriteHeader(status)
	// The connection may be gone; there is nobody to tell then.
	_ = c.Render(q.Context(), q.w)
}

// fail shows what did not work. What went wrong inside is the log's.
func (s *site) fail(q *request, err error) {
	if kith.KindOf(err) == kith.Internal && q.Context().Err() == nil { // somebody who has left is no failure
		s.opt.Log.ErrorContext(q.Context(), "a page failed", "page", q.Pattern, "error", err)
	}
	s.show(q, app.Status(err), s.failure(q, err))
}

// said is what a person is told of a failure.
func said(ctx context.Context, err error) string {
	var e *kith.Error
	if !errors.As(err, &e) || e.Kind == kith.Internal {
		return say(ctx, "wrong.inside")
	}
	return sentence(translate(ctx, e.Msg))
}

// page begins a page for whoever is there.
func (s *site) page(q *request, here, title string) page {
	p := page{Lang: say(q.Context(), "language"), Title: title, Here: here, files: s.assets}
	if d := s.opt.Demo; d != nil && d.Shared {
		p.Everybody = d.Name
	}
	if q.who.ID == "" {
		return p
	}
	if head, err := s.app.Head(q.Context(), q.who); err == nil { // a page is worth showing without it
		p.Me = &me{head, q.who.Role >= app.Moderator}
	}
	return p
}

// seeOther sends the browser to a page after an act.
func (q *request) seeOther(path string) (templ.Component, error) {
	http.Redirect(q.w, q.Request, path, http.StatusSeeOther)
	return nil, nil
}
