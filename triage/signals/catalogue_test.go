package signals_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// sideOf is the side an example of a family stands on unless it names one.
func sideOf(f triage.Family) kith.Side {
	switch f {
	case triage.Sending, triage.Chance:
		return kith.Send
	case triage.Keeping:
		return kith.Connected
	case triage.Introducing:
		return kith.Introduce
	}
	return kith.Receive
}

func decode(t *testing.T, f triage.Family, example string) kith.Case {
	t.Helper()
	if !strings.Contains(example, `"side"`) {
		body := strings.TrimPrefix(example, "{")
		sep := ","
		if body == "}" {
			sep = ""
		}
		example = `{"side":"` + sideOf(f).String() + `"` + sep + body
	}
	c, err := kith.DecodeCase([]byte(example))
	if err != nil {
		t.Fatalf("%s: %v", example, err)
	}
	return c
}

func TestEverySignalSpeaksAndIsSilentAsItsExamplesSay(t *testing.T) {
	t.Parallel()
	for _, s := range signals.All() {
		t.Run(s.ID, func(t *testing.T) {
			if len(s.Speaks) == 0 || len(s.Silent) == 0 {
				t.Fatal("needs at least one example of each")
			}
			for _, ex := range s.Speaks {
				if c := decode(t, s.Family, ex); !s.Fires(&c) {
					t.Errorf("silent on %s", ex)
				}
			}
			for _, ex := range s.Silent {
				if c := decode(t, s.Family, ex); s.Fires(&c) {
					t.Errorf("speaks on %s", ex)
				}
			}
		})
	}
}

var (
	ruleID = regexp.MustCompile(`^R([1-9]|[1-9][0-9]|1[01][0-9]|12[0-5])$`)
	kID    = regexp.MustCompile(`^K([1-9]|1[0-6])$`)
)

func TestEverySignalIsComplete(t *testing.T) {
	t.Parallel()
	grades := []triage.Grade{triage.GradeA, triage.GradeB, triage.GradeC, triage.GradeD, triage.GradeE, triage.Grade0}
	for _, s := range signals.All() {
		if !slices.Contains(grades, s.Grade) || s.Source == "" || len(s.Rules) == 0 || len(s.Needs) == 0 || s.Tag == "" {
			t.Errorf("%s lacks grade, source, rules, needs or tag", s.ID)
		}
		if !strings.HasSuffix(s.Says, ".") {
			t.Errorf("%s: %q is no sentence", s.ID, s.Says)
		}
		if (s.Weight != 0 || s.Goals != nil) != (s.Spread > 0) {
			t.Errorf("%s: a weight needs its spread", s.ID)
		}
		for _, r := range s.Rules {
			if !ruleID.MatchString(r) {
				t.Errorf("%s names rule %s", s.ID, r)
			}
		}
		if s.Contradiction != "" && !kID.MatchString(s.Contradiction) {
			t.Errorf("%s names contradiction %s", s.ID, s.Contradiction)
		}
	}
}

// A verdict may never rest on a name, a face or where somebody comes from; a
// country speaks only through the member's own rule.
func TestNoSignalReadsWhatIsUnfair(t *testing.T) {
	t.Parallel()
	for _, s := range signals.All() {
		for _, n := range s.Needs {
			if n == "person.name" || n == "person.location" || n == "person.country" && s.Family != triage.Rule {
				t.Errorf("%s reads %s", s.ID, n)
			}
		}
	}
}

// Only direct evidence leads to a report.
func TestOnlyEvidenceReports(t *testing.T) {
	t.Parallel()
	for _, s := range signals.All() {
		if (s.Then == kith.Report) != (s.Family == triage.Evidence) {
			t.Errorf("%s of family %s leads to %q", s.ID, s.Family, s.Then)
		}
	}
}

// A signal reads what it says it needs and nothing else: with all its facts
// cleared it is silent, and clearing any other fact changes nothing.
func TestSignalsReadOnlyWhatTheyNeed(t *testing.T) {
	t.Parallel()
	paths := factPaths(reflect.TypeFor[kith.Case](), "", nil)
	for _, s := range signals.All() {
		for _, ex := range s.Speaks {
			c := decode(t, s.Family, ex)
			want := s.Fires(&c)
			cleared := c
			for path, index := range paths {
				if slices.Contains(s.Needs, path) {
					reflect.ValueOf(&cleared).Elem().FieldByIndex(index).SetZero()
					continue
				}
				without := c
				reflect.ValueOf(&without).Elem().FieldByIndex(index).SetZero()
				if got := s.Fires(&without); got != want {
					t.Errorf("%s reads %s without needing it", s.ID, path)
				}
			}
			for _, q := range kith.Questions() {
				if slices.Contains(s.Needs, "answers."+q.String()) {
					cleared.Answers[q] = kith.NotAnswered
					continue
				}
				without := c
				without.Answers[q] = kith.NotAnswered
				if s.Fires(&without) != want {
					t.Errorf("%s reads answers.%s without needing it", s.ID, q)
				}
			}
			aboutMember := slices.ContainsFunc(s.Needs, func(n string) bool { return strings.HasPrefix(n, "member.") })
			if !aboutMember && s.Family != triage.Remark && s.Fires(&cleared) {
				t.Errorf("%s speaks without its facts", s.ID)
			}
		}
	}
}

// factPaths lists the paths of all facts of a case with their field indexes.
func factPaths(t reflect.Type, prefix string, index []int) map[string][]int {
	out := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		at := append(slices.Clone(index), f.Index...)
		switch {
		case strings.HasPrefix(f.Type.Name(), "Opt["):
			out[prefix+name] = at
		case f.Type.Kind() == reflect.Struct && f.Type.PkgPath() == "kith":
			for p, i := range factPaths(f.Type, prefix+name+".", at) {
				out[p] = i
			}
		}
	}
	return out
}

func TestTheCatalogueCompiles(t *testing.T) {
	t.Parallel()
	if _, err := signals.Judge(); err != nil {
		t.Fatal(err)
	}
}
