// Command b4 times the engines of package bench side by side and prints a table
// in Markdown. The rounds are interleaved: every engine is timed once a round,
// and each round starts with another one, so that whatever else the machine does
// falls on all of them alike.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"testing"

	"kith/bench"
	"kith/bench/rig"
)

// yardstick is the engine the others are measured by.
const yardstick = "expr"

func main() {
	rounds := flag.Int("rounds", 5, "how often every engine is timed, for about a second each")
	flag.Parse()
	if err := run(os.Stdout, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "b4:", err)
		os.Exit(1)
	}
}

// timed is an engine with what was measured of it, one entry a round.
type timed struct {
	name   string
	decide bench.Decide
	ns     []float64
	allocs int64
}

// run checks that the engines agree, times them and prints the table.
func run(w io.Writer, rounds int) error {
	if rounds < 1 {
		return fmt.Errorf("rounds is %d: give 1 or more", rounds)
	}
	engines, err := prepare()
	if err != nil {
		return err
	}
	for r := range rounds {
		for i := range engines {
			e := &engines[(r+i)%len(engines)]
			result := testing.Benchmark(func(b *testing.B) { e.decide.Time(b, bench.NumCases) })
			e.ns = append(e.ns, float64(result.T.Nanoseconds())/float64(result.N))
			e.allocs = result.AllocsPerOp()
		}
	}
	return table(w, engines, rounds)
}

// prepare builds all engines and holds each to what the closures answer.
func prepare() ([]timed, error) {
	rules, cases := bench.Rules(), bench.Cases(bench.NumCases, bench.Seed)
	oracle, err := bench.Closures(rules, cases)
	if err != nil {
		return nil, err
	}
	var engines []timed
	for _, e := range bench.Engines() {
		decide, err := e.Build(rules, cases)
		if err != nil {
			return nil, err
		}
		if err := bench.Agree(oracle, decide, len(cases)); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name, err)
		}
		engines = append(engines, timed{name: e.Name, decide: decide})
	}
	return engines, nil
}

// table prints medians; the ratio is the median of the ratios of single rounds.
func table(w io.Writer, engines []timed, rounds int) error {
	at := slices.IndexFunc(engines, func(e timed) bool { return e.name == yardstick })
	if at < 0 {
		return fmt.Errorf("no engine %s to measure by", yardstick)
	}
	fmt.Fprintf(w, "%d rules, %d cases, one decision at a time; %d interleaved rounds, %s %s/%s, %d processors. All answers are equal.\n\n",
		len(bench.Rules()), bench.NumCases, rounds, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	fmt.Fprintf(w, "| engine | median µs | fastest | slowest | allocations | times as fast as %s |\n|---|---:|---:|---:|---:|---:|\n", yardstick)
	for _, e := range engines {
		ratios := make([]float64, rounds)
		for r := range ratios {
			ratios[r] = engines[at].ns[r] / e.ns[r]
		}
		_, err := fmt.Fprintf(w, "| %s | %.2f | %.2f | %.2f | %d | %.3g |\n", e.name,
			rig.Median(e.ns)/1e3, slices.Min(e.ns)/1e3, slices.Max(e.ns)/1e3, e.allocs, rig.Median(ratios))
		if err != nil {
			return err
		}
	}
	return nil
}
