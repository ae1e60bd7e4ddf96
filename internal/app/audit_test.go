package app

import (
	"context"
	"slices"
	"testing"

	"kith/internal/store"
)

// What was looked at for a report is told a quarter after it was decided, by the
// month; other looks at once, by the day.
func TestAudit(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, op, bad, bea := w.moderator("Mo Dery", Moderator), w.moderator("Op Rater", Operator), w.member("Bad Actor"), w.member("Bea Coe")
		w.must(w.Report(ctx, bea, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForAbuse}))
		id := w.theCase(mod)
		for range 2 {
			_, err := w.LookAtCase(ctx, mod, id)
			w.must(err)
		}
		w.must(w.write(ctx, func(_ context.Context, tx *store.Tx) error {
			return w.audit(tx, op, bad.ID, "your name and state, to answer your letter,")
		}))
		seen := []string{"An operator looked at your name and state, to answer your letter, on 2 March 2026."}
		for range 30 { // as long as nobody decides, nothing is told
			w.pass(week)
			if got := w.looks(bad); !slices.Equal(got, seen) {
				t.Fatalf("while the case is open: %q", got)
			}
		}
		if got := w.looks(bea); len(got) != 2 || got[0] != "A moderator looked at what you reported, to decide on it, on 2 March 2026." {
			t.Errorf("who reported sees %q", got)
		}
		w.must(w.Dismiss(ctx, mod, id, ""))
		shown := weekOf(w.now()).Add(week + auditDelay)
		w.pass(shown.Sub(w.now()) - 1000)
		if got := w.looks(bad); !slices.Equal(got, seen) {
			t.Errorf("too early: %q", got)
		}
		w.pass(1000)
		line := "A moderator looked at your standing and what was reported of you, because of a report, in March 2026."
		if got := w.looks(bad); !slices.Equal(got, append([]string{line, line}, seen...)) {
			t.Errorf("a quarter later: %q", got)
		}
		list, next, err := w.Audit(ctx, bad, Cursor{}, 2)
		w.must(err)
		rest, end, err := w.Audit(ctx, bad, next, 2)
		w.must(err)
		if len(list) != 2 || len(rest) != 1 || end != (Cursor{}) || list[0].At.Day() != 1 {
			t.Errorf("pages of %d and %d, then %+v", len(list), len(rest), end)
		}
	})
}
