package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"kith/note"
)

// labels are the classes of the labelled sets, in the order they are printed.
var labels = []string{"default", "generic", "pitch", "scam", "specific"}

// Note is one labelled note.
type Note struct {
	ID    string `json:"id"`
	Lang  string `json:"lang"`  // ISO 639-1
	Label string `json:"label"` // one of labels
	Text  string `json:"text"`
	Asks  string `json:"asks"` // "money", "credentials", both with a blank between, or empty
}

// Pair is one note in several languages, which must all read alike.
type Pair struct {
	ID    string            `json:"id"`
	Label string            `json:"label"`
	Texts map[string]string `json:"texts"` // by language
}

// Load reads a file of one JSON value a line.
func Load[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out = append(out, v)
	}
	return out, lines.Err()
}

// Score counts the decisions on one label: right ones, false alarms, misses.
type Score struct{ Right, False, Missed int }

// Precision is the share of the notes given the label that bear it; 1 if none
// was given.
func (s Score) Precision() float64 { return share(s.Right, s.Right+s.False) }

// Recall is the share of the notes bearing the label that were given it; 1 if
// none bears it.
func (s Score) Recall() float64 { return share(s.Right, s.Right+s.Missed) }

// F1 is the harmonic mean of the two.
func (s Score) F1() float64 {
	p, r := s.Precision(), s.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Report is how well the recogniser agrees with a labelled set.
type Report struct {
	N         int
	Scores    map[string]map[string]Score // by language ("" is all), then label
	Asks      map[string]Score            // money, credentials
	Confusion map[string]map[string]int   // by label, then by what was read
	Wrong     []string                    // notes read otherwise, one line each
}

// Evaluate reads every note and compares with its label.
func Evaluate(notes []Note) Report {
	r := Report{N: len(notes), Scores: map[string]map[string]Score{}, Asks: map[string]Score{}, Confusion: map[string]map[string]int{}}
	for _, n := range notes {
		f := note.Read(n.Text, note.Context{})
		got := f.Kind.String()
		r.count(n.Lang, n.Label, got)
		r.asks("money", n.Asks, f.AsksMoney)
		r.asks("credentials", n.Asks, f.AsksCredentials)
		if got != n.Label {
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s: %s read as %s: %s", n.ID, n.Label, got, strings.ReplaceAll(n.Text, "\n", " ")))
		}
	}
	return r
}

func (r *Report) count(lang, want, got string) {
	if r.Confusion[want] == nil {
		r.Confusion[want] = map[string]int{}
	}
	r.Confusion[want][got]++
	for _, l := range []string{lang, ""} {
		if r.Scores[l] == nil {
			r.Scores[l] = map[string]Score{}
		}
		s, g := r.Scores[l][want], r.Scores[l][got]
		if want == got {
			s.Right++
			r.Scores[l][want] = s
			continue
		}
		s.Missed++
		g.False++
		r.Scores[l][want], r.Scores[l][got] = s, g
	}
}

func (r *Report) asks(what, want string, got bool) {
	s := r.Asks[what]
	wanted := slices.Contains(strings.Fields(want), what)
	switch {
	case wanted && got:
		s.Right++
	case wanted:
		s.Missed++
	case got:
		s.False++
	}
	r.Asks[what] = s
}

// MacroF1 is the mean of the labels' F1 in one language, "" for all.
func (r *Report) MacroF1(lang string) float64 {
	sum := 0.0
	for _, l := range labels {
		sum += r.Scores[lang][l].F1()
	}
	return sum / float64(len(labels))
}

// Languages lists the languages of the set, sorted.
func (r *Report) Languages() []string {
	var out []string
	for l := range r.Scores {
		if l != "" {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}
