package intake

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormulasAreMarked(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"":                  "",
		"We met in Ghent":   "We met in Ghent",
		"'s-Hertogenbosch":  "'s-Hertogenbosch",
		"O'Neill":           "O'Neill",
		"=1+1":              "'=1+1",
		" +31 6":            "' +31 6",
		"-- Cem":            "'-- Cem",
		"＠everyone":         "'＠everyone",
		"\tindented":        "'\tindented",
		"'=1+1":             "''=1+1",
		"''":                "''",
		`"=quoted"`:         `'"=quoted"`,
		"a line\n=and more": "a line\n=and more",
	} {
		if got := MarkFormula(cell); got != want {
			t.Errorf("%q became %q, not %q", cell, got, want)
		}
	}
}

func TestMarksAreTakenAwayExactly(t *testing.T) {
	t.Parallel()
	letters := rapid.SampledFrom([]rune("'\" =+-@|%\t\r\n＝aé"))
	rapid.Check(t, func(t *rapid.T) {
		cell := string(rapid.SliceOfN(letters, 0, 6).Draw(t, "cell"))
		marked := MarkFormula(cell)
		if got := unmarkFormula(marked); got != cell {
			t.Fatalf("%q became %q and then %q", cell, marked, got)
		}
		if marked != "" && strings.ContainsRune(formulaStarts, []rune(marked)[0]) {
			t.Fatalf("%q is still a formula: %q", cell, marked)
		}
	})
}
