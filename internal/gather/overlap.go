package gather

import (
	"slices"

	"kith"
)

// self is what every case compares with the member: the keys of the member's
// employers, schools, volunteer work and groups, and the words that tell a note
// written for this member from one that goes to anybody.
type self struct {
	employers, schools, volunteering, groups map[string]bool
	words                                    []string
}

func selfOf(p *kith.PersonFacts) self {
	return self{
		employers: employers(p), schools: schoolKeys(p),
		volunteering: nameKeys(p.Volunteering.Val), groups: nameKeys(p.Groups.Val),
		words: profileWords(p),
	}
}

// profileWords are the names of organisations, schools and groups on a profile.
func profileWords(p *kith.PersonFacts) []string {
	return slices.Clip(slices.Concat(p.Groups.Val, p.Volunteering.Val, employerNames(p), schoolNames(p)))
}

// completeOverlap finds what the two profiles share. Sharing needs both sides
// to be observed; not sharing is concluded only from lists that are whole, and
// a headline is never a whole list.
func completeOverlap(c *kith.Case, self self) {
	me, they, r := &c.Member.Profile, &c.Person, &c.Relation
	r.SameEmployer.Or(sharedEmployer(self.employers, me, they))
	r.SameSchool.Or(sharedKeys(self.schools, schoolKeys(they), they.Education.Source, me.Education.Known() && they.Education.Known()))
	r.SameVolunteering.Or(sharedKeys(self.volunteering, nameKeys(they.Volunteering.Val),
		they.Volunteering.Source, me.Volunteering.Known() && they.Volunteering.Known()))
	r.SameGroup.Or(sharedKeys(self.groups, nameKeys(they.Groups.Val),
		they.Groups.Source, me.Groups.Known() && they.Groups.Known()))
	if same, sure := SameIndustry(me, they); same || sure {
		r.SameIndustry.Or(kith.Observed(same, sourceOf(they.Industry.Source, kith.FromHeadline), they.Industry.At))
	}
	if r.SameEmployer.Val == kith.SharedNow && me.Seniority.Is() && they.Seniority.Is() {
		r.Senior.Or(kith.Observed(they.Seniority.Val > me.Seniority.Val, they.Seniority.Source, they.Seniority.At))
	}
}

// sharedEmployer compares the employers of two people: the present ones first.
func sharedEmployer(mine map[string]bool, me, they *kith.PersonFacts) kith.Opt[kith.Shared] {
	theirs := employers(they)
	if len(mine) == 0 || len(theirs) == 0 {
		return kith.Opt[kith.Shared]{}
	}
	src := sourceOf(they.Positions.Source, they.Organisation.Source)
	shared := kith.SharedNone
	for key, iNow := range mine {
		theyNow, both := theirs[key]
		switch {
		case both && iNow && theyNow:
			return kith.Observed(kith.SharedNow, src, they.Positions.At)
		case both:
			shared = kith.SharedEarlier
		}
	}
	if shared == kith.SharedNone && !(me.Positions.Known() && they.Positions.Known()) {
		return kith.Opt[kith.Shared]{}
	}
	return kith.Observed(shared, src, they.Positions.At)
}

// employers gives the keys of a person's employers; true for a present one.
func employers(p *kith.PersonFacts) map[string]bool {
	out := map[string]bool{}
	for _, pos := range p.Positions.Val {
		if key := OrganisationKey(pos.Organisation); key != "" {
			out[key] = out[key] || pos.Current()
		}
	}
	if key := OrganisationKey(p.Organisation.Val); p.Organisation.Is() && key != "" {
		out[key] = true
	}
	return out
}

func schoolKeys(p *kith.PersonFacts) map[string]bool {
	return keySet(schoolNames(p), SchoolKey)
}

func nameKeys(names []string) map[string]bool { return keySet(names, kith.FoldText) }

func keySet(names []string, key func(string) string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		if k := key(n); k != "" {
			out[k] = true
		}
	}
	return out
}

// sharedKeys is true when the sets meet, false when both lists are whole and do
// not, and unknown otherwise.
func sharedKeys(mine, theirs map[string]bool, src kith.Source, whole bool) kith.Opt[bool] {
	for key := range theirs {
		if mine[key] {
			return kith.Observed(true, src, noTime)
		}
	}
	if !whole {
		return kith.Opt[bool]{}
	}
	return kith.Observed(false, src, noTime)
}

// completeInterests compares the person with what the member named: areas,
// topics, clients, competitors, the admired.
func completeInterests(c *kith.Case) {
	m, p, r := &c.Member, &c.Person, &c.Relation
	mention := func(o *kith.Opt[bool], words []string) {
		if len(words) == 0 {
			return
		}
		if _, ok := MentionsAny(p, words); ok {
			o.Or(kith.Observed(true, sourceOf(p.Headline.Source, kith.FromHeadline), p.Headline.At))
		}
	}
	mention(&r.InArea, m.Areas)
	mention(&r.SharesTopics, m.Topics)
	mention(&r.LikelyClient, m.Clients)
	mention(&r.Admired, m.Admires)
	for _, name := range m.Competitors {
		if same, _ := SameOrganisation(name, p.Organisation.Val); same {
			r.Competitor.Or(kith.Observed(true, p.Organisation.Source, p.Organisation.At))
		}
	}
}
