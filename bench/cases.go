package bench

import (
	"math/rand/v2"
	"time"

	"kith"
)

// NumCases is how many cases an engine decides; Seed makes them the same in
// every run.
const (
	NumCases = 1000
	Seed     = 20261122
)

// Cases makes n invented cases of one member. A fact is unknown in one case out
// of four, a truth holds in one known fact out of four, and every word of a
// list is as likely as any other. Nobody has answered a question.
func Cases(n int, seed uint64) []kith.Case {
	d := dice{rand.New(rand.NewPCG(seed, seed))}
	out := make([]kith.Case, n)
	for i := range out {
		out[i] = d.invitation()
	}
	return out
}

// dice draws facts.
type dice struct{ *rand.Rand }

func (d dice) invitation() kith.Case {
	c := kith.Case{Side: kith.Receive, Now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	c.Member.Goals = kith.GoalSet(kith.GrowInField, kith.AttractRecruiters, kith.AvoidSpam)
	c.Member.Stance = kith.Balanced
	d.person(&c.Person)
	d.relation(&c.Relation)
	c.Note.Kind = draw(d, kith.NoteEmpty, kith.NoteDefault, kith.NoteGeneric, kith.NotePitch, kith.NoteScam, kith.NoteSpecific)
	c.History.Replied = d.truth()
	return c
}

func (d dice) person(p *kith.PersonFacts) {
	p.Recruiter = d.truth()
	p.SellsProgrammes = d.truth()
	p.Unprofessional = d.truth()
	p.Verified = d.truth()
	p.AccountDays = d.below(1200)
	p.Completeness = draw(d, kith.Thin, kith.Ordinary, kith.Complete)
	p.Focus = draw(d, kith.OnPerson, kith.OnIndustry)
	p.Photo = draw(d, kith.PhotoNone, kith.PhotoPresent, kith.PhotoProfessional, kith.PhotoStock)
	p.Connections = d.below(900)
	p.LookAlikes = d.below(3)
	p.Country = draw(d, "NL", "BE", "DE", "FR")
}

func (d dice) relation(r *kith.RelationFacts) {
	r.SameEmployer = draw(d, kith.SharedNone, kith.SharedEarlier, kith.SharedNow)
	r.SameSchool = d.truth()
	r.SameProgramme = d.truth()
	r.SameVolunteering = d.truth()
	r.SameIndustry = d.truth()
	r.InArea = d.truth()
	r.SameGroup = d.truth()
	r.ActiveInGroup = d.truth()
	r.Admired = d.truth()
	r.SharesTopics = d.truth()
	r.WantsContacts = d.truth()
	r.Elsewhere = draw(d, kith.NotElsewhere, kith.Linked, kith.Follower, kith.Exchange)
	r.Mutual = d.below(12)
}

// truth is a fact that may hold.
func (d dice) truth() kith.Opt[bool] { return draw(d, true, false, false, false) }

// below is a number from 0 to n-1.
func (d dice) below(n int) kith.Opt[int] { return draw(d, d.IntN(n)) }

// draw is a fact with one of the values, or an unknown one.
func draw[T comparable](d dice, values ...T) kith.Opt[T] {
	if d.IntN(4) == 0 {
		return kith.Opt[T]{}
	}
	return kith.Observed(values[d.IntN(len(values))], kith.FromCase, time.Time{})
}
