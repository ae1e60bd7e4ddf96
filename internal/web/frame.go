package web

import (
	"strconv"

	"github.com/a-h/templ"
)

// styles are the style sheets of every page, in their order.
var styles = []string{"tokens.css", "kith.css", "desk.css", "decide.css", "people.css", "duties.css", "bring.css", "settings.css", "why.css"}

// htmxConfig keeps htmx within the pages' policy: no style of its own, no code
// out of text, an end to waiting, and pages that say what went wrong are shown
// like any other.
const htmxConfig = `{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"historyCacheSize":0,"selfRequestsOnly":true,"timeout":60000,"responseHandling":[{"code":"204","swap":false},{"code":"...","swap":true}]}`

// here marks the place in the navigation a page belongs to.
func here(p page, place string) templ.Attributes {
	if p.Here != place {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

func number(n int) string { return strconv.Itoa(n) }

// described ties a field to its help, if it has one.
func (f field) described() templ.Attributes {
	if !f.Help {
		return nil
	}
	return templ.Attributes{"aria-describedby": f.Name + "-help"}
}
