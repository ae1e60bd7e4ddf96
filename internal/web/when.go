package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"kith"
)

// zoneKey holds where the reader of a page is.
type zoneKey struct{}

// zoneCookie is the name of a time zone, such as Europe/Zurich, that a page's
// script sets.
const zoneCookie = "zone"

// zoneOf reads it; nil if there is none, or none that is known.
func zoneOf(r *http.Request) *time.Location {
	c, err := r.Cookie(zoneCookie)
	if err != nil || c.Value == "" || c.Value == "Local" || len(c.Value) > 64 { // Local would be this machine's
		return nil
	}
	zone, err := time.LoadLocation(c.Value)
	if err != nil {
		return nil
	}
	return zone
}

// inZone gives a time where the reader is, in UTC if that is not known.
func inZone(ctx context.Context, t time.Time) time.Time {
	if zone, _ := ctx.Value(zoneKey{}).(*time.Location); zone != nil {
		return t.In(zone)
	}
	return t.UTC()
}

// dated is inZone for a date. What is known to the day only is kept as its
// midnight in UTC, and is that day everywhere.
func dated(ctx context.Context, t time.Time) time.Time {
	if t.Equal(t.Truncate(kith.Day)) {
		return t.UTC()
	}
	return inZone(ctx, t)
}

// day writes a date as people do: with its year only if that is another. No time
// is no day.
func day(ctx context.Context, t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = dated(ctx, t)
	if t.Year() == inZone(ctx, now).Year() {
		return say(ctx, "when.day", t.Day(), monthName(ctx, t))
	}
	return say(ctx, "when.day-of-year", t.Day(), monthName(ctx, t), t.Year())
}

// weekday writes a day of the next week by its name, another by its date.
func weekday(ctx context.Context, t, now time.Time) string {
	if d := t.Sub(now); d >= 0 && d <= 7*kith.Day {
		return say(ctx, "when.weekday."+strconv.Itoa(int(dated(ctx, t).Weekday())))
	}
	return day(ctx, t, now)
}

func monthName(ctx context.Context, t time.Time) string {
	return say(ctx, "when.month."+strconv.Itoa(int(t.Month())))
}

// lately writes a day as a time ago while that is under a week.
func lately(ctx context.Context, t, now time.Time) string {
	switch days := dayNumber(inZone(ctx, now)) - dayNumber(dated(ctx, t)); {
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

// dayNumber counts the days of a time's zone.
func dayNumber(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / int64(kith.Day/time.Second))
}

// month writes the year, or the year and month, of a career: 2018-07.
func month(ctx context.Context, s string) string {
	if t, err := time.Parse("2006-01", s); err == nil {
		return say(ctx, "when.month-of-year", monthName(ctx, t), t.Year())
	}
	return s
}

// timeOfDay writes the time of a day, and that it is UTC where the reader's own
// is not known.
func timeOfDay(ctx context.Context, t time.Time) string {
	text := inZone(ctx, t).Format("15:04")
	if zone, _ := ctx.Value(zoneKey{}).(*time.Location); zone == nil {
		return say(ctx, "when.utc", text)
	}
	return text
}

// clock writes a day and a time of it.
func clock(ctx context.Context, t, now time.Time) string {
	return say(ctx, "when.at", lately(ctx, t, now), timeOfDay(ctx, t))
}
