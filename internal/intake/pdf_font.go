package intake

import "github.com/ledongthuc/pdf"

// maxPDFCode is the largest character code a font can have.
const maxPDFCode = 1<<16 - 1

// pdfFont turns the codes of a font into text and widths.
type pdfFont struct {
	encoding pdf.TextEncoding
	bytes    int             // of one code
	widths   map[int]float64 // in thousandths of the size, by code
	missing  float64         // width of a code that is not in widths
}

// loadFont reads a font. A font without widths is one of the fourteen every
// reader knows; half its size is near enough to tell a gap from none.
func loadFont(v pdf.Value) *pdfFont {
	font := pdf.Font{V: v}
	f := &pdfFont{encoding: font.Encoder(), bytes: 1, widths: map[int]float64{}, missing: 500}
	if v.Key("Subtype").Name() != "Type0" {
		first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
		for i := range min(widths.Len(), maxPDFCode) {
			f.widths[first+i] = widths.Index(i).Float64()
		}
		return f
	}
	below := v.Key("DescendantFonts").Index(0)
	f.bytes, f.missing = 2, 1000
	if dw := below.Key("DW"); !dw.IsNull() {
		f.missing = dw.Float64()
	}
	f.loadWide(below.Key("W"))
	return f
}

// loadWide reads the widths of a font of two-byte codes: "first [w w …]" and
// "first last w" in any order.
func (f *pdfFont) loadWide(w pdf.Value) {
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), maxPDFCode) {
				f.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		width := w.Index(i + 2).Float64()
		for code := max(first, 0); code <= min(int(w.Index(i+1).Int64()), maxPDFCode); code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

// measure gives the width of raw codes in thousandths of the size, how many
// codes they are and how many of them are the space that word spacing widens.
func (f *pdfFont) measure(raw string) (width float64, codes, spaces int) {
	for i := 0; i+f.bytes <= len(raw); i += f.bytes {
		code := int(raw[i])
		if f.bytes == 2 {
			code = code<<8 | int(raw[i+1])
		} else if code == ' ' {
			spaces++
		}
		w, ok := f.widths[code]
		if !ok {
			w = f.missing
		}
		width += w
		codes++
	}
	return width, codes, spaces
}
