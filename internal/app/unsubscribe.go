package app

import (
	"context"
	"crypto/hmac"
	"strings"

	"kith"
	"kith/internal/store"
)

// UnsubscribePath is where package api serves the links that stop letters.
const UnsubscribePath = "/api/v1/unsubscribe/"

// newsLetters names the letters that can be stopped; it is part of the links to
// do so.
const newsLetters = "news"

// errNoLink answers a link that was not made here, or for an address that is no
// longer the member's.
var errNoLink = &kith.Error{Kind: kith.NotFound, Field: "token", Msg: "this link is not, or no longer, good; sign in and open the settings instead"}

// unsubscribeLink is the address that stops letters with news to a member's
// present address.
func (a *App) unsubscribeLink(tx *store.Tx, m *store.Member) (string, error) {
	proof, err := unsubscribeProof(tx, m)
	return a.base() + UnsubscribePath + newsLetters + "." + string(m.ID) + "." + proof, err
}

// unsubscribeProof shows that a link was made here for a member and their
// address.
func unsubscribeProof(tx *store.Tx, m *store.Member) (string, error) {
	address, _ := kith.FoldEmail(m.Email)
	return tx.Hide("unsubscribe " + newsLetters + " " + string(m.ID) + " " + address)
}

// linked gives the member an unsubscribe link is for.
func linked(tx *store.Tx, token string) (store.Member, error) {
	kind, rest, _ := strings.Cut(token, ".")
	id, proof, ok := strings.Cut(rest, ".")
	if !ok || kind != newsLetters || kith.CleanLine(id) != id {
		return store.Member{}, errNoLink
	}
	m, ok, err := tx.Member(kith.MemberID(id))
	if err != nil {
		return m, err
	}
	if !ok || m.Email == "" {
		return m, errNoLink
	}
	want, err := unsubscribeProof(tx, &m)
	if err == nil && !hmac.Equal([]byte(want), []byte(proof)) {
		err = errNoLink
	}
	return m, err
}

// Subscription says whether letters with news go to the member a link is for.
// Whoever holds the link may ask: it came in such a letter.
func (a *App) Subscription(ctx context.Context, token string) (on bool, err error) {
	err = a.read(ctx, func(tx *store.Tx) error {
		m, err := linked(tx, token)
		if err != nil {
			return err
		}
		s, err := tx.Setting(m.ID)
		on = s.Digest != store.Never
		return err
	})
	return on, err
}

// Unsubscribe stops letters with news to the member a link is for, who turns
// them on again in the settings. Doing it twice is doing it once.
func (a *App) Unsubscribe(ctx context.Context, token string) error {
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := linked(tx, token)
		if err != nil {
			return err
		}
		s, err := tx.LockSetting(m.ID)
		if err != nil || s.Digest == store.Never {
			return err
		}
		s.Digest = store.Never
		if s.ChangedAt, err = tx.Now(); err != nil {
			return err
		}
		if err := tx.SetSetting(m.ID, &s); err != nil {
			return err
		}
		return tx.KeepUnsubscribed(m.Email, newsLetters)
	})
}
