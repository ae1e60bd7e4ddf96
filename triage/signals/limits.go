package signals

import (
	"kith"
	"kith/triage"
)

// limits correct what the table says of a weighed invitation; what is settled
// or ruled never comes here.
func limits() []triage.Signal {
	return []triage.Signal{
		{
			ID: "fraud", Family: triage.Limit, Tag: kith.TagInference, Then: kith.Decline,
			Says:  "Note or profile reads like a known fraud; nothing you know of them speaks against that.",
			Rules: []string{"R74", "R89"}, Contradiction: "K7", Grade: triage.GradeC, Source: "DESIGN 3.2; advice 2.7",
			Needs:  []string{"note.scam_phrases", "note.kind", "person.scam_phrases"},
			Fires:  func(c *kith.Case) bool { return scamGroups(c) > 0 },
			Speaks: []string{`{"note":{"scam_phrases":1}}`, `{"note":{"kind":"scam"}}`, `{"person":{"scam_phrases":1}}`},
			Silent: []string{`{"note":{"scam_phrases":0}}`, `{}`},
		},
		{
			ID: "asked-and-silent", Family: triage.Limit, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "You asked, and they have not answered for two weeks.",
			Rules: []string{"R81", "R85"}, Grade: triage.GradeE, Source: "S0:35",
			Needs: []string{"history.asked_at", "history.replied", "answers.replied"},
			Fires: silentAfterAsking,
			Speaks: []string{`{"now":"2026-11-22","history":{"asked_at":"2026-11-01","replied":false}}`,
				`{"now":"2026-11-22","history":{"asked_at":"2026-11-08"},"answers":{"replied":"no"}}`},
			Silent: []string{`{"now":"2026-11-22","history":{"asked_at":"2026-11-15","replied":false}}`,
				`{"now":"2026-11-22","history":{"asked_at":"2026-11-01"}}`, `{"history":{"asked_at":"2026-11-01","replied":false}}`},
		},
		{
			ID: "competitor", Family: triage.Limit, Tag: kith.TagInference, Then: kith.Ask, When: kith.Accept,
			Says:  "They work for a competitor; ask what they want before they see your contacts.",
			Rules: []string{"R29", "R43"}, Contradiction: "K8", Grade: triage.GradeE, Source: "S0:17 against S1:3, S2:31",
			Needs: []string{"relation.competitor"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.Competitor.Is() && (c.Member.Goals.Has(kith.Privacy) || c.Member.WorryCompetitors)
			},
			Speaks: []string{`{"member":{"goals":["privacy"]},"relation":{"competitor":true}}`, `{"member":{"worry_competitors":true},"relation":{"competitor":true}}`},
			Silent: []string{`{"relation":{"competitor":true}}`, `{"member":{"goals":["privacy"]},"relation":{"competitor":false}}`},
		},
	}
}

// silentAfterAsking reports whether two weeks have passed without an answer.
func silentAfterAsking(c *kith.Case) bool {
	silent := c.History.Replied.IsNot() || c.History.Replied.State == kith.Unknown && c.Answers[kith.AskReplied] == kith.AnswerNo
	return silent && waited(c, &c.History.AskedAt, triage.DecideAfter)
}

// remarks explain a weighed verdict and weigh nothing.
func remarks() []triage.Signal {
	return []triage.Signal{
		{
			ID: "accept-and-see", Family: triage.Remark, Tag: kith.TagInference, When: kith.Accept,
			Says:  "As far as Kith can see you have not met: accept and see. Greet them, and if they stay silent for two weeks, remove them; asked for an introduction, say that you know them only through the network.",
			Rules: []string{"R84", "R85", "R87", "R88"}, Contradiction: "K6", Grade: triage.GradeE, Source: "S0:25, S0:35",
			Needs:  append(knowing(), "note.kind", "member.stance", "member.goals", "answers.size-over-quality"),
			Fires:  triage.AcceptAndSee,
			Speaks: []string{`{"member":{"stance":"open"}}`},
			Silent: []string{`{"member":{"stance":"selective"}}`, `{"member":{"stance":"open"},"note":{"kind":"specific"}}`, `{"answers":{"met":"yes"}}`},
		},
		{
			ID: "ask-before", Family: triage.Remark, Tag: kith.TagInference, When: kith.Ask,
			Says:  "One question to them will tell more than anything Kith can read.",
			Rules: []string{"R82", "R83"}, Contradiction: "K6", Grade: triage.GradeE, Source: "S0:35",
			Needs: []string{"member.stance", "member.goals", "answers.size-over-quality"},
			Fires: func(c *kith.Case) bool {
				s := stanceOf(c)
				return s == kith.Selective || s == kith.OnlyKnown
			},
			Speaks: []string{`{"member":{"stance":"selective"}}`},
			Silent: []string{`{"member":{"stance":"open"}}`},
		},
		{
			ID: "competitor-welcome", Family: triage.Remark, Tag: kith.TagInference, When: kith.Accept,
			Says:  "They work for a competitor; inside a trade more is gained than lost.",
			Rules: []string{"R43"}, Contradiction: "K8", Grade: triage.GradeE, Source: "S0:17",
			Needs:  []string{"relation.competitor"},
			Fires:  func(c *kith.Case) bool { return c.Relation.Competitor.Is() && !c.Member.Goals.Has(kith.Privacy) },
			Speaks: []string{`{"relation":{"competitor":true}}`},
			Silent: []string{`{"member":{"goals":["privacy"]},"relation":{"competitor":true}}`, `{}`},
		},
		{
			ID: "same-name", Family: triage.Remark, Tag: kith.TagInference,
			Says: "Somebody of the same name stands {}.",
			Fill: func(c *kith.Case) string {
				if c.Relation.Met.Val == kith.Maybe {
					return "in your calendar"
				}
				return "in your address book"
			},
			Rules: []string{"R44", "R45"}, Grade: triage.GradeE, Source: "DESIGN 4: an equal name is only a maybe",
			Needs: []string{"relation.met", "relation.address_book", "answers.same-person"},
			Fires: func(c *kith.Case) bool {
				maybe := c.Relation.Met.Val == kith.Maybe || c.Relation.AddressBook.Val == kith.Maybe
				return maybe && c.Answers[kith.AskSamePerson] == kith.NotAnswered
			},
			Speaks: []string{`{"relation":{"met":"maybe"}}`, `{"relation":{"address_book":"maybe"}}`},
			Silent: []string{`{"relation":{"met":"yes"}}`, `{"relation":{"met":"maybe"},"answers":{"same-person":"no"}}`},
		},
		{
			ID: "introduce-unvouched", Family: triage.Remark, Tag: kith.TagUnknown, When: kith.OnlyThroughNetwork,
			Says:  "Nothing says that you can vouch for their work; until then, say that you know them only through the network.",
			Rules: []string{"R87", "R88"}, Contradiction: "K11", Grade: triage.GradeE, Source: "S0:25",
			Needs:  []string{"answers.vouch"},
			Fires:  func(c *kith.Case) bool { return c.Answers[kith.AskVouch] != kith.AnswerYes },
			Speaks: []string{`{"side":"introduce"}`},
			Silent: []string{`{"side":"introduce","answers":{"vouch":"yes"}}`},
		},
	}
}
