package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// idsOf lists the letters of a pile.
func idsOf(p *Pile) (ids []kith.InvitationID) {
	for _, g := range p.Groups {
		for i := range g.Cards {
			ids = append(ids, g.Cards[i].Invitation)
		}
	}
	return ids
}

// lying lists what lies on a member's desk, by id.
func (w *world) lying(who Actor) []kith.InvitationID {
	w.t.Helper()
	p, err := w.Pile(w.t.Context(), who, PileQuery{})
	w.must(err)
	ids := idsOf(&p)
	slices.Sort(ids)
	return ids
}

// The pile holds what the inbox lists: all of it that waits for the member, each
// letter in the group of its verdict.
func TestThePileIsTheInbox(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.busy()
		p, err := w.Pile(t.Context(), judith, PileQuery{})
		w.must(err)
		cards, _, err := w.Inbox(t.Context(), judith, InboxQuery{Limit: 100})
		w.must(err)
		var listed []kith.InvitationID
		for i := range cards {
			listed = append(listed, cards[i].Invitation)
		}
		total := len(p.Waiting)
		for _, g := range p.Groups {
			firm := 0
			for i := range g.Cards {
				c := &g.Cards[i]
				if want := string(c.Decision); want != g.Decision && (want != "" || g.Decision != NotJudged) {
					t.Errorf("%s lies among %s", want, g.Decision)
				}
				if !slices.Contains(listed, c.Invitation) {
					t.Errorf("%s is not in the inbox", c.Invitation)
				}
				firm += bit(c.Firm)
			}
			if firm != g.Firm {
				t.Errorf("%s: %d firm, counted %d", g.Decision, firm, g.Firm)
			}
			total += len(g.Cards)
		}
		if total != len(cards) || p.Left+len(p.Waiting) != len(cards) || p.Found != p.Left {
			t.Errorf("%d in the groups, %d left, %d found; the inbox has %d", total, p.Left, p.Found, len(cards))
		}
	})
}

func TestWhatAPileQueryWants(t *testing.T) {
	t.Parallel()
	now := beginning
	ago := func(days int) time.Time { return now.Add(-time.Duration(days) * kith.Day) }
	card := Card{Name: "Zoë Brandt", Headline: "Hydrologist", Place: "Zwolle", Note: "We met in Delft.", NoteKnown: true, SentAt: ago(10), Mutual: 4,
		Signals: " same-school mutual ", About: store.Person{Member: "x"}}
	there := Card{Name: "Bo", NoteKnown: true, SentAt: ago(60), Mutual: -1, About: store.Person{Contact: "c"}}
	for _, c := range []struct {
		name        string
		q           PileQuery
		card, there bool
	}{
		{"all", PileQuery{}, true, true},
		{"here", PileQuery{From: FromHere}, true, false},
		{"elsewhere", PileQuery{From: FromElsewhere}, false, true},
		{"with a note", PileQuery{Note: "with"}, true, false},
		{"without", PileQuery{Note: "without"}, false, true},
		{"a school", PileQuery{Common: CommonSchool}, true, false},
		{"an employer", PileQuery{Common: CommonCompany}, false, false},
		{"a goal", PileQuery{Goals: kith.GoalSet(kith.JobSearch)}, true, false},
		{"nothing there is", PileQuery{Common: "shoe size"}, false, false},
		{"four in common", PileQuery{Mutual: 4}, true, false},
		{"five in common", PileQuery{Mutual: 5}, false, false},
		{"a fortnight", PileQuery{Younger: 14 * kith.Day}, true, false},
		{"a month ago", PileQuery{Older: 30 * kith.Day}, false, true},
		{"a name without its dots", PileQuery{Text: "zoe"}, true, false},
		{"words of the note", PileQuery{Text: "DELFT"}, true, false},
	} {
		text, serve := kith.FoldText(c.q.Text), []string(nil)
		if c.q.Goals != 0 {
			serve = []string{"recruiter", "same-school"}
		}
		if got := c.q.wants(&card, text, serve, now); got != c.card {
			t.Errorf("%s: %v of the letter here", c.name, got)
		}
		if got := c.q.wants(&there, text, serve, now); got != c.there {
			t.Errorf("%s: %v of that elsewhere", c.name, got)
		}
	}
	unknown := Card{Name: "Bo"}
	for name, q := range map[string]PileQuery{"no note": {Note: "without"}, "young": {Younger: kith.Day}, "old": {Older: kith.Day}} {
		if q.wants(&unknown, "", nil, now) {
			t.Errorf("%s: what is not known is wanted", name)
		}
	}
}

// What is said of one question for many is what that page then asks.
func TestAlikeIsWhatIsAskedAtOnce(t *testing.T) {
	t.Parallel()
	question := kith.AskMet.String()
	var cards []Card
	for i := range maxAsked + 50 {
		cards = append(cards, Card{Invitation: kith.InvitationID(fmt.Sprint(i)), Question: question, SentAt: beginning.Add(time.Duration(i))})
	}
	for _, c := range []struct{ open, asked, want int }{{maxAsked + 50, 0, maxAsked}, {10, 0, 10}, {10, 4, 6}} {
		some := slices.Clone(cards[:c.open])
		for i := range c.asked {
			some[i].Waits, some[i].AskedAt = true, beginning
		}
		if p := (&App{}).lay(some, &PileQuery{}, beginning); p.Alike != c.want || len(asking(some, beginning)) != c.want {
			t.Errorf("%d open, %d asked already: %d alike", c.open, c.asked, p.Alike)
		}
	}
}

func TestHowTheLettersOfAGroupLie(t *testing.T) {
	t.Parallel()
	cards := []Card{
		{Invitation: "1", Name: "Émile", Firm: false, SentAt: beginning.Add(3), Mutual: 1},
		{Invitation: "2", Name: "adam", Firm: true, SentAt: beginning.Add(1), Mutual: 9},
		{Invitation: "3", Name: "Zoë", Firm: true, SentAt: beginning.Add(2), Mutual: 9},
	}
	for order, want := range map[PileOrder]string{FirmFirst: "321", PileNewest: "132", PileOldest: "231", PileMutual: "321", PileByNames: "213"} {
		slices.SortFunc(cards, order.compare)
		got := ""
		for _, c := range cards {
			got += string(c.Invitation)
		}
		if got != want {
			t.Errorf("%q: %s, not %s", order, got, want)
		}
	}
}

func TestPaceAndEvening(t *testing.T) {
	t.Parallel()
	var list []Decided
	at := beginning
	for range 12 {
		list = append(list, Decided{At: at})
		at = at.Add(-4 * time.Second)
	}
	if _, ok := Pace(list[:9]); ok {
		t.Error("nine decisions give a pace")
	}
	if d, ok := Pace(list); !ok || d != 4*time.Second {
		t.Errorf("pace %v, %v", d, ok)
	}
	list = append(list, Decided{At: at.Add(-time.Hour)}, Decided{At: at.Add(-15 * time.Hour)})
	if n, took := Evening(list); n != 13 || took != 44*time.Second {
		t.Errorf("%d decisions in %v", n, took)
	}
	if n, _ := Evening(nil); n != 0 {
		t.Error("an evening of nothing")
	}
	if _, ok := Pace(slices.Repeat([]Decided{{At: beginning}}, 30)); ok {
		t.Error("what was decided together gives a pace")
	}
}

// Whatever is chosen about a letter, here or elsewhere, is among what was
// decided, or put off, and can be taken back.
func TestSettleAndUnsettle(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		here := w.sends(w.member("Ada Brandt"), judith, specificNote)
		w.elsewhere(judith, 9)
		p, err := w.Pile(t.Context(), judith, PileQuery{From: FromElsewhere})
		w.must(err)
		there := idsOf(&p)[0]
		for _, id := range []kith.InvitationID{here, there} {
			for _, c := range []Choice{ChooseDecline, ChooseLater, ChooseAccept} {
				w.pass(time.Minute)
				before := w.lying(judith)
				w.must(w.Settle(t.Context(), judith, id, c))
				if slices.Contains(w.lying(judith), id) {
					t.Errorf("%s: %s still lies there", c, id)
				}
				if got := w.settledAs(judith, id); got != string(c) {
					t.Errorf("%s is told as %q", c, got)
				}
				w.must(w.Unsettle(t.Context(), judith, id))
				if got := w.settledAs(judith, id); got != "" {
					t.Errorf("%s was taken back, and is told as %q", c, got)
				}
				if c == ChooseAccept && id == here {
					continue // it cannot be unseen
				}
				if got := w.lying(judith); !slices.Equal(got, before) {
					t.Errorf("%s taken back: %v lie there, not %v", c, got, before)
				}
			}
		}
		if err := w.Settle(t.Context(), judith, there, "burn"); kith.KindOf(err) != kith.Invalid {
			t.Errorf("burnt: %v", err)
		}
		if err := w.Settle(t.Context(), w.member("Eve Long"), there, ChooseDecline); kith.KindOf(err) != kith.NotFound {
			t.Errorf("of somebody else: %v", err)
		}
	})
}

// settledAs says what was chosen about an invitation, empty if nothing is.
func (w *world) settledAs(who Actor, id kith.InvitationID) string {
	w.t.Helper()
	d, err := w.Desk(w.t.Context(), who, DeskQuery{Closed: true})
	w.must(err)
	for i := range d.Decided {
		if d.Decided[i].Invitation == id {
			return string(d.Decided[i].As())
		}
	}
	if slices.ContainsFunc(d.Aside, func(a Aside) bool { return a.Invitation == id }) {
		return string(ChooseLater)
	}
	return ""
}

// A decision is told with the verdict that stood when it was made, for seven
// days.
func TestADecisionIsToldWithTheVerdictOfThen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		id := w.sends(w.member("Ada Brandt"), judith, specificNote)
		said, err := w.Verdict(t.Context(), judith, id)
		w.must(err)
		w.pass(time.Hour)
		_, err = w.Accept(t.Context(), judith, id, 0, pair.NoSee, "")
		w.must(err)
		w.must(w.doDue()) // now there is a verdict on the connection
		d, err := w.Desk(t.Context(), judith, DeskQuery{})
		w.must(err)
		list := d.Decided
		if len(list) != 1 || list[0].Verdict != said.Verdict.Verdict || list[0].Firm != said.Verdict.Firm || list[0].Name != "Ada Brandt" {
			t.Errorf("%+v, Kith said %s", list, said.Verdict.Verdict)
		}
		w.pass(7 * kith.Day)
		if d, err = w.Desk(t.Context(), judith, DeskQuery{}); err != nil || len(d.Decided) != 0 || d.Week != 0 {
			t.Errorf("after seven days: %v, %v", d.Decided, err)
		}
	})
}

// A letter whose sender was asked is out of the way until an answer comes, or
// two weeks have passed.
func TestAskedLettersAreOutOfTheWay(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, ada, bo := w.member("Judith Vanderlinden"), w.member("Ada Brandt"), w.member("Bo Lindqvist")
		w.shape(judith, hydrologist)
		answers, silent := w.sends(ada, judith, ""), w.sends(bo, judith, "")
		for _, id := range []kith.InvitationID{answers, silent} {
			_, err := w.Ask(t.Context(), judith, id, "Where did we meet?")
			w.must(err)
		}
		w.left(judith, 0, 2)
		w.pass(kith.Day)
		_, err := w.Reply(t.Context(), ada, answers, "In Delft.")
		w.must(err)
		w.must(w.doDue())
		w.left(judith, 1, 1)
		d, err := w.Desk(t.Context(), judith, DeskQuery{})
		w.must(err)
		if d.Letter == nil || d.Letter.Asked != "Where did we meet?" || d.Letter.Reply != "In Delft." {
			t.Errorf("the letter with the answer is %+v", d.Letter)
		}
		w.pass(13 * kith.Day)
		w.must(w.doDue())
		w.left(judith, 2, 0)
	})
}

func (w *world) left(who Actor, left, waiting int) {
	w.t.Helper()
	p, err := w.Pile(w.t.Context(), who, PileQuery{})
	w.must(err)
	if p.Left != left || len(p.Waiting) != waiting {
		w.t.Errorf("%d left and %d wait, not %d and %d", p.Left, len(p.Waiting), left, waiting)
	}
	asked, err := w.Pile(w.t.Context(), who, PileQuery{Waiting: true})
	w.must(err)
	if asked.Found != waiting {
		w.t.Errorf("%d found that wait, not %d", asked.Found, waiting)
	}
}

// The desk shows the letter wanted with its neighbours, else the first; one that
// is gone is said to be gone.
func TestWhatLiesOnTheDesk(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		d, err := w.Desk(t.Context(), judith, DeskQuery{})
		w.must(err)
		if d.Letter != nil || d.Lost || d.Pile.Left != 0 {
			t.Errorf("an empty desk: %+v", d)
		}
		for _, p := range w.strangers(3) {
			w.sends(p, judith, "")
		}
		p, err := w.Pile(t.Context(), judith, PileQuery{})
		w.must(err)
		ids := idsOf(&p)
		d, err = w.Desk(t.Context(), judith, DeskQuery{Open: ids[1]})
		w.must(err)
		if l := d.Letter; l == nil || l.Invitation != ids[1] || l.Prev != ids[0] || l.Next != ids[2] || l.Judged.N == 0 {
			t.Errorf("the second letter: %+v", l)
		}
		w.must(w.Settle(t.Context(), judith, ids[1], ChooseLater))
		if d, err = w.Desk(t.Context(), judith, DeskQuery{Open: ids[1]}); err != nil || d.Letter == nil || d.Letter.Ended != (Ended{How: PutOff, At: LaterUntil(w.now())}) || d.Letter.Judged.N == 0 {
			t.Errorf("a letter put off: %+v, %v", d.Letter, err)
		}
		if d, err = w.Desk(t.Context(), w.member("Eve Long"), DeskQuery{Open: ids[0]}); err != nil || !d.Lost {
			t.Errorf("a letter of somebody else: %+v, %v", d.Letter, err)
		}
	})
}

// An answer stands beside the letter until it is taken back.
func TestAnAnswerStandsBesideTheLetter(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		w.shape(judith, hydrologist)
		id := w.sends(w.member("Ada Brandt"), judith, "")
		for _, ans := range []kith.Answer{kith.AnswerYes, kith.AnswerNo, kith.Unsure, kith.NotAnswered} {
			_, err := w.Answer(t.Context(), judith, id, kith.AskMet, ans)
			w.must(err)
			d, err := w.Desk(t.Context(), judith, DeskQuery{Open: id})
			w.must(err)
			got := d.Letter.Answers
			if ans == kith.NotAnswered {
				if len(got) != 0 {
					t.Errorf("taken back: %v", got)
				}
				continue
			}
			if len(got) != 1 || got[0].Question != kith.AskMet || got[0].Answer != ans || (got[0].Text == "") != (ans == kith.Unsure) {
				t.Errorf("%v: %+v", ans, got)
			}
		}
		if q, ok := w.AnswerBehind("met"); !ok || q != kith.AskMet {
			t.Errorf("behind met is %v, %v", q, ok)
		}
		if _, ok := w.AnswerBehind("mutual"); ok {
			t.Error("an answer is behind the connections in common")
		}
	})
}

// The first of the signals kept with a verdict is that of its first reason.
func TestTheLeadIsTheFirstReason(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.busy()
		for _, id := range w.lying(judith) {
			c, err := w.Card(t.Context(), judith, id)
			w.must(err)
			if c.N == 0 {
				continue
			}
			j, err := w.Verdict(t.Context(), judith, id)
			w.must(err)
			if c.Lead() != j.Verdict.Reasons[0].Signal || strings.Count(c.Signals, " "+c.Lead()+" ") != 1 {
				t.Errorf("lead %q of %q, first reason %q", c.Lead(), c.Signals, j.Verdict.Reasons[0].Signal)
			}
		}
	})
}
