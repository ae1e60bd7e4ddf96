package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// eachDoor runs a test on every database, in a world with a way of signing up
// and passwords that are hashed at once.
func eachDoor(t *testing.T, mode SignUp, test func(t *testing.T, w *world)) {
	t.Helper()
	eachWorldWith(t, Config{URL: "https://kith.example", SignUp: mode}, func(t *testing.T, w *world) {
		w.doors.cost = quickCost
		test(t, w)
	})
}

// quickCost is for tests that are not about hashing.
var quickCost = hashCost{memory: 8, time: 1, lanes: 1}

// arrivalWord is the password of those who arrive, addressOf their address.
const arrivalWord = "seven grey herons"

func addressOf(name string) string {
	return strings.ReplaceAll(kith.FoldText(name), " ", ".") + "@mail.example"
}

// arrive makes a member with a password and signs them in.
func (w *world) arrive(name string) Actor {
	w.t.Helper()
	who := w.member(name)
	w.change(who, func(m *store.Member) { m.Email = addressOf(name) })
	kept := newPHC(arrivalWord, quickCost)
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error { return tx.SetPassword(who.ID, kept.String()) }))
	return w.comesIn(name)
}

// comesIn signs a member in who arrived before.
func (w *world) comesIn(name string) Actor {
	w.t.Helper()
	s, err := w.SignIn(w.t.Context(), addressOf(name), arrivalWord, Visit{})
	w.must(err)
	return w.actor(&s)
}

// actor gives who a session stands for.
func (w *world) actor(s *Session) Actor {
	w.t.Helper()
	who, err := w.SessionActor(w.t.Context(), s.Owner, s.ID)
	w.must(err)
	return who
}

// post gives what the letters to a member with a template hold, newest last.
func (w *world) post(to kith.MemberID, template string) (data []map[string]string) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		all, err := tx.Duties(to, store.Cursor{}, 1000)
		slices.SortFunc(all, func(x, y store.Duty) int { return strings.Compare(x.Effect, y.Effect) })
		for _, d := range all {
			var b letterBody
			if d.Kind == "mail" && json.Unmarshal([]byte(d.Body), &b) == nil && b.Template == template {
				data = append(data, b.Data)
			}
		}
		return err
	}))
	return data
}

// secret gives the secret of the newest letter with a template.
func (w *world) secret(to kith.MemberID, template string) string {
	w.t.Helper()
	letters := w.post(to, template)
	if len(letters) == 0 {
		w.t.Fatalf("no letter %q", template)
	}
	return letters[len(letters)-1]["secret"]
}

// at gives the account with an address.
func (w *world) at(email string) (m store.Member, ok bool) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(tx *store.Tx) (err error) {
		m, ok, err = tx.MemberByMail(email)
		return err
	}))
	return m, ok
}

// account gives an account by its id.
func (w *world) account(id kith.MemberID) (m store.Member) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(tx *store.Tx) (err error) {
		m, _, err = tx.Member(id)
		return err
	}))
	return m
}

// wants fails the test unless err is want.
func (w *world) wants(what string, err, want error) {
	w.t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		w.t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func TestLeavingEndsEverythingAndReturningBringsNothingBack(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada, ben, cleo := w.arrive("Ada Brandt"), w.arrive("Ben Okafor"), w.arrive("Cleo Marsh")
		w.befriend(ada, ben)
		w.befriend(ada, cleo)
		_, token, err := w.CreateToken(t.Context(), ada, TokenForm{Name: "script", Scopes: ScopeRead})
		w.must(err)
		w.must(w.Leave(t.Context(), cleo, "")) // one of those she knows has left already
		w.must(w.Leave(t.Context(), ada, ""))

		if _, err := w.Connection(t.Context(), ben, ada.ID); kith.KindOf(err) != kith.NotFound {
			t.Errorf("Ben is still connected: %v", err)
		}
		_, err = w.Authenticate(t.Context(), token)
		w.wants("a token after leaving", err, errToken)
		if who, err := w.SessionActor(t.Context(), ada.ID, ada.Credential); err != nil || who.ID != "" {
			t.Errorf("a session after leaving: %v, %v", who, err)
		}

		w.pass(ReturnWithin - 1)
		again := w.comesIn("Ada Brandt")
		if w.account(ada.ID).State != store.Active {
			t.Error("signing in did not open the account")
		}
		if _, err := w.Connection(t.Context(), ben, ada.ID); kith.KindOf(err) != kith.NotFound {
			t.Errorf("the connection came back: %v", err)
		}
		w.sendTo(ben, again)
		w.pass(kith.Day)
		w.must(w.doDue())
		if w.account(ada.ID).State != store.Active {
			t.Error("who came back was erased")
		}
	})
}

func TestWhoLeavesForGoodIsErased(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada Brandt")
		w.must(w.Leave(t.Context(), ada, ""))
		w.pass(ReturnWithin)
		_, err := w.SignIn(t.Context(), addressOf("Ada Brandt"), arrivalWord, Visit{})
		w.wants("after 30 days", err, errWrong)
		w.must(w.doDue())
		if m := w.account(ada.ID); m.State != store.Erased || m.Email != "" {
			t.Errorf("the account is still there: %+v", m)
		}
	})
}

func TestTheAccountItselfNeedsAFreshSessionOrThePassword(t *testing.T) {
	t.Parallel()
	verbs := map[string]func(*world, Actor, string) error{
		"change the password": func(w *world, who Actor, p string) error {
			return w.ChangePassword(w.t.Context(), who, p, "another long word")
		},
		"change the address": func(w *world, who Actor, p string) error {
			return w.ChangeEmail(w.t.Context(), who, "new@mail.example", p)
		},
		"make a token": func(w *world, who Actor, p string) error {
			_, _, err := w.CreateToken(w.t.Context(), who, TokenForm{Name: "x", Scopes: ScopeRead, Password: p})
			return err
		},
		"add a passkey": func(w *world, who Actor, p string) error {
			_, err := w.BeginPasskey(w.t.Context(), who, p)
			return err
		},
		"leave": func(w *world, who Actor, p string) error { return w.Leave(w.t.Context(), who, p) },
	}
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		for what, do := range verbs {
			name := "Ada " + strings.ReplaceAll(what, " ", "")
			ada := w.arrive(name)
			token := Actor{ID: ada.ID, Scopes: AllScopes(Operator) &^ ScopeAccount, Credential: "a token"}
			if err := do(w, token, arrivalWord); kith.KindOf(err) != kith.Denied {
				t.Errorf("%s with a token: %v", what, err)
			}
			w.pass(FreshFor + time.Second)
			w.wants(what+" late", do(w, ada, ""), errFresh)
			w.wants(what+" with a wrong password", do(w, ada, "wrong wrong wrong"), errPassword)
			w.wants(what+" with the password", do(w, ada, arrivalWord), nil)
			ended := ada
			ended.Credential = "gone"
			if err := do(w, ended, arrivalWord); !errors.Is(err, errSignIn) && !errors.Is(err, errPassword) {
				t.Errorf("%s with a session that ended: %v", what, err)
			}
		}
	})
}

// Whoever has left reaches nobody new, whatever session of theirs is still open.
func TestAClosedAccountReachesNobodyNew(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada, ben := w.arrive("Ada Brandt"), w.arrive("Ben Okafor")
		w.must(w.Leave(t.Context(), ada, ""))
		w.wants("inviting", only(w.Send(t.Context(), ada, Invite{To: ben.ID})), pair.ErrLeft)
		w.wants("blocking", w.Block(t.Context(), ada, ben.ID), pair.ErrLeft)
		if events := w.events(ben); slices.Contains(events, "invited") {
			t.Errorf("Ben was told: %q", events)
		}
	})
}

// Closing an account and an act of its owner meet in some order: none leaves
// anything open.
func TestClosingRacesInviting(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ben := w.member("Ben Okafor")
		for i := range 30 {
			ada := w.arrive(fmt.Sprintf("Ada Brandt %d", i))
			var both sync.WaitGroup
			both.Go(func() {
				if err := only(w.Send(t.Context(), ada, Invite{To: ben.ID})); err != nil && !errors.Is(err, pair.ErrLeft) {
					t.Errorf("inviting: %v", err)
				}
			})
			both.Go(func() {
				if err := w.Leave(t.Context(), ada, ""); err != nil {
					t.Errorf("leaving: %v", err)
				}
			})
			both.Wait()
			w.must(w.read(t.Context(), func(tx *store.Tx) error {
				pairs, err := tx.PairsOf(ada.ID)
				for _, p := range pairs {
					if _, _, her, err := pair.Order(ada.ID, ben.ID); err != nil || !p.State.Gone[her] {
						t.Errorf("Ada %d has left, and Ben's row says %+v", i, p.State)
					}
				}
				return err
			}))
		}
	})
}

// Whoever closes an account has it locked while acts of others still write to
// its feed. They do not wait for it: it is about to wait for them.
func TestClosingAnAccountHoldsUpNoAct(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, ben := w.member("Ada Brandt"), w.member("Ben Okoye")
		id := w.invite(ada, ben)
		soon, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		accepted := false
		accept := func() {
			if !accepted {
				w.must(only(w.Accept(soon, ben, id, pair.Met, pair.NoSee, "")))
			}
			accepted = true
		}
		if w.db.Name() == "SQLite" {
			accept() // whoever writes there writes alone
		}
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			m, _, err := tx.LockMember(ada.ID)
			if err != nil {
				return err
			}
			accept()
			return w.closeAccount(tx, &m, false)
		}))
		if n := w.count(ada, kindAccepted); n != 1 {
			t.Errorf("ada was told %d times that ben accepted", n)
		}
		if list, _, err := w.Connections(t.Context(), ben, Cursor{}, 10); err != nil || len(list) != 0 {
			t.Errorf("ben is connected with %+v, %v", list, err)
		}
	})
}
