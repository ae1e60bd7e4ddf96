package signals

import (
	"slices"

	"kith"
	"kith/triage"
)

// sending lists the rules of the sending side, the first that applies decides
// (DESIGN 3.10).
func sending() []triage.Signal {
	return slices.Concat(dontSend(), wait(), fixProfile(), fixNote())
}

func rule(id string, then kith.Decision, tag kith.Tag, says string, rules []string, source string, needs []string, fires func(*kith.Case) bool, speaks, silent []string) triage.Signal {
	return triage.Signal{
		ID: id, Family: triage.Sending, Tag: tag, Then: then, Says: says, Rules: rules, Grade: triage.GradeE, Source: source,
		Needs: needs, Fires: fires, Speaks: speaks, Silent: silent,
	}
}

func contradicts(k string, s triage.Signal) triage.Signal {
	s.Contradiction = k
	return s
}

func dontSend() []triage.Signal {
	return []triage.Signal{
		rule("send-blocked", kith.DontSend, kith.TagFact, "You cannot invite them.", []string{"R101"}, "DESIGN 5",
			[]string{"relation.blocked"}, func(c *kith.Case) bool { return c.Relation.Blocked.Is() },
			[]string{`{"relation":{"blocked":true}}`}, []string{`{"relation":{"blocked":false}}`, `{}`}),
		rule("send-cooling-down", kith.DontSend, kith.TagFact, "You withdrew an invitation to them; the next can go out later.", []string{"R101"}, "platform rule: up to three weeks",
			[]string{"relation.cooling_until"}, func(c *kith.Case) bool {
				u := &c.Relation.CoolingUntil
				return u.Is() && !c.Now.IsZero() && c.Now.Before(u.Val)
			},
			[]string{`{"now":"2026-11-22","relation":{"cooling_until":"2026-12-01"}}`}, []string{`{"now":"2026-11-22","relation":{"cooling_until":"2026-11-01"}}`, `{}`}),
		rule("send-favour-no", kith.DontSend, kith.TagAnswer, "You would neither do them a favour nor ask for one.", []string{"R113", "R55"}, "S2:50",
			[]string{"answers.favour"}, no(kith.AskFavour),
			[]string{`{"answers":{"favour":"no"}}`}, []string{`{"answers":{"favour":"yes"}}`, `{}`}),
		rule("send-no-reason", kith.DontSend, kith.TagInference, "You give no reason, and you have nothing in common.", []string{"R112", "R121"}, "S3:18, S1:9",
			append(knowing(), "relation.mutual", "relation.elsewhere", "relation.reason", "note.kind", "note.gives_reason",
				"relation.same_employer", "relation.same_school", "relation.same_programme", "relation.same_volunteering", "relation.same_group",
				"relation.same_industry", "relation.in_area", "relation.admired", "relation.acquaintance", "relation.shares_topics",
				"relation.likely_client", "person.recruiter", "answers.favour"), noReason,
			[]string{`{"relation":{"mutual":0},"note":{"kind":"empty"}}`, `{"relation":{"elsewhere":"follower"},"note":{"kind":"default"}}`},
			[]string{`{"relation":{"mutual":0}}`, `{"relation":{"mutual":3},"note":{"kind":"default"}}`, `{"relation":{"mutual":0,"reason":"your work on ice"},"note":{"kind":"empty"}}`, `{"relation":{"mutual":0},"note":{"kind":"specific"}}`}),
		rule("send-far-better-known", kith.DontSend, kith.TagInference, "They are far better known than you, and you do not know each other: follow them instead.", []string{"R106"}, "S2:9, an open question",
			append(knowing(), "relation.far_better_known", "relation.same_employer"), func(c *kith.Case) bool {
				return c.Relation.FarBetterKnown.Is() && !triage.Knows(c) && !c.Relation.SameEmployer.Is()
			},
			[]string{`{"relation":{"far_better_known":true}}`}, []string{`{"relation":{"far_better_known":true,"met":true}}`, `{}`}),
		contradicts("K13", rule("send-whole-company", kith.DontSend, kith.TagInference, "Inviting everybody in the company says nothing to each of them.", []string{"R107"}, "S2:9; only under G4",
			[]string{"relation.whole_company"}, func(c *kith.Case) bool {
				return c.Relation.WholeCompany.Is() && !c.Member.Goals.Has(kith.StandingAtWork)
			},
			[]string{`{"relation":{"whole_company":true}}`}, []string{`{"member":{"goals":["standing-at-work"]},"relation":{"whole_company":true}}`, `{}`})),
	}
}

// knowing lists what triage.Knows reads.
func knowing() []string {
	return []string{"relation.met", "relation.address_book", "answers.met", "answers.same-person",
		"history.both_ways", "history.messages", "history.replied", "history.asked_at", "answers.replied"}
}

// noReason reports whether the note or the member is observed to give no reason
// while what the two have in common is observed to be nothing.
func noReason(c *kith.Case) bool {
	r := &c.Relation
	observed := r.Reason.IsNot() || c.Note.GivesReason.IsNot() || hasNote(c, kith.NoteEmpty, kith.NoteDefault, kith.NoteGeneric)
	given := r.Reason.Is() || c.Note.GivesReason.Is() || hasNote(c, kith.NoteSpecific)
	nothing := r.Mutual.IsNot() || r.Elsewhere.Is() && r.Elsewhere.Val != kith.Exchange
	return observed && !given && nothing && !inCommon(c)
}

// inCommon reports whether anything known ties the two.
func inCommon(c *kith.Case) bool {
	r := &c.Relation
	return triage.Knows(c) || r.Mutual.Is() || r.SameEmployer.Is() || r.SameSchool.Is() || r.SameProgramme.Is() ||
		r.SameVolunteering.Is() || r.SameGroup.Is() || r.SameIndustry.Is() || r.InArea.Is() ||
		r.Elsewhere.Val == kith.Exchange || r.Admired.Is() || r.Acquaintance.Is() || r.SharesTopics.Is() || r.LikelyClient.Is() ||
		c.Person.Recruiter.Is() && c.Member.Goals.Any(recruiting) || c.Answers[kith.AskFavour] == kith.AnswerYes
}

func wait() []triage.Signal {
	return []triage.Signal{
		contradicts("K3", rule("send-interview", kith.Wait, kith.TagFact, "Your interview with them is undecided: wait until the job is yours, or lost. Some say the next day is fine.", []string{"R102", "R104", "R105"}, "S1:6 against S3:13",
			[]string{"relation.interview", "relation.offer", "answers.decided"}, func(c *kith.Case) bool { return undecided(&c.Relation.Interview, c) },
			[]string{`{"relation":{"interview":"undecided"}}`}, []string{`{"relation":{"interview":"undecided","offer":true}}`, `{"relation":{"interview":"over"}}`, `{"relation":{"interview":"none"}}`, `{}`})),
		contradicts("K3", rule("send-application", kith.Wait, kith.TagFact, "Your application there is undecided: wait until the job is yours, or lost.", []string{"R103", "R104"}, "S1:6",
			[]string{"relation.application", "relation.offer", "answers.decided"}, func(c *kith.Case) bool { return undecided(&c.Relation.Application, c) },
			[]string{`{"relation":{"application":"undecided"}}`}, []string{`{"relation":{"application":"undecided","offer":true}}`, `{"relation":{"application":"undecided"},"answers":{"decided":"yes"}}`, `{}`})),
		rule("send-budget", kith.Wait, kith.TagFact, "Your invitations for this week are used up.", []string{"R124"}, "S2:15: build over time",
			[]string{"history.budget_left"}, func(c *kith.Case) bool { return c.History.BudgetLeft.IsNot() },
			[]string{`{"history":{"budget_left":0}}`}, []string{`{"history":{"budget_left":4}}`, `{}`}),
		rule("send-met-today", kith.Wait, kith.TagFact, "You met today; tomorrow is the day to write.", []string{"R117", "R118"}, "S3:14",
			[]string{"relation.met_at"}, func(c *kith.Case) bool {
				age, ok := c.Age(&c.Relation.MetAt)
				y, m, d := c.Now.Date()
				y2, m2, d2 := c.Relation.MetAt.Val.Date()
				return ok && age >= 0 && y == y2 && m == m2 && d == d2
			},
			[]string{`{"now":"2026-11-22T18:00:00Z","relation":{"met_at":"2026-11-22T10:00:00Z"}}`},
			[]string{`{"now":"2026-11-22T18:00:00Z","relation":{"met_at":"2026-11-21"}}`, `{"relation":{"met":true}}`}),
	}
}

// undecided reports whether an interview or application still waits for its
// outcome.
func undecided(p *kith.Opt[kith.Pending], c *kith.Case) bool {
	return p.Val == kith.Undecided && !c.Relation.Offer.Is() && c.Answers[kith.AskDecided] != kith.AnswerYes
}

func fixProfile() []triage.Signal {
	return []triage.Signal{
		rule("send-photo-missing", kith.FixProfile, kith.TagFact, "Your own profile shows no photo.", []string{"R108"}, "S1:7",
			[]string{"member.profile.photo"}, func(c *kith.Case) bool { return c.Member.Profile.Photo.IsNot() },
			[]string{`{"member":{"profile":{"photo":"none"}}}`}, []string{`{"member":{"profile":{"photo":"present"}}}`, `{}`}),
		rule("send-profile-thin", kith.FixProfile, kith.TagFact, "Your own profile does not say who you are.", []string{"R109", "R110"}, "S1:7",
			[]string{"member.profile.completeness"}, func(c *kith.Case) bool { return c.Member.Profile.Completeness.Val == kith.Thin },
			[]string{`{"member":{"profile":{"completeness":"thin"}}}`}, []string{`{"member":{"profile":{"completeness":"complete"}}}`, `{}`}),
	}
}

// wellKnown reports whether the person needs no word on who is writing: the
// address book holds them or they have written both ways. Having met once is
// not knowing well: the note should say where (R117).
func wellKnown(c *kith.Case) bool {
	return triage.Believed(&c.Relation.AddressBook, c) || triage.WroteBothWays(c)
}

func fixNote() []triage.Signal {
	needs := func(fact string) []string {
		return []string{fact, "relation.address_book", "history.both_ways", "history.messages", "history.replied", "history.asked_at", "answers.replied", "answers.same-person"}
	}
	note := func(id, says string, rules []string, source, fact, example, fine string, wrong func(*kith.Case) bool) triage.Signal {
		return rule(id, kith.FixNote, kith.TagFact, says, rules, source, needs(fact),
			func(c *kith.Case) bool { return !wellKnown(c) && wrong(c) },
			[]string{`{"note":{` + example + `}}`}, []string{`{"note":{` + fine + `}}`, `{"relation":{"address_book":true},"note":{` + example + `}}`, `{}`})
	}
	return []triage.Signal{
		contradicts("K2", note("send-note-empty", "You send no note to somebody who does not know you well.", []string{"R100", "R114"}, "S1:5, S2:50", "note.kind", `"kind":"empty"`, `"kind":"specific"`, noteIs(kith.NoteEmpty))),
		contradicts("K2", note("send-note-default", "The note is the platform's own sentence.", []string{"R114"}, "S2:50", "note.kind", `"kind":"default"`, `"kind":"specific"`, noteIs(kith.NoteDefault))),
		contradicts("K2", note("send-note-generic", "The note could go to anybody.", []string{"R100", "R116"}, "S1:5, S3:11", "note.kind", `"kind":"generic"`, `"kind":"specific"`, noteIs(kith.NoteGeneric))),
		contradicts("K12", note("send-note-pitch", "The note reads like a pitch.", []string{"R92", "R115"}, "S3:31", "note.kind", `"kind":"pitch"`, `"kind":"specific"`, noteIs(kith.NotePitch))),
		contradicts("K12", note("send-note-scam", "The note reads like a known fraud.", []string{"R92", "R115"}, "advice 2.7", "note.kind", `"kind":"scam"`, `"kind":"specific"`, noteIs(kith.NoteScam))),
		note("send-note-long", "The note is longer than the network takes.", []string{"R115"}, "platform: 200 or 300 letters", "note.over_limit", `"over_limit":true`, `"over_limit":false`,
			func(c *kith.Case) bool { return c.Note.OverLimit.Is() }),
		note("send-note-sentences", "The note has more than two sentences.", []string{"R115"}, "S2:50", "note.sentences", `"sentences":4`, `"sentences":2`,
			func(c *kith.Case) bool { return c.Note.Sentences.Is() && c.Note.Sentences.Val > triage.MaxSentences }),
		note("send-note-placeholder", "A slot of the template was left unfilled.", []string{"R115"}, "S2:50", "note.placeholder", `"placeholder":true`, `"placeholder":false`,
			func(c *kith.Case) bool { return c.Note.Placeholder.Is() }),
		note("send-note-no-reason", "The note does not say why.", []string{"R100", "R115", "R116"}, "S1:5, S2:50", "note.gives_reason", `"gives_reason":false`, `"gives_reason":true`,
			func(c *kith.Case) bool { return c.Note.GivesReason.IsNot() }),
	}
}
