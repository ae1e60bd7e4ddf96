package app

import (
	"errors"
	"slices"
	"testing"

	"kith"
	"kith/internal/store"
)

// An answer decides at once, is kept for the person, and is nobody else's.
func TestAnswersDecideAtOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		w.goalsAre(judith, 0, kith.Selective)
		id := w.sends(anton, judith, "")
		sees, before := w.events(anton), w.verdicts(judith, id)[0].Verdict.Verdict

		j, err := w.Answer(t.Context(), judith, id, kith.AskMet, kith.AnswerYes)
		w.must(err)
		if j.Verdict.Verdict != kith.Accept || j.N != 2 || !hasFact(&j, "answers.met") {
			t.Errorf("having met: %s", asJSON(t, j.Verdict))
		}
		if j, err = w.Answer(t.Context(), judith, id, kith.AskMet, kith.NotAnswered); err != nil || j.Verdict.Verdict != before {
			t.Errorf("taken back: %v, %s", err, asJSON(t, j.Verdict))
		}
		if _, err = w.Answer(t.Context(), judith, id, kith.AskComfortable, kith.AnswerNo); err != nil {
			t.Fatal(err)
		}

		// It is about the person: their next invitation knows.
		_, err = w.Withdraw(t.Context(), anton, id)
		w.must(err)
		w.pass(22 * kith.Day)
		again := w.sends(anton, judith, specificNote)
		if j := w.verdicts(judith, again)[0]; j.Verdict.Verdict != kith.Decline || !hasFact(&j, "answers.comfortable") {
			t.Errorf("the next invitation: %s", asJSON(t, j.Verdict))
		}
		if got := w.events(anton); !slices.Equal(got[:len(sees)], sees) || slices.Contains(got, kindAnswered) {
			t.Errorf("the sender sees %v", got)
		}
		for _, who := range []Actor{anton, w.member("Somebody")} {
			if _, err := w.Answer(t.Context(), who, again, kith.AskMet, kith.AnswerYes); !errors.Is(err, errNoInvitation) {
				t.Errorf("somebody else answers: %v", err)
			}
			if _, err := w.Verdict(t.Context(), who, again); !errors.Is(err, errNoInvitation) {
				t.Errorf("somebody else looks: %v", err)
			}
		}
	})
}

// What is asked about the member themselves bears on everybody.
func TestAnswerAboutOneself(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.goalsAre(judith, kith.GoalSet(kith.Reach, kith.Privacy), kith.StanceUnset)
		var ids []kith.InvitationID
		for _, p := range w.strangers(3) {
			ids = append(ids, w.sends(p, judith, ""))
		}
		_, err := w.Answer(t.Context(), judith, ids[0], kith.AskSizeOverQuality, kith.AnswerYes)
		w.must(err)
		w.must(w.doDue())
		for _, id := range ids {
			if j, err := w.Verdict(t.Context(), judith, id); err != nil || j.Terms.Stance != "open" {
				t.Errorf("%s: %v, by %+v", id, err, j.Terms)
			}
		}
	})
}

// The same question about several people is one screen, and is answered on one.
func TestQuestionsComeAsScreens(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		w.goalsAre(judith, 0, kith.Balanced)
		w.shows(judith, store.ToNobody) // so nobody knows what they have in common
		people := w.strangers(4)
		w.pass(40 * kith.Day)
		for _, p := range people {
			w.shape(p, Profile{Headline: "Gauge technician"})
			w.sends(p, judith, "")
		}
		asked := map[kith.QuestionID]int{}
		screens, err := w.Questions(t.Context(), judith)
		w.must(err)
		for i, s := range screens {
			asked[s.Question] += len(s.Cards)
			if i > 0 && len(s.Cards) > len(screens[i-1].Cards) {
				t.Error("the fuller screen comes later")
			}
		}
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			cards, err := tx.Cards(judith.ID, &store.CardQuery{Here: true, Limit: 100, Now: w.now()})
			for _, c := range cards {
				if q, ok := kith.ParseQuestion(c.Question); ok {
					asked[q]--
				}
			}
			return err
		}))
		for q, n := range asked {
			if n != 0 {
				t.Errorf("%s is asked %+d times too often", q, n)
			}
		}
		if len(screens) == 0 || screens[0].Text == "" || len(screens[0].Cards) < 2 {
			t.Fatalf("the screens are %+v", screens)
		}
		var answers []AnswerOne
		for _, c := range screens[0].Cards {
			answers = append(answers, AnswerOne{c.Invitation, kith.AnswerYes})
		}
		out, err := w.AnswerMany(t.Context(), judith, screens[0].Question, answers)
		w.must(err)
		if len(out) != len(answers) {
			t.Fatalf("%d verdicts for %d answers", len(out), len(answers))
		}
		for i := range out {
			if !hasFact(&out[i], "answers."+screens[0].Question.String()) {
				t.Errorf("the answer to %d plays no part", i)
			}
		}
		if _, err := w.AnswerMany(t.Context(), judith, kith.AskMet, nil); kith.KindOf(err) != kith.Invalid {
			t.Errorf("no answers: %v", err)
		}
		answers = append(answers, AnswerOne{"not-there", kith.AnswerNo})
		if _, err := w.AnswerMany(t.Context(), judith, screens[0].Question, answers); !errors.Is(err, errNoInvitation) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}
