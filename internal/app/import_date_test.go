package app

import (
	"testing"
	"time"
)

// The newest archive is known by the newest date it holds, whatever a calendar
// brought with it says, and forgotten with its run.
func TestTheArchivesDateIsKnown(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		calendar := file{"calendar.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260228T090000Z\r\nDTEND:20260228T100000Z\r\nSUMMARY:Lunch\r\n" +
			"ORGANIZER:mailto:mara@quillon.example\r\nATTENDEE:mailto:mara@quillon.example\r\nATTENDEE:mailto:ada.brandt@mail.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}
		dated := func(want time.Time) {
			t.Helper()
			at, err := w.ArchiveDate(t.Context(), ada)
			w.must(err)
			if !at.Equal(want) {
				t.Errorf("the archive is of %v, want %v", at, want)
			}
		}
		dated(time.Time{})
		if r := w.importing(ada, calendar); r.AsOf.IsZero() || !r.ArchiveAt.IsZero() || r.Expected != r.Nouns || r.Nouns == 0 {
			t.Errorf("the calendar's run is %+v", r)
		}
		dated(time.Time{})
		r := w.importing(ada, append(invited(), calendar)...)
		of := time.Date(2026, 2, 20, 9, 0, 0, 0, time.UTC)
		if !r.ArchiveAt.Equal(of) || !r.AsOf.After(of) {
			t.Errorf("the archive's run is %+v", r)
		}
		dated(of)
		w.must(w.DropImport(t.Context(), ada, r.ID))
		dated(time.Time{})
		if _, err := w.ArchiveDate(t.Context(), Actor{ID: ada.ID}); err == nil {
			t.Error("anybody may ask")
		}
	})
}
