package web

import (
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// The way in: an account, what the network is for, files. Whoever has answered
// is not asked again.
func TestTheWayInAsksWhatTheNetworkIsFor(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpClosed, func(t *testing.T, v *visitor) {
		got, page := v.get("/welcome?secret=x")
		v.wants(200, "1 of 3", got, page)
		v.welcomed()
		got, page = v.get("/")
		v.wants(200, "Desk", got, page) // nobody is kept from going elsewhere
		got, page = v.get("/goals")
		v.wants(200, "2 of 3", got, page)
		v.wants(200, "What do you want your network for, Mara Quillon?", got, page)
		v.wants(200, "With “a new field”: accept.", got, page)

		got, page = v.get("/goals?look=1&first=1&goal=grow-in-field&areas=flood+forecasting&stance=balanced")
		v.wants(200, "Because of “a new field”. Without it: ask first.", got, page)
		v.wants(200, "Somebody from flood forecasting", got, page)
		if set := v.settings(); set.Goals != 0 || !set.ChangedAt.IsZero() {
			t.Errorf("looking has kept %+v", set)
		}

		got, page = v.post("/goals", "first", "1", "look", "1", "goal", "grow-in-field", "areas", "early warning, hydrology,, ", "stance", "selective")
		v.wants(200, "3 of 3", got, page)
		set := v.settings()
		if set.Goals != kith.GoalSet(kith.GrowInField) || set.Stance != kith.Selective || strings.Join(set.Wishes.Areas, "|") != "early warning|hydrology" {
			t.Errorf("kept: %+v", set)
		}

		_, _ = v.post("/sign-out")
		got, page = v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		v.wants(200, "The desk is clear.", got, page)
	})
}

// settings gives what the first account has set.
func (v *visitor) settings() app.Settings {
	v.t.Helper()
	s, err := v.app.SignIn(v.t.Context(), "mara@quillon.example", goodPassword, app.Visit{Agent: "test", Caller: "test"})
	v.must(err)
	who, err := v.app.SessionActor(v.t.Context(), s.Owner, s.ID)
	v.must(err)
	set, err := v.app.Settings(v.t.Context(), who)
	v.must(err)
	return set
}

func TestWhoSkipsKeepsTheDefaults(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpClosed, func(t *testing.T, v *visitor) {
		v.welcomed()
		got, page := v.post("/goals", "first", "1", "goal", "reach", "stance", "open", "skip", "1")
		v.wants(200, "3 of 3", got, page)
		if set := v.settings(); set.Goals != 0 || set.Stance != kith.StanceUnset {
			t.Errorf("kept: %+v", set)
		}
		got, page = v.get("/goals")
		v.wants(200, "Leave it as it was", got, page)
		_, _ = v.post("/sign-out")
		got, page = v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		v.wants(200, "The desk is clear.", got, page)
	})
}

// What cannot be kept is said above the form, which keeps what was typed; fields
// that were not sent stay as they are.
func TestGoalsChangeLater(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpClosed, func(t *testing.T, v *visitor) {
		v.first()
		_, _ = v.post("/goals", "goal", "feed", "topics", "river ice", "stance", "")
		got, page := v.get("/goals")
		v.wants(200, `value="feed" checked`, got, page)
		v.wants(200, `value="river ice"`, got, page)

		long := strings.Repeat("x", 2000)
		got, page = v.post("/goals", "goal", "new-clients", "clients", long, "stance", "open")
		v.wants(422, "That did not work", got, page)
		v.wants(422, long, got, page)
		v.wants(422, `value="new-clients" checked`, got, page)
		set := v.settings()
		if set.Goals != kith.GoalSet(kith.Feed) || strings.Join(set.Wishes.Topics, "|") != "river ice" {
			t.Errorf("kept: %+v", set)
		}

		got, page = v.post("/goals", "goal", "no-such-goal", "stance", "selective")
		v.wants(200, "Mara Quillon", got, page)
		if set = v.settings(); set.Goals != 0 || set.Stance != kith.Selective || len(set.Wishes.Topics) != 1 {
			t.Errorf("kept: %+v", set)
		}
	})
}

// Every goal and stance can be chosen, and has its words.
func TestEveryGoalIsOffered(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	v.welcomed()
	_, page := v.get("/goals")
	for _, g := range kith.AllGoals() {
		if n := strings.Count(page, `name="goal" value="`+g.String()+`"`); n != 1 {
			t.Errorf("%v stands %d times on the page", g, n)
		}
		for _, word := range []string{"wish", "short", "does"} {
			if key := "goal." + g.String() + "." + word; v.site.words[key] == "" {
				t.Errorf("no text for %s", key)
			}
		}
	}
	for s := kith.Open; s <= kith.OnlyKnown; s++ {
		if key := "stance." + s.String() + ".short"; v.site.words[key] == "" {
			t.Errorf("no text for %s", key)
		}
	}
	for _, l := range app.Letters() {
		for _, word := range []string{"name", "lead", "always"} {
			if key := "sample." + l + "." + word; v.site.words[key] == "" {
				t.Errorf("no text for %s", key)
			}
		}
	}
	_, page = v.get("/goals?look=1&goal=reach&goal=endorsement")
	v.wants(200, "These pull both ways", 200, page)
}
