package signals

import (
	"kith"
	"kith/triage"
)

// profileWorth is what a person's role and profile are worth for the goals.
// Most weigh nothing until a goal asks for them.
func profileWorth() []triage.Signal {
	forGoal := func(id, says string, weight float64, fact string, fires func(*kith.Case) bool, example string, rules []string, goals ...kith.Goal) triage.Signal {
		wanted := kith.GoalSet(goals...)
		return triage.Signal{
			ID: id, Family: triage.Worth, Tag: kith.TagInference, Says: says, Spread: .4,
			Goals: []triage.GoalChange{becomes(weight, goals...)},
			Rules: rules, Grade: triage.GradeE, Source: fromArticles, Needs: []string{fact},
			Fires:  func(c *kith.Case) bool { return c.Member.Goals.Any(wanted) && fires(c) },
			Speaks: []string{`{"member":{"goals":["` + goals[0].String() + `"]},` + example + `}`},
			Silent: []string{`{` + example + `}`, `{"member":{"goals":["` + goals[0].String() + `"]}}`},
		}
	}
	return []triage.Signal{
		{
			ID: "admired", Family: triage.Worth, Tag: kith.TagFact,
			Says: "They are linked to a company, a group or an achievement you admire.", Weight: 1, Spread: .5,
			Rules: []string{"R50", "R56", "R57"}, Grade: triage.GradeE, Source: "S2:36",
			Needs: []string{"relation.admired", "answers.admired"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.Admired.Is() || c.Answers[kith.AskAdmired] == kith.AnswerYes
			},
			Speaks: []string{`{"relation":{"admired":true}}`, `{"answers":{"admired":"yes"}}`},
			Silent: []string{`{"relation":{"admired":false}}`, `{"answers":{"admired":"no"}}`},
		},
		{
			ID: "shares-topics", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They write about your topics.", Weight: .3, Spread: .3,
			Goals: []triage.GoalChange{becomes(.7, kith.ShareExpertise, kith.Feed)},
			Rules: []string{"R33", "R36"}, Grade: triage.GradeE, Source: fromArticles,
			Needs:  []string{"relation.shares_topics"},
			Fires:  func(c *kith.Case) bool { return c.Relation.SharesTopics.Is() },
			Speaks: []string{`{"relation":{"shares_topics":true}}`},
			Silent: []string{`{"relation":{"shares_topics":false}}`, `{}`},
		},
		forGoal("non-profit", "They work for a non-profit, or hold a board or governance role.", 1, "person.nonprofit",
			func(c *kith.Case) bool { return c.Person.NonProfit.Is() }, `"person":{"nonprofit":true}`,
			[]string{"R17"}, kith.BoardOrVolunteering),
		forGoal("likely-client", "They have the role and field you sell to.", .8, "relation.likely_client",
			func(c *kith.Case) bool { return c.Relation.LikelyClient.Is() }, `"relation":{"likely_client":true}`,
			[]string{"R23", "R25"}, kith.NewClients),
		forGoal("recruiter", "They recruit or hire.", 1.2, "person.recruiter",
			func(c *kith.Case) bool { return c.Person.Recruiter.Is() }, `"person":{"recruiter":true}`,
			[]string{"R14", "R15"}, kith.AttractRecruiters, kith.JobSearch),
		forGoal("tidy-profile", "Their profile is tidy, with a photo and accomplishments.", .4, "person.tidy",
			func(c *kith.Case) bool { return c.Person.Tidy.Is() }, `"person":{"tidy":true}`,
			[]string{"R19", "R51", "R52", "R67"}, kith.ShowPresence, kith.Endorsement),
		{
			ID: "sells-programmes", Family: triage.Worth, Tag: kith.TagInference,
			Says: "Their profile reads like a seller of programmes.", Weight: -2, Spread: .6,
			Goals: []triage.GoalChange{becomes(-.6, kith.Reach), adds(-.6, kith.AvoidSpam)},
			Rules: []string{"R28", "R75", "R86", "R92"}, Contradiction: "K5", Grade: triage.GradeE, Source: "S3:31",
			Needs:  []string{"person.sells_programmes"},
			Fires:  func(c *kith.Case) bool { return c.Person.SellsProgrammes.Is() },
			Speaks: []string{`{"person":{"sells_programmes":true}}`},
			Silent: []string{`{"person":{"sells_programmes":false}}`, `{}`},
		},
		{
			ID: "unprofessional", Family: triage.Worth, Tag: kith.TagInference,
			Says: "Their content reads unprofessional.", Weight: -1.5, Spread: .6,
			Goals: []triage.GoalChange{adds(-1, kith.Endorsement)},
			Rules: []string{"R30", "R51"}, Grade: triage.GradeE, Source: "S2:31, S2:37",
			Needs: []string{"person.unprofessional", "answers.unprofessional"},
			Fires: func(c *kith.Case) bool {
				return c.Person.Unprofessional.Is() || c.Answers[kith.AskUnprofessional] == kith.AnswerYes
			},
			Speaks: []string{`{"person":{"unprofessional":true}}`, `{"answers":{"unprofessional":"yes"}}`},
			Silent: []string{`{"person":{"unprofessional":false}}`, `{"answers":{"unprofessional":"no"}}`},
		},
	}
}

// noteWorth is what the note says for or against.
func noteWorth() []triage.Signal {
	lacking := func(id, says string, kind kith.NoteKind, tag kith.Tag, silent string) triage.Signal {
		return triage.Signal{
			ID: id, Family: triage.Worth, Tag: tag, Says: says, Weight: -.7, Spread: .5,
			Goals: []triage.GoalChange{{Goals: reachSeenFound, Do: triage.Becomes, By: 0}},
			Rules: []string{"R68", "R69"}, Contradiction: "K2", Grade: triage.GradeE,
			Source: "S0:23; field figures on notes contradict each other (advice 2.1)",
			Needs:  append([]string{"note.kind", "relation.same_employer", "relation.mutual"}, knowing()...),
			Fires:  func(c *kith.Case) bool { return hasNote(c, kind) && !triage.Knows(c) }, // never a reason against a known person
			Waived: enoughInCommon,
			Speaks: []string{`{"note":{"kind":"` + kind.String() + `"}}`},
			Silent: []string{silent, `{}`},
		}
	}
	return []triage.Signal{
		{
			ID: "note-specific", Family: triage.Worth, Tag: kith.TagInference,
			Says: "The note reads as written for you.", Weight: .9, Spread: .5,
			Rules: []string{"R47"}, Contradiction: "K12", Grade: triage.GradeD,
			Source: "S0:23; a tailored note +1.4 in one recruiter's 200 invitations, less elsewhere",
			Needs:  []string{"note.kind"},
			Fires:  noteIs(kith.NoteSpecific),
			Speaks: []string{`{"note":{"kind":"specific"}}`},
			Silent: []string{`{"note":{"kind":"generic"}}`, `{}`},
		},
		lacking("note-empty", "They wrote no note.", kith.NoteEmpty, kith.TagFact, `{"note":{"kind":"specific"}}`),
		lacking("note-default", "The note is the platform's own sentence.", kith.NoteDefault, kith.TagInference, `{"note":{"kind":"generic"}}`),
		lacking("note-generic", "The note reads as if it went to many.", kith.NoteGeneric, kith.TagInference, `{"note":{"kind":"default"}}`),
		{
			ID: "note-pitch", Family: triage.Worth, Tag: kith.TagInference,
			Says: "The note reads like a pitch.", Weight: -1.2, Spread: .5,
			Goals: []triage.GoalChange{becomes(-.4, kith.Reach), becomes(-.6, kith.NewClients)},
			Rules: []string{"R28", "R86", "R92"}, Contradiction: "K12", Grade: triage.GradeE, Source: "S2:31, S3:31",
			Needs:  []string{"note.kind"},
			Fires:  noteIs(kith.NotePitch),
			Speaks: []string{`{"note":{"kind":"pitch"}}`},
			Silent: []string{`{"note":{"kind":"specific"}}`, `{}`},
		},
	}
}

// enoughInCommon waives a missing note (R68: waived by R41, R46).
func enoughInCommon(c *kith.Case) bool {
	return c.Relation.SameEmployer.Is() || c.Relation.Mutual.Is() && c.Relation.Mutual.Val >= 5
}

// answersWorth is what the member's answers, and what was asked, weigh.
func answersWorth() []triage.Signal {
	return []triage.Signal{
		{
			ID: "favour-yes", Family: triage.Worth, Tag: kith.TagAnswer,
			Says: "You would do them a favour, or ask for one.", Weight: 1.8, Spread: .5,
			Goals: []triage.GoalChange{scales(.3, kith.Reach)},
			Rules: []string{"R54", "R55", "R58", "R59"}, Grade: triage.GradeE, Source: "S2:44 (Samuel, HBR 2013); no outcome study found",
			Needs: []string{"answers.favour"}, Fires: yes(kith.AskFavour),
			Speaks: []string{`{"answers":{"favour":"yes"}}`},
			Silent: []string{`{"answers":{"favour":"no"}}`, `{}`},
		},
		{
			ID: "favour-no", Family: triage.Worth, Tag: kith.TagAnswer,
			Says: "You would neither do them a favour nor ask for one.", Weight: -1.6, Spread: .5,
			Goals: []triage.GoalChange{scales(.3, kith.Reach)},
			Rules: []string{"R54", "R55", "R59"}, Contradiction: "K14", Grade: triage.GradeE, Source: "S2:44",
			Needs: []string{"answers.favour"}, Fires: no(kith.AskFavour),
			Speaks: []string{`{"answers":{"favour":"no"}}`},
			Silent: []string{`{"answers":{"favour":"yes"}}`, `{"answers":{"favour":"unsure"}}`},
		},
		{
			ID: "wants-contacts", Family: triage.Worth, Tag: kith.TagInference,
			Says: "They seem to want only your contacts.", Weight: -2.4, Spread: .6,
			Goals: []triage.GoalChange{adds(-1, kith.Privacy)},
			Rules: []string{"R29", "R31"}, Contradiction: "K5", Grade: triage.GradeE, Source: "S1:3",
			Needs: []string{"relation.wants_contacts", "answers.wants-contacts"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.WantsContacts.Is() || c.Answers[kith.AskWantsContacts] == kith.AnswerYes
			},
			Speaks: []string{`{"relation":{"wants_contacts":true}}`, `{"answers":{"wants-contacts":"yes"}}`},
			Silent: []string{`{"relation":{"wants_contacts":false}}`, `{"answers":{"wants-contacts":"no"}}`},
		},
		{
			ID: "follower-elsewhere", Family: triage.Worth, Tag: kith.TagFact,
			Says: "They follow you on another network, and you exchange nothing there.", Weight: -.8, Spread: .4,
			Goals: []triage.GoalChange{{Goals: reachSeen, Do: triage.Becomes, By: -.2}},
			Rules: []string{"R79", "R80"}, Contradiction: "K4", Grade: triage.GradeE, Source: "S1:9 against S2:5",
			Needs: []string{"relation.elsewhere", "answers.exchange-elsewhere"},
			Fires: func(c *kith.Case) bool {
				e := &c.Relation.Elsewhere
				answer := c.Answers[kith.AskExchange]
				return e.Is() && (e.Val == kith.Follower && answer != kith.AnswerYes || e.Val == kith.Linked && answer == kith.AnswerNo)
			},
			Speaks: []string{`{"relation":{"elsewhere":"follower"}}`, `{"relation":{"elsewhere":"linked"},"answers":{"exchange-elsewhere":"no"}}`},
			Silent: []string{`{"relation":{"elsewhere":"linked"}}`, `{"relation":{"elsewhere":"exchange"}}`, `{"relation":{"elsewhere":"follower"},"answers":{"exchange-elsewhere":"yes"}}`},
		},
		{
			ID: "acquaintance", Family: triage.Worth, Tag: kith.TagFact,
			Says: "You meet regularly outside work.", Weight: .3, Spread: .3,
			Rules: []string{"R80"}, Grade: triage.GradeE, Source: "S2:5, an open question",
			Needs: []string{"relation.acquaintance", "answers.acquaintance"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.Acquaintance.Val == kith.RegularAcquaintance || c.Answers[kith.AskAcquaintance] == kith.AnswerYes
			},
			Speaks: []string{`{"relation":{"acquaintance":"regular"}}`, `{"answers":{"acquaintance":"yes"}}`},
			Silent: []string{`{"relation":{"acquaintance":"none"}}`, `{"answers":{"acquaintance":"no"}}`},
		},
		{
			ID: "boss-family", Family: triage.Worth, Tag: kith.TagFact,
			Says: "They are family of your boss or of a client.", Weight: .3, Spread: .3,
			Goals: []triage.GoalChange{becomes(.9, kith.StandingAtWork)},
			Rules: []string{"R80"}, Grade: triage.GradeE, Source: "S2:5, an open question",
			Needs: []string{"relation.acquaintance", "answers.boss-family"},
			Fires: func(c *kith.Case) bool {
				return c.Relation.Acquaintance.Val == kith.FamilyAcquaintance || c.Answers[kith.AskBossFamily] == kith.AnswerYes
			},
			Speaks: []string{`{"relation":{"acquaintance":"family"}}`, `{"answers":{"boss-family":"yes"}}`},
			Silent: []string{`{"relation":{"acquaintance":"regular"}}`, `{"answers":{"boss-family":"no"}}`},
		},
		{
			ID: "replied", Family: triage.Worth, Tag: kith.TagFact,
			Says: "They answered when you asked.", Weight: 1.3, Spread: .5,
			Rules: []string{"R81", "R82"}, Grade: triage.GradeD, Source: "S0:35; about 80 % never answer (one trainer's years of asking)",
			Needs: []string{"history.replied", "history.reply_kind", "answers.replied"},
			Fires: func(c *kith.Case) bool {
				k := &c.History.ReplyKind
				sells := k.Is() && (k.Val == kith.NotePitch || k.Val == kith.NoteScam)
				return (c.History.Replied.Is() || c.Answers[kith.AskReplied] == kith.AnswerYes) && !sells
			},
			Speaks: []string{`{"history":{"replied":true}}`, `{"answers":{"replied":"yes"}}`},
			Silent: []string{`{"history":{"replied":false}}`, `{"history":{"replied":true,"reply_kind":"pitch"}}`, `{}`},
		},
	}
}
