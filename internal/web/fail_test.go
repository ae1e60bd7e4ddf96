package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// What goes wrong inside is in the log and not on the page; what somebody did is
// on the page and not in the log.
func TestWhatGoesWrongInsideIsLogged(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	var log bytes.Buffer
	v.site.opt.Log = slog.New(slog.NewTextHandler(&log, nil))
	for _, test := range []struct {
		err           error
		status        int
		shown, logged bool
	}{
		{errors.New("disk is full"), http.StatusInternalServerError, false, true},
		{&kith.Error{Kind: kith.Invalid, Msg: "disk is full"}, http.StatusUnprocessableEntity, true, false},
	} {
		log.Reset()
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(context.WithValue(t.Context(), catalogueKey{}, v.site.words), http.MethodGet, "/people", nil)
		v.site.fail(&request{Request: r, w: w}, test.err)
		shown, logged := strings.Contains(strings.ToLower(w.Body.String()), "disk is full"), strings.Contains(log.String(), "disk is full")
		if w.Code != test.status || shown != test.shown || logged != test.logged {
			t.Errorf("%v: %d, shown %v, logged %v", test.err, w.Code, shown, logged)
		}
	}
}
