package web

import (
	"context"
	"strconv"
	"time"

	"kith"
)

// day writes a date as people do: with its year only if that is another. No time
// is no day.
func day(ctx context.Context, t, now time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Year() == now.Year():
		return say(ctx, "when.day", t.Day(), monthName(ctx, t))
	}
	return say(ctx, "when.day-of-year", t.Day(), monthName(ctx, t), t.Year())
}

// weekday writes a day of the next week by its name, another by its date.
func weekday(ctx context.Context, t, now time.Time) string {
	if d := t.Sub(now); d >= 0 && d <= 7*kith.Day {
		return say(ctx, "when.weekday."+strconv.Itoa(int(t.Weekday())))
	}
	return day(ctx, t, now)
}

func monthName(ctx context.Context, t time.Time) string {
	return say(ctx, "when.month."+strconv.Itoa(int(t.Month())))
}

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
	return day(ctx, t, now)
}

// month writes the year, or the year and month, of a career: 2018-07.
func month(ctx context.Context, s string) string {
	if t, err := time.Parse("2006-01", s); err == nil {
		return say(ctx, "when.month-of-year", monthName(ctx, t), t.Year())
	}
	return s
}

// timeOfDay is how a time of a day is written everywhere.
const timeOfDay = "15:04"

// clock writes a day and a time of it.
func clock(ctx context.Context, t, now time.Time) string {
	return say(ctx, "when.at", lately(ctx, t, now), t.Format(timeOfDay))
}
