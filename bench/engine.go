// Package bench compares Kith's decision core with rule engines a reader may
// know: the same forty rules, the same thousand cases, equal answers. It is a
// module of its own, so that none of the engines becomes a dependency of Kith.
package bench

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"kith"
)

// Answer is what an engine says of one case.
type Answer struct {
	// Fired holds the ids of the rules that fired, in the engine's own order.
	Fired []string
	// Score is the sum of their weights.
	Score float64
}

// reset empties the answer and keeps its memory.
func (a *Answer) reset() { a.Fired, a.Score = a.Fired[:0], 0 }

// add notes one rule that fired.
func (a *Answer) add(id string, weight float64) {
	a.Fired = append(a.Fired, id)
	a.Score += weight
}

// Decide answers case i of the cases its engine was built with. It reuses the
// memory of the answer it is handed, and is for one goroutine at a time.
type Decide func(i int, a *Answer) error

// Engine is one way to decide by the rules.
type Engine struct {
	Name string
	// Build compiles the rules and turns every case into the engine's own
	// input. Nothing of this is timed.
	Build func(rules []Rule, cases []kith.Case) (Decide, error)
}

// Engines lists the engines, Kith and the floor first.
func Engines() []Engine {
	return []Engine{
		{"kith", Kith},
		{"closures", Closures},
		{"expr", Expr},
		{"cel", CEL},
		{"cedar", Cedar},
		{"opa", OPA},
	}
}

// tolerance is how far two scores may lie apart: engines add in their own
// order, and sums of floats depend on it.
const tolerance = 1e-9

// Agree compares two engines on cases 0 to n-1: the same rules must fire and
// the scores be the same. The error names the first case they differ on.
func Agree(want, got Decide, n int) error {
	var w, g Answer
	for i := range n {
		if err := want(i, &w); err != nil {
			return fmt.Errorf("case %d: %w", i, err)
		}
		if err := got(i, &g); err != nil {
			return fmt.Errorf("case %d: %w", i, err)
		}
		slices.Sort(w.Fired)
		slices.Sort(g.Fired)
		if !slices.Equal(w.Fired, g.Fired) || math.Abs(w.Score-g.Score) > tolerance {
			return fmt.Errorf("case %d: %v scoring %v, want %v scoring %v", i, g.Fired, g.Score, w.Fired, w.Score)
		}
	}
	return nil
}

// Time is the body of a benchmark: one decision at a time over n cases in turn.
func (d Decide) Time(b *testing.B, n int) {
	b.ReportAllocs()
	var a Answer
	for i := 0; b.Loop(); i++ {
		if err := d(i%n, &a); err != nil {
			b.Fatal(err)
		}
	}
}
