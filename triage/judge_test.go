package triage

import (
	"math"
	"strings"
	"testing"

	"kith"
)

// loud is a signal that always speaks.
func loud(id string, change func(*Signal)) Signal {
	s := Signal{
		ID: id, Family: Worth, Says: "It is so.", Weight: 1, Spread: .5, Needs: []string{"relation.mutual"},
		Fires: func(*kith.Case) bool { return true },
	}
	if change != nil {
		change(&s)
	}
	return s
}

func TestNewRefusesACatalogueThatContradictsItself(t *testing.T) {
	t.Parallel()
	noStance := Articles()
	delete(noStance.Table, kith.Open)
	many := Articles()
	for i := range 9 {
		many.GroupCaps[string(rune('a'+i))] = 1
	}
	for name, tc := range map[string]struct {
		signals []Signal
		model   Model
		says    string
	}{
		"the same id twice":      {[]Signal{loud("a", nil), loud("a", nil)}, Articles(), "twice"},
		"an unknown fact":        {[]Signal{loud("a", func(s *Signal) { s.Needs = []string{"person.shoes"} })}, Articles(), "person.shoes"},
		"an unknown question":    {[]Signal{loud("a", func(s *Signal) { s.Needs = []string{"answers.shoes"} })}, Articles(), "answers.shoes"},
		"no facts":               {[]Signal{loud("a", func(s *Signal) { s.Needs = nil })}, Articles(), "needs the facts"},
		"weighs and decides":     {[]Signal{loud("a", func(s *Signal) { s.Then = kith.Accept })}, Articles(), "either weighs or decides"},
		"a rule without mode":    {[]Signal{loud("a", func(s *Signal) { s.Family, s.Weight, s.Then = Rule, 0, kith.Decline })}, Articles(), "mode"},
		"an unknown family":      {[]Signal{loud("a", func(s *Signal) { s.Family = numFamilies })}, Articles(), "no family"},
		"a contradiction of K17": {[]Signal{loud("a", func(s *Signal) { s.Contradiction = "K17" })}, Articles(), "K17"},
		"a group without a cap":  {[]Signal{loud("a", func(s *Signal) { s.Group = "width" })}, Articles(), "width"},
		"no bounds for a stance": {nil, noStance, "open"},
		"too many groups":        {nil, many, "groups"},
	} {
		_, err := New(tc.signals, nil, tc.model)
		if err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: error %v, want …%s…", name, err, tc.says)
		}
	}
}

func TestGoalsChangeAWeight(t *testing.T) {
	t.Parallel()
	goals := kith.GoalSet(kith.Reach, kith.AvoidSpam, kith.Privacy)
	for name, tc := range map[string]struct {
		changes  []GoalChange
		weight   float64
		strength float64
		bound    float64
		want     float64
	}{
		"none":                       {nil, 2, 1, 0, 2},
		"another goal's":             {[]GoalChange{{kith.GoalSet(kith.Feed), Becomes, 9}}, 2, 1, 0, 2},
		"becomes":                    {[]GoalChange{{kith.GoalSet(kith.Reach), Becomes, .5}}, 2, 1, 0, .5},
		"the most favourable":        {[]GoalChange{{kith.GoalSet(kith.Reach), Becomes, -.6}, {kith.GoalSet(kith.Privacy), Becomes, -.4}}, -2, 1, 0, -.4},
		"becomes, then adds":         {[]GoalChange{{kith.GoalSet(kith.Reach), Becomes, -.6}, {kith.GoalSet(kith.AvoidSpam), Adds, -.6}}, -2, 1, 0, -1.2},
		"scales":                     {[]GoalChange{{kith.GoalSet(kith.Reach), Scales, .3}}, 1.8, 1, 0, .54},
		"capped, then scaled":        {[]GoalChange{{kith.GoalSet(kith.Reach), Scales, .5}}, .45, 100, 2, 1},
		"flat from a strength on":    {[]GoalChange{{kith.GoalSet(kith.Reach), Flat, 3}}, .5, 10, 0, 1.5},
		"weightless without a goal":  {[]GoalChange{{kith.GoalSet(kith.Feed), Becomes, 1}}, 0, 1, 0, 0},
		"weightless, the goal wants": {[]GoalChange{{kith.GoalSet(kith.Reach), Becomes, 1}}, 0, 1, 0, 1},
	} {
		var all kith.Goals
		for _, c := range tc.changes {
			all |= c.Goals
		}
		s := compiled{Signal: &Signal{Weight: tc.weight, Cap: tc.bound, Goals: tc.changes}, goals: all}
		if got := s.contribution(tc.strength, goals); math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestGroupsAreCapped(t *testing.T) {
	t.Parallel()
	thin := func(id string) Signal {
		return loud(id, func(s *Signal) { s.Family, s.Weight, s.Group = Genuine, -1, "thinness" })
	}
	j, err := New([]Signal{thin("a"), thin("b"), thin("c")}, nil, Articles())
	if err != nil {
		t.Fatal(err)
	}
	w := j.Weigh(&kith.Case{Side: kith.Receive})
	if want := Articles().Genuine - 1.8; math.Abs(w.Genuine-want) > 1e-12 {
		t.Errorf("genuine %v, want %v", w.Genuine, want)
	}
}

func TestTheTableAndTheGate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		worth, genuine float64 // added log-odds; the prior of genuine is 2.9
		vouched        bool
		want           kith.Decision
	}{
		"above accept":              {0, 0, false, kith.Accept},     // P .50 against .38
		"between":                   {-.7, 0, false, kith.Ask},      // P .33
		"below ask":                 {-1.5, 0, false, kith.Decline}, // P .18
		"gated and not vouched for": {0, -1, false, kith.Decline},   // P(genuine) .87
		"gated and vouched for":     {0, -1, true, kith.Ask},        //
		"below the gate":            {2, -3, true, kith.Decline},    // P(genuine) .48
		"declined stays declined":   {-1.5, -1, true, kith.Decline}, //
	} {
		j, err := New([]Signal{
			loud("worth", func(s *Signal) { s.Weight = tc.worth + 1e-9 }),
			loud("genuine", func(s *Signal) { s.Family, s.Weight = Genuine, tc.genuine+1e-9 }),
		}, nil, Articles())
		if err != nil {
			t.Fatal(err)
		}
		c := kith.Case{Side: kith.Receive, Member: kith.Member{Stance: kith.Balanced}}
		c.Relation.SameGroup = seen(tc.vouched)
		if got := j.Weigh(&c).Decision; got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// What a supposition changes is put back, and what it changes is what the case
// holds for every readable.
func TestSuppositionsLeaveTheCaseAlone(t *testing.T) {
	t.Parallel()
	j, err := New([]Signal{loud("a", nil)}, nil, Articles())
	if err != nil {
		t.Fatal(err)
	}
	for _, side := range []kith.Side{kith.Receive, kith.Send, kith.Connected} {
		c := kith.Case{Side: side}
		c.History.AskedAt = seen(zeroTime.AddDate(2026, 1, 1))
		c.Relation.Met = seen(kith.Maybe)
		before := c.Facts
		own := c.Member.Profile.Photo
		w := j.Weigh(&c)
		j.Firm(&c, &w)
		if c.Relation != before.Relation || c.Note != before.Note || c.History != before.History ||
			c.Person.Photo != before.Person.Photo || c.Person.Completeness != before.Person.Completeness || c.Member.Profile.Photo != own {
			t.Errorf("%s: the case was changed", side)
		}
		for i := range j.readables[side] {
			r := &j.readables[side][i]
			for _, change := range []func(*kith.Case){r.worst, r.best} {
				saved := keep(&c)
				change(&c)
				saved.putBack(&c)
				if c.Relation != before.Relation || c.Note != before.Note || c.History != before.History || c.Person.Photo != before.Person.Photo {
					t.Errorf("%s: %s is not put back", side, r.facts[0])
				}
			}
		}
	}
}
