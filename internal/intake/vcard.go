package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"kith"
)

// Limits of address books.
const (
	maxCards         = 100_000 // cards, or rows, of one address book
	maxCardEmails    = 20
	maxCardCompanies = 10
	maxContactNote   = 1_000 // letters
)

// bookFormats are the files that hold address books. The CSV ones know columns
// by common names: LinkedIn's own files come before them in the table.
func bookFormats() []format {
	return []format{
		{name: "vCard address book", phase: phaseConnect, is: isVCard, read: readVCard},
		{name: "CSV address book", phase: phaseConnect, is: isCSVBook, read: readCSVBook},
	}
}

func isVCard(_ string, head []byte) bool { return startsWithLine(head, "BEGIN:VCARD") }

// startsWithLine reports whether the first line of a file that is not empty is
// line, in any case.
func startsWithLine(head []byte, line string) bool {
	first, _, _ := bytes.Cut(bytes.TrimLeft(headText(head), " \r\n\t"), []byte("\n"))
	return strings.EqualFold(string(bytes.TrimSpace(first)), line)
}

// cardReader turns content lines into contacts.
type cardReader struct {
	j      *job
	n      int // number of the current card, from 1
	open   bool
	nested int    // depth of cards inside the card, as vCard 2.1 allows
	last   string // the property before, to pass over the letters of a photo

	card  kith.Contact
	name  string // put together from N, for cards without FN
	group bool   // the card is a list of other cards
	stray bool   // the card holds a line that is no property
}

// readVCard reads an address book of vCard 2.1, 3.0 or 4.0 cards.
func readVCard(ctx context.Context, r io.Reader, j *job) error {
	c := cardReader{j: j}
	in := newContentReader(r)
	for {
		l, err := in.next()
		switch {
		case errors.Is(err, io.EOF):
			if c.open {
				j.problem(c.n, "", fmt.Sprintf("the file ends in the middle of card %d; export the address book again", c.n))
			}
			return ctx.Err()
		case err != nil:
			return err
		}
		if l.name == "BEGIN" && ctx.Err() != nil {
			return ctx.Err()
		}
		if c.line(&l); c.n > maxCards {
			j.problem(0, "", "the address book holds more than 100,000 cards and the rest was not read; split it")
			return nil
		}
	}
}

func (c *cardReader) line(l *contentLine) {
	switch bound := c.bound(l); {
	case bound == "BEGIN" && c.open && (c.last == "AGENT" || c.nested > 0):
		c.nested++
	case bound == "BEGIN":
		c.begin()
	case bound == "END" && c.nested > 0:
		c.nested--
	case bound == "END" && c.open:
		c.end()
	case c.open && c.nested == 0:
		c.property(l)
	}
	if l.name != "" {
		c.last = l.name
	}
}

// bound gives "BEGIN" or "END" for a line that begins or ends a card, else
// nothing.
func (*cardReader) bound(l *contentLine) string {
	if l.name != "BEGIN" && l.name != "END" || !strings.EqualFold(string(bytes.TrimSpace(l.value)), "VCARD") {
		return ""
	}
	return l.name
}

func (c *cardReader) begin() {
	if c.open {
		c.j.problem(c.n, "", "the card has no end; left out")
	}
	*c = cardReader{j: c.j, n: c.n + 1, open: true, card: kith.Contact{Source: kith.FromBook}}
}

// end hands the card on. A card that names nobody and leads to nobody (a
// telephone number alone) is no use to anyone.
func (c *cardReader) end() {
	c.open = false
	if c.card.Who.Name == "" {
		c.card.Who.Name = c.name
	}
	if c.stray {
		c.j.problem(c.n, "", "a line of the card has no name; passed over")
	}
	if c.group {
		c.j.ignore("group")
		return
	}
	c.j.contact(c.card)
}

// contact hands on a contact that can be found again.
func (j *job) contact(c kith.Contact) {
	if c.Who.Name == "" && c.Who.Slug == "" && len(c.Who.Emails) == 0 {
		j.ignore("entry without a name or address")
		return
	}
	j.count("contact")
	j.sink.Contact(c)
}

// pictures are the properties that hold letters of base64, which some programs
// write on lines of their own. They are never read, and a link in them is never
// followed.
var pictures = wordSet("PHOTO LOGO SOUND KEY")

// cardProperties are the properties that are read.
var cardProperties = map[string]func(c *cardReader, l *contentLine){
	"FN":              func(c *cardReader, l *contentLine) { c.card.Who.Name = naturalName(line(l.text())) },
	"N":               func(c *cardReader, l *contentLine) { c.structured(l.fields(';')) },
	"EMAIL":           func(c *cardReader, l *contentLine) { addEmail(&c.card.Who, l.text()) },
	"ORG":             func(c *cardReader, l *contentLine) { addCompany(&c.card, l.fields(';')[0]) },
	"URL":             func(c *cardReader, l *contentLine) { addSlug(&c.card.Who, l.text()) },
	"SOCIALPROFILE":   func(c *cardReader, l *contentLine) { addSlug(&c.card.Who, l.text()) },
	"X-SOCIALPROFILE": func(c *cardReader, l *contentLine) { addSlug(&c.card.Who, l.text()) },
	"NOTE":            func(c *cardReader, l *contentLine) { c.card.Note = contactNote(l.text()) },
	"KIND":            (*cardReader).kind,

	"X-ADDRESSBOOKSERVER-KIND": (*cardReader).kind,
}

func (c *cardReader) property(l *contentLine) {
	read := cardProperties[l.name]
	switch {
	case l.name == "":
		c.stray = c.stray || !pictures[c.last]
	case read == nil:
	case l.cut && l.name != "NOTE":
		c.j.problem(c.n, l.name, "longer than 64 KiB; left out")
	default:
		read(c, l)
	}
}

func (c *cardReader) kind(l *contentLine) { c.group = strings.EqualFold(line(l.text()), "group") }

// structured reads N: family name, given name, further given names.
func (c *cardReader) structured(parts []string) {
	parts = append(parts, "", "", "")
	family, given, further := line(parts[0]), line(parts[1]), line(parts[2])
	c.card.Who.First = given
	c.name = line(given + " " + further + " " + family)
}

// line cleans a value that stands on one line and bounds its length.
func line(s string) string { return strings.TrimSpace(cutLetters(kith.CleanLine(s), maxLineLetters)) }

// naturalName turns the order of directories, "Feldweg, Jonas", around. One word
// before the comma makes it a family name: "Jonas Feldweg, PhD" stays.
func naturalName(s string) string {
	family, given, ok := strings.Cut(s, ", ")
	if !ok || family == "" || given == "" || strings.Contains(given, ",") || strings.Contains(family, " ") || len(strings.Fields(given)) > 2 {
		return s
	}
	return given + " " + family
}

// contactNote cleans a note and bounds its length.
func contactNote(s string) string {
	return strings.TrimSpace(cutLetters(strings.TrimSpace(kith.Clean(s)), maxContactNote))
}

// addEmail adds an address to a person, once.
func addEmail(who *kith.Person, s string) {
	email, ok := kith.FoldEmail(s)
	if !ok || len(who.Emails) == maxCardEmails {
		return
	}
	for _, have := range who.Emails {
		if have == email {
			return
		}
	}
	who.Emails = append(who.Emails, email)
}

func addCompany(c *kith.Contact, s string) {
	if s = line(s); s != "" && len(c.Organisations) < maxCardCompanies {
		c.Organisations = append(c.Organisations, s)
	}
}

// addSlug keeps the first link to a LinkedIn profile; all other links are
// dropped.
func addSlug(who *kith.Person, s string) {
	if slug, ok := kith.Slug(s); ok && who.Slug == "" {
		who.Slug = slug
	}
}
