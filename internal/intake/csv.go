package intake

import (
	"bytes"
	"fmt"
	"io"
)

// splitter cuts a stream of bytes into CSV rows (RFC 4180: quoted cells may hold
// delimiters, doubled quotes and line ends) in memory that does not grow with
// the stream. Package encoding/csv reads an unclosed quote to the end of the
// file, however long; here a row ends at maxRecord, and reading goes on with the
// line after the one where the quote was opened.
//
// It is lenient where nothing is in doubt: a quote inside a cell stands for
// itself, and a line may end in LF, CR LF or CR. A row over several lines must
// be well formed, or its first line alone is given up.
type splitter struct {
	r     io.Reader
	comma byte
	want  int // cells a row must have, 0 for any number

	buf      []byte
	pos, end int // buf[pos:end] is read and not yet used
	lf       int // place in buf of the LF found last, end if there is none, -1 if nobody looked
	eof      bool
	err      error // why r ended, if not well
	line     int   // number of the line at pos
	rewinds  int

	cells   [][]byte
	scratch []byte // cells with doubled quotes, undoubled
	stray   bool   // the row holds a quote inside a quoted cell
	crowded bool   // the row has more cells than maxFields
}

// csvRow is one row. Its bytes are good until the next row is read.
type csvRow struct {
	line  int // number of the line it begins on, from 1
	cells [][]byte
	raw   []byte
	fault string // why it cannot be used, empty if it can
}

// unended reports whether the file ends before the row's line does.
func (r csvRow) unended() bool {
	return len(r.raw) > 0 && r.raw[len(r.raw)-1] != '\n' && r.raw[len(r.raw)-1] != '\r'
}

// csvWindow is the first size of a splitter's buffer: hundreds of rows.
const csvWindow = 128 << 10

func newSplitter(r io.Reader, comma byte) *splitter {
	return &splitter{r: r, comma: comma, buf: make([]byte, csvWindow), lf: -1, line: 1}
}

// splitText cuts text that is in memory.
func splitText(text []byte, comma byte) *splitter {
	return &splitter{comma: comma, buf: text, end: len(text), eof: true, lf: -1, line: 1}
}

// next gives the next row; the error is io.EOF at the end of the stream.
func (s *splitter) next() (csvRow, error) {
	for {
		b := s.buf[s.pos:s.end]
		final := s.eof && s.err == nil
		if len(b) == 0 && s.eof {
			return csvRow{}, s.ending()
		}
		n, quoted, ok := s.cut(b, final)
		switch {
		case ok:
			return s.take(n), nil
		case !s.eof && len(b) < maxRecord:
			s.fill()
		case s.err != nil:
			return csvRow{}, s.err
		case quoted:
			return s.unclosed()
		default:
			return s.tooLong()
		}
	}
}

func (s *splitter) ending() error {
	if s.err != nil {
		return s.err
	}
	return io.EOF
}

// cut cuts the row at the start of b into cells. It gives the row's length in
// bytes, line end included; ok is false if b ends inside the row, and quoted
// tells whether that is inside a quoted cell. final says that nothing follows b.
func (s *splitter) cut(b []byte, final bool) (n int, quoted, ok bool) {
	s.cells, s.scratch, s.stray, s.crowded = s.cells[:0], s.scratch[:0], false, false
	line := -1 // end of the line that holds b[i], once it was looked for
	for i := 0; ; i++ {
		var cell []byte
		if i < len(b) && b[i] == '"' {
			if cell, i, ok = s.quoted(b, i, final); !ok {
				return 0, true, false
			}
		} else {
			if line < i {
				line = s.lineEnd(b, i)
			}
			from := i
			if i = bytes.IndexByte(b[from:line], s.comma); i < 0 {
				i = line - from
			}
			i += from
			cell = b[from:i]
		}
		if s.crowded = len(s.cells) == maxFields; !s.crowded {
			s.cells = append(s.cells, cell)
		}
		if i < len(b) && b[i] == s.comma {
			continue
		}
		n, ok = endOfLine(b, i, final)
		return n, false, ok
	}
}

// lineEnd gives where in b the line ends that holds b[i]. The LF is looked for
// once, not once a row, or a large file without one would take hours.
func (s *splitter) lineEnd(b []byte, i int) int {
	if s.lf < s.pos+i {
		if s.lf = bytes.IndexByte(b[i:], '\n'); s.lf < 0 {
			s.lf = len(b) - i
		}
		s.lf += s.pos + i
	}
	end := s.lf - s.pos
	if cr := bytes.IndexByte(b[i:end], '\r'); cr >= 0 {
		return i + cr
	}
	return end
}

// quoted reads the quoted cell that starts at b[i] and gives its value and what
// follows its closing quote.
func (s *splitter) quoted(b []byte, i int, final bool) (cell []byte, next int, ok bool) {
	from := i + 1
	doubled := false
	for at := from; ; {
		k := bytes.IndexByte(b[at:], '"')
		if k < 0 {
			return nil, 0, false
		}
		at += k + 1
		if at == len(b) && !final {
			return nil, 0, false
		}
		if at == len(b) || b[at] == s.comma || b[at] == '\n' || b[at] == '\r' {
			cell = b[from : at-1]
			if doubled {
				cell = s.undouble(cell)
			}
			return cell, at, true
		}
		if b[at] == '"' {
			doubled = true
			at++
		} else {
			s.stray = true
		}
	}
}

// undouble gives a cell with its doubled quotes single. It copies: the row may
// be read again.
func (s *splitter) undouble(cell []byte) []byte {
	from := len(s.scratch)
	for {
		k := bytes.IndexByte(cell, '"')
		if k < 0 {
			s.scratch = append(s.scratch, cell...)
			return s.scratch[from:]
		}
		s.scratch = append(s.scratch, cell[:k+1]...)
		cell = cell[k+1:]
		if len(cell) > 0 && cell[0] == '"' {
			cell = cell[1:]
		}
	}
}

// firstLineEnd gives the place of the first LF or CR in b, its length if there
// is none.
func firstLineEnd(b []byte) int {
	if lf := bytes.IndexByte(b, '\n'); lf >= 0 {
		b = b[:lf]
	}
	if cr := bytes.IndexByte(b, '\r'); cr >= 0 {
		return cr
	}
	return len(b)
}

// endOfLine gives the place after the line end at b[i]; ok is false if b ends
// before it can be told.
func endOfLine(b []byte, i int, final bool) (next int, ok bool) {
	switch {
	case i == len(b):
		return i, final
	case b[i] == '\n':
		return i + 1, true
	case i+1 == len(b):
		return i + 1, final
	case b[i+1] == '\n':
		return i + 2, true
	}
	return i + 1, true
}

// take gives the n bytes cut last as a row.
func (s *splitter) take(n int) csvRow {
	row := csvRow{line: s.line, cells: s.cells, raw: s.buf[s.pos : s.pos+n]}
	lines := countLines(row.raw)
	fits := s.want == 0 || len(s.cells) == s.want
	if lines > 1 && (s.stray || !fits) && s.rewinds < maxRewinds {
		row, _ = s.unclosed()
		return row
	}
	switch {
	case s.crowded:
		row.fault = fmt.Sprintf("has more than %d columns; left out", maxFields)
	case !fits && !isBlank(row.raw):
		row.fault = fmt.Sprintf("has %d columns where the first row has %d; left out", len(s.cells), s.want)
	}
	s.pos += n
	s.line += lines
	return row
}

// unclosed gives up the line at which a quote was opened that is closed nowhere
// near, and goes on with the next.
func (s *splitter) unclosed() (csvRow, error) {
	b := s.buf[s.pos:s.end]
	i := firstLineEnd(b)
	if i == len(b) {
		return s.tooLong()
	}
	if s.rewinds++; s.rewinds > maxRewinds {
		return csvRow{}, limitError("line %d: more than %d quotes are opened and never closed; export the file again", s.line, maxRewinds)
	}
	n, _ := endOfLine(b, i, true)
	row := csvRow{line: s.line, raw: b[:n], fault: "a quote is opened here and not closed; the line was left out"}
	s.pos += n
	s.line++
	return row, nil
}

// tooLong passes over a line that ends neither within maxRecord nor, if it is
// the last, where it should.
func (s *splitter) tooLong() (csvRow, error) {
	row := csvRow{line: s.line, fault: fmt.Sprintf("longer than %d KiB; left out", maxRecord>>10)}
	if s.eof {
		row.fault = "the file ends inside this row; export it again"
	}
	s.line++
	for {
		b := s.buf[s.pos:s.end]
		i := firstLineEnd(b)
		if i < len(b) {
			if n, ok := endOfLine(b, i, s.eof); ok {
				s.pos += n
				return row, nil
			}
		}
		if s.pos += i; s.eof {
			return row, s.err
		}
		s.fill()
	}
}

// fill moves what is not yet used to the front of the buffer and reads more,
// into a larger buffer if this one is full.
func (s *splitter) fill() {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.pos, s.end = 0, s.end-s.pos
	}
	s.lf = -1
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err != nil {
		s.eof = true
		if err != io.EOF {
			s.err = err
		}
	}
}

// countLines gives how many lines a row stands on.
func countLines(row []byte) int {
	n := bytes.Count(row, []byte("\n"))
	for {
		i := bytes.IndexByte(row, '\r')
		if i < 0 {
			return max(n, 1)
		}
		if i+1 == len(row) || row[i+1] != '\n' {
			n++
		}
		row = row[i+1:]
	}
}

func isBlank(row []byte) bool { return len(bytes.TrimRight(row, "\r\n")) == 0 }
