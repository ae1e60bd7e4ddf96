package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

const ada, ben = kith.MemberID("a"), kith.MemberID("b")

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// settle makes two members.
func settle(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, id := range []kith.MemberID{ada, ben} {
			if err := tx.AddMember(&store.Member{ID: id, Name: string(id), Email: string(id) + "@mail.example", CreatedAt: noon}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var (
	sent      = []pair.Act{{Verb: pair.Send, By: pair.A}}
	connected = []pair.Act{{Verb: pair.Send, By: pair.A}, {Verb: pair.Accept, By: pair.B, Seq: 1}}
	declined  = []pair.Act{{Verb: pair.Send, By: pair.A}, {Verb: pair.Decline, By: pair.B, Seq: 1}, {Verb: pair.Send, By: pair.B}}
)

// What no act leads to cannot be stored either: each row tries to write one
// broken state past pair.Next.
func TestABrokenPairCannotBeStored(t *testing.T) {
	t.Parallel()
	rows := []struct {
		law    string
		before []pair.Act
		set    string
	}{
		{"p1", connected, "a_blocks = 1"},
		{"p1", connected, "b_blocks = 1"},
		{"p2", sent, "a_blocks = 1"},
		{"p2", sent, "b_blocks = 1"},
		{"p3", connected, "a_course = 0, a_ended_at = 0, a_answer = 0, a_answered_at = 0"},
		{"p4", declined, "a_answer = 1"},
		{"p5", sent, "c_seq = 1, c_since = 1, a_knows = 1, b_knows = 1, a_course = 3, a_ended_at = 1"},
		{"p5", connected, "c_seq = 2, seq = 2"},
		{"p6", connected, "a_gone = 1"},
		{"p6", sent, "b_gone = 1"},
		{"numbers", sent, "seq = 0"},
		{"numbers", declined, "b_seq = 1"},
		{"ties", connected, "a_knows = 0"},
		{"ties", sent, "b_knows = 2"},
		{"see", sent, "c_see = 1"},
		{"course_a", sent, "a_course = 1, a_ended_at = 1"},
		{"course_a", sent, "a_answer = 2"},
		{"named_a", sent, "a_invitation = ''"},
		{"named_a", sent, "a_expires_at = a_sent_at - 1"},
		{"words", sent, "a_tie = 4"},
		{"bits", sent, "a_unheard = 2"},
		{"onstraint", sent, "a = 'c'"},
	}
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		settle(t, db)
		for _, row := range rows {
			undo := errors.New("undo")
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if err := play(tx, row.before); err != nil {
					return err
				}
				if _, err := tx.Raw("UPDATE pair SET " + row.set); err != nil {
					return err
				}
				return undo
			})
			if errors.Is(err, undo) {
				t.Errorf("%s: %q was stored", row.law, row.set)
			} else if !strings.Contains(err.Error(), row.law) {
				t.Errorf("%s: %q: %v", row.law, row.set, err)
			}
		}
	})
}

// play lets the two members do acts.
func play(tx *store.Tx, acts []pair.Act) error {
	for _, act := range acts {
		p, err := tx.Pair(ada, ben)
		if err != nil {
			return err
		}
		act.At, act.Tie = noon, pair.Met
		next, _, err := pair.Next(p.State, act)
		if err != nil {
			return err
		}
		if err := tx.Move(&p, next, kith.InvitationID(tx.NewID())); err != nil {
			return err
		}
	}
	return nil
}

// A row that was broken with all constraints away is not read as if it were
// sound.
func TestWhatTheTablesCannotSayIsFoundOnReading(t *testing.T) {
	t.Parallel()
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		settle(t, db)
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if err := play(tx, sent); err != nil {
				return err
			}
			// A reply without a question: one row's CHECKs do not say it.
			if _, err := tx.Raw("UPDATE pair SET a_replied_at = 5"); err != nil {
				return err
			}
			_, err := tx.PeekPair(ada, ben)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "the stored state is broken") {
			t.Errorf("read as %v", err)
		}
	})
}
