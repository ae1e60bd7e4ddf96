package kith

import "time"

// Side says whose decision a case is.
type Side uint8

// The four sides.
const (
	Receive   Side = iota + 1 // an invitation came
	Send                      // the member wants to invite
	Connected                 // the connection exists
	Introduce                 // somebody asks for an introduction
)

func (Side) words() []string { return []string{"", "receive", "send", "connected", "introduce"} }

// String gives the side as written in JSON.
func (s Side) String() string { return s.words()[s] }

// Member is the person who decides.
type Member struct {
	Goals            Goals       `json:"goals" about:"what the member wants the network for"`
	Stance           Stance      `json:"stance" about:"how open to strangers; without it the goals decide"`
	Rules            Rules       `json:"rules" about:"the member's own rules"`
	Profile          PersonFacts `json:"profile" about:"the member's own profile"`
	Areas            []string    `json:"areas" about:"fields the member wants to grow in (G7)"`
	Topics           []string    `json:"topics" about:"what the member writes and reads about"`
	Clients          []string    `json:"clients" about:"roles and fields the member sells to (G18)"`
	Competitors      []string    `json:"competitors" about:"organisations that compete with the member's"`
	Admires          []string    `json:"admires" about:"organisations, groups or people the member admires (R50)"`
	WorryCompetitors bool        `json:"worry_competitors" about:"ask before accepting a competitor (K8)"`
}

// EffectiveStance is the stance that counts: the member's own, else what the
// goals and the answer to K10's question say. mixed is true while goals of
// both camps stand against each other undecided.
func (m *Member) EffectiveStance(answers *Answers) (s Stance, mixed bool) {
	if m.Stance != StanceUnset {
		return m.Stance, false
	}
	s, mixed = DefaultStance(m.Goals)
	if mixed {
		switch answers[AskSizeOverQuality] {
		case AnswerYes:
			return Open, false
		case AnswerNo:
			return Selective, false
		}
	}
	return s, mixed
}

// Policy is what a recipient publishes about how to be invited.
type Policy struct {
	Stance Stance `json:"stance" about:"the published stance"`
	Rules  Rules  `json:"rules" about:"the published rules"`
	Asks   string `json:"asks" about:"what they ask for, such as: please say where we met"`
}

// Case is everything for one decision. It is the input of the judgement and,
// as JSON, the input of `kith judge`.
type Case struct {
	Side   Side      `json:"side" about:"whose decision this is"`
	Now    time.Time `json:"now" about:"the time of the decision; without it ages are unknown"`
	Member Member    `json:"member" about:"the person who decides"`
	Policy Policy    `json:"policy" about:"send side only: what the recipient publishes"`
	Facts
}

// Age is how long ago at was, seen from the case's time; ok is false when
// either time is unknown.
func (c *Case) Age(at *Opt[time.Time]) (d time.Duration, ok bool) {
	if c.Now.IsZero() || !at.Is() || at.Val.IsZero() {
		return 0, false
	}
	return c.Now.Sub(at.Val), true
}

// Day is 24 hours: the unit of all waiting in Kith.
const Day = 24 * time.Hour
