package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/triage"
	"kith/triage/signals"
)

// Coaching is what the judgement would tell a member of their own profile: it is
// run on it as a recipient's side who knows nothing else would run it, with the
// default stance.
type Coaching struct {
	// Profile and Photo, its hash, are what it is about.
	Profile Profile
	Photo   string
	// Verdict is what that recipient's side would say, Chance how many of ten
	// such invitations are accepted by the figures known.
	Verdict kith.Decision
	Chance  string
	// Seen is what it would say of the profile, for and against.
	Seen []kith.Reason
	// Advice is what the member can do: what helps with everybody, then what
	// helps with those who share something, each with what helps most first. What
	// would change nothing is not advised.
	Advice []Advice
}

// Advice is one thing to do about a profile.
type Advice struct {
	ID    string
	Text  string
	Rules []string // rows of the advice the signals it moves come from
	Seen  string   // what is said as it is now; empty if nothing is
}

// improvement is something that can be done about a profile: the case as it
// would be then. How much it helps the judge says.
type improvement struct {
	id, says string
	done     func(*kith.Case)
	shared   bool // helps only with a recipient who shares what it shows (R110)
}

// better is a fact as it would be.
func better[T comparable](v T) kith.Opt[T] { return kith.Opt[T]{Val: v, State: kith.Present} }

// fine is a fact that something bad is not there.
func fine[T comparable]() kith.Opt[T] { return kith.Opt[T]{State: kith.Absent} }

// improvements lists them.
var improvements = []improvement{
	{id: "photo", says: "Show a photo of yourself; a plain one will do.",
		done: func(c *kith.Case) { c.Member.Profile.Photo = better(kith.PhotoPresent) }},
	{id: "who-you-are", says: "Say who you are: a summary of a few sentences, your positions, your education.",
		done: func(c *kith.Case) { c.Member.Profile.Completeness = better(kith.Complete) }},
	{id: "accomplishments", says: "Write what you did yourself, won or made, with a figure or two; your field is not about you.",
		done: func(c *kith.Case) {
			c.Member.Profile.Focus = better(kith.OnPerson)
			c.Member.Profile.Tidy = better(true)
		}},
	{id: "spelling", says: "Correct the spelling; let somebody else read it once.",
		done: func(c *kith.Case) { c.Member.Profile.Misspellings = fine[kith.Amount]() }},
	{id: "formatting", says: "Take out capitals, rows of signs and decorated letters.",
		done: func(c *kith.Case) { c.Member.Profile.OddFormatting = fine[bool]() }},
	{id: "scam-phrases", says: "Take out the sentences that read like a known fraud: riches, secrets, guarantees, hurry.",
		done: func(c *kith.Case) { c.Member.Profile.ScamPhrases = fine[int]() }},

	{id: "groups", says: "List the groups you belong to: who shares one with you has a reason to accept.", shared: true,
		done: func(c *kith.Case) {
			if !c.Member.Profile.Groups.Is() {
				c.Relation.SameGroup = better(true)
			}
		}},
	{id: "schools", says: "List your schools: who went to one of them has a reason to accept.", shared: true,
		done: func(c *kith.Case) {
			if !c.Member.Profile.Education.Is() {
				c.Relation.SameSchool = better(true)
			}
		}},
	{id: "employers", says: "List where you work and worked: colleagues have a reason to accept.", shared: true,
		done: func(c *kith.Case) {
			if !c.Member.Profile.Positions.Is() {
				c.Relation.SameEmployer = better(kith.SharedEarlier)
			}
		}},
	{id: "volunteering", says: "List where you volunteer, if you do: who helps there too has a reason to accept.", shared: true,
		done: func(c *kith.Case) {
			if !c.Member.Profile.Volunteering.Is() {
				c.Relation.SameVolunteering = better(true)
			}
		}},
}

// Coach turns the judgement on the actor's own profile.
func (a *App) Coach(ctx context.Context, who Actor) (Coaching, error) {
	if err := who.may(ScopeRead); err != nil {
		return Coaching{}, err
	}
	c := kith.Case{Side: kith.Send}
	var own sheet
	err := a.read(ctx, func(tx *store.Tx) (err error) {
		if c.Now, err = tx.Now(); err != nil {
			return err
		}
		if own, _, err = sheetOf(tx, who.ID); err != nil {
			return err
		}
		c.Member.Profile = own.facts(c.Now)
		return a.countFact(tx, &c.Member.Profile, who.ID, who.ID)
	})
	if err != nil {
		return Coaching{}, err
	}
	gather.Complete(&c)
	seen := a.judge.Decide(triage.Mirror(&c))
	out := Coaching{Profile: own.profile, Photo: own.photo, Verdict: seen.Verdict, Seen: slices.DeleteFunc(seen.Reasons, notOfProfile)}
	if o := a.judge.Decide(c).Outlook; o != nil {
		out.Chance = o.Text
	}
	out.Advice = advise(a.judge, &c)
	return out, nil
}

// notOfProfile reports whether a reason rests on anything but the profile: the
// recipient's own terms, or what there is between the two.
func notOfProfile(r kith.Reason) bool {
	s := literals[r.Signal]
	return s == nil || !slices.ContainsFunc(s.Needs, func(path string) bool { return strings.HasPrefix(path, "person.") })
}

// heard is what all signals say of a sender's case, on the recipient's side and
// on the sender's: their log-odds by id.
func heard(judge *triage.Judge, c *kith.Case) (said map[string]float64, sum float64) {
	said = map[string]float64{}
	mirror := triage.Mirror(c)
	theirs, own := judge.Weigh(&mirror), judge.Weigh(c)
	judge.Fired(&theirs, func(id string, logOdds float64) { said[id] = logOdds })
	judge.Fired(&own, func(id string, logOdds float64) {
		said[id] = logOdds
		sum += logOdds
	})
	return said, sum + theirs.Genuine + theirs.Worth
}

// tried is an improvement with what the judge says of it.
type tried struct {
	Advice
	shared bool
	by     float64 // log-odds gained
}

// advise tries every improvement on a case and keeps those by which the judge
// says more for it.
func advise(judge *triage.Judge, c *kith.Case) []Advice {
	before, from := heard(judge, c)
	catalogue := signals.All()
	var gains []tried
	for i := range improvements {
		imp := &improvements[i]
		then := *c
		imp.done(&then)
		after, to := heard(judge, &then)
		if to > from {
			rules, seen := moved(catalogue, before, after)
			gains = append(gains, tried{Advice{imp.id, imp.says, rules, seen}, imp.shared, to - from})
		}
	}
	slices.SortStableFunc(gains, func(a, b tried) int {
		if a.shared != b.shared {
			if a.shared {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.by, a.by)
	})
	out := make([]Advice, len(gains))
	for i := range gains {
		out[i] = gains[i].Advice
	}
	return out
}

// moved gives the rules of the signals that say something else after than
// before, and the first sentence that is no longer said.
func moved(catalogue []triage.Signal, before, after map[string]float64) (rules []string, unsaid string) {
	for i := range catalogue {
		s := &catalogue[i]
		old, was := before[s.ID]
		now, is := after[s.ID]
		if was == is && old == now {
			continue
		}
		rules = append(rules, s.Rules...)
		if was && !is && unsaid == "" && s.Fill == nil {
			unsaid = s.Says
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules), unsaid
}
