package gather

import (
	"time"

	"kith"
	"kith/note"
)

var noTime time.Time

// Draft writes the text a verdict calls for: the question to a sender, the
// greeting after accept and see, the honest sentence of an introduction, or a
// note of the member's own. nil means that nothing is to be written. No name
// stands in it: names are for finding people, and the member adds them.
func Draft(c *kith.Case, v *kith.Verdict) *string {
	var text string
	switch {
	case v.Verdict == kith.Ask && !c.History.AskedAt.Is():
		text = note.Ask("", "")
	case v.FollowUp != nil && v.FollowUp.Act == kith.ActRemoveIfSilent:
		text = note.AcceptAndSee("", "")
	case v.Verdict == kith.OnlyThroughNetwork:
		text = note.OnlyThroughNetwork("", "")
	case v.Verdict == kith.FixNote, v.Verdict == kith.SendIt && !c.Note.Text.Is(), v.Verdict == kith.Wait && v.FollowUp != nil:
		text = note.Draft(draftFacts(c))
	}
	if text == "" {
		return nil
	}
	return &text
}

// draftFacts is what a note of the member's own may honestly say.
func draftFacts(c *kith.Case) note.DraftFacts {
	me, they := &c.Member.Profile, &c.Person
	d := note.DraftFacts{Now: c.Now, MetWhere: c.Relation.MetWhere.Val, MetAt: c.Relation.MetAt.Val, TheirOrg: they.Organisation.Val}
	if c.Relation.MetWhere.Is() || c.Relation.MetAt.Is() {
		return d
	}
	d.School = sharedName(schoolNames(me), schoolNames(they), SchoolKey)
	if c.Relation.SameEmployer.Is() {
		d.Employer = sharedName(employerNames(me), employerNames(they), OrganisationKey)
	}
	d.Group = sharedName(me.Groups.Val, they.Groups.Val, kith.FoldText)
	if topic, ok := MentionsAny(they, c.Member.Topics); ok {
		d.Topic = topic
	}
	return d
}

// sharedName is the first name of both lists that has the same key, as the
// member writes it.
func sharedName(mine, theirs []string, key func(string) string) string {
	for _, m := range mine {
		k := key(m)
		for _, t := range theirs {
			if k != "" && key(t) == k {
				return m
			}
		}
	}
	return ""
}

func schoolNames(p *kith.PersonFacts) []string {
	var out []string
	for _, e := range p.Education.Val {
		out = append(out, e.School)
	}
	return out
}

func employerNames(p *kith.PersonFacts) []string {
	var out []string
	for _, pos := range p.Positions.Val {
		out = append(out, pos.Organisation)
	}
	if p.Organisation.Is() {
		out = append(out, p.Organisation.Val)
	}
	return out
}
