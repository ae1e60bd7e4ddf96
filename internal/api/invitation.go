package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// OnInvitation is where a request names an invitation. (Exported, as all that
// is embedded in a request: huma passes by what is not.)
type OnInvitation struct {
	ID kith.InvitationID `path:"id" maxLength:"64" doc:"the invitation"`
}

// boxPage asks for a page of a box.
type boxPage struct {
	Page
	Box string `query:"box" enum:"received,sent" default:"received"`
}

// The words of the wire for small numbers, in their order.
var (
	tieWords = []string{"", "network", "met", "close"}
	seeWords = []string{"", "propose", "remove"}
	boxWords = []string{"received", "sent"}
)

// number gives the number of a word of the wire; the schema has refused others.
func number[N ~uint8](words []string, word string) N {
	for i, w := range words {
		if w == word {
			return N(i)
		}
	}
	return 0
}

func (s *service) invitationRoutes() {
	handle(s, "list-invitations", s.listInvitations)
	handle(s, "count-invitations", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.InvitationCounts], error) {
		n, err := s.app.CountInvitations(ctx, who)
		return &reply[client.InvitationCounts]{client.InvitationCounts(n)}, err
	})
	handle(s, "get-invitation", s.onInvitation(s.app.Invitation))
	handle(s, "send-invitation", func(ctx context.Context, who app.Actor, in *struct{ Body client.Invite }) (*reply[client.Invitation], error) {
		b := &in.Body
		i, err := s.app.Send(ctx, who, app.Invite{To: kith.MemberID(b.To), Note: b.Note, Tie: number[app.Tie](tieWords, b.Tie),
			See: number[app.See](seeWords, b.See), Email: b.Email})
		return invitation(i, err)
	})
	s.answerRoutes()
}

// answerRoutes are the routes of what is done with one invitation.
func (s *service) answerRoutes() {
	type accepting struct {
		OnInvitation
		Body client.Acceptance
	}
	handle(s, "accept-invitation", func(ctx context.Context, who app.Actor, in *accepting) (*reply[client.Invitation], error) {
		b := &in.Body
		return invitation(s.app.Accept(ctx, who, in.ID, number[app.Tie](tieWords, b.Tie), number[app.See](seeWords, b.See), b.Greeting))
	})
	handle(s, "ignore-invitation", s.onInvitation(s.app.Ignore))
	handle(s, "decline-invitation", s.onInvitation(s.app.Decline))
	handle(s, "dont-know-invitation", s.onInvitation(s.app.DontKnow))
	handle(s, "reopen-invitation", s.onInvitation(s.app.Reopen))
	handle(s, "withdraw-invitation", s.onInvitation(s.app.Withdraw))
	handle(s, "ask-invitation", s.withText(s.app.Ask))
	handle(s, "reply-invitation", s.withText(s.app.Reply))
	type reporting struct {
		OnInvitation
		Body client.Complaint
	}
	handle(s, "report-invitation", func(ctx context.Context, who app.Actor, in *reporting) (*reply[client.Invitation], error) {
		return invitation(s.app.ReportInvitation(ctx, who, in.ID, in.Body.Reason, in.Body.Words))
	})
}

// onInvitation makes a handler of a verb that needs nothing but the invitation.
func (s *service) onInvitation(verb func(context.Context, app.Actor, kith.InvitationID) (app.Invitation, error)) func(context.Context, app.Actor, *OnInvitation) (*reply[client.Invitation], error) {
	return func(ctx context.Context, who app.Actor, in *OnInvitation) (*reply[client.Invitation], error) {
		return invitation(verb(ctx, who, in.ID))
	}
}

// saying is a request that says something about an invitation.
type saying struct {
	OnInvitation
	Body client.Text
}

// withText makes a handler of a verb that says something.
func (s *service) withText(verb func(context.Context, app.Actor, kith.InvitationID, string) (app.Invitation, error)) func(context.Context, app.Actor, *saying) (*reply[client.Invitation], error) {
	return func(ctx context.Context, who app.Actor, in *saying) (*reply[client.Invitation], error) {
		return invitation(verb(ctx, who, in.ID, in.Body.Text))
	}
}

func (s *service) listInvitations(ctx context.Context, who app.Actor, in *boxPage) (*reply[client.Invitations], error) {
	after, err := readCursor(in.Box, in.After)
	if err != nil {
		return nil, err
	}
	list, next, err := s.app.Invitations(ctx, who, number[app.Box](boxWords, in.Box), after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := client.Invitations{Invitations: make([]client.Invitation, len(list)), Next: cursor(in.Box, next)}
	for i := range list {
		out.Invitations[i] = wireInvitation(&list[i])
	}
	return &reply[client.Invitations]{out}, nil
}

// invitation answers with what a verb gave.
func invitation(i app.Invitation, err error) (*reply[client.Invitation], error) {
	if err != nil {
		return nil, err
	}
	return &reply[client.Invitation]{wireInvitation(&i)}, nil
}

func wireInvitation(i *app.Invitation) client.Invitation {
	return client.Invitation{
		ID: string(i.ID), Box: boxWords[i.Box], Other: named(i.Other), Note: i.Note, Question: i.Question, Reply: i.Reply,
		Course: i.Course.String(), Answer: i.Answer.String(), SentAt: i.SentAt, ExpiresAt: i.ExpiresAt, EndedAt: i.EndedAt,
		AnsweredAt: i.AnsweredAt, AskedAt: i.AskedAt, RepliedAt: i.RepliedAt, UndoUntil: i.UndoUntil, AgainAt: i.AgainAt,
		Connected: i.Connected,
	}
}

func named(n app.Named) client.Named { return client.Named{ID: string(n.ID), Name: n.Name} }
