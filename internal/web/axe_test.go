package web

import (
	"testing"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// strangers are the pages of people who are not signed in.
var strangers = []string{"/sign-in", "/sign-up", "/welcome?secret=x", "/verify?secret=x", "/forgot", "/reset?secret=x"}

// Nobody is kept out by how a page is made: axe finds nothing on any page, in
// either theme, wide and narrow.
func TestPagesAreForEverybody(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	w := v.window(t)
	check := func(paths ...string) {
		for _, path := range paths {
			for _, dark := range []bool{false, true} {
				w.dark(dark)
				w.open(path)
				for _, wrong := range w.violations() {
					t.Errorf("%s, dark %v: %s", path, dark, wrong)
				}
			}
		}
	}
	check(strangers...)
	w.signIn("mara@quillon.example", goodPassword)
	check("/", "/goals", "/bring")
}
