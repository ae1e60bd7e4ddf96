package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// set changes a member's settings.
func (w *world) set(who Actor, how func(*store.Setting)) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		s, err := tx.Setting(who.ID)
		if err != nil {
			return err
		}
		how(&s)
		return tx.SetSetting(who.ID, &s)
	}))
}

// night lets a day pass, with everything that falls due.
func (w *world) night() {
	w.t.Helper()
	w.pass(kith.Day)
	w.must(w.doDue())
}

// tellings are what happens to Ben, and what a letter then tells him.
var tellings = []struct {
	name string
	do   func(w *world, ada, ben Actor)
	want string // in ben's letter; empty: no letter
}{
	{"an invitation", func(w *world, ada, ben Actor) { w.invite(ada, ben) }, `“Ada Brandt” invites you to connect.`},
	{"an acceptance", func(w *world, ada, ben Actor) {
		w.invite(ben, ada)
		accept(w, ada)
	}, `“Ada Brandt” accepted your invitation.`},
	{"a question", func(w *world, ada, ben Actor) {
		w.invite(ben, ada)
		ask(w, ben, ada)
	}, "“Ada Brandt” asks you a question before answering your invitation."},
	{"an answer", func(w *world, ada, ben Actor) {
		w.invite(ada, ben)
		ask(w, ada, ben)
		_, err := w.Reply(w.t.Context(), ada, w.id(ben), "At the fair.")
		w.must(err)
	}, "“Ada Brandt” answered your question."},
	{"messages, once", func(w *world, ada, ben Actor) {
		w.invite(ben, ada)
		accept(w, ada)
		for range 3 {
			_, err := w.Write(w.t.Context(), ada, ben.ID, "Hello")
			w.must(err)
		}
	}, "“Ada Brandt” wrote to you."},
	{"a withdrawn invitation", func(w *world, ada, ben Actor) {
		_, err := w.Withdraw(w.t.Context(), ada, w.invite(ada, ben))
		w.must(err)
	}, ""},
	{"an answered invitation", func(w *world, ada, ben Actor) {
		_, err := w.Decline(w.t.Context(), ben, w.invite(ada, ben))
		w.must(err)
	}, ""},
	{"declined by the other", func(w *world, ada, ben Actor) {
		_, err := w.Decline(w.t.Context(), ada, w.invite(ben, ada))
		w.must(err)
	}, ""},
	{"blocked by the other", func(w *world, ada, ben Actor) {
		w.invite(ada, ben)
		w.must(w.Block(w.t.Context(), ada, ben.ID))
	}, ""},
	{"blocked by the reader", func(w *world, ada, ben Actor) {
		w.invite(ada, ben)
		w.must(w.Block(w.t.Context(), ben, ada.ID))
	}, ""},
	{"seen on the page", func(w *world, ada, ben Actor) {
		w.invite(ada, ben)
		w.seen(ben)
	}, ""},
	{"wanted not by mail", func(w *world, ada, ben Actor) {
		w.set(ben, func(s *store.Setting) { s.Unmailed = store.MailInvitations })
		w.invite(ada, ben)
	}, ""},
	{"something without words of its own", func(w *world, _, ben Actor) { w.tell(ben, "weather") }, "Other news: 1"},
	{"something about nobody", func(w *world, _, ben Actor) { w.tell(ben, kindImportDone) }, "Your import is done."},
	{"what had a letter of its own", func(w *world, _, ben Actor) { w.tell(ben, kindPasswordChanged) }, ""},
}

// A letter tells what its reader would find on the page at that moment.
func TestWhatALetterTells(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		for i, tt := range tellings {
			b := new(box)
			ada, ben := w.reader("Ada Brandt", "", b), w.reader("Ben Okoye", fmt.Sprintf("ben%d@mail.example", i), b)
			tt.do(w, ada, ben)
			w.night()
			if tt.want == "" && len(b.got) == 0 {
				continue
			}
			if len(b.got) != 1 || tt.want == "" || strings.Count(b.got[0].Text, "  - "+tt.want+"\n") != 1 {
				t.Fatalf("%s: the letters are %+v", tt.name, b.got)
			}
			if l := b.got[0]; l.Subject != "News from your network" || !strings.Contains(l.Text, l.Unsubscribe) || l.Unsubscribe == "" {
				t.Errorf("%s: the letter is %+v", tt.name, l)
			}
		}
	})
}

func accept(w *world, who Actor) {
	w.t.Helper()
	_, err := w.Accept(w.t.Context(), who, w.id(who), pair.Met, pair.NoSee, "")
	w.must(err)
}

func (w *world) seen(who Actor) {
	w.t.Helper()
	n, err := w.Notices(w.t.Context(), who, 0, 1)
	w.must(err)
	w.must(w.MarkSeen(w.t.Context(), who, n.Events[0].N))
}

// What a reader may no longer see when the letter leaves is not in it, though
// it was there when the letter was decided on.
func TestALetterIsWrittenWhenItLeaves(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world, ada, ben Actor) error{
		"blocks": func(w *world, ada, ben Actor) error { return w.Block(w.t.Context(), ada, ben.ID) },
		"has left": func(w *world, ada, _ Actor) error {
			w.change(ada, func(m *store.Member) { m.State = store.Left })
			return nil
		},
		"was seen": func(w *world, _, ben Actor) error { w.seen(ben); return nil },
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for name, vanish := range tests {
			b := new(box)
			ada, ben := w.reader("Ada Brandt", "", b), w.reader("Ben Okoye", "ben@"+strings.ReplaceAll(name, " ", "-")+".example", b)
			w.invite(ada, ben)
			w.pass(kith.Day)
			for _, d := range w.take(Quick) {
				w.must(w.Do(t.Context(), d)) // the letter is decided on
			}
			w.must(vanish(w, ada, ben))
			letters := w.take(Long)
			if len(letters) != 1 {
				t.Fatalf("%d letters wait", len(letters))
			}
			w.must(w.Do(t.Context(), letters[0]))
			if len(b.got) != 0 {
				t.Errorf("who %s is in the letter: %s", name, b.got[0].Text)
			}
		}
	})
}

func (w *world) take(lane Lane) []Claimed {
	w.t.Helper()
	claimed, err := w.Claim(w.t.Context(), "test", lane, 100)
	w.must(err)
	return claimed
}

// Letters come in the morning, as often as their reader wants, and never for
// nothing.
func TestHowOftenLettersCome(t *testing.T) {
	t.Parallel()
	tests := map[store.Digest]string{ // a letter or none for each of 17 days, with news on all but the fourth
		store.Daily:  "11101111111111111",
		store.Weekly: "10000001000000100",
		store.Never:  "00000000000000000",
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for digest, want := range tests {
			b := new(box)
			address := fmt.Sprintf("ben%d@mail.example", digest)
			ben := w.reader("Ben Okoye", address, b)
			w.set(ben, func(s *store.Setting) { s.Digest = digest })
			got := ""
			for day := range len(want) {
				if day != 3 {
					w.tell(ben, "weather")
					w.tell(ben, "weather")
				}
				before := b.count(address)
				w.night()
				got += fmt.Sprint(b.count(address) - before)
			}
			if got != want {
				t.Errorf("%d: letters came on %s, want %s", digest, got, want)
			}
		}
	})
}

// tell tells a member something about nobody.
func (w *world) tell(who Actor, kind string) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		return tx.Tell(&store.Event{Owner: who.ID, Kind: kind, Notice: true})
	}))
}

// Whoever was away from letters does not get years of them at once.
func TestTurningLettersOnBeginsAnew(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		b := new(box)
		ada, ben, cy := w.reader("Ada Brandt", "", b), w.reader("Ben Okoye", "ben@mail.example", b), w.reader("Cy Tran", "", b)
		w.set(ben, func(s *store.Setting) { s.Digest = store.Never })
		w.invite(ada, ben)
		w.night()
		w.set(ben, func(s *store.Setting) { s.Digest = store.Daily })
		w.invite(cy, ben)
		w.night()
		if len(b.got) != 1 || strings.Contains(b.got[0].Text, "Ada") || !strings.Contains(b.got[0].Text, "Cy Tran") {
			t.Errorf("the letters are %+v", b.got)
		}
	})
}

func TestNextMorning(t *testing.T) {
	t.Parallel()
	for _, m := range []kith.MemberID{"", "a", "00000000-0000-7000-8000-000000000001"} {
		for hour := range 48 {
			after := beginning.Add(time.Duration(hour) * 37 * time.Minute)
			got := nextMorning(m, after)
			at := got.Sub(got.Truncate(24 * time.Hour))
			if !got.After(after) || got.Sub(after) > 24*time.Hour || at < morning || at >= morning+spread {
				t.Errorf("after %v comes %v", after, got)
			}
			if again := nextMorning(m, got.Add(-time.Minute)); !again.Equal(got) {
				t.Errorf("a minute before %v comes %v", got, again)
			}
		}
	}
}

// No name becomes a link in a letter.
func TestNamesInLetters(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Ada Brandt":           "“Ada Brandt”",
		"Dr. J. Okoye Jr.":     "“Dr. J. Okoye Jr.”",
		"Ann-Marie O’Neil":     "“Ann-Marie O’Neil”",
		"win.example":          "A member",
		"Ada https://x":        "A member",
		"Ada//x":               "A member",
		"ada@mail.example":     "A member",
		"Ada:8080":             "A member",
		"Ada\nBcc: x@y.exampl": "A member",
		"Ada\u202eBrandt":      "“AdaBrandt”",
	} {
		if got := quoted(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// Every notice about another member says when it is over, and none other names
// anybody.
func TestEveryNewsIsWhole(t *testing.T) {
	t.Parallel()
	for kind, k := range newsKinds {
		if strings.Contains(k.words, "%s") != (k.open != nil) || !strings.HasSuffix(k.words, ".") && !strings.HasSuffix(k.words, "?") || k.group == 0 {
			t.Errorf("%s: %+v", kind, k.words)
		}
	}
}
