package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/store"
)

// box is a mail server that never sleeps.
type box struct {
	got  []Letter
	fail map[string]error // by address
}

func (b *box) post(_ context.Context, l Letter) error {
	if err := b.fail[l.To]; err != nil {
		return err
	}
	b.got = append(b.got, l)
	return nil
}

// count says how many letters came for an address.
func (b *box) count(address string) (n int) {
	for _, l := range b.got {
		if l.To == address {
			n++
		}
	}
	return n
}

// reader opens an account at an address whose letters come into a box.
func (w *world) reader(name, address string, b *box) Actor {
	w.t.Helper()
	w.conf.Post = b.post
	m := store.Member{ID: kith.MemberID(w.newID()), Name: name, Email: address, CreatedAt: w.now(), VerifiedAt: w.now()}
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error { return tx.AddMember(&m) }))
	return Actor{ID: m.ID, Scopes: AllScopes(Operator), Role: Operator}
}

// change changes an account.
func (w *world) change(who Actor, how func(*store.Member)) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		m, _, err := tx.Member(who.ID)
		if err != nil {
			return err
		}
		how(&m)
		return tx.SetMember(&m)
	}))
}

// letter leaves the duty to send a letter.
func (w *world) letter(to Actor, effect string) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		return w.mail(tx, to.ID, effect, "password-changed", nil)
	}))
}

// Every letter is whole: what it names is given, its subject is one line that
// names nobody, and what comes from outside is one line that is read as it is.
func TestLetters(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := new(box)
		ada := w.reader("Ada Brandt", "ada@mail.example", b)
		data := map[string]string{"secret": "s3cret", "device": "Firefox\r\nBcc: all@mail.example {url}", "due": "9 March 2026", "after": "0", "upto": "0"}
		for name, k := range letterKinds {
			w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error { return w.mail(tx, ada.ID, name, name, data) }))
			w.must(w.doDue())
			if k.news {
				continue // there is none
			}
			l := b.got[len(b.got)-1]
			if l.To != "ada@mail.example" || l.Subject != k.subject || strings.ContainsAny(l.Subject, "{\n") || l.Unsubscribe != "" {
				t.Errorf("%s: %+v", name, l)
			}
			if !strings.Contains(l.Text, "https://kith.example") || strings.Contains(l.Text, "\nBcc") || strings.Contains(k.text, "{secret}") != strings.Contains(l.Text, "s3cret") {
				t.Errorf("%s says %s", name, l.Text)
			}
			if left := placeholder.FindString(l.Text); left != "" && name != "new-sign-in" {
				t.Errorf("%s is left in %s", left, name)
			}
		}
		if len(b.got) != len(letterKinds)-1 {
			t.Errorf("%d letters", len(b.got))
		}
	})
}

func TestALetterMustBeWhole(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		for template, data := range map[string]map[string]string{"chain-letter": nil, "reset": {"code": "1"}} {
			err := w.write(t.Context(), func(_ context.Context, tx *store.Tx) error { return w.mail(tx, ada.ID, "one", template, data) })
			if err == nil {
				t.Errorf("%s was taken with %v", template, data)
			}
		}
	})
}

// A letter is the same letter on every try.
func TestALetterKeepsItsName(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var ids []string
		ada, ben := w.reader("Ada Brandt", "ada@mail.example", new(box)), w.reader("Ben Okoye", "ben@mail.example", new(box))
		w.conf.Post = func(_ context.Context, l Letter) error {
			ids = append(ids, l.ID)
			return errors.New("the line was cut")
		}
		w.letter(ada, "one")
		for attempt := range 3 {
			if err := w.doDue(); err == nil {
				t.Fatal("it did not fail")
			}
			if f := w.duty(ada, "mail/one").Failure; strings.Contains(f, "cut") {
				t.Errorf("a failure tells what may be private: %s", f)
			}
			w.pass(backOff(attempt + 1))
		}
		if len(ids) != 3 || ids[0] != ids[1] || ids[1] != ids[2] || !strings.HasSuffix(ids[0], "@kith.example") {
			t.Errorf("the letter was called %q", ids)
		}
		w.conf.Post = func(_ context.Context, l Letter) error {
			ids = append(ids, l.ID)
			return nil
		}
		w.letter(ada, "two")
		w.letter(ben, "one")
		w.must(w.doDue())
		seen := map[string]bool{}
		for _, id := range ids {
			seen[id] = true
		}
		if len(ids) != 6 || len(seen) != 3 {
			t.Errorf("three letters were called %q", ids)
		}
	})
}

// No letter goes to an address that is not its member's, whatever its data say,
// but for the two about a change of address.
func TestLettersGoToMembersOnly(t *testing.T) {
	t.Parallel()
	for name, k := range letterKinds {
		if k.elsewhere != (name == "verify" || name == "email-changed") {
			t.Errorf("where %s goes", name)
		}
	}
	eachWorld(t, func(t *testing.T, w *world) {
		b := new(box)
		ada := w.reader("Ada Brandt", "ada@mail.example", b)
		data := map[string]string{"secret": "s", "device": "d", "address": "ben@mail.example", "to": "ben@mail.example"}
		for _, state := range []store.MemberState{store.Active, store.Unverified, store.Left, store.Erased} {
			w.change(ada, func(m *store.Member) {
				if m.State = state; state == store.Erased {
					m.Email = ""
				}
			})
			b.got = nil
			w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
				var errs []error
				for _, template := range []string{"sign-up-again", "reset", "password-changed", "new-sign-in"} {
					errs = append(errs, w.mail(tx, ada.ID, fmt.Sprint(template, state), template, data))
				}
				return errors.Join(errs...)
			}))
			w.must(w.doDue())
			if (len(b.got) == 4) != (state != store.Erased) {
				t.Errorf("in state %d: %d letters", state, len(b.got))
			}
			for _, l := range b.got {
				if l.To != "ada@mail.example" {
					t.Errorf("a letter to %s", l.To)
				}
			}
		}
	})
}

// A mailbox that is not there gets nothing more until its owner asks for it.
func TestARefusedMailboxIsLeftAlone(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := &box{fail: map[string]error{"ada@mail.example": errors.Join(errors.New("550"), ErrNoMailbox)}}
		ada := w.reader("Ada Brandt", "Ada@mail.example", b)
		b.fail["Ada@mail.example"] = b.fail["ada@mail.example"]
		w.letter(ada, "one")
		w.must(w.doDue())
		if d := w.duty(ada, "mail/one"); d.State != store.Done {
			t.Errorf("the duty is %+v", d)
		}
		delete(b.fail, "Ada@mail.example")
		w.letter(ada, "two")
		w.must(w.doDue())
		if mine, err := w.Mailbox(t.Context(), ada); err != nil || !mine.Refused || len(b.got) != 0 {
			t.Errorf("%+v, %v, %v", mine, err, b.got)
		}
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Safety()
			if len(rows) != 1 || rows[0].Kind != store.SafetySuppress || rows[0].Other != "" {
				t.Errorf("the safety journal says %+v", rows)
			}
			return err
		}))
		w.must(w.ResumeMail(t.Context(), ada))
		w.letter(ada, "three")
		w.must(w.doDue())
		if len(b.got) != 1 {
			t.Errorf("%d letters", len(b.got))
		}
	})
}

// What the safety journal holds holds again in an older database.
func TestSuppressionSurvivesARestore(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := new(box)
		ada, ben := w.reader("Ada Brandt", "ada@mail.example", b), w.reader("Ben Okoye", "ben@mail.example", b)
		var rows []store.SafetyRow
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			return errors.Join(tx.Suppress("ada@mail.example"), tx.KeepUnsubscribed("BEN@mail.example", newsLetters))
		}))
		w.must(w.ResumeMail(t.Context(), ada)) // as if the database were older
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) (err error) {
			if rows, err = tx.Safety(); err != nil {
				return err
			}
			return errors.Join(tx.Resuppress(rows), tx.Resuppress(rows))
		}))
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			stopped, err := tx.Suppressed("ada@mail.example")
			other, err2 := tx.Suppressed("ben@mail.example")
			mine, err3 := tx.Setting(ada.ID)
			his, err4 := tx.Setting(ben.ID)
			if !stopped || other || mine.Digest == store.Never || his.Digest != store.Never {
				t.Errorf("ada %v %v, ben %v %v", stopped, mine.Digest, other, his.Digest)
			}
			return errors.Join(err, err2, err3, err4)
		}))
	})
}

// A link stops the letters of whom it was made for, and no other text does.
func TestUnsubscribeLinks(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.reader("Ada Brandt", "ada@mail.example", new(box))
		var link string
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			m, _, err := tx.Member(ada.ID)
			if err != nil {
				return err
			}
			link, err = w.unsubscribeLink(tx, &m)
			return err
		}))
		token, ok := strings.CutPrefix(link, "https://kith.example"+UnsubscribePath)
		if !ok {
			t.Fatal(link)
		}
		rapid.Check(t, func(rt *rapid.T) {
			i := rapid.IntRange(0, len(token)-1).Draw(rt, "place")
			forged := token[:i] + rapid.StringMatching(`[0-9a-z.\x00-]{0,3}`).Draw(rt, "text") + token[i+1:]
			if forged == token {
				return
			}
			if err := w.Unsubscribe(t.Context(), forged); kith.KindOf(err) != kith.NotFound {
				rt.Fatalf("%q: %v", forged, err)
			}
		})
		for _, want := range []bool{true, true} {
			if on, err := w.Subscription(t.Context(), token); err != nil || on != want {
				t.Errorf("asking changed something: %v, %v", on, err)
			}
		}
		w.must(w.Unsubscribe(t.Context(), token))
		w.must(w.Unsubscribe(t.Context(), token))
		if on, err := w.Subscription(t.Context(), token); err != nil || on {
			t.Errorf("still on: %v", err)
		}
		w.change(ada, func(m *store.Member) { m.Email = "ada@new.example" })
		if err := w.Unsubscribe(t.Context(), token); kith.KindOf(err) != kith.NotFound {
			t.Errorf("a link for the former address: %v", err)
		}
	})
}
