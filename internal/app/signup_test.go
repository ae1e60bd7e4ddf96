package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
)

func TestTheFirstLinkOpensOneAccount(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpClosed, func(t *testing.T, w *world) {
		secret, needed, err := w.FirstLink(t.Context())
		w.must(err)
		again, _, err := w.FirstLink(t.Context())
		w.must(err)
		if !needed || secret == "" || again != secret {
			t.Fatalf("the link is %q, then %q, needed %v", secret, again, needed)
		}
		_, err = w.SignUp(t.Context(), SignUpForm{Name: "Eve", Email: "eve@mail.example", Password: "nine blue kettles", First: "guess"})
		w.wants("a wrong link", err, errFirst)

		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = w.SignUp(t.Context(), SignUpForm{Name: "Ada", Email: fmt.Sprintf("ada%d@mail.example", i), Password: "nine blue kettles", First: secret})
			})
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("two at once: %v", errs)
		}
		if _, needed, err := w.FirstLink(t.Context()); err != nil || needed {
			t.Errorf("the link is still needed: %v", err)
		}
		all, _, err := w.Members(t.Context(), w.Console(), Cursor{}, 10)
		w.must(err)
		if len(all) != 1 || all[0].Role != Operator || all[0].State != store.Active {
			t.Errorf("the accounts are %+v", all)
		}
	})
}

func TestWhoMaySignUp(t *testing.T) {
	t.Parallel()
	for mode, want := range map[SignUp]error{SignUpOpen: nil, SignUpClosed: errClosed, SignUpByInvitation: errCode} {
		eachDoor(t, mode, func(t *testing.T, w *world) {
			f := SignUpForm{Name: "Ada Brandt", Email: "ada@mail.example", Password: "nine blue kettles"}
			if _, err := w.SignUp(t.Context(), f); err == nil {
				t.Error("somebody signed up before the first account")
			}
			w.member("Root")
			_, err := w.SignUp(t.Context(), f)
			w.wants("signing up", err, want)
		})
	}
}

func TestSignUpRefusesWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	good := SignUpForm{Name: "Ada Brandt", Email: "ada@mail.example", Password: "nine blue kettles"}
	eachDoor(t, SignUpOpen, func(t *testing.T, w *world) {
		w.member("Root")
		for field, change := range map[string]func(*SignUpForm){
			"name":     func(f *SignUpForm) { f.Name = "  \x00 " },
			"name ":    func(f *SignUpForm) { f.Name = strings.Repeat("a", MaxName+1) },
			"email":    func(f *SignUpForm) { f.Email = "ada.example" },
			"email ":   func(f *SignUpForm) { f.Email = strings.Repeat("a", 260) + "@mail.example" },
			"password": func(f *SignUpForm) { f.Password = "short" },
		} {
			f := good
			change(&f)
			_, err := w.SignUp(t.Context(), f)
			var e *kith.Error
			if !errors.As(err, &e) || e.Kind != kith.Invalid || e.Field != strings.TrimSpace(field) {
				t.Errorf("a bad %s: %v", field, err)
			}
		}
	})
}

// everyKind makes an account of each kind there is and gives an address of
// each, and one that is nobody's.
func (w *world) everyKind() map[string]string {
	w.t.Helper()
	ctx := w.t.Context()
	for _, name := range []string{"active", "closed", "barred", "blocked", "blocker"} {
		w.arrive(name)
	}
	w.must(w.Leave(ctx, w.comesIn("closed"), ""))
	barred, _ := w.at(addressOf("barred"))
	w.must(w.CloseMember(ctx, w.Console(), barred.ID))
	blocked, _ := w.at(addressOf("blocked"))
	w.must(w.Block(ctx, w.comesIn("blocker"), blocked.ID))
	_, err := w.SignUp(ctx, SignUpForm{Name: "Waiting", Email: addressOf("waiting"), Password: "nine blue kettles"})
	w.must(err)
	out := map[string]string{}
	for _, name := range []string{"active", "closed", "barred", "blocked", "blocker", "waiting", "nobody"} {
		out[name] = addressOf(name)
	}
	return out
}

func TestNobodyCanTellWhoseAddressItIs(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpOpen, func(t *testing.T, w *world) {
		for kind, address := range w.everyKind() {
			first, err := w.SignUp(t.Context(), SignUpForm{Name: "Eve", Email: address, Password: "nine blue kettles"})
			if first || err != nil {
				t.Errorf("signing up with the address of one %s: %v, %v", kind, first, err)
			}
			w.wants("forgetting the password of one "+kind, w.ForgotPassword(t.Context(), address), nil)
			// The password is the one Eve chose above: right for the new account,
			// which nobody has confirmed.
			for range 5 {
				_, err = w.SignIn(t.Context(), address, "nine blue kettles", Visit{Caller: "eve at " + kind})
				w.wants("signing in as one "+kind, err, errWrong)
			}
			_, err = w.SignIn(t.Context(), address, "nine blue kettles", Visit{Caller: "eve at " + kind})
			w.wants("trying on as one "+kind, err, errTries)
		}
		for kind, letters := range map[string]map[string]int{
			"active": {"sign-up-again": 1, "reset": 1, "verify": 0}, "closed": {"sign-up-again": 1, "reset": 1},
			"barred": {"sign-up-again": 1, "reset": 0}, "waiting": {"verify": 2, "reset": 1}, "nobody": {"verify": 1, "reset": 1},
		} {
			m, _ := w.at(addressOf(kind))
			for template, n := range letters {
				if got := len(w.post(m.ID, template)); got != n {
					t.Errorf("one %s got %d letters %s, want %d", kind, got, template, n)
				}
			}
		}
	})
}

func TestNoAddressIsFloodedWithMail(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpOpen, func(t *testing.T, w *world) {
		ada := w.member("Ada")
		for range 2 * maxMails {
			w.must(w.ForgotPassword(t.Context(), "ADA@mail.example "))
		}
		if n := len(w.post(ada.ID, "reset")); n != maxMails {
			t.Errorf("%d letters in a day", n)
		}
		w.pass(kith.Day)
		w.must(w.ForgotPassword(t.Context(), addressOf("Ada")))
		if n := len(w.post(ada.ID, "reset")); n != maxMails+1 {
			t.Errorf("%d letters after another day", n)
		}
	})
}

func TestAnAddressIsConfirmedByWhoSignedUp(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpOpen, func(t *testing.T, w *world) {
		root := w.arrive("Root")
		ctx := t.Context()
		f := SignUpForm{Name: "Mallory", Email: "ada@mail.example", Password: "mallory chose this"}
		_, err := w.SignUp(ctx, f)
		w.must(err)
		m, _ := w.at(f.Email)
		stale := w.secret(m.ID, "verify")
		w.wants("a click without the password", w.Confirm(ctx, Actor{}, stale, ""), errLink)
		w.wants("a click of somebody else signed in", w.Confirm(ctx, root, stale, arrivalWord), errLink)
		w.wants("a reset link", w.Confirm(ctx, Actor{}, "00", f.Password), errLink)

		// Whose address it is signs up too: that takes the place of the first.
		f = SignUpForm{Name: "Ada Brandt", Email: "Ada@mail.example", Password: "nine blue kettles"}
		_, err = w.SignUp(ctx, f)
		w.must(err)
		w.wants("the link before", w.Confirm(ctx, Actor{}, stale, "mallory chose this"), errLink)
		fresh := w.secret(m.ID, "verify")
		w.wants("with the former password", w.Confirm(ctx, Actor{}, fresh, "mallory chose this"), errLink)
		w.must(w.Confirm(ctx, Actor{}, fresh, f.Password))
		w.wants("a second time", w.Confirm(ctx, Actor{}, fresh, f.Password), errLink)

		s, err := w.SignIn(ctx, "ada@MAIL.example", f.Password, Visit{})
		w.must(err)
		if me, err := w.Me(ctx, w.actor(&s)); err != nil || me.Name != "Ada Brandt" || me.VerifiedAt.IsZero() {
			t.Errorf("I am %+v, %v", me, err)
		}
		w.pass(VerifyWithin)
		w.must(w.doDue())
		if w.account(m.ID).State != store.Active {
			t.Error("a confirmed account was forgotten")
		}
	})
}

func TestAnUnconfirmedAccountIsInvisibleAndForgotten(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpOpen, func(t *testing.T, w *world) {
		ben := w.arrive("Ben")
		_, err := w.SignUp(t.Context(), SignUpForm{Name: "Ada", Email: addressOf("Ada"), Password: "nine blue kettles"})
		w.must(err)
		m, _ := w.at(addressOf("Ada"))
		if _, err := w.Send(t.Context(), ben, Invite{To: m.ID, Note: "Hello"}); kith.KindOf(err) != kith.NotFound {
			t.Errorf("an unconfirmed account can be invited: %v", err)
		}
		w.pass(VerifyWithin)
		w.wants("a link that is too old", w.Confirm(t.Context(), Actor{}, w.secret(m.ID, "verify"), "nine blue kettles"), errLink)
		w.must(w.doDue())
		if _, ok := w.at(addressOf("Ada")); ok {
			t.Error("an unconfirmed account was not forgotten")
		}
	})
}

func TestOneCodeLetsOneIn(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		_, code, err := w.CreateCode(t.Context(), ada)
		w.must(err)
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = w.SignUp(t.Context(), SignUpForm{Name: "New", Email: fmt.Sprintf("new%d@mail.example", i), Password: "nine blue kettles", Code: strings.ToLower(code)})
			})
		}
		wg.Wait()
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			} else if !errors.Is(err, errCode) {
				t.Error(err)
			}
		}
		if in != 1 {
			t.Errorf("one code let %d in: %v", in, errs)
		}
	})
}

func TestACodeIsUsedUpByAKnownAddressToo(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		_, code, err := w.CreateCode(t.Context(), ada)
		w.must(err)
		f := SignUpForm{Name: "Eve", Email: addressOf("Ada"), Password: "nine blue kettles", Code: code}
		_, err = w.SignUp(t.Context(), f)
		w.must(err)
		f.Email = addressOf("Eve")
		_, err = w.SignUp(t.Context(), f)
		w.wants("the code again", err, errCode)
	})
}

func TestMembersHaveFewCodes(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		var first Code
		for i := range CodesPerMember {
			c, _, err := w.CreateCode(t.Context(), ada)
			w.must(err)
			if i == 0 {
				first = c
			}
			w.pass(kith.Day)
		}
		_, _, err := w.CreateCode(t.Context(), ada)
		w.wants("one too many", err, errCodesUsed)
		w.must(w.RevokeCode(t.Context(), ada, first.ID))
		w.wants("revoking it again", w.RevokeCode(t.Context(), ada, first.ID), errNoCode)
		_, _, err = w.CreateCode(t.Context(), ada)
		w.wants("one in the place of a revoked one", err, errCodesUsed)
		w.pass(CodeLasts - CodesPerMember*kith.Day)
		_, _, err = w.CreateCode(t.Context(), ada)
		w.wants("30 days after the first", err, nil)
		all, err := w.Codes(t.Context(), ada)
		w.must(err)
		if len(all) != CodesPerMember+1 {
			t.Errorf("%d codes are listed", len(all))
		}
		for range 2 * CodesPerMember {
			_, _, err := w.CreateCode(t.Context(), w.Console())
			w.must(err)
		}
	})
}

func TestACodeWorksForAWhile(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		w.member("Root")
		_, code, err := w.CreateCode(t.Context(), w.Console())
		w.must(err)
		use := func(code string) (ok bool) {
			w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) (err error) {
				ok, err = tx.UseCode(digest(plainCode(code)))
				return err
			}))
			return ok
		}
		if use("AAAA-" + code[5:]) {
			t.Error("another code works")
		}
		w.pass(CodeLasts)
		if use(code) {
			t.Error("an old code works")
		}
	})
}

// Whoever has neither a code nor a link is refused although all room for hashing
// passwords is taken: they do not wait for it, nor take it from others.
func TestNothingIsHashedForNothing(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		w.member("Root")
		for range hashers {
			done, err := w.doors.hashing(t.Context())
			w.must(err)
			defer done()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // only to fail rather than hang
		defer cancel()
		f := SignUpForm{Name: "Ada Brandt", Email: "ada@mail.example", Password: "nine blue kettles", Code: "none"}
		w.wants("a wrong code", only(w.SignUp(ctx, f)), errCode)
		f.First = "guess"
		w.wants("a wrong first link", only(w.SignUp(ctx, f)), errFirst)
		w.wants("a wrong reset link", w.ResetPassword(ctx, "guess", "nine blue kettles"), errLink)
	})
}

// A database that does not answer is not a wrong link.
func TestAFailureIsNoWrongLink(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpClosed, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(t.Context())
		err := w.write(t.Context(), func(_ context.Context, tx *store.Tx) error { return opensFirst(tx, "guess") })
		w.wants("no link was made", err, errFirst)
		w.must(w.db.Read(ctx, func(tx *store.Tx) error {
			cancel()
			if err := opensFirst(tx, "guess"); errors.Is(err, errFirst) || err == nil {
				t.Errorf("the database does not answer, and the answer is %v", err)
			}
			return nil
		}))
	})
}
