package api

import (
	"context"

	"kith"
	"kith/client"
	"kith/internal/app"
)

func (s *service) questionRoutes() {
	handle(s, "list-questions", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Questions], error) {
		screens, err := s.app.Questions(ctx, who)
		if err != nil {
			return nil, err
		}
		out := client.Questions{Screens: make([]client.Screen, len(screens))}
		for i := range screens {
			sc := &screens[i]
			out.Screens[i] = client.Screen{Question: sc.Question.String(), Text: sc.Text, Cards: wireCards(sc.Cards)}
		}
		return &reply[client.Questions]{out}, nil
	})
	type one struct {
		OnInvitation
		OnQuestion
		Body client.Answer
	}
	handle(s, "answer", func(ctx context.Context, who app.Actor, in *one) (*reply[client.Judged], error) {
		q, err := in.question()
		if err != nil {
			return nil, err
		}
		j, err := s.app.Answer(ctx, who, in.ID, q, ownAnswer(in.Body.Answer))
		if err != nil {
			return nil, err
		}
		return &reply[client.Judged]{wireJudged(&j)}, nil
	})
	type many struct {
		OnQuestion
		Body client.Answers
	}
	handle(s, "answer-many", func(ctx context.Context, who app.Actor, in *many) (*reply[client.Answered], error) {
		q, err := in.question()
		if err != nil {
			return nil, err
		}
		answers := make([]app.AnswerOne, len(in.Body.Answers))
		for i, a := range in.Body.Answers {
			answers[i] = app.AnswerOne{Invitation: kith.InvitationID(a.Invitation), Answer: ownAnswer(a.Answer)}
		}
		list, err := s.app.AnswerMany(ctx, who, q, answers)
		if err != nil {
			return nil, err
		}
		out := client.Answered{Verdicts: make([]client.Judged, len(list))}
		for i := range list {
			out.Verdicts[i] = wireJudged(&list[i])
		}
		return &reply[client.Answered]{out}, nil
	})
}

// OnQuestion is where a request names a question.
type OnQuestion struct {
	Question string `path:"question" maxLength:"32" doc:"the question's id, such as met"`
}

func (q *OnQuestion) question() (kith.QuestionID, error) {
	id, ok := kith.ParseQuestion(q.Question)
	if !ok {
		return 0, &kith.Error{Kind: kith.Invalid, Field: "question", Msg: "there is no such question; take the id a verdict gives"}
	}
	return id, nil
}

// ownAnswer reads an answer; the schema has refused other words.
func ownAnswer(s string) kith.Answer {
	a, _ := kith.ParseAnswer(s) // none is no answer
	return a
}
