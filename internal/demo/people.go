package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// person is somebody in the community, or elsewhere.
type person struct {
	id      kith.MemberID // of a member
	given   string
	email   string
	joined  time.Time
	profile store.Profile
	stamp   int // which photo; 0: none
	// employer, school and year are the cohorts they belong to.
	employer, school, year int
	// stranger marks who has an invitation with the first member, and so was not
	// connected with them before; mutual is how many they know that the first
	// member knows.
	stranger bool
	mutual   int
}

// kind is one sort of people.
type kind struct {
	// mutual is below how many of the first member's connections somebody knows,
	// if they have an invitation with the first member.
	mutual int
	// make says what is so of them, beside what chance makes of them.
	make func(*community, *person)
}

// kinds are the sorts of people that letters.tsv and its like speak of.
var kinds = map[string]kind{
	"any":       {4, func(*community, *person) {}},
	"colleague": {16, func(c *community, p *person) { p.employer = c.hero().employer }},
	"former": {9, func(c *community, p *person) {
		p.profile.Positions = []kith.Position{{Title: "Structural Engineer", Organisation: formerEmployer, From: c.month(150), To: c.month(104)}}
		p.year = c.now.Year() - 13
	}},
	"school": {10, func(c *community, p *person) { p.school, p.year = c.hero().school, c.hero().year-2+c.dice.IntN(5) }},
	"field": {9, func(c *community, p *person) {
		p.employer = c.employerIn("Civil Engineering", "Research", "Government Administration")
	}},
	"group": {7, func(_ *community, p *person) {
		p.profile.Groups = []string{"Friends of Moving Bridges", "Timber Bridge Circle"}
	}},
	"far": {3, func(c *community, p *person) {
		p.employer = c.employerIn("Financial Services", "Hospital & Health Care", "Machinery", "Renewables & Environment", "Software Development")
		p.school = c.schoolNamed("Saltmarsh Business School")
	}},
	"follower": {3, func(_ *community, p *person) { p.profile.Topics = []string{"bridge inspection"} }},
	"whole":    {6, func(c *community, p *person) { c.call(p, c.next(c.strange)) }},
	"long":     {6, func(c *community, p *person) { c.call(p, c.next(c.long)) }},
	"faceless": {4, func(_ *community, p *person) { p.stamp = 0 }},
}

// hero is the first member, who is there before anybody else is made.
func (c *community) hero() *person { return &c.people[0] }

// Shares of the community, in a hundred.
const (
	doubleShare  = 12 // have two family names
	photoShare   = 66
	thinShare    = 12 // show a headline and nothing else
	summaryShare = 65
)

// person makes somebody of a kind.
func (c *community) person(sort string) person {
	p := person{joined: c.ago(200 + c.dice.IntN(800)), employer: c.someEmployer(), school: c.someSchool()}
	p.year = c.now.Year() - 2 - int(22*c.dice.Float64()*c.dice.Float64()) - c.dice.IntN(8)
	if c.dice.IntN(100) < photoShare {
		p.stamp = 1 + c.dice.IntN(stamps)
	}
	c.call(&p, c.name())
	kinds[sort].make(c, &p)
	c.describe(&p)
	return p
}

// name gives a name nobody has yet.
func (c *community) name() string {
	for {
		name := one(c.dice, c.given) + " " + one(c.dice, c.family)
		if c.dice.IntN(100) < doubleShare {
			name += "-" + one(c.dice, c.family)
		}
		if !c.named[name] && strings.Count(name, "-") < 3 {
			c.named[name] = true
			return name
		}
	}
}

// next gives the names of a list one after the other, and others when they have
// all been given.
func (c *community) next(names []string) string {
	for _, name := range names {
		if !c.named[name] {
			c.named[name] = true
			return name
		}
	}
	return c.name()
}

// call gives somebody their name, and an address nobody else has.
func (c *community) call(p *person, name string) {
	p.profile.Name = name
	p.given, _, _ = strings.Cut(name, " ")
	p.email = fmt.Sprintf("member%d@mail.example", len(c.named))
}

// describe fills in a profile.
func (c *community) describe(p *person) {
	e := &c.employers[p.employer]
	f := c.fields[e.industry]
	title := one(c.dice, f.titles)
	s := &p.profile
	s.Headline, s.Location = c.headline(title, e.name, f.topics), e.place
	if c.dice.IntN(100) < thinShare {
		p.stamp, s.Groups, s.Topics = 0, nil, nil
		s.Positions = append([]kith.Position{{Title: title, Organisation: e.name, From: c.month(1 + c.dice.IntN(90))}}, s.Positions...)
		return
	}
	s.Industry, s.Skills = e.industry, some(c.dice, f.skills, 2+c.dice.IntN(2))
	if s.Topics == nil {
		s.Topics = some(c.dice, f.topics, c.dice.IntN(3))
	}
	if s.Groups == nil {
		s.Groups = some(c.dice, c.groups, max(0, c.dice.IntN(5)-1))
	}
	if c.dice.IntN(100) < summaryShare {
		s.Summary = one(c.dice, f.summaries)
	}
	s.Languages = some(c.dice, []string{"English", "Dutch", "German", "French", "Danish", "Polish", "Spanish"}, 1+c.dice.IntN(3))
	c.career(p, title)
}

// headline writes a headline in one of the ways people do.
func (c *community) headline(title, org string, topics []string) string {
	switch c.dice.IntN(10) {
	case 0, 1:
		return title + ", " + org
	case 2, 3:
		return title + " at " + org + " | " + one(c.dice, topics)
	case 4:
		return title + " | " + one(c.dice, topics)
	}
	return title + " at " + org
}

// career fills in where somebody worked and learnt.
func (c *community) career(p *person, title string) {
	s := &p.profile
	since := 12 * (c.now.Year() - p.year) // months
	began := 2 + c.dice.IntN(min(since-4, 100))
	at := []kith.Position{{Title: title, Organisation: c.employers[p.employer].name, From: c.month(began)}}
	earlier := s.Positions // of a kind
	if len(earlier) == 0 && since > began+12 && c.dice.IntN(4) > 0 {
		e := c.employers[c.someEmployer()]
		earlier = []kith.Position{{Title: one(c.dice, c.fields[e.industry].titles), Organisation: e.name, From: c.month(min(began+60, since)), To: c.month(began + 1)}}
	}
	s.Positions = append(at, earlier...)
	school := &c.schools[p.school]
	s.Education = []kith.Education{{School: school.name, Degree: one(c.dice, school.degrees), From: strconv.Itoa(p.year - 5), To: strconv.Itoa(p.year)}}
}

// calls gives somebody a headline of their own, and nothing to do but what it
// says.
func (p *person) calls(headline string) {
	s := &p.profile
	s.Headline, s.Industry, s.Summary, s.Skills, s.Positions = headline, "", "", nil, nil
	if title, org, ok := strings.Cut(headline, " at "); ok {
		s.Positions = []kith.Position{{Title: title, Organisation: org, From: p.joined.Format("2006-01")}}
	}
}

// fillTitle puts what somebody does into a headline.
func fillTitle(headline string, p *person) string {
	title, _, _ := strings.Cut(p.profile.Headline, " at ")
	return strings.ReplaceAll(headline, "{title}", title)
}

// employerIn chooses an employer of one of some industries, not the first
// member's.
func (c *community) employerIn(industries ...string) int {
	for {
		i := c.someEmployer()
		if i != c.hero().employer && slices.Contains(industries, c.employers[i].industry) {
			return i
		}
	}
}

func (c *community) someEmployer() int {
	return weighted(c.dice, c.employers, func(e employer) int { return e.weight })
}

func (c *community) someSchool() int {
	return weighted(c.dice, c.schools, func(s school) int { return s.weight })
}

// weighted chooses a place in a list, by weight.
func weighted[T any](dice *rand.Rand, from []T, weight func(T) int) int {
	sum := 0
	for _, v := range from {
		sum += weight(v)
	}
	n := dice.IntN(sum)
	for i, v := range from {
		if n -= weight(v); n < 0 {
			return i
		}
	}
	return 0
}

func one[T any](dice *rand.Rand, from []T) T { return from[dice.IntN(len(from))] }

// some gives up to n different entries of a list, in some order.
func some(dice *rand.Rand, from []string, n int) []string {
	if n == 0 {
		return nil
	}
	all := slices.Clone(from)
	dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}
