package triage

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"kith"
)

// fix is one thing in the sender's hands: the signals it would silence, what to
// do, and the case as it would be then.
type fix struct {
	signals []string
	says    string
	done    func(*kith.Case)
}

// fixes lists what a sender can improve. The first also stands for a note not
// yet written.
var fixes = []fix{
	{[]string{"send-note-empty", "send-note-default", "send-note-generic", "send-note-pitch", "send-note-scam", "send-note-no-reason", "send-no-reason"},
		"Write one or two sentences that say how you know each other or why you want to connect.",
		func(c *kith.Case) {
			c.Note.Kind, c.Note.GivesReason, c.Note.ScamPhrases = seen(kith.NoteSpecific), seen(true), seen(0)
		}},
	{[]string{"send-note-placeholder"}, "Fill the slot of the template, or write without it.",
		func(c *kith.Case) { c.Note.Placeholder = seen(false) }},
	{[]string{"send-note-long", "send-note-sentences"}, "Shorten the note to two sentences.",
		func(c *kith.Case) { c.Note.OverLimit, c.Note.Sentences = seen(false), seen(MaxSentences) }},
	{[]string{"send-photo-missing"}, "Show a photo on your profile.",
		func(c *kith.Case) { c.Member.Profile.Photo = seen(kith.PhotoPresent) }},
	{[]string{"send-profile-thin"}, "Say on your profile who you are and what you have done.",
		func(c *kith.Case) { c.Member.Profile.Completeness = seen(kith.Complete) }},
}

// called gives the id of the signal that calls for a fix; empty if none does.
func (j *Judge) called(f *fix, c *kith.Case, w *Weighed) string {
	sp := j.family[Sending]
	for i := sp.from; i < sp.to; i++ {
		if w.fired[i] && slices.Contains(f.signals, j.signals[i].ID) {
			return j.signals[i].ID
		}
	}
	if unwritten := c.Note.Kind.State == kith.Unknown && f.signals[0] == fixes[0].signals[0]; unwritten {
		return f.signals[0]
	}
	return ""
}

// MaxSentences is how many sentences a note to somebody not well known should
// have (R115: one to two).
const MaxSentences = 2

// outlook runs the recipient's side on what the recipient could see and says
// what the sender could improve, by gain.
func (j *Judge) outlook(c *kith.Case, w *Weighed) *kith.Outlook {
	now, chance, spread := j.recipient(c)
	const eighty = 1.28 // standard deviations of an 80 % range
	lo, hi := sigmoid(chance-eighty*spread), sigmoid(chance+eighty*spread)
	out := &kith.Outlook{
		Verdict: now, From: band(lo), To: band(hi),
		Text:  counts(lo, hi),
		Fixes: []kith.Fix{},
	}
	type gain struct {
		kith.Fix
		by float64
	}
	var gains []gain
	for i := range fixes {
		f := &fixes[i]
		id := j.called(f, c, w)
		if id == "" {
			continue
		}
		better := *c
		f.done(&better)
		then, improved, _ := j.recipient(&better)
		by := sigmoid(improved) - sigmoid(chance)
		if rankOf(then) > rankOf(now) {
			by += 1
		}
		gains = append(gains, gain{kith.Fix{ID: id, Text: f.says, Gain: gainWord(by)}, by})
	}
	slices.SortStableFunc(gains, func(a, b gain) int { return cmp.Compare(b.by, a.by) })
	for _, g := range gains {
		out.Fixes = append(out.Fixes, g.Fix)
	}
	return out
}

// recipient judges the sender's case from the other side and gives the chance
// of acceptance with its spread, both in log-odds.
func (j *Judge) recipient(c *kith.Case) (d kith.Decision, chance, spread float64) {
	mirror := Mirror(c)
	var theirs, ours Weighed
	j.weigh(&mirror, &theirs)
	sp := j.family[Chance]
	variance := j.model.ChanceSpread * j.model.ChanceSpread
	for i := sp.from; i < sp.to; i++ {
		j.evaluate(c, i, &ours.reading)
		chance += ours.adds[i]
		if ours.fired[i] {
			variance += j.signals[i].Spread * j.signals[i].Spread
		}
	}
	return theirs.Decision, chance + j.model.Chance, math.Sqrt(variance)
}

// Mirror is the recipient's view of a sender's case: what they could see, their
// published policy if there is one, otherwise the default stance; never their
// goals, answers or queue.
func Mirror(c *kith.Case) kith.Case {
	m := kith.Case{Side: kith.Receive, Now: c.Now}
	m.Member.Stance, m.Member.Rules = c.Policy.Stance, c.Policy.Rules
	m.Person, m.Note = c.Member.Profile, c.Note
	r := &c.Relation
	m.Relation = kith.RelationFacts{
		Mutual: r.Mutual, SameEmployer: r.SameEmployer, SameSchool: r.SameSchool, SameProgramme: r.SameProgramme,
		SameVolunteering: r.SameVolunteering, SameIndustry: r.SameIndustry, SameGroup: r.SameGroup,
		Met: r.Met, Competitor: r.Competitor, Elsewhere: r.Elsewhere, SharesTopics: r.SharesTopics,
	}
	m.History.BothWays, m.History.Messages = c.History.BothWays, c.History.Messages
	if c.Answers[kith.AskMet] == kith.AnswerYes {
		m.Relation.Met = seen(kith.Yes)
	}
	return m
}

func rankOf(d kith.Decision) int {
	return slices.Index([]kith.Decision{kith.Report, kith.Decline, kith.Ask, kith.Accept}, d)
}

// gainWord puts a gain in probability into a word. A better verdict of the
// recipient's side is always a lot.
func gainWord(by float64) string {
	switch {
	case by >= .10:
		return "a lot"
	case by >= .03:
		return "a little"
	}
	return "hardly"
}

// The chance of acceptance, in invitations out of ten.
const (
	aboutSo = "By the figures known, about %v of 10 such invitations would be accepted."
	between = "By the figures known, between %v and %v of 10 such invitations would be accepted."
)

// counts says a range of probabilities as invitations out of ten.
func counts(lo, hi float64) string {
	from, to := int(math.Round(lo*10)), int(math.Round(hi*10))
	if from == to {
		return fmt.Sprintf(aboutSo, from)
	}
	return fmt.Sprintf(between, from, to)
}
