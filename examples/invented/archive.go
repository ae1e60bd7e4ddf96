package invented

import (
	"io"
	"math/rand/v2"
	"strconv"
	"time"
)

// Size is how large an archive shall be.
type Size struct {
	// Invitations counts the incoming invitations nobody has decided. On top
	// come a tenth as many that the member sent in vain, and those that led to
	// the connections of the last six months.
	Invitations int
	Connections int // rows of Connections.csv; three in a hundred hold only a date
	Messages    int // rows of messages.csv; none if there is nobody to talk to
}

// The shares below follow measured archives, but for the notes: those had 3 in
// 100.
const (
	noteShare    = 25  // one invitation in so many carries a note
	hiddenShare  = 33  // one connection in so many is a hidden member
	emailShare   = 40  // one connection in so many shows an address
	againShare   = 400 // one invitation in so many was sent twice
	vainShare    = 10  // one invitation sent in vain to so many that wait
	strangeShare = 50  // one conversation in so many is with an undecided sender
	longestTalk  = 9   // messages of one conversation
	talkWindow   = 6 * 365 * 24 * time.Hour
	// sentWindow is how far back Invitations.csv reaches: about six months.
	sentWindow = 183 * 24 * time.Hour
	// knownWindow is how far back connections reach.
	knownWindow = 14 * 365 * 24 * time.Hour
)

// Archive writes a LinkedIn archive of 2026 as a zip: the files Kith reads, of
// the given size, full of invented people. The same size and seed always give
// the same bytes. It writes as it goes and holds no more for a large archive
// than for a small one.
func Archive(w io.Writer, s Size, seed uint64) error {
	c, err := newCrowd(seed)
	if err != nil {
		return err
	}
	g := &generator{crowd: c, size: s, owner: human{
		given: "Noa", family: "Brinkhorst-Sato", slug: "noa-brinkhorst-sato-1a2b3b", organisation: "Calmere Institute", title: "Project Manager",
	}}
	p := newPack(w)
	for _, f := range []struct {
		name string
		fill func(*table)
	}{
		{"Profile.csv", g.profile},
		{"Positions.csv", g.positions},
		{"Email Addresses.csv", g.emails},
		{"Connections.csv", g.connections},
		{"Invitations.csv", g.invitations},
		{"messages.csv", g.messages},
	} {
		if err := p.table(f.name, f.fill); err != nil {
			return err
		}
	}
	return p.close()
}

// generator fills the files of one archive. Connections are the people from 0,
// undecided senders follow, then those the member invited in vain.
type generator struct {
	*crowd
	size  Size
	owner human
}

// sender gives the person who sent undecided invitation n.
func (g *generator) sender(n int) human { return g.human(g.size.Connections + n) }

func (g *generator) profile(t *table) {
	t.row("First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry",
		"Zip Code", "Geo Location", "Twitter Handles", "Websites", "Instant Messengers")
	t.row(g.owner.given, g.owner.family, "", "", "", g.owner.title+" at "+g.owner.organisation, "", "Environmental Services",
		"", "Utrecht, Netherlands", "[]", "", "")
}

func (g *generator) positions(t *table) {
	t.row("Company Name", "Title", "Description", "Location", "Started On", "Finished On")
	t.row(g.owner.organisation, g.owner.title, "", "Utrecht, Netherlands", "Sep 2019", "")
	t.row(g.organisation(g.dice("position", 0)), "Analyst", "", "", "Jan 2012", "Aug 2019")
}

func (g *generator) emails(t *table) {
	t.row("Email Address", "Confirmed", "Primary", "Updated On")
	t.row("noa@brinkhorst-sato.example", "Yes", "Yes", "3/2/14, 8:15 PM")
}

// hidden reports whether connection n shows nothing but its date.
func (g *generator) hidden(n int) bool { return g.dice("hidden", n).IntN(hiddenShare) == 0 }

// connections writes Connections.csv, newest first.
func (g *generator) connections(t *table) {
	t.raw(preamble)
	t.row(connectionHeader...)
	for n := range g.size.Connections {
		date := spread(n, g.size.Connections, knownWindow).Format(connectedLayout)
		if g.hidden(n) {
			t.row("", "", "", "", "", "", date)
			continue
		}
		h, email := g.human(n), ""
		if g.dice("email", n).IntN(emailShare) == 0 {
			email = h.slug + "@guest.example"
		}
		t.row(h.given, h.family, h.link(), email, h.organisation, h.title, date)
	}
}

// spread gives the time of row n of so many, evenly over a window that ends
// with the archive.
func spread(n, of int, window time.Duration) time.Time {
	return exportedAt.Add(-window / time.Duration(of) * time.Duration(n))
}

// invitations writes Invitations.csv: what the member sent, then what came.
func (g *generator) invitations(t *table) {
	t.row(invitationHeader...)
	g.accepted(t, true)
	for n := range g.size.Invitations / vainShare {
		other := g.sender(g.size.Invitations + n)
		g.invitation(t, &g.owner, &other, g.sentAt(n, g.size.Invitations/vainShare), "")
	}
	for n := range g.size.Invitations {
		other, at := g.sender(n), g.sentAt(n, g.size.Invitations)
		g.invitation(t, &other, &g.owner, at, g.note(n, g.owner.given))
		if n%againShare == againShare-1 {
			g.invitation(t, &other, &g.owner, at.Add(-sentWindow/4), "")
		}
	}
	g.accepted(t, false)
}

// accepted writes the invitations that led to the connections of the last six
// months: those of even number were sent by the member.
func (g *generator) accepted(t *table, outgoing bool) {
	for n := range int(int64(g.size.Connections) * int64(sentWindow/time.Hour) / int64(knownWindow/time.Hour)) {
		if outgoing != (n%2 == 0) || g.hidden(n) {
			continue
		}
		other := g.human(n)
		at := g.before(n, spread(n, g.size.Connections, knownWindow))
		if outgoing {
			g.invitation(t, &g.owner, &other, at, g.note(-1-n, other.given))
			continue
		}
		g.invitation(t, &other, &g.owner, at, g.note(-1-n, g.owner.given))
	}
}

// sentAt gives the minute of invitation n of so many: mostly newest first, but
// not reliably.
func (g *generator) sentAt(n, of int) time.Time { return g.before(n, spread(n, of, sentWindow)) }

// before gives a minute in the two days before at.
func (g *generator) before(n int, at time.Time) time.Time {
	return at.Add(-time.Duration(g.dice("sent", n).IntN(2*24*60)) * time.Minute)
}

// invitation writes one row.
func (g *generator) invitation(t *table, from, to *human, at time.Time, note string) {
	direction := "INCOMING"
	if from == &g.owner {
		direction = "OUTGOING"
	}
	t.row(from.name(), to.name(), at.Format(sentLayout), note, direction, from.link(), to.link())
}

// note gives the note of invitation n, mostly none.
func (g *generator) note(n int, first string) string {
	r := g.dice("note", n)
	if r.IntN(noteShare) > 0 {
		return ""
	}
	return g.text(r, noteKinds[r.IntN(len(noteKinds))], first)
}

// noteKinds holds every kind of note as often as it shall come.
var noteKinds = [...]string{
	"note.specific", "note.specific", "note.specific", "note.specific",
	"note.generic", "note.generic", "note.generic",
	"note.default", "note.pitch", "note.pitch", "note.scam",
}

// messages writes messages.csv, conversation by conversation.
func (g *generator) messages(t *table) {
	t.quoted = true
	t.row(messageHeader...)
	if g.size.Connections+g.size.Invitations == 0 {
		return
	}
	for talk, written := 0, 0; written < g.size.Messages; talk++ {
		r := g.dice("talk", talk)
		other := g.partner(r)
		id := "2-" + token("talk", strconv.Itoa(talk))
		at := exportedAt.Add(-time.Duration(r.Int64N(int64(talkWindow))))
		for range min(1+r.IntN(longestTalk), g.size.Messages-written) {
			g.message(t, r, id, &other, at)
			at = at.Add(-time.Duration(r.IntN(3*24*3600)) * time.Second)
			written++
		}
	}
}

// partner gives somebody to talk to.
func (g *generator) partner(r *rand.Rand) human {
	stranger := r.IntN(strangeShare) == 0
	if g.size.Connections == 0 || stranger && g.size.Invitations > 0 {
		return g.sender(r.IntN(g.size.Invitations))
	}
	return g.human(r.IntN(g.size.Connections))
}

// message writes one row.
func (g *generator) message(t *table, r *rand.Rand, id string, other *human, at time.Time) {
	from, to := other, &g.owner
	if r.IntN(2) == 0 {
		from, to = to, from
	}
	t.row(id, "", from.name(), from.link(), to.name(), to.link(),
		at.Format(messageLayout), "", g.text(r, "message", to.given), "INBOX", "", "No", "No")
}
