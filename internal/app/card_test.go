package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// The inbox, page by page, is what one finds by looking at every invitation.
func TestInboxIsWhatIsOpen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith := w.busy()
		for _, order := range []CardOrder{Newest, ByVerdict} {
			for _, decision := range []string{"", "accept", "ask", "decline", NotJudged} {
				for _, from := range []From{FromAnywhere, FromHere, FromElsewhere} {
					for _, limit := range []int{1, 3, 100} {
						q := InboxQuery{Order: order, Decision: decision, From: from, Limit: limit}
						got, want := w.pages(judith, q), w.open(judith, q)
						if !slices.Equal(got, want) {
							t.Errorf("%+v:\n got %v\nwant %v", q, got, want)
						}
					}
				}
			}
		}
		counts, err := w.CountInbox(t.Context(), judith)
		w.must(err)
		for from, by := range map[From]map[string]int{FromHere: counts.Here, FromElsewhere: counts.Elsewhere} {
			total := 0
			for decision, n := range by {
				if want := len(w.open(judith, InboxQuery{Decision: decision, From: from})); n != want {
					t.Errorf("%s from %d: counted %d, there are %d", decision, from, n, want)
				}
				total += n
			}
			if want := len(w.open(judith, InboxQuery{From: from})); total != want {
				t.Errorf("from %d: counted %d, there are %d", from, total, want)
			}
		}
		if counts.Left != len(w.open(judith, InboxQuery{})) {
			t.Errorf("%d left", counts.Left)
		}
	})
}

// busy gives a member with invitations of all sorts, here and elsewhere.
func (w *world) busy() Actor {
	t := w.t
	judith := w.member("Judith Vanderlinden")
	w.shape(judith, hydrologist)
	notes := []string{"", specificNote, "I'd like to add you to my professional network on LinkedIn."}
	people := w.strangers(14)
	ids := make([]kith.InvitationID, len(people))
	for i, p := range people {
		if i%3 == 1 {
			w.shape(p, colleague)
		}
		if i%2 == 0 {
			w.pass(kith.Day) // the others come at the same time
		}
		inv, err := w.Send(t.Context(), p, Invite{To: judith.ID, Note: notes[i%3]})
		w.must(err)
		ids[i] = inv.ID
		if i < 11 {
			w.must(w.doDue()) // the last ones are not judged yet
		}
	}
	for i, do := range []func(context.Context, Actor, kith.InvitationID) (Invitation, error){w.Ignore, w.Decline, w.DontKnow} {
		_, err := do(t.Context(), judith, ids[i])
		w.must(err)
	}
	_, err := w.Accept(t.Context(), judith, ids[3], 0, pair.NoSee, "")
	w.must(err)
	_, err = w.Withdraw(t.Context(), people[4], ids[4])
	w.must(err)
	w.must(w.Snooze(t.Context(), judith, ids[5], w.now().Add(kith.Day)))
	w.paused(people[6])
	w.elsewhere(judith, 9)
	return judith
}

// elsewhere gives a member invitations on another site, in all states.
func (w *world) elsewhere(who Actor, n int) {
	w.must(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
		var contacts []store.Contact
		var rows []store.Elsewhere
		for i := range n {
			id := kith.ContactID(w.newID())
			contacts = append(contacts, store.Contact{Owner: who.ID, ID: id, Name: fmt.Sprintf("Contact %d", i), Slug: fmt.Sprintf("contact-%d", i)})
			rows = append(rows, store.Elsewhere{Owner: who.ID, ID: kith.InvitationID(w.newID()), Contact: id, Direction: kith.Incoming,
				SentAt: w.now().Add(-kith.Day * 3), LastAt: w.now().Add(-kith.Day * 3), NoteState: kith.Absent, Source: kith.FromArchive})
			switch row := &rows[i]; i {
			case 0:
				row.Connected = true
			case 1:
				row.Did, row.DidAt = store.DidDecline, w.now()
			case 2:
				row.SnoozedUntil = w.now().Add(kith.Day)
			case 3:
				row.SentAt, row.LastAt = row.DidAt, row.DidAt // no date
			case 4:
				row.Direction = kith.Outgoing
			case 5:
				row.Note, row.NoteState = specificNote, kith.Present
			}
		}
		if err := tx.SetContacts(contacts); err != nil {
			return err
		}
		return tx.SetElsewhere(rows)
	}))
}

// pages reads the inbox page by page.
func (w *world) pages(who Actor, q InboxQuery) (ids []kith.InvitationID) {
	for {
		cards, next, err := w.Inbox(w.t.Context(), who, q)
		w.must(err)
		if len(cards) > q.Limit {
			w.t.Fatalf("%d cards on a page of %d", len(cards), q.Limit)
		}
		for i := range cards {
			w.checkCard(who, &cards[i])
			ids = append(ids, cards[i].Invitation)
		}
		if next == (CardCursor{}) {
			return ids
		}
		q.After = next
	}
}

// checkCard compares a card with the verdict it shows.
func (w *world) checkCard(who Actor, c *Card) {
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		v, ok, err := tx.Verdict(who.ID, c.Invitation)
		if ok != (c.N > 0) || c.N != v.N || c.Decision != v.Decision || c.Bands != v.Bands || c.Firm != v.Firm || c.Why != v.Why ||
			c.Question != v.Question || ok && c.Mutual != v.Mutual || ok && c.About != v.About {
			w.t.Errorf("the card is %+v, the verdict %+v", c, v)
		}
		return err
	}))
}

// open finds what the inbox should list, slowly: by asking of each invitation
// how it stands.
func (w *world) open(who Actor, q InboxQuery) (ids []kith.InvitationID) {
	var cards []Card
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		_, entries, err := tx.Projections()
		if err != nil {
			return err
		}
		for i := range entries {
			e := &entries[i]
			held, err := w.restricted(tx, e.Other, w.now())
			if err != nil {
				return err
			}
			if e.Owner == who.ID && e.Box == store.Received && w.now().Before(e.ExpiresAt) && !held &&
				e.Answer == pair.NoAnswer && !w.snoozed(e.Invitation) && q.From != FromElsewhere {
				cards = append(cards, Card{Invitation: e.Invitation, SentAt: e.SentAt})
			}
		}
		rows, err := tx.PageElsewhere(who.ID, kith.Incoming, store.ElsewhereOpen, store.ElsewhereAnswered, store.Cursor{}, 1000)
		for i := range rows {
			if !rows[i].SnoozedUntil.After(w.now()) && q.From != FromHere {
				cards = append(cards, Card{Invitation: rows[i].ID, SentAt: rows[i].SentAt})
			}
		}
		for i := range cards {
			v, ok, err := tx.Verdict(who.ID, cards[i].Invitation)
			if err != nil {
				return err
			}
			if cards[i].Rank, cards[i].Decision = v.Rank, v.Decision; !ok {
				cards[i].Rank, cards[i].Decision = store.Unjudged, NotJudged
			}
		}
		return err
	}))
	slices.SortFunc(cards, func(x, y Card) int {
		return cmp.Or(int(q.Order)*(x.Rank-y.Rank), y.SentAt.Compare(x.SentAt), cmp.Compare(y.Invitation, x.Invitation))
	})
	for _, c := range cards {
		if q.Decision == "" || q.Decision == string(c.Decision) {
			ids = append(ids, c.Invitation)
		}
	}
	return ids
}

// snoozed reports whether an invitation was put off: in a busy member's inbox
// the sixth is.
func (w *world) snoozed(id kith.InvitationID) (yes bool) {
	w.must(w.read(w.t.Context(), func(tx *store.Tx) error {
		i, _, err := tx.Invitation(id)
		m, _, err2 := tx.Member(i.Sender)
		yes = m.Name == "Member 005"
		return cmp.Or(err, err2)
	}))
	return yes
}

// What is put off comes back by itself, or when called.
func TestSnooze(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton Verhulst")
		id := w.sends(anton, judith, "")
		listed := func() bool { return len(w.pages(judith, InboxQuery{Limit: 5})) == 1 }
		before := w.events(anton)
		w.must(w.Snooze(t.Context(), judith, id, w.now().Add(2*kith.Day)))
		if listed() {
			t.Error("it is still listed")
		}
		w.pass(3 * kith.Day)
		if !listed() {
			t.Error("it did not come back")
		}
		w.must(w.Snooze(t.Context(), judith, id, w.now().Add(kith.Day)))
		w.must(w.Snooze(t.Context(), judith, id, time.Time{}))
		if !listed() {
			t.Error("it was not called back")
		}
		for _, until := range []time.Time{w.now(), w.now().Add(maxPutOff + 1)} {
			if err := w.Snooze(t.Context(), judith, id, until); kith.KindOf(err) != kith.Invalid {
				t.Errorf("until %v: %v", until, err)
			}
		}
		if err := w.Snooze(t.Context(), anton, id, w.now().Add(kith.Day)); !errors.Is(err, errNoInvitation) {
			t.Errorf("somebody else's: %v", err)
		}
		if !slices.Equal(before, w.events(anton)) {
			t.Error("the sender can tell")
		}
	})
}
