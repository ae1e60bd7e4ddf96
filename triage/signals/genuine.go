package signals

import (
	"kith"
	"kith/triage"
)

// genuine is what bears on "a real, safe person?". It never reads goals, a
// stated employer or anything seen in a face.
func genuine() []triage.Signal {
	person := func(id, says string, weight, spread float64, fact string, fires func(*kith.Case) bool, speaks, silent string) triage.Signal {
		return triage.Signal{
			ID: id, Family: triage.Genuine, Tag: kith.TagFact, Says: says, Weight: weight, Spread: spread,
			Grade: triage.GradeE, Source: assumed, Needs: []string{fact}, Fires: fires,
			Speaks: []string{speaks}, Silent: []string{silent, `{}`},
		}
	}
	with := func(s triage.Signal, change func(*triage.Signal)) triage.Signal {
		change(&s)
		return s
	}
	thinness := func(s triage.Signal, rules ...string) triage.Signal {
		s.Group, s.Rules, s.Contradiction, s.Source = "thinness", rules, "K16", "S0:33, S0:37, S1:7; numbers-only detectors (B)"
		return s
	}
	return []triage.Signal{
		with(person("verified", "The platform has verified their work address or identity.", 1.5, .7, "person.verified",
			func(c *kith.Case) bool { return c.Person.Verified.Is() }, `{"person":{"verified":true}}`, `{"person":{"verified":false}}`),
			func(s *triage.Signal) { s.Rules = []string{"R89"} }),
		with(person("old-account", "The account is more than a year old.", .7, .6, "person.account_age_days",
			func(c *kith.Case) bool { return c.Person.AccountDays.Is() && c.Person.AccountDays.Val > 365 },
			`{"person":{"account_age_days":800}}`, `{"person":{"account_age_days":200}}`),
			func(s *triage.Signal) { s.Rules = []string{"R89"} }),
		thinness(person("new-account", "The account is less than a month old.", -.8, .6, "person.account_age_days",
			func(c *kith.Case) bool { return c.Person.AccountDays.Known() && c.Person.AccountDays.Val < 30 },
			`{"person":{"account_age_days":3}}`, `{"person":{"account_age_days":200}}`), "R89"),
		with(person("many-mutuals", "Five or more of your connections know them.", .5, .4, "relation.mutual",
			func(c *kith.Case) bool { return c.Relation.Mutual.Is() && c.Relation.Mutual.Val >= 5 },
			`{"relation":{"mutual":5}}`, `{"relation":{"mutual":4}}`),
			func(s *triage.Signal) {
				s.Rules, s.Grade = []string{"R46"}, triage.GradeA
				s.Source = "kept small: 59 % accepted socialbots with mutual friends (Boshmaf 2011)"
			}),
		with(person("complete-profile", "Their profile is complete.", .4, .3, "person.completeness",
			func(c *kith.Case) bool {
				return c.Person.Completeness.Val == kith.Complete && c.Person.Focus.Val != kith.OnIndustry
			}, `{"person":{"completeness":"complete"}}`, `{"person":{"completeness":"complete","focus":"industry"}}`),
			func(s *triage.Signal) {
				s.Rules, s.Grade, s.Tag = []string{"R67"}, triage.GradeB, kith.TagInference
				s.Source = "at most +0.7: detectors pass half of generated profiles (Gulati 2025)"
				s.Needs = append(s.Needs, "person.focus")
			}),
		thinness(person("thin-profile", "Their profile says very little.", -.9, .5, "person.completeness",
			func(c *kith.Case) bool { return c.Person.Completeness.Val == kith.Thin },
			`{"person":{"completeness":"thin"}}`, `{"person":{"completeness":"ordinary"}}`), "R73", "R78"),
		with(person("industry-only", "Their profile speaks of an industry and not of the person.", -.8, .6, "person.focus",
			func(c *kith.Case) bool { return c.Person.Focus.Val == kith.OnIndustry },
			`{"person":{"focus":"industry"}}`, `{"person":{"focus":"person"}}`),
			func(s *triage.Signal) {
				s.Rules, s.Tag, s.Source = []string{"R74"}, kith.TagInference, "S0:33; no study found"
			}),
		thinness(person("no-photo", "They show no photo.", -.4, .4, "person.photo",
			func(c *kith.Case) bool { return c.Person.Photo.IsNot() },
			`{"person":{"photo":"none"}}`, `{"person":{"photo":"present"}}`), "R52", "R76", "R78"),
		with(person("stock-photo", "The photo is a stock picture.", -1.5, .7, "person.photo", stockPhoto,
			`{"person":{"photo":"stock"}}`, `{"person":{"photo":"present"}}`),
			func(s *triage.Signal) {
				s.Rules, s.Source = []string{"R77"}, "S0:37"
				s.Needs = append(s.Needs, "answers.stock-photo")
			}),
		thinness(person("few-connections", "They have fewer than 50 connections.", -.4, .4, "person.connections",
			func(c *kith.Case) bool { return c.Person.Connections.Known() && c.Person.Connections.Val < 50 },
			`{"person":{"connections":12}}`, `{"person":{"connections":300}}`), "R73"),
		with(person("misspellings", "Their profile has many misspellings.", -.3, .3, "person.misspellings",
			func(c *kith.Case) bool { return c.Person.Misspellings.Val == kith.Many },
			`{"person":{"misspellings":"many"}}`, `{"person":{"misspellings":"few"}}`), spelling("R71")),
		with(person("odd-formatting", "Their profile is oddly formatted.", -.3, .3, "person.odd_formatting",
			func(c *kith.Case) bool { return c.Person.OddFormatting.Is() },
			`{"person":{"odd_formatting":true}}`, `{"person":{"odd_formatting":false}}`), spelling("R72")),
		with(person("look-alikes", "Others of the same firm sent you look-alike invitations.", -1, .6, "person.look_alikes",
			func(c *kith.Case) bool { return c.Person.LookAlikes.Is() },
			`{"person":{"look_alikes":2}}`, `{"person":{"look_alikes":0}}`),
			func(s *triage.Signal) {
				s.Rules, s.Grade, s.Source = []string{"R89"}, triage.GradeA, "clusters of accounts (Xiao, Freeman, Hwa 2015)"
			}),
		with(person("employer-denies", "Their employer knows no such person.", -3, .8, "answers.employer-knows", no(kith.AskEmployerKnows),
			`{"answers":{"employer-knows":"no"}}`, `{"answers":{"employer-knows":"yes"}}`),
			func(s *triage.Signal) {
				s.Tag, s.Rules, s.Source = kith.TagAnswer, []string{"R89"}, "DiResta and Goldstein 2023"
			}),
		with(person("scam-phrase", "It reads like a known fraud.", -2.5, .8, "note.scam_phrases",
			func(c *kith.Case) bool { return scamGroups(c) == 1 },
			`{"note":{"scam_phrases":1}}`, `{"note":{"scam_phrases":2}}`), scam),
		with(person("scam-phrases", "It reads like a known fraud in several ways.", -4, .8, "note.scam_phrases",
			func(c *kith.Case) bool { return scamGroups(c) >= 2 },
			`{"note":{"scam_phrases":1},"person":{"scam_phrases":1}}`, `{"note":{"scam_phrases":1}}`), scam),
	}
}

func spelling(rule string) func(*triage.Signal) {
	return func(s *triage.Signal) {
		s.Group, s.Rules, s.Tag, s.Grade = "spelling", []string{rule}, kith.TagInference, triage.Grade0
		s.Source = "S0:31; no study found; capped, since it hits those who write a foreign language"
	}
}

func scam(s *triage.Signal) {
	s.Tag, s.Grade, s.Rules = kith.TagInference, triage.GradeC, []string{"R74", "R89"}
	s.Source = "phrases the FBI, FTC and CPNI warn of (advice 2.7)"
	s.Needs = []string{"note.scam_phrases", "note.kind", "person.scam_phrases"}
}

// scamGroups is how many groups of scam phrases note and profile hold; a note
// that is said to read like a scam holds at least one.
func scamGroups(c *kith.Case) int {
	n := c.Note.ScamPhrases.Val
	if n == 0 && hasNote(c, kith.NoteScam) {
		n = 1
	}
	return n + c.Person.ScamPhrases.Val
}
