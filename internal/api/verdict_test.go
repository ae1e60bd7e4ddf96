package api

import (
	"testing"

	"kith"
	"kith/client"
)

// The judgement over HTTP: the inbox, a verdict with all it rests on, a
// question answered, and the other side's look before sending.
func TestTheJudgementOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		judithID, judith := w.friend("Judith Vanderlinden")
		antonID, anton := w.friend("Anton Verhulst")

		p := ok[client.Preflight](t)(anton.Preflight(ctx, client.PreflightRequest{To: judithID, Note: new(string)}))
		if p.Verdict.Verdict == "" || p.Verdict.Outlook == nil || p.Refusal != "" || p.Left == 0 || len(p.Findings) == 0 {
			t.Errorf("the pre-flight says %+v", p)
		}
		if _, err := anton.Preflight(ctx, client.PreflightRequest{To: "nobody"}); client.Status(err) != 404 {
			t.Errorf("to nobody: %v", err)
		}
		note := ok[client.Text](t)(anton.DraftNote(ctx, client.DraftRequest{To: judithID, MetWhere: "the gauge fair"}))
		i := ok[client.Invitation](t)(anton.Invite(ctx, client.Invite{To: judithID, Note: note.Text}))

		counts := ok[client.InboxCounts](t)(judith.InboxCounts(ctx))
		if counts != (client.InboxCounts{Left: 1, Here: client.VerdictCounts{Undecided: 1}}) {
			t.Errorf("before it is judged: %+v", counts)
		}
		if j := ok[client.Judged](t)(judith.Verdict(ctx, i.ID)); j.N != 0 || j.Verdict.Verdict == "" {
			t.Errorf("decided on the spot: %+v", j)
		}
		w.pass(0)
		box := ok[client.Inbox](t)(judith.Inbox(ctx, client.InboxQuery{Page: client.Page{Limit: 1}, Order: "verdict", Source: "kith"}))
		if len(box.Cards) != 1 || box.Next != "" {
			t.Fatalf("the inbox is %+v", box)
		}
		c := box.Cards[0]
		if c.Invitation != i.ID || c.Member != antonID || c.Name != "Anton Verhulst" || c.Source != "kith" || *c.Note != note.Text ||
			c.Verdict == "" || c.Bands == nil || c.Mutual == nil || *c.Mutual != 0 || c.Why == "" {
			t.Errorf("the card is %+v", c)
		}
		e := ok[client.Explanation](t)(judith.Explain(ctx, i.ID))
		if e.Name != "Anton Verhulst" || e.Verdict.N != 1 || len(e.Facts) == 0 || len(e.Grounds) != len(e.Verdict.Reasons) || len(e.Verdict.Trace) == 0 ||
			len(e.Events) != 3 || e.Bounds == nil {
			t.Errorf("the explanation is %+v", e)
		}
		j := ok[client.Judged](t)(judith.Answer(ctx, i.ID, "met", "yes"))
		if j.N != 2 || j.Verdict.Verdict != kith.Accept {
			t.Errorf("having met: %+v", j)
		}
		if _, err := judith.Answer(ctx, i.ID, "age", "yes"); client.Status(err) != 422 {
			t.Errorf("a question there is not: %v", err)
		}
		got := ok[client.Answered](t)(judith.AnswerMany(ctx, "comfortable", []client.AnswerFor{{Invitation: i.ID, Answer: "unsure"}}))
		if len(got.Verdicts) != 1 || got.Verdicts[0].N != 3 {
			t.Errorf("answered: %+v", got)
		}
		ok[client.Questions](t)(judith.Questions(ctx))
		if text := ok[client.Text](t)(judith.Draft(ctx, i.ID, "ask")); text.Text == "" {
			t.Error("there is no question to ask")
		}
		w.must(judith.Snooze(ctx, i.ID, w.now().Add(kith.Day)))
		if box := ok[client.Inbox](t)(judith.Inbox(ctx, client.InboxQuery{})); len(box.Cards) != 0 {
			t.Errorf("put off: %+v", box)
		}
		if _, err := anton.Verdict(ctx, i.ID); client.Status(err) != 404 {
			t.Errorf("the sender asks for the verdict: %v", err)
		}
	})
}

// Cases given whole are decided as kith judge does it; cursors belong to their
// list.
func TestJudgeOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		_, judith := w.friend("Judith Vanderlinden")
		const given = `{"side":"receive","member":{"goals":["reach"]},"note":{"text":"We met in Delft."},"relation":{"met":true}}`
		v := ok[kith.Verdict](t)(judith.Judge(ctx, []byte(given), true))
		if v.Verdict != kith.Accept || len(v.Trace) == 0 {
			t.Errorf("decided %+v", v)
		}
		for body, want := range map[string]int{`{"side":"receive","x":1}`: 422, `[]`: 422, `{"side":"receive","side":"send"}`: 422} {
			if _, err := judith.Judge(ctx, []byte(body), false); client.Status(err) != want {
				t.Errorf("%s: %v", body, err)
			}
		}
		for i := range 3 {
			_, other := w.friend("Member " + string(rune('A'+i)))
			ok[client.Invitation](t)(other.Invite(ctx, client.Invite{To: ok[client.Me](t)(judith.Me(ctx)).ID}))
		}
		first := ok[client.Inbox](t)(judith.Inbox(ctx, client.InboxQuery{Page: client.Page{Limit: 2}}))
		second := ok[client.Inbox](t)(judith.Inbox(ctx, client.InboxQuery{Page: client.Page{Limit: 2, After: first.Next}}))
		if len(first.Cards) != 2 || len(second.Cards) != 1 || second.Next != "" || second.Cards[0].Invitation == first.Cards[1].Invitation {
			t.Errorf("the pages are %+v and %+v", first, second)
		}
		for _, q := range []client.InboxQuery{{Page: client.Page{After: first.Next}, Order: "verdict"}, {Page: client.Page{After: "x"}}} {
			if _, err := judith.Inbox(ctx, q); client.Status(err) != 422 {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}
