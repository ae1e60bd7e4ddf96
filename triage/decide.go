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
	v := kith.Verdict{
		Verdict: w.Decision,
		Firm:    w.Firm,
		Bands:   j.bands(&c, &w),
		Reasons: j.reasons(&c, &w),
		Model:   j.model.Version,
	}
	v.Question, v.Unknown, v.WouldChange = j.open(&c, &w)
	v.FollowUp = followUp(&c, &w)
	if c.Side == kith.Send {
		v.Outlook = j.outlook(&c)
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

// bands puts the three questions into words.
func (j *Judge) bands(c *kith.Case, w *Weighed) kith.Bands {
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	return kith.Bands{
		Genuine: band(w.pGenuine),
		Known:   known(c),
		Worth:   worthBand(w.pWorth, j.bounds[stance]),
	}
}

// known says whether the member knows the person: a fact or a question, never
// an estimate.
func known(c *kith.Case) kith.Band {
	r := &c.Relation
	switch {
	case Knows(c) || c.Side == kith.Connected && c.Answers[kith.AskMet] == kith.AnswerYes:
		return kith.BandYes
	case c.Answers[kith.AskMet] == kith.AnswerNo || r.Met.IsNot() && r.AddressBook.IsNot():
		return kith.BandNo
	case r.Met.Val == kith.Maybe || r.AddressBook.Val == kith.Maybe || r.SameEmployer.Val == kith.SharedNow:
		return kith.BandLikely
	}
	return kith.BandUnclear
}

// Knows reports whether a fact settles that the member knows the person: they
// met or worked together, the address book holds them, or the two have written
// to each other both ways (DESIGN 3.2 c).
func Knows(c *kith.Case) bool {
	r, h := &c.Relation, &c.History
	same := c.Answers[kith.AskSamePerson] == kith.AnswerYes
	return c.Answers[kith.AskMet] == kith.AnswerYes ||
		c.Answers[kith.AskMet] != kith.AnswerNo && believed(&r.Met, same) ||
		believed(&r.AddressBook, same) || WroteBothWays(h)
}

// believed reports whether a belief is sure, or a maybe the member confirmed.
func believed(b *kith.Opt[kith.Belief], same bool) bool {
	return b.Is() && (b.Val == kith.Yes || b.Val == kith.Maybe && same)
}

// WroteBothWays reports whether messages went in both directions. A count alone
// says so from two messages on, unless an answer is known to be missing; a
// question asked first and its answer are not yet an exchange.
func WroteBothWays(h *kith.HistoryFacts) bool {
	if h.BothWays.Known() {
		return h.BothWays.Is()
	}
	least := 2
	if h.AskedAt.Is() {
		least = 3
	}
	return h.Messages.Is() && h.Messages.Val >= least && !h.Replied.IsNot()
}

// followUp is the next duty a verdict brings.
func followUp(c *kith.Case, w *Weighed) *kith.FollowUp {
	asked, isAsked := c.Age(&c.History.AskedAt)
	days := int(asked / kith.Day)
	switch {
	case c.Side == kith.Receive && w.Decision == kith.Ask && !isAsked:
		return &kith.FollowUp{Act: kith.ActRemind, AfterDays: RemindAfter}
	case w.Decision == kith.Ask || c.Side == kith.Connected && w.Decision == kith.Keep && isAsked && !c.History.Replied.Is():
		switch {
		case days < 0:
			return &kith.FollowUp{Act: kith.ActRemind, AfterDays: RemindAfter}
		case days < RemindAfter:
			return &kith.FollowUp{Act: kith.ActRemind, AfterDays: RemindAfter - days}
		case days < DecideAfter:
			return &kith.FollowUp{Act: kith.ActDecide, AfterDays: DecideAfter - days}
		}
	case c.Side == kith.Receive && w.Decision == kith.Accept && w.by < 0 && AcceptAndSee(c):
		return &kith.FollowUp{Act: kith.ActRemoveIfSilent, AfterDays: DecideAfter}
	case w.Decision == kith.Wait && w.By == metTodayID:
		return &kith.FollowUp{Act: kith.ActSend, AfterDays: 1}
	}
	return nil
}

// metTodayID is the id of the one waiting rule whose end is known.
const metTodayID = "send-met-today"

// AcceptAndSee reports whether an acceptance would be of somebody neither met
// nor specific in their note, under a stance that accepts and tests (K6, R84).
func AcceptAndSee(c *kith.Case) bool {
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	return (stance == kith.Open || stance == kith.Balanced) && !Knows(c) && !c.History.Replied.Is() &&
		!(c.Note.Kind.Is() && c.Note.Kind.Val == kith.NoteSpecific)
}
