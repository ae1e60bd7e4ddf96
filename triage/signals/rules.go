package signals

import (
	"strings"

	"kith"
	"kith/triage"
)

// rules are the member's own. They act on observed facts only.
func rules() []triage.Signal {
	return []triage.Signal{
		{
			ID: "rule-own-country", Family: triage.Rule, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "They are in another country, and your rule is to stay in your own.",
			Rules: []string{"R70"}, Contradiction: "K9", Grade: triage.GradeE, Source: "S0:29: may decline; S2:52: worldwide",
			Needs: []string{"person.country"},
			Mode:  func(m *kith.Member) kith.RuleMode { return m.Rules.OwnCountry.When },
			Fires: func(c *kith.Case) bool {
				r := c.Member.Rules.OwnCountry
				return r.When != kith.RuleOff && r.Value != "" && c.Person.Country.Is() && !strings.EqualFold(r.Value, c.Person.Country.Val)
			},
			Speaks: []string{`{"member":{"rules":{"own-country":{"value":"NL","when":"may"}}},"person":{"country":"BE"}}`},
			Silent: []string{`{"member":{"rules":{"own-country":{"value":"NL","when":"may"}}},"person":{"country":"nl"}}`,
				`{"member":{"rules":{"own-country":{"value":"NL","when":"always"}}}}`, `{"person":{"country":"BE"}}`},
		},
		{
			ID: "rule-photo-required", Family: triage.Rule, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "They show no photo of their own, and your rule asks for one.",
			Rules: []string{"R76", "R77"}, Grade: triage.GradeE, Source: "S0:37: many decline automatically",
			Needs: []string{"person.photo", "answers.stock-photo"},
			Mode:  func(m *kith.Member) kith.RuleMode { return m.Rules.PhotoRequired.When },
			Fires: func(c *kith.Case) bool {
				return c.Member.Rules.PhotoRequired.When != kith.RuleOff && (c.Person.Photo.IsNot() || stockPhoto(c))
			},
			Speaks: []string{`{"member":{"rules":{"photo-required":"always"}},"person":{"photo":"none"}}`, `{"member":{"rules":{"photo-required":"may"}},"person":{"photo":"stock"}}`},
			Silent: []string{`{"member":{"rules":{"photo-required":"always"}}}`, `{"person":{"photo":"none"}}`, `{"member":{"rules":{"photo-required":"always"}},"person":{"photo":"present"}}`},
		},
		{
			ID: "rule-note-required", Family: triage.Rule, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "They wrote no note of their own, and your rule asks for one.",
			Rules: []string{"R68"}, Contradiction: "K2", Grade: triage.GradeE, Source: "S0:23",
			Needs: []string{"note.kind"},
			Mode:  func(m *kith.Member) kith.RuleMode { return m.Rules.NoteRequired.When },
			Fires: func(c *kith.Case) bool {
				return c.Member.Rules.NoteRequired.When != kith.RuleOff && hasNote(c, kith.NoteEmpty, kith.NoteDefault)
			},
			Speaks: []string{`{"member":{"rules":{"note-required":"may"}},"note":{"kind":"default"}}`, `{"member":{"rules":{"note-required":"always"}},"note":{"kind":"empty"}}`},
			Silent: []string{`{"member":{"rules":{"note-required":"always"}}}`, `{"note":{"kind":"default"}}`, `{"member":{"rules":{"note-required":"always"}},"note":{"kind":"generic"}}`},
		},
		{
			ID: "rule-min-mutual", Family: triage.Rule, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "You have {} in common, fewer than your rule asks for.",
			Fill:  func(c *kith.Case) string { return count(c.Relation.Mutual.Val, "connection", "connections") },
			Rules: []string{"R46", "R49"}, Grade: triage.GradeE, Source: "S0:21",
			Needs: []string{"relation.mutual"},
			Mode:  func(m *kith.Member) kith.RuleMode { return m.Rules.MinMutual.When },
			Fires: func(c *kith.Case) bool {
				r := c.Member.Rules.MinMutual
				return r.When != kith.RuleOff && c.Relation.Mutual.Known() && c.Relation.Mutual.Val < r.Value
			},
			Speaks: []string{`{"member":{"rules":{"min-mutual":{"value":3,"when":"may"}}},"relation":{"mutual":2}}`, `{"member":{"rules":{"min-mutual":{"value":1,"when":"always"}}},"relation":{"mutual":0}}`},
			Silent: []string{`{"member":{"rules":{"min-mutual":{"value":3,"when":"may"}}}}`, `{"member":{"rules":{"min-mutual":{"value":3,"when":"may"}}},"relation":{"mutual":3}}`},
		},
		{
			ID: "rule-known-only", Family: triage.Rule, Tag: kith.TagFact, Then: kith.Decline,
			Says:  "You do not know them, and your rule is to connect only with people you know.",
			Rules: []string{"R2", "R24"}, Contradiction: "K1", Grade: triage.GradeE, Source: "S0:5, S1:2",
			Needs: []string{"relation.met", "relation.address_book", "answers.met", "answers.same-person", "history.messages", "history.both_ways", "history.replied", "history.asked_at", "answers.replied"},
			Mode:  func(m *kith.Member) kith.RuleMode { return m.Rules.KnownOnly.When },
			Fires: func(c *kith.Case) bool {
				notKnown := c.Answers[kith.AskMet] == kith.AnswerNo || c.Relation.Met.IsNot() && c.Relation.AddressBook.IsNot()
				return c.Member.Rules.KnownOnly.When != kith.RuleOff && notKnown && !triage.Knows(c)
			},
			Speaks: []string{`{"member":{"rules":{"known-only":"always"}},"answers":{"met":"no"}}`, `{"member":{"rules":{"known-only":"may"}},"relation":{"met":"no","address_book":"no"}}`},
			Silent: []string{`{"member":{"rules":{"known-only":"always"}}}`, `{"member":{"rules":{"known-only":"always"}},"relation":{"met":"no"}}`, `{"member":{"rules":{"known-only":"always"}},"answers":{"met":"no"},"history":{"both_ways":true}}`},
		},
	}
}

// stockPhoto reports whether the photo was recognised as a stock picture.
func stockPhoto(c *kith.Case) bool {
	return c.Person.Photo.Val == kith.PhotoStock || c.Answers[kith.AskStockPhoto] == kith.AnswerYes
}

// settled is what makes somebody known, and with it accepted (DESIGN 3.2 c).
func settled() []triage.Signal {
	return []triage.Signal{
		{
			ID: "met", Family: triage.Settled, Tag: kith.TagAnswer, Then: kith.Accept,
			Says:  "You have met, or worked together.",
			Rules: []string{"R44", "R48", "R60"}, Grade: triage.GradeE, Source: "S0:19, S2:35, S3:12",
			Needs:  []string{"answers.met"},
			Fires:  yes(kith.AskMet),
			Speaks: []string{`{"answers":{"met":"yes"}}`},
			Silent: []string{`{"answers":{"met":"no"}}`, `{"answers":{"met":"unsure"}}`, `{}`},
		},
		{
			ID: "met-observed", Family: triage.Settled, Tag: kith.TagFact, Then: kith.Accept,
			Says: "You have met{}.",
			Fill: func(c *kith.Case) string {
				if c.Relation.MetWhere.Is() {
					return ": " + c.Relation.MetWhere.Val
				}
				return ""
			},
			Rules: []string{"R44", "R48", "R60"}, Grade: triage.GradeE, Source: "S0:19, S3:12",
			Needs: []string{"relation.met", "answers.met", "answers.same-person"},
			Fires: func(c *kith.Case) bool {
				said := c.Answers[kith.AskMet]
				return said != kith.AnswerYes && said != kith.AnswerNo && triage.Believed(&c.Relation.Met, c)
			},
			Speaks: []string{`{"relation":{"met":true}}`, `{"relation":{"met":"maybe"},"answers":{"same-person":"yes"}}`, `{"relation":{"met":true},"answers":{"met":"unsure"}}`},
			Silent: []string{`{"relation":{"met":"maybe"}}`, `{"relation":{"met":false}}`, `{"relation":{"met":true},"answers":{"met":"no"}}`},
		},
		{
			ID: "address-book", Family: triage.Settled, Tag: kith.TagFact, Then: kith.Accept,
			Says:  "They are in your address book.",
			Rules: []string{"R45"}, Grade: triage.GradeE, Source: "S0:19",
			Needs:  []string{"relation.address_book", "answers.same-person"},
			Fires:  func(c *kith.Case) bool { return triage.Believed(&c.Relation.AddressBook, c) },
			Speaks: []string{`{"relation":{"address_book":true}}`, `{"relation":{"address_book":"maybe"},"answers":{"same-person":"yes"}}`},
			Silent: []string{`{"relation":{"address_book":"maybe"}}`, `{"relation":{"address_book":false}}`, `{}`},
		},
		{
			ID: "wrote-both-ways", Family: triage.Settled, Tag: kith.TagFact, Then: kith.Accept,
			Says:  "You have written to each other, both ways.",
			Rules: []string{"R45", "R48"}, Grade: triage.GradeE, Source: "S0:19: interacted enough",
			Needs:  []string{"history.both_ways", "history.messages", "history.replied", "history.asked_at", "answers.replied"},
			Fires:  func(c *kith.Case) bool { return triage.WroteBothWays(c) },
			Speaks: []string{`{"history":{"both_ways":true}}`, `{"history":{"messages":6}}`},
			Silent: []string{`{"history":{"messages":1}}`, `{"history":{"messages":4,"both_ways":false}}`, `{"history":{"messages":2,"replied":false}}`, `{}`},
		},
	}
}
