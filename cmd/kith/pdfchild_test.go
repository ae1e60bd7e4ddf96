package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kith"
)

// TestMain lets the test binary be the program: as the child that reads PDFs,
// which tests start with its real limits, and as the kith of the scripts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == pdfChildArg {
		main()
	}
	testscript.Main(m, map[string]func(){"kith": main})
}

// readInChild reads bytes as production does, but for the time limit.
func readInChild(t *testing.T, data []byte, limit time.Duration) (kith.Profile, error) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return startPDFChild(t.Context(), exe, data, limit)
}

// intakePDF is one of the PDFs the reader is tested with.
func intakePDF(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "internal", "intake", "testdata", "pdf_"+name+".pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPDFChild(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	read := readPDFInChild(exe)
	p, err := read(t.Context(), bytes.NewReader(intakePDF(t, "quillon")))
	if err != nil {
		t.Fatal(err)
	}
	if p.Who.Slug != "mara-quillon" || len(p.Facts.Positions.Val) != 5 || p.Facts.Skills.State != kith.Present {
		t.Errorf("got %+v", p)
	}
	// Nil and empty are different facts and must cross the pipe as such.
	if p, err = read(t.Context(), bytes.NewReader(intakePDF(t, "thin"))); err != nil || p.Facts.Skills.State != kith.Absent {
		t.Errorf("thin: %v %+v", err, p.Facts.Skills)
	}
	if p, err = read(t.Context(), bytes.NewReader(intakePDF(t, "polish"))); err != nil || p.Facts.Skills.State != kith.Unknown {
		t.Errorf("polish: %v %+v", err, p.Facts.Skills)
	}
	_, err = read(t.Context(), bytes.NewReader(intakePDF(t, "printed")))
	wantLine(t, err, kith.Invalid, "not a profile PDF (Save to PDF on the profile page)")
	_, err = read(t.Context(), io.LimitReader(zeros{}, maxPDFInput+1))
	wantLine(t, err, kith.Limit, "could not be read: larger than 20 MiB")
	_, err = read(t.Context(), io.LimitReader(zeros{}, maxPDFInput))
	wantLine(t, err, kith.Invalid, "could not be read: damaged or cut short")
}

// zeros is a reader of zeros without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// wantLine checks that an error is one line of the right kind that begins as
// it should.
func wantLine(t *testing.T, err error, kind kith.Kind, begins string) {
	t.Helper()
	var e *kith.Error
	if !errors.As(err, &e) || e.Kind != kind || !strings.HasPrefix(e.Msg, begins) || strings.Contains(e.Error(), "\n") {
		t.Errorf("got %v, want kind %d and %q", err, kind, begins)
	}
}

// TestD1HostilePDF gives the child the files that break PDF readers. Whatever
// becomes of it, the parent has one line to show, in time.
func TestD1HostilePDF(t *testing.T) {
	t.Parallel()
	whole := intakePDF(t, "quillon")
	for name, data := range map[string][]byte{
		"truncated":               whole[:len(whole)/2],
		"truncated, end kept":     append(bytes.Clone(whole[:len(whole)/2]), whole[len(whole)-100:]...),
		"a table of 1e9 objects":  pdfWithStreamTable("/Size 1000000000"),
		"a table of 1e18 objects": pdfWithStreamTable("/Size 1000000000000000000"),
		"an open hex string":      pdfOfContent("BT <4D61", ""),
		"pages in a circle":       pdfOf("<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"),
		"parents in a circle":     pdfOf("<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 3 0 R >>", "<< /Type /Page /Parent 2 0 R /Contents 2 0 R >>"),
		"tables in a circle":      bytes.Replace(whole, []byte("/Size"), []byte("/Prev "+startOf(whole)+" /Size"), 1),
		"an object in itself":     pdfWithStreamTable("/Size 9"),
		"arrays a million deep":   pdfOfContent(strings.Repeat("[", 1_000_000), ""),
		"7 GB of letters":         pdfOfFont("1 begincodespacerange <00> <FF> endcodespacerange 7000000000 beginbfrange endbfrange"),
		"4 million operands":      pdfOfContent(deflated(t, "7 ", 4<<20), "/Filter /FlateDecode"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			p, err := readInChild(t, data, 2*time.Second)
			if err == nil {
				t.Fatalf("read as %+v", p)
			}
			var e *kith.Error
			if !errors.As(err, &e) || (e.Kind != kith.Invalid && e.Kind != kith.Limit) || strings.Contains(e.Msg, "\n") ||
				!strings.HasPrefix(e.Msg, "could not be read: ") && !strings.HasPrefix(e.Msg, "not a profile PDF") {
				t.Errorf("got %v", err)
			}
			t.Logf("%v after %v", err, time.Since(start).Round(time.Millisecond))
		})
	}
}

// TestPDFChildTime holds the child to its time.
func TestPDFChildTime(t *testing.T) {
	t.Parallel()
	_, err := readInChild(t, pdfOfContent("BT <4D61", ""), 100*time.Millisecond)
	wantLine(t, err, kith.Limit, "could not be read: reading it takes too long")
}

// TestPDFChildCancelled passes on that the member gave up.
func TestPDFChildCancelled(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readPDFInChild(exe)(ctx, bytes.NewReader(intakePDF(t, "quillon"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestPDFChildMissing is what a member sees whose program was moved meanwhile.
func TestPDFChildMissing(t *testing.T) {
	t.Parallel()
	_, err := readPDFInChild(filepath.Join(t.TempDir(), "kith"))(t.Context(), bytes.NewReader(intakePDF(t, "quillon")))
	wantLine(t, err, kith.Invalid, "could not be read: ")
}

// TestDecodePDFReply covers answers that no honest child gives.
func TestDecodePDFReply(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"nothing":       "",
		"no JSON":       "panic: oh",
		"unknown field": `{"profile":{"name":"Mara","shell":"rm"}}`,
		"wrong type":    `{"profile":{"positions":"many"}}`,
		"no reason":     `{}`,
		"wrong kind":    `{"kind":200,"msg":"x"}`,
	} {
		if _, err := decodePDFReply([]byte(answer)); err == nil {
			t.Errorf("%s: taken", name)
		} else {
			wantLine(t, err, kith.Invalid, "could not be read: ")
		}
	}
	_, err := decodePDFReply([]byte(`{"kind":1,"msg":"line\nline \u001b[31m` + strings.Repeat("é", 1000) + `"}`))
	wantLine(t, err, kith.Invalid, "line line [31mé")
	if len(err.Error()) > maxPDFMsg {
		t.Errorf("a message of %d bytes", len(err.Error()))
	}
}

func TestCappedBuffer(t *testing.T) {
	t.Parallel()
	var b cappedBuffer
	if n, err := io.Copy(&b, io.LimitReader(zeros{}, maxPDFReply)); n != maxPDFReply || err != nil {
		t.Errorf("%d bytes: %v", n, err)
	}
	if _, err := b.Write([]byte{0}); !errors.Is(err, errLongReply) {
		t.Errorf("one more byte: %v", err)
	}
}

// pdfOf is a PDF of objects, of which the first is number 2, the page tree.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+2)
	for i, object := range append([]string{"<< /Type /Catalog /Pages 2 0 R >>"}, objects...) {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+2, start)
	return b.Bytes()
}

// pdfOfContent is a PDF of one page that draws content.
func pdfOfContent(content, filter string) []byte {
	return pdfOf("<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Contents 4 0 R >>", pdfStream(content, filter))
}

// pdfOfFont is a PDF of one page whose font has this table of letters.
func pdfOfFont(table string) []byte {
	return pdfOf("<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Contents 4 0 R /Resources << /Font << /F << /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R >> >> >> >>",
		pdfStream("BT /F 26 Tf (Mara) Tj ET", ""), pdfStream(table, ""))
}

// pdfWithStreamTable is a PDF whose table of objects is a stream that holds
// itself as object 1.
func pdfWithStreamTable(size string) []byte {
	const head = "%PDF-1.5\n"
	return fmt.Appendf(nil, "%s1 0 obj\n<< /Type /XRef %s /W [1 1 1] /Index [1 1] /Root 1 0 R /Length 3 >>\nstream\n\x02\x01\x00\nendstream\nendobj\n"+
		"startxref\n%d\n%%%%EOF\n", head, size, len(head))
}

func pdfStream(content, filter string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", filter, len(content), content)
}

// deflated packs times × 1,000 repetitions of a text.
func deflated(t *testing.T, text string, times int) string {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	for range times / 1000 {
		if _, err := io.WriteString(w, strings.Repeat(text, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// startOf is where a PDF says its table of objects stands.
func startOf(data []byte) string {
	_, after, _ := strings.Cut(string(data), "startxref\n")
	start, _, _ := strings.Cut(after, "\n")
	return start
}
