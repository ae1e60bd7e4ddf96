package web

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith"
)

// choice is one part of a view as a sentence with a word to choose: its texts
// stand under filter.<Key>, and under only.<Key> for the sentence that says what
// is chosen.
type choice struct {
	Key     string
	Options []string // the first, empty one is the view's own when nothing is said
	Chosen  string
}

// filterChoices are what can be chosen of the pile, and how it lies. Which goals
// there are to choose from is the member's own.
var filterChoices = []choice{
	{Key: "in", Options: []string{"", "accept", "ask", "decline", "report"}},
	{Key: "from", Options: []string{"", "here", "elsewhere"}},
	{Key: "goal"},
	{Key: "note", Options: []string{"", "with", "without"}},
	{Key: "common", Options: []string{"", "company", "school", "group", "field", "met"}},
	{Key: "mutual", Options: []string{"", "1", "3", "5", "10", "25"}},
	{Key: "age", Options: []string{"", "week", "month", "older", "half-year"}},
	{Key: "waiting", Options: []string{"", "yes"}},
	{Key: "sort", Options: []string{"", "newest", "oldest", "mutual", "name"}},
}

// filter asks what of the pile is wanted, in sentences.
func (s *site) filter(q *request) (templ.Component, error) {
	set, err := s.app.Settings(q.Context(), q.who)
	if err != nil {
		return nil, err
	}
	goals := []string{""}
	for _, g := range s.app.Served(set.Goals) {
		goals = append(goals, g.String())
	}
	v := viewOf(q.URL.Query())
	var choices []choice
	for _, c := range filterChoices {
		if c.Key == "goal" {
			c.Options = goals
		}
		if c.Chosen = v.Get(c.Key); len(c.Options) > 1 {
			choices = append(choices, c)
		}
	}
	return filterPage(s.page(q, "desk", say(q.Context(), "filter.title")), choices, v.Get("text")), nil
}

// textOf is the key of an option's words.
func (c choice) textOf(option string) string {
	switch {
	case option == "":
		option = "any"
	case c.Key == "goal":
		return "goal." + option + ".short"
	}
	return "filter." + c.Key + "." + option
}

// only says which letters are chosen, apart from the words they hold; empty if
// that is all of them.
func (v view) only(ctx context.Context) string {
	var parts []string
	for _, c := range filterChoices {
		x := v.Get(c.Key)
		switch goal, ok := kith.ParseGoal(x); {
		case x == "", c.Key == "in", c.Key == "sort", c.Key == "waiting":
		case c.Key == "goal":
			if ok {
				parts = append(parts, say(ctx, "only.goal", say(ctx, "goal."+goal.String()+".short")))
			}
		case c.Key == "mutual":
			if n := v.query().Mutual; n > 0 {
				parts = append(parts, count(ctx, "only.mutual", n))
			}
		case slices.Contains(c.Options, x):
			parts = append(parts, say(ctx, "only."+c.Key+"."+x))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return say(ctx, "only.these", strings.Join(parts, say(ctx, "only.and")))
}
