package intake

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"

	"kith"
)

// Limits of a profile PDF. The longest of eighteen measured has 6 pages and 300
// pieces of text.
const (
	maxPDFPages = 1_000   // pages of one document
	maxPDFNodes = 5_000   // nodes of the page tree, which a hostile file may close to a circle
	maxPDFDepth = 50      // levels of the page tree, and saved graphics states
	maxPDFRuns  = 200_000 // pieces of text
	maxPDFText  = 4 << 20 // bytes of text
	maxPDFLinks = 1_000   // links
)

// pdfRun is a piece of text as a page shows it, in points from the top left
// corner of the page.
type pdfRun struct {
	page  int
	x, y  float64 // where its baseline starts
	end   float64 // x where it ends
	size  float64 // of the letters
	shade float64 // 0 is black, 1 is white
	text  string
}

// pdfPages is what the pages of a document show.
type pdfPages struct {
	runs  []pdfRun
	links []string // targets of the link annotations, as written
	// savedAt is when the document says it was made; zero if it does not.
	savedAt time.Time
	// What was read so far of pages, nodes of the page tree and bytes of text.
	pages, nodes, bytes int
}

// readPages reads the text and links of a PDF. The library panics on what it
// does not understand, so every panic becomes an error here; what recover
// cannot stop (endless loops, memory, a deep stack) ends with the child
// process.
func readPages(data []byte) (p *pdfPages, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, err = nil, unreadable(fmt.Errorf("pdf: %v", v))
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable(err)
	}
	p = &pdfPages{savedAt: pdfTime(r.Trailer().Key("Info").Key("CreationDate").RawString())}
	if err := p.walk(r.Trailer().Key("Root").Key("Pages"), pdfPage{}, 0); err != nil {
		return nil, err
	}
	return p, nil
}

// unreadable is the error for a file that is not a whole PDF. What the library
// says goes to the cause only: it quotes the file.
func unreadable(err error) error {
	msg := "could not be read: damaged or cut short; save the PDF again"
	if errors.Is(err, pdf.ErrInvalidPassword) {
		msg = "could not be read: protected by a password; save the PDF again without one"
	}
	return &kith.Error{Kind: kith.Invalid, Msg: msg, Err: err}
}

// tooMuch is the error for a PDF beyond a limit.
func tooMuch(what string) error {
	return &kith.Error{Kind: kith.Limit, Msg: "could not be read: more than " + what + ", which no profile has"}
}

// pdfTime reads "D:20250619222311Z" or "D:20250619222311+02'00'".
func pdfTime(s string) time.Time {
	s = strings.TrimPrefix(strings.ReplaceAll(s, "'", ""), "D:")
	t, err := time.Parse("20060102150405Z0700", s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// pdfPage is what a node of the page tree hands down to the pages below it.
type pdfPage struct {
	resources pdf.Value
	box       pdf.Value
}

// walk reads the pages below a node of the page tree. The library's own way to
// a page loops on a tree that is a circle.
func (p *pdfPages) walk(node pdf.Value, page pdfPage, depth int) error {
	if p.nodes++; p.nodes > maxPDFNodes || depth > maxPDFDepth {
		return unreadable(errors.New("pdf: the page tree is no tree"))
	}
	if v := node.Key("Resources"); !v.IsNull() {
		page.resources = v
	}
	if v := node.Key("MediaBox"); !v.IsNull() {
		page.box = v
	}
	kids := node.Key("Kids")
	if kids.IsNull() {
		return p.read(node, page)
	}
	for i := range kids.Len() {
		if err := p.walk(kids.Index(i), page, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// read reads one page.
func (p *pdfPages) read(node pdf.Value, page pdfPage) error {
	if p.pages++; p.pages > maxPDFPages {
		return tooMuch("1,000 pages")
	}
	annots := node.Key("Annots")
	for i := range min(annots.Len(), maxPDFLinks-len(p.links)) {
		if uri := annots.Index(i).Key("A").Key("URI").RawString(); uri != "" {
			p.links = append(p.links, uri)
		}
	}
	contents := node.Key("Contents")
	if contents.IsNull() {
		return nil
	}
	c := &pdfCanvas{pages: p, fonts: map[string]*pdfFont{}, page: page}
	c.state.ctm = pdfMatrix{1, 0, 0, 1, 0, 0}
	c.state.scale = 1
	pdf.Interpret(contents, c.operator)
	return c.err
}

// add keeps a run of text.
func (p *pdfPages) add(run pdfRun) error {
	run.page = p.pages
	p.bytes += len(run.text)
	if len(p.runs) == maxPDFRuns || p.bytes > maxPDFText {
		return tooMuch("200,000 pieces or 4 MiB of text")
	}
	p.runs = append(p.runs, run)
	return nil
}

// pdfMatrix is an affine map: x' = ax + cy + e, y' = bx + dy + f.
type pdfMatrix struct{ a, b, c, d, e, f float64 }

// then is the map that does m first and n after it.
func (m pdfMatrix) then(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// pdfState is the part of the graphics state that decides where text stands
// and how it looks.
type pdfState struct {
	ctm       pdfMatrix // page
	text      pdfMatrix // where the next letter stands
	line      pdfMatrix // where the line began
	font      *pdfFont
	size      float64
	charSpace float64
	wordSpace float64
	scale     float64 // horizontal, 1 is normal
	leading   float64
	shade     float64
}

// pdfCanvas follows the operators of one page.
type pdfCanvas struct {
	pages *pdfPages
	page  pdfPage
	fonts map[string]*pdfFont
	state pdfState
	saved []pdfState
	err   error
}

// pdfOperators are the operators that matter to text, with the number of
// operands each takes. All others are skipped with their operands.
var pdfOperators = map[string]struct {
	operands int
	do       func(*pdfCanvas, []pdf.Value)
}{
	"q":  {0, (*pdfCanvas).save},
	"Q":  {0, (*pdfCanvas).restore},
	"cm": {6, func(c *pdfCanvas, v []pdf.Value) { c.state.ctm = toMatrix(v).then(c.state.ctm) }},
	"g":  {1, func(c *pdfCanvas, v []pdf.Value) { c.state.shade = v[0].Float64() }},
	"rg": {3, func(c *pdfCanvas, v []pdf.Value) { c.state.shade = luma(v) }},
	"BT": {0, func(c *pdfCanvas, _ []pdf.Value) { c.setLine(pdfMatrix{1, 0, 0, 1, 0, 0}) }},
	"Tm": {6, func(c *pdfCanvas, v []pdf.Value) { c.setLine(toMatrix(v)) }},
	"Td": {2, func(c *pdfCanvas, v []pdf.Value) { c.move(v[0].Float64(), v[1].Float64()) }},
	"TD": {2, func(c *pdfCanvas, v []pdf.Value) {
		c.state.leading = -v[1].Float64()
		c.move(v[0].Float64(), v[1].Float64())
	}},
	"T*": {0, func(c *pdfCanvas, _ []pdf.Value) { c.move(0, -c.state.leading) }},
	"Tf": {2, (*pdfCanvas).setFont},
	"Tc": {1, func(c *pdfCanvas, v []pdf.Value) { c.state.charSpace = v[0].Float64() }},
	"Tw": {1, func(c *pdfCanvas, v []pdf.Value) { c.state.wordSpace = v[0].Float64() }},
	"Tz": {1, func(c *pdfCanvas, v []pdf.Value) { c.state.scale = v[0].Float64() / 100 }},
	"TL": {1, func(c *pdfCanvas, v []pdf.Value) { c.state.leading = v[0].Float64() }},
	"Tj": {1, func(c *pdfCanvas, v []pdf.Value) { c.show(v[0].RawString()) }},
	"TJ": {1, (*pdfCanvas).showSpaced},
	"'": {1, func(c *pdfCanvas, v []pdf.Value) {
		c.move(0, -c.state.leading)
		c.show(v[0].RawString())
	}},
	`"`: {3, func(c *pdfCanvas, v []pdf.Value) {
		c.state.wordSpace, c.state.charSpace = v[0].Float64(), v[1].Float64()
		c.move(0, -c.state.leading)
		c.show(v[2].RawString())
	}},
}

// operator does one operator of the page. After the first error it does
// nothing more; the stream still runs to its end.
func (c *pdfCanvas) operator(stack *pdf.Stack, name string) {
	args := make([]pdf.Value, stack.Len())
	for i := len(args) - 1; i >= 0; i-- {
		args[i] = stack.Pop()
	}
	op, known := pdfOperators[name]
	if known && len(args) == op.operands && c.err == nil {
		op.do(c, args)
	}
}

func (c *pdfCanvas) save([]pdf.Value) {
	if len(c.saved) < maxPDFDepth {
		c.saved = append(c.saved, c.state)
	}
}

func (c *pdfCanvas) restore([]pdf.Value) {
	if n := len(c.saved) - 1; n >= 0 {
		c.state, c.saved = c.saved[n], c.saved[:n]
	}
}

// setLine starts a line of text at m.
func (c *pdfCanvas) setLine(m pdfMatrix) { c.state.line, c.state.text = m, m }

// move starts a line x to the right and y above the start of this one.
func (c *pdfCanvas) move(x, y float64) {
	c.setLine(pdfMatrix{1, 0, 0, 1, x, y}.then(c.state.line))
}

func (c *pdfCanvas) setFont(v []pdf.Value) {
	name := v[0].Name()
	font, ok := c.fonts[name]
	if !ok {
		font = loadFont(c.page.resources.Key("Font").Key(name))
		c.fonts[name] = font
	}
	c.state.font, c.state.size = font, v[1].Float64()
}

// showSpaced shows strings with numbers between them that move the next one to
// the left, in thousandths of the size.
func (c *pdfCanvas) showSpaced(v []pdf.Value) {
	for i := range v[0].Len() {
		if part := v[0].Index(i); part.Kind() == pdf.String {
			c.show(part.RawString())
		} else {
			c.advance(-part.Float64() / 1000 * c.state.size * c.state.scale)
		}
	}
}

// show shows one string in the current font.
func (c *pdfCanvas) show(raw string) {
	s := &c.state
	if s.font == nil || c.err != nil {
		return
	}
	width, codes, spaces := s.font.measure(raw)
	start := s.text.then(s.ctm)
	c.advance((width/1000*s.size + float64(codes)*s.charSpace + float64(spaces)*s.wordSpace) * s.scale)
	text := s.font.encoding.Decode(raw)
	if strings.TrimSpace(text) == "" {
		return
	}
	c.err = c.pages.add(pdfRun{
		x:     start.e,
		y:     c.page.top() - start.f,
		end:   s.text.then(s.ctm).e,
		size:  math.Abs(s.size) * math.Hypot(start.c, start.d),
		shade: s.shade,
		text:  text,
	})
}

// advance moves the place of the next letter.
func (c *pdfCanvas) advance(x float64) {
	c.state.text = pdfMatrix{1, 0, 0, 1, x, 0}.then(c.state.text)
}

// top is the height of the page's upper edge; US Letter if the page does not
// say.
func (p pdfPage) top() float64 {
	if p.box.Len() == 4 {
		return p.box.Index(3).Float64()
	}
	return 792
}

func toMatrix(v []pdf.Value) pdfMatrix {
	return pdfMatrix{
		v[0].Float64(), v[1].Float64(), v[2].Float64(),
		v[3].Float64(), v[4].Float64(), v[5].Float64(),
	}
}

// luma is how bright a colour of red, green and blue looks (ITU-R BT.601).
func luma(v []pdf.Value) float64 {
	return 0.299*v[0].Float64() + 0.587*v[1].Float64() + 0.114*v[2].Float64()
}
