package gather

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
)

var deskNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return deskNow.Add(-time.Duration(days) * kith.Day) }

func in(who kith.Person, days int, note string) kith.Invitation {
	return kith.Invitation{Who: who, Direction: kith.Incoming, SentAt: ago(days), Note: kith.Observed(note, kith.FromArchive, ago(days)), Source: kith.FromArchive}
}

func out(who kith.Person, days int) kith.Invitation {
	return kith.Invitation{Who: who, Direction: kith.Outgoing, SentAt: ago(days), Source: kith.FromArchive}
}

func setting() Setting { return Setting{Now: deskNow, Answers: map[string]kith.Answers{}} }

// only gives the case of the single open row.
func only(t *testing.T, d *Desk) kith.Case {
	t.Helper()
	rows := d.Open(setting())
	if len(rows) != 1 {
		t.Fatalf("%d open rows, want 1", len(rows))
	}
	return rows[0].Case()
}

var (
	mara      = kith.Person{Name: "Mara Quillon", Slug: "mara-quillon"}
	maraMail  = kith.Person{Name: "M. Quillon", Emails: []string{"mara@quillon.example"}}
	maraBoth  = kith.Person{Slug: "mara-quillon", Emails: []string{"mara@quillon.example"}}
	maraNamed = kith.Person{Name: "Mara Quillon", Emails: []string{"other@quillon.example"}}
	teo       = kith.Person{Name: "Teo Brandl", Slug: "teo-brandl"}
)

func TestPeopleAreJoinedByLinkThenByAddress(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(mara, 3, ""))
	d.Contact(kith.Contact{Who: maraMail})
	if c := only(t, d); c.Relation.AddressBook.Known() {
		t.Error("joined without a shared key")
	}
	d.Profile(kith.Profile{Who: maraBoth}) // a card with link and address joins the two
	if c := only(t, d); c.Relation.AddressBook.Val != kith.Yes {
		t.Error("not joined by the address")
	}
}

func TestAnEqualNameIsOnlyAMaybe(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(mara, 3, ""))
	d.Contact(kith.Contact{Who: maraNamed})
	if c := only(t, d); c.Relation.AddressBook.Val != kith.Maybe {
		t.Errorf("belief %v, want maybe", c.Relation.AddressBook.Val)
	}
	d.Contact(kith.Contact{Who: kith.Person{Name: "Mara Quillon", Emails: []string{"third@quillon.example"}}})
	if c := only(t, d); c.Relation.AddressBook.Known() {
		t.Error("a name that two entries carry says nothing")
	}
}

func TestOneWordIsNoName(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(kith.Person{Name: "Mara", Slug: "mara"}, 3, ""))
	d.Contact(kith.Contact{Who: kith.Person{Name: "Mara", Emails: []string{"m@x.example"}}})
	if c := only(t, d); c.Relation.AddressBook.Known() {
		t.Error("a single word joined two people")
	}
}

func TestAConnectionSettlesItsInvitation(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(mara, 3, ""))
	d.Invitation(in(teo, 2, ""))
	d.Connection(kith.Connection{Who: mara, ConnectedAt: ago(1)})
	d.Connection(kith.Connection{ConnectedAt: ago(1)}) // a hidden member
	rows := d.Open(setting())
	if len(rows) != 1 || rows[0].Who.Slug != "teo-brandl" {
		t.Errorf("open rows %+v", rows)
	}
}

func TestArchivesWithoutLinksAreJoinedByName(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(kith.Person{Name: "Mara Quillon", URN: "17"}, 3, ""))
	d.Connection(kith.Connection{Who: kith.Person{Name: "Mara Quillon"}, ConnectedAt: ago(1)})
	if rows := d.Open(setting()); len(rows) != 0 {
		t.Errorf("%d rows are open although the name is connected", len(rows))
	}
}

func TestTheSameInvitationTwiceIsOne(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(in(mara, 3, ""))
	d.Invitation(in(mara, 3, "Hello, we met in Delft."))
	d.Invitation(kith.Invitation{Who: mara, Direction: kith.Incoming}) // a reminder
	d.Invitation(in(mara, 100, "An older one"))
	c := only(t, d)
	if c.Note.Text.Val != "Hello, we met in Delft." || !c.History.SentAt.Val.Equal(ago(3)) {
		t.Errorf("note %q of %v", c.Note.Text.Val, c.History.SentAt.Val)
	}
}

func TestReadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	fill := func() {
		d.Invitation(in(mara, 3, "Hello"))
		d.Invitation(in(teo, 5, ""))
		d.Connection(kith.Connection{Who: teo, ConnectedAt: ago(1)})
		d.Contact(kith.Contact{Who: maraNamed})
		d.Meeting(kith.Meeting{Who: maraNamed, At: ago(9), Attendees: 2})
	}
	fill()
	once := only(t, d)
	fill()
	twice := only(t, d)
	if once.Relation.Met != twice.Relation.Met || once.Relation.AddressBook != twice.Relation.AddressBook || once.Note != twice.Note {
		t.Errorf("%+v\n%+v", once.Relation, twice.Relation)
	}
}

func TestWhatCountsAsMet(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		m    kith.Meeting
		want kith.Belief
		none bool
	}{
		"past":             {kith.Meeting{At: ago(5), Attendees: 3}, kith.Yes, false},
		"to come":          {kith.Meeting{At: ago(-2), Attendees: 3}, kith.No, true},
		"declined":         {kith.Meeting{At: ago(5), Attendees: 3, Declined: true}, kith.No, true},
		"twelve attendees": {kith.Meeting{At: ago(5), Attendees: 12}, kith.Yes, false},
		"a crowd":          {kith.Meeting{At: ago(5), Attendees: 13}, kith.No, true},
	} {
		d := NewDesk()
		d.Profile(kith.Profile{Who: maraBoth})
		d.Invitation(in(mara, 3, ""))
		tc.m.Who = maraMail
		d.Meeting(tc.m)
		if c := only(t, d); c.Relation.Met.Val != tc.want || c.Relation.Met.Known() == tc.none {
			t.Errorf("%s: met %+v", name, c.Relation.Met)
		}
	}
}

func message(who kith.Person, days int, mine bool, text string) kith.Message {
	return kith.Message{Who: who, At: ago(days), Outgoing: mine, Text: text, Source: kith.FromArchive}
}

func TestMessagesTellAnExchangeFromAQuestion(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		messages        []kith.Message
		bothWays, asked bool
		replied         kith.State
	}{
		"an exchange before":   {[]kith.Message{message(mara, 50, true, "a"), message(mara, 49, false, "b")}, true, false, kith.Unknown},
		"asked and silent":     {[]kith.Message{message(mara, 18, true, "What made you connect?")}, false, true, kith.Absent},
		"asked and answered":   {[]kith.Message{message(mara, 18, true, "Why?"), message(mara, 17, false, "Your talk.")}, false, true, kith.Present},
		"newest first in file": {[]kith.Message{message(mara, 17, false, "Your talk."), message(mara, 18, true, "Why?")}, false, true, kith.Present},
		"they alone wrote":     {[]kith.Message{message(mara, 18, false, "Hello?")}, false, false, kith.Unknown},
		"a conversation after": {[]kith.Message{message(mara, 18, true, "a"), message(mara, 17, false, "b"), message(mara, 16, true, "c"), message(mara, 15, false, "d")}, true, true, kith.Present},
	} {
		d := NewDesk()
		d.Invitation(in(mara, 20, ""))
		for _, m := range tc.messages {
			d.Message(m)
		}
		h := only(t, d).History
		if h.BothWays.Is() != tc.bothWays || h.AskedAt.Is() != tc.asked || h.Replied.State != tc.replied {
			t.Errorf("%s: both ways %v, asked %v, replied %v", name, h.BothWays, h.AskedAt.Is(), h.Replied.State)
		}
	}
}

func TestWhatIsKeptOfMessagesDoesNotGrow(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Connection(kith.Connection{Who: mara, ConnectedAt: ago(400)})
	for i := range 5000 {
		d.Message(message(mara, 399-i%300, i%2 == 0, "some text"))
	}
	k := &d.bySlug["mara-quillon"].talk
	if len(k.first) > maxStamps || len(k.last) > maxStamps || len(k.kept) > maxKept || k.in+k.out != 5000 {
		t.Errorf("kept %d, %d and %d of %d", len(k.first), len(k.last), len(k.kept), k.in+k.out)
	}
}

func TestTiesAreConnectionsTheDataSpeaksAbout(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	quiet, silent, pitcher := kith.Person{Name: "Q Q", Slug: "q"}, kith.Person{Name: "S S", Slug: "s"}, kith.Person{Name: "P P", Slug: "p"}
	for _, who := range []kith.Person{quiet, silent, pitcher} {
		d.Connection(kith.Connection{Who: who, ConnectedAt: ago(40)})
	}
	d.Message(message(silent, 39, true, "Good to meet you. What made you connect?"))
	d.Message(message(pitcher, 39, false, "Thanks for connecting! We help companies like yours get 30 qualified leads a month. Book a 15-minute call?"))
	rows := d.Ties(setting())
	if len(rows) != 2 {
		t.Fatalf("%d rows, want the silent and the pitcher", len(rows))
	}
	for i := range rows {
		h := rows[i].Case().History
		if rows[i].Who.Slug == "s" && !(h.AskedAt.Is() && h.Replied.IsNot()) || rows[i].Who.Slug == "p" && !h.Pitched.Is() {
			t.Errorf("%s: %+v", rows[i].Who.Slug, h)
		}
	}
}

func TestOwnInvitationsAndWhomOneMet(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Invitation(out(mara, 40))
	d.Invitation(out(teo, 400))
	d.Meeting(kith.Meeting{Who: maraNamed, At: ago(2), Attendees: 2})
	d.Meeting(kith.Meeting{Who: kith.Person{Name: "Nils Aalto", Emails: []string{"n@a.example"}}, At: ago(2), Attendees: 2, Title: "Gauge workshop"})
	d.Meeting(kith.Meeting{Who: kith.Person{Name: "Long Ago", Emails: []string{"l@a.example"}}, At: ago(20), Attendees: 2})
	pending := d.Pending(setting())
	if len(pending) != 1 || pending[0].Who.Slug != "mara-quillon" || !pending[0].ExpiresAt.Equal(ago(40).Add(openFor)) {
		t.Errorf("pending %+v", pending)
	}
	met := d.Met(setting())
	if len(met) != 1 || met[0].Who.Name != "Nils Aalto" {
		t.Fatalf("met %+v", met)
	}
	if c := met[0].Case(); c.Relation.Met.Val != kith.Yes || c.Relation.MetWhere.Val != "Gauge workshop" {
		t.Errorf("relation %+v", c.Relation)
	}
}

func TestLookAlikesAreCounted(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	const text = "I help leaders like you unlock predictable growth in ninety days."
	for _, slug := range []string{"a", "b", "c"} {
		d.Invitation(in(kith.Person{Name: "N " + slug, Slug: slug}, 3, text))
	}
	d.Invitation(in(kith.Person{Name: "N d", Slug: "d"}, 3, "I'd like to add you to my professional network on LinkedIn."))
	d.Invitation(in(kith.Person{Name: "N e", Slug: "e"}, 3, "I'd like to add you to my professional network on LinkedIn."))
	for _, r := range d.Open(setting()) {
		want := 2
		if r.Who.Slug > "c" {
			want = 0
		}
		if got := r.Case().Person.LookAlikes.Val; got != want {
			t.Errorf("%s: %d look-alikes, want %d", r.Who.Slug, got, want)
		}
	}
}

// In whatever order the nouns of one person arrive, the case is the same.
func TestTheOrderOfNounsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		acts := []func(*Desk){
			func(d *Desk) { d.Invitation(in(mara, 3, "Hello")) },
			func(d *Desk) { d.Contact(kith.Contact{Who: maraMail}) },
			func(d *Desk) { d.Profile(kith.Profile{Who: maraBoth}) },
			func(d *Desk) { d.Meeting(kith.Meeting{Who: maraMail, At: ago(9), Attendees: 2, Title: "Talk"}) },
			func(d *Desk) { d.Message(message(mara, 2, true, "Why?")) },
			func(d *Desk) { d.Invitation(in(teo, 1, "")) },
		}
		d := NewDesk()
		for _, act := range rapid.Permutation(acts).Draw(t, "order") {
			act(d)
		}
		for _, r := range d.Open(setting()) {
			if r.Who.Slug != "mara-quillon" {
				continue
			}
			c := r.Case()
			if c.Relation.AddressBook.Val != kith.Yes || c.Relation.Met.Val != kith.Yes || !c.History.AskedAt.Is() || c.Note.Text.Val != "Hello" {
				t.Fatalf("relation %+v, history %+v", c.Relation, c.History)
			}
			return
		}
		t.Fatal("no row")
	})
}
