package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"kith"
)

// columns says where a CSV file's columns are. Names are compared in lower case
// and without spaces, underscores and hyphens: "Sent At", "sent_at" and
// "SentAt" are one column. Of columns with the same name the first counts.
type columns map[string]int

// columnKey folds a column's name.
func columnKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' || r == '\ufeff' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}

func newColumns(cells [][]byte) columns {
	cols := make(columns, len(cells))
	for i, cell := range cells {
		key := columnKey(kith.CleanLine(string(cell)))
		if _, twice := cols[key]; !twice {
			cols[key] = i
		}
	}
	return cols
}

// at gives the place of the first of the names that is there, -1 if none is.
func (c columns) at(names ...string) int {
	for _, name := range names {
		if i, ok := c[columnKey(name)]; ok {
			return i
		}
	}
	return -1
}

// has reports whether all the names are there.
func (c columns) has(names ...string) bool { return c.missing(names...) == "" }

// missing gives the first of the names that is not there, empty if none is
// missing.
func (c columns) missing(names ...string) string {
	i := slices.IndexFunc(names, func(name string) bool { return c.at(name) < 0 })
	if i < 0 {
		return ""
	}
	return names[i]
}

// headerRow is a row near the start of a file that may name its columns.
type headerRow struct {
	comma byte
	cols  columns
}

// headerRows gives the rows at the start of a file, cut at each delimiter in
// use. A file whose first line is "sep=;" says its delimiter itself.
func headerRows(head []byte) []headerRow {
	text := headText(head)
	commas := []byte{',', ';', '\t'}
	if rest, ok := bytes.CutPrefix(text, []byte("sep=")); ok && len(rest) > 1 && strings.IndexByte(",;\t|", rest[0]) >= 0 {
		commas = rest[:1]
	}
	var rows []headerRow
	for _, comma := range commas {
		s := splitText(text, comma)
		for range maxPreamble {
			row, err := s.next()
			if err != nil {
				break
			}
			if row.fault == "" && !isBlank(row.raw) && bytes.IndexByte(row.raw, 0) < 0 {
				rows = append(rows, headerRow{comma, newColumns(row.cells)})
			}
		}
	}
	return rows
}

// headText gives the start of a file as UTF-8 without a byte order mark.
func headText(head []byte) []byte {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(head[:len(head)&^1])
		if err != nil {
			return nil
		}
		return text
	}
	return bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
}

// findHeader gives the first row at the start of a file that accept takes for
// the one that names the columns.
func findHeader(head []byte, accept func(columns) bool) (headerRow, bool) {
	rows := headerRows(head)
	if i := slices.IndexFunc(rows, func(r headerRow) bool { return accept(r.cols) }); i >= 0 {
		return rows[i], true
	}
	return headerRow{}, false
}

// rows reads a CSV file with a header row, one row at a time. Rows that cannot
// be used are reported to the job and passed over.
type rows struct {
	columns
	names   []string // the columns' names as written
	job     *job
	dates   dateForms
	row     csvRow
	split   *splitter
	charset charset
	// whole says that every row of such a file ends with a line end, so that a
	// last one without may be cut and is left out.
	whole bool
	err   error
}

// newRows finds delimiter and header row in r. The error says that no row
// within the first ones is accepted.
func newRows(r io.Reader, j *job, accept func(columns) bool) (*rows, error) {
	in := bufio.NewReaderSize(r, headBytes)
	head, err := in.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	header, ok := findHeader(head, accept)
	if !ok {
		return nil, errNoHeader
	}
	t := &rows{job: j, split: newSplitter(decoded(in), header.comma)}
	for range maxPreamble {
		row, err := t.split.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, errNoHeader
		case err != nil:
			return nil, err
		}
		if cols := newColumns(row.cells); row.fault == "" && accept(cols) {
			t.columns, t.split.want = cols, len(row.cells)
			for _, cell := range row.cells {
				t.names = append(t.names, kith.CleanLine(string(cell)))
			}
			return t, nil
		}
	}
	return nil, errNoHeader
}

var errNoHeader = &kith.Error{Kind: kith.Invalid, Msg: "no row names the columns; export the file again"}

// next reads the next row that can be used; false at the end or at an error,
// which err holds.
func (t *rows) next() bool {
	for {
		row, err := t.split.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.err = err
			}
			return false
		}
		switch {
		case row.fault != "":
			t.job.problem(row.line, "", row.fault)
		case isBlank(row.raw):
		case bytes.IndexByte(row.raw, 0) >= 0:
			t.job.problem(row.line, "", "holds NUL bytes; left out")
		case t.whole && row.unended():
			t.job.problem(row.line, "", "the file ends inside this row; export it again")
		default:
			t.row = row
			t.checkCharset()
			return true
		}
	}
}

// checkCharset settles the charset and reports what is not in it.
func (t *rows) checkCharset() {
	if t.charset == undecided {
		if t.charset = guessCharset(t.row.raw); t.charset == windows1252 {
			t.problem("", "not UTF-8; from here on read as Windows-1252")
		}
	}
	if t.charset != utf8Text || utf8.Valid(t.row.raw) {
		return
	}
	for i, cell := range t.row.cells {
		if !utf8.Valid(cell) {
			t.problem(t.names[i], "holds bytes that are not UTF-8; they are shown as \uFFFD")
		}
	}
}

// problem reports something about the current row.
func (t *rows) problem(column, msg string) { t.job.problem(t.row.line, column, msg) }

// cell gives the bytes of a column as they are, nil if there is no such column.
// They are good until the next row.
func (t *rows) cell(col int) []byte {
	if col < 0 || col >= len(t.row.cells) {
		return nil
	}
	return t.row.cells[col]
}

// line gives the value of a column that stands on one line, cleaned and of at
// most maxLineLetters.
func (t *rows) line(col int) string {
	cell := cutBytes(t.cell(col), maxLineBytes)
	return cutLetters(kith.CleanLine(unmarkFormula(t.charset.text(cell))), maxLineLetters)
}

// date reads the value of a column as a date.
func (t *rows) date(col int) (at time.Time, dateOnly, ok bool) {
	return t.dates.parse(string(cutBytes(t.cell(col), maxDateBytes)))
}

// text gives the value of a column that may have several lines, cleaned and of
// at most maxTextLetters.
func (t *rows) text(col int) string {
	cell := cutBytes(t.cell(col), maxTextBytes)
	return cutLetters(strings.TrimSpace(kith.Clean(unmarkFormula(t.charset.text(cell)))), maxTextLetters)
}
