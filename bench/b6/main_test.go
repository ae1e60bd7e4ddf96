package main

import (
	"strings"
	"testing"
	"time"
)

func TestRunMeasuresEverySubjectBesideTheDisk(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := run(&b, 1, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"append 4 KiB and sync | 1 |", "pair transaction, SQLite | 1 |", "whole verb, SQLite | 1 |", "whole verb, SQLite | 64 |"} {
		if !strings.Contains(b.String(), "| "+name) {
			t.Errorf("no row %q in\n%s", name, b.String())
		}
	}
}

// Sending, accepting and removing go round: the budget does not end it, nor do
// the rules for the next invitation.
func TestTheVerbsGoRound(t *testing.T) {
	t.Parallel()
	s, end, err := wholeVerb(t.TempDir()+"/kith.db", 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if err := s.step(0); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	if err := end(); err != nil {
		t.Error(err)
	}
}
