package signals

import (
	"math"

	"kith"
	"kith/triage"
)

// chance weighs on whether a recipient accepts. It is shown as a range beside
// the advice to a sender and never decides (advice 4.2). "Place" is left out on
// purpose: a stated place is a country, and countries are never weighed.
func chance() []triage.Signal {
	weigh := func(id, says string, weight, spread float64, grade triage.Grade, source string, rules []string, fact string, fires func(*kith.Case) bool, speaks, silent string) triage.Signal {
		return triage.Signal{
			ID: "chance-" + id, Family: triage.Chance, Tag: kith.TagFact, Says: says, Weight: weight, Spread: spread,
			Grade: grade, Source: source, Rules: rules, Needs: []string{fact}, Fires: fires,
			Speaks: []string{speaks}, Silent: []string{silent, `{}`},
		}
	}
	size := func(s kith.OrgSize) func(*kith.Case) bool {
		return func(c *kith.Case) bool { return c.Person.OrgSize.Val == s }
	}
	const (
		ego    = "own measurement of ties on ego-Facebook × 0.4: a tie is not an acceptance"
		vendor = "one vendor's 200,000 invitations"
	)
	knows := weigh("known", "You know each other.", 2.5, .6, triage.GradeE, "R44, R48; no figure", []string{"R44", "R48"}, "relation.met", triage.Knows,
		`{"relation":{"met":true}}`, `{"relation":{"met":false}}`)
	knows.Needs = knowing()
	more := weigh("more-mutuals", "You have {} in common.", .3, .1, triage.GradeB, ego, []string{"R46"}, "relation.mutual", nil,
		`{"relation":{"mutual":8}}`, `{"relation":{"mutual":1}}`)
	more.Fill = func(c *kith.Case) string { return count(c.Relation.Mutual.Val, "connection", "connections") }
	more.Fires = func(c *kith.Case) bool { return c.Relation.Mutual.Is() && c.Relation.Mutual.Val > 1 }
	more.Strength = func(c *kith.Case) float64 { return math.Log2(float64(c.Relation.Mutual.Val)) } // doublings beyond the first
	return []triage.Signal{
		knows,
		weigh("mutual", "You have connections in common.", 1.2, .5, triage.GradeA, "Boshmaf 2011: +1.8 on another network, shrunk", []string{"R46", "R49"}, "relation.mutual",
			func(c *kith.Case) bool { return c.Relation.Mutual.Is() }, `{"relation":{"mutual":1}}`, `{"relation":{"mutual":0}}`),
		more,
		weigh("school", "You went to the same school.", .8, .4, triage.GradeB, ego, []string{"R61"}, "relation.same_school",
			func(c *kith.Case) bool { return c.Relation.SameSchool.Is() }, `{"relation":{"same_school":true}}`, `{"relation":{"same_school":false}}`),
		weigh("employer", "You share an employer.", .8, .4, triage.GradeB, ego, []string{"R41"}, "relation.same_employer",
			func(c *kith.Case) bool { return c.Relation.SameEmployer.Is() }, `{"relation":{"same_employer":"earlier"}}`, `{"relation":{"same_employer":"none"}}`),
		weigh("field", "You work in the same field.", .4, .4, triage.GradeB, ego, []string{"R42"}, "relation.same_industry",
			func(c *kith.Case) bool { return c.Relation.SameIndustry.Is() }, `{"relation":{"same_industry":true}}`, `{"relation":{"same_industry":false}}`),
		weigh("group", "You are in the same group.", .4, .4, triage.GradeD, "19 of 20 in one self-experiment, shrunk", []string{"R66", "R111"}, "relation.same_group",
			func(c *kith.Case) bool { return c.Relation.SameGroup.Is() }, `{"relation":{"same_group":true}}`, `{"relation":{"same_group":false}}`),
		weigh("executive", "Executives accept fewer.", -.65, .3, triage.GradeC, vendor, []string{"R98"}, "person.seniority",
			func(c *kith.Case) bool { return c.Person.Seniority.Val == kith.ExecutiveLevel }, `{"person":{"seniority":"executive"}}`, `{"person":{"seniority":"mid"}}`),
		weigh("mid-level", "People at mid level accept more.", .3, .3, triage.GradeC, vendor, []string{"R98"}, "person.seniority",
			func(c *kith.Case) bool { return c.Person.Seniority.Val == kith.MidLevel }, `{"person":{"seniority":"mid"}}`, `{"person":{"seniority":"executive"}}`),
		weigh("small-firm", "People in small firms accept more.", .2, .3, triage.GradeC, vendor, []string{"R98"}, "person.organisation_size", size(kith.SmallOrg),
			`{"person":{"organisation_size":"small"}}`, `{"person":{"organisation_size":"large"}}`),
		weigh("large-firm", "People in large firms accept fewer.", -.4, .3, triage.GradeC, vendor, []string{"R98"}, "person.organisation_size", size(kith.LargeOrg),
			`{"person":{"organisation_size":"large"}}`, `{"person":{"organisation_size":"small"}}`),
		weigh("recruiter", "Recruiters accept far more.", 1.2, .6, triage.GradeD, "43 of 50 against 21 of 50 in one experiment, shrunk", []string{"R122"}, "person.recruiter",
			func(c *kith.Case) bool { return c.Person.Recruiter.Is() }, `{"person":{"recruiter":true}}`, `{"person":{"recruiter":false}}`),
		weigh("note-specific", "Your note is written for them.", .3, .5, triage.GradeD, "figures on notes contradict each other (advice 2.1)", []string{"R47", "R99"}, "note.kind", noteIs(kith.NoteSpecific),
			`{"note":{"kind":"specific"}}`, `{"note":{"kind":"default"}}`),
		weigh("note-pitch", "Your note reads like a pitch.", -.6, .5, triage.GradeD, "a salesy note lowers acceptance (advice 2.1)", []string{"R92"}, "note.kind", noteIs(kith.NotePitch, kith.NoteScam),
			`{"note":{"kind":"pitch"}}`, `{"note":{"kind":"specific"}}`),
		weigh("own-photo-missing", "You show no photo.", -.8, .5, triage.GradeE, "S1:7", []string{"R108"}, "member.profile.photo",
			func(c *kith.Case) bool { return c.Member.Profile.Photo.IsNot() }, `{"member":{"profile":{"photo":"none"}}}`, `{"member":{"profile":{"photo":"present"}}}`),
		weigh("own-profile-thin", "Your profile says very little.", -.8, .5, triage.GradeE, "S1:7", []string{"R109"}, "member.profile.completeness",
			func(c *kith.Case) bool { return c.Member.Profile.Completeness.Val == kith.Thin }, `{"member":{"profile":{"completeness":"thin"}}}`, `{"member":{"profile":{"completeness":"complete"}}}`),
		weigh("crowded", "They receive very many invitations.", -.4, .3, triage.GradeC, "LinkedIn's own models decay for such recipients", []string{"R98"}, "person.crowded",
			func(c *kith.Case) bool { return c.Person.Crowded.Is() }, `{"person":{"crowded":true}}`, `{"person":{"crowded":false}}`),
	}
}
