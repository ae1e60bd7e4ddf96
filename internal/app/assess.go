package app

import (
	"time"

	"kith"
	"kith/internal/store"
)

// The numbers of standing. LinkedIn publishes none of its own; what is known of
// them is said where it was used, and what has no source is a choice, made so
// that nobody honest meets the limit and nobody can flood the others.
const (
	// startBudget is what an account may send in its first week: two each working
	// day. A choice; new accounts start small so that a thrown-away account is
	// worth little (reliability 2.3).
	startBudget = 10
	// perAcceptance is how much each acceptance of the last twelve weeks adds. At
	// the 37 % that are accepted on average (peers.md: 16,492 invitations), a
	// member who uses their budget sees it grow.
	perAcceptance = 2
	// mostBudget is what trainers report as LinkedIn's limit for ordinary
	// accounts.
	mostBudget = 100
	// youngBudget holds for the first four weeks, however many accept: accounts
	// that accept each other are made in a day. A choice.
	youngBudget, youngFor = 30, 4 * week
	// leastBudget is what nobody falls below but by a restriction. A choice:
	// somebody with few good invitations can earn back what they lost.
	leastBudget = 3

	// enough is how many complaints from as many people have to come together
	// before any counts (DESIGN section 5; trainers say five, etn-training.co.uk).
	// More count in whole groups of as many, so that one never moves anything
	// alone.
	enough = 5
	// perGroup is what each group takes off the budget: what five acceptances
	// earn. A choice.
	perGroup = enough * perAcceptance
	// tolerated is how many invitations there are to one complaint before a
	// restriction follows: a tenth. A choice; below it the budget shrinks only.
	tolerated = 10

	// lookBack is the time that counts: a quarter. Strikes count for longer, half
	// a year, so that a restriction served is not forgotten at once. Choices.
	lookBack, strikesFor = 12 * week, 26 * week
	// failedFor is how long a dismissed report makes the word of whoever reported
	// count less: a year, as long as strikes last elsewhere (peers.md).
	failedFor = 52 * week
)

const week = 7 * kith.Day

// ladder is what follows the first, second and every later time that complaints
// restrict a member. LinkedIn's restriction lifts after about a week and goes up
// to a month when repeated (its help pages a551012, a550555); its milder step,
// asking for the address, is its older "e-mail needed".
var ladder = []struct {
	step  store.Step
	weeks int
}{
	{store.KnowMail, 2},
	{store.Paused, 1},
	{store.Paused, 4},
}

// record is everything a member's standing is made from. What only the
// recipients know is in complaints.
type record struct {
	age      time.Duration // of the account
	sent     int           // invitations that had a week to be answered
	accepted int
	// complaints has one for each person. Those after since are new: no
	// restriction followed from them.
	complaints []store.Complaint
	since      time.Time
	// strikes counts restrictions by answers; restricted says that one holds.
	strikes    int
	restricted bool
}

// assessment is what a record comes to, for one week.
type assessment struct {
	budget int
	share  store.Share
	groups int // of complaints
	// step and weeks are a restriction that follows; step is Free for none.
	step  store.Step
	weeks int
}

// assess says what follows from a record. Fewer than five people's complaints
// change nothing in it, whatever else there is; more acceptances never make it
// worse; the order of complaints does not matter.
func assess(r *record) assessment {
	out := assessment{share: shareOf(r.accepted, r.sent), groups: weigh(r.complaints, time.Time{}) / enough}
	out.budget = max(startBudget+perAcceptance*r.accepted-perGroup*out.groups, leastBudget)
	if r.age < youngFor {
		out.budget = min(out.budget, youngBudget)
	}
	out.budget = min(out.budget, mostBudget)
	fresh := weigh(r.complaints, r.since)
	if !r.restricted && fresh >= enough && fresh*tolerated >= r.sent {
		rung := ladder[min(r.strikes, len(ladder)-1)]
		out.step, out.weeks = rung.step, rung.weeks
	}
	return out
}

// weigh adds up the complaints after a time. Somebody whose report the desk
// dismissed lately counts half, whoever had more than one, a quarter: members
// who can tell a fake are rare (advice 2.6, Freeman 2017), and a few who report
// whomever they dislike must not decide. It rounds down.
func weigh(complaints []store.Complaint, after time.Time) int {
	quarters := 0
	for _, c := range complaints {
		if c.At.After(after) {
			quarters += 4 >> min(c.Failed, 2)
		}
	}
	return quarters / 4
}

// fewest is how many invitations it takes to speak of a share.
const fewest = 5

// shareOf gives the share of invitations that were accepted, of those sent:
// never of those answered, which would tell how many were turned down.
func shareOf(accepted, sent int) store.Share {
	if sent < fewest {
		return 0
	}
	fifth := 5 * min(accepted, sent) / sent
	return store.Share(min(fifth, 4) + 1)
}

// shareWords are the words for the shares, by number.
var shareWords = [...]string{"", "hardly any", "some", "about half", "most", "nearly all"}
