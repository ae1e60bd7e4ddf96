package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
)

// maxContentLine bounds what is kept of one unfolded line. A photo inside a
// card is longer, and is not wanted.
const maxContentLine = 64 << 10

// maxContentParams bounds the parameters of one line.
const maxContentParams = 50

// contentLine is one line of a vCard or an iCalendar file. Both formats share
// their grammar: "group.NAME;PARAM=value:value", long lines folded.
type contentLine struct {
	name   string // upper case, without the group; empty for a line without a colon
	params []contentParam
	value  []byte // raw, good until the next line is read
	cut    bool   // the line is longer than maxContentLine
}

type contentParam struct{ name, value string } // name in upper case

// contentReader reads content lines in memory that does not grow with their
// length: libraries for either format hold a whole card or calendar, and the
// largest photo in it.
type contentReader struct {
	in   *bufio.Reader
	buf  []byte
	cut  bool
	soft bool // the last line read ends in "="
}

func newContentReader(r io.Reader) *contentReader {
	in := bufio.NewReaderSize(r, 64<<10)
	return &contentReader{in: bufio.NewReaderSize(decoded(in), 64<<10)}
}

// next gives the next line that is not empty; io.EOF at the end.
func (c *contentReader) next() (contentLine, error) {
	for {
		err := c.unfold()
		if line := bytes.TrimRight(c.buf, "\r\n"); len(line) > 0 {
			return parseContentLine(line, c.cut), nil
		}
		if err != nil {
			return contentLine{}, err
		}
	}
}

// unfold reads one logical line into buf: a line that begins with white space
// continues the one before, and so does what follows a "=" that ends a line of
// quoted-printable.
func (c *contentReader) unfold() error {
	c.buf, c.cut = c.buf[:0], false
	for {
		if err := c.physical(); err != nil {
			return err
		}
		next, err := c.in.Peek(1)
		switch {
		case err != nil:
			return nil // the end is told by the next call
		case (next[0] == ' ' || next[0] == '\t') && len(c.buf) > 0:
			if _, err := c.in.Discard(1); err != nil {
				return err
			}
		case c.soft && isQuotedPrintable(c.buf):
			c.buf = bytes.TrimSuffix(c.buf, []byte("="))
		default:
			return nil
		}
	}
}

// physical appends one line as it stands in the file, without its end.
func (c *contentReader) physical() error {
	for {
		piece, err := c.in.ReadSlice('\n')
		c.soft = bytes.HasSuffix(bytes.TrimRight(piece, "\r\n"), []byte("="))
		if room := maxContentLine - len(c.buf); len(piece) > room {
			piece, c.cut = piece[:room], true
		}
		c.buf = append(c.buf, piece...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil || len(c.buf) > 0 && errors.Is(err, io.EOF):
			c.buf = bytes.TrimRight(c.buf, "\r\n")
			return nil
		}
		return err
	}
}

// isQuotedPrintable reports whether the parameters of a line name that
// encoding. They stand at its start.
func isQuotedPrintable(line []byte) bool {
	params, _, _ := bytes.Cut(line[:min(len(line), 256)], []byte(":"))
	return bytes.Contains(bytes.ToUpper(params), []byte("QUOTED-PRINTABLE"))
}

// parseContentLine takes a logical line apart.
func parseContentLine(line []byte, cut bool) contentLine {
	l := contentLine{cut: cut}
	head, value, ok := cutOutsideQuotes(line, ':')
	if !ok {
		l.value = line
		return l
	}
	l.value = value
	name, rest, more := cutOutsideQuotes(head, ';')
	if i := bytes.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	l.name = strings.ToUpper(string(bytes.TrimSpace(name)))
	for more && len(l.params) < maxContentParams {
		var p []byte
		p, rest, more = cutOutsideQuotes(rest, ';')
		l.params = append(l.params, parseContentParam(p))
	}
	return l
}

// paramEscapes undoes quotes and the escapes of RFC 6868.
var paramEscapes = strings.NewReplacer(`"`, "", "^^", "^", "^n", " ", "^'", `"`)

// parseContentParam reads "NAME=value"; vCard 2.1 writes some values alone.
func parseContentParam(b []byte) contentParam {
	name, value, ok := strings.Cut(decodeCharset(b, ""), "=")
	if !ok {
		name, value = "TYPE", name
		if strings.EqualFold(value, "QUOTED-PRINTABLE") || strings.EqualFold(value, "BASE64") {
			name = "ENCODING"
		}
	}
	if strings.ContainsAny(value, `"^`) {
		value = paramEscapes.Replace(value)
	}
	return contentParam{strings.ToUpper(strings.TrimSpace(name)), value}
}

// cutOutsideQuotes cuts b around the first sep that is not in double quotes.
func cutOutsideQuotes(b []byte, sep byte) (before, after []byte, found bool) {
	quoted := false
	for i, c := range b {
		switch {
		case c == '"':
			quoted = !quoted
		case c == sep && !quoted:
			return b[:i], b[i+1:], true
		}
	}
	return b, nil, false
}

// param gives the value of the first parameter of this name (in upper case).
func (l *contentLine) param(name string) string {
	for _, p := range l.params {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// raw gives the value decoded, still escaped.
func (l *contentLine) raw() string {
	b := l.value
	if strings.EqualFold(l.param("ENCODING"), "QUOTED-PRINTABLE") {
		// What is damaged ends the value; what stands before it is whole.
		b, _ = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(b)))
	}
	return decodeCharset(b, l.param("CHARSET"))
}

// text gives the value as text, escapes undone. Not cleaned.
func (l *contentLine) text() string { return strings.Join(l.fields(0), "") }

// fields gives the parts of a value divided by sep, escapes undone; with sep 0
// the value is one part.
func (l *contentLine) fields(sep byte) []string {
	s := l.raw()
	if strings.IndexByte(s, '\\') < 0 && (sep == 0 || strings.IndexByte(s, sep) < 0) {
		return []string{s}
	}
	var out []string
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			if i++; s[i] == 'n' || s[i] == 'N' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(s[i])
			}
		case c == sep && sep != 0:
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return append(out, b.String())
}
