package app

import (
	"encoding/json"
	"errors"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
)

// Source is one place where facts were looked for, as an explanation names it.
type Source struct {
	Name string `json:"name"`
	// State is read, nothing or unavailable. Unavailable means that it could not
	// be read: what it would have said counts as unknown.
	State string `json:"state"`
}

// The states of a source.
const (
	sourceRead        = "read"
	sourceNothing     = "nothing"
	sourceUnavailable = "unavailable"
)

// gathered is a case with what is kept beside it.
type gathered struct {
	kith.Case
	id      kith.InvitationID
	about   store.Person
	sources []Source
}

// subject is one other member while facts about them are brought together: of
// an open invitation of theirs, or of a connection.
type subject struct {
	id    kith.InvitationID
	other kith.MemberID
	entry store.Entry // while their invitation is open
	link  store.Link  // while the two are connected
	// sending: the member is about to invite them.
	sending bool
	// stranger: they neither invited the member nor are connected with them.
	stranger bool
	who      kith.Person // their key on the desk

	shows    kith.Profile
	note     kith.Opt[string]
	messages []kith.Message
	// imports are nouns of private files about them, namesake of somebody who
	// may be them; contact is who they are in there.
	imports, namesake []any
	contact           kith.ContactID
	linked            kith.Opt[kith.Elsewhere]
	answers           kith.Answers
	sources           []Source
}

// connected reports whether the two are connected.
func (s *subject) connected() bool { return s.link.Other != "" }

// gathering is the making of the cases of one member. All of them lie on one
// gather.Desk, the same the command line uses.
type gathering struct {
	owner    kith.MemberID
	now      time.Time
	member   kith.Member
	subjects []*subject
	others   []store.Neighbour // other open invitations, for look-alikes
	sources  []Source
}

// plan lists where facts are looked for: about the member, for all subjects at
// once, and about each subject. Each source is read by its function; found is
// false if there was nothing.
type plan struct {
	own    []ownSource
	theirs []theirSource
}

type ownSource struct {
	name string
	read func(a *App, tx *store.Tx, g *gathering) (found bool, err error)
}

type theirSource struct {
	name string
	read func(a *App, tx *store.Tx, g *gathering, s *subject) (found bool, err error)
}

// receivePlan is for invitations received and connections, sendPlan for
// inviting.
var (
	receivePlan = plan{
		own: []ownSource{
			{"your profile and settings", (*App).readMember},
			{"connections in common", (*App).readMutual},
			{"your other open invitations", (*App).readNeighbours},
		},
		theirs: []theirSource{
			{"their profile", (*App).readProfile},
			{"the invitation", (*App).readWords},
			{"your messages with them", (*App).readMessages},
			{"your imports", (*App).readImports},
			{"your answers", (*App).readAnswers},
		},
	}
	sendPlan = plan{
		own:    []ownSource{receivePlan.own[0], receivePlan.own[1]},
		theirs: []theirSource{receivePlan.theirs[0], receivePlan.theirs[2], receivePlan.theirs[3], receivePlan.theirs[4]},
	}
)

// gatherCases makes the cases of some subjects of one member from every source.
// What a source cannot tell is unknown, and said so.
func (a *App) gatherCases(tx *store.Tx, owner kith.MemberID, subjects []*subject, p plan) ([]gathered, error) {
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	g := gathering{owner: owner, now: now, subjects: subjects}
	for _, src := range p.own {
		found, err := src.read(a, tx, &g)
		if g.sources, err = noted(g.sources, src.name, found, err); err != nil {
			return nil, err
		}
	}
	for _, s := range subjects {
		for _, src := range p.theirs {
			found, err := src.read(a, tx, &g, s)
			if s.sources, err = noted(s.sources, src.name, found, err); err != nil {
				return nil, err
			}
		}
	}
	return g.cases()
}

// noted notes how reading a source went. An error that is not the source's own
// stays one.
func noted(list []Source, name string, found bool, err error) ([]Source, error) {
	state := sourceNothing
	switch {
	case err != nil && !sourceFailed(err):
		return list, err
	case err != nil:
		state = sourceUnavailable
	case found:
		state = sourceRead
	}
	return append(list, Source{name, state}), nil
}

// sourceFailed reports whether an error says that what a source holds cannot be
// read, rather than that the database does not answer.
func sourceFailed(err error) bool {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	var told *kith.Error
	return errors.As(err, &syntax) || errors.As(err, &wrong) || errors.As(err, &told) && told.Kind != kith.Busy
}

func (a *App) readMember(tx *store.Tx, g *gathering) (found bool, err error) {
	g.member, err = a.judgeMember(tx, g.owner)
	return true, err
}

// readMutual reads how many connections the two have in common, of all subjects
// at once. Where one of them shows theirs to nobody it is unknown.
func (a *App) readMutual(tx *store.Tx, g *gathering) (found bool, err error) {
	others := make([]kith.MemberID, len(g.subjects))
	for i, s := range g.subjects {
		others[i] = s.other
	}
	counts, err := tx.MutualCounts(g.owner, others)
	if err != nil {
		return false, err
	}
	for _, s := range g.subjects {
		if n, ok := counts[s.other]; ok {
			s.shows.Mutual = kith.Observed(n, kith.FromHere, g.now)
			found = true
		}
	}
	return found, nil
}

// maxNeighbours is how many other open invitations are looked at for senders
// alike: a campaign comes within days, and shows in the newest ones.
const maxNeighbours = 200

func (a *App) readNeighbours(tx *store.Tx, g *gathering) (found bool, err error) {
	list, err := tx.Neighbours(g.owner, g.now, maxNeighbours)
	for _, n := range list {
		if !g.about(n.Other) {
			g.others = append(g.others, n)
		}
	}
	return len(g.others) > 0, err
}

func (a *App) readProfile(tx *store.Tx, g *gathering, s *subject) (found bool, err error) {
	s.shows.Facts, err = a.personFacts(tx, g.owner, s.other)
	return true, err
}

// readWords reads the note, and the question and its reply as the messages they
// are.
func (a *App) readWords(tx *store.Tx, _ *gathering, s *subject) (found bool, err error) {
	w, ok, err := tx.Invitation(s.id)
	if err != nil || !ok {
		return false, err
	}
	s.note = kith.Observed(w.Note, kith.FromNote, w.SentAt)
	if !s.entry.AskedAt.IsZero() {
		s.messages = append(s.messages, kith.Message{Outgoing: true, At: s.entry.AskedAt, Text: w.Question, Source: kith.FromHere})
	}
	if !s.entry.RepliedAt.IsZero() {
		s.messages = append(s.messages, kith.Message{At: s.entry.RepliedAt, Text: w.Reply, Source: kith.FromHere})
	}
	return true, nil
}

// maxRead is how many messages with one person are read: what came first and
// what came last decides, and few write more before anybody decides.
const maxRead = 200

func (a *App) readMessages(tx *store.Tx, g *gathering, s *subject) (found bool, err error) {
	between, err := tx.PeekPair(g.owner, s.other)
	if err != nil || between.State.Seq == 0 {
		return false, err // nobody ever invited the other: they cannot have written
	}
	list, err := tx.Thread(g.owner, s.other, store.Cursor{}, maxRead)
	for _, m := range list {
		s.messages = append(s.messages, kith.Message{Outgoing: m.Outgoing, At: m.At, Text: m.Text, Source: kith.FromHere})
	}
	return len(list) > 0, err
}

// readImports reads what the member's own files say of somebody with the same
// profile link or address. An equal name is only a maybe, which the desk makes
// of it. A stranger is not looked for by their address: importing guesses would
// tell which is theirs.
func (a *App) readImports(tx *store.Tx, g *gathering, s *subject) (found bool, err error) {
	who, err := a.knownAs(tx, s.other)
	if err != nil {
		return false, err
	}
	if s.stranger {
		who.Emails = nil
	}
	id, ok, err := a.contactOf(tx, g.owner, kith.Person{Slug: who.Slug, Emails: who.Emails})
	if err != nil {
		return false, err
	}
	if ok {
		nouns, err := a.imported(tx, g.owner, id)
		if err != nil {
			return false, err
		}
		s.contact = id
		s.take(nouns)
	}
	name, full := kith.FoldName(who.Name)
	if !full {
		return ok, nil
	}
	same, err := tx.Namesakes(g.owner, []string{name})
	if err != nil || len(same) != 1 || same[0] == id {
		return ok, err // a name that several have says nothing
	}
	nouns, err := a.imported(tx, g.owner, same[0])
	for _, n := range nouns {
		switch n.(type) {
		case kith.Contact, kith.Meeting:
			s.namesake = append(s.namesake, n)
		}
	}
	return true, err
}

// knownAs gives what another member may be found by in private imports: their
// name, the address they confirmed, and the profile elsewhere they link to.
func (a *App) knownAs(tx *store.Tx, m kith.MemberID) (kith.Person, error) {
	account, _, err := tx.Member(m)
	if err != nil {
		return kith.Person{}, err
	}
	p, err := tx.Profile(m)
	if err != nil {
		return kith.Person{}, err
	}
	who := kith.Person{Name: account.Name}
	if mail, ok := kith.FoldEmail(account.Email); ok && !account.VerifiedAt.IsZero() {
		who.Emails = []string{mail}
	}
	for _, link := range p.Links {
		if slug, ok := kith.Slug(link); ok {
			who.Slug = slug
		}
	}
	return who, nil
}

// take sorts what imports say of a person. What they say of a connection or an
// invitation elsewhere is not one here: it is a link on another network.
func (s *subject) take(nouns []any) {
	wrote := map[bool]bool{}
	for _, n := range nouns {
		switch n := n.(type) {
		case kith.Connection:
			s.linked = kith.Observed(kith.Linked, n.Source, n.ConnectedAt)
		case kith.Message:
			wrote[n.Outgoing] = true
			s.imports = append(s.imports, n)
		case kith.Profile, kith.Contact, kith.Meeting:
			s.imports = append(s.imports, n)
		}
	}
	if s.linked.Is() && wrote[true] && wrote[false] {
		s.linked.Val = kith.Exchange
	}
}

func (a *App) readAnswers(tx *store.Tx, g *gathering, s *subject) (found bool, err error) {
	about := []store.Person{{Member: s.other}, {}} // what is said of them wins
	if s.contact != "" {
		about = append(about, store.Person{Contact: s.contact})
	}
	s.answers, err = answersAbout(tx, g.owner, about...)
	return s.answers.Count() > 0, err
}

// cases lays everything on one desk and takes up the cases.
func (g *gathering) cases() ([]gathered, error) {
	desk := gather.NewDesk()
	setting := gather.Setting{Member: g.member, Now: g.now, Answers: map[string]kith.Answers{}}
	for _, s := range g.subjects {
		s.who = deskKey(s.other, s.shows.Facts.Name.Val)
		s.layOn(desk, g.now)
		setting.Answers[s.who.Slug] = s.answers
	}
	for _, n := range g.others {
		who := deskKey(n.Other, n.Name)
		desk.Profile(kith.Profile{Who: who, Source: kith.FromNetwork,
			Facts: kith.PersonFacts{Headline: kith.Observed(n.Headline, kith.FromNetwork, g.now)}})
		desk.Invitation(kith.Invitation{Who: who, Direction: kith.Incoming, SentAt: n.SentAt,
			Note: kith.Observed(n.Note, kith.FromNote, n.SentAt), Source: kith.FromHere})
	}
	rows := map[string]gather.Row{}
	for _, r := range append(desk.Open(setting), desk.Ties(setting)...) {
		rows[r.Who.Slug] = r
	}
	for _, r := range desk.Pending(setting) {
		rows[r.Who.Slug] = r.Row
	}
	out := make([]gathered, 0, len(g.subjects))
	for _, s := range g.subjects {
		r, ok := rows[s.who.Slug]
		if !ok {
			return nil, &kith.Error{Kind: kith.Internal, Field: string(s.id), Msg: "an invitation was lost on the desk"}
		}
		c := r.Case()
		c.Relation.Elsewhere.Or(s.linked)
		if s.sending {
			s.wrote(&c.History, g.now)
		}
		out = append(out, gathered{Case: c, id: s.id, about: store.Person{Member: s.other}, sources: append(s.sources, g.sources...)})
	}
	return out, nil
}

// wrote says whether the two have written to each other, for the sending side,
// whose case a desk makes without a history.
func (s *subject) wrote(h *kith.HistoryFacts, now time.Time) {
	var in, out int
	for _, m := range s.messages {
		if m.Outgoing {
			out++
		} else {
			in++
		}
	}
	if in+out > 0 {
		h.Messages = kith.Observed(in+out, kith.FromHere, now)
		h.BothWays = kith.Observed(in > 0 && out > 0, kith.FromHere, now)
	}
}

// about reports whether one of the subjects is a member.
func (g *gathering) about(m kith.MemberID) bool {
	for _, s := range g.subjects {
		if s.other == m {
			return true
		}
	}
	return false
}

// deskKey is how a member is known on a desk: by their id, in the place of a
// profile link, which has no colon. Names meet only as maybes.
func deskKey(m kith.MemberID, name string) kith.Person {
	return kith.Person{Slug: "member:" + string(m), Name: name}
}

// layOn lays a subject on a desk: first what they are to the member, for what
// is kept of messages depends on it.
func (s *subject) layOn(desk *gather.Desk, now time.Time) {
	s.shows.Who, s.shows.Source = s.who, kith.FromNetwork
	desk.Profile(s.shows)
	switch {
	case s.sending:
		desk.Invitation(kith.Invitation{Who: s.who, Direction: kith.Outgoing, SentAt: now, Source: kith.FromHere})
	case s.connected():
		desk.Connection(kith.Connection{Who: s.who, ConnectedAt: s.link.Since, Source: kith.FromHere})
	default:
		desk.Invitation(kith.Invitation{Who: s.who, Direction: kith.Incoming, SentAt: s.entry.SentAt, Note: s.note, Source: kith.FromHere})
	}
	for _, m := range s.messages {
		m.Who = s.who
		desk.Message(m)
	}
	for _, noun := range s.imports {
		switch n := noun.(type) {
		case kith.Profile:
			n.Who, n.Own = s.who, false
			desk.Profile(n)
		case kith.Contact:
			n.Who = s.who
			desk.Contact(n)
		case kith.Meeting:
			n.Who = s.who
			desk.Meeting(n)
		case kith.Message:
			n.Who = s.who
			desk.Message(n)
		}
	}
	for _, noun := range s.namesake {
		switch n := noun.(type) {
		case kith.Contact:
			desk.Contact(n)
		case kith.Meeting:
			desk.Meeting(n)
		}
	}
}
