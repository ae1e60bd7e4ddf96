package app

import (
	"strings"
	"testing"

	"kith"
	"kith/pair"
)

// agenda wants the kinds of what is on a member's list, part by part, and that
// as many are counted; it gives the list.
func (w *world) agenda(who Actor, want string) Agenda {
	w.t.Helper()
	out, err := w.Agenda(w.t.Context(), who)
	w.must(err)
	var parts []string
	for _, part := range [][]Errand{out.Answered, out.Up, out.Waiting} {
		var kinds []string
		for i := range part {
			kinds = append(kinds, string(part[i].Kind))
		}
		parts = append(parts, strings.Join(kinds, " "))
	}
	if got := strings.Join(parts, "|"); got != want {
		w.t.Errorf("the list is %q, want %q", got, want)
	}
	head, err := w.Head(w.t.Context(), who)
	w.must(err)
	if head.Errands != out.Wants() {
		w.t.Errorf("%d are counted of %d", head.Errands, out.Wants())
	}
	return out
}

// settle does what is due, so that verdicts are there.
func (w *world) settle() {
	w.t.Helper()
	w.must(w.doDue())
}

// A question that went out comes up when it is answered, after a week, and after
// two; meanwhile it waits.
func TestAQuestionOnTheList(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, ben := w.member("Ada Brandt"), w.member("Ben Okoye")
		id := w.invite(ada, ben)
		w.settle()
		w.agenda(ben, "||")
		ask(w, ada, ben)
		out := w.agenda(ben, "||asked")
		if e := out.Waiting[0]; e.Question == "" || e.Name != "Ada Brandt" || e.DueAt.Sub(w.now()) != 7*kith.Day {
			t.Errorf("it waits as %+v", e)
		}
		w.agenda(ada, "asks||")
		w.pass(7 * kith.Day)
		w.settle()
		w.agenda(ben, "|late|")
		w.must(w.Wait(ctx, ben, id))
		out = w.agenda(ben, "||asked")
		if e := out.Waiting[0]; !e.Aside || e.DueAt.Sub(w.now()) != 7*kith.Day {
			t.Errorf("it is put off as %+v", e)
		}
		w.must(w.WaitNoMore(ctx, ben, id))
		w.agenda(ben, "|late|")
		if err := w.WaitNoMore(ctx, ben, id); kith.KindOf(err) != kith.NotFound {
			t.Errorf("what is not put off comes back: %v", err)
		}
		w.must(w.Wait(ctx, ben, id))
		w.pass(7 * kith.Day)
		w.settle()
		out = w.agenda(ben, "|over|")
		if e := out.Up[0]; e.Decision == "" {
			t.Errorf("without a verdict: %+v", e)
		}
		w.must(w.Wait(ctx, ben, id))
		w.agenda(ben, "||asked")
		if err := w.Wait(ctx, ben, id); kith.KindOf(err) != kith.NotFound {
			t.Errorf("what is put off is put off: %v", err)
		}
		w.pass(14 * kith.Day)
		_, err := w.Reply(ctx, ada, id, "At the fair in May.")
		w.must(err)
		w.settle()
		w.agenda(ada, "||")
		out = w.agenda(ben, "answered||")
		if e := out.Answered[0]; e.Reply != "At the fair in May." || !e.DueAt.Equal(w.now()) {
			t.Errorf("the answer is %+v", e)
		}
		if err := w.Wait(ctx, ben, id); kith.KindOf(err) != kith.NotFound {
			t.Errorf("an answer is waited for: %v", err)
		}
		_, err = w.Accept(ctx, ben, id, NoTie, NoSee, "")
		w.must(err)
		w.agenda(ben, "||")
	})
}

// Accept and see comes up after two weeks without a word, and not if one came.
func TestAcceptAndSeeOnTheList(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, eve, ben := w.member("Ada Brandt"), w.member("Eve Stone"), w.member("Ben Okoye")
		for _, from := range []Actor{ada, eve} {
			_, err := w.Accept(ctx, ben, w.invite(from, ben), pair.ThroughNetwork, pair.SeePropose, "")
			w.must(err)
		}
		w.agenda(ben, "||see see")
		_, err := w.Write(ctx, ada, ben.ID, "Thank you!")
		w.must(err)
		w.agenda(ben, "||see")
		w.pass(14 * kith.Day)
		w.settle()
		out := w.agenda(ben, "|silent|")
		e := out.Up[0]
		if e.Name != "Eve Stone" || !e.DueAt.Equal(w.now()) {
			t.Errorf("it is proposed as %+v", e)
		}
		w.must(w.DismissDuty(ctx, ben, e.Effect))
		w.agenda(ben, "||")
	})
}

func TestElsewhereOnTheList(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.member("Ada Brandt")
		id := w.waiting(ada)
		w.agenda(ada, "||")
		w.must(w.AskedElsewhere(ctx, ada, id))
		if out := w.agenda(ada, "||asked"); out.Waiting[0].Slug == "" || !out.Waiting[0].Elsewhere() {
			t.Errorf("it waits as %+v", out.Waiting[0])
		}
		w.pass(8 * kith.Day)
		w.agenda(ada, "|late|")
		w.must(w.Wait(ctx, ada, id))
		w.agenda(ada, "||asked")
		w.must(w.WaitNoMore(ctx, ada, id))
		w.agenda(ada, "|late|")
		w.must(w.AnsweredElsewhere(ctx, ada, id, false))
		w.agenda(ada, "|none|")
		w.must(w.Wait(ctx, ada, id))
		w.agenda(ada, "||")
		w.must(w.AnsweredElsewhere(ctx, ada, id, true))
		w.pass(20 * kith.Day)
		w.agenda(ada, "answered||")
		w.must(w.DoneElsewhere(ctx, ada, id, DidAccept))
		w.agenda(ada, "||")
	})
}

// Who asks first and then turns an invitation down in whatever way leaves the
// same on its sender's list; who blocks leaves what somebody who left does.
func TestTheListTellsNoSenderOfADecline(t *testing.T) {
	t.Parallel()
	answers := map[string]func(w *world, ben Actor, id kith.InvitationID) error{
		"nothing": func(*world, Actor, kith.InvitationID) error { return nil },
		"ignored": func(w *world, ben Actor, id kith.InvitationID) error { return second(w.Ignore(w.t.Context(), ben, id)) },
		"declined": func(w *world, ben Actor, id kith.InvitationID) error {
			return second(w.Decline(w.t.Context(), ben, id))
		},
		"don't know": func(w *world, ben Actor, id kith.InvitationID) error {
			return second(w.DontKnow(w.t.Context(), ben, id))
		},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for name, answer := range answers {
			ada, ben := w.member("Ada "+name), w.member("Ben "+name)
			id := w.invite(ada, ben)
			ask(w, ada, ben)
			asked := w.now()
			w.pass(kith.Day)
			w.must(answer(w, ben, id))
			out := w.agenda(ada, "asks||")
			if e := out.Answered[0]; e.Question != "Where did we meet?" || !e.AskedAt.Equal(asked) || e.Name != "Ben "+name {
				t.Errorf("%s: the sender sees %+v", name, e)
			}
			w.must(w.Block(t.Context(), ben, ada.ID))
			w.agenda(ada, "||")
		}
	})
}
