package kith

import "time"

// Decision is a verdict's word.
type Decision string

// The decisions of each side.
const (
	// receive
	Accept  Decision = "accept"
	Ask     Decision = "ask" // ask the sender first
	Decline Decision = "decline"
	Report  Decision = "report"
	// send
	DontSend   Decision = "dont-send"
	Wait       Decision = "wait"
	FixProfile Decision = "fix-profile"
	FixNote    Decision = "fix-note"
	SendIt     Decision = "send"
	// connected (report is shared)
	Disconnect Decision = "disconnect"
	Keep       Decision = "keep"
	// introduce (decline is shared)
	AsKnown            Decision = "as-known"
	OnlyThroughNetwork Decision = "only-through-network"
)

// Decisions lists the decisions of a side.
func Decisions(s Side) []Decision {
	switch s {
	case Send:
		return []Decision{DontSend, Wait, FixProfile, FixNote, SendIt}
	case Connected:
		return []Decision{Report, Disconnect, Keep}
	case Introduce:
		return []Decision{Decline, AsKnown, OnlyThroughNetwork}
	}
	return []Decision{Accept, Ask, Decline, Report}
}

// Band is one of the five words in which Kith says how sure it is.
type Band string

// The bands, from sure to sure not.
const (
	BandYes      Band = "yes"
	BandLikely   Band = "likely"
	BandUnclear  Band = "unclear"
	BandUnlikely Band = "unlikely"
	BandNo       Band = "no"
)

// Bands are the three questions as three words. Only Worth depends on goals.
type Bands struct {
	Genuine Band `json:"genuine" about:"a real, safe person?"`
	Known   Band `json:"known" about:"does the member know them?"`
	Worth   Band `json:"worth" about:"worth it for these goals and this stance?"`
}

// Tag says what kind of statement a reason is.
type Tag string

// The tags.
const (
	TagFact      Tag = "fact"
	TagInference Tag = "inference"
	TagAnswer    Tag = "your answer"
	TagUnknown   Tag = "unknown"
)

// Reason is one statement for or against.
type Reason struct {
	Signal    string    `json:"signal" about:"id of the signal"`
	For       bool      `json:"-"`
	Side      string    `json:"side" about:"for or against"`
	Tag       Tag       `json:"tag" about:"what kind of statement this is"`
	Text      string    `json:"text" about:"the sentence"`
	Rules     []string  `json:"rules" about:"rows of the advice it comes from"`
	SettledBy *string   `json:"settled_by" about:"the contradiction (K1 to K16) that goals or stance settled here"`
	Says      string    `json:"-"` // the sentence without how goals or stance settled it
	Source    Source    `json:"-"` // where the fact came from
	At        time.Time `json:"-"`
}

// UnknownFact is the one unknown that matters most.
type UnknownFact struct {
	Fact string `json:"fact" about:"path of the fact in the case"`
	Text string `json:"text" about:"the sentence"`
}

// Change is one thing that would change the verdict.
type Change struct {
	If      string   `json:"if" about:"what would have to be so"`
	Verdict Decision `json:"verdict" about:"the verdict then"`
}

// Question is the one thing to ask the member.
type Question struct {
	ID   string `json:"id" about:"answer under this id in answers"`
	Text string `json:"text" about:"the sentence"`
}

// FollowUp is a dated duty after a decision.
type FollowUp struct {
	Act       string `json:"act" about:"remind, decide, remove-if-silent or send"`
	AfterDays int    `json:"after_days" about:"days from now"`
}

// The acts of a follow-up.
const (
	ActRemind         = "remind"           // day 7 of an open question
	ActDecide         = "decide"           // day 14 of an open question
	ActRemoveIfSilent = "remove-if-silent" // 14 days after accept and see
	ActSend           = "send"             // the day after meeting
)

// Fix is one thing in the sender's hands.
type Fix struct {
	ID   string `json:"id" about:"id of the signal it would silence or fire"`
	Text string `json:"text" about:"what to do"`
	Gain string `json:"gain" about:"how much it helps: a lot, a little, hardly"`
}

// Outlook is what a sender may expect.
type Outlook struct {
	Verdict Decision `json:"verdict" about:"what the recipient's side would say of what it can see"`
	From    Band     `json:"from" about:"lower end of the chance of acceptance"`
	To      Band     `json:"to" about:"upper end of the chance of acceptance"`
	Text    string   `json:"text" about:"the chance as counts"`
	Fixes   []Fix    `json:"fixes" about:"what to improve, by gain"`
}

// Trace is what one signal contributed.
type Trace struct {
	Signal   string  `json:"signal" about:"id of the signal"`
	Question string  `json:"question" about:"genuine, worth, chance, or decides"`
	LogOdds  float64 `json:"log_odds" about:"natural log-odds added; 0 for a signal that decides"`
	Fired    bool    `json:"fired" about:"whether it spoke"`
}

// Leans reports whether a decision that is firm or not is only leaned to. A
// report never is.
func (d Decision) Leans(firm bool) bool { return !firm && d != Report }

// Verdict is what the judgement says of a case.
type Verdict struct {
	Verdict     Decision     `json:"verdict" about:"the recommendation"`
	Firm        bool         `json:"firm" about:"no missing readable fact and no small shift could turn it"`
	Bands       Bands        `json:"bands" about:"the three questions as three words"`
	Reasons     []Reason     `json:"reasons" about:"up to three for and three against, the verdict's own side first"`
	Unknown     *UnknownFact `json:"unknown" about:"the unknown that matters most, or null"`
	WouldChange []Change     `json:"would_change" about:"what would change the verdict; empty if nothing Kith does not know yet"`
	Question    *Question    `json:"question" about:"the one question worth asking the member, or null"`
	FollowUp    *FollowUp    `json:"follow_up" about:"the next duty, or null"`
	Draft       *string      `json:"draft" about:"a text to send, or null"`
	Model       string       `json:"model" about:"version of the model"`
	Outlook     *Outlook     `json:"outlook,omitempty" about:"send side only"`
	Trace       []Trace      `json:"trace,omitempty" about:"with --trace: every signal"`
}
