package intake

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want string // empty if it is no date
		day  bool   // no time of day
	}{
		{text: "1/29/26, 2:37 PM", want: "2026-01-29 14:37:00"},
		{text: "1/29/26, 2:37\u202fPM", want: "2026-01-29 14:37:00"},
		{text: "1/29/26, 12:00 AM", want: "2026-01-29 00:00:00"},
		{text: "1/29/26, 12:05 pm", want: "2026-01-29 12:05:00"},
		{text: "1/29/26, 2:37 p.m.", want: "2026-01-29 14:37:00"},
		{text: "1/29/2026 14:37", want: "2026-01-29 14:37:00"},
		{text: "3/14/18, 9:05 AM", want: "2018-03-14 09:05:00"},
		{text: "1/29/26", want: "2026-01-29 00:00:00", day: true},
		{text: "1/29/99", want: "1999-01-29 00:00:00", day: true},
		{text: "1/1/27", want: "2027-01-01 00:00:00", day: true},
		{text: "1/1/28", want: "1928-01-01 00:00:00", day: true},
		{text: "29.01.2026 14:37", want: "2026-01-29 14:37:00"},
		{text: "29.1.26, 14:37", want: "2026-01-29 14:37:00"},
		{text: "08 Feb 2026", want: "2026-02-08 00:00:00", day: true},
		{text: "4-Apr-21", want: "2021-04-04 00:00:00", day: true},
		{text: "Feb 8, 2026", want: "2026-02-08 00:00:00", day: true},
		{text: "08 févr. 2026", want: "2026-02-08 00:00:00", day: true},
		{text: "8. Dez. 2025", want: "2025-12-08 00:00:00", day: true},
		{text: "08 ene 2026", want: "2026-01-08 00:00:00", day: true},
		{text: "2026-09-05 08:12:14 UTC", want: "2026-09-05 08:12:14"},
		{text: "2026/09/05 08:12:14 UTC", want: "2026-09-05 08:12:14"},
		{text: "2026-09-05T08:12:14Z", want: "2026-09-05 08:12:14"},
		{text: " 2026-09-05 ", want: "2026-09-05 00:00:00", day: true},
		{text: "29 Feb 2024", want: "2024-02-29 00:00:00", day: true},

		{text: ""},
		{text: "29 Feb 2026"},
		{text: "13/13/26"},
		{text: "29/1/26"}, // the day first needs proof, see TestDateOrder
		{text: "0/1/26"},
		{text: "1/29/126"},
		{text: "1-29-26"},
		{text: "1/29/26, 13:00 PM"},
		{text: "1/29/26, 0:10 AM"},
		{text: "1/29/26, 24:00"},
		{text: "1/29/26, 2:7 PM"},
		{text: "1/29/26, 2:37 XM"},
		{text: "2026-09-05 08:61:00 UTC"},
		{text: "08 Fab 2026"},
		{text: "Feb 2026"},
		{text: "2026"},
		{text: "46296"},
		{text: "8 Feb 9999"},
		{text: "١/٢/٢٦"},
	}
	forms := dateForms{now: testNow}
	for _, test := range tests {
		at, day, ok := forms.parse(test.text)
		if ok != (test.want != "") || ok && (at.Format(time.DateTime) != test.want || day != test.day || at.Location() != time.UTC) {
			t.Errorf("%q: %v, day only %t, ok %t; want %q, %t", test.text, at, day, ok, test.want, test.day)
		}
	}
}

// TestTwoDigitYears reads them relative to the present; without one, all are of
// this century.
func TestTwoDigitYears(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		now  time.Time
		text string
		want int
	}{
		{testNow, "1/1/26", 2026}, {testNow, "1/1/27", 2027}, {testNow, "1/1/28", 1928},
		{testNow.AddDate(30, 0, 0), "1/1/28", 2028}, {time.Time{}, "1/1/99", 2099},
	} {
		if at, _, ok := (dateForms{now: test.now}).parse(test.text); !ok || at.Year() != test.want {
			t.Errorf("%q in %d: %d, want %d", test.text, test.now.Year(), at.Year(), test.want)
		}
	}
}

func TestMonthYear(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Oct 2021": "2021-10", "2021": "2021", "January 2020": "2020-01", "Sept. 2019": "2019-09",
		"août 2020": "2020-08", "März 2020": "2020-03", "dic 2020": "2020-12",
		"Oct": "", "21": "", "Oct 21": "", "5 Oct 2021": "", "0000": "", "": "", "Present": "",
	} {
		if got, ok := monthYear(text); ok && got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", text, got, ok, want)
		}
	}
}
