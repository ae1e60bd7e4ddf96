package web

import (
	"context"
	"time"

	"kith"
)

// lately writes a day as a time ago while that is under a week.
func lately(ctx context.Context, t, now time.Time) string {
	switch days := int(now.Truncate(kith.Day).Sub(t.Truncate(kith.Day)) / kith.Day); {
	case t.IsZero():
		return ""
	case days == 0:
		return say(ctx, "when.today")
	case days == 1:
		return say(ctx, "when.yesterday")
	case 0 < days && days < 7:
		return say(ctx, "when.days", days)
	}
	return day(t, now)
}

// month writes the year, or the year and month, of a career: 2018-07.
func month(s string) string {
	if t, err := time.Parse("2006-01", s); err == nil {
		return t.Format("January 2006")
	}
	return s
}

// clock writes a day and a time of it.
func clock(ctx context.Context, t, now time.Time) string {
	return say(ctx, "when.at", lately(ctx, t, now), t.Format("15:04"))
}
