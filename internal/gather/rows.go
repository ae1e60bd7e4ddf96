package gather

import (
	"cmp"
	"slices"
	"time"

	"kith"
	"kith/note"
)

// Row is one invitation or connection. It is small; [Row.Case] gathers
// everything known about it when it is wanted.
type Row struct {
	Who  kith.Person
	Link string // rebuilt from the slug; empty if there is none
	Note string
	// SentAt is when the invitation was sent, when the connection was made, or
	// when the two last met.
	SentAt   time.Time
	DateOnly bool // SentAt is a day
	// Bare marks an invitation of which nothing but a name, a date and an empty
	// note is known.
	Bare bool
	// Stale marks an invitation older than the platform keeps them open.
	Stale bool

	shared     *shared
	entry      *entry
	side       kith.Side
	invitation kith.Invitation
	lookAlikes int
}

// shared is what the rows of one list have in common.
type shared struct {
	desk    *Desk
	setting Setting // with the member's profile completed
	self    self
}

// Key names the row's person in a file of answers: the slug, else the folded
// name.
func (r *Row) Key() string {
	if r.Who.Slug != "" {
		return r.Who.Slug
	}
	name, _ := kith.FoldName(r.Who.Name)
	return name
}

// openFor is how long the platform keeps an invitation open: six months, as
// 99.7 % of 2,726 measured rows agree.
const openFor = 183 * kith.Day

// Setting is what the cases of a desk share.
type Setting struct {
	Member kith.Member
	Now    time.Time
	// Answers are what the member answered before, by Row.Key.
	Answers map[string]kith.Answers
}

// Open gives the undecided incoming invitations: those whose sender is not a
// connection. Whether one is still open, was ignored or has expired, no archive
// tells. Newest first; equal times by name.
func (d *Desk) Open(s Setting) []Row {
	sh := d.share(s)
	var rows []Row
	for _, e := range d.people {
		if e.gone || len(e.incoming) == 0 || e.connected || d.connectedNamesake(e) || d.askedAgain(e) {
			continue
		}
		r := sh.row(e, kith.Receive)
		r.invited(e.incoming)
		r.Stale = !r.SentAt.IsZero() && s.Now.Sub(r.SentAt) > openFor
		r.Bare = d.bare(e, &r, s)
		rows = append(rows, r)
	}
	markLookAlikes(rows)
	slices.SortStableFunc(rows, newestFirst)
	return rows
}

func newestFirst(a, b Row) int {
	return cmp.Or(b.SentAt.Compare(a.SentAt), cmp.Compare(a.Who.Name, b.Who.Name))
}

// share completes the member's profile once for all rows: what the settings say
// wins over what the sources show.
func (d *Desk) share(s Setting) *shared {
	own := d.own
	mergeSettings(&own, &s.Member.Profile)
	s.Member.Profile = own
	ReadProfile(&s.Member.Profile)
	completeRules(&s.Member.Rules)
	return &shared{desk: d, setting: s, self: selfOf(&s.Member.Profile)}
}

func (sh *shared) row(e *entry, side kith.Side) Row {
	return Row{Who: e.who, Link: kith.ProfileLink(e.who.Slug), shared: sh, entry: e, side: side}
}

// invited takes over the latest of several invitations.
func (r *Row) invited(list []kith.Invitation) {
	inv := slices.MaxFunc(list, func(a, b kith.Invitation) int { return a.SentAt.Compare(b.SentAt) })
	r.invitation = inv
	r.SentAt, r.DateOnly, r.Note = inv.SentAt, inv.DateOnly, inv.Note.Val
}

// Case gathers everything known about the row.
func (r *Row) Case() kith.Case {
	sh, e := r.shared, r.entry
	c := kith.Case{Side: r.side, Now: sh.setting.Now, Member: sh.setting.Member}
	c.Person = e.profile()
	c.Person.Organisation.Or(e.organisation)
	c.Relation.Mutual = e.mutual
	c.Answers = sh.setting.Answers[r.Key()]
	sh.desk.acquainted(e, &c)
	switch r.side {
	case kith.Receive:
		c.Note.Text = r.invitation.Note
		c.History.SentAt = kith.Observed(r.SentAt, r.invitation.Source, r.SentAt)
		followed(e, &c, r.SentAt)
		if r.lookAlikes > 0 {
			c.Person.LookAlikes = kith.Observed(r.lookAlikes, r.invitation.Source, time.Time{})
		}
	case kith.Connected:
		since(e, &c)
	}
	complete(&c, sh.self)
	return c
}

// connectedNamesake reports whether, in archives without links, a connection
// carries the same full name, which settles that the invitation was accepted:
// both rows come from one export of one account.
func (d *Desk) connectedNamesake(e *entry) bool {
	if e.who.Slug != "" {
		return false
	}
	return d.namesake(e, connectedByName) != nil
}

// askedAgain reports whether an invitation of an archive without links was sent
// again: a newer archive holds one of the same full name. Both are rows of one
// account, and the older has no link to open.
func (d *Desk) askedAgain(e *entry) bool {
	return e.who.Slug == "" && d.anyNamesake(e, func(o *entry) bool { return o.who.Slug != "" && len(o.incoming) > 0 })
}

// acquainted fills what address book and calendar say: certain for the same
// link or address, maybe for the same full name.
func (d *Desk) acquainted(e *entry, c *kith.Case) {
	inBook := func(o *entry) bool { return o.contact }
	switch {
	case inBook(e):
		c.Relation.AddressBook = kith.Observed(kith.Yes, kith.FromBook, time.Time{})
	case d.namesake(e, inBook) != nil:
		c.Relation.AddressBook = kith.Observed(kith.Maybe, kith.FromBook, time.Time{})
	}
	hasMet := func(o *entry) bool { return o.lastMet(c.Now) != nil }
	if m := e.lastMet(c.Now); m != nil {
		c.Relation.Met = kith.Observed(kith.Yes, m.Source, m.At)
		c.Relation.MetAt = kith.Observed(m.At, m.Source, m.At)
		if m.Title != "" {
			c.Relation.MetWhere = kith.Observed(m.Title, m.Source, m.At)
		}
		if m.Interview && c.Now.Sub(m.At) < interviewOpen {
			c.Relation.Interview = kith.Observed(kith.Undecided, m.Source, m.At)
		}
		return
	}
	if o := d.namesake(e, hasMet); o != nil {
		m := o.lastMet(c.Now)
		c.Relation.Met = kith.Observed(kith.Maybe, m.Source, m.At)
	}
}

// interviewOpen is how long after an interview Kith takes it as undecided
// unless told otherwise: most decisions fall within two months (own estimate,
// grade E).
const interviewOpen = 60 * kith.Day

// crowd is the number of attendees from which sharing an entry is not meeting
// (DESIGN 4).
const crowd = 12

// lastMet is the latest meeting that is past.
func (e *entry) lastMet(now time.Time) *kith.Meeting {
	var last *kith.Meeting
	for i := range e.met {
		m := &e.met[i]
		if m.At.After(now) {
			continue
		}
		if last == nil || m.At.After(last.At) {
			last = m
		}
	}
	return last
}

// followed fills the history of a pending invitation from the messages: an
// exchange before it settles, a question after it starts the waiting.
func followed(e *entry, c *kith.Case, sentAt time.Time) {
	t := &e.talk
	if t.in+t.out == 0 {
		return
	}
	h := &c.History
	h.Messages = kith.Observed(t.in+t.out, t.source, t.newest.at)
	if in, out := t.wroteBefore(sentAt); in && out {
		h.BothWays = kith.Observed(true, t.source, sentAt)
		return
	}
	at, replied, ok := t.asked(sentAt)
	if !ok {
		return
	}
	h.AskedAt = kith.Observed(at, t.source, at)
	h.Replied = kith.Observed(replied, t.source, t.newest.at)
	h.BothWays = kith.Observed(t.out > 1 && t.in > 1, t.source, t.newest.at)
	if replied {
		h.Reply = kith.Observed(t.newest.text, t.source, t.newest.at)
	}
}

// bare reports whether nothing but a name, a date and an empty note is known.
func (d *Desk) bare(e *entry, r *Row, s Setting) bool {
	f := e.profile()
	acquainted := e.contact || len(e.met) > 0 || e.talk.in+e.talk.out > 0 ||
		d.namesake(e, func(o *entry) bool { return o.contact || len(o.met) > 0 }) != nil
	_, answered := s.Answers[r.Key()]
	return !acquainted && !answered && !e.mutual.Known() && !f.Headline.Known() && !f.Positions.Known() && !r.invitation.Note.Is()
}

// markLookAlikes counts, for each row, the other senders of one firm with the
// same headline, and the other senders of the same text (Xiao, Freeman, Hwa
// 2015 find fakes by such clusters). Colleagues of the member are no cluster.
func markLookAlikes(rows []Row) {
	clusters := map[string][]int{}
	for i := range rows {
		r := &rows[i]
		p := r.entry.profile()
		headline := p.Headline.Val
		key := OrganisationKey(ReadHeadline(headline).Organisation)
		if _, colleague := r.shared.self.employers[key]; key != "" && !colleague {
			k := "firm " + key + " " + kith.FoldText(headline)
			clusters[k] = append(clusters[k], i)
		}
		if ownWords(r.Note) {
			k := "text " + kith.FoldText(r.Note)
			clusters[k] = append(clusters[k], i)
		}
	}
	for _, members := range clusters {
		for _, i := range members {
			rows[i].lookAlikes = max(rows[i].lookAlikes, len(members)-1)
		}
	}
}

// ownWords reports whether a note is long enough, and not the platform's own,
// so that two people writing it is no coincidence.
func ownWords(text string) bool {
	const coincidence = 40 // letters; shorter greetings repeat among honest people
	return len(text) >= coincidence && note.Read(text, note.Context{}).Kind != kith.NoteDefault
}

// Ties gives the existing connections the data speaks about: asked and silent,
// pitched after accepting, or answered questions. Newest first.
func (d *Desk) Ties(s Setting) []Row {
	sh := d.share(s)
	var rows []Row
	for _, e := range d.people {
		if e.gone || !e.connected {
			continue
		}
		r := sh.row(e, kith.Connected)
		r.SentAt, r.DateOnly = e.connectedAt, true
		if _, answered := s.Answers[r.Key()]; !answered && !since(e, &kith.Case{}) {
			continue
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, newestFirst)
	return rows
}

// since fills the history of a connection since it was made; false when the data
// says nothing of it.
func since(e *entry, c *kith.Case) bool {
	t, h := &e.talk, &c.History
	if t.in+t.out == 0 {
		return false
	}
	h.AcceptedAt = kith.Observed(e.connectedAt, kith.FromArchive, e.connectedAt)
	h.Messages = kith.Observed(t.in+t.out, t.source, t.newest.at)
	at, replied, asked := t.asked(e.connectedAt.Add(-kith.Day))
	silent := asked && !replied && t.in == 0
	if silent {
		h.AskedAt = kith.Observed(at, t.source, at)
		h.Replied = kith.Observed(false, t.source, at)
	}
	pitches := 0
	for _, k := range t.kept {
		f := note.Read(k.text, note.Context{})
		if f.Kind == kith.NotePitch || f.Kind == kith.NoteScam {
			pitches++
		}
		evidenceOf(h, f, t.source, k.at)
	}
	if pitches > 0 && !t.answeredWarmly() {
		h.Pitched = kith.Observed(true, t.source, t.kept[0].at)
		if pitches > 1 {
			h.Unwanted = kith.Observed(pitches, t.source, t.newest.at)
		}
	}
	return silent || pitches > 0 || h.AskedMoney.Is() || h.AskedCredentials.Is() || h.Abuse.Is()
}

// answeredWarmly reports whether the member kept writing with somebody who
// pitched: then it was not unwanted.
func (t *talk) answeredWarmly() bool { return t.out >= 2 && t.in >= 2 }

// evidenceOf records direct evidence found in a message.
func evidenceOf(h *kith.HistoryFacts, f note.Features, src kith.Source, at time.Time) {
	if f.AsksMoney {
		h.AskedMoney.Or(kith.Observed(true, src, at))
	}
	if f.AsksCredentials {
		h.AskedCredentials.Or(kith.Observed(true, src, at))
	}
	if f.Abusive {
		h.Abuse.Or(kith.Observed(true, src, at))
	}
}
