package web

import (
	"github.com/a-h/templ"
)

// choice is one part of a view as a sentence with a word to choose: its texts
// stand under filter.<Key>.
type choice struct {
	Key     string
	Options []string // the first, empty one is the view's own when nothing is said
	Chosen  string
}

// filterChoices are what can be chosen of the pile, and how it lies.
var filterChoices = []choice{
	{Key: "in", Options: []string{"", "accept", "ask", "decline", "report"}},
	{Key: "from", Options: []string{"", "here", "elsewhere"}},
	{Key: "note", Options: []string{"", "with", "without"}},
	{Key: "common", Options: []string{"", "company", "school", "group", "field", "met"}},
	{Key: "mutual", Options: []string{"", "1", "3", "5", "10", "25"}},
	{Key: "age", Options: []string{"", "week", "month", "older", "half-year"}},
	{Key: "waiting", Options: []string{"", "yes"}},
	{Key: "sort", Options: []string{"", "newest", "oldest", "mutual", "name"}},
}

// filter asks what of the pile is wanted, in sentences.
func (s *site) filter(q *request) (templ.Component, error) {
	v := viewOf(q.URL.Query())
	choices := make([]choice, len(filterChoices))
	for i, c := range filterChoices {
		c.Chosen = v.Get(c.Key)
		choices[i] = c
	}
	return filterPage(s.page(q, "desk", say(q.Context(), "filter.title")), choices, v.Get("text")), nil
}

// textOf is the key of an option's words.
func (c choice) textOf(option string) string {
	if option == "" {
		option = "any"
	}
	return "filter." + c.Key + "." + option
}
