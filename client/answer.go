package client

import (
	"context"
	"net/http"
	"net/url"
)

// Answer is the member's answer to a question about somebody.
type Answer struct {
	Answer string `json:"answer" enum:"yes,no,unsure,none" doc:"none takes an earlier answer back"`
}

// AnswerFor is an answer about whoever sent an invitation.
type AnswerFor struct {
	Invitation string `json:"invitation" maxLength:"64"`
	Answer     string `json:"answer" enum:"yes,no,unsure,none"`
}

// Answers are the answers to one question about several people.
type Answers struct {
	Answers []AnswerFor `json:"answers" minItems:"1" maxItems:"100"`
}

// Answered are the verdicts then, in the order of the answers.
type Answered struct {
	Verdicts []Judged `json:"verdicts"`
}

// Questions are what is worth asking the member.
type Questions struct {
	Screens []Screen `json:"screens" doc:"the question that most are asked of first"`
}

// Screen is one question about the people it is worth asking of.
type Screen struct {
	Question string `json:"question" doc:"its id"`
	Text     string `json:"text,omitempty" doc:"asks of all at once; absent where each card asks by itself"`
	Cards    []Card `json:"cards"`
}

// Questions gives what is worth asking the member, the same question about
// several people as one screen.
func (c *Client) Questions(ctx context.Context) (out Questions, err error) {
	err = c.do(ctx, http.MethodGet, "/questions", nil, nil, &out)
	return out, err
}

// Answer answers a question about whoever an invitation is from: yes, no,
// unsure, or none to take an answer back. The case is decided again at once.
func (c *Client) Answer(ctx context.Context, invitation, question, answer string) (out Judged, err error) {
	err = c.do(ctx, http.MethodPut, "/invitations/"+url.PathEscape(invitation)+"/answers/"+url.PathEscape(question), nil, Answer{answer}, &out)
	return out, err
}

// AnswerMany answers one question about up to 100 people.
func (c *Client) AnswerMany(ctx context.Context, question string, answers []AnswerFor) (out Answered, err error) {
	err = c.do(ctx, http.MethodPost, "/questions/"+url.PathEscape(question), nil, Answers{answers}, &out)
	return out, err
}
