package app

import (
	"slices"
	"testing"
	"time"

	"kith"
)

// wrote imports a message of the one who waits there, of a time.
func (w *world) wrote(who Actor, at time.Time) {
	w.t.Helper()
	w.importing(who, file{"Profile.csv", profileCSV}, file{"messages.csv", table(messageHead,
		`c1,,Mara Quillon,`+mara+`,Ada Brandt,`+adaLink+`,`+at.UTC().Format("2006-01-02 15:04:05 UTC")+`,,In the garden in Ghent,INBOX`)})
}

// acceptsToSee imports an invitation which is to be accepted to see, and accepts it.
func (w *world) acceptsToSee(who Actor) kith.InvitationID {
	w.t.Helper()
	w.goalsAre(who, kith.GoalSet(kith.Reach), kith.Open)
	w.importing(who, file{"Profile.csv", profileCSV}, file{"Invitations.csv", table(inviteHead,
		`Mara Quillon,Ada Brandt,"2/20/26, 9:00 AM",,INCOMING,`+mara+","+adaLink)})
	w.settle()
	_, sent := w.lists(who)
	id := sent[0].ID
	if j, err := w.Verdict(w.t.Context(), who, id); err != nil || !toSee(&j.Verdict) {
		w.t.Fatalf("%+v is no accept and see: %v", j.Verdict, err)
	}
	w.must(w.Settle(w.t.Context(), who, id, ChooseAccept))
	return id
}

// Whoever was accepted elsewhere to see comes up after two weeks, unless they
// wrote, and once: the member says how it ended, or takes the acceptance back.
func TestAcceptAndSeeElsewhere(t *testing.T) {
	t.Parallel()
	end := func(how SeeEnd) func(*world, Actor, kith.InvitationID) {
		return func(w *world, who Actor, id kith.InvitationID) {
			w.must(w.EndSeeElsewhere(w.t.Context(), who, id, how))
			if err := w.EndSeeElsewhere(w.t.Context(), who, id, how); kith.KindOf(err) != kith.Conflict {
				w.t.Errorf("it ends twice: %v", err)
			}
		}
	}
	undo := func(w *world, who Actor, id kith.InvitationID) { w.must(w.Unsettle(w.t.Context(), who, id)) }
	hear := func(w *world, who Actor, _ kith.InvitationID) { w.wrote(who, w.now().Add(-time.Hour)) }
	for _, c := range []struct {
		name        string
		before      func(*world, Actor, kith.InvitationID) // a day after the acceptance
		up          bool                                   // after two weeks
		after       func(*world, Actor, kith.InvitationID) // two weeks after
		left        string
		leftWaiting []string
	}{
		{name: "silent", up: true, left: "|silent|", leftWaiting: []string{"proposal"}},
		{name: "they wrote", before: hear, left: "||"},
		{name: "they wrote late", up: true, after: hear, left: "||"},
		{name: "an older letter", before: func(w *world, who Actor, _ kith.InvitationID) { w.wrote(who, w.now().Add(-30*time.Hour)) }, up: true,
			left: "|silent|", leftWaiting: []string{"proposal"}},
		{name: "the member heard of them", before: end(SeeHeard), left: "||"},
		{name: "the member heard late", up: true, after: end(SeeHeard), left: "||"},
		{name: "parted", up: true, after: end(SeeParted), left: "||"},
		{name: "kept", up: true, after: end(SeeKept), left: "||"},
		{name: "taken back", before: undo, left: "||"},
		{name: "taken back late", up: true, after: undo, left: "||"},
		{name: "turned down after all", before: func(w *world, who Actor, id kith.InvitationID) {
			w.must(w.DoneElsewhere(w.t.Context(), who, id, DidDecline))
		}, left: "||"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada := w.member("Ada Brandt")
				id := w.acceptsToSee(ada)
				out := w.agenda(ada, "||see")
				if e := out.Waiting[0]; e.Name != "Mara Quillon" || !e.Elsewhere() || e.Slug == "" || e.DueAt.Sub(w.now()) != 14*kith.Day {
					t.Errorf("it waits as %+v", e)
				}
				w.ownDuties(ada, dutyReviewElsewhere)
				w.pass(kith.Day)
				if c.before != nil {
					c.before(w, ada, id)
				}
				w.pass(13 * kith.Day)
				w.settle()
				want := "||"
				if c.up {
					want = "|silent|"
				}
				w.agenda(ada, want)
				if slices.Contains(w.events(ada), kindElsewhereUnheard) != c.up {
					t.Errorf("the news are %v", w.events(ada))
				}
				if c.after != nil {
					w.pass(time.Hour)
					c.after(w, ada, id)
				}
				w.agenda(ada, c.left)
				w.ownDuties(ada, c.leftWaiting...)
			})
		})
	}
}

// The proposal to part lapses, and accepting again begins anew.
func TestAcceptAndSeeElsewhereIsProposedOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		id := w.acceptsToSee(ada)
		w.pass(DecideAfter)
		w.settle()
		out := w.agenda(ada, "|silent|")
		if err := w.Wait(t.Context(), ada, id); kith.KindOf(err) != kith.NotFound {
			t.Errorf("it is waited for like an answer: %v", err)
		}
		if err := w.EndSeeElsewhere(t.Context(), w.member("Eve Stone"), id, SeeKept); kith.KindOf(err) != kith.NotFound {
			t.Errorf("another ends it: %v", err)
		}
		if err := w.EndSeeElsewhere(t.Context(), ada, id, "eaten"); kith.KindOf(err) != kith.Invalid {
			t.Errorf("it is eaten: %v", err)
		}
		w.must(w.DismissDuty(t.Context(), ada, out.Up[0].Effect))
		w.agenda(ada, "||")
		w.must(w.DoneElsewhere(t.Context(), ada, id, DidDecline))
		w.must(w.Unsettle(t.Context(), ada, id))
		w.must(w.DoneElsewhere(t.Context(), ada, id, DidAccept))
		w.agenda(ada, "||see")
		w.pass(DecideAfter)
		w.settle()
		w.agenda(ada, "|silent|")
		w.pass(proposalFor)
		w.settle()
		w.agenda(ada, "||")
	})
}
