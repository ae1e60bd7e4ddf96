package triage

import (
	"fmt"

	"kith"
)

// Sentences gives the English texts the judgement makes its sentences of, by
// their keys in a catalogue of texts: signal.<id>; question.<id>, and
// question-of-many.<id> where it is asked about several people; what finishes
// "If …:", if-yes.<id> and if-no.<id>; of a fact nobody has read unknown.<path>,
// if-worst.<path> and if-best.<path>; fix.<id of the signal it silences>; chance.
// Where something is filled in stands "{}", or "{0}" and "{1}". What is said for
// two reasons has one key.
func Sentences(signals []Signal, questions []Question) map[string]string {
	out, told := map[string]string{}, map[string]bool{}
	tell := func(key, text string) {
		if text != "" && !told[text] {
			out[key], told[text] = text, true
		}
	}
	for i := range signals {
		out["signal."+signals[i].ID] = signals[i].Says
	}
	for i := range questions {
		q := &questions[i]
		id := q.ID.String()
		tell("question."+id, q.Says)
		tell("question-of-many."+id, q.Many)
		tell("if-yes."+id, q.IfYes)
		tell("if-no."+id, q.IfNo)
	}
	for _, side := range []kith.Side{kith.Receive, kith.Send, kith.Connected} {
		for _, r := range readables(side) {
			path := r.facts[0]
			if side == kith.Send {
				path = "own." + path // a note is the member's own here
			}
			tell("unknown."+path, r.says)
			tell("if-worst."+path, r.ifWorst)
			tell("if-best."+path, r.ifBest)
		}
	}
	for i := range fixes {
		tell("fix."+fixes[i].signals[0], fixes[i].says)
	}
	tell("chance.about", fmt.Sprintf(aboutSo, "{0}"))
	tell("chance.between", fmt.Sprintf(between, "{0}", "{1}"))
	return out
}
