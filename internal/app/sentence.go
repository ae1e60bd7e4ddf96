package app

import (
	"maps"

	"kith/note"
	"kith/triage"
	"kith/triage/signals"
)

// Sentences gives the English texts the judgement makes its sentences of, by
// their keys in a catalogue of texts (see [triage.Sentences] and
// [note.Sentences]), and what is said of a standing under standing.<id>.
func Sentences() map[string]string {
	out := triage.Sentences(signals.All(), signals.Questions())
	maps.Copy(out, note.Sentences())
	for id, says := range standingSays {
		out["standing."+id] = says
	}
	return out
}
