package signals_test

import (
	"testing"

	"pgregory.net/rapid"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// What is unknown reaches as far as it could matter, and what is settled stays.
func TestReach(t *testing.T) {
	t.Parallel()
	j, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		facts     string
		low, high kith.Band // of known
	}{
		"nothing known":   {unknownCase, kith.BandNo, kith.BandYes},
		"they met":        {`{"side": "receive", "now": "2026-11-22T09:00:00Z", "relation": {"met": "yes"}}`, kith.BandYes, kith.BandYes},
		"the same name":   {`{"side": "receive", "now": "2026-11-22T09:00:00Z", "relation": {"met": "maybe"}}`, kith.BandNo, kith.BandYes},
		"said: never met": {`{"side": "receive", "now": "2026-11-22T09:00:00Z", "answers": {"met": "no"}}`, kith.BandNo, kith.BandNo},
	} {
		c, err := kith.DecodeCase([]byte(tc.facts))
		if err != nil {
			t.Fatal(err)
		}
		if r := j.Reach(c); r.Low.Known != tc.low || r.High.Known != tc.high {
			t.Errorf("%s: known reaches from %s to %s", name, r.Low.Known, r.High.Known)
		}
	}
}

// Where a case stands is within its reach.
func TestACaseStandsWithinItsReach(t *testing.T) {
	t.Parallel()
	j, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t, rapid.SampledFrom([]kith.Side{kith.Receive, kith.Connected}).Draw(t, "side"))
		if now, r := j.Decide(c).Bands, j.Reach(c); !within(now, r) {
			t.Errorf("%+v is outside of %+v", now, r)
		}
	})
}

// within reports whether words stand in a reach.
func within(b kith.Bands, r triage.Reach) bool {
	place := map[kith.Band]int{kith.BandNo: 0, kith.BandUnlikely: 1, kith.BandUnclear: 2, kith.BandLikely: 3, kith.BandYes: 4}
	for _, x := range [][3]kith.Band{{r.Low.Genuine, b.Genuine, r.High.Genuine}, {r.Low.Known, b.Known, r.High.Known}, {r.Low.Worth, b.Worth, r.High.Worth}} {
		if place[x[0]] > place[x[1]] || place[x[1]] > place[x[2]] {
			return false
		}
	}
	return true
}
