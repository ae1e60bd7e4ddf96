package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
)

func TestATokenReachesNoFurtherThanItsScopesAndItsOwnersRole(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		for role := Ordinary; role <= Operator; role++ {
			ada := w.arrive("Ada " + role.String())
			w.must(w.SetRole(ctx, w.Console(), ada.ID, role))
			ada = w.comesIn("Ada " + role.String())
			for bit := ScopeRead; bit <= ScopeOperate; bit <<= 1 {
				allowed := bit != ScopeAccount && AllScopes(role).Has(bit)
				_, token, err := w.CreateToken(ctx, ada, TokenForm{Name: "x", Scopes: bit})
				if (err == nil) != allowed || err != nil && kith.KindOf(err) != kith.Invalid {
					t.Errorf("a %s makes a token for %s: %v", role, bit, err)
				}
				if err != nil {
					continue
				}
				for now := Ordinary; now <= Operator; now++ {
					w.must(w.SetRole(ctx, w.Console(), ada.ID, now))
					who, err := w.Authenticate(ctx, token)
					w.must(err)
					if want := bit & AllScopes(now); who.Scopes != want || who.ID != ada.ID || who.Role != now {
						t.Errorf("a token for %s of a %s who is now a %s reaches %s", bit, role, now, who.Scopes)
					}
				}
				w.must(w.SetRole(ctx, w.Console(), ada.ID, role))
			}
		}
	})
}

func TestTokensAreShownOnceListedAndRevoked(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, ben := w.arrive("Ada"), w.arrive("Ben")
		made, token, err := w.CreateToken(ctx, ada, TokenForm{Name: " a\u202escript ", Scopes: ScopeRead | ScopeMessages, ExpiresAt: w.now().Add(48 * time.Hour)})
		w.must(err)
		if !strings.HasPrefix(token, tokenPrefix) || len(token) != len(tokenPrefix)+64 || made.Name != "ascript" {
			t.Errorf("made %+v, %q", made, token)
		}
		for _, wrong := range []string{"", tokenPrefix, token + "0", token[1:], strings.TrimPrefix(token, tokenPrefix), strings.ToUpper(token), tokenPrefix + "\x00\xff"} {
			_, err := w.Authenticate(ctx, wrong)
			w.wants("the token "+wrong, err, errToken)
		}
		w.pass(24 * time.Hour)
		who, err := w.Authenticate(ctx, token)
		w.must(err)
		if who.Credential != made.ID {
			t.Errorf("the credential is %q", who.Credential)
		}
		all, err := w.Tokens(ctx, ada)
		w.must(err)
		if len(all) != 1 || !all[0].UsedAt.Equal(w.now().Truncate(kith.Day)) || all[0].Scopes != ScopeRead|ScopeMessages {
			t.Errorf("the tokens are %+v", all)
		}
		_, err = w.Tokens(ctx, who)
		if kith.KindOf(err) != kith.Denied {
			t.Errorf("a token lists tokens: %v", err)
		}
		w.wants("revoking another's", w.RevokeToken(ctx, ben, made.ID), errNoToken)
		w.pass(24 * time.Hour)
		_, err = w.Authenticate(ctx, token)
		w.wants("a token whose time is over", err, errToken)
		w.must(w.RevokeToken(ctx, ada, made.ID))
		w.wants("revoking it again", w.RevokeToken(ctx, ada, made.ID), errNoToken)
	})
}

func TestTokenFormsThatAreRefused(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada := w.arrive("Ada")
		for what, f := range map[string]TokenForm{
			"no name": {Scopes: ScopeRead}, "a long name": {Name: strings.Repeat("a", maxLabel+1), Scopes: ScopeRead}, "no scope": {Name: "x"},
			"the past": {Name: "x", Scopes: ScopeRead, ExpiresAt: w.now()},
		} {
			if _, _, err := w.CreateToken(t.Context(), ada, f); kith.KindOf(err) != kith.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		for range MaxTokens {
			_, _, err := w.CreateToken(t.Context(), ada, TokenForm{Name: "x", Scopes: ScopeRead})
			w.must(err)
		}
		if _, _, err := w.CreateToken(t.Context(), ada, TokenForm{Name: "x", Scopes: ScopeRead}); kith.KindOf(err) != kith.Conflict {
			t.Errorf("one too many: %v", err)
		}
	})
}

func BenchmarkAuthenticate(b *testing.B) {
	a, err := Open(b.Context(), filepath.Join(b.TempDir(), "kith.db"), Config{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	secret := newSecret()
	now := a.now()
	err = a.write(b.Context(), func(_ context.Context, tx *store.Tx) error {
		m := store.Member{ID: "m", Name: "Ada", Email: "ada@mail.example", CreatedAt: now, VerifiedAt: now}
		if err := tx.AddMember(&m); err != nil {
			return err
		}
		return tx.AddToken(&store.Token{Owner: "m", ID: "t", Name: "x", Scopes: uint16(ScopeRead), CreatedAt: now}, digest(secret))
	})
	for b.Loop() {
		if err == nil {
			_, err = a.Authenticate(b.Context(), tokenPrefix+secret)
		}
	}
	if err != nil {
		b.Fatal(err)
	}
}
