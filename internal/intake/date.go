package intake

import (
	"strings"
	"time"
	"unicode"

	"kith"
)

// dateOrder is how a file writes dates with slashes: LinkedIn writes the month
// first, whatever the member's language; a program that saved the file again
// may have turned them.
type dateOrder uint8

const (
	monthFirst dateOrder = iota
	dayFirst
)

// maxDateBytes is longer than any date.
const maxDateBytes = 64

// dateForms reads the dates of one file. Everything LinkedIn and the common
// spreadsheets write is accepted, and nothing else: a value in doubt is an
// error, never a guess.
type dateForms struct {
	order dateOrder
	now   time.Time // a year of two digits is this year, next year or earlier
}

// parse reads a date, with a time of day or without. Archives name no zone
// other than UTC; what has none is taken as UTC.
//
//	1/29/26, 2:37 PM     invitations, applications
//	1/29/2026 14:37      the same, saved again elsewhere
//	29.01.2026 14:37
//	08 Feb 2026          connections; month names as in monthOf
//	4-Apr-21             the same, saved by a spreadsheet
//	2026-02-08 09:05:12 UTC, 2026/02/08 09:05:12 UTC   messages
func (d dateForms) parse(s string) (at time.Time, dateOnly, ok bool) {
	s = strings.TrimSpace(s)
	n := len(s) - len(strings.TrimLeft(s, "0123456789-/.")) // a date of digits
	if n == len(s) || n > 0 && (s[n] == ' ' || s[n] == ',' || s[n] == 'T') {
		if at, ok = d.digits(s[:n]); ok {
			return addClock(at, s[n:])
		}
	}
	if at, ok = d.named(s); ok {
		return at, true, true
	}
	return time.Time{}, false, false
}

// digits reads a date written in digits.
func (d dateForms) digits(s string) (time.Time, bool) {
	sep := byte('/')
	if i := strings.IndexAny(s, "-/."); i > 0 {
		sep = s[i]
	}
	a, rest, _ := strings.Cut(s, string(sep))
	b, c, ok := strings.Cut(rest, string(sep))
	x, y, z := number(a), number(b), number(c)
	switch {
	case !ok || x < 0 || y < 0 || z < 0:
		return time.Time{}, false
	case len(a) == 4 && sep != '.':
		return day(x, time.Month(y), z)
	case len(c) != 2 && len(c) != 4:
		return time.Time{}, false
	case sep == '.' || sep == '/' && d.order == dayFirst:
		return day(d.year(c), time.Month(y), x)
	case sep == '/':
		return day(d.year(c), time.Month(x), y)
	}
	return time.Time{}, false
}

// named reads a date whose month is a word.
func (d dateForms) named(s string) (time.Time, bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == ',' || r == '\u00a0' })
	if len(words) != 3 {
		return time.Time{}, false
	}
	if number(words[0]) < 0 { // Feb 8, 2026
		words[0], words[1] = words[1], words[0]
	}
	month, ok := monthOf(words[1])
	if number(words[0]) < 0 || number(words[2]) < 0 || len(words[2]) != 2 && len(words[2]) != 4 || !ok {
		return time.Time{}, false
	}
	return day(d.year(words[2]), month, number(words[0]))
}

// year reads a year of two or four digits.
func (d dateForms) year(s string) int {
	y := number(s)
	if len(s) != 2 {
		return y
	}
	y += 2000
	if !d.now.IsZero() && y > d.now.Year()+1 {
		y -= 100
	}
	return y
}

// day gives a calendar day that exists, of a year a person may have lived in.
func day(year int, month time.Month, dayOfMonth int) (time.Time, bool) {
	t := time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC)
	return t, year >= 1900 && year < 2200 && t.Month() == month && t.Day() == dayOfMonth
}

// addClock adds the time of day that follows a date: nothing, " 14:37",
// ", 2:37 PM", " 09:05:12 UTC", "T09:05:12Z".
func addClock(at time.Time, s string) (_ time.Time, dateOnly, ok bool) {
	s = strings.TrimLeft(s, ", T")
	if s == "" {
		return at, true, true
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "Z"), " UTC")
	clock := s[:len(s)-len(strings.TrimLeft(s, "0123456789:"))]
	half := strings.Map(func(r rune) rune { // " p.m.", with any kind of space
		if r == ' ' || r == '.' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return unicode.ToLower(r)
	}, s[len(clock):])
	if half != "" && half != "am" && half != "pm" {
		return at, false, false
	}
	h, rest, _ := strings.Cut(clock, ":")
	m, sec, seconds := strings.Cut(rest, ":")
	if !seconds {
		sec = "00"
	}
	hour, minute, second := number(h), number(m), number(sec)
	if half != "" {
		if hour < 1 || hour > 12 {
			return at, false, false
		}
		if hour %= 12; half == "pm" {
			hour += 12
		}
	}
	if hour < 0 || hour > 23 || len(m) != 2 || minute < 0 || minute > 59 || len(sec) != 2 || second < 0 || second > 59 {
		return at, false, false
	}
	return at.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second), false, true
}

// number reads up to four digits, -1 for anything else.
func number(s string) int {
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// slashOrder says what a date with slashes shows of its file's order; ok is
// false if it shows nothing.
func slashOrder(s string) (order dateOrder, ok bool) {
	a, rest, _ := strings.Cut(strings.TrimSpace(s), "/")
	b, _, found := strings.Cut(rest, "/")
	x, y := number(a), number(b)
	switch {
	case !found || len(a) > 2 || x < 1 || y < 1:
		return monthFirst, false
	case x > 12 && y <= 12:
		return dayFirst, true
	case y > 12 && x <= 12:
		return monthFirst, true
	}
	return monthFirst, false
}

// monthYear reads the month or the year in which something began or ended,
// "Oct 2021" or "2021", as "2021-10" or "2021"; ok is false for anything else.
func monthYear(s string) (ym string, ok bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == '\u00a0' })
	if len(words) == 0 || len(words) > 2 {
		return "", false
	}
	year := words[len(words)-1]
	if n := number(year); len(year) != 4 || n < 1900 || n > 2199 {
		return "", false
	}
	if len(words) == 1 {
		return year, true
	}
	month, ok := monthOf(words[0])
	return year + "-" + string([]byte{'0' + byte(month)/10, '0' + byte(month)%10}), ok
}

// monthOf reads a month's name, short or long, in English, German, French or
// Spanish.
func monthOf(word string) (m time.Month, ok bool) {
	switch kith.FoldText(strings.ToLower(word)) {
	case "jan", "january", "januar", "janv", "janvier", "ene", "enero":
		m = time.January
	case "feb", "february", "februar", "fev", "fevr", "fevrier", "febrero":
		m = time.February
	case "mar", "march", "marz", "mrz", "mars", "marzo":
		m = time.March
	case "apr", "april", "avr", "avril", "abr", "abril":
		m = time.April
	case "may", "mai", "mayo":
		m = time.May
	case "jun", "june", "juni", "juin", "junio":
		m = time.June
	case "jul", "july", "juli", "juil", "juillet", "julio":
		m = time.July
	case "aug", "august", "aout", "ago", "agosto":
		m = time.August
	case "sep", "sept", "september", "septembre", "septiembre":
		m = time.September
	case "oct", "october", "okt", "oktober", "octobre", "octubre":
		m = time.October
	case "nov", "november", "novembre", "noviembre":
		m = time.November
	case "dec", "december", "dez", "dezember", "decembre", "dic", "diciembre":
		m = time.December
	}
	return m, m != 0
}
