package app

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// Loudness says how strongly a signal spoke.
type Loudness string

// How strongly a signal speaks. What weighs is measured by how far it moves the
// odds: strongly is to twice or half and beyond, somewhat by a third and more.
const (
	Settles  Loudness = "settles"  // it decided alone
	Could    Loudness = "could"    // it would decide, had nothing before it
	Strongly Loudness = "strongly" // log-odds of ln 2 and more
	Somewhat Loudness = "somewhat" // of ln 4/3 and more
	ALittle  Loudness = "a-little"
	SetAside Loudness = "set-aside" // it spoke and counts nothing here
)

// Spoke is what one signal said for a verdict.
type Spoke struct {
	Signal string
	// Text is the sentence shown beside the verdict; empty of a signal that was not
	// among the strongest.
	Text string
	For  bool
	Loud Loudness
	// Question is what it bears on: genuine, worth, or empty where it decides.
	Question string
	// Rules are the rows of the advice it comes from, Grade how good the evidence
	// for its weight is.
	Rules []string
	Grade triage.Grade
	// Articles are the articles that say so, as S0 to S3, in that order.
	Articles []string
	// Facts are the paths of the known facts it reads.
	Facts []string
}

// literals are the signals of the built-in catalogue by their ids.
var literals = func() map[string]*triage.Signal {
	all, out := signals.All(), map[string]*triage.Signal{}
	for i := range all {
		out[all[i].ID] = &all[i]
	}
	return out
}()

// Spoke lists the signals behind a verdict: those that decide first, then the
// louder before the quieter.
func (j *Judged) Spoke() []Spoke {
	loud := map[string]float64{}
	var out []Spoke
	for i := range j.Verdict.Trace {
		t := &j.Verdict.Trace[i]
		s := literals[t.Signal]
		if s == nil {
			continue // of a catalogue that is not built in
		}
		loud[t.Signal] = math.Abs(t.LogOdds)
		out = append(out, j.spoke(s, t))
	}
	slices.SortStableFunc(out, func(x, y Spoke) int {
		return cmp.Or(cmp.Compare(bit(y.Loud == Settles), bit(x.Loud == Settles)), cmp.Compare(bit(y.Loud == Could), bit(x.Loud == Could)),
			cmp.Compare(loud[y.Signal], loud[x.Signal]))
	})
	return out
}

// spoke says what one signal said.
func (j *Judged) spoke(s *triage.Signal, t *kith.Trace) Spoke {
	out := Spoke{Signal: s.ID, For: t.LogOdds > 0 || t.LogOdds == 0 && (s.Weight > 0 || favoured[s.Then]), Rules: s.Rules, Grade: s.Grade, Articles: articlesIn(s.Source)}
	if t.Question == "genuine" || t.Question == "worth" {
		out.Question = t.Question
	}
	for i := range j.Verdict.Reasons {
		if r := &j.Verdict.Reasons[i]; r.Signal == s.ID {
			out.Text, out.For = r.Text, r.Side == "for"
			if s.Then == j.Verdict.Verdict && i == 0 {
				out.Loud = Settles
			}
		}
	}
	switch odds := math.Abs(t.LogOdds); {
	case out.Loud == Settles:
	case s.Then != "":
		out.Loud = Could
	case odds == 0:
		out.Loud = SetAside
	case odds >= math.Ln2:
		out.Loud = Strongly
	case odds >= math.Log(4./3):
		out.Loud = Somewhat
	default:
		out.Loud = ALittle
	}
	for _, path := range s.Needs {
		if slices.ContainsFunc(j.Facts, func(f Fact) bool { return f.Path == path }) {
			out.Facts = append(out.Facts, path)
		}
	}
	return out
}

// articlesIn gives the articles that the source of a signal names, where it
// names them with a line: S2:31.
func articlesIn(source string) (out []string) {
	for _, article := range []string{"S0", "S1", "S2", "S3"} {
		if strings.Contains(source, article+":") {
			out = append(out, article)
		}
	}
	return out
}

// favoured are the decisions that speak for somebody.
var favoured = map[kith.Decision]bool{kith.Accept: true, kith.Keep: true}
