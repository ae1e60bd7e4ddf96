package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// personRoutes are other members as the viewer may see them.
func (s *site) personRoutes() []route {
	return []route{
		{pattern: "GET /people/{id}", do: s.person},
		{pattern: "GET /people/{id}/{part}", do: s.personPart},
		{pattern: "POST /people/{id}/{act}", do: s.personAct},
	}
}

// person is another member's page.
type person struct {
	portrait
	Profile     app.Profile
	Steps       int // 1 connected, 2 through somebody, 3 farther or not shown
	Through     face
	Mutual      int // -1: unknown
	Faces       []face
	Connections int // they show; -1: none
	Asks        string
	Wants       []string
	Sent        bool
	Received    string // their open letter
	Again       string // from when on the next may be sent
	Blocked     bool
	Closed      string // why they take no letters now; empty: they do
	Tied        *tied
	Wrong       string
}

// tied is what the member knows of a connection.
type tied struct {
	Since, Tie, Memo string
	Note             string // by which they met
	Mine             bool   // it was the member's
	Written          string
	Review           string // when accept and see ends
}

// errNoPage answers for a part of a page there is not.
var errNoPage = &kith.Error{Kind: kith.NotFound, Msg: "there is no such page; go back"}

func (s *site) person(q *request) (templ.Component, error) {
	id := q.memberID("id")
	if id == q.who.ID {
		return q.seeOther("/profile")
	}
	p, err := s.meetPerson(q, id)
	if err != nil {
		return nil, err
	}
	return s.personPage(q, p), nil
}

func (s *site) personPage(q *request, p *person) templ.Component {
	return personPage(s.page(q, "people", p.Name), p)
}

// meetPerson makes a member's page as the viewer may see it.
func (s *site) meetPerson(q *request, id kith.MemberID) (*person, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.app.Person(ctx, q.who, id)
	if err != nil {
		return nil, err
	}
	p := &person{Profile: m.Profile, Steps: m.Degree, Mutual: -1, Connections: -1, Sent: m.Relation.Sent != "", Received: string(m.Relation.Received),
		Blocked: m.Relation.Blocked, Closed: closedTo(ctx, &m, now)}
	p.portrait = portrait{face{ID: string(m.ID), Name: m.Profile.Name, Initials: initials(m.Profile.Name)}, m.Profile.Headline, m.Profile.Location}
	if m.Photo != "" {
		p.Photo = photoURL(p.ID, m.Photo)
	}
	if m.Mutual.Known() {
		p.Mutual = m.Mutual.Val
	}
	for i := range m.Mutuals {
		p.Faces = append(p.Faces, faceOf(&m.Mutuals[i]))
	}
	if len(p.Faces) > 0 {
		p.Through = p.Faces[0]
	}
	if m.Connections.Known() {
		p.Connections = m.Connections.Val
	}
	if m.Policy != nil {
		p.Asks, p.Wants = m.Policy.Asks, wantsOf(ctx, &m.Policy.Rules)
	}
	if m.Relation.AgainAt.After(now) {
		p.Again = day(ctx, m.Relation.AgainAt, now)
	}
	if m.Relation.Connected {
		p.Tied, err = s.tied(q, id, now)
	}
	return p, err
}

// tied gives what the member knows of a connection; nil if it has ended since.
func (s *site) tied(q *request, id kith.MemberID, now time.Time) (*tied, error) {
	ctx := q.Context()
	c, err := s.app.Connection(ctx, q.who, id)
	if kith.KindOf(err) == kith.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &tied{Since: day(ctx, c.Since, now), Tie: tieWord(c.Tie), Memo: c.Memo, Note: c.Met.Note, Mine: c.Met.Box == app.Sent,
		Written: day(ctx, c.Met.SentAt, now), Review: day(ctx, c.ReviewAt, now)}, nil
}

// closedTo says why somebody takes no letters now.
func closedTo(ctx context.Context, m *app.Person, now time.Time) string {
	switch {
	case m.NotNowUntil.After(now):
		return say(ctx, "person.not-now", day(ctx, m.NotNowUntil, now))
	case m.Invites == app.FromNobody:
		return say(ctx, "person.from-nobody")
	case m.Invites == app.FromMutual && m.Mutual.Val == 0:
		return say(ctx, "person.from-mutual")
	}
	return ""
}

// personPart is a page behind a member's: whom the two have in common, whom they
// show, or the report of them.
func (s *site) personPart(q *request) (templ.Component, error) {
	switch q.PathValue("part") {
	case "mutual":
		return s.facesOf(q, "mutual", s.app.Mutuals)
	case "connections":
		return s.facesOf(q, "connections", s.app.ConnectionsOf)
	case "report":
		return s.accuseForm(q, accusationOf(q.memberID("id")))
	}
	if slices.Contains(actsOnPerson, q.PathValue("part")) { // the address of a form that was refused
		return q.seeOther("/people/" + url.PathEscape(string(q.memberID("id"))))
	}
	return nil, errNoPage
}

// listFaces is a verb that gives a page of faces somebody has to do with.
type listFaces func(ctx context.Context, who app.Actor, id, after kith.MemberID, limit int) ([]app.Face, kith.MemberID, error)

func (s *site) facesOf(q *request, kind string, list listFaces) (templ.Component, error) {
	id := q.memberID("id")
	people, next, err := list(q.Context(), q.who, id, q.after(), inFaces)
	if err != nil {
		return nil, err
	}
	of, err := s.app.Named(q.Context(), q.who, id)
	if err != nil {
		return nil, err
	}
	f := &faces{Of: face{ID: string(id), Name: of.Name}, Kind: kind}
	for i := range people {
		f.People = append(f.People, faceOf(&people[i]))
	}
	f.more("/people/"+url.PathEscape(string(id))+"/"+kind, next)
	return facesPage(s.page(q, "people", say(q.Context(), "faces."+kind, of.Name)), f), nil
}

// actsOnPerson are what can be done about a member.
var actsOnPerson = []string{"remove", "block", "unblock", "known", "report"}

// personAct does something about a member.
func (s *site) personAct(q *request) (templ.Component, error) {
	ctx, id := q.Context(), q.memberID("id")
	back := "/people/" + url.PathEscape(string(id))
	var err error
	switch q.PathValue("act") {
	case "remove":
		err = s.app.RemoveConnection(ctx, q.who, id)
	case "block":
		back = "/people/blocked"
		err = s.app.Block(ctx, q.who, id)
	case "unblock":
		if q.PostForm.Get("from") == "list" {
			back = "/people/blocked"
		}
		err = s.app.Unblock(ctx, q.who, id)
	case "known":
		return s.setKnown(q, id, back)
	case "report":
		return s.accuse(q, accusationOf(id), app.Accusation{On: app.OnProfile, ID: string(id)})
	default:
		return nil, errNoPage
	}
	if err != nil {
		return nil, err
	}
	return q.seeOther(back)
}

// setKnown keeps how well the member knows a connection, and what they wrote
// down.
func (s *site) setKnown(q *request, id kith.MemberID, back string) (templ.Component, error) {
	memo := q.PostForm.Get("memo")
	_, err := s.app.SetMemo(q.Context(), q.who, id, memo)
	if err == nil {
		if tie, ok := ties[q.PostForm.Get("tie")]; ok {
			_, err = s.app.SetTie(q.Context(), q.who, id, tie)
		}
	}
	if err == nil {
		return q.seeOther(back)
	}
	wrong, rest := q.mend(err)
	if rest != nil {
		return nil, rest
	}
	p, again := s.meetPerson(q, id)
	if again != nil {
		return nil, again
	}
	if p.Tied == nil { // there is nothing left to keep it with
		return nil, err
	}
	p.Wrong, p.Tied.Memo = wrong, memo
	s.show(q, app.Status(err), s.personPage(q, p))
	return nil, nil
}

// accusation is the page on which a report is written.
type accusation struct {
	Kind    string // of its texts: profile or message
	About   kith.MemberID
	To      string // where it goes, without /report, and where one comes from
	Message string // the one it is about
	Reasons []string
	Reason  string // the one chosen
	Words   string
	Wrong   string
}

// accusationOf begins the report of a profile.
func accusationOf(id kith.MemberID) accusation {
	return accusation{Kind: "profile", About: id, To: "/people/" + url.PathEscape(string(id))}
}

// accuseForm asks what a report is for: it is never sent at once.
func (s *site) accuseForm(q *request, a accusation) (templ.Component, error) {
	named, err := s.app.Named(q.Context(), q.who, a.About)
	if err != nil {
		return nil, err
	}
	a.Reasons = app.ReportReasons()
	a.Reason = cmp.Or(a.Reason, a.Reasons[0])
	return accusePage(s.page(q, "people", say(q.Context(), "accuse."+a.Kind, named.Name)), &a), nil
}

// accuse reports somebody; what does not go is said, and what was said stays.
func (s *site) accuse(q *request, a accusation, acc app.Accusation) (templ.Component, error) {
	acc.Reason, acc.Words = q.PostForm.Get("reason"), q.PostForm.Get("words")
	err := s.app.Report(q.Context(), q.who, acc)
	if err == nil {
		return q.seeOther(a.To)
	}
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		a.Reason, a.Words, a.Wrong = acc.Reason, acc.Words, wrong
		return s.accuseForm(q, a)
	})
}

// stepsKey is the text of how far somebody is.
func stepsKey(v *person) string {
	switch {
	case v.Steps == 1 && v.Tied != nil:
		return "person.connected"
	case v.Steps == 2:
		return "person.two-steps"
	}
	return "person.far"
}
