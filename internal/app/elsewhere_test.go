package app

import (
	"slices"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
)

// waiting imports one open invitation for somebody and gives its id.
func (w *world) waiting(who Actor) kith.InvitationID {
	w.t.Helper()
	w.importing(who, invited()...)
	_, sent := w.lists(who)
	if len(sent) != 1 {
		w.t.Fatalf("there are %d invitations", len(sent))
	}
	return sent[0].ID
}

func TestWhatIsDoneElsewhere(t *testing.T) {
	t.Parallel()
	type act = func(w *world, who Actor, id kith.InvitationID) error
	done := func(d Deed) act {
		return func(w *world, who Actor, id kith.InvitationID) error {
			return w.DoneElsewhere(w.t.Context(), who, id, d)
		}
	}
	ask := func(w *world, who Actor, id kith.InvitationID) error { return w.AskedElsewhere(w.t.Context(), who, id) }
	answer := func(came bool) act {
		return func(w *world, who Actor, id kith.InvitationID) error {
			return w.AnsweredElsewhere(w.t.Context(), who, id, came)
		}
	}
	snooze := func(d time.Duration) act {
		return func(w *world, who Actor, id kith.InvitationID) error {
			return w.SnoozeElsewhere(w.t.Context(), who, id, w.now().Add(d))
		}
	}
	reopen := func(w *world, who Actor, id kith.InvitationID) error {
		return w.ReopenElsewhere(w.t.Context(), who, id)
	}
	for _, c := range []struct {
		name  string
		acts  []act
		state ElsewhereState
		waits bool
		kind  kith.Kind // of the last act's failure; Internal if it has none
	}{
		{"declined", []act{done(DidDecline)}, ElsewhereDone, false, 0},
		{"no deed", []act{done(9)}, ElsewhereOpen, false, kith.Invalid},
		{"asked", []act{ask}, ElsewhereAsked, true, 0},
		{"asked twice", []act{ask, ask}, ElsewhereAsked, true, 0},
		{"asked, then accepted", []act{ask, done(DidAccept)}, ElsewhereDone, false, 0},
		{"answered", []act{ask, answer(true)}, ElsewhereAnswered, false, 0},
		{"not answered", []act{ask, answer(false)}, ElsewhereAnswered, false, 0},
		{"asked again", []act{ask, answer(false), ask}, ElsewhereAsked, true, 0},
		{"answered unasked", []act{answer(true)}, ElsewhereOpen, false, kith.Conflict},
		{"put off", []act{snooze(7 * kith.Day)}, ElsewhereOpen, false, 0},
		{"put off for ever", []act{snooze(400 * kith.Day)}, ElsewhereOpen, false, kith.Invalid},
		{"reopened", []act{ask, done(DidReport), reopen}, ElsewhereOpen, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada := w.member("Ada Brandt")
				id := w.waiting(ada)
				var err error
				for _, do := range c.acts {
					w.pass(time.Minute)
					err = do(w, ada, id)
				}
				if got := kith.KindOf(err); (err != nil) != (c.kind != 0) || err != nil && got != c.kind {
					t.Fatalf("it fails with %v", err)
				}
				e, err := w.Elsewhere(t.Context(), ada, id)
				w.must(err)
				duties, err := w.duties(ada)
				w.must(err)
				if e.State() != c.state || (len(duties) == 2) != c.waits {
					t.Errorf("it is %v with %v due", e.State(), duties)
				}
			})
		})
	}
}

func TestAskingThereIsFollowedUp(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		id := w.waiting(ada)
		w.must(w.AskedElsewhere(t.Context(), ada, id))
		for _, step := range []struct {
			after time.Duration
			kind  string
		}{{7 * kith.Day, kindElsewhereReminder}, {7 * kith.Day, kindElsewhereSilent}} {
			if slices.Contains(w.events(ada), step.kind) {
				t.Errorf("%s comes early", step.kind)
			}
			w.pass(step.after)
			w.work(Quick)
			if !slices.Contains(w.events(ada), step.kind) {
				t.Errorf("%s does not come", step.kind)
			}
		}
	})
}

func TestNobodyReachesAnothersImports(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, eve := w.member("Ada Brandt"), w.member("Eve Stone")
		id := w.waiting(ada)
		contacts, _ := w.lists(ada)
		runs, err := w.Imports(t.Context(), ada, 0, 1)
		w.must(err)
		ctx := t.Context()
		second := func(_ any, err error) error { return err }
		for name, do := range map[string]func(Actor, string) error{
			"an import":     func(who Actor, s string) error { return second(w.Import(ctx, who, s+runs[0].ID)) },
			"dropping it":   func(who Actor, s string) error { return w.DropImport(ctx, who, s+runs[0].ID) },
			"a contact":     func(who Actor, s string) error { return second(w.Contact(ctx, who, kith.ContactID(s)+contacts[0].ID)) },
			"dropping them": func(who Actor, s string) error { return w.DropContact(ctx, who, kith.ContactID(s)+contacts[0].ID) },
			"an invitation": func(who Actor, s string) error { return second(w.Elsewhere(ctx, who, kith.InvitationID(s)+id)) },
			"answering it": func(who Actor, s string) error {
				return w.DoneElsewhere(ctx, who, kith.InvitationID(s)+id, DidAccept)
			},
		} {
			hers, nothing := do(eve, ""), do(eve, "x")
			if kith.KindOf(hers) != kith.NotFound || hers.Error() != nothing.Error() {
				t.Errorf("%s of another's: %v; of nobody's: %v", name, hers, nothing)
			}
			ada := ada
			ada.Scopes = ScopeRead
			if err := do(ada, ""); kith.KindOf(err) != kith.Denied {
				t.Errorf("%s without the scope: %v", name, err)
			}
		}
	})
}

func TestContactsAreFoundByName(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		w.importing(ada, file{"Profile.csv", profileCSV}, file{"Connections.csv", table(connectHead,
			"Mara,Quillon,"+mara+",,Tidewater,Botanist,04 Mar 2025",
			"Zoë,Ångström-Bell,https://www.linkedin.com/in/zoe,,Tidewater,Baker,04 Mar 2025",
			"Otto,Vale,https://www.linkedin.com/in/otto,,,,04 Mar 2025")})
		for query, want := range map[string][]string{
			"":          {"Mara Quillon", "Otto Vale", "Zoë Ångström-Bell"},
			"quil":      {"Mara Quillon"},
			"ma qu":     {"Mara Quillon"},
			"ANGSTROM":  {"Zoë Ångström-Bell"},
			"bell":      {"Zoë Ångström-Bell"},
			"ara":       nil,
			"%":         {"Mara Quillon", "Otto Vale", "Zoë Ångström-Bell"},
			"otto vale": {"Otto Vale"},
		} {
			var got []string
			after := ContactCursor{}
			for {
				page, err := w.Contacts(t.Context(), ada, query, after, 1)
				w.must(err)
				if len(page) == 0 {
					break
				}
				got = append(got, page[0].Name)
				after = CursorOf(&page[0])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %q", query, got)
			}
		}
	})
}

func TestTheCaseOfAnInvitationElsewhere(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		w.importing(ada, file{"book.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Mara Quillon\r\nEMAIL:mara@guest.example\r\nEND:VCARD\r\n"})
		id := w.waiting(ada)
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			c, err := w.elsewhereCase(tx, ada.ID, id)
			w.must(err)
			if c.Side != kith.Receive || c.Note.Text.Val != "We met in Ghent" || c.Relation.AddressBook.Val != kith.Maybe {
				t.Errorf("the case is %+v", c)
			}
			contact, ok, err := w.contactOf(tx, ada.ID, kith.Person{Slug: "mara-quillon"})
			w.must(err)
			nouns, err := w.imported(tx, ada.ID, contact)
			w.must(err)
			if !ok || len(nouns) != 1 {
				t.Errorf("of Mara is known %+v", nouns)
			}
			_, ok, err = w.contactOf(tx, ada.ID, kith.Person{Name: "Mara Quillon"})
			if w.must(err); ok {
				t.Error("a name alone finds somebody")
			}
			return nil
		}))
	})
}
