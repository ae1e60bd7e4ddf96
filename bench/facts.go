package bench

import (
	"reflect"
	"strings"

	"kith"
)

// Facts is a case as the other engines read it: flat, every fact a word, a
// number or a truth. An unknown word is empty, an unknown number is -1, and an
// unknown truth is false, since no rule fires on a truth observed absent.
type Facts struct {
	SameEmployer     string // none, earlier, now
	SameSchool       bool
	SameProgramme    bool
	SameVolunteering bool
	SameIndustry     bool
	InArea           bool
	SameGroup        bool
	ActiveInGroup    bool
	Admired          bool
	SharesTopics     bool
	WantsContacts    bool
	Elsewhere        string // none, linked, follower, exchange
	Mutual           int
	Recruiter        bool
	SellsProgrammes  bool
	Unprofessional   bool
	Verified         bool
	AccountDays      int
	Completeness     string // thin, ordinary, complete
	Focus            string // person, industry
	Photo            string // none, present, professional, stock
	Connections      int
	LookAlikes       int
	Country          string // ISO 3166 code
	Note             string // empty, default, generic, pitch, scam, specific
	Replied          bool
}

// flatten reads a case into facts.
func flatten(c *kith.Case) Facts {
	p, r := &c.Person, &c.Relation
	return Facts{
		SameEmployer:     word(r.SameEmployer),
		SameSchool:       r.SameSchool.Is(),
		SameProgramme:    r.SameProgramme.Is(),
		SameVolunteering: r.SameVolunteering.Is(),
		SameIndustry:     r.SameIndustry.Is(),
		InArea:           r.InArea.Is(),
		SameGroup:        r.SameGroup.Is(),
		ActiveInGroup:    r.ActiveInGroup.Is(),
		Admired:          r.Admired.Is(),
		SharesTopics:     r.SharesTopics.Is(),
		WantsContacts:    r.WantsContacts.Is(),
		Elsewhere:        word(r.Elsewhere),
		Mutual:           number(r.Mutual),
		Recruiter:        p.Recruiter.Is(),
		SellsProgrammes:  p.SellsProgrammes.Is(),
		Unprofessional:   p.Unprofessional.Is(),
		Verified:         p.Verified.Is(),
		AccountDays:      number(p.AccountDays),
		Completeness:     word(p.Completeness),
		Focus:            word(p.Focus),
		Photo:            word(p.Photo),
		Connections:      number(p.Connections),
		LookAlikes:       number(p.LookAlikes),
		Country:          p.Country.Val,
		Note:             word(c.Note.Kind),
		Replied:          c.History.Replied.Is(),
	}
}

func word[T interface{ String() string }](o kith.Opt[T]) string {
	if !o.Known() {
		return ""
	}
	return o.Val.String()
}

func number(o kith.Opt[int]) int {
	if !o.Known() {
		return -1
	}
	return o.Val
}

// Values gives the facts under the names the rules use: same_employer and so
// on.
func (f *Facts) Values() map[string]any {
	v := reflect.ValueOf(f).Elem()
	out := make(map[string]any, v.NumField())
	for i := range v.NumField() {
		out[snake(v.Type().Field(i).Name)] = v.Field(i).Interface()
	}
	return out
}

// snake turns SameEmployer into same_employer.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
