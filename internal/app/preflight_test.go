package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

func ptr(s string) *string { return &s }

// What a pre-flight says is Send's own answer, and the sending side's verdict.
func TestPreflightSaysWhatSendWould(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(w *world, anton, judith Actor)
		note *string
		want kith.Decision
	}{
		{"a note with a reason", func(*world, Actor, Actor) {}, ptr(specificNote), kith.SendIt},
		{"no note yet", func(*world, Actor, Actor) {}, nil, kith.SendIt},
		{"an empty note", func(*world, Actor, Actor) {}, ptr(""), kith.FixNote},
		{"pending", func(w *world, anton, judith Actor) { w.invite(anton, judith) }, ptr(specificNote), kith.SendIt},
		{"cooling down", func(w *world, anton, judith Actor) {
			_, err := w.Withdraw(w.t.Context(), anton, w.invite(anton, judith))
			w.must(err)
		}, ptr(specificNote), kith.DontSend},
		{"connected", func(w *world, anton, judith Actor) { w.befriend(anton, judith) }, ptr(specificNote), kith.SendIt},
		{"blocked by oneself", func(w *world, anton, judith Actor) { w.does(pair.Block, anton, judith) }, ptr(specificNote), kith.DontSend},
		{"they take none", func(w *world, _, judith Actor) {
			w.set(judith, func(s *store.Setting) { s.Invites = store.FromNobody })
		}, ptr(specificNote), kith.SendIt},
		{"they invited", func(w *world, anton, judith Actor) { w.invite(judith, anton) }, ptr(specificNote), kith.SendIt},
		{"a budget used up", func(w *world, anton, _ Actor) {
			for w.standingOf(anton).Left > 0 {
				w.invite(anton, w.member("Somebody "+w.newID()))
			}
		}, ptr(specificNote), kith.Wait},
		{"they want to be known by mail", func(w *world, _, judith Actor) {
			w.set(judith, func(s *store.Setting) { s.Invites = store.FromMail })
		}, ptr(specificNote), kith.SendIt},
		{"paused", func(w *world, anton, _ Actor) { w.paused(anton) }, ptr(specificNote), kith.SendIt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				anton, judith := w.member("Anton Verhulst"), w.member("Judith Vanderlinden")
				w.shape(judith, hydrologist)
				w.shape(anton, colleague)
				w.picture(anton)
				tt.do(w, anton, judith)
				p, err := w.Preflight(t.Context(), anton, judith.ID, tt.note)
				w.must(err)
				if p.Verdict.Verdict != tt.want || p.Verdict.Outlook == nil {
					t.Errorf("the verdict is %s", asJSON(t, p.Verdict))
				}
				text := ""
				if tt.note != nil {
					text = *tt.note
				}
				said := ""
				if _, err = w.Send(t.Context(), anton, Invite{To: judith.ID, Note: text}); err != nil {
					said = err.Error()
				}
				if p.Refusal != said {
					t.Errorf("the pre-flight says %q, Send %q", p.Refusal, said)
				}
			})
		})
	}
}

// Whatever the recipient made of an invitation, wants or knows, the sender's
// pre-flight says the same bytes.
func TestPreflightTellsNothingHidden(t *testing.T) {
	t.Parallel()
	answers := map[string]func(w *world, judith Actor, id kith.InvitationID) error{
		"nothing": func(*world, Actor, kith.InvitationID) error { return nil },
		"ignored": func(w *world, judith Actor, id kith.InvitationID) error {
			_, err := w.Ignore(w.t.Context(), judith, id)
			return err
		},
		"declined": func(w *world, judith Actor, id kith.InvitationID) error {
			_, err := w.Decline(w.t.Context(), judith, id)
			return err
		},
		"not known": func(w *world, judith Actor, id kith.InvitationID) error {
			_, err := w.DontKnow(w.t.Context(), judith, id)
			return err
		},
		"snoozed": func(w *world, judith Actor, id kith.InvitationID) error {
			return w.Snooze(w.t.Context(), judith, id, w.now().Add(kith.Day))
		},
		"uncomfortable": func(w *world, judith Actor, id kith.InvitationID) error {
			_, err := w.Answer(w.t.Context(), judith, id, kith.AskComfortable, kith.AnswerNo)
			return err
		},
		"other goals": func(w *world, judith Actor, _ kith.InvitationID) error {
			_, err := w.ChangeSettings(w.t.Context(), judith, func(s *Settings) error {
				s.Goals, s.Stance = kith.GoalSet(kith.Privacy), kith.OnlyKnown
				s.Wishes.Rules.NoteRequired.When = kith.Always
				s.Policy.Asks = "unpublished"
				return nil
			})
			return err
		},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		seen := map[string]string{}
		for name, answer := range answers {
			anton, judith := w.member("Anton Verhulst "+name), w.member("Judith Vanderlinden "+name)
			w.shape(judith, hydrologist)
			w.shape(anton, colleague)
			id := w.sends(anton, judith, specificNote)
			w.must(answer(w, judith, id))
			w.must(w.doDue())
			before, err := w.Preflight(t.Context(), anton, judith.ID, ptr(specificNote))
			w.must(err)
			draft, err := w.DraftNote(t.Context(), anton, judith.ID, Met{})
			w.must(err)
			_, err = w.Withdraw(t.Context(), anton, id)
			w.must(err)
			after, err := w.Preflight(t.Context(), anton, judith.ID, nil)
			w.must(err)
			// The couples differ in what they are called.
			called := strings.NewReplacer("Anton Verhulst "+name, "Anton", "Judith Vanderlinden "+name, "Judith",
				string(anton.ID), "anton", string(judith.ID), "judith", string(id), "sent")
			seen[name] = called.Replace(asJSON(t, before) + draft + asJSON(t, after))
		}
		for name, got := range seen {
			if got != seen["nothing"] {
				t.Errorf("%s shows:\n%s\n%s", name, got, seen["nothing"])
			}
		}
	})
}

// A policy is heard once it is published; somebody who is gone is not there.
func TestPreflightOfAPolicyAndOfNobody(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		anton, judith := w.member("Anton Verhulst"), w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		w.shape(anton, Profile{Headline: "Gauge technician"})
		quiet, err := w.Preflight(t.Context(), anton, judith.ID, ptr(""))
		w.must(err)
		_, err = w.ChangeSettings(t.Context(), judith, func(s *Settings) error {
			s.Publishes, s.Policy = true, kith.Policy{Stance: kith.OnlyKnown, Asks: "Please say where we met."}
			s.Policy.Rules.NoteRequired.When = kith.Always
			return nil
		})
		w.must(err)
		loud, err := w.Preflight(t.Context(), anton, judith.ID, ptr(""))
		w.must(err)
		if quiet.Policy != nil || loud.Policy == nil || loud.Policy.Asks != "Please say where we met." {
			t.Errorf("the policy was %v, then %v", quiet.Policy, loud.Policy)
		}
		if loud.Verdict.Outlook.Verdict != kith.Decline {
			t.Errorf("with a rule that asks for a note the other side says %s", loud.Verdict.Outlook.Verdict)
		}
		if len(loud.Findings) == 0 || len(loud.Verdict.Outlook.Fixes) == 0 {
			t.Errorf("nothing to improve: %+v", loud)
		}

		w.does(pair.Block, judith, anton)
		for _, id := range []kith.MemberID{judith.ID, "never-there", ""} {
			p, err := w.Preflight(t.Context(), anton, id, ptr(""))
			_, err2 := w.DraftNote(t.Context(), anton, id, Met{})
			if !errors.Is(err, pair.ErrNoAccount) || !errors.Is(err2, pair.ErrNoAccount) || asJSON(t, p) != asJSON(t, Preflight{}) {
				t.Errorf("%q: %v, %v, %+v", id, err, err2, p)
			}
		}
		if _, err := w.Preflight(t.Context(), anton, anton.ID, nil); !errors.Is(err, pair.ErrSelf) {
			t.Errorf("oneself: %v", err)
		}
		if _, err := w.Preflight(t.Context(), anton, judith.ID, ptr(strings.Repeat("a", 400))); kith.KindOf(err) != kith.Invalid {
			t.Errorf("a long note: %v", err)
		}
	})
}

// Drafts come from facts, and are empty where there is no reason to write.
func TestDrafts(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		anton, judith, mara := w.member("Anton Verhulst"), w.member("Judith Vanderlinden"), w.member("Mara Quillon")
		w.shape(judith, hydrologist)
		w.shape(anton, colleague)
		tests := []struct {
			to   Actor
			met  Met
			want string // part of it; empty: nothing
		}{
			{judith, Met{}, "Delft University of Technology"},
			{judith, Met{Where: "the gauge fair", At: w.now().Add(-kith.Day)}, "the gauge fair"},
			{mara, Met{}, ""},
		}
		for _, tt := range tests {
			text, err := w.DraftNote(t.Context(), anton, tt.to.ID, tt.met)
			w.must(err)
			if !strings.Contains(text, tt.want) || (text == "") != (tt.want == "") {
				t.Errorf("the draft is %q", text)
			}
		}
		id := w.sends(mara, judith, "")
		for kind, some := range map[DraftKind]bool{DraftAsk: true, DraftAcceptAndSee: true, DraftVerdict: w.verdicts(judith, id)[0].Verdict.Draft != nil} {
			if text, err := w.Draft(t.Context(), judith, id, kind); err != nil || (text != "") != some {
				t.Errorf("%s: %q, %v", kind, text, err)
			}
		}
		if _, err := w.Draft(t.Context(), judith, id, "poem"); kith.KindOf(err) != kith.Invalid {
			t.Errorf("a poem: %v", err)
		}
		if _, err := w.Draft(t.Context(), mara, id, DraftAsk); !errors.Is(err, errNoInvitation) {
			t.Errorf("the sender's: %v", err)
		}
	})
}

// An address guessed and imported does not tell a stranger that it is somebody's;
// whoever came to the member is known by it.
func TestAGuessedAddressTellsNothing(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		anton, judith := w.member("Anton Verhulst"), w.member("Judith Vanderlinden")
		look := func() string {
			p, err := w.Preflight(t.Context(), anton, judith.ID, ptr(specificNote))
			w.must(err)
			return asJSON(t, p)
		}
		before := look()
		card := "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J. V.\r\nEMAIL:" + w.account(judith.ID).Email + "\r\nORG:Tidewater\r\nEND:VCARD\r\n"
		r := w.importing(anton, file{"contacts.vcf", card})
		if r.Added == 0 {
			t.Fatal("nothing was imported")
		}
		if after := look(); after != before {
			t.Errorf("the guess shows:\n%s\n%s", before, after)
		}
		for stranger, want := range map[bool]string{true: sourceNothing, false: sourceRead} {
			w.must(w.read(t.Context(), func(tx *store.Tx) error {
				s := subject{other: judith.ID, sending: true, stranger: stranger}
				g, err := w.gatherCases(tx, anton.ID, []*subject{&s}, sendPlan)
				if err == nil && !slices.Contains(g[0].sources, Source{"your imports", want}) {
					t.Errorf("stranger %v: %v", stranger, g[0].sources)
				}
				return err
			}))
		}
	})
}
