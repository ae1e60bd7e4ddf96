package invented

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"kith"
)

// message is one mail of the mailbox.
type message struct {
	from, subject  string
	date           time.Time
	kind           string // LinkedIn's template; empty for other mail
	result, signer string // what the receiving server found, and who signed; empty for other mail
	parts          []part // several are alternatives
}

// part is one body of a mail.
type part struct {
	html    bool
	charset string // empty is UTF-8
	base64  bool   // otherwise quoted-printable
	text    string
}

// mailbox makes the member's mailbox: the invitations' mails, their reminders,
// copies by somebody else, and everything else one gets, oldest first.
func (l *life) mailbox() ([]byte, error) {
	w, err := newPostman()
	if err != nil {
		return nil, err
	}
	for i := range l.letters {
		if err := w.deliver(&l.letters[i]); err != nil {
			return nil, err
		}
	}
	for _, read := range []func() ([]message, error){w.readCopies, readOtherMail} {
		messages, err := read()
		if err != nil {
			return nil, err
		}
		w.delivered = append(w.delivered, messages...)
	}
	byTime(w.delivered, func(m message) time.Time { return m.date })
	var b bytes.Buffer
	for i := len(w.delivered) - 1; i >= 0; i-- {
		if err := w.delivered[i].write(&b); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

// readOtherMail reads the mail that is no invitation.
func readOtherMail() ([]message, error) {
	stanzas, err := readStanzas("judith/othermail.txt")
	if err != nil {
		return nil, err
	}
	var out []message
	for i := range stanzas {
		s := &stanzas[i]
		m := message{from: s.get("from"), subject: s.get("subject"), kind: s.get("kind")}
		if m.date, err = s.minute("date"); err != nil {
			return nil, err
		}
		if m.kind != "" {
			m.result, m.signer = genuine, "linkedin.com"
		}
		m.parts = []part{{charset: s.get("charset"), text: s.get("body") + "\n"}}
		out = append(out, m)
	}
	return out, nil
}

// genuine is what the receiving server finds in a mail LinkedIn sent.
const genuine = "dkim=pass header.d=linkedin.com; dmarc=pass"

// write writes the mail into a mailbox of the kind mboxrd.
func (m *message) write(b *bytes.Buffer) error {
	_, address, _ := strings.Cut(strings.TrimSuffix(m.from, ">"), "<")
	fmt.Fprintf(b, "From %s %s\n", address, m.date.Format(time.ANSIC))
	name := strings.TrimSpace(strings.TrimSuffix(m.from, "<"+address+">"))
	head := func(key, value string) { fmt.Fprintf(b, "%s: %s\n", key, value) }
	if m.result != "" {
		head("Authentication-Results", "mx.vanderlinden.example; "+m.result)
		head("DKIM-Signature", "v=1; d="+m.signer+"; bh=invented; b=invented")
	}
	head("From", encodeName(name)+" <"+address+">")
	head("To", owner+" <"+ownerEmail+">")
	head("Subject", mime.QEncoding.Encode("utf-8", m.subject))
	head("Date", m.date.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	head("Message-ID", "<"+number("mail", m.from+m.subject+m.date.String())+"@mail.example>")
	if m.kind != "" {
		head("X-LinkedIn-Template", m.kind)
	}
	head("MIME-Version", "1.0")
	var body bytes.Buffer
	if err := m.writeBody(&body); err != nil {
		return err
	}
	b.Write(quoteFrom(body.Bytes()))
	b.WriteString("\n")
	return nil
}

// encodeName writes a display name: in quotes, or as encoded words.
func encodeName(name string) string {
	name = strings.Trim(name, `"`)
	if isASCII(name) {
		return `"` + name + `"`
	}
	return mime.QEncoding.Encode("utf-8", name)
}

// writeBody writes one part, or several as alternatives.
func (m *message) writeBody(b *bytes.Buffer) error {
	if len(m.parts) == 1 {
		return m.parts[0].write(b)
	}
	boundary := "----=_Part_" + number("boundary", m.from+m.date.String())
	fmt.Fprintf(b, "Content-Type: multipart/alternative; boundary=\"%s\"\n\n", boundary)
	for i := range m.parts {
		fmt.Fprintf(b, "--%s\n", boundary)
		if err := m.parts[i].write(b); err != nil {
			return err
		}
	}
	fmt.Fprintf(b, "--%s--\n", boundary)
	return nil
}

// write writes the part's own header and its text.
func (p *part) write(b *bytes.Buffer) error {
	kind, charset, encoding := "text/plain", "UTF-8", "quoted-printable"
	text := p.text
	if p.html {
		kind = "text/html"
	}
	if p.charset != "" {
		charset = p.charset
		enc, err := htmlindex.Get(charset)
		if err == nil {
			text, err = enc.NewEncoder().String(text)
		}
		if err != nil {
			return &kith.Error{Kind: kith.Internal, Field: "othermail.txt", Msg: "a text does not fit its charset " + charset, Err: err}
		}
	}
	if p.base64 {
		encoding, text = "base64", base64Lines(text)
	} else {
		text = strings.ReplaceAll(quotedPrintable(text), "\r\n", "\n")
	}
	_, err := fmt.Fprintf(b, "Content-Type: %s; charset=%s\nContent-Transfer-Encoding: %s\n\n%s", kind, charset, encoding, text)
	return err
}

// base64Lines encodes a text in lines of 76 letters.
func base64Lines(text string) string {
	const width = 76
	var b strings.Builder
	for code := base64.StdEncoding.EncodeToString([]byte(text)); code != ""; {
		n := min(width, len(code))
		b.WriteString(code[:n] + "\n")
		code = code[n:]
	}
	return b.String()
}

// quoteFrom keeps lines of a body from looking like the next mail.
func quoteFrom(body []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(body) {
		if bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			b.WriteByte('>')
		}
		b.Write(line)
	}
	return b.Bytes()
}
