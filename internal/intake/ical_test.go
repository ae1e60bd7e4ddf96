package intake

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"

	"kith"
)

// memberMara is the member of these calendars.
var memberMara = Owner{Name: "Mara Quillon", Emails: []string{"mara.quillon@example.net"}}

// TestCalendarGolden reads invented calendars of the programs people use.
func TestCalendarGolden(t *testing.T) {
	t.Parallel()
	testGolden(t, "testdata/calendar/*.ics", memberMara)
}

func calendarOf(lines ...string) string {
	return "BEGIN:VCALENDAR\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func eventOf(lines ...string) string {
	return "BEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

const guest = "ATTENDEE;CN=Jonas Feldweg:mailto:jonas@northwind.example"

// starts gives the days on which the calendar's meetings are.
func starts(h *heard) string {
	var days []string
	for _, m := range h.Meetings {
		days = append(days, m.At.Format("2006-01-02"))
	}
	return strings.Join(days, " ")
}

func TestRecurrence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ start, rule, want string }{
		{"20260831T100000Z", "FREQ=DAILY;COUNT=3", "2026-08-31 2026-09-01 2026-09-02"},
		{"20260901T100000Z", "FREQ=DAILY;INTERVAL=2;UNTIL=20260905T100000Z", "2026-09-01 2026-09-03 2026-09-05"},
		{"20260901T100000Z", "FREQ=DAILY;UNTIL=20260902", "2026-09-01 2026-09-02"},
		{"20260902T100000Z", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3;", "2026-09-02 2026-09-07 2026-09-09"},
		{"20260801T100000Z", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SA,SU;COUNT=4", "2026-08-01 2026-08-09 2026-08-15 2026-08-23"},
		{"20260131T100000Z", "FREQ=MONTHLY;COUNT=3", "2026-01-31 2026-03-31 2026-05-31"},
		{"20260130T100000Z", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "2026-01-30 2026-02-27 2026-03-27"},
		{"20260601T100000Z", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=3", "2026-06-01 2026-07-01 2026-08-03"},
		{"20260601T100000Z", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2026-06-01 2026-06-30 2026-07-31"},
		{"20240229T100000Z", "FREQ=YEARLY", "2024-02-29"},
		{"20240513T100000Z", "FREQ=YEARLY;BYMONTH=5;BYDAY=2MO", "2024-05-13 2025-05-12 2026-05-11"},
		{"20240108T100000Z", "FREQ=YEARLY;BYDAY=2MO;UNTIL=20260201", "2024-01-08 2025-01-13 2026-01-12"},
		{"19990904T100000Z", "FREQ=YEARLY;BYHOUR=10", "2023-09-04x 2024-09-04 2025-09-04 2026-09-04"},
		{"19990101T100000Z", "FREQ=DAILY;COUNT=10", ""},
		{"20260901T100000Z", "FREQ=MONTHLY;BYDAY=53MO", "2026-09-01"},
		{"20260901T100000Z", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2026-09-01"},
		{"20260901T100000Z", "FREQ=SECONDLY", "2026-09-01!"},
		{"20260901T100000Z", "FREQ=YEARLY;BYWEEKNO=20", "2026-09-01!"},
		{"20260901T100000Z", "FREQ=YEARLY;BYEASTER=400", "2026-09-01!"},
		{"20260901T100000Z", "FREQ=DAILY;INTERVAL=9223372036854775807", "2026-09-01!"},
		{"20260901T100000Z", "FREQ=DAILY;INTERVAL=0", "2026-09-01!"},
		{"20260901T100000Z", "COUNT=3", "2026-09-01!"},
		{"20260901T100000Z", "FREQ=WEEKLY;BYDAY=,", "2026-09-01!"},
	} {
		h, j := reading(t, readICal, calendarOf(eventOf("DTSTART:"+tt.start, "RRULE:"+tt.rule, guest)), memberMara)
		got := starts(h)
		for _, p := range j.Problems {
			got += "!"
			if p.Msg != errRule.Error() {
				t.Errorf("%s: %v", tt.rule, p)
			}
		}
		if want := strings.Replace(tt.want, "2023-09-04x ", "", 1); got != want {
			t.Errorf("%s from %s: got %q, want %q", tt.rule, tt.start, got, want)
		}
	}
}

// TestRecurrenceAgrees compares with the general library, on rules it is right
// about, in zones with and without summer time.
func TestRecurrenceAgrees(t *testing.T) {
	t.Parallel()
	var zones []*time.Location
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Sydney"} {
		loc, ok := findZone(name)
		if !ok {
			t.Fatal(name)
		}
		zones = append(zones, loc)
	}
	rapid.Check(t, func(rt *rapid.T) {
		rule := drawRule(rt)
		start := time.Date(2022, 1, 1, rapid.IntRange(4, 22).Draw(rt, "hour"), 30, 0, 0, rapid.SampledFrom(zones).Draw(rt, "zone")).
			AddDate(0, 0, rapid.IntRange(0, 1_800).Draw(rt, "days"))
		opt, err := rrule.StrToROptionInLocation(rule, start.Location())
		if err != nil {
			rt.Fatal(err)
		}
		opt.Dtstart = start
		theirs, err := rrule.NewRRule(*opt)
		if err != nil {
			rt.Fatal(err)
		}
		if opt.Dtstart = theirs.After(start, true); opt.Dtstart.IsZero() {
			return // a rule that falls on no day
		}
		// Begin on a day of the rule: what to do otherwise is left open by RFC 5545.
		if theirs, err = rrule.NewRRule(*opt); err != nil {
			rt.Fatal(err)
		}
		ours, err := parseRecurrence(rule, opt.Dtstart)
		if err != nil {
			rt.Fatal(err)
		}
		from, to := testNow.AddDate(-pastYears, 0, 0), testNow.AddDate(0, 0, futureDays)
		want := theirs.Between(from, to, true)
		want = want[max(0, len(want)-maxOccurrences):]
		got := ours.between(from, to)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("%s from %v:\ngot  %v\nwant %v", rule, opt.Dtstart, got, want)
		}
	})
}

// drawRule draws a rule of the kinds calendar programs write.
func drawRule(t *rapid.T) string {
	days := func(n string) string {
		return n + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}), 1, 4, rapid.ID).Draw(t, "days"), ","+n)
	}
	nth := fmt.Sprint(rapid.SampledFrom([]int{1, 2, 3, 4, 5, -1, -2}).Draw(t, "nth"))
	month := fmt.Sprint(";BYMONTH=", rapid.IntRange(1, 12).Draw(t, "month"))
	rule := rapid.SampledFrom([]string{
		"FREQ=DAILY", "FREQ=DAILY;BYDAY=" + days(""), "FREQ=DAILY" + month,
		"FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=" + days(""), "FREQ=WEEKLY;BYDAY=" + days("") + ";WKST=" + rapid.SampledFrom([]string{"MO", "SU", "WE"}).Draw(t, "wkst"),
		"FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=" + days(nth), "FREQ=MONTHLY;BYMONTHDAY=" + fmt.Sprint(rapid.IntRange(1, 31).Draw(t, "day")),
		"FREQ=MONTHLY;BYMONTHDAY=-" + fmt.Sprint(rapid.IntRange(1, 31).Draw(t, "day")), "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
		"FREQ=MONTHLY;BYDAY=" + days("") + ";BYSETPOS=" + nth,
		"FREQ=YEARLY", "FREQ=YEARLY" + month + ";BYDAY=" + days(nth), "FREQ=YEARLY" + month + ";BYMONTHDAY=31",
		"FREQ=YEARLY;BYDAY=" + days(nth), "FREQ=YEARLY" + month + ";BYDAY=" + days("") + ";BYSETPOS=" + nth,
	}).Draw(t, "rule")
	if n := rapid.IntRange(1, 4).Draw(t, "interval"); n > 1 {
		rule += fmt.Sprint(";INTERVAL=", n)
	}
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 1:
		rule += fmt.Sprint(";COUNT=", rapid.IntRange(1, 200).Draw(t, "count"))
	case 2:
		rule += ";UNTIL=" + testNow.AddDate(0, 0, -rapid.IntRange(0, 900).Draw(t, "until")).Format(rrule.DateTimeFormat)
	}
	return rule
}

func TestMeetingPeople(t *testing.T) {
	t.Parallel()
	at := func(name, mail, stat string) string {
		return fmt.Sprintf("ATTENDEE;CN=%s;PARTSTAT=%s:mailto:%s", name, stat, mail)
	}
	me := at("Mara Quillon", "mara.quillon@example.net", "ACCEPTED")
	for _, tt := range []struct {
		name  string
		owner Owner
		lines []string
		want  string // name, attendees, declined
	}{
		{"member by address", memberMara, []string{strings.Replace(me, "Mara Quillon", "M", 1), guest}, "Jonas Feldweg 2 false"},
		{"member by name", Owner{Name: "mara quillon"}, []string{strings.Replace(me, "mara.quillon", "other", 1), guest}, "Jonas Feldweg 2 false"},
		{"one word is no name", Owner{Name: "Mara"}, []string{strings.Replace(me, "Mara Quillon", "Mara", 1), guest}, "Mara 3 false, Jonas Feldweg 3 false"},
		{"member not listed", memberMara, []string{guest}, "Jonas Feldweg 2 false"},
		{"nobody knows the member", Owner{}, []string{guest}, "Jonas Feldweg 1 false"},
		{"organiser twice", memberMara, []string{"ORGANIZER:mailto:jonas@northwind.example", me, guest}, "Jonas Feldweg 2 false"},
		{"member declined", memberMara, []string{strings.Replace(me, "ACCEPTED", "DECLINED", 1), guest}, "Jonas Feldweg 2 true"},
		{"other declined", memberMara, []string{me, at("Jonas Feldweg", "j@example.org", "declined"), at("Ines Tarrow", "i@example.org", "TENTATIVE")}, "Jonas Feldweg 3 true, Ines Tarrow 3 false"},
		{"cancelled", memberMara, []string{me, guest, "STATUS:CANCELLED"}, "Jonas Feldweg 2 true"},
		{"address as name", memberMara, []string{me, at("j@example.org", "j@example.org", "")}, " 2 false"},
		{"name without address", memberMara, []string{me, "ATTENDEE;CN=\"Feldweg; Jonas\":urn:uuid:1"}, "Feldweg; Jonas 2 false"},
		{"family name first", memberMara, []string{"ATTENDEE;CN=\"Quillon, Mara\":mailto:m@other.example", "ATTENDEE;CN=\"Feldweg, Jonas M.\":mailto:j@example.org"}, "Jonas M. Feldweg 2 false"},
		{"letters behind the name", memberMara, []string{me, "ATTENDEE;CN=\"Jonas Feldweg, PhD\":mailto:j@example.org"}, "Jonas Feldweg, PhD 2 false"},
		{"the member under two addresses", memberMara, []string{me, strings.Replace(me, "mara.", "m.", 1), guest}, "Jonas Feldweg 2 false"},
		{"address in a parameter", memberMara, []string{me, "ATTENDEE;CN=Jonas Feldweg;EMAIL=jonas@northwind.example:urn:uuid:1"}, "Jonas Feldweg 2 false"},
		{"room and list", memberMara, []string{me, guest, "ATTENDEE;CUTYPE=ROOM;CN=R:mailto:r@example.org", "ATTENDEE;CUTYPE=GROUP;CN=All:mailto:all@example.org"}, "Jonas Feldweg 2 false"},
		{"the member alone", memberMara, []string{me}, ""},
	} {
		h, _ := reading(t, readICal, calendarOf(eventOf(append(tt.lines, "DTSTART:20260901T100000Z")...)), tt.owner)
		var got []string
		for _, m := range h.Meetings {
			got = append(got, fmt.Sprintf("%s %d %t", m.Who.Name, m.Attendees, m.Declined))
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, strings.Join(got, ", "), tt.want)
		}
	}
}

func TestIsInterview(t *testing.T) {
	t.Parallel()
	for _, title := range []string{
		"Interview", "Interview: Mara Quillon / Northwind Rivers", "Northwind – technical interview (round 2)", "Phone screen with Harbour Talent",
		"Final interview @ Example Water", "Job interview: User Researcher", "HR screening", "Hiring manager call",
		"Vorstellungsgespräch Südlicht", "Bewerbungsgespräch (online)", "Entretien d’embauche", "Entretien RH – Rivières & Cie",
		"Entretien de recrutement avec Hélène", "Entrevista de trabajo", "Entrevista técnica con Diario Ejemplo", "Onsite interviews",
	} {
		if !isInterview(title) {
			t.Errorf("%q is one", title)
		}
	}
	for _, title := range []string{
		"", "Interview with a podcast", "Podcast interview", "Press interview Harbour Gazette", "User interviews, batch 3", "Customer interview: Example Water",
		"Exit interview", "Interview prep with Tamsin", "Mock interview", "Interview training for managers", "Radio: Interview zur Flut",
		"Interview mit der Zeitung", "Interview avec Le Journal", "Entretien annuel", "Entretien chaudière", "Entrevista con la radio", "Expert interview (thesis)",
		"Kennenlernen", "Interviewing skills", "View inter-city line", "How to interview: workshop", "Research interview with Oskar", "Visa interview",
	} {
		if isInterview(title) {
			t.Errorf("%q is none", title)
		}
	}
}

func TestFindZone(t *testing.T) {
	t.Parallel()
	for tzid, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "W. Europe Standard Time": "Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin": "Europe/Berlin",
		"America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires", "Etc/GMT+5": "Etc/GMT+5",
		"../../etc/passwd": "", "/etc/passwd": "", "Local": "", "Europe/../Berlin": "", "Nowhere/Else": "", "": "",
	} {
		got := ""
		if loc, ok := findZone(tzid); ok {
			got = loc.String()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", tzid, got, want)
		}
	}
	for windows, name := range windowsZones {
		if _, ok := findZone(windows); !ok {
			t.Errorf("%s: no zone %s", windows, name)
		}
	}
}

// TestICalCut cuts a calendar at every byte: whole events count, the cut one
// does not, and the report says so.
func TestICalCut(t *testing.T) {
	t.Parallel()
	whole := calendarOf(eventOf("DTSTART:20260901T100000Z", guest), eventOf("DTSTART:20260902T100000Z", "RRULE:FREQ=DAILY;COUNT=2", guest))
	for i := 1; i < len(whole); i++ {
		h, j := reading(t, readICal, whole[:i], memberMara)
		events := strings.Count(whole[:i], "END:VEVENT")
		if want := []int{0, 1, 3}[events]; len(h.Meetings) != want {
			t.Fatalf("cut at %d: %d meetings, want %d", i, len(h.Meetings), want)
		}
		ended := strings.HasSuffix(strings.TrimSpace(whole[:i]), "END:VCALENDAR")
		started := strings.Contains(whole[:i], "BEGIN:VCALENDAR")
		if started && !ended && len(j.Problems) == 0 {
			t.Fatalf("cut at %d: nothing said", i)
		}
	}
}

// TestM1ICal: hostile calendars cost little time and memory.
func TestM1ICal(t *testing.T) {
	attendees := func(n int) io.Reader {
		return &repeated{text: "ATTENDEE;CN=Jonas Feldweg:mailto:jonas@northwind.example\r\n", n: n}
	}
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "ATTENDEE:mailto:a%d@example.org\r\n", i)
		}
		return b.String()
	}
	alarm := "BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nREPEAT:999999\r\nATTENDEE:mailto:x@example.org\r\nEND:VALARM\r\n"
	event := "BEGIN:VEVENT\r\nDTSTART:20200901T100000Z\r\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z\r\nUID:1\r\n" + guest + "\r\nEND:VEVENT\r\n"
	wrap := func(r ...io.Reader) io.Reader {
		r = append([]io.Reader{strings.NewReader("BEGIN:VCALENDAR\r\n")}, r...)
		return io.MultiReader(append(r, strings.NewReader("END:VCALENDAR\r\n"))...)
	}
	text := strings.NewReader
	for _, tt := range []struct {
		name     string
		file     io.Reader
		meetings int
		problem  string
	}{
		{"a rule to the year 9999", wrap(text(event)), maxOccurrences, ""},
		{"1e5 attendees, all the same", wrap(text("BEGIN:VEVENT\r\nDTSTART:20260901T100000Z\r\n"), attendees(100_000), text("END:VEVENT\r\n")), 1, ""},
		{"1e5 attendees", wrap(text("BEGIN:VEVENT\r\nDTSTART:20260901T100000Z\r\n" + many(100_000) + "END:VEVENT\r\n")), 0, ""},
		{"alarms that repeat", wrap(text("BEGIN:VEVENT\r\nDTSTART:20260901T100000Z\r\n"), &repeated{text: alarm, n: 10_000}, text(guest+"\r\nEND:VEVENT\r\n")), 1, ""},
		{"2,000 rules", wrap(&repeated{text: event, n: 2_000}), maxMeetings, "more than 1,000,000 meetings"},
		{"components without end", wrap(&repeated{text: "BEGIN:X\r\n", n: 100_000}), 0, "nested more than 10 deep"},
		{"events without end", wrap(&repeated{text: "BEGIN:VEVENT\r\n", n: 100_000}), 0, "the event has no end"},
		{"moved without end", wrap(&repeated{text: "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260901T100000Z\r\nRECURRENCE-ID:20260901T100000Z\r\nEND:VEVENT\r\n", n: 100_000}), 0, ""},
	} {
		var s nobody
		begun := time.Now()
		var j *job
		grown := heapGrowth(func(probe func()) {
			s.heap = probe
			j = readingInto(t, &s, readICal, io.MultiReader(tt.file, probing{probe}), memberMara)
		})
		if s.n != tt.meetings {
			t.Errorf("%s: %d meetings, want %d", tt.name, s.n, tt.meetings)
		}
		if tt.problem != "" && (len(j.Problems) == 0 || !strings.Contains(j.Problems[0].Msg, tt.problem)) || tt.problem == "" && len(j.Problems) > 0 {
			t.Errorf("%s: problems %v, want %q", tt.name, j.Problems, tt.problem)
		}
		if grown > 12<<20 {
			t.Errorf("%s: the heap grew by %d bytes", tt.name, grown)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s: took %v", tt.name, took)
		}
	}
}

// FuzzICal: no calendar brings the reader down; what is told is clean, within
// the window and counted.
func FuzzICal(f *testing.F) {
	for _, name := range []string{"google.ics", "series.ics", "outlook.ics", "cut.ics"} {
		f.Add(testFile(f, "calendar/"+name))
	}
	f.Add(calendarOf(eventOf("DTSTART:00010101T000000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,-1SU;BYSETPOS=-1;COUNT=7", guest)))
	f.Fuzz(func(t *testing.T, calendar string) {
		h, j := reading(t, readICal, calendar, memberMara)
		if len(h.Meetings) != j.Counts["meeting"] {
			t.Errorf("told %d meetings, counted %d", len(h.Meetings), j.Counts["meeting"])
		}
		for _, m := range h.Meetings {
			checkPerson(t, m.Who)
			checkClean(t, m.Title, m.Where)
			if m.At.Before(testNow.AddDate(-pastYears, 0, -2)) || m.At.After(testNow.AddDate(0, 0, futureDays+2)) || m.Source != kith.FromCalendar {
				t.Errorf("out of the window: %+v", m)
			}
		}
	})
}

// FuzzRecurrence: any rule that is read ends, in order, within its limits.
func FuzzRecurrence(f *testing.F) {
	f.Add("FREQ=MONTHLY;BYDAY=53MO")
	f.Add("FREQ=YEARLY;BYSETPOS=-366,366;BYDAY=MO,TU;COUNT=9;UNTIL=99991231")
	f.Add("FREQ=WEEKLY;INTERVAL=1000;WKST=SU;BYMONTHDAY=-31;BYMONTH=2")
	f.Fuzz(func(t *testing.T, rule string) {
		r, err := parseRecurrence(rule, testNow.AddDate(-5, 0, 0))
		if err != nil {
			return
		}
		got := r.between(testNow.AddDate(-pastYears, 0, 0), testNow)
		for i := range got {
			if i > 0 && !got[i].After(got[i-1]) {
				t.Fatalf("%s: %v after %v", rule, got[i], got[i-1])
			}
		}
		if len(got) > maxOccurrences {
			t.Fatalf("%s: %d occurrences", rule, len(got))
		}
	})
}

func BenchmarkICal(b *testing.B) {
	for _, name := range []string{"google.ics", "series.ics"} {
		b.Run(name, func(b *testing.B) {
			one := testFile(b, "calendar/"+name)
			from, to := strings.Index(one, "BEGIN:VEVENT"), strings.LastIndex(one, "END:VCALENDAR")
			data := one[:from] + strings.Repeat(one[from:to], 500) + one[to:]
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				readingInto(b, &nobody{}, readICal, strings.NewReader(data), memberMara)
			}
		})
	}
}
