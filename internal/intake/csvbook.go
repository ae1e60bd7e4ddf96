package intake

import (
	"context"
	"io"
	"strings"
	"unicode"

	"kith"
)

// bookColumn is what a column of an address book holds.
type bookColumn int

const (
	bookOther bookColumn = iota
	bookName             // the full name, or the family name beside a given one
	bookGiven
	bookMiddle
	bookFamily
	bookEmail
	bookCompany
	bookLink
	bookNote
)

// bookColumns knows the columns of Google Contacts (both generations), Outlook
// and Thunderbird, and the common names in English, German, French and Spanish.
// Names are folded to their letters: "E-mail 1 - Value" is "emailvalue".
var bookColumns = map[bookColumn]map[string]bool{
	bookName: wordSet("name fullname displayname anzeigename vollstandigername nomcomplet nomaffiche " +
		"nombrecompleto nombreparamostrar"),
	bookGiven:  wordSet("firstname givenname forename vorname prenom nombre nombredepila"),
	bookMiddle: wordSet("middlename additionalname weiterevornamen deuxiemeprenom segundonombre"),
	bookFamily: wordSet("lastname familyname surname nachname familienname nom nomdefamille apellido apellidos"),
	bookEmail: wordSet("email emails emailaddress emailvalue primaryemail secondaryemail mail emailadresse " +
		"adressedemessagerie adresseemail adressemail adresseelectronique courriel " +
		"correo correoelectronico direcciondecorreoelectronico direcciondecorreo"),
	bookCompany: wordSet("organizationname organization organisation company companyname firma unternehmen " +
		"societe entreprise empresa compania organizacion"),
	bookLink: wordSet("websitevalue website webpage url linkedin linkedinurl linkedinprofile profileurl " +
		"webseite siteweb pageweb sitioweb paginaweb"),
	bookNote: wordSet("notes note notizen notiz notas nota remarques commentaires"),
}

// bookColumnOf tells what a column with this name holds.
func bookColumnOf(name string) bookColumn {
	key := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, kith.FoldText(name))
	for kind, names := range bookColumns {
		if names[key] {
			return kind
		}
	}
	return bookOther
}

// isBookHeader takes a row that names an address column and a name column for
// the header of an address book.
func isBookHeader(c columns) bool {
	var seen [bookNote + 1]bool
	for name := range c {
		seen[bookColumnOf(name)] = true
	}
	return seen[bookEmail] && (seen[bookName] || seen[bookGiven] || seen[bookFamily])
}

func isCSVBook(_ string, head []byte) bool {
	_, ok := findHeader(head, isBookHeader)
	return ok
}

// readCSVBook reads an address book with one contact a row.
func readCSVBook(ctx context.Context, r io.Reader, j *job) error {
	t, err := newRows(r, j, isBookHeader)
	if err != nil {
		return err
	}
	var places [bookNote + 1][]int
	for i, name := range t.names {
		kind := bookColumnOf(name)
		places[kind] = append(places[kind], i)
	}
	for n := 0; t.next(); n++ {
		if n == maxCards {
			j.problem(t.row.line, "", "the address book holds more than 100,000 rows and the rest was not read; split it")
			return nil
		}
		j.contact(bookRow(t, &places))
	}
	if t.err != nil {
		return t.err
	}
	return ctx.Err()
}

// bookRow turns a row into a contact.
func bookRow(t *rows, places *[bookNote + 1][]int) kith.Contact {
	first := func(kind bookColumn) string {
		for _, i := range places[kind] {
			if v := t.line(i); v != "" {
				return v
			}
		}
		return ""
	}
	c := kith.Contact{Source: kith.FromBook}
	full, given, family := first(bookName), first(bookGiven), first(bookFamily)
	switch {
	case full != "" && len(places[bookGiven]) > 0 && len(places[bookFamily]) == 0: // "Name, Vorname"
		full = given + " " + full
	case full == "":
		full = given + " " + first(bookMiddle) + " " + family
	}
	c.Who.Name, c.Who.First = naturalName(line(full)), given
	for _, i := range places[bookEmail] {
		for v := range strings.SplitSeq(t.line(i), ":::") { // Google's several values
			addEmail(&c.Who, v)
		}
	}
	for _, i := range places[bookCompany] {
		addCompany(&c, t.line(i))
	}
	for _, i := range places[bookLink] {
		for v := range strings.SplitSeq(t.line(i), ":::") {
			addSlug(&c.Who, v)
		}
	}
	for _, i := range places[bookNote] {
		if c.Note == "" {
			c.Note = contactNote(t.text(i))
		}
	}
	return c
}
