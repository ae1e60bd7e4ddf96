package bench_test

import (
	"testing"

	"kith"
	"kith/bench"
)

func build(t testing.TB, e bench.Engine, cases []kith.Case) bench.Decide {
	t.Helper()
	decide, err := e.Build(bench.Rules(), cases)
	if err != nil {
		t.Fatal(err)
	}
	return decide
}

func TestEnginesAnswerEqually(t *testing.T) {
	t.Parallel()
	cases := bench.Cases(bench.NumCases, bench.Seed)
	floor := build(t, bench.Engine{Build: bench.Closures}, cases)
	for _, e := range bench.Engines() {
		t.Run(e.Name, func(t *testing.T) {
			if err := bench.Agree(floor, build(t, e, cases), len(cases)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A rule that never fires, or always does, would compare nothing.
func TestCasesExerciseEveryRule(t *testing.T) {
	t.Parallel()
	cases := bench.Cases(bench.NumCases, bench.Seed)
	decide := build(t, bench.Engine{Build: bench.Closures}, cases)
	fired := map[string]int{}
	var a bench.Answer
	for i := range cases {
		if err := decide(i, &a); err != nil {
			t.Fatal(err)
		}
		for _, id := range a.Fired {
			fired[id]++
		}
	}
	for _, r := range bench.Rules() {
		if n := fired[r.ID]; n == 0 || n == len(cases) {
			t.Errorf("%s fires on %d of %d cases", r.ID, n, len(cases))
		}
	}
}

func BenchmarkB4(b *testing.B) {
	cases := bench.Cases(bench.NumCases, bench.Seed)
	for _, e := range bench.Engines() {
		b.Run(e.Name, func(b *testing.B) { build(b, e, cases).Time(b, len(cases)) })
	}
}
