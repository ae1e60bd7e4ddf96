package signals_test

import (
	"slices"
	"testing"

	"kith"
)

// What serves a goal is what the goal makes count for more, never what it only
// forgives.
func TestWhatServesAGoal(t *testing.T) {
	t.Parallel()
	judge := judge(t)
	for goal, want := range map[kith.Goal][]string{
		kith.Reach: nil, kith.Privacy: nil, kith.AvoidSpam: nil,
		kith.JobSearch:      {"recruiter"},
		kith.NewClients:     {"likely-client"},
		kith.GrowInField:    {"in-area"},
		kith.FirstJobAlumni: {"same-programme", "same-school", "same-volunteering"},
		kith.StandingAtWork: {"boss-family", "colleague", "former-colleague", "senior-colleague"},
	} {
		got := judge.Serves(goal)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%v: %v, not %v", goal, got, want)
		}
	}
}
