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
	proFirst := w.Decision == kith.Accept || w.Decision == kith.Ask || w.Decision == kith.Keep ||
		w.Decision == kith.SendIt || w.Decision == kith.AsKnown
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
			out = append(out, j.reason(c, s))
		}
	}
	return out
}

// saidBefore reports whether a stronger reason of the same side already rests
// on the same fact: five mutual connections speak for worth it and for genuine,
// and are said once.
func (j *Judge) saidBefore(stronger []spoken, s spoken) bool {
	fact := j.signals[s.index].Needs[0]
	return slices.ContainsFunc(stronger, func(o spoken) bool {
		return o.pro == s.pro && j.signals[o.index].Needs[0] == fact
	})
}

// spoken ranks one signal: what decided first, then by weight, then the
// stance, then what was waived, then remarks.
func (j *Judge) spoken(c *kith.Case, w *Weighed, i int) (spoken, bool) {
	s := &j.signals[i]
	if !w.fired[i] {
		return spoken{}, false
	}
	out := spoken{index: i, pro: w.adds[i] >= 0, rank: math.Abs(w.adds[i])}
	switch {
	case i == w.by:
		out.pro, out.rank = favours(s.Then), math.Inf(1)
	case s.Then != "":
		out.pro, out.rank = favours(s.Then), 10
		return out, s.Family != Limit && s.Family != Rule && s.Family != Sending && s.Family != Keeping
	case s.Family == Stance:
		out.rank /= 100
		return out, c.Side == kith.Receive
	case c.Side == kith.Send:
		return out, s.Family == Chance
	case c.Side == kith.Introduce:
		return out, false
	}
	return out, true
}

// remarks adds what explains a verdict that no signal decided.
func (j *Judge) remarks(c *kith.Case, w *Weighed, all []spoken) []spoken {
	if c.Side != kith.Receive || w.by >= 0 {
		return all
	}
	sp := j.family[Remark]
	for i := sp.from; i < sp.to; i++ {
		if s := &j.signals[i]; s.When == w.Decision && s.Fires(c) {
			all = append(all, spoken{i, favours(w.Decision), -1})
		}
	}
	return all
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
func (j *Judge) reason(c *kith.Case, sp spoken) kith.Reason {
	s := &j.signals[sp.index]
	r := kith.Reason{
		Signal: s.ID, For: sp.pro, Side: "against", Tag: s.Tag,
		Text: s.sentence(c), Rules: s.Rules,
	}
	r.Says = r.Text
	if sp.pro {
		r.Side = "for"
	}
	if clause, settled := s.settlement(c); clause != "" {
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
func (s *compiled) settlement(c *kith.Case) (clause string, settled bool) {
	settled = s.Contradiction != ""
	if goal, ok := (s.goals & c.Member.Goals).First(); ok {
		return goalClause(s, c, goal), settled
	}
	switch {
	case s.Waived != nil && s.Waived(c):
		return "What you have in common makes up for it.", settled
	case settled && s.Family != Rule:
		stance, _ := c.Member.EffectiveStance(&c.Answers)
		return "The articles disagree here; being " + stanceWord(stance) + " settles it.", true
	case settled:
		return "The articles disagree here; your rule settles it.", true
	}
	return "", false
}

func goalClause(s *compiled, c *kith.Case, goal kith.Goal) string {
	before, _ := s.Weight, 0
	after, _ := s.changed(1, c.Member.Goals)
	name := goal.Info().Short
	switch {
	case after == 0:
		return "For your goal, " + name + ", it does not count."
	case math.Abs(after) > math.Abs(before):
		return "It counts more for your goal, " + name + "."
	case math.Abs(after) < math.Abs(before):
		return "It counts less for your goal, " + name + "."
	}
	return "For your goal, " + name + ", it counts only so far."
}

func stanceWord(s kith.Stance) string {
	if s == kith.OnlyKnown {
		return "connected only with people you know"
	}
	return s.String()
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
		if n.index == nil {
			continue
		}
		f := v.FieldByIndex(n.index)
		if f.Kind() != reflect.Struct || f.NumField() != 4 {
			continue
		}
		if st := f.Field(stateField).Uint(); st == uint64(kith.Present) || st == uint64(kith.Absent) {
			return kith.Source(f.Field(sourceField).Uint()), f.Field(atField).Interface().(time.Time)
		}
	}
	return kith.FromCase, zeroTime
}
