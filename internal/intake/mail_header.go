package intake

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"kith"
)

// maxHeaderFields bounds the fields of one mail header or MIME part.
const maxHeaderFields = 2_000

// maxHeaderValue bounds what is kept of one line of a field, and with it what
// encoded words can unfold to.
const maxHeaderValue = 8 << 10

// headerField is one field of a mail header, its folded lines joined.
type headerField struct{ name, value string }

// mailHeader holds the fields of one mail or MIME part in their order. Package
// net/mail would do, but it links the network, which readers must not.
type mailHeader []headerField

// parseHeader reads the fields up to the first empty line of b and gives what
// stands behind that line. Lines that are no field are passed over.
func parseHeader(b []byte) (h mailHeader, body []byte) {
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		b = rest
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return h, b
		}
		if line[0] == ' ' || line[0] == '\t' {
			h.fold(line)
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(h) == maxHeaderFields {
			continue
		}
		h = append(h, headerField{strings.ToLower(string(bytes.TrimSpace(name))), headerText(bytes.TrimSpace(value))})
	}
	return h, nil
}

// fold adds a continuation line to the last field, up to the length anybody
// reads of a value.
func (h mailHeader) fold(line []byte) {
	if len(h) == 0 {
		return
	}
	last := &h[len(h)-1]
	if len(last.value) < maxHeaderValue {
		last.value += " " + headerText(bytes.TrimSpace(line))
	}
}

// headerText reads raw bytes of a header: UTF-8, or else the Western code page
// old programs wrote without saying so.
func headerText(b []byte) string {
	if len(b) > maxHeaderValue {
		b = b[:maxHeaderValue]
	}
	if utf8.Valid(b) {
		return string(b)
	}
	return decodeCharset(b, "windows-1252")
}

// get gives the raw value of the first field of this name (in lower case).
func (h mailHeader) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// text gives the first field of this name as text, encoded words decoded. Not
// cleaned.
func (h mailHeader) text(name string) string { return decodeWords(h.get(name)) }

// decodeWords decodes RFC 2047 words; what cannot be decoded stays as it is.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	dec := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		b, err := io.ReadAll(r)
		return strings.NewReader(decodeCharset(b, charset)), err
	}}
	out, err := dec.DecodeHeader(s)
	if err != nil {
		return s
	}
	return out
}

// decodeCharset reads b in the named character set. Names nobody knows, and
// bytes that are not the UTF-8 they claim to be, are read as Windows-1252, in
// which every byte is a letter.
func decodeCharset(b []byte, charset string) string {
	switch strings.ToLower(charset) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		if utf8.Valid(b) {
			return string(b)
		}
	default:
		if enc, err := htmlindex.Get(charset); err == nil {
			if out, err := enc.NewDecoder().Bytes(b); err == nil {
				return string(out)
			}
		}
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// address reads the first address of a field such as From: the name beside it,
// cleaned, and the folded address. Either may be empty.
func (h mailHeader) address(name string) (display, email string) {
	raw := h.get(name)
	open := strings.LastIndexByte(raw, '<')
	if open < 0 {
		email, _ = kith.FoldEmail(raw)
		return "", email
	}
	addr, _, _ := strings.Cut(raw[open+1:], ">")
	email, _ = kith.FoldEmail(addr)
	display = strings.TrimSpace(raw[:open])
	if len(display) > 1 && display[0] == '"' && display[len(display)-1] == '"' {
		display = strings.ReplaceAll(display[1:len(display)-1], `\`, "")
	}
	return kith.CleanLine(decodeWords(display)), email
}

// dateLayouts are the forms of the Date field met in the wild, RFC 5322 first.
var dateLayouts = []string{
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04 MST",
	"2 Jan 06 15:04:05 -0700",
	"2 Jan 06 15:04:05 MST",
	"2 Jan 2006 15:04:05",
	time.RFC3339,
}

// date gives the time the mail says it was sent, in UTC; zero if it says none
// that can be read.
func (h mailHeader) date() time.Time {
	s := h.get("date")
	if i := strings.IndexByte(s, '('); i >= 0 { // a comment: "(CEST)"
		s = s[:i]
	}
	if i := strings.IndexByte(s, ','); i >= 0 { // the weekday, possibly not English
		s = s[i+1:]
	}
	s = strings.Join(strings.Fields(s), " ")
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
