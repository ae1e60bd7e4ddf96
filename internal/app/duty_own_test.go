package app

import (
	"strings"
	"testing"

	"kith"
	"kith/pair"
)

func TestDutiesOfAMember(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, ben := w.member("Ada Brandt"), w.member("Ben Okoye")
		w.invite(ada, ben)
		see(w, ada, ben)
		w.ownDuties(ben, "review")
		w.pass(14 * kith.Day)
		w.must(w.doDue())
		id := w.ownDuties(ben, "proposal")
		if err := w.DismissDuty(t.Context(), ada, id[0]); kith.KindOf(err) != kith.NotFound {
			t.Errorf("somebody else dismissed it: %v", err)
		}
		w.must(w.Block(t.Context(), ada, ben.ID))
		w.ownDuties(ben)
		w.must(w.Unblock(t.Context(), ada, ben.ID))
		w.ownDuties(ben) // the connection is gone
		w.must(w.DismissDuty(t.Context(), ben, id[0]))
		if err := w.DismissDuty(t.Context(), ben, id[0]); kith.KindOf(err) != kith.NotFound {
			t.Errorf("dismissed twice: %v", err)
		}
	})
}

// ownDuties wants the kinds of a member's duties, a page each, and gives
// their names.
func (w *world) ownDuties(who Actor, want ...string) (effects []string) {
	w.t.Helper()
	var kinds []string
	for after := (Cursor{}); ; {
		page, next, err := w.Duties(w.t.Context(), who, after, 1)
		w.must(err)
		for _, f := range page {
			kinds, effects = append(kinds, f.Kind), append(effects, f.Effect)
			if strings.Contains(f.Words, "%") || f.Dismissible != (f.Kind == kindProposal) {
				w.t.Errorf("duty %+v", f)
			}
		}
		if after = next; next == (Cursor{}) {
			break
		}
	}
	if strings.Join(kinds, " ") != strings.Join(want, " ") {
		w.t.Errorf("duties are %q, want %q", kinds, want)
	}
	return effects
}

// A sender waits for the same, whatever the recipient made of the invitation.
func TestASendersDutiesTellNothing(t *testing.T) {
	t.Parallel()
	answers := map[string]func(w *world, ben Actor, id kith.InvitationID) error{
		"nothing": func(*world, Actor, kith.InvitationID) error { return nil },
		"ignored": func(w *world, ben Actor, id kith.InvitationID) error {
			_, err := w.Ignore(w.t.Context(), ben, id)
			return err
		},
		"declined": func(w *world, ben Actor, id kith.InvitationID) error {
			_, err := w.Decline(w.t.Context(), ben, id)
			return err
		},
		"don't know": func(w *world, ben Actor, id kith.InvitationID) error {
			_, err := w.DontKnow(w.t.Context(), ben, id)
			return err
		},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for name, answer := range answers {
			ada, ben := w.member("Ada "+name), w.member("Ben "+name)
			sent := w.now()
			id := w.invite(ada, ben)
			w.must(answer(w, ben, id))
			w.pass(179 * kith.Day)
			w.must(w.doDue())
			list, _, err := w.Duties(t.Context(), ada, Cursor{}, 10)
			w.must(err)
			want := Duty{Effect: "expire/" + string(id), Kind: "expire", Subject: string(id), Other: ben.ID, Name: "Ben " + name,
				Words: "Your invitation to Ben " + name + " is open until then.", DueAt: sent.Add(pair.ExpiresAfter)}
			if len(list) != 1 || list[0] != want {
				t.Errorf("%s: the sender waits for %+v", name, list)
			}
			w.pass(2 * kith.Day)
			w.must(w.doDue())
			w.ownDuties(ada)
		}
	})
}
