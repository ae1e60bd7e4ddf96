package app

import (
	"context"
	"errors"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Where an address is needed, the right one lets an invitation pass, and a wrong
// one is answered like none.
func TestAnAddressOpensTheDoor(t *testing.T) {
	t.Parallel()
	wishes := func(i Invites) func(*world, Actor, Actor) {
		return func(w *world, _, ben Actor) {
			w.must(only(w.ChangeSettings(w.t.Context(), ben, func(s *Settings) error { s.Invites = i; return nil })))
		}
	}
	for _, row := range []struct {
		name   string
		before func(w *world, ada, ben Actor)
		email  string
		want   error
	}{
		{"nobody asks", func(*world, Actor, Actor) {}, "", nil},
		{"nobody asks for a wrong one", func(*world, Actor, Actor) {}, "wrong@mail.example", nil},
		{"the recipient asks", wishes(store.FromMail), "", errFromMail},
		{"the recipient asks, wrong", wishes(store.FromMail), "wrong@mail.example", errFromMail},
		{"the recipient asks, right", wishes(store.FromMail), " Ben@MAIL.example ", nil},
		{"the recipient takes none", wishes(store.FromNobody), "ben@mail.example", errFromNobody},
		{"standing asks", restrict(store.KnowMail), "", errMustKnowMail},
		{"standing asks, wrong", restrict(store.KnowMail), "wrong@mail.example", errMustKnowMail},
		{"standing asks, right", restrict(store.KnowMail), "ben@mail.example", nil},
		{"to somebody who blocks", func(w *world, ada, ben Actor) {
			wishes(store.FromMail)(w, ada, ben)
			w.must(w.Block(w.t.Context(), ben, ada.ID))
		}, "", pair.ErrNoAccount},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada, ben := w.member("Ada"), w.member("Ben")
				row.before(w, ada, ben)
				_, err := w.Send(t.Context(), ada, Invite{To: ben.ID, Email: row.email})
				if !errors.Is(err, row.want) || (err == nil) != (row.want == nil) {
					t.Errorf("%v, want %v", err, row.want)
				}
				n, err := w.CountInvitations(t.Context(), ada)
				if w.must(err); (n.Sent == 1) != (row.want == nil) {
					t.Errorf("refused, and sent: %+v", n)
				}
			})
		})
	}
}

// restrict lets standing hold a member back for a week.
func restrict(step Step) func(w *world, ada, ben Actor) {
	return func(w *world, ada, _ Actor) {
		w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
			return tx.Restrict(&store.Restriction{Owner: ada.ID, Step: step, Cause: store.ByDesk, From: w.now(), Until: w.now().Add(7 * kith.Day)})
		}))
	}
}

// What a paused member sent before waits, unseen, until the pause is over.
func TestAPausedSendersInvitationWaits(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.duo(t, "Hello")
		look := func(want int) {
			t.Helper()
			list, _, err := w.Invitations(t.Context(), d.ben, Received, Cursor{}, 10)
			w.must(err)
			n, err := w.CountInvitations(t.Context(), d.ben)
			if w.must(err); len(list) != want || n.Undecided != want {
				t.Errorf("%d listed, %+v counted, want %d", len(list), n, want)
			}
		}
		look(1)
		restrict(Paused)(w, d.ada, d.ben)
		look(0)
		if _, err := w.Accept(t.Context(), d.ben, d.id, pair.Met, pair.NoSee, ""); !errors.Is(err, pair.ErrOnHold) {
			t.Errorf("accepted: %v", err)
		}
		w.pass(7 * kith.Day)
		look(1)
		w.must(only(w.Accept(t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "")))
	})
}
