package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
)

// seed is the community's: with another it is another.
const seed = 20261122

// community is everybody, before anything is written.
type community struct {
	*words
	now  time.Time
	dice *rand.Rand
	// people are the members. The first is the one the demo is logged in as.
	people []person
	ties   []tie
	chats  []chat
	// Invitations of the first member: those that wait here and elsewhere, those
	// they have answered, and those they sent.
	waiting, elsewhere, answered, own []invitation
	// known are people on another site the first member is connected with there.
	known []person
	named map[string]bool
}

// invitation is one between the first member and somebody else, and the line of
// data/ it comes from.
type invitation struct {
	id     kith.InvitationID // once it is sent
	who    *person
	at     time.Time
	note   string
	letter letter
	past   past
	sent   sent
}

// newCommunity puts a community together, of so many members.
func newCommunity(size int, now time.Time) (*community, error) {
	w, err := readWords()
	if err != nil {
		return nil, err
	}
	c := &community{words: w, now: now.UTC().Truncate(time.Second), dice: rand.New(rand.NewPCG(seed, 0)), named: map[string]bool{}}
	c.people = append(c.people, c.newHero())
	c.arrive()
	if least := len(c.people) + 2*heroTies; size < least {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: fmt.Sprintf("a demo has at least %d members: so many have to do with the one", least)}
	}
	for len(c.people) < size {
		c.people = append(c.people, c.person("any"))
	}
	slices.SortFunc(c.people[1:], func(x, y person) int { return x.joined.Compare(y.joined) })
	c.place()
	c.tie()
	c.talk()
	return c, nil
}

// newHero makes the member the demo is logged in as.
func (c *community) newHero() person {
	const name, headline = "Ines Valkenmoor-Adeyemi", "Senior Bridge Inspector at Holmbrück Engineering | fatigue cracks, found early"
	c.named[name] = true
	return person{
		given: "Ines", email: "ines@valkenmoor.example", joined: c.ago(900), stamp: 1,
		employer: c.employerNamed("Holmbrück Engineering"), school: c.schoolNamed("Vesterhaven University of Technology"), year: c.now.Year() - 14,
		profile: store.Profile{
			Name: name, Headline: headline, Location: "Rotterdam, Netherlands", Industry: "Civil Engineering",
			Summary: "I look at old steel bridges and listen to new ones. At Holmbrück I lead the inspections of 86 spans between Rotterdam and the sea; before that I " +
				"calculated timber decks at Tessel. I like cracks that are found early, colleagues who draw, and people who say why they write.",
			Positions: []kith.Position{
				{Title: "Senior Bridge Inspector", Organisation: "Holmbrück Engineering", From: c.month(8 * 12), Description: "Inspections, fatigue assessment, load tests."},
				{Title: "Structural Engineer", Organisation: formerEmployer, From: c.month(14 * 12), To: c.month(8*12 + 1)},
			},
			Education:    []kith.Education{{School: "Vesterhaven University of Technology", Degree: "MSc Structural Engineering", From: c.year(20), To: c.year(14)}},
			Volunteering: []string{"Footbridges Without Borders"},
			Groups:       []string{"Friends of Moving Bridges", "Timber Bridge Circle", "Vesterhaven Alumni"},
			Skills:       []string{"bridge inspection", "fatigue assessment", "load testing", "rope access"},
			Topics:       []string{"bridge inspection", "fatigue", "timber structures"},
			Languages:    []string{"Dutch", "English", "German"},
		},
	}
}

// formerEmployer is where the first member worked before.
const formerEmployer = "Tessel Structures"

// arrive makes the people who have to do with the first member by an invitation.
func (c *community) arrive() {
	for _, l := range c.letters {
		for range l.count {
			v := invitation{who: c.stranger(l.from, l.headline), at: c.latest(), note: l.note, letter: l}
			if l.elsewhere {
				c.elsewhere = append(c.elsewhere, v)
			} else {
				c.waiting = append(c.waiting, v)
			}
		}
	}
	for _, p := range c.past {
		c.answered = append(c.answered, invitation{who: c.stranger(p.from, ""), at: c.ago(p.sent), note: p.note, past: p})
	}
	for _, v := range c.sent {
		c.own = append(c.own, invitation{who: c.stranger(v.to, ""), at: c.ago(v.days), note: v.note, sent: v})
	}
	for range elsewhereTies {
		c.known = append(c.known, c.person("any"))
	}
	for _, list := range c.between() {
		for i := range list {
			c.people = append(c.people, *list[i].who)
		}
	}
}

// elsewhereTies is how many connections the first member has elsewhere.
const elsewhereTies = 30

// between lists the invitations between the first member and other members.
func (c *community) between() [3][]invitation {
	return [3][]invitation{c.waiting, c.answered, c.own}
}

// stranger makes somebody who is not connected with the first member.
func (c *community) stranger(sort, headline string) *person {
	p := c.person(sort)
	p.mutual = c.dice.IntN(kinds[sort].mutual)
	p.stranger = true
	if headline != "" {
		p.calls(fillTitle(headline, &p))
	}
	return &p
}

// oldest is the age of the oldest invitation that waits, in days: they expire
// after 180.
const oldest = 166

// latest gives a time for an invitation that waits: half of them are younger
// than six weeks.
func (c *community) latest() time.Time {
	share := c.dice.Float64()
	return c.now.Add(-time.Hour - time.Duration(share*share*oldest*float64(kith.Day))).Truncate(time.Minute)
}

// place gives everybody their id, and finds those of invitations again.
func (c *community) place() {
	at := map[string]*person{}
	for i := range c.people {
		c.people[i].id = kith.MemberID(c.newID())
		at[c.people[i].email] = &c.people[i]
	}
	for _, list := range c.between() {
		for i := range list {
			list[i].who = at[list[i].who.email]
		}
	}
}

// newID makes an id of the form stores make.
func (c *community) newID() string {
	d := c.dice
	return fmt.Sprintf("%08x-%04x-7%03x-8%03x-%012x", d.Uint32(), d.Uint32N(1<<16), d.Uint32N(1<<12), d.Uint32N(1<<12), d.Uint64N(1<<48))
}

// ago is so many days before now, at some hour of the working day.
func (c *community) ago(days int) time.Time {
	return c.now.Add(-time.Duration(days)*kith.Day - time.Duration(c.dice.IntN(540))*time.Minute)
}

// month and year write what was so many months or years ago.
func (c *community) month(ago int) string { return c.now.AddDate(0, -ago, 0).Format("2006-01") }
func (c *community) year(ago int) string  { return c.now.AddDate(-ago, 0, 0).Format("2006") }

func (c *community) employerNamed(name string) int {
	return slices.IndexFunc(c.employers, func(e employer) bool { return e.name == name })
}

func (c *community) schoolNamed(name string) int {
	return slices.IndexFunc(c.schools, func(s school) bool { return s.name == name })
}
