package gather

import (
	"time"

	"kith"
	"kith/note"
)

var noTime time.Time

// Draft writes the text a verdict calls for: the question to a sender, the
// greeting after accept and see, the honest sentence of an introduction, or a
// note of the member's own. nil means that nothing is to be written. No name
// stands in it: names are for finding people, and the member adds them.
func Draft(c *kith.Case, v *kith.Verdict) *string {
	var text string
	switch {
	case v.Verdict == kith.Ask:
		text = note.Ask()
	case v.Verdict == kith.Accept && v.FollowUp != nil:
		text = note.Greeting()
	case v.Verdict == kith.OnlyThroughNetwork:
		text = note.OnlyThroughNetwork()
	case v.Verdict == kith.FixNote, v.Verdict == kith.SendIt && !c.Note.Text.Is():
		text = note.Draft(draftFacts(c))
	}
	if text == "" {
		return nil
	}
	return &text
}
