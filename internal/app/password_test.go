package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/store"
)

func TestAKeptPasswordReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := phc{
			hashCost: hashCost{
				memory: rapid.Uint32Range(64, 256).Draw(t, "memory"), time: rapid.Uint32Range(1, 3).Draw(t, "time"),
				lanes: rapid.Uint8Range(1, 4).Draw(t, "lanes"),
			},
			salt: rapid.SliceOfN(rapid.Byte(), 8, 64).Draw(t, "salt"),
		}
		password := rapid.String().Draw(t, "password")
		p.key = p.hash(password, rapid.Uint32Range(16, 64).Draw(t, "key"))
		back, ok := parsePHC(p.String())
		if !ok || back.String() != p.String() || !slices.Equal(back.key, p.key) {
			t.Fatalf("%s reads back as %s, %v", &p, &back, ok)
		}
		if !back.matches(password) || back.matches(password+"x") {
			t.Fatal("it matches another password, or not its own")
		}
	})
}

func TestTodaysHash(t *testing.T) {
	t.Parallel()
	p := newPHC("nine blue kettles", todaysCost)
	if !strings.HasPrefix(p.String(), "$argon2id$v=19$m=19456,t=2,p=1$") || !p.matches("nine blue kettles") {
		t.Errorf("%s", &p)
	}
	none := nobody(todaysCost)
	if _, ok := parsePHC(none.String()); !ok || len(none.key) != len(p.key) || len(none.salt) != len(p.salt) {
		t.Error("comparing with nobody's password takes another time than with somebody's")
	}
}

func FuzzParsePHC(f *testing.F) {
	none := nobody(todaysCost)
	f.Add(none.String())
	f.Add("$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2i$v=19$m=8,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		if p, ok := parsePHC(s); ok && (p.String() != s || p.memory > maxHashMemory || p.time > maxHashTime) {
			t.Errorf("%q reads as %s", s, &p)
		}
	})
}

func TestPasswordsThatWouldBeGuessed(t *testing.T) {
	t.Parallel()
	for password, ok := range map[string]bool{
		"nine blue kettles": true, "ααββγγδδεε": true, "qpwoeiruty": true, strings.Repeat("ab cd ", 33): true,
		"":            false,
		"ninechars":   false,
		"PassWord123": false, "qwertyuiop": false, "1234567890": false, "aaaaaaaaaaaa": false, "abababababab": false,
		"ada brandt": false, "adabrandt": false, "ada@mail.example": false, "ADA@MAIL.EXAMPLE": false,
		strings.Repeat("abcdefghij", 20) + "k": false, "nine blue \xff\xfe kettles": false,
	} {
		err := checkPassword(password, "Ada Brandt", "ada@mail.example")
		if (err == nil) != ok || err != nil && kith.KindOf(err) != kith.Invalid {
			t.Errorf("%q: %v", password, err)
		}
	}
}

// credentials are everything a member can come in with.
type credentials struct {
	sessions []Actor
	tokens   []string
	secrets  []string // of letters
}

// collect gives a member every kind of credential.
func (w *world) collect(name string) (c credentials) {
	w.t.Helper()
	ctx := w.t.Context()
	c.sessions = []Actor{w.arrive(name), w.comesIn(name)}
	who := c.sessions[0]
	for range 2 {
		_, token, err := w.CreateToken(ctx, who, TokenForm{Name: "x", Scopes: ScopeRead})
		w.must(err)
		c.tokens = append(c.tokens, token)
	}
	w.enrol(who, newDevice("https://kith.example"))
	w.must(w.ChangeEmail(ctx, who, "elsewhere@mail.example", ""))
	w.must(w.ForgotPassword(ctx, addressOf(name)))
	c.secrets = []string{w.secret(who.ID, "verify"), w.secret(who.ID, "reset")}
	return c
}

// works says which credentials still do.
func (w *world) works(c *credentials, who kith.MemberID) (sessions, tokens, keys int) {
	w.t.Helper()
	for _, s := range c.sessions {
		if a, err := w.SessionActor(w.t.Context(), who, s.Credential); err == nil && a.ID != "" {
			sessions++
		}
	}
	for _, token := range c.tokens {
		if _, err := w.Authenticate(w.t.Context(), token); err == nil {
			tokens++
		}
	}
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		all, err := tx.Passkeys(who)
		keys = len(all)
		return err
	}))
	return sessions, tokens, keys
}

func TestAResetEndsEveryCredentialAtOnce(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		for name, secret := range map[string]func(kith.MemberID) (string, error){
			"by mail": func(id kith.MemberID) (string, error) {
				err := w.ForgotPassword(ctx, w.account(id).Email)
				return w.secret(id, "reset"), err
			},
			"from the console": func(id kith.MemberID) (string, error) { return w.ResetSecret(ctx, w.Console(), id) },
		} {
			c := w.collect("Ada " + name)
			who := c.sessions[0].ID
			link, err := secret(who)
			w.must(err)
			if err := w.ResetPassword(ctx, link, "1234567890"); kith.KindOf(err) != kith.Invalid {
				t.Errorf("a common password: %v", err)
			}
			w.must(w.ResetPassword(ctx, link, "another long word"))
			if s, n, k := w.works(&c, who); s+n+k != 0 {
				t.Errorf("%s: %d sessions, %d tokens, %d passkeys still work", name, s, n, k)
			}
			for _, old := range append(c.secrets, link) {
				w.wants("an old link", w.ResetPassword(ctx, old, "yet another word"), errLink)
				w.wants("an old link", w.Confirm(ctx, Actor{}, old, "another long word"), errLink)
			}
			_, err = w.SignIn(ctx, w.account(who).Email, arrivalWord, Visit{})
			w.wants("the old password", err, errWrong)
			_, err = w.SignIn(ctx, w.account(who).Email, "another long word", Visit{})
			w.wants("the new password", err, nil)
			w.revoked(who)
		}
	})
}

// revoked fails the test unless the safety journal says that all credentials of
// a member were.
func (w *world) revoked(who kith.MemberID) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		hidden, err := tx.Hide(string(who))
		if err != nil {
			return err
		}
		rows, err := tx.Safety()
		if !slices.ContainsFunc(rows, func(r store.SafetyRow) bool { return r.Kind == store.SafetyRevoke && r.Other == hidden }) {
			w.t.Error("the safety journal does not know that all credentials were revoked")
		}
		return err
	}))
}

func TestAResetLinkWorksForAnHour(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		w.must(w.ForgotPassword(t.Context(), addressOf("Ada")))
		link := w.secret(ada.ID, "reset")
		w.pass(ResetFor)
		w.wants("after an hour", w.ResetPassword(t.Context(), link, "another long word"), errLink)
	})
}

func TestChangingThePasswordEndsWhateverElseIsSignedIn(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		c := w.collect("Ada")
		who := c.sessions[0]
		w.must(w.ChangePassword(t.Context(), who, "", "another long word"))
		if s, n, k := w.works(&c, who.ID); s != 1 || n != 0 || k != 1 {
			t.Errorf("%d sessions, %d tokens, %d passkeys work; want this session and the passkey", s, n, k)
		}
		w.actor(&Session{Owner: who.ID, ID: who.Credential})
		w.pass(FreshFor + time.Second)
		w.wants("the old password", w.ChangePassword(t.Context(), who, arrivalWord, "yet another word"), errPassword)
	})
}

func TestMovingToAnotherAddress(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, ben := w.arrive("Ada"), w.arrive("Ben")
		w.must(w.ChangeEmail(ctx, ada, "New@mail.example", ""))
		if w.account(ada.ID).Email != addressOf("Ada") {
			t.Error("the address changed before it was confirmed")
		}
		secret := w.secret(ada.ID, "verify")
		if to := w.post(ada.ID, "verify")[0]["address"]; to != "New@mail.example" {
			t.Errorf("the link went to %q", to)
		}
		w.wants("a stranger's click", w.Confirm(ctx, Actor{}, secret, "guess guess guess"), errLink)
		w.wants("another member's click", w.Confirm(ctx, ben, secret, ""), errLink)
		w.must(w.Confirm(ctx, ada, secret, ""))
		if w.account(ada.ID).Email != "New@mail.example" {
			t.Error("the address did not change")
		}
		if told := w.post(ada.ID, "email-changed"); len(told) != 1 || told[0]["address"] != addressOf("Ada") {
			t.Errorf("the former address was told %v", told)
		}

		w.must(w.ChangeEmail(ctx, ada, addressOf("Ben"), ""))
		w.wants("another member's address", w.Confirm(ctx, ada, w.secret(ada.ID, "verify"), ""), store.ErrMailTaken)
	})
}
