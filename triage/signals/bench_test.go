package signals_test

import (
	"testing"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// The cases the judgement is timed on. In filled every readable fact is known;
// in unknown none is, so that firmness tries all of them; leaning is what an
// inbox mostly holds: some facts, and a verdict that a missing one could turn.
const (
	filledCase = `{
		"side": "receive", "now": "2026-11-22T09:00:00Z",
		"member": {"goals": ["grow-in-field", "avoid-spam"], "stance": "balanced",
			"rules": {"own-country": {"value": "NL", "when": "may"}, "min-mutual": {"value": 1, "when": "may"}}},
		"person": {"headline": "Hydrologist at Veldmeer", "photo": "present", "connections": 340, "verified": false,
			"account_age_days": 900, "country": "NL", "organisation": "Veldmeer", "completeness": "complete",
			"focus": "person", "tidy": true, "misspellings": "none", "odd_formatting": false, "unprofessional": false,
			"recruiter": false, "nonprofit": false, "sells_programmes": false, "scam_phrases": 0, "look_alikes": 0},
		"relation": {"mutual": 6, "same_employer": "none", "same_school": true, "same_programme": false,
			"same_volunteering": false, "same_industry": true, "in_area": true, "same_group": true,
			"active_in_group": false, "met": "no", "address_book": "no", "competitor": false, "elsewhere": "none",
			"senior": false, "admired": false, "shares_topics": true, "likely_client": false,
			"wants_contacts": false, "acquaintance": "none", "impersonation": "none"},
		"note": {"kind": "specific", "scam_phrases": 0, "asks_money": false, "asks_credentials": false,
			"abusive": false, "gives_reason": true},
		"history": {"both_ways": false}
	}`
	unknownCase = `{"side": "receive", "now": "2026-11-22T09:00:00Z"}`
	leaningCase = `{
		"side": "receive", "now": "2026-11-22T09:00:00Z",
		"member": {"goals": ["grow-in-field"], "stance": "balanced"},
		"person": {"headline": "Hydrologist at Veldmeer", "photo": "present", "organisation": "Veldmeer"},
		"relation": {"mutual": 1, "same_industry": true},
		"note": {"kind": "empty"}
	}`
)

func prepare(b *testing.B, example string) (*triage.Judge, kith.Case) {
	b.Helper()
	j, err := signals.Judge()
	if err != nil {
		b.Fatal(err)
	}
	c, err := kith.DecodeCase([]byte(example))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	return j, c
}

// benchmarkWeigh times signals, verdict and firmness, without prose.
func benchmarkWeigh(b *testing.B, example string) {
	j, c := prepare(b, example)
	for b.Loop() {
		w := j.Weigh(&c)
		j.Firm(&c, &w)
	}
}

// benchmarkDecide times a whole verdict: reasons, what would change it, the
// question and the follow-up included.
func benchmarkDecide(b *testing.B, example string, firm bool) {
	j, c := prepare(b, example)
	if v := j.Decide(c); v.Firm != firm || (v.Question == nil) != firm {
		b.Fatalf("firm is %v with question %v, want the other", v.Firm, v.Question)
	}
	for b.Loop() {
		j.Decide(c)
	}
}

func BenchmarkWeigh(b *testing.B)         { benchmarkWeigh(b, filledCase) }
func BenchmarkWeighUnknown(b *testing.B)  { benchmarkWeigh(b, unknownCase) }
func BenchmarkDecide(b *testing.B)        { benchmarkDecide(b, filledCase, true) }
func BenchmarkDecideLeaning(b *testing.B) { benchmarkDecide(b, leaningCase, false) }
