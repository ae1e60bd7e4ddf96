package web

import (
	"strconv"

	"github.com/a-h/templ"
)

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
