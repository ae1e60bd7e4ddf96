package app

import (
	"context"
	"slices"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
)

// firm has so many invitations whose firm verdict follows from the member's own
// answer.
func (w *world) firm(who Actor, n int, says kith.Answer) (ids []kith.InvitationID, people []Actor) {
	w.t.Helper()
	people = w.strangers(n)
	for _, p := range people {
		id := w.sends(p, who, "")
		ids = append(ids, id)
		w.answers(who, id, says)
	}
	slices.Sort(ids)
	return ids, people
}

// answers makes a firm accept of an invitation, or a firm decline.
func (w *world) answers(who Actor, id kith.InvitationID, says kith.Answer) {
	w.t.Helper()
	question := kith.AskMet
	if says == kith.AnswerNo {
		question = kith.AskComfortable
	}
	_, err := w.Answer(w.t.Context(), who, id, question, says)
	w.must(err)
}

func (w *world) bundleIs(who Actor, id string, want Bundle) {
	w.t.Helper()
	got, err := w.Bundle(w.t.Context(), who, id)
	w.must(err)
	if got != want {
		w.t.Errorf("%s: %+v, not %+v", id, got, want)
	}
}

// Many are settled together, each by itself. What is gone or judged otherwise by
// then is left and told, and exactly what was settled comes back, whatever is
// decided beside it.
func TestSettleTogether(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		ids, people := w.firm(judith, 6, kith.AnswerNo)
		before := w.lying(judith)
		of := func(i int) kith.InvitationID {
			list, _, err := w.Invitations(t.Context(), people[i], Sent, Cursor{}, 1)
			w.must(err)
			return list[0].ID
		}
		gone, anew, beside := of(0), of(1), of(2)
		_, err := w.Withdraw(t.Context(), people[0], gone)
		w.must(err)
		w.answers(judith, anew, kith.AnswerYes)
		_, err = w.Answer(t.Context(), judith, anew, kith.AskComfortable, kith.NotAnswered)
		w.must(err)
		w.must(w.Settle(t.Context(), judith, beside, ChooseDecline))
		together := slices.DeleteFunc(slices.Clone(ids), func(id kith.InvitationID) bool { return id == beside })
		w.must(w.SettleTogether(t.Context(), judith, "b", together, ChooseDecline))
		w.bundleIs(judith, "b", Bundle{Choice: ChooseDecline, Done: 3, Anew: 1, Closed: 1})
		w.must(w.SettleTogether(t.Context(), judith, "b", together, ChooseDecline)) // sent twice
		w.bundleIs(judith, "b", Bundle{Choice: ChooseDecline, Done: 3, Anew: 1, Closed: 1})
		w.bundleIs(w.member("Eve Long"), "b", Bundle{})

		w.pass(time.Minute)
		again, lost := of(3), of(4)
		w.must(w.Unsettle(t.Context(), judith, again))
		w.must(w.Settle(t.Context(), judith, again, ChooseDecline))
		_, err = w.Withdraw(t.Context(), people[4], lost)
		w.must(err)
		w.must(w.UnsettleTogether(t.Context(), judith, "b"))
		w.bundleIs(judith, "b", Bundle{Choice: ChooseDecline, Back: 1, Stays: 2, Anew: 1, Closed: 1})
		after := slices.DeleteFunc(before, func(id kith.InvitationID) bool {
			return slices.Contains([]kith.InvitationID{gone, beside, again, lost}, id)
		})
		if got := w.lying(judith); !slices.Equal(got, after) {
			t.Errorf("%v lie there again, not %v", got, after)
		}
		w.pass(UndoFor + time.Hour)
		for _, c := range chores {
			w.must(c.do(w.App, t.Context()))
		}
		w.bundleIs(judith, "b", Bundle{})

		for name, err := range map[string]error{
			"too many":  w.SettleTogether(t.Context(), judith, "c", make([]kith.InvitationID, maxTogether+1), ChooseDecline),
			"no id":     w.SettleTogether(t.Context(), judith, "", ids, ChooseDecline),
			"put off":   w.SettleTogether(t.Context(), judith, "c", ids, ChooseLater),
			"no choice": w.SettleTogether(t.Context(), judith, "c", ids, "burn"),
		} {
			if kith.KindOf(err) != kith.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// What breaks half way is told as far as it came, and goes on from there.
func TestABundleThatBreaksHalfWay(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		ids, _ := w.firm(judith, 3, kith.AnswerYes)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		w.must(w.SettleTogether(ctx, judith, "b", ids[:1], ChooseAccept))
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			return tx.AddBundle(judith.ID, "b", "accept", ids, w.now())
		}))
		w.bundleIs(judith, "b", Bundle{Choice: ChooseAccept, Done: 1, Ends: 1, Waits: 2})
		stop()
		if err := w.SettleTogether(ctx, judith, "b", ids, ChooseAccept); err == nil {
			t.Error("went on without a caller")
		}
		w.must(w.SettleTogether(t.Context(), judith, "b", ids, ChooseAccept))
		w.bundleIs(judith, "b", Bundle{Choice: ChooseAccept, Done: 3, Ends: 3})
		w.must(w.UnsettleTogether(t.Context(), judith, "b"))
		w.bundleIs(judith, "b", Bundle{Choice: ChooseAccept, Back: 3, Ended: 3})
		list, _, err := w.Connections(t.Context(), judith, Cursor{}, 10)
		w.must(err)
		if len(list) != 0 {
			t.Errorf("still connected with %v", list)
		}
	})
}

// An undo of an old page takes back nothing that was decided since.
func TestAnOldUndoTakesBackNothingElse(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		here := w.sends(w.member("Ada Brandt"), judith, specificNote)
		w.elsewhere(judith, 9)
		p, err := w.Pile(t.Context(), judith, PileQuery{From: FromElsewhere})
		w.must(err)
		there := idsOf(&p)[0]
		for _, id := range []kith.InvitationID{here, there} {
			last := time.Time{}
			for _, c := range []Choice{ChooseDecline, ChooseLater, ChooseAccept} {
				w.pass(time.Minute)
				w.must(w.Settle(t.Context(), judith, id, c))
				now, err := w.Chosen(t.Context(), judith, id)
				w.must(err)
				if now.Name == "" || now.At().IsZero() || now.Ends() != (id == here && c == ChooseAccept) {
					t.Errorf("%s %s stands as %+v", c, id, now)
				}
				for _, old := range []time.Time{last, {}} {
					if _, err := w.UnsettleAt(t.Context(), judith, id, old); kith.KindOf(err) != kith.Conflict {
						t.Errorf("%s was undone by an older page: %v", c, err)
					}
				}
				last = now.At()
				ended, err := w.UnsettleAt(t.Context(), judith, id, last)
				w.must(err)
				if ended != now.Ends() {
					t.Errorf("%s of %s: ended is %v", c, id, ended)
				}
				if now, err = w.Chosen(t.Context(), judith, id); err != nil || !now.At().IsZero() {
					t.Errorf("%s taken back stands as %+v, %v", c, now, err)
				}
			}
		}
		w.must(w.AskedElsewhere(t.Context(), judith, there))
		asked, err := w.Chosen(t.Context(), judith, there)
		w.must(err)
		if _, err := w.UnsettleAt(t.Context(), judith, there, asked.At()); err != nil || asked.AskedAt.IsZero() {
			t.Errorf("asked there: %+v, %v", asked, err)
		}
	})
}

// What was decided is looked through page by page, all of it counted.
func TestLookingBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		ids, _ := w.firm(judith, 5, kith.AnswerYes)
		for i, id := range ids {
			w.must(w.Settle(t.Context(), judith, id, []Choice{ChooseAccept, ChooseDecline}[i%2]))
		}
		var seen []kith.InvitationID
		for after := (Cursor{}); ; {
			l, err := w.LookBack(t.Context(), judith, after, 2)
			w.must(err)
			if l.Count[kith.Accept] != 3 || l.Count[kith.Decline] != 2 || l.Parted != 2 {
				t.Errorf("counted %v, parted %d", l.Count, l.Parted)
			}
			for i := range l.Page {
				seen = append(seen, l.Page[i].Invitation)
			}
			if after = l.Next; after == (Cursor{}) {
				break
			}
		}
		slices.Sort(seen)
		if !slices.Equal(seen, ids) {
			t.Errorf("seen %v of %v", seen, ids)
		}
	})
}
