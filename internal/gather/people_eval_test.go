package gather_test

import (
	"os"
	"testing"

	"kith/internal/gather/eval/measure"
)

// floor is what precision and recall of a field must not fall below.
type floor struct {
	field             string
	precision, recall float64
}

// The floors of the sets the lists were developed on, and those of the sets
// nobody looked at meanwhile.
var (
	devFloors = []floor{
		{"role", .97, .97}, {"seniority", .97, .97}, {"organisation", .97, .95}, {"recruiter", .98, .95}, {"sells-programmes", .97, .95},
		{"student", .97, .95}, {"founder", .95, .95}, {"nonprofit-or-board", .95, .92},
		{"company", 1, .97}, {"school", .99, .97}, {"country", .99, .97},
	}
	heldOutFloors = []floor{
		{"role", .80, .75}, {"seniority", .80, .75}, {"organisation", .85, .75}, {"recruiter", .85, .70}, {"sells-programmes", .85, .60},
		{"student", .85, .75}, {"founder", .80, .80}, {"nonprofit-or-board", .80, .60},
		{"company", .97, .75}, {"school", .95, .75}, {"country", .97, .80},
	}
)

func TestLabelledSets(t *testing.T) {
	t.Parallel()
	for _, part := range []struct {
		name   string
		floors []floor
		must   bool
	}{{"dev", devFloors, true}, {"heldout", heldOutFloors, false}} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			check(t, "headlines_"+part.name, part.floors, part.must, measure.Headlines)
			check(t, "orgs_"+part.name, part.floors, part.must, measure.Pairs)
			check(t, "locations_"+part.name, part.floors, part.must, measure.Locations)
		})
	}
}

func check[T any](t *testing.T, name string, floors []floor, must bool, judge func([]T) measure.Result) {
	t.Helper()
	set, ok, err := measure.Load[T](os.DirFS("testdata"), name+".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		if must {
			t.Errorf("%s: the set is not there", name)
		}
		return
	}
	r := judge(set)
	for _, f := range floors {
		s := r.Score(f.field, measure.All)
		if s == (measure.Score{}) {
			continue
		}
		if p, c := s.Precision(), s.Recall(); p < f.precision || c < f.recall {
			t.Errorf("%s, %s: precision %.3f and recall %.3f, want at least %.2f and %.2f", name, f.field, p, c, f.precision, f.recall)
		}
	}
	if t.Failed() {
		for _, m := range r.Misses {
			t.Logf("%s %s: %s: want %q, got %q", m.ID, m.Field, m.Text, m.Want, m.Got)
		}
	}
}
