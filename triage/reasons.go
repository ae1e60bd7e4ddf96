package triage

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"kith"
)

// maxReasons is how many reasons are shown for and how many against.
const maxReasons = 3

// spoken is a fired signal with its place among the reasons.
type spoken struct {
	index int
	pro   bool
	rank  float64
}

// reasons picks up to three reasons for and three against, the verdict's own
// side first, the one that decided before all others.
func (j *Judge) reasons(c *kith.Case, w *Weighed) []kith.Reason {
	var room [maxSignals]spoken
	all := room[:0]
	for _, sp := range j.sides[c.Side] {
		for i := sp.from; i < sp.to; i++ {
			if s, ok := j.spoken(c, w, i); ok {
				all = append(all, s)
			}
		}
	}
	all = j.remarks(c, w, all)
	proFirst := welcomes(w.Decision)
	slices.SortFunc(all, func(a, b spoken) int {
		if a.pro != b.pro {
			if a.pro == proFirst {
				return -1
			}
			return 1
		}
		if d := cmp.Compare(b.rank, a.rank); d != 0 {
			return d
		}
		return cmp.Compare(a.index, b.index)
	})
	out := make([]kith.Reason, 0, 2*maxReasons)
	var pros, cons int
	for i, s := range all {
		n := &cons
		if s.pro {
			n = &pros
		}
		if *n < maxReasons && !j.saidBefore(all[:i], s) {
			*n++
			out = append(out, j.reason(c, w, s))
		}
	}
	return out
}

// saidBefore reports whether a stronger reason of the same side already rests
// on the same fact: five mutual connections speak for worth it and for genuine,
// and are said once.
func (j *Judge) saidBefore(stronger []spoken, s spoken) bool {
	if f := j.signals[s.index].Family; f == Remark || f == Stance {
		return false
	}
	fact := j.signals[s.index].Needs[0]
	return slices.ContainsFunc(stronger, func(o spoken) bool {
		return o.pro == s.pro && j.signals[o.index].Needs[0] == fact
	})
}

// spoken ranks one signal: what decided first, then what corrected the table,
// then by weight, then the stance, then remarks.
func (j *Judge) spoken(c *kith.Case, w *Weighed, i int) (spoken, bool) {
	s := &j.signals[i]
	if !w.fired[i] {
		return spoken{}, false
	}
	out := spoken{index: i, pro: w.adds[i] > 0 || w.adds[i] == 0 && s.Weight > 0, rank: math.Abs(w.adds[i])}
	switch {
	case i == w.by:
		out.pro, out.rank = favours(s.Then), math.Inf(1)
	case s.Family == Limit:
		out.rank = 10
		return out, s.Then == w.Decision
	case s.Family == Rule: // one that yielded to somebody known is still said
		out.rank = 10
		return out, w.by >= 0 && j.signals[w.by].Family == Settled
	case s.Then != "":
		out.pro, out.rank = favours(s.Then), 10
		return out, s.Family != Sending && s.Family != Keeping
	case s.Family == Stance:
		out.rank /= 100
		known := w.by >= 0 && j.signals[w.by].Family == Settled // then it is not about strangers
		return out, c.Side == kith.Receive && !known
	case c.Side == kith.Send:
		return out, s.Family == Chance
	case c.Side == kith.Introduce:
		return out, false
	}
	return out, true
}

// remarks adds what explains a verdict that no signal decided.
func (j *Judge) remarks(c *kith.Case, w *Weighed, all []spoken) []spoken {
	if w.by >= 0 || c.Side == kith.Send || c.Side == kith.Connected {
		return all
	}
	sp := j.family[Remark]
	for i := sp.from; i < sp.to; i++ {
		if s := &j.signals[i]; (s.When == w.Decision || s.When == "" && c.Side == kith.Receive) && s.fires(c) {
			all = append(all, spoken{i, s.When == "" || welcomes(w.Decision), -1})
		}
	}
	return all
}

// welcomes reports whether reasons for a decision are reasons for the person.
func welcomes(d kith.Decision) bool {
	return favours(d) || d == kith.Ask || d == kith.OnlyThroughNetwork
}

// favours reports whether a decision is the welcoming one of its side.
func favours(d kith.Decision) bool {
	switch d {
	case kith.Accept, kith.SendIt, kith.Keep, kith.AsKnown:
		return true
	}
	return false
}

// reason writes one reason down.
func (j *Judge) reason(c *kith.Case, w *Weighed, sp spoken) kith.Reason {
	s := &j.signals[sp.index]
	r := kith.Reason{
		Signal: s.ID, For: sp.pro, Side: "against", Tag: s.tag(c),
		Text: s.sentence(c), Rules: s.Rules,
	}
	r.Says = r.Text
	if sp.pro {
		r.Side = "for"
	}
	yields := s.Family == Rule && sp.index != w.by
	if clause, settled := s.settlement(c, yields); clause != "" {
		r.Text += " " + clause
		if settled {
			r.SettledBy = &s.Contradiction
		}
	}
	r.Source, r.At = s.seenIn(c)
	return r
}

// sentence is the signal's sentence with its slot filled.
func (s *Signal) sentence(c *kith.Case) string { return fill(s.Says, s.Fill, c) }

func fill(says string, with func(*kith.Case) string, c *kith.Case) string {
	if with == nil {
		return says
	}
	return strings.Replace(says, "{}", with(c), 1)
}

// settlement says how goals or stance bear on the signal; settled is true when
// that settles a disagreement between the articles.
func (s *compiled) settlement(c *kith.Case, yields bool) (clause string, settled bool) {
	disputed := s.Contradiction != ""
	if yields {
		return "It yields to people you know.", disputed
	}
	if goal, ok := (s.goals & c.Member.Goals).First(); ok {
		return goalClause(s, c, goal), disputed
	}
	if s.Waived != nil && s.Waived(c) {
		return "What you have in common makes up for it.", disputed
	}
	if !disputed {
		return "", false
	}
	if text := settledHow[s.Contradiction](c); text != "" {
		return "The articles disagree here; " + text, true
	}
	return "The articles disagree here, and so do your goals.", false
}

func goalClause(s *compiled, c *kith.Case, goal kith.Goal) string {
	after := s.contribution(1, c.Member.Goals)
	name := goal.Info().Short
	switch {
	case after == 0:
		return "For your goal, " + name + ", it does not count."
	case math.Abs(after) > math.Abs(s.Weight):
		return "It counts more for your goal, " + name + "."
	case math.Abs(after) < math.Abs(s.Weight):
		return "It counts less for your goal, " + name + "."
	}
	return "For your goal, " + name + ", it counts only so far."
}

// tag is what kind of statement the signal makes here: one that fires for an
// answer alone is the member's answer, and a stance nobody named is inferred
// from the goals.
func (s *compiled) tag(c *kith.Case) kith.Tag {
	if s.Family == Stance && s.Needs[0] == "member.stance" && c.Member.Stance == kith.StanceUnset {
		return kith.TagInference
	}
	if c.Answers == (kith.Answers{}) {
		return s.Tag
	}
	answered := false
	v := reflect.ValueOf(c).Elem()
	for _, n := range s.needs {
		switch {
		case n.answer:
			answered = answered || c.Answers[n.question] == kith.AnswerYes || c.Answers[n.question] == kith.AnswerNo
		case n.fact && kith.State(v.FieldByIndex(n.index).Field(stateField).Uint()) == kith.Present:
			return s.Tag
		}
	}
	if answered {
		return kith.TagAnswer
	}
	return s.Tag
}

var (
	sourceField = fieldIndex("Source")
	atField     = fieldIndex("At")
	stateField  = fieldIndex("State")
)

// fieldIndex is the place of a field of every kith.Opt.
func fieldIndex(name string) int {
	f, _ := reflect.TypeFor[kith.Opt[bool]]().FieldByName(name)
	return f.Index[0]
}

// seenIn gives where and when the first known fact of a signal was seen.
func (s *compiled) seenIn(c *kith.Case) (kith.Source, time.Time) {
	v := reflect.ValueOf(c).Elem()
	for _, n := range s.needs {
		if !n.fact {
			continue
		}
		f := v.FieldByIndex(n.index)
		if st := f.Field(stateField).Uint(); st == uint64(kith.Present) || st == uint64(kith.Absent) {
			return kith.Source(f.Field(sourceField).Uint()), f.Field(atField).Interface().(time.Time)
		}
	}
	return kith.FromCase, zeroTime
}
