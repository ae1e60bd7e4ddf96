package app

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
)

func TestProfileIsKeptClean(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		got, err := w.SetProfile(t.Context(), who, Profile{
			Name: "  Ines\u202e  Falk ", Headline: "Bridge\x00 engineer\n", Summary: "One.\r\nTwo.",
			Skills:    []string{"Statics", "", " statics ", "Drawing\xff"},
			Positions: []kith.Position{{Title: "Engineer", Organisation: "Veldmeer", From: "2019-05"}},
			Links:     []string{"https://falk.example/work"},
		})
		w.must(err)
		want := Profile{
			Name: "Ines Falk", Headline: "Bridge engineer", Summary: "One.\nTwo.", Skills: []string{"Statics", "Drawing\uFFFD"},
			Positions: []kith.Position{{Title: "Engineer", Organisation: "Veldmeer", From: "2019-05"}},
			Links:     []string{"https://falk.example/work"}, ChangedAt: w.now(),
		}
		if got.Positions == nil || !reflect.DeepEqual(normal(got), normal(want)) {
			t.Errorf("kept as %+v", got)
		}
		again, err := w.Profile(t.Context(), who)
		w.must(err)
		if !reflect.DeepEqual(normal(again), normal(want)) {
			t.Errorf("read back as %+v", again)
		}
		if me, err := w.Me(t.Context(), who); err != nil || me.Name != "Ines Falk" {
			t.Errorf("the account is called %q, %v", me.Name, err)
		}
	})
}

// normal makes empty lists equal.
func normal(p Profile) Profile {
	if len(p.Education) == 0 {
		p.Education = nil
	}
	return p
}

func TestProfileLimits(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("ä", n) }
	many := func(n int) (list []string) {
		for i := range n {
			list = append(list, strings.Repeat("x", i+1))
		}
		return list
	}
	for name, c := range map[string]struct {
		field string
		edit  func(*Profile)
	}{
		"no name":             {"name", func(p *Profile) { p.Name = " \u200b" }},
		"name of signs":       {"name", func(p *Profile) { p.Name = "***" }},
		"long name":           {"name", func(p *Profile) { p.Name = long(101) }},
		"heaped accents":      {"name", func(p *Profile) { p.Name = strings.Repeat("a\u0301\u0302\u0303\u0304", 99) }},
		"long headline":       {"headline", func(p *Profile) { p.Headline = long(221) }},
		"long summary":        {"summary", func(p *Profile) { p.Summary = long(2601) }},
		"long location":       {"location", func(p *Profile) { p.Location = long(151) }},
		"many positions":      {"positions", func(p *Profile) { p.Positions = make([]kith.Position, 51) }},
		"nothing at all":      {"positions[0]", func(p *Profile) { p.Positions = []kith.Position{{From: "2019"}} }},
		"no month":            {"positions[1].from", func(p *Profile) { p.Positions = []kith.Position{{Title: "a"}, {Title: "b", From: "2019-13"}} }},
		"no date":             {"positions[0].to", func(p *Profile) { p.Positions = []kith.Position{{Title: "a", To: "May 2019"}} }},
		"backwards":           {"positions[0].to", func(p *Profile) { p.Positions = []kith.Position{{Title: "a", From: "2019", To: "2018-12"}} }},
		"long description":    {"positions[0].description", func(p *Profile) { p.Positions = []kith.Position{{Title: "a", Description: long(2001)}} }},
		"no school":           {"education[0].school", func(p *Profile) { p.Education = []kith.Education{{Degree: "BSc"}} }},
		"many skills":         {"skills", func(p *Profile) { p.Skills = many(101) }},
		"long skill":          {"skills[1]", func(p *Profile) { p.Skills = []string{"a", long(151)} }},
		"a script for a link": {"links[0]", func(p *Profile) { p.Links = []string{"javascript:alert(1)"} }},
		"a link with a key":   {"links[0]", func(p *Profile) { p.Links = []string{"https://me:secret@falk.example"} }},
		"a link to nothing":   {"links[0]", func(p *Profile) { p.Links = []string{"https:///x"} }},
	} {
		p := Profile{Name: "Ines Falk"}
		c.edit(&p)
		var e *kith.Error
		if err := checkProfile(&p); !errors.As(err, &e) || e.Kind != kith.Invalid || e.Field != c.field {
			t.Errorf("%s: %v, not about %s", name, err, c.field)
		}
	}
	p := Profile{Name: long(100), Headline: long(220), Summary: long(2600), Location: long(150), Skills: many(100),
		Positions: []kith.Position{{Title: "a", From: "2019", To: "2019-03"}}}
	if err := checkProfile(&p); err != nil {
		t.Errorf("at the limits: %v", err)
	}
}

func TestProfileAsFacts(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, bo := w.member("Ines Falk"), w.member("Bo Lind")
		facts := func(viewer, of Actor) (f kith.PersonFacts) {
			w.must(w.read(t.Context(), func(tx *store.Tx) (err error) {
				f, err = w.personFacts(tx, viewer.ID, of.ID)
				return err
			}))
			return f
		}
		w.pass(400 * 24 * time.Hour)
		f := facts(bo, ines)
		for name, absent := range map[string]bool{"headline": f.Headline.IsNot(), "photo": f.Photo.IsNot(), "positions": f.Positions.IsNot(), "groups": f.Groups.IsNot()} {
			if !absent {
				t.Errorf("%s of an empty profile is not observed absent", name)
			}
		}
		if f.Verified.Known() || f.Connections.Known() {
			t.Errorf("verified %v, connections %v: nobody may know", f.Verified, f.Connections)
		}
		if f.AccountDays.Val != 400 || f.Name.Source != kith.FromNetwork || f.Name.Source.String() != "their profile here" {
			t.Errorf("%+v", f)
		}
		w.picture(ines)
		_, err := w.SetProfile(t.Context(), ines, Profile{Name: "Ines Falk", Headline: "Engineer at Veldmeer", Groups: []string{"Bridge Club"}})
		w.must(err)
		w.befriend(ines, bo)
		f = facts(bo, ines)
		if f.Headline.Val != "Engineer at Veldmeer" || !f.Photo.Is() || f.Connections.Val != 1 || !f.Groups.Is() {
			t.Errorf("%+v", f)
		}
		if gather.ReadProfile(&f); f.Organisation.Val != "Veldmeer" {
			t.Errorf("concluded organisation: %+v", f.Organisation)
		}
		if none := facts(bo, bo); none.Name.Val != "Bo Lind" {
			t.Errorf("own facts: %+v", none.Name)
		}
	})
}

func TestProfileNeedsItsScope(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		reader := Actor{ID: who.ID, Scopes: ScopeRead}
		for name, err := range map[string]error{
			"profile":  second(w.SetProfile(t.Context(), reader, Profile{Name: "Ines"})),
			"settings": second(w.ChangeSettings(t.Context(), reader, func(*Settings) error { return nil })),
			"photo":    second(w.SetPhoto(t.Context(), reader, "", strings.NewReader(""))),
			"no photo": w.DropPhoto(t.Context(), reader),
		} {
			if kith.KindOf(err) != kith.Denied {
				t.Errorf("%s with a scope to read: %v", name, err)
			}
		}
		writer := Actor{ID: who.ID, Scopes: ScopeProfile}
		for name, err := range map[string]error{
			"profile":  second(w.Profile(t.Context(), writer)),
			"settings": second(w.Settings(t.Context(), writer)),
			"person":   second(w.Person(t.Context(), writer, who.ID)),
			"people":   second(w.PeopleNamed(t.Context(), writer, "ines")),
			"coach":    second(w.Coach(t.Context(), writer)),
		} {
			if kith.KindOf(err) != kith.Denied {
				t.Errorf("%s with a scope to write: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// Two changes at once are both kept.
func TestChangesComeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		errs := make(chan error, 16)
		for i := range cap(errs) {
			go func() {
				_, err := w.ChangeSettings(context.Background(), who, func(s *Settings) error { s.Goals |= 1 << i; return nil })
				errs <- err
			}()
		}
		for range cap(errs) {
			w.must(<-errs)
		}
		if s, err := w.Settings(t.Context(), who); err != nil || s.Goals != 1<<cap(errs)-1 {
			t.Errorf("%b, %v", s.Goals, err)
		}
	})
}
