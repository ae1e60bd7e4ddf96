// Command eval prints, as Markdown, how well headlines, organisations' names
// and locations are read: precision and recall on the labelled sets that lie
// in internal/gather/testdata. Run it from the top of the checkout:
//
//	go run ./internal/gather/eval [-misses]
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"kith/internal/gather/eval/measure"
)

func main() {
	dir := flag.String("dir", "internal/gather/testdata", "folder of the labelled sets")
	misses := flag.Bool("misses", false, "also print every decision that is not as labelled")
	flag.Parse()
	if err := run(os.Stdout, os.DirFS(*dir), *misses); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// run measures the sets that are there: the one the lists were developed on
// and the one nobody looked at while they were written.
func run(w io.Writer, dir fs.FS, misses bool) error {
	for _, part := range []string{"dev", "heldout"} {
		if err := one(w, dir, "headlines_"+part, misses, measure.Headlines); err != nil {
			return err
		}
		if err := one(w, dir, "orgs_"+part, misses, measure.Pairs); err != nil {
			return err
		}
		if err := one(w, dir, "locations_"+part, misses, measure.Locations); err != nil {
			return err
		}
	}
	return nil
}

func one[T any](w io.Writer, dir fs.FS, name string, misses bool, judge func([]T) measure.Result) error {
	set, ok, err := measure.Load[T](dir, name+".jsonl")
	if err != nil || !ok {
		return err
	}
	result := judge(set)
	if err := result.Write(w, name); err != nil || !misses {
		return err
	}
	for _, m := range result.Misses {
		if _, err := fmt.Fprintf(w, "- %s %s: %s: want %q, got %q\n", m.ID, m.Field, m.Text, m.Want, m.Got); err != nil {
			return err
		}
	}
	return nil
}
