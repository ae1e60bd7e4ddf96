package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"kith"
	"kith/pair"
)

// Everything reported of one member comes together in one case, with what was
// reported and without who did.
func TestReportsGatherInOneCase(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, bad := w.moderator("Mo Dery", Moderator), w.member("Bad Actor")
		bea, cal, dee := w.member("Bea Coe"), w.member("Cal Dunn"), w.member("Dee Eno")
		id := w.sendTo(bad, bea)
		_, err := w.ReportInvitation(ctx, bea, id, ForMoney, "a deposit, twice")
		w.must(err)
		w.connect(bad, cal)
		m, err := w.Write(ctx, bad, cal.ID, "Send me the code.")
		w.must(err)
		w.must(w.Report(ctx, cal, Accusation{On: OnMessage, ID: string(m.ID), Reason: ForCredentials}))
		w.must(w.Report(ctx, dee, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForImpersonation, Words: "I know the real one."}))

		c, err := w.LookAtCase(ctx, mod, w.theCase(mod))
		w.must(err)
		var told []string
		for _, r := range c.Reports {
			told = append(told, fmt.Sprintf("%d %s %q %q", r.On, r.Reason, r.Words, r.Evidence))
		}
		slices.Sort(told)
		want := []string{`0 money "a deposit, twice" "We met in Delft."`, `2 impersonation "I know the real one." "Bad Actor"`, `3 credentials "" "Send me the code."`}
		if !slices.Equal(told, want) || c.About.ID != bad.ID || c.Sent != 2 {
			t.Errorf("the case tells %q\n%+v", told, c)
		}
		data, err := json.Marshal(c)
		w.must(err)
		for _, who := range []Actor{bea, cal, dee} {
			if strings.Contains(string(data), string(who.ID)) {
				t.Errorf("the case names who reported: %s", data)
			}
		}
		mine, _, err := w.Reports(ctx, dee, Cursor{}, 10)
		w.must(err)
		if len(mine) != 1 || mine[0].LookedAt || mine[0].Other.ID != bad.ID {
			t.Errorf("my reports: %+v", mine)
		}
	})
}

func TestWhatIsNotThereCannotBeReported(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, bea, cal := w.member("Ada Brandt"), w.member("Bea Coe"), w.member("Cal Dunn")
		w.connect(bea, cal)
		m, err := w.Write(ctx, bea, cal.ID, "Hello")
		w.must(err)
		w.must(w.Block(ctx, cal, ada.ID))
		for _, tt := range []struct {
			name string
			acc  Accusation
			want error
		}{
			{"nobody", Accusation{On: OnProfile, ID: "nobody"}, pair.ErrNoAccount},
			{"who blocks", Accusation{On: OnProfile, ID: string(cal.ID)}, pair.ErrNoAccount},
			{"oneself", Accusation{On: OnProfile, ID: string(ada.ID)}, pair.ErrSelf},
			{"a connection of others", Accusation{On: OnConnection, ID: string(bea.ID)}, errNoConnection},
			{"a message of others", Accusation{On: OnMessage, ID: string(m.ID)}, errNoMessage},
			{"an invitation of others", Accusation{On: OnInvitation, ID: "x"}, errNoInvitation},
		} {
			tt.acc.Reason = ForSpam
			if err := w.Report(ctx, ada, tt.acc); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if err := w.Report(ctx, bea, Accusation{On: OnMessage, ID: string(m.ID), Reason: ForSpam}); !errors.Is(err, errNoMessage) {
			t.Errorf("the own message: %v", err)
		}
		for _, acc := range []Accusation{{On: OnProfile, ID: string(bea.ID), Reason: "thin profile"}, {On: 9, Reason: ForSpam},
			{On: OnProfile, ID: string(bea.ID), Reason: ForSpam, Words: strings.Repeat("x", 1001)}} {
			if err := w.Report(ctx, ada, acc); kith.KindOf(err) != kith.Invalid {
				t.Errorf("%+v: %v", acc, err)
			}
		}
		for range MaxReports {
			w.must(w.Report(ctx, ada, Accusation{On: OnProfile, ID: string(w.member("Some One " + w.newID()).ID), Reason: ForSpam}))
		}
		if err := w.Report(ctx, ada, Accusation{On: OnProfile, ID: string(bea.ID), Reason: ForSpam}); kith.KindOf(err) != kith.Conflict {
			t.Errorf("one report more than a day allows: %v", err)
		}
	})
}

func TestTakingAReportBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, ada := w.moderator("Mo Dery", Moderator), w.member("Ada Brandt")
		bea, cal := w.member("Bea Coe"), w.member("Cal Dunn")
		ids := []kith.InvitationID{w.sendTo(ada, bea), w.sendTo(ada, cal)}
		report := func(who Actor, id kith.InvitationID) {
			_, err := w.ReportInvitation(ctx, who, id, ForSpam, "")
			w.must(err)
		}
		back := func(who Actor, id kith.InvitationID) {
			_, err := w.Reopen(ctx, who, id)
			w.must(err)
		}
		report(bea, ids[0])
		report(cal, ids[1])
		back(bea, ids[0])
		if list := w.cases(mod); len(list) != 1 || list[0].Reports != 1 {
			t.Errorf("one of two is left: %+v", list)
		}
		first := w.theCase(mod)
		back(cal, ids[1])
		if list := w.cases(mod); len(list) != 0 {
			t.Errorf("nothing is left: %+v", list)
		}
		if _, err := w.LookAtCase(ctx, mod, first); !errors.Is(err, errNoCase) {
			t.Errorf("an empty case: %v", err)
		}
		report(bea, ids[0])
		id := w.theCase(mod)
		if id == first {
			t.Error("an old case is open again")
		}
		w.must(w.Dismiss(ctx, mod, id, ""))
		back(bea, ids[0]) // too late for the desk, in time for the invitation
	})
}

// Reports that come at once open one case.
func TestReportsAtOnceOpenOneCase(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		mod, bad, others := w.moderator("Mo Dery", Moderator), w.member("Bad Actor"), w.strangers(16)
		var wg sync.WaitGroup
		for _, who := range others {
			wg.Go(func() {
				if err := w.Report(ctx, who, Accusation{On: OnProfile, ID: string(bad.ID), Reason: ForSpam}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if list := w.cases(mod); len(list) != 1 || list[0].Reports != len(others) {
			t.Errorf("the desk has %+v", list)
		}
	})
}
