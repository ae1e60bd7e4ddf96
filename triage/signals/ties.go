package signals

import (
	"math"

	"kith"
	"kith/triage"
)

// flatMutual is the number of mutual connections from which more of them help
// a job search no further (Rajkumar et al., Science 2022, A: inverted U with
// its turn near ten).
var flatMutual = math.Log2(1 + 10)

// ties are what two people have in common.
func ties() []triage.Signal {
	return []triage.Signal{
		{
			ID: "mutual", Family: triage.Worth, Tag: kith.TagFact,
			Says:   "You have {} in common.",
			Fill:   func(c *kith.Case) string { return count(c.Relation.Mutual.Val, "connection", "connections") },
			Weight: .45, Spread: .2, Cap: 2,
			Goals: []triage.GoalChange{
				{Goals: recruiting, Do: triage.Flat, By: flatMutual},
				scales(.5, kith.Endorsement),
			},
			Rules: []string{"R46", "R49"}, Grade: triage.GradeB,
			Source:   "about +1 log-odds per doubling of common neighbours on ego-Facebook, shrunk; Boshmaf 2011 (A): bots with mutuals get in too",
			Needs:    []string{"relation.mutual"},
			Fires:    func(c *kith.Case) bool { return c.Relation.Mutual.Is() },
			Strength: func(c *kith.Case) float64 { return math.Log2(float64(1 + c.Relation.Mutual.Val)) },
			Speaks:   []string{`{"relation":{"mutual":1}}`, `{"relation":{"mutual":40}}`},
			Silent:   []string{`{"relation":{"mutual":0}}`, `{"relation":{"mutual":"n/a"}}`, `{}`},
		},
		{
			ID: "colleague", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You work for the same employer.", Weight: 1.2, Spread: .5,
			Goals: []triage.GoalChange{adds(.6, kith.StandingAtWork)},
			Rules: []string{"R13", "R41"}, Contradiction: "K13", Grade: triage.GradeB,
			Source: "S0:17; same employer makes a tie 5.9 times as likely on ego-Facebook, shrunk",
			Needs:  []string{"relation.same_employer", "answers.employer-knows"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.SameEmployer.Val == kith.SharedNow && c.Answers[kith.AskEmployerKnows] != kith.AnswerNo
			},
			Speaks: []string{`{"relation":{"same_employer":"now"}}`, `{"relation":{"same_employer":true}}`},
			Silent: []string{`{"relation":{"same_employer":"earlier"}}`, `{"relation":{"same_employer":false}}`, `{}`},
		},
		{
			ID: "former-colleague", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You worked for the same employer.", Weight: .7, Spread: .5,
			Goals: []triage.GoalChange{adds(.6, kith.StandingAtWork)},
			Rules: []string{"R41", "R61"}, Grade: triage.GradeE, Source: fromArticles,
			Needs:  []string{"relation.same_employer"},
			Fires:  func(c *kith.Case) bool { return c.Relation.SameEmployer.Val == kith.SharedEarlier },
			Speaks: []string{`{"relation":{"same_employer":"earlier"}}`},
			Silent: []string{`{"relation":{"same_employer":"now"}}`, `{"relation":{"same_employer":"none"}}`},
		},
		{
			ID: "senior-colleague", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They are senior to you where you work.", Spread: .3,
			Goals: []triage.GoalChange{adds(.4, kith.StandingAtWork)},
			Rules: []string{"R13"}, Grade: triage.GradeE, Source: fromArticles,
			Needs: []string{"relation.senior", "relation.same_employer"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.Senior.Is() && c.Relation.SameEmployer.Val == kith.SharedNow && c.Member.Goals.Has(kith.StandingAtWork)
			},
			Speaks: []string{`{"member":{"goals":["standing-at-work"]},"relation":{"senior":true,"same_employer":"now"}}`},
			Silent: []string{`{"relation":{"senior":true,"same_employer":"now"}}`, `{"member":{"goals":["standing-at-work"]},"relation":{"senior":true,"same_employer":"earlier"}}`},
		},
		{
			ID: "same-school", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You went to the same school.", Weight: .7, Spread: .4,
			Goals: []triage.GoalChange{becomes(1.3, kith.FirstJobAlumni)},
			Rules: []string{"R61", "R62"}, Contradiction: "K15", Grade: triage.GradeB,
			Source: "S3:6; same school makes a tie 9.4 times as likely on ego-Facebook, shrunk: they met there too",
			Needs:  []string{"relation.same_school"},
			Fires:  func(c *kith.Case) bool { return c.Relation.SameSchool.Is() },
			Speaks: []string{`{"relation":{"same_school":true}}`},
			Silent: []string{`{"relation":{"same_school":false}}`, `{}`},
		},
		{
			ID: "same-programme", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You were in the same programme.", Weight: .7, Spread: .4,
			Goals: []triage.GoalChange{becomes(1.3, kith.FirstJobAlumni)},
			Rules: []string{"R61", "R64"}, Grade: triage.GradeE, Source: fromArticles,
			Needs: []string{"relation.same_programme", "relation.same_school"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.SameProgramme.Is() && !c.Relation.SameSchool.Is()
			},
			Speaks: []string{`{"relation":{"same_programme":true}}`},
			Silent: []string{`{"relation":{"same_programme":false}}`, `{"relation":{"same_programme":true,"same_school":true}}`},
		},
		{
			ID: "same-volunteering", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You volunteer in the same place.", Weight: .7, Spread: .4,
			Goals: []triage.GoalChange{becomes(1.3, kith.FirstJobAlumni)},
			Rules: []string{"R61", "R64"}, Grade: triage.GradeE, Source: fromArticles,
			Needs:  []string{"relation.same_volunteering"},
			Fires:  func(c *kith.Case) bool { return c.Relation.SameVolunteering.Is() },
			Speaks: []string{`{"relation":{"same_volunteering":true}}`},
			Silent: []string{`{"relation":{"same_volunteering":false}}`, `{}`},
		},
		{
			ID: "same-industry", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They work in your industry.", Weight: .5, Spread: .4,
			Rules: []string{"R42", "R65"}, Grade: triage.Grade0, Source: "S0:17; no acceptance study found",
			Needs: []string{"relation.same_industry", "relation.in_area"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.SameIndustry.Is() && !(c.Relation.InArea.Is() && c.Member.Goals.Has(kith.GrowInField))
			},
			Speaks: []string{`{"relation":{"same_industry":true}}`},
			Silent: []string{`{"relation":{"same_industry":false}}`, `{"member":{"goals":["grow-in-field"]},"relation":{"same_industry":true,"in_area":true}}`},
		},
		{
			ID: "in-area", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They work in an area you want to grow in.", Spread: .4,
			Goals: []triage.GoalChange{becomes(1.2, kith.GrowInField)},
			Rules: []string{"R16", "R65"}, Grade: triage.GradeE, Source: fromArticles,
			Needs:  []string{"relation.in_area"},
			Fires:  func(c *kith.Case) bool { return c.Relation.InArea.Is() && c.Member.Goals.Has(kith.GrowInField) },
			Speaks: []string{`{"member":{"goals":["grow-in-field"]},"relation":{"in_area":true}}`},
			Silent: []string{`{"relation":{"in_area":true}}`, `{"member":{"goals":["G7"]},"relation":{"in_area":false}}`},
		},
		{
			ID: "competitor-exposed", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They work for a competitor, who would see your contacts.", Spread: .4,
			Goals: []triage.GoalChange{adds(-.6, kith.Privacy)},
			Rules: []string{"R29", "R43"}, Contradiction: "K8", Grade: triage.GradeE, Source: "S0:17 against S1:3, S2:31",
			Needs:  []string{"relation.competitor"},
			Fires:  func(c *kith.Case) bool { return c.Relation.Competitor.Is() && c.Member.Goals.Has(kith.Privacy) },
			Speaks: []string{`{"member":{"goals":["privacy"]},"relation":{"competitor":true}}`},
			Silent: []string{`{"relation":{"competitor":true}}`, `{"member":{"goals":["privacy"]},"relation":{"competitor":false}}`},
		},
		{
			ID: "same-group", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You are in the same group.", Weight: .4, Spread: .3,
			Rules: []string{"R66"}, Grade: triage.GradeD, Source: "S1:8; 19 of 20 accepted in one self-experiment",
			Needs:  []string{"relation.same_group", "relation.active_in_group", "answers.active-in-group"},
			Fires:  func(c *kith.Case) bool { return c.Relation.SameGroup.Is() && !activeInGroup(c) },
			Speaks: []string{`{"relation":{"same_group":true}}`, `{"relation":{"same_group":true,"active_in_group":false}}`},
			Silent: []string{`{"relation":{"same_group":false}}`, `{"relation":{"same_group":true,"active_in_group":true}}`},
		},
		{
			ID: "active-in-group", Family: triage.Worth, Tag: kith.TagFact,
			Says: "They are noticeably active in a group of yours.", Weight: .9, Spread: .4,
			Rules: []string{"R66"}, Grade: triage.GradeE, Source: "S1:8: speaks volumes",
			Needs:  []string{"relation.active_in_group", "answers.active-in-group"},
			Fires:  activeInGroup,
			Speaks: []string{`{"relation":{"active_in_group":true}}`, `{"answers":{"active-in-group":"yes"}}`},
			Silent: []string{`{"relation":{"same_group":true}}`, `{"relation":{"active_in_group":false}}`},
		},
	}
}

func activeInGroup(c *kith.Case) bool {
	return c.Relation.ActiveInGroup.Is() || c.Answers[kith.AskActiveInGroup] == kith.AnswerYes
}
