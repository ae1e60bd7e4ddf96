package main

import (
	"strings"
	"testing"
)

// The cases from the articles come out right, and never severely wrong.
func TestCasesFromTheArticles(t *testing.T) {
	t.Parallel()
	exams, err := readExams("../testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	results, err := sit(exams)
	if err != nil {
		t.Fatal(err)
	}
	n, right, severe := tally(results, func(*result) bool { return true })
	for _, r := range results {
		if !r.right {
			t.Logf("%s: %s, want %v: %s", r.ID, r.got, r.Allowed, r.Why)
		}
	}
	if n < 80 || severe > 0 || right*100 < n*97 {
		t.Errorf("%d cases, %d right, %d severely wrong; want 97 %% right and none severely wrong", n, right, severe)
	}
}

// Both sides of every contradiction stand among the cases.
func TestCasesHoldEveryContradiction(t *testing.T) {
	t.Parallel()
	exams, err := readExams("../testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[string]map[string]bool{}
	for _, e := range exams {
		if e.Contradiction == nil {
			continue
		}
		if outcomes[*e.Contradiction] == nil {
			outcomes[*e.Contradiction] = map[string]bool{}
		}
		outcomes[*e.Contradiction][string(e.Allowed[0])] = true
	}
	for _, k := range strings.Fields("K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11 K12 K13 K14 K15 K16") {
		if len(outcomes[k]) < 2 {
			t.Errorf("%s has outcomes %v, want two", k, outcomes[k])
		}
	}
}
