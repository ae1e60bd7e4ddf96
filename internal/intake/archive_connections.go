package intake

import (
	"slices"
	"strings"

	"kith"
)

// readConnections reads Connections.csv. A row of a member who has hidden or
// closed the account holds a date and nothing else; a row whose date cannot be
// read still says who is connected and is kept.
func readConnections(t *rows) {
	first, last := t.at("First Name"), t.at("Last Name")
	url, email := t.at("URL", "Profile URL"), t.at("Email Address")
	company, position, date := t.at("Company"), t.at("Position"), t.at("Connected On")
	for t.next() {
		c := kith.Connection{
			Who:          kith.Person{First: t.line(first), Slug: t.slug(url)},
			Organisation: t.line(company),
			Title:        t.line(position),
			Source:       kith.FromArchive,
		}
		c.Who.Name = joinNames(c.Who.First, t.line(last))
		if folded, ok := kith.FoldEmail(t.line(email)); ok {
			c.Who.Emails = []string{folded}
		}
		var ok bool
		if c.ConnectedAt, _, ok = t.date(date); !ok && len(t.cell(date)) > 0 {
			t.problem("Connected On", "not a date Kith knows; the row is used without it")
		}
		if c.ConnectedAt.IsZero() && c.Who.Name == "" && c.Who.Slug == "" {
			t.problem("", "names nobody; the row was left out")
			continue
		}
		t.job.sink.Connection(c)
		t.job.count("connection")
	}
}

// joinNames makes one full name of the parts that are there.
func joinNames(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}
