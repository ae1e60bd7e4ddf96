package gather

import (
	"time"

	"kith"
)

// Desk joins nouns into people. Its methods take nouns in any order, except
// that messages should come after invitations and connections: what is kept of
// them depends on when those were. It is not safe for concurrent use.
type Desk struct {
	people  []*entry
	bySlug  map[string]*entry
	byURN   map[string]*entry
	byEmail map[string]*entry
	byName  map[string][]*entry

	own   kith.PersonFacts
	hints []kith.Hint
	jobs  []kith.Application
	self  map[string]bool // the member's own keys; nobody joins with them
}

// entry is one person as far as the sources tell.
type entry struct {
	who    kith.Person
	names  []string          // folded full names
	facts  *kith.PersonFacts // nil while no source showed a profile
	mutual kith.Opt[int]
	gone   bool // joined into another entry

	incoming, outgoing []kith.Invitation
	connected          bool
	connectedAt        time.Time
	organisation       kith.Opt[string] // from the connections file
	title              string
	contact            bool
	met                []kith.Meeting // the latest ones, at most maxMeetings
	talk               talk
}

// What is kept of one person's messages and meetings does not grow with them.
const (
	maxMeetings = 64  // more than a daily meeting has to come within the month that is read
	maxStamps   = 32  // times of messages kept, first ones and last ones each
	maxKept     = 3   // texts kept of what they wrote since connecting
	maxKeptText = 600 // bytes of each
)

// NewDesk gives an empty desk.
func NewDesk() *Desk {
	return &Desk{
		bySlug: map[string]*entry{}, byURN: map[string]*entry{}, byEmail: map[string]*entry{},
		byName: map[string][]*entry{}, self: map[string]bool{},
	}
}

// Profile adds what a source shows of a person; the member's own profile is
// kept apart.
func (d *Desk) Profile(p kith.Profile) {
	if p.Own {
		mergeFacts(&d.own, &p.Facts)
		d.markSelf(p.Who)
		return
	}
	e := d.person(p.Who)
	if e == nil {
		return
	}
	e.shows(&p.Facts)
	latest(&e.mutual, p.Mutual)
}

// shows merges what a source shows of a person.
func (e *entry) shows(f *kith.PersonFacts) {
	if e.facts == nil {
		e.facts = &kith.PersonFacts{}
	}
	mergeFacts(e.facts, f)
}

// profile is what the sources show of a person; all unknown if none does.
func (e *entry) profile() kith.PersonFacts {
	if e.facts == nil {
		return kith.PersonFacts{}
	}
	return *e.facts
}

// Invitation adds an invitation. The same one from two sources, or a reminder
// of it, is one.
func (d *Desk) Invitation(inv kith.Invitation) {
	e := d.person(inv.Who)
	if e == nil {
		return
	}
	if inv.Direction == kith.Outgoing {
		e.outgoing = addInvitation(e.outgoing, inv)
		return
	}
	e.incoming = addInvitation(e.incoming, inv)
}

// sameInvitation is how far apart two sources may date one invitation: archives
// give local minutes without a zone, reminders come days later with the same
// reference.
const sameInvitation = 36 * time.Hour

// A reminder has no date of its own: it speaks of whatever invitation there is.
func addInvitation(list []kith.Invitation, inv kith.Invitation) []kith.Invitation {
	for i := range list {
		have := &list[i]
		undated := inv.SentAt.IsZero() || have.SentAt.IsZero()
		gap := inv.SentAt.Sub(have.SentAt).Abs()
		if have.Ref != "" && have.Ref == inv.Ref || undated || gap <= sameInvitation {
			joinInvitation(have, inv)
			return list
		}
	}
	return append(list, inv)
}

func joinInvitation(have *kith.Invitation, inv kith.Invitation) {
	if have.SentAt.IsZero() || inv.SentAt.Before(have.SentAt) && !inv.SentAt.IsZero() {
		have.SentAt, have.DateOnly = inv.SentAt, inv.DateOnly
	}
	if have.Ref == "" {
		have.Ref = inv.Ref
	}
	if !have.Note.Is() && inv.Note.Known() {
		have.Note = inv.Note
	}
}

// Connection notes that an invitation elsewhere was accepted. Rows of hidden
// members name nobody and are left out.
func (d *Desk) Connection(c kith.Connection) {
	e := d.person(c.Who)
	if e == nil {
		return
	}
	e.connected = true
	if e.connectedAt.IsZero() || c.ConnectedAt.After(e.connectedAt) {
		e.connectedAt = c.ConnectedAt
	}
	if c.Organisation != "" {
		e.organisation = kith.Observed(c.Organisation, c.Source, c.ConnectedAt)
		e.title = c.Title
	}
}

// Contact notes that the address book holds a person.
func (d *Desk) Contact(c kith.Contact) {
	if e := d.person(c.Who); e != nil {
		e.contact = true
	}
}

// Meeting notes that the calendar holds the two together.
func (d *Desk) Meeting(m kith.Meeting) {
	if m.Declined || m.Attendees > crowd {
		return // no meeting of the two
	}
	e := d.person(m.Who)
	if e == nil {
		return
	}
	e.met = append(e.met, m)
	if len(e.met) > maxMeetings {
		oldest := 0
		for i := range e.met {
			if e.met[i].At.Before(e.met[oldest].At) {
				oldest = i
			}
		}
		e.met = append(e.met[:oldest], e.met[oldest+1:]...)
	}
}

// Message counts a message and keeps of its text only what a later judgement
// may need.
func (d *Desk) Message(m kith.Message) {
	if e := d.person(m.Who); e != nil {
		e.talk.add(m, e.connectedAt)
	}
}

// Application keeps a job application of the member.
func (d *Desk) Application(a kith.Application) { d.jobs = append(d.jobs, a) }

// Hint keeps a suggestion about the member's goals, each goal once.
func (d *Desk) Hint(h kith.Hint) {
	for _, have := range d.hints {
		if have.Goal == h.Goal {
			return
		}
	}
	d.hints = append(d.hints, h)
}

// Own is the member's own profile as the sources show it.
func (d *Desk) Own() kith.PersonFacts { return d.own }

// Hints are what the member's data suggests about their goals.
func (d *Desk) Hints() []kith.Hint { return d.hints }
