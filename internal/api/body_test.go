package api

import (
	"net/http"
	"strings"
	"testing"
)

// What one database would keep and the other refuse, and what JSON readers read
// differently, is refused at the door: with the same answer on both.
func TestBrokenRequestsAreRefused(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Brandt"), w.member("Bo Lindqvist")
		for name, body := range map[string]string{
			"a key twice":       `{"to":"` + bo.id + `","to":"` + ada.id + `"}`,
			"another case":      `{"to":"` + bo.id + `","TO":"` + ada.id + `"}`,
			"an unknown field":  `{"to":"` + bo.id + `","sneaky":true}`,
			"a zero byte":       `{"to":"` + bo.id + `","note":"a\u0000b"}`,
			"broken UTF-8":      `{"to":"` + bo.id + "\",\"note\":\"a\xffb\"}",
			"a wrong type":      `{"to":7}`,
			"nothing":           ``,
			"half":              `{"to":`,
			"two values":        `{"to":"` + bo.id + `"}{}`,
			"deep nesting":      `{"to":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
			"a note too long":   `{"to":"` + bo.id + `","note":"` + strings.Repeat("a", 301) + `"}`,
			"a million letters": `{"to":"` + bo.id + `","note":"` + strings.Repeat("a", 1_000_000) + `"}`,
		} {
			a := ada.send("POST", "/invitations", []byte(body))
			if a.status < 400 || a.status >= 500 || !strings.HasPrefix(a.header.Get("Content-Type"), "application/problem+json") {
				t.Errorf("%s: %s", name, a)
			}
		}
		for _, path := range []string{"/people/%00", "/people/%ff%fe", "/people?name=%00", "/invitations/a%00b", "/invitations?after=%00", "/messages/%00", "/people/" + strings.Repeat("a", 10_000)} {
			if a := ada.do("GET", path, nil); a.status < 400 || a.status >= 500 {
				t.Errorf("GET %.40s: %s", path, a)
			}
		}
		var box struct{ Invitations []any }
		bo.get("/invitations?box=received", &box)
		if len(box.Invitations) != 0 {
			t.Error("something arrived")
		}
	})
}

// The same key twice: one effect and the same answer. Another request under it
// is refused.
func TestAKeyDoesOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Brandt"), w.member("Bo Lindqvist")
		keyed := *ada
		keyed.key = "one-evening"
		first := keyed.do("POST", "/invitations", map[string]any{"to": bo.id, "note": "We met in Delft."})
		again := keyed.do("POST", "/invitations", map[string]any{"to": bo.id, "note": "We met in Delft."})
		if first.status != http.StatusOK || string(first.body) != string(again.body) {
			t.Errorf("first %s\nagain %s", first, again)
		}
		if other := keyed.do("POST", "/invitations", map[string]any{"to": bo.id, "note": "Another."}); other.status != http.StatusUnprocessableEntity {
			t.Errorf("another request: %s", other)
		}
		if plain := ada.do("POST", "/invitations", map[string]any{"to": bo.id, "note": "We met in Delft."}); plain.status != http.StatusConflict {
			t.Errorf("without the key: %s", plain)
		}
	})
}
