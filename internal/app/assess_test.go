package app

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/store"
)

// people gives complaints of n people, each with so many failed reports.
func people(n, failed int) (out []store.Complaint) {
	for range n {
		out = append(out, store.Complaint{At: beginning, Failed: failed})
	}
	return out
}

func TestWhatFollowsFromARecord(t *testing.T) {
	t.Parallel()
	old := 100 * kith.Day
	for _, tt := range []struct {
		name string
		r    record
		want assessment
	}{
		{"a new account", record{}, assessment{budget: 10}},
		{"an old account that sent nothing", record{age: old}, assessment{budget: 10}},
		{"acceptances earn", record{age: old, sent: 20, accepted: 10}, assessment{budget: 30, share: 3}},
		{"a young account earns little", record{age: kith.Day, sent: 80, accepted: 80}, assessment{budget: 30, share: 5}},
		{"there is a most", record{age: old, sent: 400, accepted: 300}, assessment{budget: 100, share: 4}},
		{"too few to say", record{age: old, sent: 4, accepted: 4}, assessment{budget: 18}},
		{"more accepted than sent lately", record{age: old, sent: 5, accepted: 9}, assessment{budget: 28, share: 5}},
		{"nobody accepts", record{age: old, sent: 50}, assessment{budget: 10, share: 1}},

		{"four complain", record{age: old, sent: 8, complaints: people(4, 0)}, assessment{budget: 10, share: 1}},
		{"five complain", record{age: old, sent: 8, complaints: people(5, 0)}, assessment{budget: 3, share: 1, groups: 1, step: KnowMail, weeks: 2}},
		{"nine are as five", record{age: old, sent: 80, accepted: 40, complaints: people(9, 0)}, assessment{budget: 80, share: 3, groups: 1, step: KnowMail, weeks: 2}},
		{"a tenth", record{age: old, sent: 50, accepted: 10, complaints: people(5, 0)}, assessment{budget: 20, share: 2, groups: 1, step: KnowMail, weeks: 2}},
		{"less than a tenth shrinks only", record{age: old, sent: 51, accepted: 10, complaints: people(5, 0)}, assessment{budget: 20, share: 1, groups: 1}},
		{"eight whose reports failed once are four", record{age: old, sent: 8, complaints: people(9, 1)}, assessment{budget: 10, share: 1}},
		{"twenty whose reports keep failing are five", record{age: old, sent: 20, complaints: people(20, 7)}, assessment{budget: 3, share: 1, groups: 1, step: KnowMail, weeks: 2}},

		{"the second time", record{age: old, sent: 8, complaints: people(5, 0), strikes: 1}, assessment{budget: 3, share: 1, groups: 1, step: Paused, weeks: 1}},
		{"the fifth time", record{age: old, sent: 8, complaints: people(5, 0), strikes: 4}, assessment{budget: 3, share: 1, groups: 1, step: Paused, weeks: 4}},
		{"while it lasts", record{age: old, sent: 8, complaints: people(5, 0), strikes: 1, restricted: true}, assessment{budget: 3, share: 1, groups: 1}},
		{"for the same complaints once", record{age: old, sent: 8, complaints: people(5, 0), strikes: 1, since: beginning}, assessment{budget: 3, share: 1, groups: 1}},
	} {
		if got := assess(&tt.r); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func drawComplaint(t *rapid.T) store.Complaint {
	return store.Complaint{At: beginning.Add(time.Duration(rapid.IntRange(-100, 100).Draw(t, "day")) * kith.Day), Failed: rapid.IntRange(0, 4).Draw(t, "failed")}
}

func drawRecord(t *rapid.T) record {
	return record{
		age:  time.Duration(rapid.IntRange(0, 500).Draw(t, "age")) * kith.Day,
		sent: rapid.IntRange(0, 600).Draw(t, "sent"), accepted: rapid.IntRange(0, 600).Draw(t, "accepted"),
		complaints: rapid.SliceOfN(rapid.Custom(drawComplaint), 0, 25).Draw(t, "complaints"),
		since:      beginning.Add(time.Duration(rapid.IntRange(-100, 100).Draw(t, "since")) * kith.Day),
		strikes:    rapid.IntRange(0, 5).Draw(t, "strikes"), restricted: rapid.Bool().Draw(t, "restricted"),
	}
}

// worse reports whether b is worse than a in anything a member feels.
func worse(a, b assessment) bool {
	return b.budget < a.budget || b.share < a.share || b.step > a.step || b.weeks > a.weeks && b.step >= a.step || b.groups > a.groups
}

func TestAssessmentsAreFair(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t)
		before := assess(&r)
		if before.budget < leastBudget || before.budget > mostBudget || int(before.share) >= len(shareWords) || (before.step == Free) != (before.weeks == 0) {
			t.Fatalf("%+v gives %+v", r, before)
		}

		more := r
		more.accepted += rapid.IntRange(1, 50).Draw(t, "more")
		if after := assess(&more); worse(before, after) {
			t.Fatalf("more acceptances made %+v of %+v", after, before)
		}

		mixed := r
		mixed.complaints = rapid.Permutation(r.complaints).Draw(t, "mixed")
		if after := assess(&mixed); after != before {
			t.Fatalf("another order made %+v of %+v", after, before)
		}

		fewer := r
		fewer.complaints = r.complaints[:min(len(r.complaints), enough-1)]
		none := r
		none.complaints = nil
		if few := assess(&fewer); few != assess(&none) {
			t.Fatalf("%d complaints show: %+v", len(fewer.complaints), few)
		}

		another := r
		another.complaints = append([]store.Complaint{drawComplaint(t)}, r.complaints...)
		if after := assess(&another); worse(after, before) {
			t.Fatalf("one more complaint made %+v of %+v", after, before)
		}
	})
}

func TestWeeksBeginOnMondays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := beginning.Add(time.Duration(rapid.Int64Range(-40e15, 40e15).Draw(t, "at")))
		w := weekOf(at)
		if at.After(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)) && (w.After(at) || !at.Before(w.Add(week))) || w.Weekday() != time.Monday || w.Hour()+w.Minute() != 0 {
			t.Fatalf("%v is in the week of %v", at, w)
		}
	})
}
