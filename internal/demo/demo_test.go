package demo

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"reflect"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"kith"
	"kith/internal/app"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// filled is a database with a demo in it.
type filled struct {
	*testing.T
	app *app.App
	db  *store.DB
	in  Login
	me  app.Actor
}

// eachFilled runs a test on a demo: a whole one in SQLite, a small one in
// PostgreSQL.
func eachFilled(t *testing.T, test func(*filled)) {
	t.Helper()
	for _, kind := range storetest.DSNs(t) {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			members := 0
			if kind.Name == "postgres" {
				members = 300
			}
			dsn := kind.Make(t)
			in, err := Fill(t.Context(), dsn, Options{Members: members, Now: noon, Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			clock := func(time.Time) time.Time { return noon }
			a, err := app.Open(t.Context(), dsn, app.Config{Clock: clock, Staging: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := a.Close(); err != nil {
					t.Error(err)
				}
			})
			test(&filled{t, a, storetest.Open(t, dsn, store.Options{Clock: clock}), in, app.Actor{ID: in.ID, Scopes: app.AllScopes(app.Ordinary)}})
		})
	}
}

func (f *filled) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func TestTheDemo(t *testing.T) {
	t.Parallel()
	eachFilled(t, func(f *filled) {
		f.projections()
		f.inbox()
		f.duties()
		f.news()
		f.profiles()
		f.signsIn()
		f.cases()
	})
}

// What lists show of connections and invitations follows from the pairs, and
// every pair is one that acts lead to: reading checks it.
func (f *filled) projections() {
	undo := errors.New("undo")
	err := f.db.Write(f.Context(), func(tx *store.Tx) error {
		links, entries, err := tx.Projections()
		if err != nil {
			return err
		}
		if err := tx.Reproject(); err != nil {
			return err
		}
		linksNow, entriesNow, err := tx.Projections()
		if err != nil {
			return err
		}
		if len(links) == 0 || !slices.Equal(links, linksNow) || !slices.Equal(entries, entriesNow) {
			f.Errorf("%d links and %d entries do not follow from the pairs, %d and %d do", len(links), len(entries), len(linksNow), len(entriesNow))
		}
		f.degrees(links)
		return undo
	})
	if !errors.Is(err, undo) {
		f.Error(err)
	}
}

// degrees looks at how many connections people have.
func (f *filled) degrees(links []store.Link) {
	by := map[kith.MemberID]int{}
	for _, l := range links {
		by[l.Owner]++
	}
	var all []int
	for _, n := range by {
		all = append(all, n)
	}
	slices.Sort(all)
	median, most := all[len(all)/2], all[len(all)-1]
	f.Logf("%d people with connections, median %d, most %d, the member %d", len(all), median, most, by[f.in.ID])
	if median < 15 || median > 26 || most < 3*median || by[f.in.ID] < 30 {
		f.Errorf("median degree %d, most %d, the member's %d", median, most, by[f.in.ID])
	}
}

// All that waits is judged, and there is something of everything.
func (f *filled) inbox() {
	counts, err := f.app.CountInbox(f.Context(), f.me)
	f.must(err)
	f.Logf("here %v, elsewhere %v", counts.Here, counts.Elsewhere)
	if counts.Here[app.NotJudged]+counts.Elsewhere[app.NotJudged] > 0 || counts.Left < 200 || counts.Left > 225 {
		f.Errorf("the inbox holds %+v", counts)
	}
	for _, verdict := range []string{"accept", "ask", "decline", "report"} {
		if counts.Here[verdict] == 0 {
			f.Errorf("no verdict says %s", verdict)
		}
	}
	cards, _, err := f.app.Inbox(f.Context(), f.me, app.InboxQuery{Limit: 250})
	f.must(err)
	for what, is := range map[string]func(*app.Card) bool{
		"a note of 2,000 letters":     func(c *app.Card) bool { return utf8.RuneCountInString(c.Note) >= 2000 },
		"a name of 60 letters":        func(c *app.Card) bool { return utf8.RuneCountInString(c.Name) >= 60 },
		"a right-to-left name":        func(c *app.Card) bool { return c.Name > "א" },
		"a right-to-left note":        func(c *app.Card) bool { return c.Note > "א" },
		"somebody without a photo":    func(c *app.Card) bool { return !c.Elsewhere() && c.Photo == "" },
		"somebody with a photo":       func(c *app.Card) bool { return c.Photo != "" },
		"somebody met":                func(c *app.Card) bool { return c.Bands.Known == kith.BandYes },
		"a headline from elsewhere":   func(c *app.Card) bool { return c.Elsewhere() && c.Headline != "" },
		"many connections in common":  func(c *app.Card) bool { return !c.Elsewhere() && c.Mutual >= 8 },
		"a question that waits":       func(c *app.Card) bool { return !c.AskedAt.IsZero() && c.RepliedAt.IsZero() },
		"a question that is answered": func(c *app.Card) bool { return !c.RepliedAt.IsZero() },
		"an invitation of months ago": func(c *app.Card) bool { return noon.Sub(c.SentAt) > 120*kith.Day },
	} {
		if !slices.ContainsFunc(cards, func(c app.Card) bool { return is(&c) }) {
			f.Errorf("nothing is %s", what)
		}
	}
}

// duties looks at what is under way.
func (f *filled) duties() {
	sent, _, err := f.app.Invitations(f.Context(), f.me, app.Sent, app.Cursor{}, 100)
	f.must(err)
	open := 0
	for _, v := range sent {
		if v.Course == pair.Running {
			open++
		}
	}
	counts, err := f.app.DutyCounts(f.Context())
	f.must(err)
	have := map[string]int{}
	for _, c := range counts {
		have[c.Kind] += c.Waiting
		if c.Dead > 0 || c.Overdue > 0 {
			f.Errorf("%d duties of the kind %s are overdue, %d failed", c.Overdue, c.Kind, c.Dead)
		}
	}
	if open < 5 || have["reconsider"] == 0 || have["remind"] == 0 || have["review"] == 0 || have["proposal"] == 0 {
		f.Errorf("%d invitations are out, and these duties wait: %v", open, have)
	}
}

func (f *filled) news() {
	unread, err := f.app.CountUnread(f.Context(), f.me)
	f.must(err)
	n, err := f.app.Notices(f.Context(), f.me, 0, 50)
	f.must(err)
	if unread < 4 || n.Unread == 0 || n.Seen == 0 {
		f.Errorf("%d messages and %d notices are unread, seen up to %d", unread, n.Unread, n.Seen)
	}
	runs, err := f.app.Imports(f.Context(), f.me, 0, 5)
	f.must(err)
	if len(runs) != 1 || runs[0].State != app.ImportDone {
		f.Fatalf("imports: %+v", runs)
	}
	report, err := app.ReadReport(&runs[0])
	f.must(err)
	for _, file := range report.Files {
		if file.Skipped != "" || len(file.Problems) > 0 {
			f.Errorf("%s was not read whole: %s %+v", file.Name, file.Skipped, file.Problems)
		}
	}
}

// Whatever people show has passed no form; it could have.
func (f *filled) profiles() {
	var everybody []store.Member
	f.must(f.db.Read(f.Context(), func(tx *store.Tx) (err error) {
		everybody, err = tx.Members(store.Cursor{}, 1<<20)
		return err
	}))
	pictures := 0
	for i, m := range everybody {
		if m.State != store.Active || kith.CleanLine(m.Name) != m.Name {
			f.Errorf("%q is an account in the state %s", m.Name, m.State)
		}
		if i%7 != 0 {
			continue
		}
		who := app.Actor{ID: m.ID, Scopes: app.AllScopes(app.Ordinary)}
		p, err := f.app.Profile(f.Context(), who)
		f.must(err)
		if kept, err := f.app.SetProfile(f.Context(), who, p); err != nil || !reflect.DeepEqual(without(kept), without(p)) {
			f.Errorf("%s shows what no form takes (%v): %+v", m.Name, err, p)
		}
		if f.photo(m.ID) {
			pictures++
		}
	}
	if pictures < len(everybody)/7/3 {
		f.Errorf("%d of %d have a photo", pictures, len(everybody)/7)
	}
}

func without(p app.Profile) app.Profile {
	p.ChangedAt = time.Time{}
	return p
}

// photo reports whether somebody has a photo, which then is one in each size.
func (f *filled) photo(id kith.MemberID) bool {
	var hash string
	f.must(f.db.Read(f.Context(), func(tx *store.Tx) (err error) {
		hash, err = tx.PhotoHash(id)
		return err
	}))
	if hash == "" {
		return false
	}
	for _, size := range app.PhotoSizes {
		data, err := f.app.Photo(f.Context(), app.Actor{ID: id, Scopes: app.ScopeRead}, id, hash, size)
		f.must(err)
		if c, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || c.Width != size || c.Height != size {
			f.Errorf("a photo of %d is %d by %d, %v", size, c.Width, c.Height, err)
		}
	}
	return true
}

func (f *filled) signsIn() {
	if _, err := f.app.SignIn(f.Context(), f.in.Email, f.in.Password, app.Visit{}); err != nil {
		f.Error(err)
	}
}

func TestItIsTheSameCommunityEachTime(t *testing.T) {
	t.Parallel()
	build := func(now time.Time) *community {
		c, err := newCommunity(defaultMembers, now)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	once, twice, later := build(noon), build(noon), build(noon.Add(3*time.Hour))
	if !reflect.DeepEqual(once, twice) {
		t.Error("two communities made at the same time differ")
	}
	for i := range once.people {
		x, y := &once.people[i], &later.people[i]
		if x.id != y.id || x.profile.Name != y.profile.Name || y.joined.Sub(x.joined) != 3*time.Hour {
			t.Fatalf("%s is %s three hours later", x.profile.Name, y.profile.Name)
		}
	}
	if !slices.EqualFunc(once.ties, later.ties, func(x, y tie) bool { return x.from == y.from && x.to == y.to && x.note == y.note }) {
		t.Error("others are connected three hours later")
	}
}

func TestWhatADemoNeeds(t *testing.T) {
	t.Parallel()
	dsn := storetest.SQLite(t)
	if _, err := Fill(t.Context(), dsn, Options{Members: 20, Now: noon, Dir: t.TempDir()}); kith.KindOf(err) != kith.Invalid {
		t.Errorf("a demo of 20 members: %v", err)
	}
	db := storetest.Open(t, dsn, store.Options{})
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		return tx.AddMember(&store.Member{ID: "m", Name: "Somebody", Email: "somebody@mail.example", CreatedAt: noon})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Fill(t.Context(), dsn, Options{Members: 300, Now: noon, Dir: t.TempDir()}); kith.KindOf(err) != kith.Invalid {
		t.Errorf("a demo in a database that is used: %v", err)
	}
}

// cases looks at what others reported.
func (f *filled) cases() {
	operator := app.Actor{ID: f.in.ID, Role: app.Operator, Scopes: app.AllScopes(app.Operator)}
	list, _, err := f.app.Cases(f.Context(), operator, app.CaseOpen, app.Cursor{}, 10)
	f.must(err)
	if len(list) != 2 || list[0].Reports != 2 || list[1].Reports != 2 {
		f.Errorf("the moderators have %+v", list)
	}
}
