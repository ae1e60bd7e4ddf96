package app

import (
	"slices"
	"strings"
	"testing"

	"kith"
)

// kindsOf gives what events are.
func kindsOf(events []Event) (kinds []string) {
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// News are listed newest first, and counted until they are marked seen; what has
// not happened yet cannot be.
func TestNoticesAreSeenOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.member("Ada Brandt")
		for _, kind := range []string{"one", "two", "three"} {
			w.tell(ada, kind)
		}
		look := func(unread int, seen int64) (n Notices) {
			t.Helper()
			n, err := w.Notices(ctx, ada, 0, 10)
			w.must(err)
			if n.Unread != unread || n.Seen != seen {
				t.Errorf("%d unread, seen %d; want %d, %d", n.Unread, n.Seen, unread, seen)
			}
			return n
		}
		if n := look(3, 0); !slices.Equal(kindsOf(n.Events), []string{"three", "two", "one"}) {
			t.Errorf("the news are %+v", n.Events)
		}
		w.must(w.MarkSeen(ctx, ada, 2))
		look(1, 2)
		w.must(w.MarkSeen(ctx, ada, 1)) // an older page, from another window
		look(1, 2)
		w.must(w.MarkSeen(ctx, ada, 1<<40))
		look(0, 3)
		w.tell(ada, "four")
		look(1, 3)
		page, err := w.Notices(ctx, ada, 3, 1)
		w.must(err)
		if !slices.Equal(kindsOf(page.Events), []string{"two"}) {
			t.Errorf("the next page is %+v", page.Events)
		}
		for range MaxUnread + 1 {
			w.tell(ada, "more")
		}
		look(MaxUnread, 3)
		if err := w.MarkSeen(ctx, Actor{ID: ada.ID, Scopes: ScopeRead}, 4); kith.KindOf(err) != kith.Denied {
			t.Errorf("a token that may only read marked them: %v", err)
		}
	})
}

// While standing holds an invitation back, nothing leads to it: no event, no
// notice, no verdict, no list of the export.
func TestNothingLeadsToWhatIsHeldBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		d := w.duo(t, "Hello")
		w.must(w.doDue()) // it is judged
		look := func(there bool) {
			t.Helper()
			events, err := w.Events(ctx, d.ben, 0, 100)
			w.must(err)
			n, err := w.Notices(ctx, d.ben, 0, 100)
			w.must(err)
			if leads(events, d.id) != there || leads(n.Events, d.id) != there || (n.Unread > 0) != there {
				t.Errorf("events %q, notices %q, %d unread, want %v", kindsOf(events), kindsOf(n.Events), n.Unread, there)
			}
			_, asked := w.Invitation(ctx, d.ben, d.id)
			_, judged := w.Verdict(ctx, d.ben, d.id)
			_, explained := w.Explain(ctx, d.ben, d.id)
			for what, err := range map[string]error{"the invitation": asked, "its verdict": judged, "why": explained} {
				if there {
					w.must(err)
				} else {
					w.wants(what, err, errNoInvitation)
				}
			}
			_, files := exported(t, w, d.ben)
			for _, name := range []string{"events", "verdicts"} {
				if text, ok := files[listFolder+name+".json"]; !ok || strings.Contains(text, string(d.id)) != there {
					t.Errorf("%s, want %v: %q", name, there, text)
				}
			}
		}
		look(true)
		restrict(Paused)(w, d.ada, d.ben)
		look(false)
		w.pass(7 * kith.Day)
		look(true)
	})
}

func leads(events []Event, id kith.InvitationID) bool {
	return slices.ContainsFunc(events, func(e Event) bool { return e.Subject == string(id) })
}
