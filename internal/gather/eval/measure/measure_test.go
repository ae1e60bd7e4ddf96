package measure

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestHeadlinesAreCounted(t *testing.T) {
	t.Parallel()
	r := Headlines([]Headline{
		{ID: "1", Lang: "en", Text: "Nurse at Oak Clinic", Role: "health", Seniority: "mid", Organisation: "Oak Clinic"},
		{ID: "2", Lang: "de", Text: "Recruiterin bei Hansen", Role: "health", Seniority: "mid", Organisation: "Hansen", Kinds: []string{"recruiter"}},
		{ID: "3", Lang: "en", Text: "Reader of books", Role: "education"},
	})
	for _, c := range []struct {
		field, lang string
		want        Score
	}{
		{"role", All, Score{Right: 1, Wrong: 1, Missed: 2}},
		{"role", "de", Score{Wrong: 1, Missed: 1}},
		{"organisation", All, Score{Right: 2}},
		{"recruiter", All, Score{Right: 1}},
		{"student", All, Score{}},
	} {
		if got := r.Score(c.field, c.lang); got != c.want {
			t.Errorf("%s in %s: %+v, want %+v", c.field, c.lang, got, c.want)
		}
	}
	if len(r.Misses) != 2 {
		t.Errorf("misses: %+v", r.Misses)
	}
	var out strings.Builder
	if err := r.Write(&out, "a set"); err != nil {
		t.Fatal(err)
	}
	if want := "| role | all | 0.500 | 0.333 | 1 | 1 | 2 |"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
}

func TestPairsAndLocations(t *testing.T) {
	t.Parallel()
	pairs := Pairs([]Pair{{Kind: "company", A: "Meta", B: "Facebook", Same: true}, {Kind: "school", A: "TUM", B: "LMU"}, {Kind: "school", A: "A", B: "B", Same: true}})
	if got := pairs.Score("school", All); got != (Score{Missed: 1}) {
		t.Errorf("school: %+v", got)
	}
	places := Locations([]Location{{"Berlin", "DE"}, {"Georgia", ""}})
	if got := places.Score("country", All); got != (Score{Right: 1}) || got.Precision() != 1 {
		t.Errorf("country: %+v", got)
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := fstest.MapFS{
		"good.jsonl": {Data: []byte("{\"location\":\"Ulm\",\"country\":\"DE\"}\n\n{\"location\":\"?\"}\n")},
		"bad.jsonl":  {Data: []byte("{}\nnonsense\n")},
	}
	if set, ok, err := Load[Location](dir, "good.jsonl"); !ok || err != nil || len(set) != 2 || set[0].Country != "DE" {
		t.Errorf("%+v, %v, %v", set, ok, err)
	}
	if _, ok, err := Load[Location](dir, "none.jsonl"); ok || err != nil {
		t.Errorf("a set that is not there: %v, %v", ok, err)
	}
	if _, _, err := Load[Location](dir, "bad.jsonl"); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a broken set: %v", err)
	}
}
