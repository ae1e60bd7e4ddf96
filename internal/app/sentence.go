package app

import (
	"maps"
	"strings"

	"kith"
	"kith/note"
	"kith/triage"
	"kith/triage/signals"
)

// Sentences gives the English texts the judgement makes its sentences of, by
// their keys in a catalogue of texts (see [triage.Sentences] and
// [note.Sentences]), the names of what was read under source.<name>, and what is
// said of a standing under standing.<id>.
func Sentences() map[string]string {
	out := triage.Sentences(signals.All(), signals.Questions())
	maps.Copy(out, note.Sentences())
	for s := kith.FromArchive; s <= kith.FromHere; s++ {
		out["source."+keyOf(s.String())] = s.String()
	}
	for _, s := range receivePlan.own {
		out["source."+keyOf(s.name)] = s.name
	}
	for _, s := range receivePlan.theirs {
		out["source."+keyOf(s.name)] = s.name
	}
	for id, says := range standingSays {
		out["standing."+id] = says
	}
	return out
}

// keyOf makes a key of the name of a source: your-address-book.
func keyOf(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "-") }
