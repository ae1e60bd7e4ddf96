package triage

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"kith"
)

// maxSignals bounds the catalogue so that a weighing needs no allocation.
const maxSignals = 128

// Judge holds a compiled catalogue. It never changes and may be used from many
// goroutines at once.
type Judge struct {
	model     Model
	bounds    [kith.OnlyKnown + 1]Bounds
	signals   []compiled
	family    [numFamilies]span
	sides     [kith.Introduce + 1][]span // what is evaluated for a side
	groupCaps []float64
	questions []compiledQuestion
	readables [kith.Introduce + 1][]compiledReadable
}

// span is a run of signals: the catalogue is sorted by family.
type span struct{ from, to int }

// compiled is a signal ready to be heard. Most signals are silent: hearing one
// touches a single line of memory, and the literal only when it speaks.
type compiled struct {
	fires func(*kith.Case) bool
	*Signal
	goals kith.Goals
	group int // 1 + index into groupCaps; 0 is none
	needs []factPath
}

type compiledQuestion struct {
	Question
	dependents []int
}

type compiledReadable struct {
	readable
	dependents []int
}

// factPath finds one fact in a case.
type factPath struct {
	path  string
	index []int
}

// New compiles a catalogue and its questions. It refuses a catalogue that
// contradicts itself: a duplicate id, an unknown family or fact, a signal that
// neither weighs nor decides.
func New(signals []Signal, questions []Question, model Model) (*Judge, error) {
	j := &Judge{model: model}
	for s := range j.bounds {
		j.bounds[s] = model.Table[kith.Stance(s)]
	}
	if len(signals) > maxSignals {
		return nil, broken("", fmt.Sprintf("more than %d signals", maxSignals))
	}
	groups := map[string]int{}
	seen := map[string]bool{}
	for _, fam := range Families() {
		from := len(j.signals)
		for _, s := range signals {
			if s.Family != fam {
				continue
			}
			c, err := j.compile(s, groups)
			if err != nil {
				return nil, err
			}
			if seen[s.ID] {
				return nil, broken(s.ID, "stands twice in the catalogue")
			}
			seen[s.ID] = true
			j.signals = append(j.signals, c)
		}
		j.family[fam] = span{from, len(j.signals)}
	}
	if len(j.signals) != len(signals) {
		return nil, broken("", "a signal belongs to no family")
	}
	j.lay(questions)
	return j, nil
}

func broken(id, msg string) error {
	return &kith.Error{Kind: kith.Internal, Field: id, Msg: msg}
}

func (j *Judge) compile(s Signal, groups map[string]int) (compiled, error) {
	c := compiled{fires: s.Fires, Signal: &s}
	decides := s.Then != ""
	switch {
	case s.ID == "" || s.Fires == nil || s.Says == "":
		return c, broken(s.ID, "a signal needs an id, a sentence and a condition")
	case decides == (s.Weight != 0) && s.Family != Remark && s.Goals == nil:
		return c, broken(s.ID, "a signal either weighs or decides")
	case s.Family == Rule && s.Mode == nil:
		return c, broken(s.ID, "a rule needs its mode")
	}
	for _, g := range s.Goals {
		c.goals |= g.Goals
	}
	for _, p := range s.Needs {
		index, err := findFact(p)
		if err != nil {
			return c, broken(s.ID, err.Error())
		}
		c.needs = append(c.needs, factPath{p, index})
	}
	if s.Group != "" {
		if groups[s.Group] == 0 {
			j.groupCaps = append(j.groupCaps, j.model.GroupCaps[s.Group])
			groups[s.Group] = len(j.groupCaps)
		}
		c.group = groups[s.Group]
	}
	return c, nil
}

// lay prepares what each side evaluates and what depends on which fact.
func (j *Judge) lay(questions []Question) {
	weighing := []Family{Stance, Worth, Genuine}
	families := map[kith.Side][]Family{
		kith.Receive:   append([]Family{Evidence, Refusal, Rule, Settled, Limit}, weighing...),
		kith.Send:      append([]Family{Sending, Chance}, weighing...),
		kith.Connected: append([]Family{Evidence, Keeping}, weighing...),
		kith.Introduce: append([]Family{Introducing}, weighing...),
	}
	for side, fams := range families {
		for _, f := range fams {
			j.sides[side] = append(j.sides[side], j.family[f])
		}
		for _, r := range readables(side) {
			j.readables[side] = append(j.readables[side], compiledReadable{r, j.dependents(side, r.facts...)})
		}
	}
	for _, q := range questions {
		j.questions = append(j.questions, compiledQuestion{q, j.dependents(q.Side, "answers."+q.ID.String())})
	}
}

// dependents lists the signals of a side that read any of the facts.
func (j *Judge) dependents(side kith.Side, facts ...string) []int {
	var out []int
	for _, sp := range j.sides[side] {
		for i := sp.from; i < sp.to; i++ {
			for _, n := range j.signals[i].needs {
				if slices.Contains(facts, n.path) {
					out = append(out, i)
					break
				}
			}
		}
	}
	return out
}

// Model gives the judge's numbers.
func (j *Judge) Model() Model { return j.model }

var caseType = reflect.TypeFor[kith.Case]()

// findFact resolves a path like "relation.mutual", "member.profile.photo" or
// "answers.met" to a field of a case.
func findFact(path string) ([]int, error) {
	if id, ok := strings.CutPrefix(path, "answers."); ok {
		if _, ok := kith.ParseQuestion(id); !ok {
			return nil, fmt.Errorf("no question %s", path)
		}
		return nil, nil
	}
	t := caseType
	var index []int
	for _, name := range strings.Split(path, ".") {
		if t.Kind() != reflect.Struct {
			return nil, fmt.Errorf("no fact %s", path)
		}
		f, ok := fieldByTag(t, name)
		if !ok {
			return nil, fmt.Errorf("no fact %s", path)
		}
		index, t = append(index, f.Index...), f.Type
	}
	return index, nil
}

func fieldByTag(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name && !f.Anonymous {
			return f, true
		}
	}
	return reflect.StructField{}, false
}
