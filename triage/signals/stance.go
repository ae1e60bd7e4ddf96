package signals

import (
	"kith"
	"kith/triage"
)

// stances are where "worth it" starts (DESIGN 3, table of weights).
func stances() []triage.Signal {
	start := func(s kith.Stance, weight float64, says string, rules ...string) triage.Signal {
		return triage.Signal{
			ID: "stance-" + s.String(), Family: triage.Stance, Tag: kith.TagAnswer,
			Says: says, Weight: weight, Spread: .6,
			Rules: rules, Contradiction: "K1", Grade: triage.GradeE, Source: fromArticles,
			Needs:  []string{"member.stance", "member.goals", "answers.size-over-quality"},
			Fires:  func(c *kith.Case) bool { return stanceOf(c) == s },
			Speaks: []string{`{"member":{"stance":"` + s.String() + `"}}`},
			Silent: []string{`{"member":{"stance":"` + other(s) + `"}}`},
		}
	}
	return []triage.Signal{
		start(kith.Open, .8, "You are open to people you do not know.", "R4", "R21", "R22", "R23", "R34"),
		start(kith.Balanced, -.2, "You weigh people you do not know.", "R4", "R33"),
		start(kith.Selective, -.9, "You choose carefully among people you do not know.", "R4", "R26", "R32"),
		start(kith.OnlyKnown, -2, "You connect with people you know.", "R2", "R4", "R24"),
		{
			ID: "reach-goals", Family: triage.Stance, Tag: kith.TagAnswer,
			Says: "One more connection serves {}.",
			Fill: func(c *kith.Case) string {
				g, _ := (c.Member.Goals & kith.ReachGoals).First()
				return "your goal, " + g.Info().Short
			},
			Weight: .6, Spread: .4,
			Rules: []string{"R8", "R21", "R22", "R23"}, Contradiction: "K10", Grade: triage.GradeB,
			Source: "R21 to R23 for the weight; that size helps search: Huang, Tunkelang, Karahalios 2014 (B)",
			Needs:  []string{"member.goals"},
			Fires:  func(c *kith.Case) bool { return c.Member.Goals.Any(kith.ReachGoals) },
			Speaks: []string{`{"member":{"goals":["reach"]}}`, `{"member":{"goals":["G18","privacy"]}}`},
			Silent: []string{`{"member":{"goals":["privacy"]}}`, `{}`},
		},
	}
}

func other(s kith.Stance) string {
	if s == kith.Open {
		return kith.Selective.String()
	}
	return kith.Open.String()
}
