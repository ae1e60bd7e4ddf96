package app

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// The circle is in the order of names, page after page, and holds nobody but
// connections.
func TestTheCircleIsInTheOrderOfNames(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Fennimark")
		names := []string{"Ölund Bertil", "zoe Abels", "Anton Verhulst", "Anton Verhulst", "Maria del Mar Ruiz"}
		want := []string{"Anton Verhulst", "Anton Verhulst", "Maria del Mar Ruiz", "Ölund Bertil", "zoe Abels"}
		for _, name := range names {
			w.befriend(ada, w.memberAt(name, w.newID()+"@mail.example"))
		}
		w.member("Anton Stranger")
		var got []string
		var after kith.MemberID
		for {
			c, err := w.Circle(t.Context(), ada, "", after, 2)
			w.must(err)
			if c.Count != len(names) {
				t.Fatalf("counted %d", c.Count)
			}
			for _, p := range c.People {
				got = append(got, p.Name)
			}
			if after = c.Next; after == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		for name, n := range map[string]int{"anton": 2, "mar ru": 1, "del": 1, "OLU": 1, "verh": 2, "hulst": 0, "100%": 0} {
			c, err := w.Circle(t.Context(), ada, name, "", 10)
			w.must(err)
			if len(c.People) != n {
				t.Errorf("%q finds %d, want %d", name, len(c.People), n)
			}
		}
		_, err := w.Circle(t.Context(), ada, "", "Nobody's", 10)
		w.wants("a page after nobody", err, errNoConnection)
	})
}

// The circle tells how well one knows somebody and when the two last wrote.
func TestTheCircleSaysHowTheTwoStand(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Fennimark"), w.member("Bo Lindqvist")
		w.connect(ada, bo)
		_, err := w.SetTie(t.Context(), ada, bo.ID, TieClose)
		w.must(err)
		_, err = w.Write(t.Context(), bo, ada.ID, "hello")
		w.must(err)
		c, err := w.Circle(t.Context(), ada, "", "", 10)
		w.must(err)
		if p := c.People[0]; p.Tie != TieClose || !p.WroteAt.Equal(w.now()) || p.ID != bo.ID {
			t.Errorf("%+v", p)
		}
		if c, err = w.Circle(t.Context(), bo, "", "", 10); err != nil || c.People[0].Tie == TieClose {
			t.Errorf("the other sees it too: %+v, %v", c, err)
		}
		w.must(w.RemoveConnection(t.Context(), bo, ada.ID))
		if c, err = w.Circle(t.Context(), ada, "", "", 10); err != nil || c.Count != 0 || len(c.People) != 0 {
			t.Errorf("an ended connection is listed: %+v, %v", c, err)
		}
	})
}

// One writes with whoever is there, and knows whether one is connected.
func TestACorrespondentIsThereOrNot(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Fennimark"), w.member("Bo Lindqvist")
		c, err := w.Correspondent(t.Context(), ada, bo.ID)
		w.must(err)
		if c.Connected || c.Name != "Bo Lindqvist" {
			t.Errorf("%+v", c)
		}
		w.befriend(ada, bo)
		if c, err = w.Correspondent(t.Context(), ada, bo.ID); err != nil || !c.Connected {
			t.Errorf("%+v, %v", c, err)
		}
		w.must(w.Block(t.Context(), bo, ada.ID))
		_, err = w.Correspondent(t.Context(), ada, bo.ID)
		w.wants("a blocker", err, pair.ErrNoAccount)
		_, err = w.Named(t.Context(), ada, bo.ID)
		w.wants("a blocker's name", err, pair.ErrNoAccount)
		_, err = w.Correspondent(t.Context(), ada, ada.ID)
		w.wants("oneself", err, pair.ErrSelf)
	})
}

// A thread's head and a name count as looks at somebody, like their page.
func TestHeadsAndNamesCountAsLooks(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Fennimark"), w.member("Bo Lindqvist")
		w.befriend(ada, bo)
		ids := w.crowd(ProfilesPerDay + 1)
		w.must(w.countLooks(t.Context(), ada, ids[:ProfilesPerDay]...))
		for _, of := range []struct {
			who  kith.MemberID
			want error
		}{{ids[0], nil}, {bo.ID, nil}, {ids[ProfilesPerDay], errLooks}} {
			c, err := w.Correspondent(t.Context(), ada, of.who)
			if !errors.Is(err, of.want) || err != nil && c.ID != "" {
				t.Errorf("a head: %+v, %v; want %v", c, err, of.want)
			}
			n, err := w.Named(t.Context(), ada, of.who)
			if !errors.Is(err, of.want) || err != nil && n.Name != "" {
				t.Errorf("a name: %+v, %v; want %v", n, err, of.want)
			}
		}
	})
}

// Contacts are found by any word of what is known of them, and by nobody else.
func TestContactsAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bo := w.member("Ada Fennimark"), w.member("Bo Lindqvist")
		w.must(w.write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			return tx.SetContacts([]store.Contact{
				{Owner: ada.ID, ID: "c1", Name: "Zoë Okafor", Headline: "Hydrologist, Universität Delft"},
				{Owner: ada.ID, ID: "c2", Name: "Anders Løkken", Organisation: "Delft Gauges", Title: "Owner"},
				{Owner: ada.ID, ID: "c3", Name: "Chad Merriweather", Place: "Delfzijl"},
			})
		}))
		for text, want := range map[string][]string{"delft": {"Anders Løkken", "Zoë Okafor"}, "zoe": {"Zoë Okafor"}, "universitat okaf": {"Zoë Okafor"}, "elft": nil, "": nil} {
			found, err := w.ContactsAbout(t.Context(), ada, text, 10)
			w.must(err)
			var names []string
			for i := range found {
				names = append(names, found[i].Name)
			}
			if !slices.Equal(names, want) {
				t.Errorf("%q finds %q, want %q", text, names, want)
			}
		}
		if found, err := w.ContactsAbout(t.Context(), bo, "delft", 10); err != nil || len(found) > 0 {
			t.Errorf("another member finds %v, %v", found, err)
		}
		if found, err := w.ContactsAbout(t.Context(), ada, "delf", 1); err != nil || len(found) != 1 {
			t.Errorf("%d, %v; want 1", len(found), err)
		}
	})
}

// A pre-flight shows both as they are shown to each other, and what of the note
// is meant.
func TestPreflightPortraysBoth(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		anton, judith := w.member("Anton Verhulst"), w.member("Judith Vanderlinden")
		between := w.member("Ilse Oosterhuis")
		w.befriend(anton, between)
		w.befriend(judith, between)
		w.shape(judith, hydrologist)
		w.shape(anton, colleague)
		w.picture(anton)
		text := "  I would like to add you to my professional network. "
		p, err := w.Preflight(t.Context(), anton, judith.ID, &text)
		w.must(err)
		if p.To.Name != "Judith Vanderlinden" || p.From.Photo == "" || p.From.Headline != colleague.Headline || p.Through.ID != between.ID || p.Mutual.Val != 1 {
			t.Errorf("%+v, %+v through %+v", p.To, p.From, p.Through)
		}
		if p.Note != "I would like to add you to my professional network." || p.Letters != len(p.Note) || len(p.Meant) == 0 || p.Meant[0].End > len(p.Note) {
			t.Errorf("%q has %d letters, meant %v", p.Note, p.Letters, p.Meant)
		}
		w.set(judith, func(s *store.Setting) { s.Invites = store.FromMail })
		if p, err = w.Preflight(t.Context(), anton, judith.ID, nil); err != nil || !p.NeedsMail || p.Refusal == "" {
			t.Errorf("%+v, %v", p, err)
		}
		w.does(pair.Block, judith, anton)
		if p, err = w.Preflight(t.Context(), anton, judith.ID, nil); err == nil || p.To.Name != "" {
			t.Errorf("a blocker is shown: %+v", p)
		}
	})
}

// What a page about another member asks is few statements, however much is
// shown: each verb here is the most of one page.
func TestLookingAtSomebodyTakesFewStatements(t *testing.T) {
	t.Parallel()
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			var ran atomic.Int64
			w := worldOn(t, dsn.Make(t), store.Options{Unsafe: true, Ran: func(string) { ran.Add(1) }})
			ada, bo, between := w.member("Ada Fennimark"), w.member("Bo Lindqvist"), w.member("Ilse Oosterhuis")
			w.connect(ada, between)
			w.connect(bo, between)
			text := specificNote
			verbs := []struct {
				name string
				most int64
				do   func() error
			}{
				{"a profile", 7, func() error { return only(w.Person(t.Context(), ada, bo.ID)) }},
				{"a pre-flight", 16, func() error { return only(w.Preflight(t.Context(), ada, bo.ID, &text)) }},
				{"the circle", 2, func() error { return only(w.Circle(t.Context(), ada, "", "", 50)) }},
				{"a correspondent", 5, func() error { return only(w.Correspondent(t.Context(), ada, bo.ID)) }},
				{"a name", 5, func() error { return only(w.Named(t.Context(), ada, bo.ID)) }},
			}
			for _, v := range verbs {
				w.must(v.do()) // the first look of a day is written down
				before := ran.Load()
				w.must(v.do())
				if n := ran.Load() - before; n > v.most {
					t.Errorf("%s takes %d statements, want at most %d", v.name, n, v.most)
				}
			}
		})
	}
}
