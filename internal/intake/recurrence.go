package intake

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of what one event expands to.
const (
	maxOccurrences = 1_000    // kept of one event, the latest
	maxCountDays   = 20 * 366 // days over which a rule with COUNT is followed
	maxInterval    = 1_000
	maxRuleValues  = 100 // values in one part of a rule
)

// frequency is the unit in which an event repeats.
type frequency int

const (
	daily frequency = iota + 1
	weekly
	monthly
	yearly
)

var frequencies = map[string]frequency{"DAILY": daily, "WEEKLY": weekly, "MONTHLY": monthly, "YEARLY": yearly}

// recurrence is an RRULE. Instead of being unrolled from its beginning it is
// asked day by day whether it falls on that day: the work is bounded by the
// window, whatever the rule says. (A rule such as the 53rd Monday of a month, or
// 30 February, makes general expanders run to the year 9999 or fail.) The time
// of day is that of the event's start; BYHOUR and its like are not looked at.
type recurrence struct {
	start    time.Time // of the event, in its zone
	first    civil     // the day of start
	freq     frequency
	interval int
	count    int       // 0 without COUNT
	until    time.Time // zero without UNTIL
	months   []int
	days     []int // of the month, negative from its end
	weekdays []nthWeekday
	setpos   []int
	wkst     int

	period int   // for setpos: the period looked at last
	picked []int // and the days picked in it
}

// nthWeekday is a BYDAY value: the nth such day of the month or year, negative
// from its end, every one if n is 0. Monday is 0.
type nthWeekday struct{ n, day int }

var weekdayCodes = map[string]int{"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

var errRule = errors.New("repeats by a rule Kith does not read; only its first date counts")

// parseRecurrence reads an RRULE for an event that starts at start.
func parseRecurrence(rule string, start time.Time) (*recurrence, error) {
	r := &recurrence{start: start, first: civilOf(dayNumber(start)), interval: 1}
	for part := range strings.SplitSeq(strings.TrimRight(rule, ";"), ";") {
		key, value, _ := strings.Cut(part, "=")
		if !r.set(strings.ToUpper(strings.TrimSpace(key)), strings.ToUpper(strings.TrimSpace(value))) {
			return nil, errRule
		}
	}
	if r.freq == 0 {
		return nil, errRule
	}
	if len(r.days) == 0 && len(r.weekdays) == 0 {
		r.likeStart()
	}
	return r, nil
}

// set takes one part of the rule; false if Kith does not read it.
func (r *recurrence) set(key, value string) (ok bool) {
	switch key {
	case "FREQ":
		r.freq = frequencies[value]
		return r.freq != 0
	case "INTERVAL":
		r.interval, ok = ruleNumber(value, 1, maxInterval)
	case "COUNT":
		r.count, ok = ruleNumber(value, 1, 1<<31-1)
	case "UNTIL":
		var dateOnly bool
		if r.until, dateOnly, ok = parseICalTime(value, r.start.Location()); dateOnly {
			r.until = r.until.AddDate(0, 0, 1).Add(-time.Second)
		}
	case "WKST":
		r.wkst, ok = weekdayCodes[value]
	case "BYMONTH":
		r.months, ok = ruleNumbers(value, 1, 12)
	case "BYMONTHDAY":
		r.days, ok = ruleNumbers(value, -31, 31)
	case "BYSETPOS":
		r.setpos, ok = ruleNumbers(value, -366, 366)
	case "BYDAY":
		r.weekdays, ok = ruleWeekdays(value)
	case "BYHOUR", "BYMINUTE", "BYSECOND":
		ok = true
	}
	return ok
}

// likeStart makes a rule that names no days fall on days like the first.
func (r *recurrence) likeStart() {
	switch r.freq {
	case weekly:
		r.weekdays = []nthWeekday{{0, r.first.weekday}}
	case yearly:
		if len(r.months) == 0 {
			r.months = []int{r.first.month}
		}
		r.days = []int{r.first.day}
	case monthly:
		r.days = []int{r.first.day}
	}
}

func ruleNumber(s string, low, high int) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= low && n <= high
}

func ruleNumbers(s string, low, high int) (out []int, ok bool) {
	for v := range strings.SplitSeq(s, ",") {
		n, ok := ruleNumber(v, low, high)
		if !ok || n == 0 || len(out) == maxRuleValues {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func ruleWeekdays(s string) (out []nthWeekday, ok bool) {
	for v := range strings.SplitSeq(s, ",") {
		if len(v) < 2 || len(out) == maxRuleValues {
			return nil, false
		}
		w := nthWeekday{}
		if w.day, ok = weekdayCodes[v[len(v)-2:]]; !ok {
			return nil, false
		}
		if n := v[:len(v)-2]; n != "" {
			if w.n, ok = ruleNumber(n, -53, 53); !ok {
				return nil, false
			}
		}
		out = append(out, w)
	}
	return out, true
}

// between gives the starts of the occurrences from one time to another, both
// included, at most maxOccurrences of them: the latest. The event's own start
// is one of them even if its rule skips it.
func (r *recurrence) between(from, to time.Time) []time.Time {
	var out []time.Time
	keep := func(at time.Time) {
		if !at.Before(from) && !at.After(to) {
			out = append(out, at)
		}
	}
	first, last := r.first.number, dayNumber(to.In(r.start.Location()))
	day := max(first, dayNumber(from.In(r.start.Location())))
	if r.count > 0 {
		day, last = first, min(last, first+maxCountDays)
	}
	if !r.matches(first) {
		keep(r.start)
	}
	for n := 0; day <= last; day++ {
		if !r.matches(day) {
			continue
		}
		at := r.at(day)
		if n++; r.count > 0 && n > r.count || !r.until.IsZero() && at.After(r.until) {
			break
		}
		keep(at)
	}
	return out[max(0, len(out)-maxOccurrences):]
}

// at gives the event's start on another day.
func (r *recurrence) at(day int) time.Time {
	c := civilOf(day)
	hour, minute, second := r.start.Clock()
	return time.Date(c.year, time.Month(c.month), c.day, hour, minute, second, 0, r.start.Location())
}

// matches reports whether the rule falls on the day.
func (r *recurrence) matches(day int) bool {
	c := civilOf(day)
	if r.periodOf(c)%r.interval != 0 || !r.inSet(c) {
		return false
	}
	return len(r.setpos) == 0 || slices.Contains(r.positions(c), day)
}

// periodOf counts the days, weeks, months or years from the start's to c's.
func (r *recurrence) periodOf(c civil) int {
	switch r.freq {
	case daily:
		return c.number - r.first.number
	case weekly:
		return r.week(c) - r.week(r.first)
	case monthly:
		return (c.year-r.first.year)*12 + c.month - r.first.month
	}
	return c.year - r.first.year
}

// week numbers the weeks, which begin on the rule's WKST.
func (r *recurrence) week(c civil) int {
	monday := c.number - c.weekday
	if c.weekday < r.wkst {
		monday -= 7
	}
	return (monday + 3) / 7 // day 0 is a Thursday
}

// inSet reports whether c is among the days the rule names, before BYSETPOS.
func (r *recurrence) inSet(c civil) bool {
	if len(r.months) > 0 && !slices.Contains(r.months, c.month) {
		return false
	}
	if len(r.days) > 0 && !slices.Contains(r.days, c.day) && !slices.Contains(r.days, c.day-c.monthDays-1) {
		return false
	}
	return len(r.weekdays) == 0 || slices.ContainsFunc(r.weekdays, func(w nthWeekday) bool {
		return w.day == c.weekday && r.isNth(w.n, c)
	})
}

// isNth reports whether c is the nth of its weekday in the month, or in the
// year if the rule repeats yearly and names no month.
func (r *recurrence) isNth(n int, c civil) bool {
	if n == 0 || r.freq == daily || r.freq == weekly {
		return true
	}
	index, length := c.day, c.monthDays
	if r.freq == yearly && len(r.months) == 0 {
		index, length = c.yearDay, c.yearDays
	}
	if n > 0 {
		return (index-1)/7+1 == n
	}
	return (length-index)/7+1 == -n
}

// positions gives the days BYSETPOS picks in the period around c.
func (r *recurrence) positions(c civil) []int {
	period := r.periodOf(c)
	if r.picked != nil && r.period == period {
		return r.picked
	}
	var set []int
	from, to := r.periodDays(c)
	for day := from; day < to; day++ {
		if r.inSet(civilOf(day)) {
			set = append(set, day)
		}
	}
	r.period, r.picked = period, []int{}
	for _, pos := range r.setpos {
		if pos < 0 {
			pos += len(set) + 1
		}
		if pos >= 1 && pos <= len(set) {
			r.picked = append(r.picked, set[pos-1])
		}
	}
	return r.picked
}

// periodDays gives the first day of the period around c and the first after it.
func (r *recurrence) periodDays(c civil) (from, to int) {
	switch r.freq {
	case weekly:
		from = c.number - (c.weekday-r.wkst+7)%7
		return from, from + 7
	case monthly:
		from = c.number - c.day + 1
		return from, from + c.monthDays
	case yearly:
		from = c.number - c.yearDay + 1
		return from, from + c.yearDays
	}
	return c.number, c.number + 1
}

// civil is a day of the calendar. Its weekday counts from Monday, 0.
type civil struct {
	number                       int // days since 1 January 1970
	year, month, day, weekday    int
	monthDays, yearDay, yearDays int
}

// dayNumber numbers the day t falls on in t's own zone.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// civilOf gives the day with this number.
func civilOf(number int) civil {
	t := time.Unix(int64(number)*86400, 0).UTC()
	y, m, d := t.Date()
	return civil{
		number: number, year: y, month: int(m), day: d,
		weekday:   (int(t.Weekday()) + 6) % 7,
		monthDays: time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day(),
		yearDay:   t.YearDay(),
		yearDays:  time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC).YearDay(),
	}
}
