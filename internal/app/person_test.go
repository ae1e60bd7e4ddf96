package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// befriend connects two members.
func (w *world) befriend(x, y Actor) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error { return w.befriendIn(tx, x.ID, y.ID) }))
}

func (w *world) befriendIn(tx *store.Tx, x, y kith.MemberID) error {
	sent, err := w.act(tx, deed{verb: pair.Send, by: x, other: y})
	if err != nil {
		return err
	}
	_, err = w.act(tx, deed{verb: pair.Accept, by: y, other: x, invitation: sent.sent, tie: pair.Met})
	return err
}

// does lets a member do an act to another.
func (w *world) does(v pair.Verb, by, other Actor) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		_, err := w.act(tx, deed{verb: v, by: by.ID, other: other.ID})
		return err
	}))
}

// shows sets who sees a member's connections.
func (w *world) shows(who Actor, to Shows) {
	w.t.Helper()
	_, err := w.ChangeSettings(w.t.Context(), who, func(s *Settings) error { s.Shows = to; return nil })
	w.must(err)
}

// T-VIS: what each setting shows to each kind of viewer.
func TestWhoSeesConnections(t *testing.T) {
	t.Parallel()
	const yes, no, gone = "yes", "no", "gone"
	type sight struct{ list, count, mutual string }
	table := map[Shows]map[string]sight{
		store.ToConnections: {
			"self":       {yes, yes, ""},
			"connection": {yes, yes, yes},
			"member":     {no, no, yes},
			"blocked":    {gone, gone, gone},
		},
		store.ToMembers: {
			"self":       {yes, yes, ""},
			"connection": {yes, yes, yes},
			"member":     {yes, yes, yes},
			"blocked":    {gone, gone, gone},
		},
		store.ToNobody: {
			"self":       {yes, yes, ""},
			"connection": {no, no, no},
			"member":     {no, no, no},
			"blocked":    {gone, gone, gone},
		},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		ines, common := w.member("Ines Falk"), w.member("Bo Lind")
		viewers := map[string]Actor{"self": ines, "connection": w.member("Ruth Amsel"), "member": w.member("Jon Dale"), "blocked": w.member("Kim Roth")}
		w.befriend(ines, common)
		w.befriend(ines, viewers["connection"])
		w.befriend(common, viewers["connection"])
		w.befriend(common, viewers["member"])
		w.befriend(common, viewers["blocked"])
		w.does(pair.Block, ines, viewers["blocked"])
		word := func(err error, ok bool) string {
			switch {
			case errors.Is(err, pair.ErrNoAccount):
				return gone
			case err != nil || !ok:
				return no
			}
			return yes
		}
		for shows, rows := range table {
			w.shows(ines, shows)
			for class, want := range rows {
				who := viewers[class]
				var got sight
				list, _, err := w.ConnectionsOf(t.Context(), who, ines.ID, "", 10)
				got.list = word(err, len(list) == 2)
				p, err := w.Person(t.Context(), who, ines.ID)
				got.count = word(err, p.Connections.Known() && p.Connections.Val == 2)
				if class != "self" {
					mutuals, _, err := w.Mutuals(t.Context(), who, ines.ID, "", 10)
					got.mutual = word(err, len(mutuals) == 1 && mutuals[0].ID == common.ID && p.Mutual.Val == 1 && len(p.Mutuals) == 1)
					if got.mutual == no && (p.Mutual.Known() || p.Mutuals != nil || p.Degree == 2) {
						t.Errorf("%v, %s: the profile tells of a connection in common: %+v", shows, class, p)
					}
				}
				if got != want {
					t.Errorf("shown to %v, a %s sees %+v, not %+v", shows, class, got, want)
				}
			}
		}
	})
}

// Whoever shows their connections to nobody stands in nobody else's lists.
func TestNobodyMeansNobody(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, shy, jon := w.member("Ines Falk"), w.member("Bo Lind"), w.member("Jon Dale")
		for _, p := range [][2]Actor{{ines, shy}, {jon, shy}} {
			w.befriend(p[0], p[1])
		}
		w.shows(ines, store.ToMembers)
		w.shows(shy, store.ToNobody)
		list, _, err := w.ConnectionsOf(t.Context(), jon, ines.ID, "", 10)
		w.must(err)
		p, err := w.Person(t.Context(), jon, ines.ID)
		w.must(err)
		if len(list) != 0 || p.Connections.Val != 0 || p.Mutual.Val != 0 || p.Degree != 3 {
			t.Errorf("somebody who shows connections to nobody is told of: %v, %+v", list, p)
		}
		if !p.Mutual.IsNot() {
			t.Error("none in common is a number, and known")
		}
	})
}

// Blocked, left, not confirmed and never there are one and the same, wherever a
// member is named.
func TestGoneIsGone(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		viewer, blocker, left, fresh := w.member("Ines Falk"), w.member("Bo Lind"), w.member("Jon Dale"), w.member("Kim Roth")
		w.befriend(viewer, blocker)
		hash := w.picture(blocker)
		w.shows(blocker, store.ToMembers)
		w.does(pair.Block, blocker, viewer)
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			for id, state := range map[kith.MemberID]store.MemberState{left.ID: store.Left, fresh.ID: store.Unverified} {
				m, _, err := tx.Member(id)
				if err != nil {
					return err
				}
				m.State = state
				if err := tx.SetMember(&m); err != nil {
					return err
				}
			}
			return nil
		}))
		verbs := map[string]func(kith.MemberID) error{
			"person":      func(id kith.MemberID) error { _, err := w.Person(t.Context(), viewer, id); return err },
			"connections": func(id kith.MemberID) error { _, _, err := w.ConnectionsOf(t.Context(), viewer, id, "", 5); return err },
			"mutuals":     func(id kith.MemberID) error { _, _, err := w.Mutuals(t.Context(), viewer, id, "", 5); return err },
			"photo":       func(id kith.MemberID) error { _, err := w.Photo(t.Context(), viewer, id, hash, 96); return err },
			"may invite": func(id kith.MemberID) error {
				return w.read(t.Context(), func(tx *store.Tx) error { return w.mayInvite(tx, viewer.ID, id) })
			},
		}
		for name, verb := range verbs {
			want := verb("00000000-0000-7000-8000-ffffffffffff")
			if want == nil {
				t.Fatalf("%s: somebody who never was is there", name)
			}
			for _, id := range []kith.MemberID{blocker.ID, left.ID, fresh.ID, "", "Ä", "a\x00b", "' OR 1=1"} {
				if got := verb(id); !reflect.DeepEqual(got, want) {
					t.Errorf("%s of %q: %v, not %v", name, id, got, want)
				}
			}
		}
		for _, name := range []string{"bo lind", "jon", "kim"} {
			if found, err := w.PeopleNamed(t.Context(), viewer, name); err != nil || len(found) != 0 {
				t.Errorf("%s is found: %v, %v", name, found, err)
			}
		}
		// The blocker's own side.
		p, err := w.Person(t.Context(), blocker, viewer.ID)
		if err != nil || !p.Relation.Blocked || p.Relation.Connected {
			t.Errorf("whoever blocks sees %+v, %v", p.Relation, err)
		}
	})
}

func TestRelationIsAsTheViewerMayKnow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, bo := w.member("Ines Falk"), w.member("Bo Lind")
		relation := func(who, other Actor) Relation {
			p, err := w.Person(t.Context(), who, other.ID)
			w.must(err)
			return p.Relation
		}
		if r := relation(ines, bo); r != (Relation{}) {
			t.Errorf("strangers: %+v", r)
		}
		w.does(pair.Send, ines, bo)
		open := relation(ines, bo)
		if open.Sent == "" || relation(bo, ines).Received != open.Sent {
			t.Errorf("an open invitation: %+v and %+v", open, relation(bo, ines))
		}
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			_, err := w.act(tx, deed{verb: pair.Decline, by: bo.ID, other: ines.ID, invitation: open.Sent})
			return err
		}))
		if r := relation(ines, bo); r != open {
			t.Errorf("declined, its sender sees %+v, not %+v", r, open)
		}
		w.pass(pair.ExpiresAfter)
		if r := relation(ines, bo); r.Sent != "" {
			t.Errorf("run out, it is still open: %+v", r)
		}
	})
}

func TestPeopleNamed(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		viewer := w.member("Zoë Falk")
		for _, name := range []string{"Jörg Weiß", "Joerg Weiss", "Jorg Weissmann", "Łukasz Nowak", "Jo"} {
			w.member(name)
		}
		for query, want := range map[string][]string{
			"jorg":       {"Jörg Weiß", "Jorg Weissmann"},
			"JÖRG WEISS": {"Jörg Weiß", "Jorg Weissmann"},
			"lukasz n":   {"Łukasz Nowak"},
			"Jo":         {"Jo", "Joerg Weiss", "Jörg Weiß", "Jorg Weissmann"},
			"weiss":      nil,
			"zoe":        nil, // oneself
			"%%":         nil,
			"jorg@mail":  nil,
		} {
			found, err := w.PeopleNamed(t.Context(), viewer, query)
			if query == "%%" {
				if kith.KindOf(err) != kith.Invalid {
					t.Errorf("%q: %v", query, err)
				}
				continue
			}
			w.must(err)
			var names []string
			for _, f := range found {
				names = append(names, f.Name)
			}
			if !slices.Equal(names, want) {
				t.Errorf("%q finds %q, not %q", query, names, want)
			}
		}
		for i := range maxFound + 5 {
			w.member(fmt.Sprintf("Many %02d", i))
		}
		if found, err := w.PeopleNamed(t.Context(), viewer, "many"); err != nil || len(found) != maxFound {
			t.Errorf("%d found, %v", len(found), err)
		}
	})
}

// T-SCRAPE: on one day a member is shown a bounded number of others.
func TestLookingIsBounded(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		viewer, friend, inviter := w.member("Ines Falk"), w.member("Bo Lind"), w.member("Jon Dale")
		w.befriend(viewer, friend)
		w.does(pair.Send, inviter, viewer)
		ids := w.crowd(ProfilesPerDay + 1)
		w.must(w.countLooks(t.Context(), viewer, ids[:ProfilesPerDay-1]...))

		// Many at once at the limit: exactly one new one passes.
		var wait sync.WaitGroup
		passed := make(chan kith.MemberID, 2)
		for _, id := range ids[ProfilesPerDay-1:] {
			wait.Go(func() {
				p, err := w.Person(t.Context(), viewer, id)
				switch {
				case err == nil:
					passed <- id
				case !errors.Is(err, errLooks) || p.ID != "":
					t.Errorf("past the limit: %+v, %v", p, err)
				}
			})
		}
		wait.Wait()
		close(passed)
		if n := len(passed); n != 1 {
			t.Fatalf("%d new ones pass at the limit", n)
		}
		if _, err := w.PeopleNamed(t.Context(), viewer, "crowd"); err != nil && !errors.Is(err, errLooks) {
			t.Errorf("a search past the limit: %v", err)
		}
		for name, id := range map[string]kith.MemberID{"seen": ids[0], "a friend": friend.ID, "an inviter": inviter.ID, "oneself": viewer.ID, "the last": <-passed} {
			if _, err := w.Person(t.Context(), viewer, id); err != nil {
				t.Errorf("%s, past the limit: %v", name, err)
			}
		}
		w.pass(24 * time.Hour)
		for _, id := range ids[ProfilesPerDay-1:] {
			if _, err := w.Person(t.Context(), viewer, id); err != nil {
				t.Errorf("the day after: %v", err)
			}
		}
	})
}

// crowd opens accounts.
func (w *world) crowd(n int) (ids []kith.MemberID) {
	w.t.Helper()
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		ids = nil
		for i := range n {
			id := kith.MemberID(w.newID())
			ids = append(ids, id)
			err := tx.AddMember(&store.Member{ID: id, Name: fmt.Sprintf("Crowd %03d", i), Email: string(id) + "@mail.example", CreatedAt: w.now()})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}

func TestListsGoOnWhereTheyStopped(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, jon := w.member("Ines Falk"), w.member("Jon Dale")
		w.shows(ines, store.ToMembers)
		ids := w.crowd(7)
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			for _, id := range ids {
				if err := w.befriendIn(tx, ines.ID, id); err != nil {
					return err
				}
			}
			return nil
		}))
		var got []kith.MemberID
		after := kith.MemberID("")
		for {
			list, next, err := w.ConnectionsOf(t.Context(), jon, ines.ID, after, 3)
			w.must(err)
			for _, f := range list {
				got = append(got, f.ID)
			}
			if after = next; after == "" {
				break
			}
		}
		if !slices.Equal(got, ids) {
			t.Errorf("the pages give %v, not %v", got, ids)
		}
	})
}
