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
		found = append(found, Finding{c.id, c.text(&f, opt.Limit), c.rule, c.severity})
	}
	return found
}

// check is one row of the table below.
type check struct {
	id, rule string
	severity Severity
	stranger bool // only for people who do not know each other well
	applies  func(f *Features, limit int) bool
	text     func(f *Features, limit int) string
}

func say(text string) func(*Features, int) string { return func(*Features, int) string { return text } }

func kindIs(k kith.NoteKind) func(*Features, int) bool {
	return func(f *Features, _ int) bool { return f.Kind == k }
}

// checks are all checks, the greatest gain first.
var checks = []check{
	{"abuse", "R96", Must, false,
		func(f *Features, _ int) bool { return f.Abusive },
		say("This threatens or insults. It will be reported; do not send it.")},
	{"scam", "R96", Must, false, kindIs(kith.NoteScam),
		func(f *Features, _ int) string {
			return "This reads like a known fraud (" + strings.Join(f.ScamGroups, ", ") + ") and may be reported. Leave out money, private channels and promises."
		}},
	{"placeholder", "R115", Must, false,
		func(f *Features, _ int) bool { return f.Placeholder != "" },
		func(f *Features, _ int) string {
			return "A blank of the template is still there: " + f.Placeholder + ". Fill it in or take it out."
		}},
	{"too-long", "R115", Must, false,
		func(f *Features, limit int) bool { return f.Letters > limit },
		func(f *Features, limit int) string {
			return fmt.Sprintf("It has %d letters and the platform takes %d. Take out %d.", f.Letters, limit, f.Letters-limit)
		}},
	{"empty", "R100", Should, true, kindIs(kith.NoteEmpty),
		say("There is no note. Say in a sentence how you know each other or why you want to connect.")},
	{"default", "R114", Should, true, kindIs(kith.NoteDefault),
		say("This is the platform's own sentence. Say instead how you know each other or why you want to connect.")},
	{"pitch", "R92", Should, false, kindIs(kith.NotePitch),
		say("This reads like a sale. People decline invitations that sell; connect first and leave the offer out.")},
	{"generic", "R47", Should, true, kindIs(kith.NoteGeneric),
		say("This could be sent to anybody. Name something about them or the two of you: a meeting, a school, a text of theirs, a question.")},
	{"wants-contacts", "R31", Should, false,
		func(f *Features, _ int) bool { return f.WantsContacts },
		say("This asks for their contacts and nothing else. Say what connects the two of you first.")},
	{"no-reason", "R115", Should, true,
		func(f *Features, _ int) bool { return f.Kind == kith.NoteSpecific && !f.GivesReason },
		say("It does not say why you want to connect. Add the reason, in one sentence.")},
	{"too-many-sentences", "R115", Should, false,
		func(f *Features, _ int) bool { return f.Sentences > 2 },
		func(f *Features, _ int) string {
			return fmt.Sprintf("It has %d sentences beside greeting and name. One or two are read.", f.Sentences)
		}},
	{"no-how", "R116", Could, true,
		func(f *Features, _ int) bool { return f.Kind == kith.NoteSpecific && !f.SaysHow },
		say("It does not say how you know each other. If you have met or share something, say where and when.")},
	{"no-who", "R109", Could, true,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.SaysWho && !f.SaysHow && !f.Name },
		say("It does not say who you are. Add your name, or what you do in a few words.")},
	{"no-greeting", "R117", Could, false,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.Greeting },
		say("It has no greeting. A \"Hello\" with their name costs three words.")},
	{"no-name", "R117", Could, false,
		func(f *Features, _ int) bool { return f.Kind != kith.NoteEmpty && !f.Name },
		say("Neither their name nor yours is in it. Greet them by name, or sign.")},
}
