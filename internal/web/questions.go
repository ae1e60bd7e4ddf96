package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// screen is one question about several people.
type screen struct {
	ID, Text string
	People   []asked
}

// asked is one of them.
type asked struct {
	ID, Name, Headline, Gist, Text string
	Verdict                        string
}

// answerPrefix begins the name of the field with the answer about somebody.
const answerPrefix = "about-"

// questions asks the same about many people at once.
func (s *site) questions(q *request) (templ.Component, error) {
	ctx := q.Context()
	found, err := s.app.Questions(ctx, q.who)
	if err != nil {
		return nil, err
	}
	var screens []screen
	for i := range found {
		f := &found[i]
		sc := screen{ID: f.Question.String(), Text: f.Text}
		for j := range f.Cards {
			c := &f.Cards[j]
			a := asked{ID: string(c.Invitation), Name: shownName(ctx, c.Name), Headline: c.Headline, Gist: gist(ctx, c), Verdict: string(c.Decision)}
			if f.Text == "" {
				a.Text = c.Asks
			}
			sc.People = append(sc.People, a)
		}
		screens = append(screens, sc)
	}
	told := ""
	if q.URL.Query().Get("kept") != "" {
		told = say(ctx, "questions.kept")
	}
	if gone, _ := strconv.Atoi(q.URL.Query().Get("gone")); gone > 0 {
		told = strings.TrimSpace(told + " " + count(ctx, "questions.gone", gone))
	}
	return questionsPage(s.page(q, "desk", say(ctx, "questions.title")), screens, told), nil
}

// answerMany keeps the answers to one question.
func (s *site) answerMany(q *request) (templ.Component, error) {
	question, ok := kith.ParseQuestion(q.PostForm.Get("question"))
	if !ok {
		return nil, errForm
	}
	var given []app.AnswerOne
	for name, values := range q.PostForm {
		id, is := strings.CutPrefix(name, answerPrefix)
		ans, known := answers[values[0]]
		switch {
		case !is || ans == kith.NotAnswered && known:
		case !known:
			return nil, errForm
		default:
			given = append(given, app.AnswerOne{Invitation: kith.InvitationID(kith.CleanLine(id)), Answer: ans})
		}
	}
	if len(given) == 0 {
		return q.seeOther("/questions")
	}
	gone, err := s.keepAnswers(q, question, given)
	if err != nil {
		return nil, err
	}
	told := url.Values{}
	if gone < len(given) {
		told.Set("kept", "yes")
	}
	if gone > 0 {
		told.Set("gone", strconv.Itoa(gone))
	}
	return q.seeOther("/questions?" + told.Encode())
}

// keepAnswers keeps answers together, or each by itself if somebody they are
// about is not there any more; gone is how many of those there are.
func (s *site) keepAnswers(q *request, question kith.QuestionID, given []app.AnswerOne) (gone int, err error) {
	_, err = s.app.AnswerMany(q.Context(), q.who, question, given)
	if kith.KindOf(err) != kith.NotFound {
		return 0, err
	}
	for i := range given {
		_, err := s.app.AnswerMany(q.Context(), q.who, question, given[i:i+1])
		switch {
		case kith.KindOf(err) == kith.NotFound:
			gone++
		case err != nil:
			return gone, err
		}
	}
	return gone, nil
}
