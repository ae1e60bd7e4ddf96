// Package measure compares what gather reads from headlines, organisations'
// names and locations with labelled sets.
package measure

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"kith"
	"kith/internal/gather"
)

// Headline is one labelled headline. An empty field says that nothing should
// be read.
type Headline struct {
	ID           string   `json:"id"`
	Lang         string   `json:"lang"`
	Text         string   `json:"headline"`
	Role         string   `json:"role"`
	Seniority    string   `json:"seniority"`
	Organisation string   `json:"org"`
	Kinds        []string `json:"kinds"`
}

// Pair is two names of companies or schools and whether they mean the same.
type Pair struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // company or school
	A    string `json:"a"`
	B    string `json:"b"`
	Same bool   `json:"same"`
}

// Location is a location with the country it is in, empty if it cannot be
// told.
type Location struct {
	Text    string `json:"location"`
	Country string `json:"country"`
}

// Score counts decisions: right ones, wrong or superfluous ones, missed ones.
type Score struct{ Right, Wrong, Missed int }

// Precision is the share of right ones among all given, 1 if none was given.
func (s Score) Precision() float64 { return share(s.Right, s.Wrong) }

// Recall is the share of right ones among all there were, 1 if there were none.
func (s Score) Recall() float64 { return share(s.Right, s.Missed) }

func share(right, rest int) float64 {
	if right+rest == 0 {
		return 1
	}
	return float64(right) / float64(right+rest)
}

// Line is the score of one field, kind or group in one language.
type Line struct {
	Field, Lang string
	Score
}

// Miss is one decision that was not as labelled.
type Miss struct{ ID, Field, Text, Want, Got string }

// Result is what one set gave: scores in a fixed order, and what was missed.
type Result struct {
	Items  int
	Lines  []Line
	Misses []Miss
}

// Score gives the score of a field over all languages, or in one.
func (r *Result) Score(field, lang string) Score {
	for _, l := range r.Lines {
		if l.Field == field && l.Lang == lang {
			return l.Score
		}
	}
	return Score{}
}

// All marks the lines over all languages.
const All = "all"

// add counts one decision.
func (r *Result) add(id, lang, field, text, want, got string, equal bool) {
	var s Score
	switch {
	case want == "" && got == "":
	case equal:
		s.Right = 1
	default:
		if got != "" {
			s.Wrong = 1
		}
		if want != "" {
			s.Missed = 1
		}
		r.Misses = append(r.Misses, Miss{id, field, text, want, got})
	}
	for _, l := range []string{All, lang} {
		if l != "" {
			r.line(field, l, s)
		}
	}
}

func (r *Result) line(field, lang string, s Score) {
	for i := range r.Lines {
		if l := &r.Lines[i]; l.Field == field && l.Lang == lang {
			l.Right += s.Right
			l.Wrong += s.Wrong
			l.Missed += s.Missed
			return
		}
	}
	r.Lines = append(r.Lines, Line{field, lang, s})
}

// kinds are the labels of the flags of a headline.
var kinds = []struct {
	label string
	read  func(gather.Headline) bool
}{
	{"recruiter", func(h gather.Headline) bool { return h.Recruiter }},
	{"sells-programmes", func(h gather.Headline) bool { return h.SellsProgrammes }},
	{"student", func(h gather.Headline) bool { return h.Student }},
	{"founder", func(h gather.Headline) bool { return h.Founder }},
	{"nonprofit-or-board", func(h gather.Headline) bool { return h.NonProfit }},
}

// Headlines reads every headline of a set.
func Headlines(set []Headline) Result {
	r := Result{Items: len(set)}
	for _, item := range set {
		got := gather.ReadHeadline(item.Text)
		level := ""
		if got.Seniority != 0 {
			level = got.Seniority.String()
		}
		r.add(item.ID, item.Lang, "role", item.Text, item.Role, got.Role, item.Role == got.Role)
		r.add(item.ID, item.Lang, "seniority", item.Text, item.Seniority, level, item.Seniority == level)
		r.add(item.ID, item.Lang, "organisation", item.Text, item.Organisation, got.Organisation,
			kith.FoldText(item.Organisation) == kith.FoldText(got.Organisation))
		for _, k := range kinds {
			want, have := "", ""
			for _, label := range item.Kinds {
				if label == k.label {
					want = label
				}
			}
			if k.read(got) {
				have = k.label
			}
			r.add(item.ID, item.Lang, k.label, item.Text, want, have, want == have)
		}
	}
	return r
}

// Pairs compares every pair of a set.
func Pairs(set []Pair) Result {
	r := Result{Items: len(set)}
	for _, item := range set {
		same := gather.SameOrganisation
		if item.Kind == "school" {
			same = gather.SameSchool
		}
		want, got := "", ""
		if item.Same {
			want = "same"
		}
		if is, _ := same(item.A, item.B); is {
			got = "same"
		}
		r.add(item.ID, "", item.Kind, item.A+" ~ "+item.B, want, got, want == got)
	}
	return r
}

// Locations finds the country of every location of a set.
func Locations(set []Location) Result {
	r := Result{Items: len(set)}
	for _, item := range set {
		got := gather.Country(item.Text)
		r.add("", "", "country", item.Text, item.Country, got, item.Country == got)
	}
	return r
}

// Load reads a set in JSON lines. ok is false where the file is not there.
func Load[T any](dir fs.FS, name string) (set []T, ok bool, err error) {
	f, err := dir.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var item T
		if err := json.Unmarshal(in.Bytes(), &item); err != nil {
			return nil, false, fmt.Errorf("%s line %d: %w", name, n, err)
		}
		set = append(set, item)
	}
	return set, true, in.Err()
}

// Write prints a result as a Markdown table.
func (r *Result) Write(w io.Writer, title string) error {
	if _, err := fmt.Fprintf(w, "## %s (%d items)\n\n| field | language | precision | recall | right | wrong | missed |\n|---|---|--:|--:|--:|--:|--:|\n",
		title, r.Items); err != nil {
		return err
	}
	for _, l := range r.Lines {
		if l.Score == (Score{}) && l.Lang != All {
			continue
		}
		if _, err := fmt.Fprintf(w, "| %s | %s | %.3f | %.3f | %d | %d | %d |\n",
			l.Field, l.Lang, l.Precision(), l.Recall(), l.Right, l.Wrong, l.Missed); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}
