package web

import (
	"strings"
	"time"
	"unicode/utf8"
)

// ics writes an iCalendar (RFC 5545).
type ics struct {
	strings.Builder
}

// maxLine is how many octets a line may have before it is folded (3.1).
const maxLine = 75

// line writes a property as it is, folded between letters.
func (w *ics) line(text string) {
	room := maxLine
	for _, r := range text {
		if n := utf8.RuneLen(r); n > room {
			w.WriteString("\r\n ")
			room = maxLine - 1
		}
		w.WriteRune(r)
		room -= utf8.RuneLen(r)
	}
	w.WriteString("\r\n")
}

// icsEscapes are how a text is written as a value (3.3.11).
var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "")

// text writes a property whose value is text.
func (w *ics) text(name, value string) { w.line(name + ":" + icsEscapes.Replace(value)) }

// dayEntry is one whole day of a calendar.
type dayEntry struct {
	ID, Says  string
	Day, Made time.Time
}

// calendarOf writes entries as a calendar.
func calendarOf(name string, entries []dayEntry) string {
	var w ics
	for _, l := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kith//Kith//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"} {
		w.line(l)
	}
	w.text("NAME", name)
	w.text("X-WR-CALNAME", name)
	for _, e := range entries {
		w.line("BEGIN:VEVENT")
		w.line("UID:" + e.ID)
		w.line("DTSTAMP:" + e.Made.UTC().Format("20060102T150405Z"))
		w.line("DTSTART;VALUE=DATE:" + e.Day.UTC().Format("20060102"))
		w.text("SUMMARY", e.Says)
		w.line("TRANSP:TRANSPARENT")
		w.line("END:VEVENT")
	}
	w.line("END:VCALENDAR")
	return w.String()
}
