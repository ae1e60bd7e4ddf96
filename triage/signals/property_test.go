package signals_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// anyCase draws a case with every fact in any of its states.
func anyCase(t *rapid.T, side kith.Side) kith.Case {
	c := kith.Case{Side: side, Now: now}
	c.Member.Goals = kith.Goals(rapid.Uint32Range(0, 1<<18-1).Draw(t, "goals"))
	if rapid.Bool().Draw(t, "few goals") {
		c.Member.Goals &= kith.Goals(rapid.Uint32Range(0, 1<<18-1).Draw(t, "a") & rapid.Uint32Range(0, 1<<18-1).Draw(t, "b"))
	}
	c.Member.Stance = kith.Stance(rapid.IntRange(0, 4).Draw(t, "stance"))
	mode := func(name string) kith.RuleMode { return kith.RuleMode(max(0, rapid.IntRange(-6, 2).Draw(t, name))) }
	c.Member.Rules = kith.Rules{
		OwnCountry:    kith.CountryRule{Value: "NL", When: mode("country")},
		PhotoRequired: kith.Switch{When: mode("photo")},
		NoteRequired:  kith.Switch{When: mode("note")},
		MinMutual:     kith.MutualRule{Value: rapid.IntRange(0, 8).Draw(t, "least"), When: mode("mutual")},
		KnownOnly:     kith.Switch{When: mode("known")},
	}
	paths := factPaths(reflect.TypeFor[kith.Case](), "", nil)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		drawFact(t, path, reflect.ValueOf(&c).Elem().FieldByIndex(paths[path]))
	}
	for _, q := range kith.Questions() {
		c.Answers[q] = kith.Answer(max(0, rapid.IntRange(-12, 3).Draw(t, "answer "+q.String())))
	}
	return c
}

// drawFact sets one fact to any of its states; three of four stay unknown.
func drawFact(t *rapid.T, path string, v reflect.Value) {
	if rapid.IntRange(0, 3).Draw(t, path+" known") != 0 {
		return
	}
	if rapid.IntRange(0, 9).Draw(t, path+" n/a") == 0 {
		v.FieldByName("State").SetUint(uint64(kith.NotApplicable))
		return
	}
	val := v.FieldByName("Val")
	switch val.Kind() {
	case reflect.Bool:
		val.SetBool(rapid.Bool().Draw(t, path))
	case reflect.Int:
		val.SetInt(int64(rapid.IntRange(0, 60).Draw(t, path)))
	case reflect.Uint8:
		val.SetUint(uint64(rapid.IntRange(0, wordCount(val)-1).Draw(t, path)))
	case reflect.String:
		val.SetString(rapid.SampledFrom([]string{"", "NL", "BE", "Early warning"}).Draw(t, path))
	case reflect.Struct:
		val.Set(reflect.ValueOf(now.Add(-time.Duration(rapid.IntRange(-5, 60).Draw(t, path)) * kith.Day)))
	}
	state := kith.Present
	if val.IsZero() {
		state = kith.Absent
	}
	v.FieldByName("State").SetUint(uint64(state))
}

// wordCount is how many values a word type has: its String panics beyond.
func wordCount(v reflect.Value) (n int) {
	defer func() { _ = recover() }()
	x := reflect.New(v.Type()).Elem()
	for ; ; n++ {
		x.SetUint(uint64(n))
		_ = x.Interface().(fmt.Stringer).String()
	}
}

func judge(t testing.TB) *triage.Judge {
	t.Helper()
	j, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

var sides = []kith.Side{kith.Receive, kith.Send, kith.Connected, kith.Introduce}

func anySide(t *rapid.T) kith.Side { return rapid.SampledFrom(sides).Draw(t, "side") }

func bytesOf(t *rapid.T, v kith.Verdict) string {
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTheSameCaseGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b := judge(t), judge(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		if x, y := bytesOf(t, a.Decide(c)), bytesOf(t, b.Decide(c)); x != y {
			t.Fatalf("%s\n%s", x, y)
		}
	})
}

func TestVerdictsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	j := judge(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		v := j.Decide(c)
		if !slices.Contains(kith.Decisions(c.Side), v.Verdict) {
			t.Fatalf("%s on side %s", v.Verdict, c.Side)
		}
		var pro, con int
		for _, r := range v.Reasons {
			if r.Side == "for" {
				pro++
			} else {
				con++
			}
			if r.Text == "" || len(r.Rules) == 0 {
				t.Fatalf("empty reason %+v", r)
			}
		}
		if pro > 3 || con > 3 {
			t.Fatalf("%d for, %d against", pro, con)
		}
		if v.Firm && v.Question != nil {
			t.Fatal("asks although firm")
		}
		if v.Question != nil && c.Answers.Count() >= 3 {
			t.Fatal("asks a fourth question")
		}
		for _, ch := range v.WouldChange {
			if ch.Verdict == v.Verdict {
				t.Fatalf("%q would not change %s", ch.If, v.Verdict)
			}
		}
		if v.Verdict == kith.Report && !v.Firm {
			t.Fatal("a report is never leaning")
		}
	})
}

func TestAReportRestsOnDirectEvidence(t *testing.T) {
	t.Parallel()
	j := judge(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		c.Note.AsksMoney, c.Note.AsksCredentials, c.Note.Abusive = kith.Opt[bool]{}, kith.Opt[bool]{}, kith.Opt[bool]{}
		c.History.AskedMoney, c.History.AskedCredentials, c.History.Abuse = kith.Opt[bool]{}, kith.Opt[bool]{}, kith.Opt[bool]{}
		c.History.Unwanted, c.Relation.Impersonation = kith.Opt[int]{}, kith.Opt[kith.Suspicion]{}
		c.Answers[kith.AskImpersonation] = kith.NotAnswered
		if v := j.Decide(c); v.Verdict == kith.Report {
			t.Fatal("report without evidence")
		}
	})
}

func TestMoreMutualConnectionsNeverLowerWorthIt(t *testing.T) {
	t.Parallel()
	j := judge(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, kith.Receive)
		worth := func(m int) float64 {
			c.Relation.Mutual = kith.Observed(m, kith.FromCase, time.Time{})
			w := j.Weigh(&c)
			return w.Worth
		}
		m := rapid.IntRange(0, 200).Draw(t, "m")
		more := m + rapid.IntRange(1, 300).Draw(t, "more")
		if a, b := worth(m), worth(more); b < a-1e-9 {
			t.Fatalf("worth falls from %v to %v between %d and %d mutual connections", a, b, m, more)
		}
	})
}

func TestTheNameChangesNothing(t *testing.T) {
	t.Parallel()
	j := judge(t)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		before := bytesOf(t, j.Decide(c))
		c.Person.Name = kith.Observed(rapid.String().Draw(t, "name"), kith.FromCase, now)
		c.Person.Location = kith.Observed(rapid.String().Draw(t, "place"), kith.FromCase, now)
		if after := bytesOf(t, j.Decide(c)); after != before {
			t.Fatalf("%s\n%s", before, after)
		}
	})
}

// An unknown fact adds nothing: it may differ from the same fact observed
// absent, and clearing any fact removes every reason that needs it alone.
func TestRemovingTheFactRemovesItsReason(t *testing.T) {
	t.Parallel()
	j := judge(t)
	needs := map[string][]string{}
	for _, s := range signals.All() {
		needs[s.ID] = s.Needs
	}
	paths := factPaths(reflect.TypeFor[kith.Case](), "", nil)
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		for _, r := range j.Decide(c).Reasons {
			if slices.ContainsFunc(needs[r.Signal], func(n string) bool { return paths[n] == nil && n[:7] != "answers" }) {
				continue // rests on the member's settings
			}
			without := c
			for _, n := range needs[r.Signal] {
				if index := paths[n]; index != nil {
					reflect.ValueOf(&without).Elem().FieldByIndex(index).SetZero()
				} else if q, ok := kith.ParseQuestion(n[len("answers."):]); ok {
					without.Answers[q] = kith.NotAnswered
				}
			}
			for _, left := range j.Decide(without).Reasons {
				if left.Signal == r.Signal && left.Tag != kith.TagUnknown {
					t.Fatalf("%s speaks without %v", r.Signal, needs[r.Signal])
				}
			}
		}
	})
}

func TestUnknownIsNotAbsent(t *testing.T) {
	t.Parallel()
	j := judge(t)
	for name, absent := range map[string]func(*kith.Case){
		"note":   func(c *kith.Case) { c.Note.Kind = kith.Observed(kith.NoteEmpty, kith.FromCase, now) },
		"photo":  func(c *kith.Case) { c.Person.Photo = kith.Observed(kith.PhotoNone, kith.FromCase, now) },
		"mutual": func(c *kith.Case) { c.Relation.Mutual = kith.Observed(0, kith.FromCase, now) },
	} {
		unknown := kith.Case{Side: kith.Receive, Now: now}
		unknown.Member.Rules = kith.Rules{PhotoRequired: kith.Switch{When: kith.Always}, NoteRequired: kith.Switch{When: kith.Always}, MinMutual: kith.MutualRule{Value: 1, When: kith.Always}}
		observed := unknown
		absent(&observed)
		u, o := j.Decide(unknown), j.Decide(observed)
		if u.Verdict == kith.Decline || o.Verdict != kith.Decline {
			t.Errorf("%s: unknown gives %s, absent gives %s", name, u.Verdict, o.Verdict)
		}
	}
}

// What a question would change is what judging anew with its answer gives: the
// signals that depend on the answer are all re-evaluated.
func TestSupposingEqualsJudgingAnew(t *testing.T) {
	t.Parallel()
	j := judge(t)
	questions := signals.Questions()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		v := j.Decide(c)
		for _, ch := range v.WouldChange {
			q, a, ok := answerOf(questions, c.Side, ch.If)
			if !ok {
				continue // a readable fact, not an answer
			}
			answered := c
			answered.Answers[q] = a
			if w := j.Weigh(&answered); w.Decision != ch.Verdict {
				t.Fatalf("if %s: promised %s, judged anew %s", ch.If, ch.Verdict, w.Decision)
			}
		}
	})
}

// answerOf finds the answer a change speaks of.
func answerOf(questions []triage.Question, side kith.Side, cond string) (kith.QuestionID, kith.Answer, bool) {
	for _, q := range questions {
		switch {
		case q.Side == side && q.IfYes == cond:
			return q.ID, kith.AnswerYes, true
		case q.Side == side && q.IfNo == cond:
			return q.ID, kith.AnswerNo, true
		}
	}
	return 0, 0, false
}

// In any case, clearing what a signal does not name changes nothing for it.
func TestNeedsAreComplete(t *testing.T) {
	t.Parallel()
	paths := factPaths(reflect.TypeFor[kith.Case](), "", nil)
	names := slices.Sorted(maps.Keys(paths))
	all := signals.All()
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, anySide(t))
		path := rapid.SampledFrom(names).Draw(t, "cleared")
		without := c
		reflect.ValueOf(&without).Elem().FieldByIndex(paths[path]).SetZero()
		q := rapid.SampledFrom(kith.Questions()).Draw(t, "unanswered")
		unanswered := c
		unanswered.Answers[q] = kith.NotAnswered
		for _, s := range all {
			if !slices.Contains(s.Needs, path) && s.Fires(&without) != s.Fires(&c) {
				t.Fatalf("%s reads %s without needing it", s.ID, path)
			}
			if !slices.Contains(s.Needs, "answers."+q.String()) && s.Fires(&unanswered) != s.Fires(&c) {
				t.Fatalf("%s reads answers.%s without needing it", s.ID, q)
			}
		}
	})
}

func TestMoreMutualConnectionsNeverWorsenTheVerdict(t *testing.T) {
	t.Parallel()
	j := judge(t)
	rank := []kith.Decision{kith.Report, kith.Decline, kith.Ask, kith.Accept}
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, kith.Receive)
		m := rapid.IntRange(0, 100).Draw(t, "m")
		verdict := func(m int) kith.Decision {
			c.Relation.Mutual = kith.Observed(m, kith.FromCase, time.Time{})
			w := j.Weigh(&c)
			return w.Decision
		}
		few, more := verdict(m), verdict(m+rapid.IntRange(1, 200).Draw(t, "more"))
		if slices.Index(rank, more) < slices.Index(rank, few) {
			t.Fatalf("%s becomes %s with more mutual connections", few, more)
		}
	})
}
