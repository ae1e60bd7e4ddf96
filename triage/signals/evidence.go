package signals

import (
	"kith"
	"kith/triage"
)

// repeated is how many unwanted messages are repeated ones: two may be one
// campaign, the third is not (DESIGN 3.3; S0:39).
const repeated = 3

// dangerous reports whether anything that a report may rest on is known.
func dangerous(c *kith.Case) bool {
	n, h := &c.Note, &c.History
	return n.AsksMoney.Is() || h.AskedMoney.Is() || n.AsksCredentials.Is() || h.AskedCredentials.Is() ||
		n.Abusive.Is() || h.Abuse.Is() || impersonates(c)
}

func impersonates(c *kith.Case) bool {
	return c.Relation.Impersonation.Val == kith.Confirmed || c.Answers[kith.AskImpersonation] == kith.AnswerYes
}

// evidence is what a report may rest on, and nothing else may (DESIGN 3.3, K7).
func evidence() []triage.Signal {
	return []triage.Signal{
		{
			ID: "asks-money", Family: triage.Evidence, Tag: kith.TagFact, Then: kith.Report,
			Says:  "They ask you for money.",
			Rules: []string{"R95", "R96"}, Contradiction: "K7", Grade: triage.GradeC, Source: "FBI 2022, FTC 2021; advice 4.5",
			Needs:  []string{"note.asks_money", "history.asked_money"},
			Fires:  func(c *kith.Case) bool { return c.Note.AsksMoney.Is() || c.History.AskedMoney.Is() },
			Speaks: []string{`{"note":{"asks_money":true}}`, `{"history":{"asked_money":true}}`},
			Silent: []string{`{"note":{"asks_money":false}}`, `{"note":{"kind":"pitch"}}`},
		},
		{
			ID: "asks-credentials", Family: triage.Evidence, Tag: kith.TagFact, Then: kith.Report,
			Says:  "They ask you for a password, a code or bank details.",
			Rules: []string{"R95", "R96"}, Contradiction: "K7", Grade: triage.GradeC, Source: "CPNI 2021; advice 4.5",
			Needs:  []string{"note.asks_credentials", "history.asked_credentials"},
			Fires:  func(c *kith.Case) bool { return c.Note.AsksCredentials.Is() || c.History.AskedCredentials.Is() },
			Speaks: []string{`{"note":{"asks_credentials":true}}`, `{"history":{"asked_credentials":true}}`},
			Silent: []string{`{"note":{"asks_credentials":false}}`, `{"note":{"kind":"scam"}}`},
		},
		{
			ID: "impersonation", Family: triage.Evidence, Tag: kith.TagFact, Then: kith.Report,
			Says:  "They pose as somebody else, and you have confirmed it outside the network.",
			Rules: []string{"R89", "R96"}, Contradiction: "K7", Grade: triage.GradeD, Source: "advice 2.6: a false alarm was settled out of band",
			Needs:  []string{"relation.impersonation", "answers.impersonation"},
			Fires:  impersonates,
			Speaks: []string{`{"relation":{"impersonation":"confirmed"}}`, `{"answers":{"impersonation":"yes"}}`},
			Silent: []string{`{"relation":{"impersonation":"suspected"}}`, `{"answers":{"impersonation":"unsure"}}`},
		},
		{
			ID: "abuse", Family: triage.Evidence, Tag: kith.TagFact, Then: kith.Report,
			Says:  "They threaten or insult you.",
			Rules: []string{"R90", "R96"}, Contradiction: "K7", Grade: triage.GradeE, Source: "advice 4.5",
			Needs:  []string{"note.abusive", "history.abuse"},
			Fires:  func(c *kith.Case) bool { return c.Note.Abusive.Is() || c.History.Abuse.Is() },
			Speaks: []string{`{"note":{"abusive":true}}`, `{"history":{"abuse":true}}`},
			Silent: []string{`{"note":{"abusive":false}}`, `{"answers":{"offended":"yes"}}`},
		},
		{
			ID: "repeated-unwanted", Family: triage.Evidence, Tag: kith.TagFact, Then: kith.Report,
			Says:  "They keep sending mail you do not want.",
			Rules: []string{"R91", "R96"}, Contradiction: "K7", Grade: triage.GradeE, Source: "DESIGN 3.3; S0:39",
			Needs: []string{"history.unwanted"},
			Fires: func(c *kith.Case) bool {
				return c.Side == kith.Connected && c.History.Unwanted.Is() && c.History.Unwanted.Val >= repeated
			},
			Speaks: []string{`{"side":"connected","history":{"unwanted":3}}`},
			Silent: []string{`{"side":"connected","history":{"unwanted":1}}`, `{"history":{"unwanted":5}}`},
		},
	}
}

// refusals are the member's own explicit no: they decide, they never weigh.
func refusals() []triage.Signal {
	return []triage.Signal{
		{
			ID: "not-comfortable", Family: triage.Refusal, Tag: kith.TagAnswer, Then: kith.Decline,
			Says:  "You would not be comfortable being associated with them.",
			Rules: []string{"R53"}, Grade: triage.GradeE, Source: "S2:39",
			Needs:  []string{"answers.comfortable"},
			Fires:  no(kith.AskComfortable),
			Speaks: []string{`{"answers":{"comfortable":"no"}}`, `{"answers":{"comfortable":false,"met":true}}`},
			Silent: []string{`{"answers":{"comfortable":"yes"}}`, `{"answers":{"comfortable":"unsure"}}`, `{}`},
		},
		{
			ID: "offended", Family: triage.Refusal, Tag: kith.TagAnswer, Then: kith.Decline,
			Says:  "Something about them offends you.",
			Rules: []string{"R90"}, Contradiction: "K7", Grade: triage.GradeE, Source: "S0:37",
			Needs:  []string{"answers.offended"},
			Fires:  yes(kith.AskOffended),
			Speaks: []string{`{"answers":{"offended":"yes"}}`},
			Silent: []string{`{"answers":{"offended":"no"}}`, `{}`},
		},
		{
			ID: "favour-refused", Family: triage.Refusal, Tag: kith.TagAnswer, Then: kith.Decline,
			Says:  "You would neither do them a favour nor ask for one, and quality is what you connect for.",
			Rules: []string{"R55", "R59", "R32"}, Contradiction: "K14", Grade: triage.GradeE, Source: "S2:44, S2:52",
			Needs:  []string{"answers.favour", "answers.size-over-quality"},
			Fires:  func(c *kith.Case) bool { return c.Answers[kith.AskFavour] == kith.AnswerNo && strict(c) },
			Speaks: []string{`{"member":{"stance":"selective"},"answers":{"favour":"no"}}`, `{"member":{"stance":"open","goals":["endorsement"]},"answers":{"favour":"no"}}`},
			Silent: []string{`{"member":{"stance":"open"},"answers":{"favour":"no"}}`, `{"member":{"stance":"selective"},"answers":{"favour":"yes"}}`},
		},
	}
}
