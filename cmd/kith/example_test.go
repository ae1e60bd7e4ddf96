package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith"
)

const example = "../../examples/judith"

// The example member's invitations come out as the articles say for her goals,
// wherever they say something clearly.
func TestExampleIsJudgedByTheArticles(t *testing.T) {
	t.Parallel()
	out, stderr, code := kithRun(t, "", "triage", "--json", "--now", "2026-11-22T18:00:00Z",
		"--config", filepath.Join(example, "kith.toml"), "--answers", filepath.Join(t.TempDir(), "none.json"), example)
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	got := map[string]record{}
	conform := compileSchema(t, "verdict", kith.VerdictSchema())
	for line := range strings.Lines(out) {
		var r record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		got[r.From.Name] = r
		verdict, err := json.Marshal(r.Verdict)
		if err != nil {
			t.Fatal(err)
		}
		conforms(t, conform, string(verdict))
	}
	if len(got) < 150 {
		t.Errorf("%d invitations, want at least 150", len(got))
	}
	right, severe, all := 0, 0, 0
	for _, want := range readExpected(t) {
		r, ok := got[want.Name]
		if !ok {
			t.Errorf("%s is missing", want.Name)
			continue
		}
		all++
		switch v := r.Verdict.Verdict; {
		case slices.Contains(want.Verdict, v):
			right++
		default:
			t.Logf("%s: %s, the articles say %v: %s", want.Name, v, want.Verdict, want.Why)
			harmful := v == kith.Accept && !slices.Contains(want.Verdict, kith.Ask) || v == kith.Report
			if harmful {
				severe++
			}
		}
	}
	t.Logf("%d of %d right, %d severely wrong", right, all, severe)
	if right*100 < all*97 || severe*100 > all {
		t.Errorf("%d of %d right, %d severely wrong; want 97 %% right and at most 1 %% severely wrong", right, all, severe)
	}
}

type expectation struct {
	Name    string          `json:"name"`
	Verdict []kith.Decision `json:"verdict"`
	Why     string          `json:"why"`
}

func readExpected(t *testing.T) []expectation {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(example, "expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []expectation
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		var e expectation
		if err := json.Unmarshal(s.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}
