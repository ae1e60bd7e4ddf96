package web

import "github.com/a-h/templ"

// keyLine is what some keys do; its words stand under keys.<What>.
type keyLine struct{ Keys, What string }

// keyMap are the keys in two columns (look, section 5).
var keyMap = []keyLine{
	{"j k", "turn"}, {"a", "accept"}, {"s", "ask"}, {"d", "decline"}, {"r", "report"}, {"z", "later"}, {"1 2 3", "answer"},
	{"o", "open"}, {"u", "undo"}, {"e", "why"}, {"x", "several"}, {"g a … g r", "group"}, {"/", "find"}, {"?", "map"},
}

// keys shows the key map.
func (s *site) keys(q *request) (templ.Component, error) {
	return keysPage(s.page(q, "keys", say(q.Context(), "keys.title"))), nil
}
