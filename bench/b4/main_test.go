package main

import (
	"strings"
	"testing"
)

func TestTableGivesMediansAndRatiosWithinRounds(t *testing.T) {
	t.Parallel()
	engines := []timed{
		{name: "fast", ns: []float64{1000, 4000, 1000}, allocs: 2},
		{name: yardstick, ns: []float64{3000, 12000, 2000}},
	}
	var b strings.Builder
	if err := table(&b, engines, 3); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| fast | 1.00 | 1.00 | 4.00 | 2 | 3 |",
		"| expr | 3.00 | 2.00 | 12.00 | 0 | 1 |",
	} {
		if !strings.Contains(b.String(), row) {
			t.Errorf("no row %q in\n%s", row, b.String())
		}
	}
}

func TestRunRefusesNoRounds(t *testing.T) {
	t.Parallel()
	if err := run(new(strings.Builder), 0); err == nil {
		t.Error("no error for 0 rounds")
	}
}
