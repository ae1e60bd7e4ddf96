package kith

// RuleMode says how strong a member's own rule is.
type RuleMode uint8

// The modes. An always rule stands even against a person the member knows; a
// may rule yields to settled facts (R39: "may" and "decline" differ). The zero
// mode is a rule that is off.
const (
	RuleOff RuleMode = iota
	May
	Always
)

func (RuleMode) words() []string { return []string{"", "may", "always"} }

// String gives the mode as written in JSON, empty if off.
func (m RuleMode) String() string { return m.words()[m] }

// ParseRuleMode reads "always" or "may".
func ParseRuleMode(s string) (RuleMode, bool) {
	v, ok := parseWord(RuleMode(0), s)
	return RuleMode(v), ok
}

// Switch is a rule without a value.
type Switch struct {
	When RuleMode `json:"when" about:"always or may"`
}

// CountryRule declines people whose stated location is in another country (R70).
type CountryRule struct {
	Value string   `json:"value" about:"the member's country: ISO 3166 code or name"`
	When  RuleMode `json:"when" about:"always or may"`
}

// MutualRule declines people with fewer mutual connections.
type MutualRule struct {
	Value int      `json:"value" about:"least number of mutual connections"`
	When  RuleMode `json:"when" about:"always or may"`
}

// Rules are a member's own rules. They act on observed facts only: a blank
// field never fires one.
type Rules struct {
	OwnCountry    CountryRule `json:"own-country" about:"decline other countries (R70)"`
	PhotoRequired Switch      `json:"photo-required" about:"decline without a photo, or with a stock picture (R76, R77)"`
	NoteRequired  Switch      `json:"note-required" about:"decline without a note of their own (R68)"`
	MinMutual     MutualRule  `json:"min-mutual" about:"decline below a number of mutual connections (R46)"`
	KnownOnly     Switch      `json:"known-only" about:"decline people observed not to be known (R2)"`
}
