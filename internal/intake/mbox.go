package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
)

// Limits of mail files. A mail past one of them is skipped and reported.
const (
	maxMail       = 25 << 20 // bytes of one mail, as mail servers accept them
	maxMailHeader = 1 << 20  // bytes of one mail's header
	maxMails      = 100_000  // mails read of one file
)

// mailbox splits a stream into mails and hands each to its job. It keeps the
// header of the mail it is in, and the body only of the few that may matter;
// all others flow past.
type mailbox struct {
	j    *job
	n    int    // number of the current mail, from 1
	head []byte // header so far, with line ends
	body []byte
	kept mailHeader // parsed header of a mail whose body is wanted

	inBody bool
	blank  bool // the line before was empty: a "From " line may follow
	fault  string
}

// readMbox reads a mailbox file: mails divided by lines that start with
// "From ".
func readMbox(ctx context.Context, r io.Reader, j *job) error {
	return readMails(ctx, r, &mailbox{j: j, blank: true}, true)
}

// readMail reads a file that is one mail.
func readMail(ctx context.Context, r io.Reader, j *job) error {
	return readMails(ctx, r, &mailbox{j: j, n: 1}, false)
}

func readMails(ctx context.Context, r io.Reader, m *mailbox, divided bool) error {
	in := bufio.NewReaderSize(r, 64<<10)
	lineStart := true
	for lines := 0; ; lines++ {
		if lines%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, err := in.ReadSlice('\n')
		if divided && lineStart && m.blank && isFromLine(line) {
			if m.end(); m.n == maxMails {
				m.j.problem(0, "", "the file holds more than 100,000 mails and the rest was not read; export only the mails from linkedin.com and bring that file")
				return nil
			}
			m.n++
		} else if m.n > 0 && len(line) > 0 {
			m.line(line, lineStart, divided)
		}
		switch {
		case err == nil, errors.Is(err, bufio.ErrBufferFull):
			lineStart = err == nil
		case errors.Is(err, io.EOF):
			m.end()
			return ctx.Err()
		default:
			return err
		}
	}
}

// isFromLine reports whether line divides two mails: "From ", a sender, and a
// time. Without the time it is a sentence that begins so.
func isFromLine(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	for i := 7; i+2 < len(line); i++ {
		if line[i] == ':' && isDigit(line[i-1]) && isDigit(line[i-2]) && isDigit(line[i+1]) && isDigit(line[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// line takes the next line of the current mail, or the next piece of a very
// long one.
func (m *mailbox) line(line []byte, start, quoted bool) {
	empty := start && len(bytes.TrimRight(line, "\r\n")) == 0
	m.blank = empty
	switch {
	case m.fault != "":
	case !m.inBody && empty:
		m.header()
	case !m.inBody:
		if m.head = append(m.head, line...); len(m.head) > maxMailHeader {
			m.fault = "the mail's header is larger than 1 MiB; skipped"
		}
	case m.kept != nil:
		if quoted && start && isQuotedFrom(line) {
			line = line[1:]
		}
		if m.body = append(m.body, line...); len(m.body) > maxMail {
			m.fault = "the mail is larger than 25 MiB; skipped"
		}
	}
}

// header decides, once the header is whole, whether the mail is kept.
func (m *mailbox) header() {
	m.inBody = true
	if m.kept = wantedMail(m.head); m.kept == nil {
		m.j.ignore(otherMail)
	}
}

// isQuotedFrom reports whether a line of the body was marked with ">" because
// it would look like the start of a mail.
func isQuotedFrom(line []byte) bool {
	return len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From "))
}

// end closes the current mail and makes ready for the next.
func (m *mailbox) end() {
	if !m.inBody && len(m.head) > 0 {
		m.header()
	}
	if m.fault != "" {
		m.j.problem(m.n, "", m.fault)
	} else if m.kept != nil {
		m.j.mail(m.n, m.kept, m.body)
	}
	if cap(m.body) > 1<<20 { // one huge mail must not be paid for until the end
		m.body = nil
	}
	m.head, m.body, m.kept = m.head[:0], m.body[:0], nil
	m.inBody, m.blank, m.fault = false, false, ""
}
