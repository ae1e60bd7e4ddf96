package kith

import "math/bits"

// Goal is one thing a member wants the network for: G1 to G18 of the advice.
type Goal uint8

// The goals, in the order of their codes G1…G18.
const (
	Reach Goal = iota
	ContentSeen
	BeFound
	StandingAtWork
	AttractRecruiters
	JobSearch
	GrowInField
	BoardOrVolunteering
	ShareExpertise
	ShowPresence
	OneCountry
	Endorsement
	Privacy
	Feed
	Rolodex
	FirstJobAlumni
	AvoidSpam
	NewClients
	numGoals
)

// GoalInfo is what people read about a goal.
type GoalInfo struct {
	Word, Code string
	Wish       string // ends "I want my network to …" or "… for …", first person
	Short      string // "your goal, …"
}

var goalInfo = [numGoals]GoalInfo{
	Reach:               {"reach", "G1", "to be large and reach many people", "a large network"},
	ContentSeen:         {"content-seen", "G2", "so that what I write is seen and shared widely", "content seen widely"},
	BeFound:             {"be-found", "G3", "to be found in search", "being found"},
	StandingAtWork:      {"standing-at-work", "G4", "for my standing where I work", "standing at work"},
	AttractRecruiters:   {"attract-recruiters", "G5", "so that recruiters find me", "attracting recruiters"},
	JobSearch:           {"job-search", "G6", "for my own job search", "your job search"},
	GrowInField:         {"grow-in-field", "G7", "to grow in chosen areas", "growing in your areas"},
	BoardOrVolunteering: {"board-or-volunteering", "G8", "for a board seat or volunteering", "a board seat or volunteering"},
	ShareExpertise:      {"share-expertise", "G9", "to share what I know", "sharing expertise"},
	ShowPresence:        {"show-presence", "G10", "to show that I am present online", "showing presence"},
	OneCountry:          {"one-country", "G11", "for business in one country only", "business in one country"},
	Endorsement:         {"endorsement", "G12", "to stand for people I endorse", "connections as endorsement"},
	Privacy:             {"privacy", "G13", "while protecting my contacts and privacy", "protecting your contacts"},
	Feed:                {"feed", "G14", "for an interesting feed", "an interesting feed"},
	Rolodex:             {"rolodex", "G15", "as a list of people I know", "a list of people you know"},
	FirstJobAlumni:      {"first-job-alumni", "G16", "for a first job, through alumni", "a first job through alumni"},
	AvoidSpam:           {"avoid-spam", "G17", "without spam", "avoiding spam"},
	NewClients:          {"new-clients", "G18", "to find new clients", "new clients"},
}

// Info gives the goal's words.
func (g Goal) Info() GoalInfo { return goalInfo[g] }

// String gives the goal as written in JSON.
func (g Goal) String() string { return goalInfo[g].Word }

// ParseGoal reads a goal's word or its code.
func ParseGoal(s string) (Goal, bool) {
	for i, info := range goalInfo {
		if s == info.Word || s == info.Code {
			return Goal(i), true
		}
	}
	return 0, false
}

// AllGoals lists the goals G1…G18.
func AllGoals() []Goal {
	out := make([]Goal, numGoals)
	for i := range out {
		out[i] = Goal(i)
	}
	return out
}

// Goals is a set of goals.
type Goals uint32

// GoalSet builds a set.
func GoalSet(gs ...Goal) Goals {
	var s Goals
	for _, g := range gs {
		s |= 1 << g
	}
	return s
}

// Has reports whether g is in the set.
func (s Goals) Has(g Goal) bool { return s&(1<<g) != 0 }

// Any reports whether the sets share a goal.
func (s Goals) Any(other Goals) bool { return s&other != 0 }

// First gives the lowest goal in the set; ok is false for the empty set.
func (s Goals) First() (g Goal, ok bool) {
	if s == 0 {
		return 0, false
	}
	return Goal(bits.TrailingZeros32(uint32(s))), true
}

// List gives the goals in the order of their codes.
func (s Goals) List() []Goal {
	var out []Goal
	for g := Goal(0); g < numGoals; g++ {
		if s.Has(g) {
			out = append(out, g)
		}
	}
	return out
}

// The two camps of goals that decide the stance when the member names none
// (DESIGN 3.2, after S0:13, S0:15, S2:24 and S1:3, S2:31).
var (
	ReachGoals    = GoalSet(Reach, ContentSeen, BeFound, ShareExpertise, NewClients)
	GuardingGoals = GoalSet(Endorsement, Privacy)
)

// Stance is how open a member is to people they do not know.
type Stance uint8

// The stances. StanceUnset means: follow from the goals.
const (
	StanceUnset Stance = iota
	Open
	Balanced
	Selective
	OnlyKnown
)

func (Stance) words() []string { return []string{"", "open", "balanced", "selective", "only-known"} }

// String gives the stance as written in JSON, empty if unset.
func (s Stance) String() string { return s.words()[s] }

// ParseStance reads a stance's word.
func ParseStance(s string) (Stance, bool) {
	v, ok := parseWord(Stance(0), s)
	return Stance(v), ok
}

// DefaultStance is the stance that follows from goals alone. mixed is true
// when the goals hold both camps, which only one question can settle (K10).
func DefaultStance(goals Goals) (s Stance, mixed bool) {
	reach, guard := goals.Any(ReachGoals), goals.Any(GuardingGoals)
	switch {
	case reach && guard:
		return Balanced, true
	case reach && goals.Has(Rolodex):
		return Balanced, false
	case reach:
		return Open, false
	case goals == GoalSet(Rolodex):
		return OnlyKnown, false
	case guard:
		return Selective, false
	}
	return Balanced, false
}
