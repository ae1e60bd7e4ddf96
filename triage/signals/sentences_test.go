package signals_test

import (
	"maps"
	"slices"
	"testing"

	"kith/triage"
	"kith/triage/signals"
)

// Every text of the catalogue has a key, and no key stands for two.
func TestSentences(t *testing.T) {
	t.Parallel()
	told := slices.Collect(maps.Values(triage.Sentences(signals.All(), signals.Questions())))
	has := func(whose, text string) {
		if text != "" && !slices.Contains(told, text) {
			t.Errorf("%s: no key for %q", whose, text)
		}
	}
	for _, s := range signals.All() {
		has(s.ID, s.Says)
	}
	for _, q := range signals.Questions() {
		for _, text := range []string{q.Says, q.Many, q.IfYes, q.IfNo} {
			has(q.ID.String(), text)
		}
	}
}
