package pair

import (
	"fmt"
	"slices"
	"testing"
)

// broken gives the first law an act breaks, empty if none.
func (t *transition) broken() string {
	for i := range actLaws {
		if l := &actLaws[i]; (t.err == nil || l.refused) && !l.holds(t) {
			return l.id
		}
	}
	return ""
}

// unsound gives the first law a state breaks before any act, empty if none.
func (t *transition) unsound() string {
	for i := range standLaws {
		if l := &standLaws[i]; !l.holds(t) {
			return l.id
		}
	}
	return ""
}

func (t *transition) String() string {
	return fmt.Sprintf("%v by %v: %+v\nbefore  %+v\nafter   %+v\neffects %+v\nerror   %v",
		t.act.Verb, t.act.By, t.act, t.before, t.after, t.effects, t.err)
}

func TestEveryReachableStateKeepsEveryLaw(t *testing.T) {
	t.Parallel()
	tried := 0
	drawn := diagram{}
	x := explore(&law, func(s *transition) bool {
		id := s.unsound()
		if id != "" {
			t.Errorf("%s is broken in\n%v", id, s)
		}
		return id == ""
	}, func(tr *transition) bool {
		id := tr.broken()
		if id != "" {
			t.Errorf("%s is broken by\n%v", id, tr)
		}
		// Forgetting is checked on a sample: it doubles the work.
		if tried++; tried%97 == 0 && tr.err == nil && !forgetful(tr.after) {
			t.Errorf("the model forgets what matters in\n%v", tr)
		}
		drawn.add(tr)
		return !t.Failed()
	})
	keepBlock(t, "diagram", drawn.mermaid(t))
	t.Logf("%d states up to mirror image, %d acts tried, %d done, %d weeks passed", len(x.states), x.transitions, x.done, x.weeks)
}

// forgetful reports whether what the model forgets of a state changes nothing:
// every act gives the same answer, the same effects but for times, and again
// the same state once forgotten.
func forgetful(s State) bool {
	short := forget(s)
	for _, a := range actsOn(s) {
		after, effects, err := law.next(s, a)
		after2, effects2, err2 := law.next(short, a)
		if err != err2 || !slices.EqualFunc(effects, effects2, sameButTimes) || withoutTies(forget(after)) != withoutTies(forget(after2)) {
			return false
		}
	}
	return true
}

func sameButTimes(a, b Effect) bool {
	a.At = b.At
	return a == b
}

// withoutTies drops the tie a sender spoke of, which the model does not keep.
func withoutTies(s State) State {
	s.Connection.Ties = [2]Tie{}
	return s
}
