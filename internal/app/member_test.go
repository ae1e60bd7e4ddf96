package app

import (
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
)

func TestOnlyOperatorsOperate(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada := w.arrive("Ada")
		for role, want := range map[Role]bool{Ordinary: false, Moderator: false, Operator: true} {
			who := Actor{ID: ada.ID, Role: role, Scopes: AllScopes(role)}
			ben := w.arrive("Ben " + role.String()).ID
			for what, do := range map[string]func() error{
				"list":     func() error { _, _, err := w.Members(ctx, who, Cursor{}, 10); return err },
				"find":     func() error { _, err := w.FindMember(ctx, who, string(ben)); return err },
				"role":     func() error { return w.SetRole(ctx, who, ben, Moderator) },
				"sign out": func() error { return w.SignOutMember(ctx, who, ben) },
			} {
				if err := do(); (err == nil) != want || err != nil && kith.KindOf(err) != kith.Denied {
					t.Errorf("%s by a %s: %v", what, role, err)
				}
			}
			if _, err := w.ResetSecret(ctx, who, ben); kith.KindOf(err) != kith.Denied {
				t.Errorf("a %s makes a reset link: %v", role, err)
			}
			if _, err := w.As(ctx, who, ben); kith.KindOf(err) != kith.Denied {
				t.Errorf("a %s acts as another: %v", role, err)
			}
		}
		operator := Actor{ID: ada.ID, Role: Operator, Scopes: AllScopes(Operator)}
		w.wants("the own role", w.SetRole(ctx, operator, ada.ID, Ordinary), errOwnRole)
		w.wants("the own account", w.CloseMember(ctx, operator, ada.ID), errOwnRole)
		w.wants("nobody", w.CloseMember(ctx, operator, "nobody"), errNoMember)
	})
}

func TestWhatAnOperatorClosesStaysClosed(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada := w.arrive("Ada")
		w.must(w.CloseMember(ctx, w.Console(), ada.ID))
		_, err := w.SignIn(ctx, addressOf("Ada"), arrivalWord, Visit{})
		w.wants("signing in", err, errWrong)
		w.must(w.ForgotPassword(ctx, addressOf("Ada")))
		if n := len(w.post(ada.ID, "reset")); n != 0 {
			t.Errorf("%d reset links", n)
		}
		w.pass(2 * ReturnWithin)
		w.must(w.doDue())
		if m := w.account(ada.ID); m.State != store.Left || !m.Barred {
			t.Errorf("the account is %+v", m)
		}
		w.must(w.ReopenMember(ctx, w.Console(), ada.ID))
		w.comesIn("Ada")
	})
}

func TestWhatTheConsoleDoesIsShownToTheMember(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada := w.arrive("Ada")
		console := w.Console()
		found, err := w.FindMember(ctx, console, addressOf("Ada"))
		w.must(err)
		as, err := w.As(ctx, console, found.ID)
		w.must(err)
		_, token, err := w.CreateToken(ctx, as, TokenForm{Name: "made for them", Scopes: ScopeRead})
		w.must(err)
		if who, err := w.Authenticate(ctx, token); err != nil || who.ID != ada.ID {
			t.Errorf("the token stands for %v, %v", who, err)
		}
		_, err = w.ResetSecret(ctx, console, ada.ID)
		w.must(err)
		w.must(w.SignOutMember(ctx, console, ada.ID))
		rows, _, err := w.Audit(ctx, ada, Cursor{}, 100)
		w.must(err)
		for _, what := range []string{"by its address", "in your place", "reset its password", "signed it out"} {
			if !slices.ContainsFunc(rows, func(r Audited) bool { return strings.Contains(r.What, what) }) {
				t.Errorf("nothing says %q: %+v", what, rows)
			}
		}
	})
}

func TestMembersAreListedInPages(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		want := map[kith.MemberID]bool{}
		for _, name := range []string{"Ada", "Ben", "Cleo", "Dan", "Eve"} { // all at the same time
			want[w.member(name).ID] = true
		}
		seen := map[kith.MemberID]bool{}
		for after := (Cursor{}); ; {
			all, next, err := w.Members(t.Context(), w.Console(), after, 2)
			w.must(err)
			for _, m := range all {
				if seen[m.ID] {
					t.Errorf("%s is listed twice", m.Name)
				}
				seen[m.ID] = true
			}
			if after = next; after == (Cursor{}) {
				break
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%d of %d are listed", len(seen), len(want))
		}
	})
}
