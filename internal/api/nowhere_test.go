package api

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// What is not there is answered in the API's own form, also where another face
// answers for the rest of the site.
func TestNoRouteIsAProblem(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for _, x := range []struct {
			method, path string
			status       int
			allow        string
		}{
			{"GET", "/nonsense", http.StatusNotFound, ""},
			{"GET", "/", http.StatusNotFound, ""},
			{"POST", "/invitations/1/2/3", http.StatusNotFound, ""},
			{"DELETE", "/messages", http.StatusMethodNotAllowed, "GET"},
		} {
			a := w.member("Ada Brandt").do(x.method, x.path, nil)
			var m huma.ErrorModel
			w.must(json.Unmarshal(a.body, &m))
			if a.status != x.status || m.Status != x.status || m.Detail == "" || a.header.Get("Content-Type") != "application/problem+json" || a.header.Get("Allow") != x.allow {
				t.Errorf("%s %s: %d %q %s", x.method, x.path, a.status, a.header, a.body)
			}
		}
	})
}
