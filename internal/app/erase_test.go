package app

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// An account is erased 7 days after its owner asked, unless they call it off,
// and for everybody else it is then as if it had never been.
func TestErasureWaitsSevenDays(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, bea := w.member("Ada"), w.member("Bea")
		ada.Credential = console // may do what a fresh session may
		in, err := w.Send(ctx, ada, Invite{To: bea.ID, Note: "We met in Delft."})
		w.must(err)
		_, err = w.Accept(ctx, bea, in.ID, pair.Met, pair.NoSee, "Gladly.")
		w.must(err)

		state := func() store.MemberState {
			var m store.Member
			w.must(w.read(ctx, func(tx *store.Tx) (err error) { m, _, err = tx.Member(ada.ID); return err }))
			return m.State
		}
		due, err := w.AskErasure(ctx, ada, "")
		w.must(err)
		again, err := w.AskErasure(ctx, ada, "")
		w.must(err)
		if !due.Equal(w.now().Add(EraseAfter)) || !again.Equal(due) {
			t.Errorf("due %v, then %v", due, again)
		}
		w.must(w.StopErasure(ctx, ada))
		if err := w.StopErasure(ctx, ada); kith.KindOf(err) != kith.Conflict {
			t.Errorf("stopped twice: %v", err)
		}
		w.pass(EraseAfter)
		w.must(w.doDue())
		w.must(w.Housekeep(ctx))
		if state() != store.Active {
			t.Fatal("erased though it was called off")
		}
		_, err = w.AskErasure(ctx, ada, "")
		w.must(err)
		w.pass(EraseAfter - 1000)
		w.must(w.doDue())
		w.must(w.Housekeep(ctx))
		if state() != store.Active {
			t.Fatal("erased too early")
		}
		w.pass(1000)
		w.must(w.doDue())
		w.must(w.Housekeep(ctx))
		if state() != store.Erased {
			t.Fatal("not erased")
		}
		if _, err := w.Send(ctx, bea, Invite{To: ada.ID}); err == nil || err.Error() != pair.ErrNoAccount.Error() {
			t.Errorf("inviting somebody erased: %v", err)
		}
		list, _, err := w.Connections(ctx, bea, Cursor{}, 10)
		w.must(err)
		threads, _, err := w.Threads(ctx, bea, Cursor{}, 10)
		w.must(err)
		if len(list)+len(threads) > 0 {
			t.Errorf("bea still has %v, %v", list, threads)
		}
		events, err := w.Events(ctx, bea, 0, 100)
		w.must(err)
		if slices.ContainsFunc(events, func(e Event) bool { return e.Other == ada.ID }) {
			t.Errorf("bea's feed still tells of ada: %+v", events)
		}
		if err := w.EraseNow(ctx, w.Console(), ada.ID); kith.KindOf(err) != kith.NotFound {
			t.Errorf("erased again: %v", err)
		}
		if err := w.EraseNow(ctx, bea, bea.ID); kith.KindOf(err) != kith.Denied {
			t.Errorf("erased at once by a member: %v", err)
		}
	})
}

// Somebody else may have found a browser open: whoever owns the account is told
// by mail, with the day.
func TestALetterTellsOfAnErasure(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := new(box)
		ada := w.reader("Ada Brandt", "ada@mail.example", b)
		ada.Credential = console
		for range 2 {
			_, err := w.AskErasure(t.Context(), ada, "")
			w.must(err)
		}
		w.must(w.doDue())
		if len(b.got) != 1 || !strings.Contains(b.got[0].Text, "On 9 March 2026 everything") {
			t.Errorf("the letters are %+v", b.got)
		}
	})
}

// Files that wait to be read go with the account, in whichever way it is erased,
// and those of a request that was under way after it.
func TestUploadsGoWithTheAccount(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, bea := w.member("Ada Brandt"), w.member("Bea de Wit")
		for _, who := range []Actor{ada, bea} {
			_, err := w.StartImport(ctx, who, "", upload(invited()...))
			w.must(err)
		}
		staged := func(who Actor) (n int) {
			entries, err := os.ReadDir(w.conf.Staging)
			w.must(err)
			for _, e := range entries {
				if strings.HasPrefix(e.Name(), string(who.ID)) {
					n++
				}
			}
			return n
		}
		w.must(w.EraseNow(ctx, w.Console(), ada.ID))
		if staged(ada) != 0 || staged(bea) != 1 {
			t.Errorf("%d of ada's uploads are left, %d of bea's", staged(ada), staged(bea))
		}
		_, err := w.stage(ada.ID, "late")
		w.must(err)
		w.must(w.Housekeep(ctx))
		if staged(ada) != 0 || staged(bea) != 1 {
			t.Errorf("later %d of ada's uploads are left, %d of bea's", staged(ada), staged(bea))
		}
	})
}
