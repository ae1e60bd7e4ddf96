package app

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/pair"
	"kith/triage/signals"
)

// shape gives a member a profile, keeping the name.
func (w *world) shape(who Actor, p Profile) {
	w.t.Helper()
	me, err := w.Me(w.t.Context(), who)
	w.must(err)
	p.Name = me.Name
	_, err = w.SetProfile(w.t.Context(), who, p)
	w.must(err)
}

// goalsAre sets what the judgement goes by.
func (w *world) goalsAre(who Actor, goals kith.Goals, stance kith.Stance) {
	w.t.Helper()
	_, err := w.ChangeSettings(w.t.Context(), who, func(s *Settings) error { s.Goals, s.Stance = goals, stance; return nil })
	w.must(err)
}

// sends does what is due, sends a note, and does what follows.
func (w *world) sends(from, to Actor, note string) kith.InvitationID {
	w.t.Helper()
	w.must(w.doDue())
	i, err := w.Send(w.t.Context(), from, Invite{To: to.ID, Note: note})
	w.must(err)
	w.must(w.doDue())
	return i.ID
}

// verdicts gives every verdict kept on an invitation, oldest first.
func (w *world) verdicts(who Actor, id kith.InvitationID) []Judged {
	w.t.Helper()
	e, err := w.Explain(w.t.Context(), who, id)
	w.must(err)
	return append(e.Earlier, e.Now)
}

// about gives the kinds of the events on an invitation.
func (w *world) about(who Actor, id kith.InvitationID) (kinds []string) {
	w.t.Helper()
	e, err := w.Explain(w.t.Context(), who, id)
	w.must(err)
	for _, ev := range e.Events {
		kinds = append(kinds, ev.Kind)
	}
	return kinds
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The people of the tests.
var (
	hydrologist = Profile{
		Headline: "Hydrologist, early warning, at Waterschap Veldermeer", Location: "Gouda, Netherlands", Industry: "Environmental Services",
		Summary:   "I keep gauges honest. My forecasts of the Hollandse IJssel have been in use since 2019.",
		Positions: []kith.Position{{Title: "Hydrologist", Organisation: "Waterschap Veldermeer", From: "2017"}},
		Education: []kith.Education{{School: "Delft University of Technology", Degree: "MSc Hydrology", To: "2008"}},
		Groups:    []string{"Rain Gauge Neighbours"}, Topics: []string{"flood forecasting"},
	}
	colleague = Profile{
		Headline: "Data engineer at Waterschap Veldermeer", Location: "Utrecht, Netherlands", Industry: "Environmental Services",
		Summary:   "I built the telemetry of 400 gauges and cut its outages by half.",
		Positions: []kith.Position{{Title: "Data engineer", Organisation: "Waterschap Veldermeer", From: "2021"}},
		Education: []kith.Education{{School: "Delft University of Technology", Degree: "MSc Computer Science", To: "2015"}},
	}
	seller = Profile{Headline: "I help busy leaders lose 10 kg in 10 weeks | Wellness programme coach"}
)

const (
	specificNote = "We both work on early warning at Waterschap Veldermeer; I would like to compare our gauge telemetry."
	scamNote     = "Dear friend, I need your help to transfer 4.5 million US dollars. Send me your bank account details and a processing fee of 200 dollars by Western Union today."
)

// An invitation goes from send to a verdict by itself, and the verdict is the
// engine's on the same case.
func TestVerdictIsTheEngines(t *testing.T) {
	t.Parallel()
	judge, err := signals.Judge()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		sender Profile
		note   string
		mutual int
		goals  kith.Goals
		stance kith.Stance
		want   kith.Decision
	}{
		{"a colleague with a reason", colleague, specificNote, 3, kith.GoalSet(kith.GrowInField), kith.Selective, kith.Accept},
		{"a stranger without a word", Profile{}, "", 0, 0, kith.Selective, kith.Decline},
		{"a stranger, openly", colleague, "", 0, kith.GoalSet(kith.Reach), kith.Open, kith.Accept},
		{"a seller", seller, "I can show you how to lose 10 kg. Book a free call with me today!", 0, kith.GoalSet(kith.AvoidSpam), kith.Balanced, kith.Decline},
		{"a fraud", Profile{Headline: "Investor"}, scamNote, 0, kith.GoalSet(kith.Reach), kith.Open, kith.Report},
		{"known by many", Profile{Headline: "Gauge technician"}, "", 6, 0, kith.Selective, kith.Ask},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
				w.shape(judith, hydrologist)
				w.shape(anton, tt.sender)
				w.goalsAre(judith, tt.goals, tt.stance)
				for _, friend := range w.strangers(tt.mutual) {
					w.befriend(friend, judith)
					w.befriend(friend, anton)
				}
				w.pass(40 * kith.Day)
				id := w.sends(anton, judith, tt.note)

				got := w.verdicts(judith, id)
				if len(got) != 1 || got[0].N != 1 {
					t.Fatalf("%d verdicts", len(got))
				}
				c := kith.Case{Side: kith.Receive, Now: w.now()}
				c.Member = kith.Member{Goals: tt.goals, Stance: tt.stance, Profile: w.rawProfile(judith, hydrologist)}
				c.Person = w.rawProfile(anton, tt.sender)
				c.Relation.Mutual = kith.Observed(tt.mutual, kith.FromHere, w.now())
				c.Note.Text = kith.Observed(tt.note, kith.FromNote, w.now())
				c.History.SentAt = kith.Observed(w.now(), kith.FromHere, w.now())
				c.Person.Connections = got[0].connections(t)
				gather.Complete(&c)
				want := judge.Decide(c)
				want.Draft = gather.Draft(&c, &want)
				got[0].Verdict.Trace = nil
				if g, x := asJSON(t, got[0].Verdict), asJSON(t, want); g != x {
					t.Errorf("kept  %s\nwants %s", g, x)
				}
				if want.Verdict != tt.want {
					t.Errorf("the verdict is %s, want %s: %s", want.Verdict, tt.want, asJSON(t, want.Reasons))
				}
				if got[0].Mutual != tt.mutual {
					t.Errorf("%d connections in common were kept", got[0].Mutual)
				}
				if kinds := w.about(judith, id); !slices.Equal(kinds, []string{kindInvited, kindGathered, kindDecided}) {
					t.Errorf("its way was %v", kinds)
				}
			})
		})
	}
}

// rawProfile is what a profile shows before anything is concluded.
func (w *world) rawProfile(who Actor, p Profile) kith.PersonFacts {
	me, err := w.Me(w.t.Context(), who)
	w.must(err)
	p.Name = me.Name
	f := factsOf(&p, w.now())
	f.Photo = kith.Observed(kith.PhotoNone, kith.FromNetwork, w.now())
	f.AccountDays = kith.Observed(int(w.now().Sub(me.CreatedAt)/kith.Day), kith.FromNetwork, w.now())
	return f
}

// connections reads how many connections were shown, of the kept facts.
func (j *Judged) connections(t *testing.T) (n kith.Opt[int]) {
	t.Helper()
	for _, f := range j.Facts {
		if f.Path == "person.connections" {
			if err := json.Unmarshal(f.Value, &n.Val); err != nil {
				t.Fatal(err)
			}
			n = kith.Observed(n.Val, kith.FromNetwork, f.At)
		}
	}
	return n
}

// What comes back is a new fact, and the case is decided again; what was said
// before is kept.
func TestVerdictsFollowWhatHappens(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		w.shape(judith, hydrologist)
		w.shape(anton, colleague)
		w.goalsAre(judith, 0, kith.OnlyKnown)
		w.pass(40 * kith.Day) // not a new account any more
		id := w.sends(anton, judith, "")

		w.pass(kith.Day)
		_, err := w.Ask(t.Context(), judith, id, "What made you connect?")
		w.must(err)
		w.pass(kith.Day)
		_, err = w.Reply(t.Context(), anton, id, "I maintain the telemetry of your gauges at Waterschap Veldermeer and have a question about the Gouda one.")
		w.must(err)
		w.must(w.doDue())
		if got := w.verdicts(judith, id); len(got) != 2 || !hasFact(&got[1], "history.reply") || hasFact(&got[0], "history.reply") {
			t.Fatalf("after the reply there are %d verdicts", len(got))
		}

		w.goalsAre(judith, kith.GoalSet(kith.Reach), kith.Open)
		w.must(w.doDue())
		got := w.verdicts(judith, id)
		if len(got) != 3 || got[2].Verdict.Verdict != kith.Accept || got[2].Terms.Stance != "open" || got[1].Terms.Stance != "only-known" {
			t.Fatalf("after the goals changed: %d verdicts, %s", len(got), asJSON(t, got[len(got)-1].Verdict))
		}

		elsewhere := hydrologist
		elsewhere.Location, elsewhere.Industry = "Lisbon, Portugal", "Textiles"
		w.shape(judith, elsewhere)
		w.must(w.doDue())
		if got := w.verdicts(judith, id); len(got) != 4 || got[3].N != 4 {
			t.Errorf("a new profile leads to %d verdicts", len(got))
		}

		_, err = w.Decline(t.Context(), judith, id)
		w.must(err)
		w.goalsAre(judith, 0, kith.Selective)
		w.must(w.doDue())
		if got := w.verdicts(judith, id); len(got) != 4 {
			t.Errorf("what is answered was decided again: %d verdicts", len(got))
		}
		w.must(w.read(t.Context(), func(tx *store.Tx) error {
			rows, err := tx.Verdicts(judith.ID, id)
			for _, r := range rows {
				if r.Newest != (r.N == 4) {
					t.Errorf("verdict %d is marked %v", r.N, r.Newest)
				}
			}
			return err
		}))
	})
}

func hasFact(j *Judged, path string) bool {
	return slices.ContainsFunc(j.Facts, func(f Fact) bool { return f.Path == path })
}

// All open invitations are decided again, in batches, each once.
func TestAllAreJudgedAgain(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		const n = judgeAtOnce + 20
		var ids []kith.InvitationID
		w.must(w.write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			for i := range n {
				m := store.Member{ID: kith.MemberID(w.newID()), Name: "Member", Email: string(rune('a'+i%26)) + w.newID() + "@mail.example",
					CreatedAt: w.now(), VerifiedAt: w.now()}
				if err := tx.AddMember(&m); err != nil {
					return err
				}
				inv, err := w.Send(ctx, Actor{ID: m.ID, Scopes: ScopeInvitations}, Invite{To: judith.ID})
				if err != nil {
					return err
				}
				ids = append(ids, inv.ID)
			}
			return nil
		}))
		w.must(w.doDue())
		w.goalsAre(judith, kith.GoalSet(kith.Reach), kith.Open)
		w.must(w.doDue())
		for _, id := range ids {
			if got := w.verdicts(judith, id); len(got) != 2 || got[1].Terms.Stance != "open" {
				t.Fatalf("%s has %d verdicts", id, len(got))
			}
		}
	})
}

// Changes that no verdict reads have nothing judged again, many at once have it
// judged once, and a verdict that says nothing new is not kept.
func TestOnlyWhatIsNewIsKept(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		w.shape(judith, hydrologist)
		w.goalsAre(judith, 0, kith.OnlyKnown)
		id := w.sends(anton, judith, specificNote)
		waiting := func() (n int) {
			w.must(w.read(t.Context(), func(tx *store.Tx) error {
				open, err := tx.Duties(judith.ID, store.Cursor{}, 100)
				for _, d := range open {
					if d.Kind == kindJudge {
						n++
					}
				}
				return err
			}))
			return n
		}
		for i := range 20 {
			_, err := w.ChangeSettings(t.Context(), judith, func(s *Settings) error { s.RemoveSilent = i%2 == 0; return nil })
			w.must(err)
			w.shape(judith, hydrologist)
		}
		if n := waiting(); n != 0 {
			t.Errorf("%d judgements wait though nothing they read is new", n)
		}
		for range 10 {
			w.goalsAre(judith, kith.GoalSet(kith.Reach), kith.Open)
			w.goalsAre(judith, 0, kith.OnlyKnown)
		}
		if n := waiting(); n != 1 {
			t.Errorf("%d judgements wait, want the last one", n)
		}
		w.pass(time.Minute)
		before := w.about(judith, id)
		w.must(w.doDue())
		if got := w.verdicts(judith, id); len(got) != 1 || len(w.about(judith, id)) != len(before) {
			t.Errorf("%d verdicts and %d events, want 1 and %d", len(got), len(w.about(judith, id)), len(before))
		}
	})
}

// A duty done twice, or twice at once, keeps one numbering.
func TestJudgingAtOnce(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		id := w.sends(anton, judith, "")
		const n = 8
		errs := make(chan error, n)
		for i := range n {
			p := colleague
			p.Name, p.Headline = "Anton Verhulst", strings.Repeat("Senior ", i)+p.Headline
			go func() {
				errs <- w.write(context.Background(), func(_ context.Context, tx *store.Tx) error {
					if err := tx.SetProfile(anton.ID, &p); err != nil {
						return err
					}
					return w.decide(tx, judith.ID, []store.Waiting{{Invitation: id, Other: anton.ID}})
				})
			}()
		}
		for range n {
			w.must(<-errs)
		}
		got := w.verdicts(judith, id)
		for i := range got {
			if got[i].N != i+1 {
				t.Errorf("verdict %d has the number %d", i+1, got[i].N)
			}
		}
		if len(got) != n+1 {
			t.Errorf("%d verdicts, want %d", len(got), n+1)
		}
	})
}

// Only name and face differ: every byte of the verdict is the same.
func TestNameAndFaceChangeNothing(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var said []string
		for i, name := range []string{"Anton Verhulst", "Nkechi Adeyemi-Oduya"} {
			judith, sender := w.member([]string{"Judith Vanderlinden", "Judith Vanderlinden II"}[i]), w.member(name)
			w.shape(judith, hydrologist)
			w.shape(sender, colleague)
			quarter := quarters(120, 90+10*i)
			if _, err := w.SetPhoto(t.Context(), sender, "", bytes.NewReader(jpegOf(t, quarter))); err != nil {
				t.Fatal(err)
			}
			id := w.sends(sender, judith, "I would like to compare notes about gauges.")
			said = append(said, asJSON(t, w.verdicts(judith, id)[0].Verdict))
		}
		if said[0] != said[1] {
			t.Errorf("%s\n%s", said[0], said[1])
		}
	})
}

// The connected side: accepted to see, and silent; then a pitch.
func TestConnectionsAreJudged(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		id := w.sends(anton, judith, "")
		_, err := w.Accept(t.Context(), judith, id, 0, pair.SeePropose, "Thank you. What made you connect?")
		w.must(err)
		w.pass(15 * kith.Day)
		w.must(w.doDue())
		last := func() Judged { l := w.verdicts(judith, id); return l[len(l)-1] }
		if j := last(); j.Side != kith.Connected || j.Verdict.Verdict != kith.Disconnect {
			t.Fatalf("after 14 silent days: %s", asJSON(t, j))
		}
		_, err = w.Write(t.Context(), anton, judith.ID, "Sorry, I was at sea. I maintain gauges too.")
		w.must(err)
		w.must(w.doDue())
		if j := last(); j.Verdict.Verdict != kith.Keep {
			t.Errorf("after they wrote: %s", asJSON(t, j.Verdict))
		}
		for range 2 {
			w.pass(time.Hour)
			_, err = w.Write(t.Context(), anton, judith.ID, scamNote)
			w.must(err)
			w.must(w.doDue())
		}
		if j := last(); j.Verdict.Verdict != kith.Report {
			t.Errorf("after a fraud: %s", asJSON(t, j.Verdict))
		}
	})
}

// A case given whole is decided as the command does it, and nothing else is
// taken for one.
func TestJudgeACaseGivenWhole(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.member("Judith Vanderlinden")
		const given = `{"side":"receive","now":"2026-11-22T08:00:00Z","member":{"goals":["reach"]},"note":{"text":"We met in Delft."},"relation":{"mutual":4}}`
		c, err := kith.DecodeCase([]byte(given))
		w.must(err)
		gather.Complete(&c)
		want := w.verdict(&c)
		got, err := w.Judge(judith, []byte(given), false)
		w.must(err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %s, want %s", asJSON(t, got), asJSON(t, want))
		}
		if got, err = w.Judge(judith, []byte(given), true); err != nil || len(got.Trace) == 0 {
			t.Errorf("the trace is %v, %v", got.Trace, err)
		}
		_, err = w.Judge(judith, []byte(`{"side":"receive","persona":{}}`), false)
		if kith.KindOf(err) != kith.Invalid || err.Error() != "persona: unknown field" {
			t.Errorf("an unknown field: %v", err)
		}
		if _, err = w.Judge(Actor{}, []byte(given), false); kith.KindOf(err) != kith.SignIn {
			t.Errorf("nobody: %v", err)
		}
	})
}
