package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// noRoute begins what is said of an address without a route.
const noRoute = "there is no such route"

// nowhere answers, as the API answers, for addresses there is nothing at, and
// for methods an address does not take.
func nowhere(mux *http.ServeMux) {
	const rest = Prefix + "/"
	mux.HandleFunc(rest, func(w http.ResponseWriter, r *http.Request) {
		m := &huma.ErrorModel{Status: http.StatusNotFound, Detail: noRoute + "; look into " + Prefix + "/openapi.json"}
		var takes []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			other := r.Clone(r.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); pattern != rest {
				takes = append(takes, method)
			}
		}
		if len(takes) > 0 {
			w.Header().Set("Allow", strings.Join(takes, ", "))
			m.Status, m.Detail = http.StatusMethodNotAllowed, "this address takes "+strings.Join(takes, ", ")
		}
		m.Title = http.StatusText(m.Status)
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(m.Status)
		_ = json.NewEncoder(w).Encode(m) // or the connection is gone
	})
}
