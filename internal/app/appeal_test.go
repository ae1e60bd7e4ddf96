package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith"
)

func TestAppeals(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod := w.moderator("Mo Dery", Moderator)
		for _, uphold := range []bool{true, false} {
			ada := w.member(fmt.Sprintf("Ada %v", uphold))
			if _, err := w.Appeal(ctx, ada, "Why?"); kith.KindOf(err) != kith.Conflict {
				t.Errorf("against nothing: %v", err)
			}
			w.spam(ada, enough)
			w.until(ada, KnowMail)
			if _, err := w.Appeal(ctx, ada, " "); kith.KindOf(err) != kith.Invalid {
				t.Errorf("without words: %v", err)
			}
			s, err := w.Appeal(ctx, ada, "It was the reunion.")
			w.must(err)
			if s.Appeal != "waiting" || s.MayAppeal || s.Step != KnowMail {
				t.Errorf("while it waits: %+v", s)
			}
			if _, err := w.Appeal(ctx, ada, "Again"); kith.KindOf(err) != kith.Conflict {
				t.Errorf("twice: %v", err)
			}
			id := w.theCase(mod)
			c, err := w.LookAtCase(ctx, mod, id)
			w.must(err)
			if c.Kind != "appeal" || len(c.Appeals) != 1 || c.Appeals[0].Words != "It was the reunion." || c.Appeals[0].ByDesk || c.Complaints != enough {
				t.Errorf("the appeal reads %+v", c)
			}
			if got := w.looks(ada); len(got) != 1 || !strings.Contains(got[0], "because you appealed") {
				t.Errorf("the audit says %q", got)
			}
			if uphold {
				if err := w.Uphold(ctx, mod, id, Ruling{Step: Paused, Weeks: 1}); kith.KindOf(err) != kith.Invalid {
					t.Errorf("an appeal upheld with a step: %v", err)
				}
				w.must(w.Uphold(ctx, mod, id, Ruling{}))
				if s := w.standingOf(ada); s.Step != Free {
					t.Errorf("granted: %+v", s)
				}
				w.weeks(6, ada)
				if s := w.standingOf(ada); s.Step != Free || s.Budget != startBudget {
					t.Errorf("the same complaints came back: %+v", s)
				}
			} else {
				w.must(w.Dismiss(ctx, mod, id, ""))
				if s := w.standingOf(ada); s.Step != KnowMail || s.Appeal != "refused" || s.MayAppeal {
					t.Errorf("refused: %+v", s)
				}
			}
			if !slices.Contains(w.events(ada), kindAppeal) {
				t.Error("they were not told")
			}
		}
	})
}
