package demo

import (
	"slices"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// tie is a connection: who invited whom, with what, and when it was accepted.
type tie struct {
	id             kith.InvitationID
	from, to       int // of people
	sent, accepted time.Time
	note           string
	ties           [2]pair.Tie // how well from knows to, and to from
}

// How many people everybody looks for, of each sort; as many look for them.
const (
	colleagues, alumni, peers, others = 5, 3, 2, 2
	// near is how far apart in a cohort two are who may know each other: who
	// knows the same people knows each other.
	near = 9
	// One in hubEvery is known by everybody; one in hubShare knows one of them.
	hubEvery, hubShare = 170, 3
	// heroTies is how many the first member has before others look for them.
	heroTies  = 40
	noteShare = 30 // of a hundred invitations had a note
)

// cohort is one way in which people belong together.
type cohort struct {
	key   func(*person) int
	times int // everybody looks for so many
}

// tie connects people: within their employer, their school and their industry,
// with a few known by all, and here and there across.
func (c *community) tie() {
	met := map[[2]int]bool{}
	c.befriend(met)
	for _, sort := range []cohort{
		{func(p *person) int { return p.employer }, colleagues},
		{func(p *person) int { return p.school*10_000 + p.year/2 }, alumni},
		{c.industry, peers},
	} {
		groups := map[int][]int{}
		for i := range c.people {
			key := sort.key(&c.people[i])
			groups[key] = append(groups[key], i)
		}
		for i := range c.people {
			for range sort.times - 1 + c.dice.IntN(3) {
				c.meet(met, i, c.nearby(groups[sort.key(&c.people[i])], i))
			}
		}
	}
	friends := c.friends()
	for i := range c.people {
		for range c.people[i].mutual {
			c.meet(met, i, one(c.dice, friends))
		}
		for range others {
			c.meet(met, i, c.dice.IntN(len(c.people)))
		}
		if hubs := (len(c.people) - 1) / hubEvery; hubs > 0 && c.dice.IntN(hubShare) == 0 {
			c.meet(met, i, hubEvery*(1+c.dice.IntN(hubs)))
		}
	}
}

// befriend connects the first member: with colleagues rather than with whom they
// studied with, and with those rather than with others.
func (c *community) befriend(met map[[2]int]bool) {
	h := c.hero()
	for len(met) < heroTies {
		i := c.dice.IntN(len(c.people))
		one := 30 // in so many
		switch p := &c.people[i]; {
		case p.employer == h.employer:
			one = 1
		case p.school == h.school:
			one = 4
		}
		if c.dice.IntN(one) == 0 {
			c.meet(met, 0, i)
		}
	}
}

// friends are whom the first member is connected with.
func (c *community) friends() (out []int) {
	for i := range c.ties {
		if t := &c.ties[i]; t.from == 0 || t.to == 0 {
			out = append(out, t.from+t.to)
		}
	}
	return out
}

// industry numbers the industry somebody works in.
func (c *community) industry(p *person) int {
	of := c.employers[p.employer].industry
	return slices.IndexFunc(c.employers, func(e employer) bool { return e.industry == of })
}

// nearby gives somebody of a group not far from another in it.
func (c *community) nearby(group []int, i int) int {
	at := slices.Index(group, i) + c.dice.IntN(2*near+1) - near
	return group[(at%len(group)+len(group))%len(group)]
}

// meet connects two people, unless they are connected, or one of them has an
// invitation of the other's to decide.
func (c *community) meet(met map[[2]int]bool, i, j int) {
	if c.dice.IntN(2) == 0 {
		i, j = j, i
	}
	two := [2]int{min(i, j), max(i, j)}
	if i == j || met[two] || two[0] == 0 && c.people[two[1]].stranger {
		return
	}
	met[two] = true
	from, to := &c.people[i], &c.people[j]
	began := from.joined
	if to.joined.After(began) {
		began = to.joined
	}
	t := tie{id: kith.InvitationID(c.newID()), from: i, to: j, ties: [2]pair.Tie{c.closeness(), c.closeness()}}
	t.sent = began.Add(kith.Day + time.Duration(c.dice.Float64()*float64(c.now.Sub(began)-6*kith.Day))).Truncate(time.Second)
	t.accepted = t.sent.Add(time.Hour + time.Duration(c.dice.Int64N(int64(4*kith.Day)))).Truncate(time.Second)
	if c.dice.IntN(100) < noteShare {
		t.note = fill(one(c.dice, c.notes), to, from)
	}
	c.ties = append(c.ties, t)
}

// closeness is how well somebody says they know another.
func (c *community) closeness() pair.Tie {
	return []pair.Tie{pair.NoTie, pair.ThroughNetwork, pair.Met, pair.Met, pair.Met, pair.Close}[c.dice.IntN(6)]
}

// row is what is kept of a tie: the state the two acts lead to, and the words.
func (c *community) row(t *tie) (store.Pair, store.Invitation, error) {
	from, to := c.people[t.from].id, c.people[t.to].id
	a, b, sender, err := pair.Order(from, to)
	if err != nil {
		return store.Pair{}, store.Invitation{}, err
	}
	row := store.Pair{A: a, B: b}
	row.Invitations[sender] = t.id
	for _, act := range []pair.Act{
		{Verb: pair.Send, By: sender, At: t.sent, Tie: t.ties[0]},
		{Verb: pair.Accept, By: sender.Other(), At: t.accepted, Seq: 1, Tie: t.ties[1]},
	} {
		if row.State, _, err = pair.Next(row.State, act); err != nil {
			return row, store.Invitation{}, err
		}
	}
	return row, store.Invitation{ID: t.id, Sender: from, Recipient: to, Seq: 1, SentAt: t.sent, Note: t.note}, nil
}
