package app

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

func TestSettingsAreKept(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		if s, err := w.Settings(t.Context(), who); err != nil || !reflect.DeepEqual(s, Settings{}) {
			t.Errorf("the default is %+v, %v", s, err)
		}
		want := Settings{
			Goals: kith.GoalSet(kith.JobSearch, kith.NewClients), Stance: kith.Selective,
			Wishes: Wishes{
				Rules: kith.Rules{OwnCountry: kith.CountryRule{Value: "NL", When: kith.May}, MinMutual: kith.MutualRule{Value: 3, When: kith.Always}},
				Areas: []string{"bridges"}, WorryCompetitors: true,
			},
			Invites: store.FromMutual, NotNowUntil: w.now().Add(kith.Day), Shows: store.ToMembers,
			Publishes: true, Policy: kith.Policy{Stance: kith.Open, Asks: "Please say where we met."},
			RemoveSilent: true, Digest: store.Daily, Unmailed: store.MailMessages,
		}
		_, err := w.ChangeSettings(t.Context(), who, func(s *Settings) error {
			*s = want
			s.Wishes.Rules.OwnCountry.Value = "the Netherlands"
			s.Wishes.Areas = []string{" bridges", "Bridges", ""}
			return nil
		})
		w.must(err)
		want.ChangedAt = w.now()
		got, err := w.Settings(t.Context(), who)
		w.must(err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("kept as\n%+v, not\n%+v", got, want)
		}
		var m kith.Member
		w.must(w.read(t.Context(), func(tx *store.Tx) error { m, err = w.judgeMember(tx, who.ID); return err }))
		if m.Goals != want.Goals || m.Stance != want.Stance || m.Rules != want.Wishes.Rules || !m.WorryCompetitors || m.Profile.Name.Val != "Ines Falk" {
			t.Errorf("judged by %+v", m)
		}
		w.pass(2 * kith.Day)
		s, err := w.ChangeSettings(t.Context(), who, func(s *Settings) error { s.Digest = store.Never; return nil })
		if err != nil || !s.NotNowUntil.IsZero() || s.Digest != store.Never || s.Stance != kith.Selective {
			t.Errorf("after not now: %+v, %v", s, err)
		}
	})
}

func TestSettingsLimits(t *testing.T) {
	t.Parallel()
	now := beginning
	for field, edit := range map[string]func(*Settings){
		"goals":                         func(s *Settings) { s.Goals = 1 << 20 },
		"stance":                        func(s *Settings) { s.Stance = 9 },
		"invites":                       func(s *Settings) { s.Invites = 4 },
		"shows":                         func(s *Settings) { s.Shows = 3 },
		"digest":                        func(s *Settings) { s.Digest = 3 },
		"unmailed":                      func(s *Settings) { s.Unmailed = 1 << 9 },
		"not_now_until":                 func(s *Settings) { s.NotNowUntil = now },
		"rules":                         func(s *Settings) { s.Wishes.Rules.KnownOnly.When = 7 },
		"rules.own-country.value":       func(s *Settings) { s.Wishes.Rules.OwnCountry.Value = "Atlantis" },
		"policy.rules.min-mutual.value": func(s *Settings) { s.Policy.Rules.MinMutual.Value = -1 },
		"policy.asks":                   func(s *Settings) { s.Policy.Asks = strings.Repeat("a", 301) },
		"clients[0]":                    func(s *Settings) { s.Wishes.Clients = []string{strings.Repeat("a", 151)} },
	} {
		var s Settings
		edit(&s)
		var e *kith.Error
		if err := checkSettings(&s, now); !errors.As(err, &e) || e.Kind != kith.Invalid || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	late := Settings{NotNowUntil: now.Add(2 * 366 * kith.Day)}
	if checkSettings(&late, now) == nil {
		t.Error("not now for two years")
	}
	unsaid := Settings{Wishes: Wishes{Rules: kith.Rules{OwnCountry: kith.CountryRule{When: kith.May}}}}
	if checkSettings(&unsaid, now) == nil {
		t.Error("a rule about a country nobody named")
	}
}

// The refusal is what the recipient publishes, and nothing else moves it.
func TestMayInvite(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, friend, jon, kim := w.member("Ines Falk"), w.member("Bo Lind"), w.member("Jon Dale"), w.member("Kim Roth")
		w.befriend(ines, friend)
		w.befriend(jon, friend)
		may := func(from Actor) error {
			return w.read(context.Background(), func(tx *store.Tx) error { return w.mayInvite(tx, from.ID, ines.ID) })
		}
		set := func(change func(*Settings)) {
			_, err := w.ChangeSettings(t.Context(), ines, func(s *Settings) error { change(s); return nil })
			w.must(err)
		}
		for _, c := range []struct {
			invites  Invites
			jon, kim error // one with a connection in common, one without
		}{
			{store.FromEveryone, nil, nil},
			{store.FromMail, errFromMail, errFromMail},
			{store.FromMutual, nil, errFromMutual},
			{store.FromNobody, errFromNobody, errFromNobody},
		} {
			set(func(s *Settings) { s.Invites = c.invites })
			if got := may(jon); !errors.Is(got, c.jon) {
				t.Errorf("%d, somebody with a connection in common: %v", c.invites, got)
			}
			if got := may(kim); !errors.Is(got, c.kim) {
				t.Errorf("%d, a stranger: %v", c.invites, got)
			}
			if got := may(friend); got != nil {
				t.Errorf("%d, a connection: %v", c.invites, got)
			}
		}
		// Declined before, the same openly known situation: the same bytes.
		set(func(s *Settings) { s.Invites = store.FromEveryone })
		w.does(pair.Send, kim, ines)
		p, err := w.Person(t.Context(), kim, ines.ID)
		w.must(err)
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			_, err := w.act(tx, deed{verb: pair.DontKnow, by: ines.ID, other: kim.ID, invitation: p.Relation.Sent})
			return err
		}))
		until := w.now().Add(3 * kith.Day)
		set(func(s *Settings) { s.NotNowUntil = until })
		if !reflect.DeepEqual(may(jon), may(kim)) || kith.KindOf(may(kim)) != kith.Conflict {
			t.Errorf("not now: %v and %v", may(jon), may(kim))
		}
		if got := may(jon); !strings.Contains(got.Error(), until.Format("2 January 2006")) {
			t.Errorf("not now does not say until when: %v", got)
		}
		// Whoever Ines invited herself may.
		w.does(pair.Send, ines, jon)
		if err := may(jon); err != nil {
			t.Errorf("invited, jon: %v", err)
		}
		w.pass(3*kith.Day + time.Second)
		if err := may(kim); err != nil {
			t.Errorf("not now is over: %v", err)
		}
		// Openly: the profile says the same.
		set(func(s *Settings) { s.Invites, s.Publishes, s.Policy.Asks = store.FromMail, true, "Say where we met." })
		if p, err := w.Person(t.Context(), kim, ines.ID); err != nil || p.Invites != store.FromMail || p.Policy == nil || p.Policy.Asks == "" || !p.NotNowUntil.IsZero() {
			t.Errorf("published: %+v, %v", p, err)
		}
	})
}
