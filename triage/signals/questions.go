package signals

import (
	"kith"
	"kith/triage"
)

// Questions lists what only the member can answer. Yes and No are the log-odds
// by which P(yes) is reckoned; where the catalogue weighs only one answer, the
// other moves a little the other way.
func Questions() []triage.Question {
	always := func(*kith.Case) bool { return true }
	list := []triage.Question{
		{
			ID: kith.AskSamePerson, Says: "Is this the person of the same name {}?", Fill: whichMaybe, First: true,
			IfYes: "it is the person of that name whom you know", Yes: 3, No: -.4, Rules: []string{"R44", "R45"},
			Fits: func(c *kith.Case) bool {
				return c.Relation.Met.Val == kith.Maybe || c.Relation.AddressBook.Val == kith.Maybe
			},
		},
		{
			ID: kith.AskMet, Says: "Have you met, or worked together?",
			Many:  "Which of these have you met, or worked with?",
			IfYes: "you have met or worked together", IfNo: "you have never met", Yes: 3, No: -.4, Rules: []string{"R44", "R48", "R60"},
			Fits: func(c *kith.Case) bool { return !triage.Knows(c) && !c.Relation.Met.IsNot() },
		},
		{
			ID: kith.AskFavour, Says: "Would you do them a small favour, or ask for one?",
			Many:  "For which of these would you do a small favour, or ask for one?",
			IfYes: "you would do them a favour, or ask for one", IfNo: "you would do them no favour", Yes: 1.8, No: -1.6,
			Rules: []string{"R55"}, Fits: always,
		},
		{
			ID: kith.AskReplied, Says: "Have they answered what you asked?",
			IfYes: "they answered", IfNo: "they stay silent for 14 days", Yes: 1.3, No: -.3, Rules: []string{"R81"},
			Fits: func(c *kith.Case) bool { return c.History.AskedAt.Is() && c.History.Replied.State == kith.Unknown },
		},
		{
			ID: kith.AskExchange, Says: "Do you exchange messages with them on the other network?",
			IfNo: "you exchange nothing on the other network", Yes: .3, No: -.8, Rules: []string{"R79"},
			Fits: func(c *kith.Case) bool { return c.Relation.Elsewhere.Val == kith.Linked },
		},
		{
			ID: kith.AskActiveInGroup, Says: "Have you noticed them as active in your group?",
			Many:  "Which of these have you noticed as active in your group?",
			IfYes: "they are active in your group", Yes: .5, No: -.2, Rules: []string{"R66"},
			Fits: func(c *kith.Case) bool {
				return c.Relation.SameGroup.Is() && c.Relation.ActiveInGroup.State == kith.Unknown
			},
		},
		{
			ID: kith.AskAdmired, Says: "Are they linked to a company, a group or an achievement you admire?",
			Many:  "Which of these are linked to a company, a group or an achievement you admire?",
			IfYes: "they are linked to something you admire", Yes: 1, No: -.3, Rules: []string{"R50"},
			Fits: func(c *kith.Case) bool {
				return c.Person.Organisation.Is() && c.Relation.Admired.State == kith.Unknown
			},
		},
		{
			ID: kith.AskWantsContacts, Says: "Do they seem to want only your contacts?",
			IfYes: "they want only your contacts", Yes: -2.4, No: .3, Rules: []string{"R31"},
			Fits: func(c *kith.Case) bool {
				return c.Relation.WantsContacts.State == kith.Unknown && c.Member.Goals.Has(kith.Privacy)
			},
		},
		{
			ID: kith.AskBossFamily, Says: "Are they family of your boss or of a client?",
			IfYes: "they are family of your boss or of a client", Yes: .9, No: -.1, Rules: []string{"R80"},
			Fits: func(c *kith.Case) bool {
				return c.Relation.Acquaintance.State == kith.Unknown && c.Member.Goals.Has(kith.StandingAtWork)
			},
		},
		{
			ID: kith.AskAcquaintance, Says: "Do you meet them regularly outside work?",
			IfYes: "you meet them regularly outside work", Yes: .3, No: -.1, Rules: []string{"R80"},
			Fits: func(c *kith.Case) bool { return c.Relation.Acquaintance.State == kith.Unknown },
		},
		{
			ID: kith.AskStockPhoto, Says: "Is their photo a stock picture?", Genuine: true,
			IfYes: "their photo is a stock picture", Yes: -1.5, No: .1, Rules: []string{"R77"},
			Fits: func(c *kith.Case) bool { return c.Person.Photo.Is() && c.Person.Photo.Val == kith.PhotoPresent },
		},
		{
			ID: kith.AskEmployerKnows, Says: "Does their employer know them, if you ask there?", Genuine: true,
			IfNo: "their employer knows no such person", Yes: .3, No: -3, Rules: []string{"R89"},
			Fits: func(c *kith.Case) bool { return c.Person.Organisation.Is() },
		},
		{
			ID: kith.AskImpersonation, Says: "Have you confirmed outside the network that they pose as somebody else?", Genuine: true,
			IfYes: "they pose as somebody else, confirmed outside the network", Yes: -4, No: .5, Rules: []string{"R89"},
			Fits: func(c *kith.Case) bool { return c.Relation.Impersonation.Val == kith.Suspected },
		},
		{
			ID: kith.AskUnprofessional, Says: "Does their content look unprofessional to you?",
			IfYes: "their content is unprofessional", Yes: -1.5, No: .1, Rules: []string{"R51"},
			Fits: func(c *kith.Case) bool {
				return c.Person.Unprofessional.State == kith.Unknown && c.Person.Completeness.Known()
			},
		},
		{
			ID: kith.AskComfortable, Says: "Would you be comfortable being associated with them?",
			IfNo: "you would not be comfortable with them", Yes: .2, No: -2.5, Rules: []string{"R53"}, Fits: func(c *kith.Case) bool { return c.Person.Completeness.Known() },
		},
		{
			ID: kith.AskOffended, Says: "Does anything about them offend you?",
			IfYes: "something about them offends you", Yes: -2.5, No: .1, Rules: []string{"R90"}, Fits: func(c *kith.Case) bool { return c.Person.Completeness.Known() },
		},
		{
			ID: kith.AskSizeOverQuality, Says: "Your goals pull both ways. Does a large network count more for you than a chosen one?", Even: true, First: true,
			IfYes: "a large network counts more for you", IfNo: "a chosen network counts more for you", Rules: []string{"R8", "R32"},
			Fits: func(c *kith.Case) bool {
				_, mixed := c.Member.EffectiveStance(&c.Answers)
				return mixed
			},
		},
	}
	for i := range list {
		list[i].Side = kith.Receive
	}
	return append(list, otherSides()...)
}

func otherSides() []triage.Question {
	always := func(*kith.Case) bool { return true }
	return []triage.Question{
		{ID: kith.AskFavour, Side: kith.Send, Says: "Would you do them a small favour, or ask for one?", IfNo: "you would do them no favour", Yes: 1.8, No: -1.6, Rules: []string{"R113"}, Fits: always},
		{ID: kith.AskDecided, Side: kith.Send, Says: "Has the employer decided?", IfYes: "the employer has decided", Even: true, Rules: []string{"R104"},
			Fits: func(c *kith.Case) bool {
				return c.Relation.Interview.Val == kith.Undecided || c.Relation.Application.Val == kith.Undecided
			}},
		{ID: kith.AskReplied, Side: kith.Connected, Says: "Have they answered what you asked?", IfYes: "they answered", IfNo: "they stay silent for 14 days", Yes: 1.3, No: -.3, Rules: []string{"R84"},
			Fits: func(c *kith.Case) bool { return c.History.AskedAt.Is() && c.History.Replied.State == kith.Unknown }},
		{ID: kith.AskSpam, Side: kith.Connected, Says: "Was what they sent you unwanted?", IfYes: "what they sent is unwanted", IfNo: "you did not mind what they sent", Even: true, Rules: []string{"R91"},
			Fits: func(c *kith.Case) bool { return c.History.Pitched.Is() }},
		{ID: kith.AskLooksFake, Side: kith.Connected, Says: "Does their profile look fake or sketchy to you?", IfYes: "their profile looks fake to you", Genuine: true, Yes: -3, No: .2, Rules: []string{"R89"}, Fits: always},
		{ID: kith.AskVouch, Side: kith.Introduce, Says: "Can you vouch for their work?", IfYes: "you can vouch for their work", IfNo: "you cannot vouch for their work", Even: true, Rules: []string{"R88"}, Fits: always},
		{ID: kith.AskNotTo, Side: kith.Introduce, Says: "Has the other person asked you not to introduce anybody?", IfYes: "the other person asked you not to", Even: true, Rules: []string{"R87"}, Fits: always},
	}
}

// whichMaybe says where the equal name stands.
func whichMaybe(c *kith.Case) string {
	m := &c.Relation.Met
	if m.Val != kith.Maybe {
		return "in your address book"
	}
	at := m.At
	if c.Relation.MetAt.Is() {
		at = c.Relation.MetAt.Val
	}
	if at.IsZero() {
		return "whom you have met"
	}
	return "whom you met on " + at.Format("2 January 2006")
}
