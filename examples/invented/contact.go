package invented

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"strings"
)

// card is one entry of Judith's address book.
type card struct {
	name, organisation, note string
	emails                   []string
	linked                   bool // the profile's link is on the card
	version                  string
}

// readCards reads the address book.
func readCards() ([]card, error) {
	rows, err := readRows("judith/contacts.tsv", 6)
	if err != nil {
		return nil, err
	}
	var out []card
	for _, row := range rows {
		c := card{name: row[0], organisation: row[2], linked: row[3] == "yes", version: row[4], note: row[5]}
		for address := range strings.SplitSeq(row[1], ",") {
			c.emails = append(c.emails, strings.TrimSpace(address))
		}
		if cardHeads[c.version] == "" {
			return nil, bad("contacts.tsv: "+c.name, "the version must be 2.1, 3.0 or 4.0")
		}
		out = append(out, c)
	}
	return out, nil
}

// cardHeads gives the head of an address by version of the card.
var cardHeads = map[string]string{"2.1": "EMAIL;INTERNET", "3.0": "EMAIL;TYPE=INTERNET", "4.0": "EMAIL"}

// linkHeads gives the head of a profile's link by version: telephones write it
// as a social profile, newer programmes as a link.
var linkHeads = map[string]string{"2.1": "URL", "3.0": "X-SOCIALPROFILE;TYPE=linkedin", "4.0": "URL;TYPE=profile"}

// writeCards writes the address book: a mix of versions, as years of telephones
// leave it.
func writeCards(cards []card) []byte {
	var b bytes.Buffer
	for i := range cards {
		c := &cards[i]
		given, family := splitName(c.name)
		lines := []string{"BEGIN:VCARD", "VERSION:" + c.version,
			c.text("N", escapeCard(family)+";"+escapeCard(given)+";;;"),
			c.text("FN", escapeCard(c.name)),
		}
		if c.organisation != "" {
			lines = append(lines, c.text("ORG", escapeCard(c.organisation)))
		}
		for _, address := range c.emails {
			lines = append(lines, cardHeads[c.version]+":"+address)
		}
		if c.linked {
			lines = append(lines, linkHeads[c.version]+":"+linkOf(c.name))
		}
		if c.note != "" {
			lines = append(lines, c.text("NOTE", escapeCard(c.note)))
		}
		for _, line := range append(lines, "END:VCARD") {
			if c.version != "2.1" { // there, only quoted-printable breaks lines
				line = fold(line)
			}
			b.WriteString(line + "\r\n")
		}
	}
	return b.Bytes()
}

// text gives a line of text; cards of version 2.1 cannot hold letters beyond
// ASCII and write them quoted-printable.
func (c *card) text(head, value string) string {
	if c.version != "2.1" || isASCII(value) {
		return head + ":" + value
	}
	return head + ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + quotedPrintable(value)
}

// quotedPrintable encodes a text in lines of at most 76 bytes.
func quotedPrintable(text string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	// A strings.Builder takes everything: neither call can fail.
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > '~' }) < 0
}

// splitName parts a name at its first space, well enough for an address book.
func splitName(name string) (given, family string) {
	given, family, _ = strings.Cut(name, " ")
	return given, family
}

// escapeCard writes a text as vCard and iCalendar want it.
func escapeCard(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold breaks a line after 75 bytes at most, between letters.
func fold(line string) string {
	var b strings.Builder
	width := 0
	for _, r := range line {
		if n := len(string(r)); width+n > 75 {
			b.WriteString("\r\n ")
			width = 1
		}
		b.WriteRune(r)
		width += len(string(r))
	}
	return b.String()
}
