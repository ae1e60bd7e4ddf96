package app

import (
	"testing"
	"time"
)

// "Later" ends in the morning of whoever says it, also where the clocks change
// meanwhile.
func TestLaterEndsInTheMorning(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ zone, now, want string }{
		{"UTC", "2026-11-22T23:30:00Z", "2026-11-29T08:00:00Z"},
		{"America/Los_Angeles", "2026-11-22T02:00:00Z", "2026-11-28T16:00:00Z"}, // there it is the 21st still
		{"Asia/Tokyo", "2026-11-21T16:00:00Z", "2026-11-28T23:00:00Z"},          // and there the 22nd
		{"Europe/Zurich", "2026-10-21T22:15:00Z", "2026-10-29T07:00:00Z"},       // 22 October, a quarter past midnight
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := LaterUntil(Actor{Zone: zone}.there(now)).UTC().Format(time.RFC3339); got != test.want {
			t.Errorf("%s at %s: %s, want %s", test.zone, test.now, got, test.want)
		}
	}
	if now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC); !(Actor{}).there(now).Equal(now) {
		t.Error("nobody knows where they are, and it is another time there")
	}
}
