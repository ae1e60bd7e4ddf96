package web

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// membersRoutes are the accounts of this Kith, for operators.
func (s *site) membersRoutes() []route {
	return []route{
		{pattern: "GET /settings/members", do: s.operated(s.members)},
		{pattern: "POST /settings/members", do: s.operated(s.findMember)},
		{pattern: "GET /settings/members/{id}", do: s.operated(s.member)},
		{pattern: "POST /settings/members/{id}/{act}", do: s.operated(s.memberAct)},
	}
}

// operated shows a page to operators; for everybody else it is not there.
func (s *site) operated(do func(*request) (templ.Component, error)) func(*request) (templ.Component, error) {
	return func(q *request) (templ.Component, error) {
		if !q.who.Scopes.Has(app.ScopeOperate) {
			return nil, errNoPage
		}
		return do(q)
	}
}

// membersPage lists accounts, newest first.
type membersPage struct {
	List       []listedMember
	Next       string
	For, Wrong string
}

// listedMember is an account as an operator sees it.
type listedMember struct {
	ID, Name, State, Role, Since string
	Barred                       bool
	Self                         bool
}

// inMembers is how many members a page lists.
const inMembers = 50

func (s *site) members(q *request) (templ.Component, error) { return s.membersPage(q, "") }

func (s *site) membersPage(q *request, wrong string) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	all, next, err := s.app.Members(ctx, q.who, cursorOf(q.URL.Query()), inMembers)
	if err != nil {
		return nil, err
	}
	m := &membersPage{Next: onward("/settings/members", next), Wrong: wrong, For: kith.CleanLine(q.PostForm.Get("for"))}
	for i := range all {
		m.List = append(m.List, s.listed(q, &all[i], day(ctx, all[i].CreatedAt, now)))
	}
	return membersView(s.page(q, "settings", say(ctx, "members.title")), m), nil
}

func (s *site) listed(q *request, l *app.Listed, since string) listedMember {
	return listedMember{ID: string(l.ID), Name: l.Name, State: l.State.String(), Role: l.Role.String(), Since: since, Barred: l.Barred, Self: l.ID == q.who.ID}
}

// findMember finds an account by its address. It is no GET: its owner is told
// that somebody looked.
func (s *site) findMember(q *request) (templ.Component, error) {
	l, err := s.app.FindMember(q.Context(), q.who, q.PostForm.Get("for"))
	if kith.KindOf(err) == kith.NotFound {
		shown, failed := s.membersPage(q, said(q.Context(), err))
		if failed != nil {
			return nil, failed
		}
		s.show(q, app.Status(err), shown)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.seeOther("/settings/members/" + url.PathEscape(string(l.ID)))
}

func (s *site) member(q *request) (templ.Component, error) { return s.memberPage(q, "") }

func (s *site) memberPage(q *request, wrong string) (templ.Component, error) {
	ctx := q.Context()
	now, err := s.app.Now(ctx)
	if err != nil {
		return nil, err
	}
	id := string(q.memberID("id"))
	if strings.Contains(id, "@") {
		return nil, errNoPage // an address is looked up by the form: see findMember
	}
	l, err := s.app.FindMember(ctx, q.who, id)
	if err != nil {
		return nil, err
	}
	return memberView(s.page(q, "settings", l.Name), s.listed(q, &l, day(ctx, l.CreatedAt, now)), wrong), nil
}

// memberAct does something to an account. Its owner finds it among who looked.
func (s *site) memberAct(q *request) (templ.Component, error) {
	ctx, id := q.Context(), q.memberID("id")
	var err error
	switch q.PathValue("act") {
	case "role":
		var role app.Role
		if role, err = app.ParseRole(q.PostForm.Get("role")); err == nil {
			err = s.app.SetRole(ctx, q.who, id, role)
		}
	case "close":
		err = s.app.CloseMember(ctx, q.who, id)
	case "reopen":
		err = s.app.ReopenMember(ctx, q.who, id)
	case "sign-out":
		err = s.app.SignOutMember(ctx, q.who, id)
	default:
		return nil, errNoPage
	}
	if err != nil {
		return s.again(q, err, func(wrong string) (templ.Component, error) { return s.memberPage(q, wrong) })
	}
	return q.seeOther("/settings/members/" + url.PathEscape(string(id)))
}
