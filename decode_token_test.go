package kith

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzTokens wants the pieces of any JSON to be those of encoding/json.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{
		`{"side":"receive","note":{"text":"Zoë said: \"yes\"\u00e9\ud800"},"relation":{"mutual":12,"met":true}}`,
		" [ 1.5e3 , null , false , [ ] , { } ]\n", `"\\"`, `{"a" : [{}, "b,c"]} `, `-0`, `{"a":1} 2`, `[1,]`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !utf8.Valid(data) {
			return
		}
		want, got := json.NewDecoder(bytes.NewReader(data)), tokensOf(data)
		want.UseNumber()
		for {
			if w, g := want.More(), got.More(); w != g {
				t.Fatalf("more of %q: %v, want %v", data, g, w)
			}
			w, wrong := want.Token()
			g, err := got.Token()
			if g != w || (err == nil) != (wrong == nil) {
				t.Fatalf("a piece of %q is %v (%v), want %v (%v)", data, g, err, w, wrong)
			}
			if err != nil {
				return
			}
		}
	})
}
