package main

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

const testdata = "../testdata/"

// Floors. The development sets were looked at while the lists were written; the
// held-out set was written by somebody else and was not.
const (
	devFloor         = 0.95
	asksFloor        = 0.80
	devPairFloor     = 54.0 / 60
	heldoutFloor     = 0.80
	heldoutPairFloor = 0.90
)

func TestDevelopmentSets(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]int{"dev": 300, "dev2": 150} {
		notes, err := Load[Note](testdata + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		if len(notes) < least {
			t.Errorf("only %d notes in %s", len(notes), name)
		}
		checkFloor(t, notes, devFloor)
		for what, s := range Evaluate(notes).Asks {
			if s.Recall() < asksFloor {
				t.Errorf("asks for %s in %s: recall %.2f, floor %.2f", what, name, s.Recall(), asksFloor)
			}
		}
	}
}

func TestHeldOutSet(t *testing.T) {
	t.Parallel()
	notes, err := Load[Note](testdata + "heldout.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		return // kept apart while the lists are written
	}
	if err != nil {
		t.Fatal(err)
	}
	checkFloor(t, notes, heldoutFloor)
}

func checkFloor(t *testing.T, notes []Note, floor float64) {
	t.Helper()
	r := Evaluate(notes)
	if f := r.MacroF1(""); f < floor {
		t.Errorf("macro F1 %.3f, floor %.2f; read otherwise:\n%s", f, floor, strings.Join(r.Wrong, "\n"))
	}
	for _, l := range r.Languages() {
		if f := r.MacroF1(l); f < floor-0.1 {
			t.Errorf("macro F1 %.3f in %s, floor %.2f", f, l, floor-0.1)
		}
	}
	for what, s := range r.Asks {
		if s.Precision() < 0.95 {
			t.Errorf("asks for %s: precision %.2f; a false alarm leads to a report", what, s.Precision())
		}
	}
}

func TestTranslatedNotesReadAlike(t *testing.T) {
	t.Parallel()
	for name, floor := range map[string]float64{"pairs_dev": devPairFloor, "pairs": heldoutPairFloor} {
		pairs, err := Load[Pair](testdata + name + ".jsonl")
		if name == "pairs" && errors.Is(err, fs.ErrNotExist) {
			continue // kept apart while the lists are written
		}
		if err != nil {
			t.Fatal(err)
		}
		unlike := Unlike(pairs)
		if alike := share(len(pairs)-len(unlike), len(pairs)); alike < floor {
			t.Errorf("%s: %.2f of %d read alike, floor %.2f:\n%s", name, alike, len(pairs), floor, strings.Join(unlike, "\n"))
		}
	}
}

func TestLabelsAreKnown(t *testing.T) {
	t.Parallel()
	notes, err := Load[Note](testdata + "dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, n := range notes {
		if !strings.Contains(" default generic pitch scam specific ", " "+n.Label+" ") || len(n.Lang) != 2 || n.Text == "" || seen[n.ID] {
			t.Errorf("%+v", n)
		}
		seen[n.ID] = true
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	s := Score{Right: 6, False: 2, Missed: 4}
	if s.Precision() != 0.75 || s.Recall() != 0.6 || (Score{}).F1() != 1 || (Score{False: 1, Missed: 1}).F1() != 0 {
		t.Errorf("precision %v recall %v", s.Precision(), s.Recall())
	}
}

func TestRunPrintsMarkdown(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := run(&b, testdata, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## Set dev: ", "## Set dev2: ", "set pairs_dev", "| pitch | ", "| macro F1 |", "Asks for money: "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in the tables", want)
		}
	}
	if err := run(&b, t.TempDir(), false); err == nil {
		t.Error("a folder without sets was accepted")
	}
}
