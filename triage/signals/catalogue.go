package signals

import (
	"slices"
	"strconv"
	"time"

	"kith"
	"kith/triage"
)

// All lists the whole catalogue, family by family.
func All() []triage.Signal {
	return slices.Concat(evidence(), refusals(), rules(), settled(), stances(),
		ties(), profileWorth(), noteWorth(), answersWorth(), genuine(), limits(), remarks(),
		sending(), chance(), connected(), introducing())
}

// Judge compiles the catalogue with the built-in model.
func Judge() (*triage.Judge, error) { return triage.New(All(), Questions(), triage.Articles()) }

// Paths and goals that many literals name.
const (
	fromArticles = "the articles, on the common scale of the catalogue"
	assumed      = "assumed; no data"
)

var (
	reachSeenFound = kith.GoalSet(kith.Reach, kith.ContentSeen, kith.BeFound)
	reachSeen      = kith.GoalSet(kith.Reach, kith.ContentSeen)
	recruiting     = kith.GoalSet(kith.AttractRecruiters, kith.JobSearch)
)

func becomes(by float64, goals ...kith.Goal) triage.GoalChange {
	return triage.GoalChange{Goals: kith.GoalSet(goals...), Do: triage.Becomes, By: by}
}

func adds(by float64, goals ...kith.Goal) triage.GoalChange {
	return triage.GoalChange{Goals: kith.GoalSet(goals...), Do: triage.Adds, By: by}
}

func scales(by float64, goals ...kith.Goal) triage.GoalChange {
	return triage.GoalChange{Goals: kith.GoalSet(goals...), Do: triage.Scales, By: by}
}

// yes and no are the condition "the member answered so".
func yes(q kith.QuestionID) func(*kith.Case) bool {
	return func(c *kith.Case) bool { return c.Answers[q] == kith.AnswerYes }
}

func no(q kith.QuestionID) func(*kith.Case) bool {
	return func(c *kith.Case) bool { return c.Answers[q] == kith.AnswerNo }
}

// hasNote reports whether the note reads like one of these.
func hasNote(c *kith.Case, kinds ...kith.NoteKind) bool {
	return c.Note.Kind.Known() && slices.Contains(kinds, c.Note.Kind.Val)
}

// noteIs is the condition "the note reads like one of these".
func noteIs(kinds ...kith.NoteKind) func(*kith.Case) bool {
	return func(c *kith.Case) bool { return hasNote(c, kinds...) }
}

// stanceOf is the stance that counts for a case.
func stanceOf(c *kith.Case) kith.Stance {
	s, _ := c.Member.EffectiveStance(&c.Answers)
	return s
}

// strict reports whether the stance or goal makes a failed favour test final.
func strict(c *kith.Case) bool {
	s := stanceOf(c)
	return s == kith.Selective || s == kith.OnlyKnown || c.Member.Goals.Has(kith.Endorsement)
}

// waited reports whether so many days have passed since at.
func waited(c *kith.Case, at *kith.Opt[time.Time], days int) bool {
	age, ok := c.Age(at)
	return ok && age >= kith.Day*time.Duration(days)
}

// count writes "1 connection" or "12 connections".
func count(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "one " + one
	}
	return strconv.Itoa(n) + " " + many
}
