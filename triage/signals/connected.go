package signals

import (
	"kith"
	"kith/triage"
)

// connected lists the rules of existing connections; direct evidence comes
// before them (DESIGN 3.10).
func connected() []triage.Signal {
	end := func(id, says string, tag kith.Tag, rules []string, source string, needs []string, fires func(*kith.Case) bool, speaks, silent []string) triage.Signal {
		return triage.Signal{
			ID: "connected-" + id, Family: triage.Keeping, Tag: tag, Then: kith.Disconnect, Says: says,
			Rules: rules, Grade: triage.GradeE, Source: source, Needs: needs,
			Fires: fires, Speaks: speaks, Silent: silent,
		}
	}
	return []triage.Signal{
		end("spam", "They send you mail you do not want.", kith.TagFact, []string{"R91"}, "S0:39",
			[]string{"history.unwanted", "answers.spam"}, func(c *kith.Case) bool {
				return c.History.Unwanted.Is() || c.Answers[kith.AskSpam] == kith.AnswerYes
			},
			[]string{`{"history":{"unwanted":1}}`, `{"answers":{"spam":"yes"}}`}, []string{`{"history":{"unwanted":0}}`, `{"answers":{"spam":"no"}}`, `{}`}),
		end("pitched", "They pitched to you after you accepted.", kith.TagInference, []string{"R91", "R92", "R93"}, "S0:39, S3:31",
			[]string{"history.pitched", "answers.spam"}, func(c *kith.Case) bool {
				return c.History.Pitched.Is() && c.Answers[kith.AskSpam] != kith.AnswerNo
			},
			[]string{`{"history":{"pitched":true}}`}, []string{`{"history":{"pitched":false}}`, `{"history":{"pitched":true},"answers":{"spam":"no"}}`, `{}`}),
		end("looks-fake", "Their profile looks fake or sketchy to you.", kith.TagAnswer, []string{"R89"}, "S0:37",
			[]string{"answers.looks-fake"}, yes(kith.AskLooksFake),
			[]string{`{"answers":{"looks-fake":"yes"}}`}, []string{`{"answers":{"looks-fake":"no"}}`, `{}`}),
		end("offends", "Something about them offends you.", kith.TagAnswer, []string{"R90"}, "S0:37",
			[]string{"answers.offended"}, yes(kith.AskOffended),
			[]string{`{"answers":{"offended":"yes"}}`}, []string{`{"answers":{"offended":"no"}}`, `{}`}),
		end("silent", "You accepted and asked, and they have not answered for two weeks.", kith.TagFact, []string{"R84", "R85"}, "S0:35",
			[]string{"history.asked_at", "history.accepted_at", "history.replied", "answers.replied", "relation.met", "relation.address_book",
				"history.both_ways", "history.messages", "answers.met", "answers.same-person"},
			func(c *kith.Case) bool {
				tooSoon := c.History.AcceptedAt.Is() && !waited(c, &c.History.AcceptedAt, triage.DecideAfter)
				return silentAfterAsking(c) && !tooSoon && !triage.Knows(c)
			},
			[]string{`{"now":"2026-11-22","history":{"accepted_at":"2026-10-30","asked_at":"2026-11-01","replied":false}}`},
			[]string{`{"now":"2026-11-22","history":{"accepted_at":"2026-11-10","asked_at":"2026-11-15","replied":false}}`, `{"now":"2026-11-22","relation":{"met":true},"history":{"asked_at":"2026-11-01","replied":false}}`, `{"now":"2026-11-22","history":{"asked_at":"2026-11-01","replied":true}}`, `{}`}),
		end("favour-no", "You would neither do them a favour nor ask for one, and to you a connection is an endorsement.", kith.TagAnswer, []string{"R55", "R94"}, "S1:3; proposed only",
			[]string{"answers.favour"}, func(c *kith.Case) bool {
				return c.Answers[kith.AskFavour] == kith.AnswerNo && c.Member.Goals.Has(kith.Endorsement)
			},
			[]string{`{"member":{"goals":["endorsement"]},"answers":{"favour":"no"}}`}, []string{`{"answers":{"favour":"no"}}`, `{"member":{"goals":["endorsement"]}}`}),
	}
}

// introducing lists the rules of introductions; without any, the honest
// sentence is "only through the network" (R88).
func introducing() []triage.Signal {
	say := func(id string, then kith.Decision, says string, tag kith.Tag, rules []string, source string, needs []string, fires func(*kith.Case) bool, speaks, silent []string) triage.Signal {
		return triage.Signal{
			ID: "introduce-" + id, Family: triage.Introducing, Tag: tag, Then: then, Says: says,
			Rules: rules, Grade: triage.GradeE, Source: source, Needs: needs,
			Fires: fires, Speaks: speaks, Silent: silent,
		}
	}
	return []triage.Signal{
		say("unsafe", kith.Decline, "It would not be safe for the other person.", kith.TagAnswer, []string{"R87"}, "DESIGN 3.10",
			[]string{"answers.unsafe", "note.asks_money", "history.asked_money", "note.asks_credentials", "history.asked_credentials",
				"note.abusive", "history.abuse", "relation.impersonation", "answers.impersonation"},
			func(c *kith.Case) bool { return c.Answers[kith.AskUnsafe] == kith.AnswerYes || dangerous(c) },
			[]string{`{"answers":{"unsafe":"yes"}}`, `{"history":{"asked_money":true}}`, `{"relation":{"impersonation":"confirmed"}}`}, []string{`{"answers":{"unsafe":"no"}}`, `{}`}),
		say("uncomfortable", kith.Decline, "You would not be comfortable introducing them.", kith.TagAnswer, []string{"R53", "R87"}, "S2:39",
			[]string{"answers.comfortable"}, no(kith.AskComfortable),
			[]string{`{"answers":{"comfortable":"no"}}`}, []string{`{"answers":{"comfortable":"yes"}}`, `{}`}),
		say("asked-not-to", kith.Decline, "The other person asked you not to.", kith.TagAnswer, []string{"R87"}, "S0:25: decide beforehand",
			[]string{"answers.asked-not-to"}, yes(kith.AskNotTo),
			[]string{`{"answers":{"asked-not-to":"yes"}}`}, []string{`{"answers":{"asked-not-to":"no"}}`, `{}`}),
		contradicts("K11", say("vouched", kith.AsKnown, "You can vouch for their work.", kith.TagAnswer, []string{"R58", "R88"}, "S0:25",
			[]string{"answers.vouch"}, yes(kith.AskVouch),
			[]string{`{"answers":{"vouch":"yes"}}`}, []string{`{"answers":{"vouch":"no"}}`, `{}`})),
		contradicts("K11", say("not-vouched", kith.OnlyThroughNetwork, "You cannot vouch for their work; say that you know them only through the network.", kith.TagAnswer, []string{"R88"}, "S0:25",
			[]string{"answers.vouch"}, no(kith.AskVouch),
			[]string{`{"answers":{"vouch":"no"}}`}, []string{`{"answers":{"vouch":"yes"}}`, `{}`})),
	}
}
