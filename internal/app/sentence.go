package app

import "kith/triage/signals"

// Sentences gives the English sentences of the judgement by their keys in a
// catalogue of texts: signal.<id>, with "{}" where a fact is filled in.
func Sentences() map[string]string {
	out := map[string]string{}
	for _, s := range signals.All() {
		out["signal."+s.ID] = s.Says
	}
	return out
}
