package api

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"kith"
	"kith/client"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// The link in a letter leads here: opened it shows, by whomever; posted to it
// stops the letters, as a mail program does it, a browser, or a client.
func TestUnsubscribeByTheLinkInALetter(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			var letters []app.Letter
			w := newWorld(t, dsn.Make(t), app.Config{Post: func(_ context.Context, l app.Letter) error {
				letters = append(letters, l)
				return nil
			}})
			benID, ben := w.friend("Ben Osei")
			_, ada := w.friend("Ada Brandt")
			if _, err := ada.Invite(t.Context(), client.Invite{To: benID}); err != nil {
				t.Fatal(err)
			}
			w.pass(kith.Day)
			if len(letters) != 1 || !strings.Contains(letters[0].Text, "“Ada Brandt” invites you") {
				t.Fatalf("%+v", letters)
			}
			token, found := strings.CutPrefix(letters[0].Unsubscribe, "https://kith.example"+Prefix+"/unsubscribe/")
			if !found {
				t.Fatal(letters[0].Unsubscribe)
			}
			nobody := client.New(w.server.URL, "")
			get, press := ok[client.Subscription](t), w.server.URL+Prefix+"/unsubscribe/"+token
			page := visit(t, http.MethodGet, press, "", "")
			if !strings.Contains(page, `<form method="post">`) || !get(nobody.Subscription(t.Context(), token)).On {
				t.Errorf("opening shows %s", page)
			}
			visit(t, http.MethodPost, press, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
			if get(nobody.Subscription(t.Context(), token)).On {
				t.Error("one click did nothing")
			}
			if page := visit(t, http.MethodPost, press, "multipart/form-data; boundary=x", "--x--"); strings.Contains(page, "<form") {
				t.Errorf("stopped, and says %s", page)
			}
			if get(nobody.Unsubscribe(t.Context(), token)).On {
				t.Error("still on")
			}
			if _, err := nobody.Unsubscribe(t.Context(), token[:len(token)-1]); client.Status(err) != http.StatusNotFound {
				t.Errorf("a cut link: %v", err)
			}
			box := ok[client.Mailbox](t)(ben.Mailbox(t.Context()))
			if box.Address != benID+"@mail.example" || box.Refused {
				t.Errorf("%+v", box)
			}
			if err := ben.ResumeMail(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// visit sends a request as a browser or a mail program does, and gives the page.
func visit(t *testing.T, method, address, contentType, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // read to its end below
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/html; charset=utf-8" ||
		!strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%s: %d %v %s %v", method, res.StatusCode, res.Header, page, err)
	}
	return string(page)
}
