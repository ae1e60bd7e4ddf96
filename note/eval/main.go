// Command eval prints how well the note recognisers agree with the labelled
// sets, as Markdown: precision and recall of each label and language, and who
// is mistaken for whom.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kith"
	"kith/note"
)

func main() {
	dir := flag.String("dir", "note/testdata", "folder of the labelled sets")
	wrong := flag.Bool("wrong", false, "list the notes read otherwise than labelled")
	flag.Parse()
	if err := run(os.Stdout, *dir, *wrong); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// run prints every set that lies in dir.
func run(w io.Writer, dir string, wrong bool) error {
	found := false
	for _, name := range []string{"dev", "dev2", "heldout"} {
		notes, err := Load[Note](filepath.Join(dir, name+".jsonl"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		found = true
		r := Evaluate(notes)
		fmt.Fprintf(w, "## Set %s: %d notes\n\n", name, r.N)
		r.Markdown(w)
		if wrong {
			fmt.Fprintf(w, "### Read otherwise\n\n- %s\n\n", strings.Join(r.Wrong, "\n- "))
		}
	}
	if !found {
		return fmt.Errorf("no dev.jsonl or heldout.jsonl in %s; give the folder with -dir", dir)
	}
	for _, name := range []string{"pairs_dev", "pairs"} {
		if err := printPairs(w, dir, name); err != nil {
			return err
		}
	}
	return nil
}

// Markdown prints the tables of a report.
func (r *Report) Markdown(w io.Writer) {
	fmt.Fprintf(w, "Precision / recall; macro F1 %.3f.\n\n", r.MacroF1(""))
	langs := append([]string{""}, r.Languages()...)
	fmt.Fprint(w, "| label | all |")
	for _, l := range langs[1:] {
		fmt.Fprintf(w, " %s |", l)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("---|", len(langs)))
	for _, label := range labels {
		fmt.Fprintf(w, "| %s |", label)
		for _, l := range langs {
			s := r.Scores[l][label]
			fmt.Fprintf(w, " %.2f / %.2f |", s.Precision(), s.Recall())
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "| macro F1 |")
	for _, l := range langs {
		fmt.Fprintf(w, " %.3f |", r.MacroF1(l))
	}
	fmt.Fprint(w, "\n\nLabel (row) against reading (column):\n\n")
	read := append([]string{"empty"}, labels...)
	fmt.Fprintf(w, "| | %s |\n|---|%s\n", strings.Join(read, " | "), strings.Repeat("---|", len(read)))
	for _, want := range labels {
		fmt.Fprintf(w, "| %s |", want)
		for _, got := range read {
			fmt.Fprintf(w, " %d |", r.Confusion[want][got])
		}
		fmt.Fprintln(w)
	}
	for _, what := range []string{"money", "credentials"} {
		s := r.Asks[what]
		fmt.Fprintf(w, "\nAsks for %s: %d right, %d false alarms, %d missed.\n", what, s.Right, s.False, s.Missed)
	}
	fmt.Fprintln(w)
}

// judgement is the kind as far as it matters to a judgement: the platform's own
// sentence and a general one lead to the same.
func judgement(k kith.NoteKind) kith.NoteKind {
	if k == kith.NoteDefault {
		return kith.NoteGeneric
	}
	return k
}

// Unlike gives the pairs whose languages do not all lead to the same judgement,
// one line each.
func Unlike(pairs []Pair) []string {
	var out []string
	for _, p := range pairs {
		kinds, judged := map[string][]string{}, map[kith.NoteKind]bool{}
		for lang, text := range p.Texts {
			k := note.Read(text, note.Context{}).Kind
			kinds[k.String()] = append(kinds[k.String()], lang)
			judged[judgement(k)] = true
		}
		if len(judged) < 2 {
			continue
		}
		line := p.ID + " (" + p.Label + "):"
		for _, k := range append([]string{"empty"}, labels...) {
			if langs := kinds[k]; len(langs) > 0 {
				slices.Sort(langs)
				line += " " + k + " in " + strings.Join(langs, ",") + ";"
			}
		}
		out = append(out, strings.TrimSuffix(line, ";"))
	}
	return out
}

// printPairs prints one set of translated notes, if it lies in dir.
func printPairs(w io.Writer, dir, name string) error {
	pairs, err := Load[Pair](filepath.Join(dir, name+".jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	unlike := Unlike(pairs)
	fmt.Fprintf(w, "## Translated notes, set %s\n\n%d of %d notes read alike in every language.\n", name, len(pairs)-len(unlike), len(pairs))
	for _, line := range unlike {
		fmt.Fprintf(w, "\n- %s", line)
	}
	fmt.Fprintln(w)
	return nil
}
