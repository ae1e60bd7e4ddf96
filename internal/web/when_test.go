package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// Times are written where the reader is; what is known to the day only is that
// day everywhere.
func TestTimesWhereTheReaderIs(t *testing.T) {
	t.Parallel()
	words := context.WithValue(t.Context(), catalogueKey{}, english(t))
	at := func(text string) time.Time {
		out, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	now := at("2026-11-22T02:00:00Z")
	for _, test := range []struct {
		zone, t                      string
		day, lately, clock, weekdays string
	}{
		{"", "2026-11-22T00:30:00Z", "22 November", "today", "today, 00:30 UTC", "22 November"},
		{"America/New_York", "2026-11-22T00:30:00Z", "21 November", "today", "today, 19:30", "21 November"},
		{"America/New_York", "2026-11-21T04:30:00Z", "20 November", "yesterday", "yesterday, 23:30", "20 November"},
		{"Asia/Tokyo", "2026-11-21T14:59:00Z", "21 November", "yesterday", "yesterday, 23:59", "21 November"},
		{"Asia/Tokyo", "2026-11-21T15:01:00Z", "22 November", "today", "today, 00:01", "22 November"},
		{"America/New_York", "2026-11-20T00:00:00Z", "20 November", "yesterday", "", "20 November"}, // a date
		{"America/New_York", "2027-01-01T03:00:00Z", "31 December", "31 December", "31 December, 22:00", "31 December"},
		{"America/New_York", "2026-11-24T03:00:00Z", "23 November", "23 November", "23 November, 22:00", "Monday"},
	} {
		ctx := words
		if test.zone != "" {
			zone, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Fatal(err)
			}
			ctx = context.WithValue(words, zoneKey{}, zone)
		}
		when := at(test.t)
		for what, got := range map[string][2]string{"day": {day(ctx, when, now), test.day}, "lately": {lately(ctx, when, now), test.lately}, "weekday": {weekday(ctx, when, now), test.weekdays}, "clock": {clock(ctx, when, now), test.clock}} {
			if got[0] != got[1] && got[1] != "" {
				t.Errorf("%s in %q: %s %q, want %q", test.t, test.zone, what, got[0], got[1])
			}
		}
	}
}

// A cookie says where the reader is; one that says nothing known is as none.
func TestTheZoneOfABrowser(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"Europe/Zurich": "Europe/Zurich", "UTC": "UTC", "": "", "Local": "", "Nowhere/Land": "", "../../etc/passwd": "", strings.Repeat("A", 65): ""} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: zoneCookie, Value: value})
		got := ""
		if zone := zoneOf(r); zone != nil {
			got = zone.String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

// "Later" is until the morning of whoever says it, in a browser that says where
// they are.
func TestLaterIsTheirMorning(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	mara := v.joins("Mara Lindt", "mara@lindt.example")
	bo := v.joins("Bo Reed", "bo@mail.example")
	id := v.invites(bo, mara, "Hello Mara, we met at the reading group in Delft last week. I would like to hear how it went on.")
	w := v.window(t)
	w.do(emulation.SetTimezoneOverride("Asia/Tokyo"))
	w.signIn("mara@lindt.example", goodPassword)
	w.open("/")
	w.key("z")
	w.until(`document.body.innerText.includes("Put off until")`)
	d, err := v.app.Desk(t.Context(), mara, app.DeskQuery{})
	v.must(err)
	if len(d.Aside) != 1 || d.Aside[0].Invitation != id {
		t.Fatalf("put off: %+v", d.Aside)
	}
	zone, err := time.LoadLocation("Asia/Tokyo")
	v.must(err)
	until := d.Aside[0].Until.In(zone)
	if days := time.Until(until); until.Hour() != 8 || until.Minute() != 0 || days < 6*kith.Day || days > 8*kith.Day {
		t.Errorf("until %s", until)
	}
}
