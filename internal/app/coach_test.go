package app

import (
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/triage"
)

func TestCoach(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		advice := func() (ids []string) {
			c, err := w.Coach(t.Context(), who)
			w.must(err)
			for _, a := range c.Advice {
				ids = append(ids, a.ID)
				if len(a.Rules) == 0 || a.Text == "" {
					t.Errorf("%s is advised without a rule", a.ID)
				}
			}
			return ids
		}
		if got := advice(); !slices.Contains(got[:2], "photo") || !slices.Contains(got[:2], "who-you-are") {
			t.Errorf("an empty profile is told %v", got)
		}
		w.picture(who)
		industry := strings.Repeat("The logistics industry and its market need solutions, trends and technology for the sector worldwide. ", 4)
		_, err := w.SetProfile(t.Context(), who, Profile{Name: "Ines Falk", Headline: "LOGISTICS!!! LOGISTICS!!!", Summary: industry})
		w.must(err)
		if got := advice(); slices.Contains(got, "photo") || !slices.Contains(got, "formatting") || !slices.Contains(got, "groups") {
			t.Errorf("a profile of an industry is told %v", got)
		}
		_, err = w.SetProfile(t.Context(), who, Profile{
			Name: "Ines Falk", Headline: "Bridge engineer at Veldmeer",
			Summary:   "I designed two bridges over the Veld and led the team that built them 20 % below budget.",
			Positions: []kith.Position{{Title: "Engineer", Organisation: "Veldmeer", From: "2019"}},
			Education: []kith.Education{{School: "Hanze College", Degree: "BSc"}}, Groups: []string{"Bridge Club"},
			Volunteering: []string{"Food bank"}, Skills: []string{"Statics"},
		})
		w.must(err)
		if got := advice(); len(got) != 0 {
			t.Errorf("a complete profile is told %v", got)
		}
	})
}

// What the coach says is what the judge says: no figure is the coach's own.
func TestCoachIsTheJudge(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.member("Ines Falk")
		got, err := w.Coach(t.Context(), who)
		w.must(err)
		c := kith.Case{Side: kith.Send, Now: w.now()}
		w.must(w.read(t.Context(), func(tx *store.Tx) (err error) {
			c.Member.Profile, err = w.personFacts(tx, who.ID, who.ID)
			return err
		}))
		gather.Complete(&c)
		want := w.judge.Decide(triage.Mirror(&c))
		if got.Verdict != want.Verdict || len(got.Seen) != len(want.Reasons) || got.Chance != w.judge.Decide(c).Outlook.Text {
			t.Errorf("%+v, not %+v", got, want)
		}
		// Following a piece of advice does at least as much good as the next, first
		// with everybody, then with those who share something.
		_, last := heard(w.judge, &c)
		gains := map[bool][]float64{}
		for i, a := range got.Advice {
			j := slices.IndexFunc(improvements, func(imp improvement) bool { return imp.id == a.ID })
			then := c
			improvements[j].done(&then)
			_, sum := heard(w.judge, &then)
			shared := improvements[j].shared
			gains[shared] = append(gains[shared], last-sum)
			if !shared && i >= len(gains[false]) {
				t.Errorf("%s stands behind what helps with some only", a.ID)
			}
		}
		for _, g := range gains {
			if !slices.IsSorted(g) || g[len(g)-1] >= 0 {
				t.Errorf("not by gain: %v", g)
			}
		}
	})
}
