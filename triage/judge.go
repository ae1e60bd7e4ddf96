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

// maxGroups bounds the groups of a model, for the same reason.
const maxGroups = 8

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

// factPath finds one fact, answer or setting in a case.
type factPath struct {
	path     string
	index    []int // of a fact or setting
	fact     bool  // index leads to a kith.Opt
	answer   bool
	question kith.QuestionID
}

// New compiles a catalogue and its questions. It refuses a catalogue that
// contradicts itself: a duplicate id, an unknown family or fact, a signal that
// neither weighs nor decides.
func New(signals []Signal, questions []Question, model Model) (*Judge, error) {
	j := &Judge{model: model}
	for s := kith.Open; s <= kith.OnlyKnown; s++ {
		b, ok := model.Table[s]
		if !ok || b.Ask > b.Accept {
			return nil, broken("", "the model has no bounds for the stance "+s.String())
		}
		j.bounds[s] = b
	}
	if len(model.GroupCaps) > maxGroups {
		return nil, broken("", fmt.Sprintf("more than %d groups", maxGroups))
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
	case len(s.Needs) == 0:
		return c, broken(s.ID, "a signal needs the facts it rests on")
	case s.Contradiction != "" && settledHow[s.Contradiction] == nil:
		return c, broken(s.ID, "no contradiction "+s.Contradiction)
	case s.Group != "" && j.model.GroupCaps[s.Group] == 0:
		return c, broken(s.ID, "the model has no cap for the group "+s.Group)
	case decides == (s.Weight != 0) && s.Family != Remark && s.Goals == nil:
		return c, broken(s.ID, "a signal either weighs or decides")
	case s.Family == Rule && s.Mode == nil:
		return c, broken(s.ID, "a rule needs its mode")
	}
	for _, g := range s.Goals {
		c.goals |= g.Goals
	}
	for _, p := range s.Needs {
		path, err := findFact(p)
		if err != nil {
			return c, broken(s.ID, err.Error())
		}
		c.needs = append(c.needs, path)
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

var caseType = reflect.TypeFor[kith.Case]()

// findFact resolves a path like "relation.mutual", "member.stance" or
// "answers.met".
func findFact(path string) (factPath, error) {
	if id, ok := strings.CutPrefix(path, "answers."); ok {
		q, ok := kith.ParseQuestion(id)
		if !ok {
			return factPath{}, fmt.Errorf("no question %s", path)
		}
		return factPath{path: path, answer: true, question: q}, nil
	}
	t := caseType
	var index []int
	for _, name := range strings.Split(path, ".") {
		if t.Kind() != reflect.Struct {
			return factPath{}, fmt.Errorf("no fact %s", path)
		}
		f, ok := fieldByTag(t, name)
		if !ok {
			return factPath{}, fmt.Errorf("no fact %s", path)
		}
		index, t = append(index, f.Index...), f.Type
	}
	return factPath{path: path, index: index, fact: strings.HasPrefix(t.Name(), "Opt[")}, nil
}

func fieldByTag(t reflect.Type, name string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(t) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name && !f.Anonymous {
			return f, true
		}
	}
	return reflect.StructField{}, false
}
