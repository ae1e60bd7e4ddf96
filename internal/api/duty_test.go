package api

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"kith"
	"kith/client"
	"kith/internal/app"
	"kith/internal/store"
)

// client gives the typed client of a caller.
func (c *caller) client() *client.Client {
	out := client.New(c.w.server.URL, "")
	out.HTTP = &http.Client{Transport: cookied(c.cookie)}
	return out
}

// A member follows what they wait for over HTTP, and drops what may be dropped.
func TestDutiesOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		adaHere, benHere := w.member("Ada Brandt"), w.member("Ben Osei")
		ada, ben := adaHere.client(), benHere.client()
		i := ok[client.Invitation](t)(ada.Invite(t.Context(), client.Invite{To: benHere.id}))
		list := func(c *client.Client) (kinds string, all []client.Duty) {
			for p := (client.Page{Limit: 1}); ; {
				page := ok[client.Duties](t)(c.Duties(t.Context(), p))
				for _, d := range page.Duties {
					kinds, all = kinds+d.Kind+" ", append(all, d)
				}
				if p.After = page.Next; p.After == "" {
					return kinds, all
				}
			}
		}
		kinds, all := list(ada)
		if kinds != "expire " || all[0].Subject != i.ID || all[0].Name != "Ben Osei" || all[0].Dismissible {
			t.Fatalf("%+v", all)
		}
		if err := ada.DismissDuty(t.Context(), all[0].ID); client.Status(err) != http.StatusNotFound {
			t.Errorf("an expiry was dismissed: %v", err)
		}
		ok[client.Invitation](t)(ben.Accept(t.Context(), i.ID, client.Acceptance{See: "propose", Greeting: "Hello!"}))
		w.pass(14 * kith.Day)
		adaHere.signIn() // sessions do not last as long
		benHere.signIn()
		ada, ben = adaHere.client(), benHere.client()
		kinds, all = list(ben)
		if kinds != "proposal " || !all[0].Dismissible {
			t.Fatalf("%+v", all)
		}
		for _, id := range []string{"", "zz", "00", all[0].ID + "00"} {
			if err := ben.DismissDuty(t.Context(), id); client.Status(err) < 400 {
				t.Errorf("%q was dismissed", id)
			}
		}
		if err := ada.DismissDuty(t.Context(), all[0].ID); client.Status(err) != http.StatusNotFound {
			t.Errorf("somebody else's was dismissed: %v", err)
		}
		w.must(ben.DismissDuty(t.Context(), all[0].ID))
		if kinds, _ = list(ben); kinds != "" {
			t.Errorf("left: %s", kinds)
		}
	})
}

// An operator sees what failed for good and decides.
func TestDeadDutiesOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		op := w.memberAs("Op", app.Operator)
		c := op.client()
		w.must(w.db.Write(t.Context(), func(tx *store.Tx) error {
			var errs []error
			for _, effect := range []string{"mail/1", "mail/2"} {
				d := store.Duty{Owner: kith.MemberID(op.id), Effect: effect, Kind: "mail", Long: true, DueAt: w.now(), Body: "{}"}
				errs = append(errs, tx.AddDuty(&d))
			}
			claimed, err := tx.ClaimDuties(store.DutySort{Long: true}, "lease", kith.Day, 2)
			for i := range claimed {
				errs = append(errs, tx.BuryDuty(&claimed[i], "the mail server is asleep"))
			}
			return errors.Join(append(errs, err)...)
		}))
		var ids []string
		for p := (client.Page{Limit: 1}); ; {
			page := ok[client.DeadDuties](t)(c.DeadDuties(t.Context(), p))
			for _, d := range page.Duties {
				ids = append(ids, d.ID)
				if d.Owner != op.id || d.Failure != "the mail server is asleep" || d.About == "" {
					t.Errorf("%+v", d)
				}
			}
			if p.After = page.Next; p.After == "" {
				break
			}
		}
		if len(ids) != 2 {
			t.Fatalf("%d dead duties", len(ids))
		}
		w.must(c.DiscardDuty(t.Context(), ids[0]))
		w.must(c.ReviveDuty(t.Context(), ids[1]))
		for _, id := range append(ids, "", "zz") {
			if err := c.ReviveDuty(t.Context(), id); client.Status(err) < 400 {
				t.Errorf("%q was revived", id)
			}
		}
		w.must(w.db.Read(context.Background(), func(tx *store.Tx) error {
			first, _, err := tx.Duty(kith.MemberID(op.id), "mail/1")
			second, _, err2 := tx.Duty(kith.MemberID(op.id), "mail/2")
			if first.State != store.Dropped || second.State != store.Due || second.Attempts != 0 {
				t.Errorf("%+v, %+v", first, second)
			}
			return errors.Join(err, err2)
		}))
	})
}
