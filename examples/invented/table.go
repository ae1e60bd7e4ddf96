package invented

import (
	"archive/zip"
	"bufio"
	"io"
	"strings"
	"time"
)

// table writes rows the way LinkedIn's archive does: line feeds, commas, quotes
// doubled. Errors wait for flush.
type table struct {
	w     *bufio.Writer
	comma byte
	// quoted puts every cell in quotes, as messages.csv of 2026 and the files in
	// UTF-16 do; otherwise only cells that need them are.
	quoted bool
}

func newTable(w io.Writer) *table { return &table{w: bufio.NewWriter(w), comma: ','} }

// row writes one row.
func (t *table) row(cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			t.w.WriteByte(t.comma)
		}
		if !t.quoted && !strings.ContainsAny(cell, ",\"\n\r") {
			t.w.WriteString(cell)
			continue
		}
		t.w.WriteByte('"')
		t.w.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		t.w.WriteByte('"')
	}
	t.w.WriteByte('\n')
}

// raw writes lines that are no row.
func (t *table) raw(text string) { t.w.WriteString(text) }

// flush gives the first error of all writing so far.
func (t *table) flush() error { return t.w.Flush() }

// The forms of time in the archive.
const (
	sentLayout      = "1/2/06, 3:04 PM"
	connectedLayout = "02 Jan 2006"
	messageLayout   = "2006-01-02 15:04:05 UTC"
)

// The headers of 2026.
var (
	invitationHeader = []string{"From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"}
	connectionHeader = []string{"First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"}
	messageHeader    = []string{"CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS",
		"DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"}
)

// preamble stands above the header of Connections.csv.
const preamble = "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing. " +
	"You will only see email addresses for connections who have allowed their connections to see or download their email address " +
	"using this setting https://www.linkedin.com/psettings/privacy/email. " +
	"You can learn more here https://www.linkedin.com/help/linkedin/answer/261\"\n\n"

// exportedAt is the time of every archive made here.
var exportedAt = time.Date(2026, time.November, 20, 21, 5, 0, 0, time.UTC)

// pack writes a zip archive whose bytes depend on nothing but its content.
type pack struct{ zw *zip.Writer }

func newPack(w io.Writer) *pack { return &pack{zip.NewWriter(w)} }

// create begins the next file; the file before it ends.
func (p *pack) create(name string) (io.Writer, error) {
	return p.zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: exportedAt})
}

// table writes one file of rows.
func (p *pack) table(name string, fill func(*table)) error {
	w, err := p.create(name)
	if err != nil {
		return err
	}
	t := newTable(w)
	fill(t)
	return t.flush()
}

// file writes one file of bytes.
func (p *pack) file(name string, content []byte) error {
	w, err := p.create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// close ends the archive.
func (p *pack) close() error { return p.zw.Close() }
