package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// What every write has done when another transaction gets in its way at the
// last moment, and it is run again, is what it does at once.
func TestARetryChangesNothing(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			once := someLife(t, worldOn(t, dsn.Make(t), store.Options{Unsafe: true}))
			twice := someLife(t, worldOn(t, dsn.Make(t), store.Options{Unsafe: true, Twice: true}))
			if once != twice {
				t.Errorf("once\n%s\ntwice\n%s", once, twice)
			}
		})
	}
}

// someLife goes through verbs of every noun and gives what members see of it,
// without ids.
func someLife(t *testing.T, w *world) string {
	ctx := t.Context()
	w.doors.cost = quickCost
	w.member("Root Keeper")
	ada, ben, cal := w.arrive("Ada Brandt"), w.arrive("Ben Okafor"), w.arrive("Cal Dunn")
	dee, eve := w.arrive("Dee Eno"), w.arrive("Eve Stone")
	w.shape(ada, hydrologist)
	w.picture(ada)

	// Two that are connected, write, and end in a report.
	id := w.invite(ada, ben)
	w.must(only(w.Ask(ctx, ben, id, "Where did we meet?")))
	w.must(only(w.Reply(ctx, ada, id, "In Delft.")))
	w.must(only(w.Accept(ctx, ben, id, pair.Met, pair.NoSee, "Welcome")))
	w.must(only(w.Write(ctx, ada, ben.ID, "Hello")))
	w.must(w.Report(ctx, ben, Accusation{On: OnConnection, ID: string(ada.ID), Reason: ForMoney}))
	// Others that turn down, undo, take back and block.
	w.must(only(w.Decline(ctx, cal, w.invite(ada, cal))))
	id = w.invite(dee, cal)
	w.must(only(w.Ignore(ctx, cal, id)))
	w.must(only(w.Reopen(ctx, cal, id)))
	w.must(only(w.Withdraw(ctx, dee, id)))
	w.must(w.Block(ctx, dee, eve.ID))
	w.must(only(Once(ctx, w.App, eve, "key", "send", func(ctx context.Context) (Invitation, error) {
		return w.Send(ctx, eve, Invite{To: cal.ID, Tie: pair.Met})
	})))

	// More contacts than one transaction takes back.
	book := []string{connectHead}
	for i := range undoBatch + 50 {
		book = append(book, fmt.Sprintf("Mara,Quillon%d,https://www.linkedin.com/in/mara-%d,,,,04 Mar 2020", i, i))
	}
	run := w.importing(ada, file{"Connections.csv", table(book...)})
	before, _ := w.lists(ada)
	w.must(w.DropImport(ctx, ada, run.ID))
	w.must(w.doDue())
	if after, _ := w.lists(ada); len(before) != undoBatch+50 || len(after) != 0 {
		t.Errorf("%d contacts were imported, and %d are left", len(before), len(after))
	}

	w.must(only(w.ChangeSettings(ctx, cal, func(s *Settings) error { s.Invites = store.FromMail; return nil })))
	w.must(w.ChangePassword(ctx, eve, arrivalWord, "nine blue kettles"))
	w.must(w.Leave(ctx, dee, arrivalWord))
	w.pass(15 * kith.Day)
	w.must(w.doDue())

	var seen strings.Builder
	for _, who := range []Actor{ada, ben, cal, dee, eve} {
		counts, err := w.CountInvitations(ctx, who)
		w.must(err)
		fmt.Fprintf(&seen, "%s: %+v %+v %s\n", w.account(who.ID).Name, counts, w.standingOf(who), w.events(who))
	}
	return seen.String()
}
