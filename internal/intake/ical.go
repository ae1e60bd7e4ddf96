package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Limits of calendars.
const (
	maxComponents = 10        // depth of components inside each other
	maxEvents     = 500_000   // events of one file
	maxMeetings   = 1_000_000 // meetings reported of one file
	maxHeld       = 20_000    // people of repeating events held until the file ends
	maxMoved      = 100_000   // occurrences known to be moved
	maxDates      = 1_000     // dates in RDATE or EXDATE of one event, moved dates of one, and zones
	maxUID        = 255       // letters of an event's id
)

// Which occurrences are meetings worth knowing, seen from now: what is longer
// ago no longer settles whether somebody is known.
const (
	pastYears  = 3
	futureDays = 30
)

// calendarFormats are the files that hold calendars.
func calendarFormats() []format {
	return []format{{name: "calendar", phase: phaseExchange, is: isICal, read: readICal}}
}

func isICal(_ string, head []byte) bool { return startsWithLine(head, "BEGIN:VCALENDAR") }

// calendar turns content lines into meetings. Single events go to the sink as
// they are read. Repeating ones wait for the end of the file, because an entry
// that moves one of their occurrences may stand anywhere; if too many wait they
// go early.
type calendar struct {
	j        *job
	from, to time.Time

	open   []string // components that are open, outermost first
	cancel bool     // the file announces cancellations (METHOD:CANCEL)
	n      int      // number of the current event, from 1
	event  *event   // nil outside an event
	broken string   // why the current event cannot be used

	zones  map[string]*time.Location
	series []*event
	held   int
	moved  map[string][]time.Time // by UID: occurrences that another entry stands for
	movedN int
	told   int // meetings; above maxMeetings nothing more is read
}

// readICal reads an iCalendar file.
func readICal(ctx context.Context, r io.Reader, j *job) error {
	c := &calendar{
		j:     j,
		from:  j.opt.Now.AddDate(-pastYears, 0, 0),
		to:    j.opt.Now.AddDate(0, 0, futureDays),
		zones: map[string]*time.Location{},
		moved: map[string][]time.Time{},
	}
	in := newContentReader(r)
	for {
		l, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			c.end()
			return ctx.Err()
		case err != nil:
			return err
		}
		if l.name == "BEGIN" && ctx.Err() != nil {
			return ctx.Err()
		}
		if !c.line(&l) {
			return nil
		}
	}
}

// line takes the next line; false if a limit of the file is reached.
func (c *calendar) line(l *contentLine) bool {
	switch {
	case l.name == "BEGIN":
		return c.begin(strings.ToUpper(line(string(l.value))))
	case l.name == "END":
		c.close(strings.ToUpper(line(string(l.value))))
	case len(c.open) == 0:
	case c.event != nil && c.open[len(c.open)-1] == "VEVENT":
		c.property(l)
	case l.name == "METHOD" && len(c.open) == 1:
		c.cancel = strings.EqualFold(line(l.text()), "CANCEL")
	}
	return c.told <= maxMeetings
}

func (c *calendar) begin(name string) bool {
	if name == "VEVENT" && c.event != nil {
		c.j.problem(c.n, "", "the event has no end; left out")
		c.pop(name)
	}
	if len(c.open) == maxComponents {
		c.j.problem(c.n, "", "nested more than 10 deep; the rest of the calendar was not read")
		return false
	}
	c.open = append(c.open, name)
	if name != "VEVENT" {
		return true
	}
	if c.n++; c.n > maxEvents {
		c.j.problem(0, "", "the calendar holds more than 500,000 events and the rest was not read; export fewer years")
		return false
	}
	c.event, c.broken = &event{n: c.n, cancelled: c.cancel}, ""
	return true
}

// pop takes the innermost component of this name, and what is open inside it,
// from those that are open.
func (c *calendar) pop(name string) {
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.open[i] == name {
			c.open = c.open[:i]
			return
		}
	}
}

// close ends a component.
func (c *calendar) close(name string) {
	c.pop(name)
	if name == "VEVENT" && c.event != nil {
		c.finish(c.event)
		c.event = nil
	}
}

// end takes the end of the file.
func (c *calendar) end() {
	if c.event != nil {
		c.j.problem(c.n, "", fmt.Sprintf("the file ends in the middle of event %d; export the calendar again", c.n))
	} else if len(c.open) > 0 {
		c.j.problem(0, "", "the file ends before the calendar does; export the calendar again")
	}
	c.flush()
}

func (c *calendar) property(l *contentLine) {
	e := c.event
	if l.cut && l.name != "DESCRIPTION" && !strings.HasPrefix(l.name, "X-") && l.name != "ATTACH" {
		c.broken = "a line is longer than 64 KiB"
		return
	}
	switch l.name {
	case "UID":
		e.uid = cutLetters(l.text(), maxUID)
	case "SUMMARY":
		e.title = line(l.text())
	case "LOCATION":
		e.where = line(l.text())
	case "STATUS":
		e.cancelled = e.cancelled || strings.EqualFold(line(l.text()), "CANCELLED")
	case "DTSTART":
		e.start, e.dateOnly = c.time(l)
	case "RECURRENCE-ID":
		e.original, _ = c.time(l)
	case "RRULE":
		e.rule = l.text()
	case "RDATE":
		c.times(l, func(t time.Time, _ bool) { e.extra = appendUpTo(e.extra, t, maxDates) })
	case "EXDATE":
		c.times(l, func(t time.Time, dateOnly bool) {
			if dateOnly {
				e.exceptOn = appendUpTo(e.exceptOn, dayNumber(t), maxDates)
			} else {
				e.except = appendUpTo(e.except, t, maxDates)
			}
		})
	case "ATTENDEE", "ORGANIZER":
		if a, ok := readAttendee(l); ok {
			e.add(a)
		}
	}
}

func appendUpTo[T any](s []T, v T, n int) []T {
	if len(s) < n {
		s = append(s, v)
	}
	return s
}

// time reads the one time of a line.
func (c *calendar) time(l *contentLine) (t time.Time, dateOnly bool) {
	t, dateOnly, ok := parseICalTime(strings.ToUpper(line(l.text())), c.zone(l.param("TZID")))
	if !ok {
		c.broken = l.name + " is no date Kith can read"
	}
	return t, dateOnly
}

// times reads the times of a line, the starts of those that are periods.
func (c *calendar) times(l *contentLine, each func(t time.Time, dateOnly bool)) {
	zone := c.zone(l.param("TZID"))
	for v := range strings.SplitSeq(l.text(), ",") {
		v, _, _ = strings.Cut(strings.TrimSpace(v), "/")
		if t, dateOnly, ok := parseICalTime(v, zone); ok {
			each(t, dateOnly)
		}
	}
}

// zone finds a zone by its name; times without one count as UTC, and so do
// those of a zone nobody knows: Kith counts in days.
func (c *calendar) zone(tzid string) *time.Location {
	if tzid = line(tzid); tzid == "" {
		return time.UTC
	}
	if loc, ok := c.zones[tzid]; ok {
		return loc
	}
	loc, ok := findZone(tzid)
	if !ok {
		loc = time.UTC
		c.j.problem(c.n, "TZID", fmt.Sprintf("the time zone %q is not known; its times count as UTC", tzid))
	}
	if len(c.zones) < maxDates {
		c.zones[tzid] = loc
	}
	return loc
}

// readAttendee reads a person; ok is false for rooms, resources and lists.
func readAttendee(l *contentLine) (a attendee, ok bool) {
	switch strings.ToUpper(l.param("CUTYPE")) {
	case "ROOM", "RESOURCE", "GROUP":
		return a, false
	}
	addEmail(&a.who, l.raw())
	if len(a.who.Emails) == 0 {
		addEmail(&a.who, l.param("EMAIL"))
	}
	if len(a.who.Emails) > 0 && strings.HasSuffix(a.who.Emails[0], ".calendar.google.com") {
		return a, false // rooms and shared calendars
	}
	if a.who.Name = naturalName(line(l.param("CN"))); strings.Contains(a.who.Name, "@") {
		a.who.Name = ""
	}
	a.declined = strings.EqualFold(l.param("PARTSTAT"), "DECLINED")
	return a, true
}

// finish takes a whole event.
func (c *calendar) finish(e *event) {
	switch {
	case c.broken != "":
		c.j.problem(e.n, "", c.broken+"; the event was left out")
		return
	case e.start.IsZero():
		c.j.problem(e.n, "DTSTART", "the event has no date; left out")
		return
	}
	if !e.original.IsZero() && c.movedN < maxMoved {
		c.moved[e.uid] = appendUpTo(c.moved[e.uid], e.original, maxDates)
		c.movedN++
	}
	switch {
	case e.crowded:
		c.j.ignore("event with more than 500 people")
	case len(e.people) == 0 || len(e.people) == 1 && c.j.owner.is(&e.people[0].who):
		c.j.ignore("event without other people")
	case e.rule == "" && len(e.extra) == 0:
		c.tell(e, []time.Time{e.start})
	default:
		c.series = append(c.series, e)
		if c.held += len(e.people) + len(e.extra) + len(e.except); c.held > maxHeld {
			c.flush()
		}
	}
}

// flush reports the repeating events that wait.
func (c *calendar) flush() {
	for _, e := range c.series {
		if c.told <= maxMeetings {
			c.tell(e, c.occurrences(e))
		}
	}
	c.series, c.held = nil, 0
}

// occurrences gives the times of a repeating event, without those that were
// taken out or moved.
func (c *calendar) occurrences(e *event) []time.Time {
	times := []time.Time{e.start}
	if e.rule != "" {
		if r, err := parseRecurrence(e.rule, e.start); err != nil {
			c.j.problem(e.n, "RRULE", err.Error())
		} else {
			times = r.between(c.from, c.to)
		}
	}
	times = append(times, e.extra...)
	slices.SortFunc(times, time.Time.Compare)
	times = slices.CompactFunc(times, time.Time.Equal)
	gone := map[int64]bool{}
	for _, t := range e.except {
		gone[t.Unix()] = true
	}
	for _, t := range c.moved[e.uid] {
		gone[t.Unix()] = true
	}
	return slices.DeleteFunc(times, func(t time.Time) bool {
		return gone[t.Unix()] || slices.Contains(e.exceptOn, dayNumber(t))
	})
}

// tell reports an event's meetings at these times, as far as they are near
// enough. A time stays in its own zone: its day is the one the member lived.
func (c *calendar) tell(e *event, times []time.Time) {
	meetings := e.meetings(c.j.owner)
	for _, at := range times {
		if at.Before(c.from) || at.After(c.to) {
			c.j.ignore("occurrence too long ago or too far ahead")
			continue
		}
		for _, m := range meetings {
			if c.told++; c.told > maxMeetings {
				c.j.problem(e.n, "", "the calendar holds more than 1,000,000 meetings and the rest was not read; export fewer years")
				return
			}
			m.At = at
			c.j.count("meeting")
			c.j.sink.Meeting(m)
		}
	}
}
