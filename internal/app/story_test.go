package app

import (
	"testing"
	"time"

	"kith"
	"kith/pair"
)

// A story counts what was decided in the week it was decided in, with the weeks
// between, and keeps what Kith said then.
func TestAStoryTellsWeeks(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		judith, anton, mara, bo := w.member("Judith Vanderlinden"), w.member("Anton"), w.member("Mara Quillon"), w.member("Bo Lindqvist")
		s, err := w.Story(ctx, judith)
		w.must(err)
		if len(s.Weeks) != 0 || len(s.Judged) != 0 || s.Share != "" {
			t.Errorf("before anything: %+v", s)
		}
		fromAnton := w.sends(anton, judith, "")
		stood, err := w.Verdict(ctx, judith, fromAnton)
		w.must(err)
		_, err = w.Decline(ctx, judith, fromAnton)
		w.must(err)
		w.pass(15 * kith.Day)
		fromMara, fromBo := w.sends(mara, judith, ""), w.sends(bo, judith, "")
		_, err = w.Accept(ctx, judith, fromMara, pair.NoTie, pair.NoSee, "")
		w.must(err)
		_, err = w.ReportInvitation(ctx, judith, fromBo, ForMoney, "")
		w.must(err)
		if s, err = w.Story(ctx, judith); err != nil {
			t.Fatal(err)
		}
		var counts [][3]int
		for _, week := range s.Weeks {
			if week.Begins.Weekday() != time.Monday {
				t.Errorf("a week begins on %s", week.Begins)
			}
			counts = append(counts, [3]int{week.Accepted, week.Declined, week.Reported})
		}
		if got := asJSON(t, counts); got != `[[0,1,0],[0,0,0],[1,0,1]]` {
			t.Errorf("the weeks are %s", got)
		}
		said := map[kith.InvitationID]kith.Decision{}
		for i := range s.Judged {
			said[s.Judged[i].Invitation] = s.Judged[i].Verdict
		}
		if len(said) != 3 || said[fromAnton] != stood.Verdict.Verdict || said[fromBo] == "" {
			t.Errorf("Kith had said %v", said)
		}
		w.pass(27 * week)
		if s, err = w.Story(ctx, judith); err != nil || len(s.Weeks) != 0 {
			t.Errorf("half a year later: %+v, %v", s.Weeks, err)
		}
		if _, err := w.Story(ctx, Actor{}); kith.KindOf(err) != kith.SignIn {
			t.Errorf("of nobody: %v", err)
		}
	})
}

// An explanation says how strongly each signal spoke, and between which words
// the unknown could move the three.
func TestExplainSaysHowStronglyAndHowFar(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton, mara := w.member("Judith Vanderlinden"), w.member("Anton"), w.member("Mara Quillon")
		w.shape(anton, colleague)
		w.connect(anton, judith)
		w.must(w.doDue())
		e, err := w.Explain(t.Context(), judith, w.sends(mara, judith, ""))
		w.must(err)
		if e.Face.ID != mara.ID || e.Face.Name != "Mara Quillon" || e.Name != e.Face.Name {
			t.Errorf("the face is %+v", e.Face)
		}
		low, high := e.Now.Reach.Low, e.Now.Reach.High
		if low.Known != kith.BandNo || high.Known != kith.BandYes || low.Genuine == "" || high.Worth == "" {
			t.Errorf("the reach is %+v", e.Now.Reach)
		}
		spoke := e.Now.Spoke()
		if len(spoke) == 0 || len(spoke) != len(e.Now.Verdict.Trace) {
			t.Fatalf("%d of %d signals spoke", len(spoke), len(e.Now.Verdict.Trace))
		}
		for _, s := range spoke {
			if s.Loud == "" || len(s.Rules) == 0 || s.Grade == "" {
				t.Errorf("%+v", s)
			}
			if s.Signal == "note-empty" && (s.For || len(s.Facts) == 0 || s.Facts[0] != "note.kind") {
				t.Errorf("no note is %+v", s)
			}
		}
	})
}
