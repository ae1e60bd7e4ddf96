package web

import "net/http"

// flash has the next page say once what was just done. It goes by a cookie, so
// that no link can make a page say what never happened.
func (s *site) flash(q *request, word string) {
	http.SetCookie(q.w, s.flashCookie(word, 60))
}

// flashed gives what flash left, which is gone then; empty: nothing.
func (s *site) flashed(q *request) string {
	c, err := q.Cookie(s.flashCookie("", 0).Name)
	if err != nil || c.Value == "" {
		return ""
	}
	http.SetCookie(q.w, s.flashCookie("", -1))
	return c.Value
}

func (s *site) flashCookie(word string, seconds int) *http.Cookie {
	c := &http.Cookie{Name: "kith-done", Value: word, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if s.opt.Browsers.Cookie.Secure {
		c.Name, c.Secure = "__Host-kith-done", true
	}
	return c
}
