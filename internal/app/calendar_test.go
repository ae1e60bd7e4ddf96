package app

import (
	"path"
	"strings"
	"testing"

	"kith"
)

// calendar makes a calendar and gives its secret.
func (w *world) calendar(who Actor, fullNames bool) string {
	w.t.Helper()
	address, err := w.MakeCalendar(w.t.Context(), who, fullNames)
	w.must(err)
	secret, ok := strings.CutSuffix(path.Base(address), ".ics")
	if !ok || len(secret) != 64 || !strings.HasPrefix(address, "https://kith.example/calendar/") {
		w.t.Fatalf("the address is %q", address)
	}
	return secret
}

// A calendar is read by whoever has its address, until there is another, it is
// ended, or everything else that lets somebody in is.
func TestACalendarEnds(t *testing.T) {
	t.Parallel()
	const another = "eight grey herons"
	ends := map[string]func(w *world, who Actor) error{
		"another address": func(w *world, who Actor) error { return second(w.MakeCalendar(w.t.Context(), who, true)) },
		"ended":           func(w *world, who Actor) error { return w.EndCalendar(w.t.Context(), who) },
		"closed":          func(w *world, who Actor) error { return w.Leave(w.t.Context(), who, "") },
		"a new password":  func(w *world, who Actor) error { return w.ChangePassword(w.t.Context(), who, arrivalWord, another) },
		"signed out":      func(w *world, who Actor) error { return w.SignOutMember(w.t.Context(), w.Console(), who.ID) },
	}
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		for name, end := range ends {
			ada, ben := w.arrive("Ada "+name), w.member("Ben "+name)
			w.invite(ada, ben)
			ask(w, ada, ben)
			secret := w.calendar(ada, false)
			c, out, err := w.ReadCalendar(ctx, secret)
			w.must(err)
			if c.FullNames || c.Owner != ada.ID || out.Wants() != 1 || out.Answered[0].Kind != ErrandAsks {
				t.Errorf("%s: it shows %+v, %+v", name, c, out)
			}
			if _, err := w.MakeCalendar(ctx, Actor{ID: ada.ID, Scopes: AllScopes(Ordinary) &^ ScopeAccount}, false); kith.KindOf(err) != kith.Denied {
				t.Errorf("a token made one: %v", err)
			}
			w.must(end(w, ada))
			for what, secret := range map[string]string{"its old address": secret, "a guess": strings.Repeat("0", 64), "nothing": ""} {
				_, _, err := w.ReadCalendar(ctx, secret)
				w.wants(name+": "+what, err, errNoCalendar)
			}
		}
	})
}

func TestNamesInACalendar(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.arrive("Ada")
		w.wants("naming none", w.NameCalendar(ctx, ada, true), errNoCalendar)
		w.must(w.EndCalendar(ctx, ada)) // there is none: no error
		secret := w.calendar(ada, false)
		w.must(w.NameCalendar(ctx, ada, true))
		c, _, err := w.ReadCalendar(ctx, secret)
		w.must(err)
		mine, ok, err := w.Calendar(ctx, ada)
		w.must(err)
		if !ok || mine != c || !c.FullNames || !c.MadeAt.Equal(w.now()) {
			t.Errorf("it is %+v, read as %+v", mine, c)
		}
		if w.count(ada, kindCalendarMade) != 1 {
			t.Error("the member is not told")
		}
	})
}
