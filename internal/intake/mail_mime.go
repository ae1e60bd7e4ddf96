package intake

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"

	"kith"
)

// Limits of one mail's inner structure. A real invitation has three parts on
// two levels and 80 kB of text.
const (
	maxMIMEDepth = 20
	maxMIMEParts = 1_000
	maxPartText  = 2 << 20 // bytes of one decoded text part
)

// textPart is one text of a mail, decoded to UTF-8 but not cleaned.
type textPart struct {
	html bool
	text string
}

// mimeWalk collects the texts of one mail.
type mimeWalk struct {
	parts int
	texts []textPart
}

// mailTexts gives the texts of a mail in their order: attachments, attached
// mails and everything that is not text are left out. It refuses a mail that
// is nested too deep, has too many parts, or is cut.
func mailTexts(h mailHeader, body []byte) ([]textPart, error) {
	var w mimeWalk
	if err := w.walk(h, body, 1); err != nil {
		return nil, err
	}
	return w.texts, nil
}

func mimeError(kind kith.Kind, msg string) error { return &kith.Error{Kind: kind, Msg: msg} }

func (w *mimeWalk) walk(h mailHeader, body []byte, depth int) error {
	if w.parts++; w.parts > maxMIMEParts {
		return mimeError(kith.Limit, "the mail has more than 1,000 parts; not read")
	}
	if depth > maxMIMEDepth {
		return mimeError(kith.Limit, "the mail is nested more than 20 deep; not read")
	}
	kind, params := contentType(h)
	if strings.HasPrefix(kind, "multipart/") {
		return w.multipart(body, params["boundary"], depth)
	}
	disposition, _, _ := strings.Cut(h.get("content-disposition"), ";")
	if kind != "text/plain" && kind != "text/html" || strings.EqualFold(strings.TrimSpace(disposition), "attachment") {
		return nil
	}
	raw, err := decodeTransfer(body, h.get("content-transfer-encoding"))
	if err != nil {
		return mimeError(kith.Invalid, "the mail's text is damaged; export it again")
	}
	w.texts = append(w.texts, textPart{html: kind == "text/html", text: decodeCharset(raw, params["charset"])})
	return nil
}

// multipart walks the parts between the boundaries. A mail whose closing
// boundary is missing was cut, and what is missing could be the name.
func (w *mimeWalk) multipart(body []byte, boundary string, depth int) error {
	if boundary == "" || len(boundary) > 200 {
		return mimeError(kith.Invalid, "the mail's parts cannot be told apart; export it again")
	}
	delim := []byte("--" + boundary)
	part, rest, last := cutPart(body, delim)
	for part != nil {
		if last {
			return nil
		}
		if part, rest, last = cutPart(rest, delim); part == nil {
			break
		}
		head, inner := parseHeader(part)
		if err := w.walk(head, inner, depth+1); err != nil {
			return err
		}
	}
	return mimeError(kith.Invalid, "the mail ends in the middle; export it again")
}

// cutPart gives what stands before the next delimiter line and what follows
// that line; last tells the closing delimiter. part is nil if there is none.
func cutPart(b, delim []byte) (part, rest []byte, last bool) {
	for from := 0; ; {
		i := bytes.Index(b[from:], delim)
		if i < 0 {
			return nil, nil, false
		}
		i += from
		from = i + len(delim)
		if i > 0 && b[i-1] != '\n' {
			continue
		}
		line, after, _ := bytes.Cut(b[from:], []byte("\n"))
		line = bytes.TrimSpace(line)
		if len(line) == 0 || string(line) == "--" {
			return b[:i:i], after, len(line) > 0
		}
	}
}

// contentType reads the Content-Type field; a missing or unreadable one counts
// as plain text, as RFC 2045 says. Broken parameters do not spoil the type.
func contentType(h mailHeader) (kind string, params map[string]string) {
	if kind, params, _ = mime.ParseMediaType(h.get("content-type")); !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	return kind, params
}

// decodeTransfer undoes the transfer encoding, up to maxPartText bytes.
func decodeTransfer(body []byte, encoding string) ([]byte, error) {
	var r io.Reader = bytes.NewReader(body)
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.RawStdEncoding, &base64Filter{r})
	}
	return io.ReadAll(io.LimitReader(r, maxPartText))
}

// base64Filter drops what is no letter of base64: line ends, padding, and the
// spaces and ">" some programs leave in.
type base64Filter struct{ r io.Reader }

func (f *base64Filter) Read(p []byte) (int, error) {
	for {
		n, err := f.r.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}
