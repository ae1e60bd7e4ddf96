package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"

	"kith"
	"kith/internal/store"
)

// authenticator is a passkey on an invented device: a key pair made by the
// rules of WebAuthn, without attestation, and what a browser says around it.
type authenticator struct {
	origin string
	key    *ecdsa.PrivateKey
	id     []byte
	handle string // of the member it belongs to
	uses   uint32
	// verified is what it says of whether its owner showed that it is them.
	verified bool
}

func newDevice(origin string) *authenticator { return &authenticator{origin: origin, verified: true} }

var b64url = base64.RawURLEncoding

// options are those of both ceremonies.
type options struct {
	PublicKey struct {
		Challenge string `json:"challenge"`
		RPID      string `json:"rpId"`
		RP        struct {
			ID string `json:"id"`
		} `json:"rp"`
		User struct {
			ID string `json:"id"`
		} `json:"user"`
	} `json:"publicKey"`
}

func readOptions(w *world, c Ceremony) (o options) {
	w.t.Helper()
	w.must(json.Unmarshal(c.Options, &o))
	return o
}

// said is what the browser says it was asked.
func (d *authenticator) said(what string, o options) []byte {
	return fmt.Appendf(nil, `{"type":%q,"challenge":%q,"origin":%q,"crossOrigin":false}`, what, o.PublicKey.Challenge, d.origin)
}

// data is what the authenticator signs first.
func (d *authenticator) data(rp string, flags byte) []byte {
	hash := sha256.Sum256([]byte(rp))
	flags |= 0x01 // somebody is there
	if d.verified {
		flags |= 0x04
	}
	d.uses++
	return binary.BigEndian.AppendUint32(append(hash[:], flags), d.uses)
}

// create makes its key for a site.
func (d *authenticator) create(w *world, c Ceremony) []byte {
	w.t.Helper()
	o := readOptions(w, c)
	handle, err := b64url.DecodeString(o.PublicKey.User.ID)
	w.must(err)
	d.handle = string(handle)
	d.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	w.must(err)
	d.id = []byte("a key of " + d.handle + rand.Text())
	x, y := make([]byte, 32), make([]byte, 32)
	point, err := d.key.PublicKey.Bytes()
	w.must(err)
	copy(x, point[1:33])
	copy(y, point[33:])
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: x, -3: y})
	w.must(err)
	data := d.data(o.PublicKey.RP.ID, 0x40)
	data = append(data, make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(d.id))), d.id...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": append(data, cose...)})
	w.must(err)
	return d.answer(w, map[string]any{"clientDataJSON": b64url.EncodeToString(d.said("webauthn.create", o)), "attestationObject": b64url.EncodeToString(object)})
}

// sign signs in.
func (d *authenticator) sign(w *world, c Ceremony) []byte {
	w.t.Helper()
	o := readOptions(w, c)
	said, data := d.said("webauthn.get", o), d.data(o.PublicKey.RPID, 0)
	hash := sha256.Sum256(said)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	w.must(err)
	return d.answer(w, map[string]any{
		"clientDataJSON": b64url.EncodeToString(said), "authenticatorData": b64url.EncodeToString(data),
		"signature": b64url.EncodeToString(signature), "userHandle": b64url.EncodeToString([]byte(d.handle)),
	})
}

func (d *authenticator) answer(w *world, response map[string]any) []byte {
	w.t.Helper()
	id := b64url.EncodeToString(d.id)
	data, err := json.Marshal(map[string]any{"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	w.must(err)
	return data
}

// enrol adds a device's passkey to a member's account.
func (w *world) enrol(who Actor, d *authenticator) Passkey {
	w.t.Helper()
	c, err := w.BeginPasskey(w.t.Context(), who, "")
	w.must(err)
	p, err := w.AddPasskey(w.t.Context(), who, c.ID, "key", d.create(w, c))
	w.must(err)
	return p
}

// signs signs in with a device.
func (w *world) signs(d *authenticator) (Session, error) {
	w.t.Helper()
	c, err := w.BeginPasskeySignIn(w.t.Context())
	w.must(err)
	return w.SignInWithPasskey(w.t.Context(), c.ID, d.sign(w, c), Visit{})
}

func TestAPasskeySignsItsMemberIn(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ada, ben := w.arrive("Ada"), w.arrive("Ben")
		device, other := newDevice("https://kith.example"), newDevice("https://kith.example")
		w.enrol(ada, other)
		w.pass(time.Second)
		p := w.enrol(ada, device)
		w.enrol(ben, newDevice("https://kith.example"))
		for range 2 {
			s, err := w.signs(device)
			w.must(err)
			if who := w.actor(&s); who.ID != ada.ID || !who.Scopes.Has(ScopeAccount) {
				t.Errorf("%v is signed in", who)
			}
		}
		all, err := w.Passkeys(t.Context(), ada)
		w.must(err)
		if len(all) != 2 || !all[1].UsedAt.Equal(w.now().Truncate(kith.Day)) || !all[0].UsedAt.IsZero() {
			t.Errorf("the passkeys are %+v", all)
		}
		w.must(w.RenamePasskey(t.Context(), ada, p.ID, "phone"))
		w.wants("removing another's", w.RemovePasskey(t.Context(), ben, p.ID), errNoPasskey)
		w.must(w.RemovePasskey(t.Context(), ada, p.ID))
		_, err = w.signs(device)
		w.wants("a removed passkey", err, errPasskey)
	})
}

func TestPasskeysThatSignNobodyIn(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*world, *authenticator){
		"another site":             func(_ *world, d *authenticator) { d.origin = "https://kith.example.evil.example" },
		"nobody showed themselves": func(_ *world, d *authenticator) { d.verified = false },
		"a copy, used before":      func(_ *world, d *authenticator) { d.uses = 0 },
		"another member's handle": func(w *world, d *authenticator) {
			d.handle = string(w.arrive("Ben").ID)
		},
		"nobody's handle":  func(_ *world, d *authenticator) { d.handle = "\x00\xff" },
		"another key":      func(_ *world, d *authenticator) { d.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) },
		"another key's id": func(_ *world, d *authenticator) { d.id = []byte("somebody else's key") },
		"a closed account": func(w *world, d *authenticator) {
			w.must(w.CloseMember(w.t.Context(), w.Console(), kith.MemberID(d.handle)))
		},
		"a reset meanwhile": func(w *world, d *authenticator) { w.resets(kith.MemberID(d.handle)) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
				ada := w.arrive("Ada")
				d := newDevice("https://kith.example")
				w.enrol(ada, d)
				change(w, d)
				_, err := w.signs(d)
				w.wants(what, err, errPasskey)
			})
		})
	}
}

// resets ends every credential of a member.
func (w *world) resets(id kith.MemberID) {
	w.t.Helper()
	w.must(w.read(w.t.Context(), func(*store.Tx) error { return nil }))
	secret, err := w.ResetSecret(w.t.Context(), w.Console(), id)
	w.must(err)
	w.must(w.ResetPassword(w.t.Context(), secret, "another long word"))
}

func TestACeremonyIsHeldOnceAndSoon(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, ben := w.arrive("Ada"), w.arrive("Ben")
		d := newDevice("https://kith.example")
		c, err := w.BeginPasskey(ctx, ada, "")
		w.must(err)
		answer := d.create(w, c)
		_, err = w.AddPasskey(ctx, ben, c.ID, "mine", answer)
		w.wants("another member's", err, errNewPasskey)
		_, err = w.AddPasskey(ctx, ada, c.ID, "key", []byte(`{"id":"x"}`))
		w.wants("a broken answer", err, errNewPasskey)
		_, err = w.AddPasskey(ctx, ada, c.ID, "key", answer)
		w.wants("the right answer afterwards", err, errNewPasskey)
		w.enrol(ada, d)

		in, err := w.BeginPasskeySignIn(ctx)
		w.must(err)
		signed := d.sign(w, in)
		_, err = w.SignInWithPasskey(ctx, in.ID, signed, Visit{})
		w.must(err)
		_, err = w.SignInWithPasskey(ctx, in.ID, signed, Visit{})
		w.wants("the same answer again", err, errPasskey)
		in, err = w.BeginPasskeySignIn(ctx)
		w.must(err)
		signed = d.sign(w, in)
		w.pass(CeremonyLasts)
		_, err = w.SignInWithPasskey(ctx, in.ID, signed, Visit{})
		w.wants("an answer that is late", err, errPasskey)
	})
}

func TestPasskeysNeedANameInTheAddress(t *testing.T) {
	t.Parallel()
	for url, ok := range map[string]bool{"": false, "http://127.0.0.1:7171": false, "http://localhost:7171": true, "https://kith.example": true} {
		a := &App{conf: Config{URL: url}}
		if _, err := a.relyingParty(); (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
}
