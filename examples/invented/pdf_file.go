package invented

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// pdfFace is the font of a PDF: it measures text, turns it into codes and
// remembers which letters it was asked for.
type pdfFace struct {
	wide  bool
	codes map[rune]int
	runes []rune // by code
}

// newPDFFace gives an empty font. The first code of a wide font is the missing
// letter.
func newPDFFace(wide bool) *pdfFace {
	return &pdfFace{wide: wide, codes: map[rune]int{}, runes: []rune{0xffff}}
}

// helvetica gives the widths of the letters from space to tilde in thousandths
// of the size (Adobe's metrics of Helvetica; Arial has the same).
var helvetica = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// widthOf gives the width of a letter; others than ASCII are all alike.
func widthOf(r rune) int {
	switch {
	case r == '\u00a0':
		return helvetica[0]
	case r >= ' ' && int(r-' ') < len(helvetica):
		return helvetica[r-' ']
	}
	return 556
}

// width measures a text in parts of the size.
func (f *pdfFace) width(text string) float64 {
	sum := 0
	for _, r := range text {
		sum += widthOf(r)
	}
	return float64(sum) / 1000
}

// encode turns a text into a string of the page's language.
func (f *pdfFace) encode(text string) string {
	if !f.wide {
		narrow, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			narrow = strings.Repeat("?", len([]rune(text)))
		}
		return fmt.Sprintf("<%X>", narrow)
	}
	var b strings.Builder
	for _, r := range text {
		code, known := f.codes[r]
		if !known {
			code = len(f.runes)
			f.codes[r] = code
			f.runes = append(f.runes, r)
		}
		fmt.Fprintf(&b, "%04X", code)
	}
	return "<" + b.String() + ">"
}

// pdfFile collects the objects of a PDF, which refer to each other by number.
type pdfFile struct {
	objects []string // by number, from 1
}

// add adds an object and gives the reference to it.
func (f *pdfFile) add(format string, args ...any) string {
	f.objects = append(f.objects, fmt.Sprintf(format, args...))
	return fmt.Sprintf("%d 0 R", len(f.objects))
}

// stream adds a stream.
func (f *pdfFile) stream(content string) string {
	return f.add("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

// writePDFFile writes the columns as a PDF 1.4. The page tree is the first
// object and is filled in last.
func writePDFFile(w io.Writer, face *pdfFace, side, main *pdfColumn, savedAt time.Time) error {
	f := &pdfFile{}
	tree := f.add("")
	count := max(side.page, main.page) + 1
	contents := make([]string, count)
	for i := range contents {
		contents[i] = f.stream(pageContent(face, i, count, side, main))
	}
	font := f.addFont(face)
	var kids []string
	for i, content := range contents {
		kids = append(kids, f.add("<< /Type /Page /Parent %s /MediaBox [0 0 612 792] "+
			"/Resources << /Font << /F15 %s >> >> /Annots [%s] /Contents %s >>",
			tree, font, f.addLinks(side.links, i), content))
	}
	f.objects[0] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", count, strings.Join(kids, " "))
	root := f.add("<< /Type /Catalog /Pages %s >>", tree)
	info := f.add("<< /Title (Resume) /CreationDate (D:%s) >>", savedAt.UTC().Format("20060102150405Z"))
	_, err := w.Write(f.bytes(root, info))
	return err
}

// bytes gives the file: the objects, the table of where they stand, and the
// trailer.
func (f *pdfFile) bytes(root, info string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xaa\xab\xac\xad\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for i, object := range f.objects {
		table += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<< /Root %s /Info %s /Size %d >>\nstartxref\n%d\n%%%%EOF\n",
		table, root, info, len(f.objects)+1, start)
	return b.Bytes()
}

// addLinks adds the links of a page and gives the references to them.
func (f *pdfFile) addLinks(links []pdfLink, page int) string {
	var refs []string
	for _, l := range links {
		if l.page == page {
			refs = append(refs, f.add("<< /Type /Annot /Subtype /Link /Rect [%.3f %.3f %.3f %.3f] /Border [0 0 0] "+
				"/A << /S /URI /URI (%s) >> >>", l.left, l.bottom, l.right, l.top, l.uri))
		}
	}
	return strings.Join(refs, " ")
}

// addFont adds the font with the letters it was asked for.
func (f *pdfFile) addFont(face *pdfFace) string {
	if !face.wide {
		var widths []int
		for code := ' '; code <= 0xff; code++ {
			widths = append(widths, widthOf(charmap.Windows1252.DecodeByte(byte(code))))
		}
		return f.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "+
			"/FirstChar 32 /LastChar 255 /Widths %d >>", widths)
	}
	widths := make([]string, len(face.runes))
	for code, r := range face.runes {
		widths[code] = fmt.Sprint(widthOf(r))
	}
	const name = "/EAAAAA+ArialUnicodeMS"
	descriptor := f.add("<< /Type /FontDescriptor /FontName %s /FontBBox [-1011 -329 2260 1078] /Flags 33 "+
		"/CapHeight 715 /Ascent 1078 /Descent -329 /ItalicAngle 0 /StemV 0 >>", name)
	below := f.add("<< /Type /Font /BaseFont %s /CIDToGIDMap /Identity /Subtype /CIDFontType2 "+
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> /FontDescriptor %s /DW 0 /W [0 [%s]] >>",
		name, descriptor, strings.Join(widths, " "))
	return f.add("<< /Type /Font /Subtype /Type0 /BaseFont %s /Encoding /Identity-H /ToUnicode %s /DescendantFonts [%s] >>",
		name, f.stream(toUnicode(face.runes)), below)
}

// toUnicode gives the table that turns codes into letters, in blocks of up to
// a hundred as the format demands.
func toUnicode(runes []rune) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	code := 0
	for block := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, r := range block {
			fmt.Fprintf(&b, "<%04x> <", code)
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&b, "%04x", unit)
			}
			b.WriteString(">\n")
			code++
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}

// pageContent draws a page: the sidebar first, as LinkedIn does, then the main
// column and the footer in four pieces. Heights count from the top.
func pageContent(face *pdfFace, page, count int, side, main *pdfColumn) string {
	var b strings.Builder
	b.WriteString("q\n1 0 0 -1 0 792 cm\nq\n/Artifact\nBMC\n0.1608 0.2431 0.2863 rg\n0 0 201.96 792 re f\nEMC\nQ\n")
	for i, p := range slices.Concat(side.pieces, main.pieces) {
		if p.page == page {
			fmt.Fprintf(&b, "/Span <</MCID %d>>\nBDC\n", i)
			p.draw(&b, face)
			b.WriteString("EMC\n")
		}
	}
	footer := &pdfColumn{face: face, right: pageWidth, page: page, y: footerLine, end: 384}
	for _, text := range []string{"Page ", fmt.Sprint(page + 1), " of ", fmt.Sprint(count)} {
		footer.after(styleFooter, text)
	}
	for _, p := range footer.pieces {
		p.draw(&b, face)
	}
	b.WriteString("Q")
	return b.String()
}

// draw writes the operators that show a piece.
func (p *pdfPiece) draw(b *strings.Builder, face *pdfFace) {
	fmt.Fprintf(b, "%s\nBT\n/F15 %g Tf\n1 0 0 -1 %.3f %.3f Tm [%s] TJ\nET\n",
		p.colour, p.size, p.x, p.y, face.encode(p.text))
}
