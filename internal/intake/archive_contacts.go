package intake

import (
	"strings"

	"kith"
)

// maxContactLinks bounds the addresses and links kept of one contact.
const maxContactLinks = 20

// readContacts reads the address book the member once uploaded: Contacts.csv,
// ImportedContacts.csv or, in 2018, Imported Contacts.csv.
func readContacts(t *rows) {
	first, middle, last, full := t.at("First Name"), t.at("Middle Name"), t.at("Last Name"), t.at("Full Name")
	emails, companies, profiles := t.at("Emails", "Email Address"), t.at("Companies"), t.at("Profiles")
	for t.next() {
		c := kith.Contact{Source: kith.FromArchive, Who: kith.Person{Name: t.line(full), First: t.line(first)}}
		if name := joinNames(c.Who.First, t.line(middle), t.line(last)); name != "" {
			c.Who.Name = name
		}
		for _, part := range t.list(emails) {
			if folded, ok := kith.FoldEmail(part); ok {
				c.Who.Emails = append(c.Who.Emails, folded)
			}
		}
		for _, part := range t.list(profiles) {
			if slug, ok := kith.Slug(part); ok && c.Who.Slug == "" {
				c.Who.Slug = slug
			}
		}
		if company := t.line(companies); company != "" {
			c.Organisations = []string{company}
		}
		if c.Who.Name == "" && c.Who.Slug == "" && c.Who.Emails == nil {
			t.job.ignore("contact without a name")
			continue
		}
		t.job.sink.Contact(c)
		t.job.count("contact")
	}
}

// list reads a cell that holds several addresses or links.
func (t *rows) list(col int) []string {
	parts := strings.FieldsFunc(t.line(col), func(r rune) bool { return strings.ContainsRune(" ,;|[]", r) })
	return parts[:min(len(parts), maxContactLinks)]
}

// readNotes reads Notes.csv (2026): the member's private notes on connections.
func readNotes(t *rows) {
	first, last := t.at("Connection First Name"), t.at("Connection Last Name")
	url, note := t.at("Connection Profile URL"), t.at("Note")
	for t.next() {
		c := kith.Contact{Source: kith.FromArchive, Note: t.text(note), Who: kith.Person{First: t.line(first), Slug: t.slug(url)}}
		c.Who.Name = joinNames(c.Who.First, t.line(last))
		if c.Who.Name == "" && c.Who.Slug == "" {
			t.problem("", "names nobody; the row was left out")
			continue
		}
		t.job.sink.Contact(c)
		t.job.count("contact")
	}
}
