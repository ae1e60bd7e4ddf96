package app

import (
	"testing"

	"kith"
	"kith/triage/signals"
)

// What is said of a choice and of its alternative is what the judgement says.
func TestSamplesAreJudged(t *testing.T) {
	t.Parallel()
	judge, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	a := &App{judge: judge}
	want := func(goals kith.Goals, stance kith.Stance, verdicts ...kith.Decision) []Sample {
		t.Helper()
		samples := a.Samples(goals, stance)
		for i, s := range samples {
			if s.Letter != Letters()[i] || s.Verdict.Verdict != verdicts[i] {
				t.Errorf("%v, %v: %s gives %s, want %s", goals.List(), stance, s.Letter, s.Verdict.Verdict, verdicts[i])
			}
		}
		return samples
	}
	want(0, kith.StanceUnset, kith.Accept, kith.Ask, kith.Decline)
	want(kith.GoalSet(kith.Reach), kith.StanceUnset, kith.Accept, kith.Accept, kith.Accept)
	want(kith.GoalSet(kith.JobSearch), kith.StanceUnset, kith.Accept, kith.Ask, kith.Accept)
	want(kith.GoalSet(kith.Rolodex), kith.StanceUnset, kith.Accept, kith.Decline, kith.Decline)
	s := want(kith.GoalSet(kith.Rolodex, kith.GrowInField), kith.Balanced, kith.Accept, kith.Accept, kith.Decline)
	if s[0].Instead != nil {
		t.Errorf("a known person is accepted by every choice, but %+v", s[0].Instead)
	}
	if i := s[1].Instead; i == nil || i.Goal != kith.GrowInField || !i.Dropped || i.Verdict != kith.Ask {
		t.Errorf("without the new field: %+v", i)
	}
	if i := s[2].Instead; i == nil || i.Goal != kith.JobSearch || i.Dropped || i.Verdict != kith.Accept {
		t.Errorf("with a job search: %+v", i)
	}
}

// For every goal and stance the alternative named ends as it says.
func TestTheAlternativeHolds(t *testing.T) {
	t.Parallel()
	judge, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	a := &App{judge: judge}
	holds := func(goals kith.Goals, stance kith.Stance) {
		t.Helper()
		for i, s := range a.Samples(goals, stance) {
			if s.Instead == nil {
				continue
			}
			other, as := goals, stance
			switch how := s.Instead; {
			case how.Stance != kith.StanceUnset:
				as = how.Stance
			case how.Dropped:
				other &^= kith.GoalSet(how.Goal)
			default:
				other |= kith.GoalSet(how.Goal)
			}
			if got := a.Samples(other, as)[i].Verdict.Verdict; got != s.Instead.Verdict || got == s.Verdict.Verdict {
				t.Errorf("%v, %v: %s says %+v, and it is %s", goals.List(), stance, s.Letter, s.Instead, got)
			}
		}
	}
	for _, g := range kith.AllGoals() {
		for stance := kith.StanceUnset; stance <= kith.OnlyKnown; stance++ {
			holds(kith.GoalSet(g), stance)
		}
		holds(kith.GoalSet(g, kith.Rolodex, kith.Endorsement), kith.StanceUnset)
	}
}
