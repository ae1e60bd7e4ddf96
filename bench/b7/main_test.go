package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"kith/bench/rig"
	"kith/examples/invented"
)

// TestMain lets the test's own program be the process that imports.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == read {
		if err := readOnce(context.Background(), os.Stdout, os.Args[2], os.Args[3]); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestLoadIsSearchableBeforeItIsJudged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	archive, err := write(dir, invented.Size{Invitations: 200, Connections: 300})
	if err != nil {
		t.Fatal(err)
	}
	kept, judged, err := fresh(t.Context(), rig.Databases()[0], dir, archive)
	if err != nil {
		t.Fatal(err)
	}
	if kept <= 0 || judged <= 0 {
		t.Errorf("kept %v, judged %v", kept, judged)
	}
}

func TestMemoryIsOfAProcessOfItsOwn(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := memory(t.Context(), &b, t.TempDir(), []int{100, 500}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\n| 500 | ") {
		t.Errorf("no row of 500 in\n%s", b.String())
	}
}
