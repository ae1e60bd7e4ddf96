package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kith"
)

// ownProfile collects the member's own profile, which the archive spreads over
// several small files. What no file speaks of stays unknown; a file without rows
// says that there is none.
type ownProfile struct {
	found bool
	who   kith.Person
	facts kith.PersonFacts
}

// maxOwnRows bounds what is kept of one of these files; profiles list far less.
const maxOwnRows = 500

// profile gives what was collected.
func (o *ownProfile) profile() kith.Profile {
	return kith.Profile{Who: o.who, Facts: o.facts, Source: kith.FromArchive, Own: true}
}

// readOwnProfile reads Profile.csv: one row, of which birth date, address and
// handles elsewhere are left alone.
func readOwnProfile(t *rows) {
	first, last := t.at("First Name"), t.at("Last Name")
	headline, summary := t.at("Headline"), t.at("Summary")
	industry, place := t.at("Industry"), t.at("Geo Location")
	for t.next() {
		own := t.job.own
		own.found = true
		own.who.First = t.line(first)
		own.who.Name = joinNames(own.who.First, t.line(last))
		own.facts.Name = ownFact(own.who.Name)
		own.facts.Headline = ownFact(t.line(headline))
		own.facts.Industry = ownFact(t.line(industry))
		if place >= 0 {
			own.facts.Location = ownFact(t.line(place))
		}
		if text := t.text(summary); text != "" {
			own.facts.Summary = ownFact(text)
		} else if summary >= 0 {
			own.facts.Summary.Or(ownFact(""))
		}
		if t.job.owner.Name == "" {
			t.job.owner.Name = own.who.Name
		}
		t.job.count("profile")
	}
}

func ownFact(s string) kith.Opt[string] { return kith.Observed(s, kith.FromArchive, time.Time{}) }

// readOwnSummary reads Profile Summary.csv, which holds the summary of some
// archives instead of Profile.csv.
func readOwnSummary(t *rows) {
	for col := t.at("Profile Summary"); t.next(); {
		if text := t.text(col); text != "" {
			t.job.own.found = true
			t.job.own.facts.Summary = ownFact(text)
			t.job.count("summary")
		}
	}
}

// readOwnPositions reads Positions.csv.
func readOwnPositions(t *rows) {
	company, title, about := t.at("Company Name"), t.at("Title"), t.at("Description")
	from, to := t.at("Started On"), t.at("Finished On")
	list := ownList(t, "position", func() (p kith.Position, ok bool) {
		p = kith.Position{Title: t.line(title), Organisation: t.line(company), Description: t.text(about)}
		p.From, _ = t.month(from)
		p.To, ok = t.month(to) // without it the job would seem to be the current one
		return p, ok && (p.Title != "" || p.Organisation != "")
	})
	slices.SortStableFunc(list, func(a, b kith.Position) int {
		if a.Current() != b.Current() {
			return cmp.Compare(a.To, b.To)
		}
		return cmp.Compare(b.From, a.From)
	})
	t.job.own.facts.Positions = kith.ObservedList(list, kith.FromArchive, time.Time{})
}

// readOwnEducation reads Education.csv. It has no column for the field of study.
func readOwnEducation(t *rows) {
	school, degree, from, to := t.at("School Name"), t.at("Degree Name"), t.at("Start Date"), t.at("End Date")
	list := ownList(t, "school", func() (e kith.Education, ok bool) {
		e = kith.Education{School: t.line(school), Degree: t.line(degree)}
		e.From, _ = t.month(from)
		e.To, _ = t.month(to)
		return e, e.School != ""
	})
	slices.SortStableFunc(list, func(a, b kith.Education) int { return cmp.Compare(b.From, a.From) })
	t.job.own.facts.Education = kith.ObservedList(list, kith.FromArchive, time.Time{})
}

// readOwnSkills reads Skills.csv.
func readOwnSkills(t *rows) { t.job.own.facts.Skills = ownNames(t, "Name", "skill") }

// readOwnVolunteering reads Volunteering.csv, of which the organisations count.
func readOwnVolunteering(t *rows) {
	t.job.own.facts.Volunteering = ownNames(t, "Company Name", "volunteering")
}

// readOwnOrganisations reads Organizations.csv: societies and associations the
// member lists, the nearest the archive has to groups.
func readOwnOrganisations(t *rows) { t.job.own.facts.Groups = ownNames(t, "Name", "organisation") }

// ownNames reads one column of names.
func ownNames(t *rows, column, noun string) kith.Opt[[]string] {
	col := t.at(column)
	list := ownList(t, noun, func() (string, bool) {
		name := t.line(col)
		return name, name != ""
	})
	return kith.ObservedList(list, kith.FromArchive, time.Time{})
}

// ownList reads all rows of one of the member's own files.
func ownList[T any](t *rows, noun string, read func() (T, bool)) []T {
	var list []T
	for t.next() {
		item, ok := read()
		if !ok || len(list) == maxOwnRows {
			t.problem("", "empty, not readable or one of too many; left out")
			continue
		}
		list = append(list, item)
		t.job.count(noun)
	}
	t.job.own.found = true
	return list
}

// month reads a month or year, empty if there is none; ok is false for what is
// neither, which is reported.
func (t *rows) month(col int) (ym string, ok bool) {
	value := t.line(col)
	if value == "" {
		return "", true
	}
	if ym, ok = monthYear(value); !ok {
		t.problem(t.names[col], "neither a month nor a year")
	}
	return ym, ok
}

// readOwnEmails reads Email Addresses.csv: the addresses by which mails and
// calendars know the member. One that was never confirmed may be mistyped.
func readOwnEmails(t *rows) {
	address, confirmed := t.at("Email Address"), t.at("Confirmed")
	for t.next() {
		folded, ok := kith.FoldEmail(t.line(address))
		if !ok || strings.EqualFold(t.line(confirmed), "no") {
			t.job.ignore("address not confirmed")
			continue
		}
		t.job.owner.addEmail(folded)
		t.job.count("address")
	}
}
