package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// splitRow is a row as a test writes it down.
type splitRow struct {
	line  int
	cells []string
	fault string
}

// split cuts all of r.
func split(t testing.TB, r io.Reader, comma byte, want int) []splitRow {
	t.Helper()
	s := newSplitter(r, comma)
	s.want = want
	var rows []splitRow
	for {
		row, err := s.next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		got := splitRow{line: row.line, fault: row.fault}
		if row.fault == "" {
			for _, cell := range row.cells {
				got.cells = append(got.cells, string(cell))
			}
		}
		rows = append(rows, got)
	}
}

func TestSplitter(t *testing.T) {
	t.Parallel()
	const unclosed = "a quote is opened here and not closed; the line was left out"
	tests := map[string]struct {
		text  string
		comma byte
		want  int
		rows  []splitRow
	}{
		"lines end in LF":    {text: "a,b\nc,d\n", rows: []splitRow{{1, []string{"a", "b"}, ""}, {2, []string{"c", "d"}, ""}}},
		"lines end in CR LF": {text: "a,b\r\nc,d\r\n", rows: []splitRow{{1, []string{"a", "b"}, ""}, {2, []string{"c", "d"}, ""}}},
		"lines end in CR":    {text: "a,b\rc,d\r", rows: []splitRow{{1, []string{"a", "b"}, ""}, {2, []string{"c", "d"}, ""}}},
		"lines end in all":   {text: "a\r\nb\rc\nd", rows: []splitRow{{1, []string{"a"}, ""}, {2, []string{"b"}, ""}, {3, []string{"c"}, ""}, {4, []string{"d"}, ""}}},
		"no text":            {text: ""},
		"empty cells":        {text: ",\n\"\",\n", rows: []splitRow{{1, []string{"", ""}, ""}, {2, []string{"", ""}, ""}}},
		"quotes": {text: "\"a, \"\"b\"\"\",c\n\"one\ntwo\r\nthree\",d\ne,f\n", rows: []splitRow{
			{1, []string{`a, "b"`, "c"}, ""}, {2, []string{"one\ntwo\r\nthree", "d"}, ""}, {5, []string{"e", "f"}, ""}}},
		"other delimiters":     {text: "\"a;1\";b\n", comma: ';', rows: []splitRow{{1, []string{"a;1", "b"}, ""}}},
		"a quote inside":       {text: "a \"b\" c,\"d \"e\" f\"\n", rows: []splitRow{{1, []string{`a "b" c`, `d "e" f`}, ""}}},
		"a closing quote last": {text: "a,\"b\"", rows: []splitRow{{1, []string{"a", "b"}, ""}}},
		"too few cells":        {text: "a\nb,c\n", want: 2, rows: []splitRow{{1, nil, "has 1 columns where the first row has 2; left out"}, {2, []string{"b", "c"}, ""}}},
		"unclosed quote":       {text: "a,b\nc,\"d\ne,f\ng,h\n", want: 2, rows: []splitRow{{1, []string{"a", "b"}, ""}, {2, nil, unclosed}, {3, []string{"e", "f"}, ""}, {4, []string{"g", "h"}, ""}}},
		"unclosed, later ones are closed": {text: "a,\"b\nc,\"d\"\ne,f\n", want: 2, rows: []splitRow{
			{1, nil, unclosed}, {2, []string{"c", "d"}, ""}, {3, []string{"e", "f"}, ""}}},
		"unclosed, swallows a row": {text: "a,\"b\n\"c\",d\ne,f\n", want: 2, rows: []splitRow{
			{1, nil, unclosed}, {2, []string{"c", "d"}, ""}, {3, []string{"e", "f"}, ""}}},
		"unclosed at the end": {text: "a,b\nc,\"d", want: 2, rows: []splitRow{{1, []string{"a", "b"}, ""}, {2, nil, "the file ends inside this row; export it again"}}},
		"many columns":        {text: strings.Repeat(",", maxFields) + "\nb\n", rows: []splitRow{{1, nil, "has more than 200 columns; left out"}, {2, []string{"b"}, ""}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			comma := max(test.comma, ',')
			for _, r := range []io.Reader{strings.NewReader(test.text), iotest.OneByteReader(strings.NewReader(test.text))} {
				if got := split(t, r, comma, test.want); !slices.EqualFunc(got, test.rows, sameRow) {
					t.Errorf("got  %+v\nwant %+v", got, test.rows)
				}
			}
		})
	}
}

func sameRow(a, b splitRow) bool {
	return a.line == b.line && a.fault == b.fault && slices.Equal(a.cells, b.cells)
}

// TestSplitterReadsCSV reads back what encoding/csv writes, whatever the cells
// hold.
func TestSplitterReadsCSV(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.RuneFrom([]rune("ab ,;\"\n\té\U0001F30A")))
		width := rapid.IntRange(1, 5).Draw(t, "width")
		table := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 0, 20).Draw(t, "table")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "CRLF")
		if err := w.WriteAll(table); err != nil {
			t.Fatal(err)
		}
		var got [][]string
		s := newSplitter(iotest.HalfReader(&b), ',')
		s.want = width
		for {
			row, err := s.next()
			if err != nil {
				break
			}
			if row.fault != "" {
				t.Fatalf("line %d: %s", row.line, row.fault)
			}
			var cells []string
			for _, c := range row.cells {
				cells = append(cells, strings.ReplaceAll(string(c), "\r\n", "\n"))
			}
			if !isBlank(row.raw) {
				got = append(got, cells)
			}
		}
		want := slices.DeleteFunc(table, func(row []string) bool { return width == 1 && row[0] == "" })
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// repeat is a file of n copies of a line, without holding it.
type repeat struct {
	line []byte
	n    int64 // bytes left
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), r.n)]
	for done := 0; done < len(p); {
		k := copy(p[done:], r.line[r.at:])
		r.at = (r.at + k) % len(r.line)
		done += k
	}
	r.n -= int64(len(p))
	return len(p), nil
}

func endlessly(line string, size int64) io.Reader {
	block := bytes.Repeat([]byte(line), max(1, 64<<10/len(line)))
	return &repeat{line: block, n: size - size%int64(len(block))}
}

// drain reads all rows and counts the sound ones and the faults.
func drain(r io.Reader) (sound, faults int, err error) {
	for s := newSplitter(r, ','); ; {
		row, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return sound, faults, nil
		case err != nil:
			return sound, faults, err
		case row.fault != "":
			faults++
		default:
			sound++
		}
	}
}

// maxHeap is what reading a file of any size and shape may hold: a splitter's
// window, twice while it grows, and its cells.
const maxHeap = 8 << 20

func checkHeap(t *testing.T, what string, read func()) {
	t.Helper()
	var peak uint64
	grown := heapGrowth(func(probe func()) { read(); probe() })
	if peak = max(peak, grown); peak > maxHeap {
		t.Errorf("%s: the heap grew by %d KiB", what, peak>>10)
	}
}

// TestC1 reads 256 MiB behind one unclosed quote: the line with the quote is
// given up, the others are read.
func TestC1(t *testing.T) {
	checkHeap(t, "C1", func() {
		for _, lineEnd := range []string{"\n", "\r"} {
			line := strings.Repeat("see you ", 7) + ",harbour" + lineEnd
			sound, faults, err := drain(io.MultiReader(strings.NewReader("a,\"b"+lineEnd), endlessly(line, 256<<20)))
			if want := 256 << 20 / len(line); sound < want-1<<10 || faults != 1 || err != nil {
				t.Errorf("%d rows, %d faults, %v; want %d, 1", sound, faults, err, want)
			}
		}
	})
	// A quote in every line costs a bounded number of looks, then the file is
	// given up.
	checkHeap(t, "C1, hostile", func() {
		_, faults, err := drain(endlessly("a,\"b \n", 256<<20))
		if faults > maxRewinds || err == nil || !strings.Contains(err.Error(), "opened and never closed") {
			t.Errorf("%d faults, %v", faults, err)
		}
	})
}

// TestC2 reads 64 MiB of commas: one row of too many columns.
func TestC2(t *testing.T) {
	checkHeap(t, "C2", func() {
		sound, faults, err := drain(endlessly(",", 64<<20))
		if sound != 0 || faults != 1 || err != nil {
			t.Errorf("%d rows, %d faults, %v; want one fault", sound, faults, err)
		}
	})
}

// TestC3 reads lines longer than any memory, here 2 GiB each: plain, quoted,
// and quoted with quotes inside.
func TestC3(t *testing.T) {
	const size = 2 << 30
	for _, start := range []string{"", "\"", "\"\"\"x,"} {
		checkHeap(t, "C3", func() {
			sound, faults, err := drain(io.MultiReader(strings.NewReader(start), endlessly("a", size), strings.NewReader("\nb,c\n")))
			if sound != 1 || faults != 1 || err != nil {
				t.Errorf("%q: %d rows, %d faults, %v; want 1, 1", start, sound, faults, err)
			}
		})
	}
}

// TestC9Rows reads the same contact a million times in memory that stays the
// same.
func TestC9Rows(t *testing.T) {
	row := "Teo,Brandl,https://www.linkedin.com/in/teobrandl-demo,,Brandl Instruments,Instrument Maker,04 Sep 2026\n"
	const n = 1_000_000
	s := &nobody{}
	grown := heapGrowth(func(probe func()) {
		s.heap = probe
		in := io.MultiReader(strings.NewReader(connectionsHeader), &repeat{line: []byte(row), n: int64(n * len(row))})
		readTable(t, "LinkedIn connections", in, s)
	})
	if s.n != n || grown > 1<<20 {
		t.Errorf("%d of %d rows read, the heap grew by %d KiB", s.n, n, grown>>10)
	}
}

// TestReadErrorEndsRows gives up at a read error without taking what came of a
// row for the row.
func TestReadErrorEndsRows(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, text := range []string{"a,b\nc,d", "a,b\nc,\"d", "a,b\nc,d\r"} {
		s := newSplitter(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), ',')
		first, err := s.next()
		if err != nil || len(first.cells) != 2 {
			t.Fatalf("%q: %v", text, err)
		}
		if row, err := s.next(); !errors.Is(err, broken) {
			t.Errorf("%q: got row %q, error %v", text, row.cells, err)
		}
	}
}

// FuzzCSV checks on any bytes that reading ends, that it comes out the same
// however the bytes arrive, and that lines only go up.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\nc,d\n", "\"a\n\"\"b\",c\r\n\"d\ne", "a;b\rc;d", "\"", "\"\"\"", ",\"\n,\"", "a\"b\",\"c\"d\"\n", "\r\r\n\n",
		strings.Repeat("\"a\n", 150), strings.Repeat("x", 4096) + "\n",
	} {
		f.Add([]byte(seed), byte(','), 2)
	}
	f.Fuzz(func(t *testing.T, text []byte, comma byte, want int) {
		if comma == '"' || comma == '\n' || comma == '\r' {
			return
		}
		var outcome [2]string
		for i, r := range []io.Reader{bytes.NewReader(text), iotest.OneByteReader(bytes.NewReader(text))} {
			var b strings.Builder
			s := newSplitter(r, comma)
			s.want = max(0, want%10)
			for line, n := 0, 0; ; n++ {
				row, err := s.next()
				if err != nil {
					fmt.Fprint(&b, err)
					break
				}
				if row.line <= line || n > len(text) {
					t.Fatalf("row %d begins on line %d after line %d", n, row.line, line)
				}
				line = row.line
				fmt.Fprintf(&b, "%d %q %q %q\n", row.line, row.cells, row.raw, row.fault)
			}
			outcome[i] = b.String()
		}
		if outcome[0] != outcome[1] {
			t.Errorf("in one piece:\n%s\nbyte by byte:\n%s", outcome[0], outcome[1])
		}
	})
}
