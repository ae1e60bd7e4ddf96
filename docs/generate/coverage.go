package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kith/triage/signals"
)

// rows is how many rules the catalogue of the advice has.
const rows = 125

// coverage makes docs/advice-coverage.md: every row of the advice with the
// signals and questions that name it, and from docs/coverage.tsv (rule, what it
// says, what else takes it) the settings, templates and later capabilities.
func coverage(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, "coverage.tsv"))
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) != rows {
		return "", fmt.Errorf("coverage.tsv has %d rows, want %d", len(lines), rows)
	}
	by := byRule()
	var b strings.Builder
	b.WriteString("# Coverage of the advice\n\nEvery row R1–R125 of the advice in the four articles, and where Kith takes it. Signals and questions are read from the " +
		"catalogue ([signals.md](signals.md)), the rest from `coverage.tsv`; `go run ./docs/generate` puts them together.\n\n" +
		"*later* names the capability that will take a row: the network (members, connections, standing), the pages, the follow-through of durable duties.\n\n" +
		"| row | what it says | where |\n|---|---|---|\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		id := fmt.Sprintf("R%d", i+1)
		if len(cells) != 3 || cells[0] != id {
			return "", fmt.Errorf("coverage.tsv line %d: want %s, what it says and where, between tabs", i+1, id)
		}
		places := by[id]
		if cells[2] != "" {
			places = append(places, cells[2])
		}
		if len(places) == 0 {
			return "", fmt.Errorf("coverage.tsv: nothing takes %s", id)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", id, cells[1], strings.Join(places, "; "))
	}
	return b.String(), nil
}

// byRule lists what of the catalogue names each rule.
func byRule() map[string][]string {
	out := map[string][]string{}
	for _, s := range signals.All() {
		for _, r := range s.Rules {
			out[r] = append(out[r], "signal `"+s.ID+"`")
		}
	}
	asked := map[string]bool{}
	for _, q := range signals.Questions() {
		for _, r := range q.Rules {
			if key := r + q.ID.String(); !asked[key] {
				asked[key] = true
				out[r] = append(out[r], "question `"+q.ID.String()+"`")
			}
		}
	}
	return out
}
