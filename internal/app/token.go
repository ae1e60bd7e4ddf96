package app

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
	"kith/internal/store"
)

// Token is a credential for a program. Its secret is shown once, when it is
// made.
type Token struct {
	ID        string
	Name      string
	Scopes    Scopes
	CreatedAt time.Time
	ExpiresAt time.Time // zero: never
	UsedAt    time.Time // the day it was last used; zero: not yet
}

// TokenForm is what a token is made from.
type TokenForm struct {
	Name      string
	Scopes    Scopes
	ExpiresAt time.Time // zero: never
	// Password is the actor's, if they have not just signed in.
	Password string
}

const (
	// tokenPrefix lets a token be recognised where it should not be.
	tokenPrefix = "kith_"
	// MaxTokens is how many tokens a member has at most.
	MaxTokens = 50
	// maxLabel is how many letters the name of a token or passkey has at most.
	maxLabel = 60
)

var (
	// errToken answers a token that is wrong, revoked or over, or whose account is
	// not in use.
	errToken   = &kith.Error{Kind: kith.SignIn, Msg: "this token does not work; make a new one"}
	errNoToken = &kith.Error{Kind: kith.NotFound, Msg: "there is no such token; it may be revoked already"}
)

// Authenticate finds who a token stands for, and what it may be used for as
// things are now: what its owner's role no longer allows it no longer does.
func (a *App) Authenticate(ctx context.Context, token string) (Actor, error) {
	secret, ok := strings.CutPrefix(token, tokenPrefix)
	if !ok {
		return Actor{}, errToken
	}
	var b store.Bearer
	err := a.db.Glance(ctx, func(tx *store.Tx) (err error) {
		b, ok, err = tx.TokenBearer(digest(secret))
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	now := a.now()
	if !ok || b.State != store.Active || !b.ExpiresAt.IsZero() && !now.Before(b.ExpiresAt) {
		return Actor{}, errToken
	}
	if day := now.Truncate(kith.Day); b.UsedAt.Before(day) {
		if err := a.write(ctx, func(_ context.Context, tx *store.Tx) error { return tx.TouchToken(b.Owner, b.ID, day) }); err != nil {
			return Actor{}, err
		}
	}
	return Actor{ID: b.Owner, Role: b.Role, Scopes: Scopes(b.Scopes) & tokenScopes(b.Role), Credential: b.ID}, nil
}

// tokenScopes is what a token of a role may be used for at most.
func tokenScopes(r Role) Scopes { return AllScopes(r) &^ ScopeAccount }

// CreateToken makes a token of the actor's. The secret is given here and never
// again. It needs the password unless the actor has just signed in.
func (a *App) CreateToken(ctx context.Context, who Actor, f TokenForm) (t Token, secret string, err error) {
	f.Name, err = cleanLabel(f.Name)
	if err != nil {
		return t, "", err
	}
	now := a.now()
	switch {
	case f.Scopes == 0:
		return t, "", invalid("scopes", "say what the token is for; choose from "+tokenScopes(who.Role).String())
	case !tokenScopes(who.Role).Has(f.Scopes):
		return t, "", invalid("scopes", "a token of yours can have these: "+tokenScopes(who.Role).String())
	case !f.ExpiresAt.IsZero() && !f.ExpiresAt.After(now):
		return t, "", invalid("expires_at", "this time is over; give a later one, or none")
	}
	if err := a.fresh(ctx, who, f.Password); err != nil {
		return t, "", err
	}
	secret = newSecret()
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		have, err := tx.Tokens(m.ID)
		if err != nil {
			return err
		}
		if len(have) >= MaxTokens {
			return conflict("you have 50 tokens; revoke one first")
		}
		kept := store.Token{Owner: m.ID, ID: tx.NewID(), Name: f.Name, Scopes: uint16(f.Scopes), CreatedAt: now, ExpiresAt: f.ExpiresAt.UTC().Truncate(time.Microsecond)}
		if err := tx.AddToken(&kept, digest(secret)); err != nil {
			return err
		}
		t = showToken(&kept)
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindTokenMade, Subject: t.ID, Notice: true})
	})
	return t, tokenPrefix + secret, err
}

// Tokens gives the actor's tokens, newest first.
func (a *App) Tokens(ctx context.Context, who Actor) (all []Token, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		kept, err := tx.Tokens(who.ID)
		for i := range kept {
			all = append(all, showToken(&kept[i]))
		}
		return err
	})
	return all, err
}

// RevokeToken ends one of the actor's tokens, for good: restoring an old backup
// does not bring it back.
func (a *App) RevokeToken(ctx context.Context, who Actor, id string) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := tx.DropToken(who.ID, id)
		if err != nil {
			return err
		}
		if !ok {
			return errNoToken
		}
		return tx.Keep(store.SafetyRevoke, id, "")
	})
}

// revokeTokens ends all tokens of a member, for good.
func (a *App) revokeTokens(tx *store.Tx, m kith.MemberID) error {
	all, err := tx.Tokens(m)
	if err != nil {
		return err
	}
	for i := range all {
		if _, err := tx.DropToken(m, all[i].ID); err != nil {
			return err
		}
		if err := tx.Keep(store.SafetyRevoke, all[i].ID, ""); err != nil {
			return err
		}
	}
	return nil
}

func showToken(t *store.Token) Token {
	return Token{ID: t.ID, Name: t.Name, Scopes: Scopes(t.Scopes), CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, UsedAt: t.UsedAt}
}

// cleanLabel reads what a member calls a token or a passkey.
func cleanLabel(s string) (string, error) {
	s = kith.CleanLine(s)
	if n := utf8.RuneCountInString(s); n == 0 || n > maxLabel {
		return "", invalid("name", "give it a name, in at most 60 letters")
	}
	return s, nil
}
