package invented

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ownerEmail is Judith's first address.
const ownerEmail = "judith@vanderlinden.example"

// event is one entry of Judith's calendar, all times local.
type event struct {
	title, where, zone, status, organiser, repeat string
	start, end                                    time.Time
	days                                          int // whole days; 0 for an entry with times
	with, declined                                []string
	except                                        []time.Time
}

// homeZone is the zone of entries that name none.
const homeZone = "Europe/Amsterdam"

// readEvents reads the calendar.
func readEvents() ([]event, error) {
	stanzas, err := readStanzas("judith/calendar.txt")
	if err != nil {
		return nil, err
	}
	var out []event
	for i := range stanzas {
		e, err := newEvent(&stanzas[i])
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// newEvent reads one entry: "start" and "end" with times, or "day" and "days".
func newEvent(s *stanza) (event, error) {
	e := event{
		title:     s.get("title"),
		where:     s.get("where"),
		zone:      s.get("zone"),
		status:    strings.ToUpper(s.get("status")),
		organiser: s.get("organiser"),
		repeat:    s.get("repeat"),
		with:      s.list("with"),
		declined:  s.list("declined"),
	}
	if e.zone == "" {
		e.zone = homeZone
	}
	var err error
	if day := s.get("day"); day != "" {
		e.days = 1
		if days := s.get("days"); days != "" {
			if e.days, err = strconv.Atoi(days); err != nil {
				return e, s.bad("days must be a whole number")
			}
		}
		if e.start, err = time.Parse(time.DateOnly, day); err != nil {
			return e, s.bad("day must look like 2026-11-20")
		}
		return e, nil
	}
	if e.start, err = s.minute("start"); err != nil {
		return e, err
	}
	if e.end, err = time.Parse(minuteLayout, e.start.Format(time.DateOnly)+" "+s.get("end")); err != nil {
		return e, s.bad("end must look like 16:00, on the day of the start")
	}
	for _, v := range s.list("except") {
		at, err := time.Parse(minuteLayout, v)
		if err != nil {
			return e, s.bad("except must hold times like 2026-11-20 08:05")
		}
		e.except = append(e.except, at)
	}
	return e, nil
}

// icalLayout is a local time in iCalendar.
const icalLayout = "20060102T150405"

// zoneHours gives the hours a zone is ahead of UTC in winter. All of them go
// one further in summer, by the rule of the European Union.
var zoneHours = map[string]int{
	homeZone: 1, "Europe/Berlin": 1, "Europe/Brussels": 1, "Europe/Paris": 1, "Europe/Stockholm": 1, "Europe/Helsinki": 2,
}

// writeEvents writes the calendar. Attendees get the address of their card.
func writeEvents(events []event, cards []card) ([]byte, error) {
	var b bytes.Buffer
	line := func(format string, args ...any) { b.WriteString(fold(fmt.Sprintf(format, args...)) + "\r\n") }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//Invented//Calendar//EN")
	line("X-WR-CALNAME:Judith")
	var zones []string
	for i := range events {
		if !slices.Contains(zones, events[i].zone) {
			zones = append(zones, events[i].zone)
		}
	}
	for _, zone := range zones {
		hours, known := zoneHours[zone]
		if !known {
			return nil, bad("calendar.txt", "the zone "+zone+" is not in the table of zones")
		}
		writeZone(line, zone, hours)
	}
	for i := range events {
		events[i].write(line, cards)
	}
	line("END:VCALENDAR")
	return b.Bytes(), nil
}

// writeZone writes when a zone changes its clock.
func writeZone(line func(string, ...any), zone string, hours int) {
	line("BEGIN:VTIMEZONE")
	line("TZID:%s", zone)
	for _, part := range []struct {
		name, from, rule string
		before, after    int
	}{
		{"DAYLIGHT", "19700329", "3", hours, hours + 1},
		{"STANDARD", "19701025", "10", hours + 1, hours},
	} {
		line("BEGIN:%s", part.name)
		line("DTSTART:%sT%02d0000", part.from, part.before+1)
		line("RRULE:FREQ=YEARLY;BYMONTH=%s;BYDAY=-1SU", part.rule)
		line("TZOFFSETFROM:+%02d00", part.before)
		line("TZOFFSETTO:+%02d00", part.after)
		line("END:%s", part.name)
	}
	line("END:VTIMEZONE")
}

// write writes one entry.
func (e *event) write(line func(string, ...any), cards []card) {
	line("BEGIN:VEVENT")
	line("UID:%s@calendar.example", number("event", e.title+e.start.Format(icalLayout)))
	line("DTSTAMP:20261121T200000Z")
	if e.days > 0 {
		line("DTSTART;VALUE=DATE:%s", e.start.Format("20060102"))
		line("DTEND;VALUE=DATE:%s", e.start.AddDate(0, 0, e.days).Format("20060102"))
	} else {
		line("DTSTART;TZID=%s:%s", e.zone, e.start.Format(icalLayout))
		line("DTEND;TZID=%s:%s", e.zone, e.end.Format(icalLayout))
	}
	if e.repeat != "" {
		line("RRULE:%s", e.repeat)
	}
	for _, at := range e.except {
		line("EXDATE;TZID=%s:%s", e.zone, at.Format(icalLayout))
	}
	line("SUMMARY:%s", escapeCard(e.title))
	if e.where != "" {
		line("LOCATION:%s", escapeCard(e.where))
	}
	if e.status != "" {
		line("STATUS:%s", e.status)
	}
	e.writePeople(line, cards)
	line("END:VEVENT")
}

// writePeople writes organiser and attendees, if there is anybody but Judith.
func (e *event) writePeople(line func(string, ...any), cards []card) {
	if len(e.with) == 0 && e.organiser == "" {
		return
	}
	organiser := e.organiser
	if organiser == "" {
		organiser = owner
	}
	line(`ORGANIZER;CN="%s":mailto:%s`, organiser, addressOf(organiser, cards))
	for _, name := range append([]string{owner}, e.with...) {
		answer := "ACCEPTED"
		if slices.Contains(e.declined, name) {
			answer = "DECLINED"
		}
		line(`ATTENDEE;PARTSTAT=%s;CN="%s":mailto:%s`, answer, name, addressOf(name, cards))
	}
}

// addressOf gives the address on a person's card, or one made for them.
func addressOf(name string, cards []card) string {
	if name == owner {
		return ownerEmail
	}
	for i := range cards {
		if cards[i].name == name {
			return cards[i].emails[0]
		}
	}
	return emailOf(name)
}
