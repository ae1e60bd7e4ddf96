package triage

import (
	"math"
	"time"

	"kith"
)

var zeroTime time.Time

// Waiting times of the follow-through: a week to the reminder, two to the
// verdict (S0:35 "a week or two", R85).
const (
	RemindAfter = 7
	DecideAfter = 14
)

// Decide judges a case and says why. Its draft is nil: the words of a message
// are package note's, and need facts a judge does not look at.
func (j *Judge) Decide(c kith.Case) kith.Verdict {
	var w Weighed
	j.weigh(&c, &w)
	w.firm = j.Firm(&c, &w)
	v := kith.Verdict{
		Verdict: w.Decision,
		Firm:    w.firm,
		Bands:   j.bands(&c, &w),
		Reasons: j.reasons(&c, &w),
		Model:   j.model.Version,
	}
	v.Question, v.Unknown, v.WouldChange = j.open(&c, &w)
	v.FollowUp = followUp(&c, &w)
	if c.Side == kith.Send {
		v.Outlook = j.outlook(&c, &w)
	}
	return v
}

// Trace lists what every signal of the case's side said, silent ones included.
func (j *Judge) Trace(c kith.Case) []kith.Trace {
	var w Weighed
	j.weigh(&c, &w)
	var out []kith.Trace
	for _, sp := range j.sides[c.Side] {
		for i := sp.from; i < sp.to; i++ {
			s := &j.signals[i]
			t := kith.Trace{Signal: s.ID, Question: "decides", Fired: w.fired[i], LogOdds: round(w.adds[i])}
			switch s.Family {
			case Stance, Worth:
				t.Question = "worth"
			case Genuine:
				t.Question = "genuine"
			case Chance:
				t.Question = "chance"
			}
			out = append(out, t)
		}
	}
	return out
}

// round keeps four decimals: what a person can compare by hand.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// bands puts the three questions into words. Direct evidence of harm is the end
// of "genuine"; on the sending side the member's own note says nothing about
// the recipient.
func (j *Judge) bands(c *kith.Case, w *Weighed) kith.Bands {
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	if c.Side == kith.Send && c.Note != (kith.NoteFacts{}) {
		own := c.Note
		var quiet Weighed
		c.Note = kith.NoteFacts{}
		j.weigh(c, &quiet)
		c.Note, w = own, &quiet
	}
	out := kith.Bands{
		Genuine: band(w.pGenuine),
		Known:   known(c),
		Worth:   worthBand(w.pWorth, j.bounds[stance]),
	}
	if w.by >= 0 && j.signals[w.by].Family == Evidence {
		out.Genuine = kith.BandNo
	}
	return out
}

// known says whether the member knows the person: a fact or a question, never
// an estimate.
func known(c *kith.Case) kith.Band {
	r := &c.Relation
	maybe := (r.Met.Val == kith.Maybe || r.AddressBook.Val == kith.Maybe) && c.Answers[kith.AskSamePerson] != kith.AnswerNo
	switch {
	case Knows(c):
		return kith.BandYes
	case c.Answers[kith.AskMet] == kith.AnswerNo || r.Met.IsNot() && r.AddressBook.IsNot():
		return kith.BandNo
	case maybe || r.SameEmployer.Val == kith.SharedNow:
		return kith.BandLikely
	}
	return kith.BandUnclear
}

// Knows reports whether a fact settles that the member knows the person: they
// met or worked together, the address book holds them, or the two have written
// to each other both ways (DESIGN 3.2 c).
func Knows(c *kith.Case) bool {
	r := &c.Relation
	return c.Answers[kith.AskMet] == kith.AnswerYes ||
		c.Answers[kith.AskMet] != kith.AnswerNo && Believed(&r.Met, c) ||
		Believed(&r.AddressBook, c) || WroteBothWays(c)
}

// Believed reports whether a belief is sure, or a maybe the member confirmed.
func Believed(b *kith.Opt[kith.Belief], c *kith.Case) bool {
	return b.Is() && (b.Val == kith.Yes || b.Val == kith.Maybe && c.Answers[kith.AskSamePerson] == kith.AnswerYes)
}

// WroteBothWays reports whether messages went in both directions. A count alone
// says so from two messages on, unless an answer is known to be missing; a
// question asked first and its answer are not yet an exchange.
func WroteBothWays(c *kith.Case) bool {
	h := &c.History
	if h.BothWays.Known() {
		return h.BothWays.Is()
	}
	least := 2
	if h.AskedAt.Is() {
		least = 3
	}
	return h.Messages.Is() && h.Messages.Val >= least && !h.Replied.IsNot() && c.Answers[kith.AskReplied] != kith.AnswerNo
}

// followUp is the next duty a verdict brings.
func followUp(c *kith.Case, w *Weighed) *kith.FollowUp {
	waiting := c.Side == kith.Receive && w.Decision == kith.Ask ||
		c.Side == kith.Connected && w.Decision == kith.Keep && c.History.AskedAt.Is()
	switch {
	case waiting && (c.History.Replied.Is() || c.Answers[kith.AskReplied] == kith.AnswerYes):
		return nil
	case waiting:
		return answerDue(c)
	case c.Side == kith.Receive && w.Decision == kith.Accept && w.by < 0 && AcceptAndSee(c):
		return &kith.FollowUp{Act: kith.ActRemoveIfSilent, AfterDays: DecideAfter}
	case w.Decision == kith.Wait && w.By == metTodayID:
		return &kith.FollowUp{Act: kith.ActSend, AfterDays: 1}
	}
	return nil
}

// answerDue is what is due next while an answer is awaited: the reminder in the
// first week, then the verdict.
func answerDue(c *kith.Case) *kith.FollowUp {
	age, _ := c.Age(&c.History.AskedAt) // not asked yet: as if asked now
	days := max(0, int(age/kith.Day))
	if days < RemindAfter {
		return &kith.FollowUp{Act: kith.ActRemind, AfterDays: RemindAfter - days}
	}
	return &kith.FollowUp{Act: kith.ActDecide, AfterDays: max(0, DecideAfter-days)}
}

// metTodayID is the id of the one waiting rule whose end is known.
const metTodayID = "send-met-today"

// AcceptAndSee reports whether an acceptance would be of somebody neither met
// nor specific in their note, under a stance that accepts and tests (K6, R84).
func AcceptAndSee(c *kith.Case) bool {
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	answered := c.History.Replied.Is() || c.Answers[kith.AskReplied] == kith.AnswerYes
	return (stance == kith.Open || stance == kith.Balanced) && !Knows(c) && !answered &&
		!(c.Note.Kind.Is() && c.Note.Kind.Val == kith.NoteSpecific)
}
