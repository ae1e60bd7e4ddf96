package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"kith"
	"kith/internal/app"
)

var madeAddress = regexp.MustCompile(`>https://kith\.example(/calendar/[0-9a-f]{64}\.ics)<`)

// events reads a calendar as another program does: what it says, by day.
func (v *visitor) events(path string) map[string]string {
	v.t.Helper()
	got, text := v.get(path)
	v.wants(200, "BEGIN:VCALENDAR", got, text)
	cal, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	v.must(err)
	out := map[string]string{}
	ids := map[string]bool{}
	for _, e := range cal.Events() {
		day, err := e.DateTimeStart(time.UTC)
		v.must(err)
		says, err := e.Props.Text(ical.PropSummary)
		v.must(err)
		id, err := e.Props.Text(ical.PropUID)
		v.must(err)
		if ids[id] || e.Props.Get(ical.PropDateTimeStart).ValueType() != ical.ValueDate {
			v.t.Errorf("%s is not one whole day of its own", says)
		}
		ids[id] = true
		out[says] = day.Format(time.DateOnly)
	}
	return out
}

// A calendar reads the duties at an address that is shown once, as initials
// unless the member wants names, and until it is taken away.
func TestACalendarReadsTheDuties(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		g, mara := v.guest("Mara Lindt")
		_, bo := v.guest("Bo Reed")
		g.meets("/calendar", "Make the address")
		got, page := g.post("/calendar", "names", "initials")
		v.wants(200, "It is shown only now", got, page)
		path := madeAddress.FindStringSubmatch(page)[1]
		g.lacks("/calendar", path)
		v.fresh()
		if events := v.events(path); len(events) != 0 {
			t.Errorf("an empty list gives %v", events)
		}
		v.asks(g, bo, mara, "Where did we meet, secretly?")
		now, err := v.app.Now(t.Context())
		v.must(err)
		on := func(days int) string { return now.Add(time.Duration(days) * kith.Day).Format(time.DateOnly) }
		want := map[string]string{"BR: no answer for a week": on(7), "BR: two weeks, decide": on(14)}
		_, first := v.get(path)
		if events := v.events(path); !sameMap(events, want) {
			t.Errorf("it reads %v, not %v", events, want)
		}
		v.passes(8 * kith.Day)
		if _, again := v.get(path); again != first {
			t.Errorf("an entry changed: %s\n%s", first, again)
		}
		got, page = g.post("/calendar/names", "names", "full")
		v.wants(200, "The address was made", got, page)
		_, text := v.get(path)
		if !strings.Contains(text, "Bo Reed") || strings.Contains(text, "secretly") {
			t.Errorf("it says %s", text)
		}
		_, wrong := v.get("/calendar/" + strings.Repeat("0", 64) + ".ics")
		_, other := g.get("/calendar/x")
		got, page = g.post("/calendar/end")
		v.wants(200, "Make the address", got, page)
		status, ended := v.get(path)
		if status != 404 || ended != wrong || other != wrong {
			t.Errorf("%d: an ended one says %q, a guess %q and %q", status, ended, wrong, other)
		}
	})
}

func sameMap(a, b map[string]string) bool {
	for k, v := range b {
		if a[k] != v {
			return false
		}
	}
	return len(a) == len(b)
}

// Wrong addresses are limited, right ones are not, and neither takes from what
// signing in is limited by.
func TestGuessingCalendarsIsLimited(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.joins("Mara Lindt", "mara@lindt.example")
		address, err := v.app.MakeCalendar(t.Context(), mara, false)
		v.must(err)
		_, path, _ := strings.Cut(address, "/calendar/")
		left := 3
		v.site.opt.Missed = func(string) bool { left--; return left >= 0 }
		v.site.opt.Allow = func(string) bool { t.Error("a try to sign in was taken"); return false }
		for _, want := range []int{404, 200, 404, 200, 404, 429, 200} {
			file := "guess.ics"
			if want == http.StatusOK {
				file = path
			}
			if got, page := v.get("/calendar/" + file); got != want {
				t.Errorf("%s: %d, want %d: %s", file, got, want, page)
			}
		}
	})
}

// Lines are at most 75 octets long and are cut between letters; a text may hold
// what the format has a meaning for.
func TestLinesAreFolded(t *testing.T) {
	t.Parallel()
	says := strings.Repeat("Wołodymyr-Ångström, the; \\ second\n ", 12)
	text := calendarOf("Kith", []dayEntry{{ID: "a@kith", Says: says, Day: time.Unix(0, 0), Made: time.Unix(0, 0)}})
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > maxLine || strings.ToValidUTF8(line, "?") != line {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	cal, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := cal.Events()[0].Props.Text(ical.PropSummary); err != nil || got != says {
		t.Errorf("%q, %v", got, err)
	}
}
