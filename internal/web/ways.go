package web

import (
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// waysBack answers for the addresses of acts when somebody loads them: a form
// that was refused shows the act's address, and loading that again leads to the
// page the form stands on.
func waysBack(routes []route) (out []route) {
	pages := map[string]bool{}
	for _, r := range routes {
		if path, get := strings.CutPrefix(r.pattern, "GET "); get {
			pages[shapeOf(path)] = true
		}
	}
	for _, r := range routes {
		path, act := strings.CutPrefix(r.pattern, "POST ")
		if !act || pages[shapeOf(path)] {
			continue
		}
		pages[shapeOf(path)] = true
		out = append(out, route{pattern: "GET " + path, anyone: true, do: backFrom(path, pages)})
	}
	return out
}

var wildcard = regexp.MustCompile(`\{[a-z]+\}`)

// shapeOf is a pattern's path without the names in it, by which two are alike.
func shapeOf(path string) string { return wildcard.ReplaceAllString(path, "{}") }

// actPages are the pages of acts that stand under no page of their own, by how
// their paths begin.
var actPages = map[string]string{"/letters/": "/", "/undo": "/", "/sent/": "/write", "/standing/": "/write", "/sign-out": "/"}

// backFrom leads from an act to its page: the nearest above it.
func backFrom(path string, pages map[string]bool) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) {
		for begin, page := range actPages {
			if strings.HasPrefix(path, begin) {
				return q.seeOther(page)
			}
		}
		parts, shown := strings.Split(path, "/"), strings.Split(q.URL.EscapedPath(), "/")
		for n := len(parts) - 1; n > 1; n-- {
			if pages[shapeOf(strings.Join(parts[:n], "/"))] {
				return q.seeOther(strings.Join(shown[:n], "/"))
			}
		}
		return q.seeOther("/")
	}
}

// nowhere answers for addresses there is nothing at, whatever is sent to them.
func (s *site) nowhere() route {
	return route{pattern: "/", anyone: true, stream: true, do: func(*request) (templ.Component, error) { return nil, errNoPage }}
}
