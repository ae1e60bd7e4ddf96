package intake

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// pdfOf is a PDF of objects: the first is the page tree if it says so, else
// all are its pages.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	if !strings.HasPrefix(objects[0], "<< /Type /Pages") {
		var kids strings.Builder
		for i, object := range objects {
			if strings.HasPrefix(object, "<< /Type /Page ") {
				fmt.Fprintf(&kids, "%d 0 R ", i+3)
			}
		}
		objects = append([]string{"<< /Type /Pages /Count 1 /Kids [" + kids.String() + "] >>"}, objects...)
	}
	objects = append([]string{"<< /Type /Catalog /Pages 2 0 R >>"}, objects...)
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, object := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, start)
	return b.Bytes()
}

// pdfOfContent is a PDF of one page that draws content; font F has letters of
// half its size.
func pdfOfContent(content string) []byte {
	return pdfOf("<< /Type /Page /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 "+
		"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
}

// endless matches what recover cannot stop in the library, found by reading
// it: huge counts (memory), a second table of objects or objects in streams
// (circles, a deep stack). The tests of the child process cover them.
var endless = regexp.MustCompile(`[0-9]{5,}\s+(begin|0\s+obj)|/(Prev|ObjStm|XRef|Extends|Encrypt|Parent)|[0-9]{6}\s*(\]|/|>|[0-9]+ +[0-9])|/[A-Za-z]*#`)

// FuzzPDF reads whole files in this process. Inputs that could hang or end it
// are left out; see endless. An open hex string at the end of a stream is one
// too: the library waits for its end for ever.
func FuzzPDF(f *testing.F) {
	for _, name := range []string{"quillon", "thin", "german", "french", "spanish", "polish"} {
		f.Add(readTestPDF(f, name))
	}
	f.Add(pdfOfContent("BT /F 26 Tf 223.6 726 Td (Mara) Tj ET"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 32<<10 || endless.Match(data) || bytes.Count(data, []byte("<")) != bytes.Count(data, []byte(">")) {
			return
		}
		checkPDF(t, data)
	})
}

// FuzzPDFContent fuzzes what a page draws.
func FuzzPDFContent(f *testing.F) {
	f.Add("BT /F 26 Tf 1 0 0 1 223.6 726 Tm [(Ma) 20 (ra)] TJ ET 1 g BT /F 13 Tf 21.6 730 Td (Contact) Tj ET")
	f.Add("q 1 0 0 -1 0 792 cm .1 .2 .3 rg BT /F 10.5 Tf 12 TL 2 Tc 3 Tw 90 Tz (a) ' 1 2 (b) \" T* ET Q Q")
	f.Add("/Span <</MCID 1>> BDC BT /F 9 Tf 0 -20 TD <4D617261> Tj ET EMC")
	f.Fuzz(func(t *testing.T, content string) {
		if strings.LastIndexByte(content, '<') > strings.LastIndexByte(content, '>') || len(content) > 32<<10 {
			return
		}
		checkPDF(t, pdfOfContent(content))
	})
}

// checkPDF holds a profile read from any bytes to what every profile keeps.
func checkPDF(t *testing.T, data []byte) {
	p, err := ParsePDF(data)
	if err != nil {
		return
	}
	got := p.Profile()
	for what, s := range map[string]string{
		"name": got.Who.Name, "slug": got.Who.Slug, "headline": got.Facts.Headline.Val,
		"location": got.Facts.Location.Val, "summary": got.Facts.Summary.Val,
	} {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\r\t\u202e\u200b") || utf8.RuneCountInString(s) > maxTextLetters {
			t.Errorf("%s: %q", what, s)
		}
	}
	for _, job := range got.Facts.Positions.Val {
		if job.From == "" || job.To != pdfMonth(job.To) {
			t.Errorf("position from %q to %q", job.From, job.To)
		}
	}
}

func BenchmarkParsePDF(b *testing.B) {
	data := readTestPDF(b, "quillon")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParsePDF(data); err != nil {
			b.Fatal(err)
		}
	}
}
