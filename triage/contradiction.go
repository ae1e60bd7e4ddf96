package triage

import "kith"

// settledHow says, for each contradiction between the articles, what settles it
// when no goal changed the signal's weight (catalogue 1.8). The texts finish
// "The articles disagree here; …". An empty text means that nothing has settled
// it yet.
var settledHow = map[string]func(*kith.Case) string{
	"K1":  byStance,
	"K2":  always("without a goal of reach it counts."),
	"K3":  always("waiting costs little."),
	"K4":  always("what counts is whether you exchange anything there."),
	"K5":  always("no goal of yours sets the downside aside."),
	"K6":  byStance,
	"K7":  always("only direct evidence reports, dislike declines quietly."),
	"K8":  byWorry,
	"K9":  always("your own rule settles it."),
	"K10": byGoals,
	"K11": always("whether you can vouch settles it."),
	"K12": always("a note counts by its reason, not by being there."),
	"K13": always("a colleague's invitation is welcome; inviting everybody is for standing at work."),
	"K14": byStance,
	"K15": byStance,
	"K16": always("newcomers look the same, so it counts little and never towards a report."),
}

func always(text string) func(*kith.Case) string {
	return func(*kith.Case) string { return text }
}

// byStance names the stance that decides, unless the goals still stand on both
// sides.
func byStance(c *kith.Case) string {
	stance, mixed := c.Member.EffectiveStance(&c.Answers)
	switch {
	case mixed:
		return ""
	case c.Member.Goals.Has(kith.Endorsement) && c.Answers[kith.AskFavour] == kith.AnswerNo:
		return "your goal, " + kith.Endorsement.Info().Short + ", settles it."
	case stance == kith.OnlyKnown:
		return "connecting only with people you know settles it."
	}
	return "being " + stance.String() + " settles it."
}

func byGoals(c *kith.Case) string {
	if c.Member.Goals.Any(kith.GuardingGoals) {
		if _, mixed := c.Member.EffectiveStance(&c.Answers); mixed {
			return ""
		}
		return byStance(c)
	}
	return "your goals settle it."
}

func byWorry(c *kith.Case) string {
	switch {
	case c.Member.Goals.Has(kith.Privacy):
		return "your goal, " + kith.Privacy.Info().Short + ", settles it."
	case c.Member.WorryCompetitors:
		return "your own worry settles it."
	}
	return "no goal of yours speaks against it."
}
