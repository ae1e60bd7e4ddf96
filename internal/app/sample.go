package app

import (
	"time"

	"kith"
	"kith/internal/gather"
)

// Sample is an invented letter, with what a choice of goals and stance makes of
// it.
type Sample struct {
	// Letter names it: one of Letters, under which a page has its words.
	Letter  string
	Verdict kith.Verdict
	// Instead is another choice that would end otherwise; nil if none does.
	Instead *Instead
}

// Instead is a choice that differs in one thing, and its verdict. Either Goal
// is chosen or dropped, or Stance is set.
type Instead struct {
	Goal    kith.Goal
	Dropped bool
	Stance  kith.Stance // StanceUnset: it is about Goal
	Verdict kith.Decision
}

// sampleLetters are the invented letters: somebody known, somebody who matters
// to whoever looks for something new, and somebody who matters to few.
var sampleLetters = []struct {
	name string
	fill func(*kith.Facts, time.Time)
}{
	{"colleague", func(f *kith.Facts, now time.Time) {
		f.Relation.SameEmployer = kith.Observed(kith.SharedEarlier, kith.FromHere, now)
		f.Relation.AddressBook = kith.Observed(kith.Yes, kith.FromBook, now)
		f.Relation.Mutual = kith.Observed(4, kith.FromHere, now)
		f.Note.Text = kith.Observed("", kith.FromHere, now)
	}},
	{"newcomer", func(f *kith.Facts, now time.Time) {
		f.Relation.SharesTopics = kith.Observed(true, kith.FromHeadline, now)
		f.Relation.InArea = kith.Observed(true, kith.FromHeadline, now)
		f.Relation.Mutual = kith.Observed(0, kith.FromHere, now)
		f.Note.Text = kith.Observed("", kith.FromHere, now)
	}},
	{"recruiter", func(f *kith.Facts, now time.Time) {
		f.Person.Recruiter = kith.Observed(true, kith.FromHeadline, now)
		f.Relation.Mutual = kith.Observed(0, kith.FromHere, now)
		f.Note.Text = kith.Observed("I'd like to add you to my professional network on LinkedIn.", kith.FromHere, now)
	}},
}

// Letters names the invented letters of Samples, in their order.
func Letters() []string {
	var out []string
	for _, l := range sampleLetters {
		out = append(out, l.name)
	}
	return out
}

// oftenChosen are the goals to offer before all others.
var oftenChosen = []kith.Goal{kith.Rolodex, kith.GrowInField, kith.JobSearch, kith.NewClients, kith.Endorsement, kith.Reach}

// telling are the same in the order in which an alternative is looked for: those
// that let more pass come first.
var telling = []kith.Goal{kith.GrowInField, kith.JobSearch, kith.NewClients, kith.Reach, kith.Endorsement, kith.Rolodex}

// OftenChosen lists the goals to offer before all others.
func OftenChosen() []kith.Goal { return append([]kith.Goal(nil), oftenChosen...) }

// Samples judges the invented letters by a choice of goals and stance, as they
// would be judged in an inbox, and says which choice would end otherwise.
func (a *App) Samples(goals kith.Goals, stance kith.Stance) []Sample {
	out := make([]Sample, len(sampleLetters))
	for i, l := range sampleLetters {
		c := sampleCase(l.fill)
		c.Member.Goals, c.Member.Stance = goals, stance
		out[i] = Sample{Letter: l.name, Verdict: a.judge.Decide(c)}
		out[i].Instead = a.instead(c, out[i].Verdict.Verdict)
	}
	return out
}

// sampleCase makes the case of an invented letter from somebody who shows who
// they are.
func sampleCase(fill func(*kith.Facts, time.Time)) kith.Case {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // any day: nothing in a sample has an age
	c := kith.Case{Side: kith.Receive, Now: now}
	c.Person.Photo = kith.Observed(kith.PhotoPresent, kith.FromHere, now)
	c.Person.Completeness = kith.Observed(kith.Complete, kith.FromHere, now)
	fill(&c.Facts, now)
	gather.Complete(&c)
	return c
}

// instead looks for the nearest choice that ends otherwise: without one of the
// goals chosen, with one of those often chosen, then with another stance.
func (a *App) instead(c kith.Case, verdict kith.Decision) *Instead {
	chosen, stance := c.Member.Goals, c.Member.Stance
	differs := func(goals kith.Goals, stance kith.Stance, how Instead) *Instead {
		c.Member.Goals, c.Member.Stance = goals, stance
		if how.Verdict = a.judge.Decide(c).Verdict; how.Verdict == verdict {
			return nil
		}
		return &how
	}
	for _, g := range chosen.List() {
		if how := differs(chosen&^kith.GoalSet(g), stance, Instead{Goal: g, Dropped: true}); how != nil {
			return how
		}
	}
	for _, g := range telling {
		if how := differs(chosen|kith.GoalSet(g), stance, Instead{Goal: g}); how != nil {
			return how
		}
	}
	for _, s := range []kith.Stance{kith.Open, kith.Balanced, kith.Selective, kith.OnlyKnown} {
		if how := differs(chosen, s, Instead{Stance: s}); how != nil {
			return how
		}
	}
	return nil
}
