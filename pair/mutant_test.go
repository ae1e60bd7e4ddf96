package pair

import (
	"slices"
	"testing"
)

// without gives the law without one guard or step of one verb; noVerb stands
// for what comes first.
func without(m machine, v Verb, name string) (machine, bool) {
	r := &m.rules[v]
	guards := slices.DeleteFunc(slices.Clone(r.guards), func(g guard) bool { return g.name == name })
	steps := slices.DeleteFunc(slices.Clone(r.steps), func(s step) bool { return s.name == name })
	found := len(guards) < len(r.guards) || len(steps) < len(r.steps)
	r.guards, r.steps = guards, steps
	return m, found
}

// parts lists the names of a rule's guards and steps.
func (r *rule) parts() (names []string) {
	for _, g := range r.guards {
		names = append(names, g.name)
	}
	for _, s := range r.steps {
		names = append(names, s.name)
	}
	return names
}

// caught explores a law until something is broken and says what.
func caught(m *machine) (id string, acts int) {
	x := explore(m, func(s *transition) bool {
		id = s.unsound()
		return id == ""
	}, func(t *transition) bool {
		id = t.broken()
		return id == ""
	})
	return id, x.transitions
}

// TestNoGuardAndNoStepIsIdle leaves out one guard or step of the law at a time.
// Each must be missed, alone: no part of the law stands only because another
// does its work.
func TestNoGuardAndNoStepIsIdle(t *testing.T) {
	t.Parallel()
	parts := 0
	for v := noVerb + 1; v < numVerbs; v++ {
		names := law.rules[v].parts()
		for _, name := range names {
			parts++
			m, found := without(law, v, name)
			id, acts := caught(&m)
			if !found || id == "" {
				t.Errorf("%v without %q: nothing is broken", v, name)
			}
			t.Logf("%v without %q breaks %s, found after %d acts", v, name, id, acts)
		}
		slices.Sort(names)
		if len(slices.Compact(slices.Clone(names))) != len(names) {
			t.Errorf("%v names two parts alike: %v", v, names)
		}
	}
	m := law
	m.first = nil
	if id, _ := caught(&m); id == "" {
		t.Error("nothing is broken when time ends no invitation")
	}
	t.Logf("%d guards and steps left out one at a time, and the lapse of time: each breaks a law", parts)
}
