package note

import (
	"fmt"
	"strings"

	"kith"
)

// Limits of notes on the platform: free members may write 200 letters, paying
// ones 300 (catalogue, section 2.1).
const (
	FreeLimit = 200
	PaidLimit = 300
)

// Severity says how much a finding matters.
type Severity uint8

// The severities, gravest first.
const (
	Must   Severity = iota + 1 // do not send it like this
	Should                     // costs acceptances
	Could                      // a nicety
)

// String gives the severity as a word.
func (s Severity) String() string { return [...]string{"", "must", "should", "could"}[s] }

// Finding is one thing to improve in a draft.
type Finding struct {
	ID       string   // stable name, such as "default"
	Text     string   // one or two sentences: what it is and what to do
	Rule     string   // row of the advice it comes from, such as "R114"
	Severity Severity // how much it matters
}

// CheckOptions is what a check needs to know beside the text.
type CheckOptions struct {
	// Limit is the greatest number of letters allowed; PaidLimit if it is 0.
	Limit int
	// WellKnown is set if sender and recipient know each other well. The advice
	// asks for a personal note only where they do not (R100, R114).
	WellKnown bool
	// Context is what is known of the two people.
	Context Context
}

// Check tells a sender what to improve in a draft, the greatest gain first. No
// finding means that the note may go.
func Check(text string, opt CheckOptions) []Finding {
	if opt.Limit <= 0 {
		opt.Limit = PaidLimit
	}
	f := Read(text, opt.Context)
	var found []Finding
	for _, c := range checks {
		if c.stranger && opt.WellKnown || !c.applies(&f, opt.Limit) {
			continue
		}
		text := c.says
		if c.with != nil {
			text = fmt.Sprintf(c.says, c.with(&f, opt.Limit)...)
		}
		found = append(found, Finding{c.id, text, c.rule, c.severity})
	}
	return found
}

// Sentences gives the English texts of findings by their keys in a catalogue of
// texts: finding.<id>, with "{0}", "{1}" … where something is filled in.
func Sentences() map[string]string {
	out := map[string]string{}
	for _, c := range checks {
		text := c.says
		if c.with != nil {
			var holes []any
			for i := range c.with(&Features{}, 0) {
				holes = append(holes, fmt.Sprintf("{%d}", i))
			}
			text = fmt.Sprintf(text, holes...)
		}
		out["finding."+c.id] = text
	}
	return out
}

// check is one row of the table below.
type check struct {
	id, rule string
	severity Severity
	stranger bool // only for people who do not know each other well
	applies  func(f *Features, limit int) bool
	says     string
	with     func(f *Features, limit int) []any // what is filled in; nil if nothing is
}

func kindIs(k kith.NoteKind) func(*Features, int) bool {
	return func(f *Features, _ int) bool { return f.Kind == k }
}

// checks are all checks, the greatest gain first.
var checks = []check{
	{"abuse", "R96", Must, false,
		func(f *Features, _ int) bool { return f.Abusive },
		"This threatens or insults. It will be reported; do not send it.", nil},
	{"scam", "R96", Must, false, kindIs(kith.NoteScam),
		"This reads like a known fraud (%v) and may be reported. Leave out money, private channels and promises.",
		func(f *Features, _ int) []any { return []any{strings.Join(f.ScamGroups, ", ")} }},
	{"placeholder", "R115", Must, false,
		func(f *Features, _ int) bool { return f.Placeholder != "" },
		"A blank of the template is still there: %v. Fill it in or take it out.",
		func(f *Features, _ int) []any { return []any{f.Placeholder} }},
	{"too-long", "R115", Must, false,
		func(f *Features, limit int) bool { return f.Letters > limit },
		"It has %v letters and the platform takes %v. Take out %v.",
		func(f *Features, limit int) []any { return []any{f.Letters, limit, f.Letters - limit} }},
	{"empty", "R100", Should, true, kindIs(kith.NoteEmpty),
		"There is no note. Say in a sentence how you know each other or why you want to connect.", nil},
	{"default", "R114", Should, true, kindIs(kith.NoteDefault),
		"This is the platform's own sentence. Say instead how you know each other or why you want to connect.", nil},
	{"pitch", "R92", Should, false, kindIs(kith.NotePitch),
		"This reads like a sale. People decline invitations that sell; connect first and leave the offer out.", nil},
	{"generic", "R47", Should, true, kindIs(kith.NoteGeneric),
		"This could be sent to anybody. Name something about them or the two of you: a meeting, a school, a text of theirs, a question.", nil},
	{"wants-contacts", "R31", Should, false,
		func(f *Features, _ int) bool { return f.WantsContacts },
		"This asks for their contacts and nothing else. Say what connects the two of you first.", nil},
	{"no-reason", "R115", Should, true,
		func(f *Features, _ int) bool { return f.Kind == kith.NoteSpecific && !f.GivesReason },
		"It does not say why you want to connect. Add the reason, in one sentence.", nil},
	{"too-many-sentences", "R115", Should, false,
		func(f *Features, _ int) bool { return f.Sentences > 2 },
		"It has %v sentences beside greeting and name. One or two are read.",
		func(f *Features, _ int) []any { return []any{f.Sentences} }},
	{"no-how", "R116", Could, true,
		func(f *Features, _ int) bool { return f.Kind == kith.NoteSpecific && !f.SaysHow },
		"It does not say how you know each other. If you have met or share something, say where and when.", nil},
	{"no-who", "R109", Could, true,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.SaysWho && !f.SaysHow && !f.Name },
		"It does not say who you are. Add your name, or what you do in a few words.", nil},
	{"no-greeting", "R117", Could, false,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.Greeting },
		"It has no greeting. A \"Hello\" with their name costs three words.", nil},
	{"no-name", "R117", Could, false,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.Name },
		"Neither their name nor yours is in it. Greet them by name, or sign.", nil},
}
