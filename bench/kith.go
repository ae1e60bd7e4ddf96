package bench

import (
	"fmt"
	"slices"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// Kith decides with Kith's own judge, [triage.Judge.Weigh] and
// [triage.Judge.Fired]. Beyond what the other engines do, Weigh works out the
// verdict.
func Kith(rules []Rule, cases []kith.Case) (Decide, error) {
	list, err := kithSignals(rules)
	if err != nil {
		return nil, err
	}
	j, err := triage.New(list, nil, triage.Articles())
	if err != nil {
		return nil, err
	}
	return func(i int, a *Answer) error {
		a.reset()
		w := j.Weigh(&cases[i])
		j.Fired(&w, func(id string, logOdds float64) {
			if logOdds != 0 { // 0 is a signal set aside, such as an empty note from a colleague
				a.add(id, logOdds)
			}
		})
		return nil
	}, nil
}

// kithSignals finds the signal of every rule: in the catalogue as it stands,
// goals, waivers and answers included, or among the member's own. Only the
// groups go, since their caps would make the score differ from a plain sum.
func kithSignals(rules []Rule) ([]triage.Signal, error) {
	all := append(signals.All(), memberSignals()...)
	list := make([]triage.Signal, 0, len(rules))
	for _, r := range rules {
		at := slices.IndexFunc(all, func(s triage.Signal) bool { return s.ID == r.ID })
		if at < 0 {
			return nil, fmt.Errorf("kith: no signal for rule %s", r.ID)
		}
		s := all[at]
		s.Group = ""
		if s.Says == "" { // the member's own
			s.Says, s.Weight, s.Family = r.Text, r.Weight, triage.Worth
		}
		list = append(list, s)
	}
	return list, nil
}

// memberSignals gives the member's rules as signals; weight and words are the
// rule's.
func memberSignals() []triage.Signal {
	note := func(c *kith.Case, kinds ...kith.NoteKind) bool {
		return c.Note.Kind.Known() && slices.Contains(kinds, c.Note.Kind.Val)
	}
	younger := func(c *kith.Case, days int) bool {
		return c.Person.AccountDays.Known() && c.Person.AccountDays.Val < days
	}
	return []triage.Signal{
		{ID: "abroad", Needs: []string{"person.country"}, Fires: func(c *kith.Case) bool {
			return c.Person.Country.Is() && c.Person.Country.Val != "NL"
		}},
		{ID: "stranger-without-a-word", Needs: []string{"relation.mutual", "note.kind"}, Fires: func(c *kith.Case) bool {
			return c.Relation.Mutual.Known() && c.Relation.Mutual.Val < 3 && note(c, kith.NoteEmpty, kith.NoteDefault)
		}},
		{ID: "recruiter-in-area", Needs: []string{"person.recruiter", "relation.in_area", "relation.mutual"}, Fires: func(c *kith.Case) bool {
			return c.Person.Recruiter.Is() && c.Relation.InArea.Is() && c.Relation.Mutual.Is()
		}},
		{ID: "thin-and-new", Needs: []string{"person.completeness", "person.account_age_days", "person.verified"}, Fires: func(c *kith.Case) bool {
			return c.Person.Completeness.Val == kith.Thin && younger(c, 90) && !c.Person.Verified.Is()
		}},
		{ID: "alumni-in-field", Needs: []string{"relation.same_school", "relation.same_industry", "relation.in_area"}, Fires: func(c *kith.Case) bool {
			return c.Relation.SameSchool.Is() && (c.Relation.SameIndustry.Is() || c.Relation.InArea.Is())
		}},
		{ID: "well-linked", Needs: []string{"relation.same_industry", "person.connections"}, Fires: func(c *kith.Case) bool {
			return c.Relation.SameIndustry.Is() && c.Person.Connections.Is() && c.Person.Connections.Val >= 500
		}},
		{ID: "group-pitch", Needs: []string{"relation.same_group", "relation.active_in_group", "note.kind"}, Fires: func(c *kith.Case) bool {
			return c.Relation.SameGroup.Is() && !c.Relation.ActiveInGroup.Is() && note(c, kith.NotePitch, kith.NoteGeneric)
		}},
		{ID: "vouched-newcomer", Needs: []string{"person.account_age_days", "relation.mutual", "person.photo"}, Fires: func(c *kith.Case) bool {
			p := &c.Person.Photo
			return younger(c, 365) && c.Relation.Mutual.Is() && c.Relation.Mutual.Val >= 3 &&
				(p.Val == kith.PhotoPresent || p.Val == kith.PhotoProfessional)
		}},
	}
}
