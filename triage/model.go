package triage

import (
	"math"

	"kith"
)

// Bounds are the two probabilities of the table: below Ask a weighed
// invitation is declined, from Accept it is accepted, between them asked.
type Bounds struct{ Ask, Accept float64 }

// Model holds the numbers that belong to no single signal. They are starting
// values from the articles (grade E) and are shown as such.
type Model struct {
	Version string
	Table   map[kith.Stance]Bounds // DESIGN 3.2
	// Genuine is the prior of P(genuine) in log-odds: 95 %, assumed.
	Genuine float64
	// GateAsk and GateDecline: below GateAsk only a vouched-for invitation is
	// asked, any other declined; below GateDecline all are declined.
	GateAsk, GateDecline float64
	// GroupCaps bounds the sum of a group's contributions.
	GroupCaps map[string]float64
	// Shift is how far P(worth it) is moved to see whether a verdict is firm.
	Shift float64
	// AskFrom is the least probability of changing the verdict that makes a
	// question worth asking; MaxQuestions is the most an invitation is asked.
	AskFrom      float64
	MaxQuestions int
	// Chance is the start of the chance of acceptance in log-odds, with its
	// spread: 27 % of strangers accept (QJE 25 %, A; vendors 28 to 31 %, C).
	Chance, ChanceSpread float64
}

// Articles is the built-in model.
func Articles() Model {
	return Model{
		Version: "articles-1",
		Table: map[kith.Stance]Bounds{
			kith.Open:      {.20, .25},
			kith.Balanced:  {.30, .38},
			kith.Selective: {.20, .50},
			kith.OnlyKnown: {.15, .65},
		},
		Genuine: 2.9, GateAsk: .90, GateDecline: .60,
		GroupCaps: map[string]float64{
			"thinness": 1.8, // thin, no photo, few connections, new account: one fact seen four times
			"spelling": .5,  // fairness: hits those who write a foreign language
		},
		Shift: .10, AskFrom: .15, MaxQuestions: 3,
		Chance: -1.0, ChanceSpread: .6,
	}
}

// sigmoid turns log-odds into a probability.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Bands of a probability that stands for itself: genuine, and the chance of
// acceptance.
func band(p float64) kith.Band {
	switch {
	case p >= .90:
		return kith.BandYes
	case p >= .70:
		return kith.BandLikely
	case p >= .45:
		return kith.BandUnclear
	case p >= .20:
		return kith.BandUnlikely
	}
	return kith.BandNo
}

// worthBand places P(worth it) against the bounds of the member's own stance,
// so that "likely" is what this member would accept and "unlikely" what they
// would not even ask about.
func worthBand(p float64, b Bounds) kith.Band {
	const far = .25 // beyond a bound by this much is sure
	switch {
	case p >= b.Accept+far:
		return kith.BandYes
	case p >= b.Accept:
		return kith.BandLikely
	case p >= b.Ask:
		return kith.BandUnclear
	case p >= b.Ask-far/2:
		return kith.BandUnlikely
	}
	return kith.BandNo
}
