// Command eval judges the cases written from the articles and prints how many
// it gets right and how many severely wrong:
//
//	go run ./triage/eval [FILE…]
//
// Without files it reads triage/testdata/*.jsonl. The cases test agreement with
// the articles, not truth: nobody has published what became of invitations.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"kith"
	"kith/internal/gather"
	"kith/triage"
	"kith/triage/signals"
)

func main() {
	files := os.Args[1:]
	if len(files) == 0 {
		files, _ = filepath.Glob("triage/testdata/*.jsonl") // the pattern is well formed
	}
	if err := evaluate(os.Stdout, files); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// exam is one case with the verdicts that are right and those that would be
// severely wrong.
type exam struct {
	ID            string          `json:"id"`
	Rules         []string        `json:"rules"`
	Contradiction *string         `json:"contradiction"`
	Why           string          `json:"why"`
	Allowed       []kith.Decision `json:"allowed"`
	Severe        []kith.Decision `json:"severe"`
	Case          json.RawMessage `json:"case"`
}

// result is how one case came out.
type result struct {
	exam
	side          kith.Side
	got           kith.Decision
	right, severe bool
}

func evaluate(w io.Writer, files []string) error {
	for _, name := range files {
		exams, err := readExams(name)
		if err != nil {
			return err
		}
		results, err := sit(exams)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		print(w, filepath.Base(name), results)
	}
	return nil
}

func readExams(name string) ([]exam, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []exam
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var e exam
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", name, n, err)
		}
		out = append(out, e)
	}
	return out, lines.Err()
}

// sit judges every case.
func sit(exams []exam) ([]result, error) {
	judge, err := signals.Judge()
	if err != nil {
		return nil, err
	}
	out := make([]result, 0, len(exams))
	for _, e := range exams {
		r, err := sitOne(judge, e)
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", e.ID, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func sitOne(judge *triage.Judge, e exam) (result, error) {
	c, err := kith.DecodeCase(e.Case)
	if err != nil {
		return result{}, err
	}
	gather.Complete(&c)
	got := judge.Weigh(&c).Decision
	return result{
		exam: e, side: c.Side, got: got,
		right: slices.Contains(e.Allowed, got), severe: slices.Contains(e.Severe, got),
	}, nil
}

func print(w io.Writer, name string, results []result) {
	fmt.Fprintf(w, "### %s\n\n| side | cases | right | severely wrong |\n|---|---|---|---|\n", name)
	for _, side := range []kith.Side{kith.Receive, kith.Send, kith.Connected, kith.Introduce} {
		n, right, severe := tally(results, func(r *result) bool { return r.side == side })
		fmt.Fprintf(w, "| %s | %d | %d | %d |\n", side, n, right, severe)
	}
	n, right, severe := tally(results, func(*result) bool { return true })
	fmt.Fprintf(w, "| all | %d | %d | %d |\n\n", n, right, severe)
	for _, r := range results {
		if !r.right {
			fmt.Fprintf(w, "- %s: %s, articles say %v: %s\n", r.ID, r.got, r.Allowed, r.Why)
		}
	}
	fmt.Fprintln(w)
}

func tally(results []result, in func(*result) bool) (n, right, severe int) {
	for i := range results {
		r := &results[i]
		if !in(r) {
			continue
		}
		n++
		if r.right {
			right++
		}
		if r.severe {
			severe++
		}
	}
	return n, right, severe
}
