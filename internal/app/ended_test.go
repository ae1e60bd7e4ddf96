package app

import (
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// A letter that is asked for and is open no longer is shown with what became of
// it, to whoever had it and nobody else.
func TestALetterThatIsOpenNoLonger(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		shown := func(id kith.InvitationID) (Ended, string) {
			t.Helper()
			d, err := w.Desk(t.Context(), judith, DeskQuery{Open: id})
			w.must(err)
			if d.Lost {
				return Ended{}, "lost"
			}
			return d.Letter.Ended, d.Letter.Note
		}
		ctx, now := t.Context(), w.now()
		for _, c := range []struct {
			name string
			does func(sender Actor, id kith.InvitationID) error
			want Ended
		}{
			{"declined", func(_ Actor, id kith.InvitationID) error { return w.Settle(ctx, judith, id, ChooseDecline) }, Ended{DecidedBefore, now, kith.Decline}},
			{"accepted", func(_ Actor, id kith.InvitationID) error { return w.Settle(ctx, judith, id, ChooseAccept) }, Ended{DecidedBefore, now, kith.Accept}},
			{"accepted and undone", func(_ Actor, id kith.InvitationID) error {
				w.must(w.Settle(ctx, judith, id, ChooseAccept))
				return w.Unsettle(ctx, judith, id)
			}, Ended{How: Parted}},
			{"withdrawn", func(s Actor, id kith.InvitationID) error { _, err := w.Withdraw(ctx, s, id); return err }, Ended{How: TakenBack}},
			{"declined, then withdrawn", func(s Actor, id kith.InvitationID) error {
				w.must(w.Settle(ctx, judith, id, ChooseDecline))
				_, err := w.Withdraw(ctx, s, id)
				return err
			}, Ended{DecidedBefore, now, kith.Decline}},
			{"put off", func(_ Actor, id kith.InvitationID) error { return w.Settle(ctx, judith, id, ChooseLater) }, Ended{How: PutOff, At: LaterUntil(now)}},
		} {
			sender := w.strangers(1)[0]
			id := w.sends(sender, judith, "May I ask how you keep the gauges from freezing?")
			w.must(c.does(sender, id))
			if got, note := shown(id); got != c.want || note == "" {
				t.Errorf("%s: %+v, %q; want %+v", c.name, got, note, c.want)
			}
			if d, err := w.Desk(ctx, sender, DeskQuery{Open: id}); err != nil || !d.Lost {
				t.Errorf("%s: its sender finds it on the desk: %+v, %v", c.name, d.Letter, err)
			}
		}
	})
}

// What never reached its recipient is not there for them, whatever becomes of
// it; nor what is of somebody who blocks them.
func TestALetterThatNeverCameIsLost(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		judith := w.member("Judith Vanderlinden")
		two := w.strangers(2)
		refused, gone := two[0], two[1]
		_, err := w.DontKnow(ctx, judith, w.sends(refused, judith, ""))
		w.must(err)
		w.pass(pair.ExpiresAfter)
		never := w.sends(refused, judith, "Once more")
		_, err = w.Withdraw(ctx, refused, never)
		w.must(err)
		had := w.sends(gone, judith, "")
		w.must(w.Block(ctx, gone, judith.ID))
		for name, id := range map[string]kith.InvitationID{"never delivered": never, "of somebody who blocks": had} {
			if d, err := w.Desk(ctx, judith, DeskQuery{Open: id}); err != nil || !d.Lost || d.Letter != nil {
				t.Errorf("%s: %+v, %v", name, d.Letter, err)
			}
		}
	})
}

// An invitation that ran out is said to have run out; of one on another site it
// is told what was done there, and when.
func TestEndedOtherwise(t *testing.T) {
	t.Parallel()
	now := beginning
	if got := endedThere(&Elsewhere{Did: store.DidReport, DidAt: now}); got != (Ended{DecidedBefore, now, kith.Report}) {
		t.Errorf("reported there: %+v", got)
	}
	if got := endedThere(&Elsewhere{Connected: true}); got != (Ended{How: DecidedBefore, As: kith.Accept}) {
		t.Errorf("connected there: %+v", got)
	}
	had := []store.Event{{Kind: kindInvited}}
	if got, _, ok := endedHere(had, now.Add(-pair.ExpiresAfter), now); !ok || got.How != RanOut {
		t.Errorf("after its time: %+v, %v", got, ok)
	}
	if _, _, ok := endedHere(nil, now, now); ok {
		t.Error("what nobody was told of is there")
	}
}
