package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"kith"
	"kith/internal/store"
)

// Code lets one person sign up where sign-up is by invitation. What is to be
// given to them is shown once, when it is made.
type Code = store.Code

const (
	// CodeLasts is how long a code works.
	CodeLasts = 30 * kith.Day
	// CodesPerMember is how many codes a member makes in 30 days: enough for
	// whoever they know well, too few to sell. Operators make as many as they
	// need.
	CodesPerMember = 5
	// maxCodes is how many codes are listed.
	maxCodes = 200
	// codeBytes of chance make a code: 80 bits, 16 letters to type.
	codeBytes = 10
)

var (
	errNoCode    = &kith.Error{Kind: kith.NotFound, Msg: "there is no such code that still works"}
	errCodesUsed = conflict("you have made 5 codes in the last 30 days; the next can be made when the first is 30 days old")
	errCodesOff  = conflict("nobody needs a code here: sign-up is open to all, or closed")
)

// CreateCode makes a sign-up code. secret is given here and never again.
func (a *App) CreateCode(ctx context.Context, who Actor) (c Code, secret string, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return c, "", err
	}
	if a.conf.SignUp != SignUpByInvitation {
		return c, "", errCodesOff
	}
	secret = newCode()
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if !who.Scopes.Has(ScopeOperate) {
			// Two at once would otherwise both be the fifth.
			if _, _, err := tx.LockMember(who.ID); err != nil {
				return err
			}
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		made, err := tx.CountCodes(who.ID, now.Add(-CodeLasts))
		if err != nil {
			return err
		}
		if made >= CodesPerMember && !who.Scopes.Has(ScopeOperate) {
			return errCodesUsed
		}
		c = Code{Owner: who.ID, ID: tx.NewID(), CreatedAt: now, ExpiresAt: now.Add(CodeLasts)}
		return tx.AddCode(&c, digest(plainCode(secret)))
	})
	return c, secret, err
}

// SignUpLink is the address at which somebody signs up with a code.
func (a *App) SignUpLink(secret string) string { return a.base() + "/sign-up?code=" + secret }

// Codes gives the codes the actor made, newest first, at most 200. Who used one
// is not kept.
func (a *App) Codes(ctx context.Context, who Actor) (codes []Code, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		codes, err = tx.Codes(who.ID, maxCodes)
		return err
	})
	return codes, err
}

// RevokeCode ends a code of the actor's that nobody has used. It stays counted.
func (a *App) RevokeCode(ctx context.Context, who Actor, id string) error {
	if err := who.may(ScopeInvitations); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := tx.ExpireCode(who.ID, id)
		if err == nil && !ok {
			err = errNoCode
		}
		return err
	})
}

// newCode makes a code as it is given to people: ABCD-EFGH-IJKL-MNOP.
func newCode() string {
	var b [codeBytes]byte
	_, _ = rand.Read(b[:]) // never fails: see crypto/rand
	s := base32.StdEncoding.EncodeToString(b[:])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// plainCode is a code however it was typed.
func plainCode(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '2' && r <= '7':
			return r
		}
		return -1
	}, s)
}
