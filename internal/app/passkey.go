package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"kith"
	"kith/internal/store"
)

// Passkey is a key on a member's device, or in their password manager, that
// signs them in.
type Passkey struct {
	ID        string
	Name      string
	CreatedAt time.Time
	UsedAt    time.Time // the day it was last used; zero: not yet
}

// Ceremony is one use of a passkey that has begun. The browser is given Options
// (WebAuthn's JSON form), and what its passkey answers comes back with ID.
type Ceremony struct {
	ID      string
	Options json.RawMessage
}

const (
	// CeremonyLasts is how long a passkey may take to answer.
	CeremonyLasts = 5 * time.Minute
	// MaxPasskeys is how many passkeys a member has at most.
	MaxPasskeys = 20
	// nobodyYet owns the ceremony of whoever signs in.
	nobodyYet kith.MemberID = ""
)

var (
	errPasskey    = &kith.Error{Kind: kith.SignIn, Msg: "this passkey does not sign anybody in here; try again, or use your password"}
	errNewPasskey = &kith.Error{Kind: kith.Invalid, Field: "response", Msg: "this passkey could not be added; begin again"}
	errNoPasskey  = &kith.Error{Kind: kith.NotFound, Msg: "there is no such passkey; it may be removed already"}
	errNoDomain   = &kith.Error{Kind: kith.Conflict, Msg: "passkeys need a name in the address; reach this network by one, such as localhost or https://kith.example"}
)

// relyingParty is this network as passkeys know it: by the host of its address.
func (a *App) relyingParty() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(a.conf.URL)
	if err != nil || u.Hostname() == "" {
		return nil, errNoDomain
	}
	rp, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Kith", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		// It signs in by itself: so it must know whose it is, and that it is them.
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Timeout: CeremonyLasts},
			Registration: webauthn.TimeoutConfig{Timeout: CeremonyLasts},
		},
	})
	if err != nil { // an address of numbers
		return nil, errNoDomain
	}
	return rp, nil
}

// holder is a member as WebAuthn knows them: by their id, which names nobody.
type holder struct {
	m    store.Member
	keys []webauthn.Credential
}

// WebAuthnID implements webauthn.User.
func (h *holder) WebAuthnID() []byte { return []byte(h.m.ID) }

// WebAuthnName implements webauthn.User.
func (h *holder) WebAuthnName() string { return h.m.Email }

// WebAuthnDisplayName implements webauthn.User.
func (h *holder) WebAuthnDisplayName() string { return h.m.Name }

// WebAuthnCredentials implements webauthn.User.
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holderOf gives a member with their passkeys.
func holderOf(tx *store.Tx, m *store.Member) (*holder, error) {
	kept, err := tx.Passkeys(m.ID)
	if err != nil {
		return nil, err
	}
	h := &holder{m: *m}
	for i := range kept {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(kept[i].Credential), &c); err != nil {
			return nil, err
		}
		h.keys = append(h.keys, c)
	}
	return h, nil
}

// begin keeps what a passkey is being asked for until it answers.
func begin(tx *store.Tx, owner kith.MemberID, options any, session *webauthn.SessionData) (c Ceremony, err error) {
	now, err := tx.Now()
	if err != nil {
		return c, err
	}
	data, err := json.Marshal(session)
	if err != nil {
		return c, err
	}
	if c.Options, err = json.Marshal(options); err != nil {
		return c, err
	}
	c.ID = newSecret()
	return c, tx.AddCeremony(owner, digest(c.ID), string(data), now.Add(CeremonyLasts))
}

// asked gives what a passkey was asked for, once, whatever it answers.
func (a *App) asked(ctx context.Context, owner kith.MemberID, id string, none error) (s webauthn.SessionData, err error) {
	var data string
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		var ok bool
		if data, ok, err = tx.TakeCeremony(owner, digest(id)); err == nil && !ok {
			err = none
		}
		return err
	})
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(data), &s)
}

// BeginPasskey begins adding a passkey to the actor's account. It needs the
// password unless the actor has just signed in.
func (a *App) BeginPasskey(ctx context.Context, who Actor, password string) (c Ceremony, err error) {
	rp, err := a.relyingParty()
	if err != nil {
		return c, err
	}
	if err := a.fresh(ctx, who, password); err != nil {
		return c, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		h, err := holderOf(tx, &m)
		if err != nil {
			return err
		}
		if len(h.keys) >= MaxPasskeys {
			return conflict("you have 20 passkeys; remove one first")
		}
		known := webauthn.Credentials(h.keys).CredentialDescriptors()
		options, session, err := rp.BeginRegistration(h, webauthn.WithExclusions(known))
		if err != nil {
			return err
		}
		c, err = begin(tx, m.ID, options, session)
		return err
	})
	return c, err
}

// AddPasskey ends what BeginPasskey began: response is what the browser
// answered, as JSON.
func (a *App) AddPasskey(ctx context.Context, who Actor, ceremony, name string, response []byte) (p Passkey, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return p, err
	}
	if name, err = cleanLabel(name); err != nil {
		return p, err
	}
	rp, err := a.relyingParty()
	if err != nil {
		return p, err
	}
	session, err := a.asked(ctx, who.ID, ceremony, errNewPasskey)
	if err != nil {
		return p, err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return p, errNewPasskey
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, err := a.stillIn(tx, who)
		if err != nil {
			return err
		}
		key, err := rp.CreateCredential(&holder{m: m}, session, answer)
		if err != nil {
			return errNewPasskey
		}
		data, err := json.Marshal(key)
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		kept := store.Passkey{Owner: m.ID, ID: passkeyID(key.ID), Name: name, Credential: string(data), CreatedAt: now}
		if err := tx.AddPasskey(&kept); err != nil {
			return err
		}
		p = showPasskey(&kept)
		return tx.Tell(&store.Event{Owner: m.ID, Kind: kindPasskeyAdded, Subject: p.ID, Notice: true})
	})
	return p, err
}

// BeginPasskeySignIn begins signing in with a passkey, whosever it is.
func (a *App) BeginPasskeySignIn(ctx context.Context) (c Ceremony, err error) {
	rp, err := a.relyingParty()
	if err != nil {
		return c, err
	}
	options, session, err := rp.BeginDiscoverableLogin()
	if err != nil {
		return c, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		c, err = begin(tx, nobodyYet, options, session)
		return err
	})
	return c, err
}

// SignInWithPasskey ends what BeginPasskeySignIn began: response is what the
// browser answered, as JSON. See SignIn.
func (a *App) SignInWithPasskey(ctx context.Context, ceremony string, response []byte, v Visit) (s Session, err error) {
	rp, err := a.relyingParty()
	if err != nil {
		return s, err
	}
	session, err := a.asked(ctx, nobodyYet, ceremony, errPasskey)
	if err != nil {
		return s, err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return s, errPasskey
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.LockMember(kith.MemberID(kith.CleanLine(string(answer.Response.UserHandle))))
		if err != nil {
			return err
		}
		if !ok {
			return errPasskey
		}
		h, err := holderOf(tx, &m)
		if err != nil {
			return err
		}
		find := func(_, _ []byte) (webauthn.User, error) { return h, nil }
		_, key, err := rp.ValidatePasskeyLogin(find, session, answer)
		if err != nil || key.Authenticator.CloneWarning {
			return errPasskey
		}
		if err := usePasskey(tx, m.ID, key); err != nil {
			return err
		}
		s, err = a.enter(tx, m.ID, v)
		if errors.Is(err, errWrong) {
			err = errPasskey
		}
		return err
	})
	return s, err
}

// usePasskey keeps how often a passkey was used, by which a copy shows.
func usePasskey(tx *store.Tx, m kith.MemberID, key *webauthn.Credential) error {
	data, err := json.Marshal(key)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.UsePasskey(m, passkeyID(key.ID), string(data), now.Truncate(kith.Day))
}

// Passkeys gives the actor's passkeys, oldest first.
func (a *App) Passkeys(ctx context.Context, who Actor) (all []Passkey, err error) {
	if err := who.may(ScopeAccount); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		kept, err := tx.Passkeys(who.ID)
		for i := range kept {
			all = append(all, showPasskey(&kept[i]))
		}
		return err
	})
	return all, err
}

// RenamePasskey gives one of the actor's passkeys another name.
func (a *App) RenamePasskey(ctx context.Context, who Actor, id, name string) error {
	name, err := cleanLabel(name)
	if err != nil {
		return err
	}
	return a.onPasskey(ctx, who, func(tx *store.Tx) (bool, error) { return tx.RenamePasskey(who.ID, id, name) })
}

// RemovePasskey removes one of the actor's passkeys, for good: restoring an old
// backup does not bring it back.
func (a *App) RemovePasskey(ctx context.Context, who Actor, id string) error {
	return a.onPasskey(ctx, who, func(tx *store.Tx) (bool, error) {
		ok, err := tx.DropPasskey(who.ID, id)
		if err != nil || !ok {
			return ok, err
		}
		return true, tx.Keep(store.SafetyRevoke, id, "")
	})
}

func (a *App) onPasskey(ctx context.Context, who Actor, do func(*store.Tx) (bool, error)) error {
	if err := who.may(ScopeAccount); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		ok, err := do(tx)
		if err == nil && !ok {
			err = errNoPasskey
		}
		return err
	})
}

func showPasskey(p *store.Passkey) Passkey {
	return Passkey{ID: p.ID, Name: p.Name, CreatedAt: p.CreatedAt, UsedAt: p.UsedAt}
}

func passkeyID(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }
