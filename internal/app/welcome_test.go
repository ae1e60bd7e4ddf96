package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
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

// Nobody finds out an address by trying: after 10 wrong ones the right one is
// answered as they were, until time has passed. A right one costs nothing.
func TestAnAddressIsNotGuessed(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, ben, cleo := w.member("Ada"), w.member("Ben"), w.member("Cleo")
		for _, who := range []Actor{ben, cleo} {
			w.must(only(w.ChangeSettings(t.Context(), who, func(s *Settings) error { s.Invites = store.FromMail; return nil })))
		}
		try := func(to Actor, email string) error {
			return only(w.Send(t.Context(), ada, Invite{To: to.ID, Email: email}))
		}
		for i := range 9 {
			w.wants("a wrong one", try(ben, fmt.Sprintf("ben%d@mail.example", i)), errFromMail)
		}
		w.must(try(cleo, "cleo@mail.example"))
		w.wants("the last wrong one", try(ben, "ben9@mail.example"), errFromMail)
		w.wants("the right one, too late", try(ben, "ben@mail.example"), errFromMail)
		dan := w.member("Dan")
		w.must(try(dan, "wrong@mail.example")) // nobody asks
		w.pass(kith.Day / 10)
		w.must(try(ben, "ben@mail.example"))
	})
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
			if _, err := w.Invitation(t.Context(), d.ben, d.id); (err == nil) != (want == 1) {
				t.Errorf("asked for by its id: %v, want %d", err, want)
			}
			_, files := exported(t, w, d.ben)
			for _, name := range []string{"Invitations.csv", listFolder + "invitations-received.json"} {
				if text, ok := files[name]; !ok || strings.Contains(text, "Hello") != (want == 1) {
					t.Errorf("%s, want %d: %q", name, want, text)
				}
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
