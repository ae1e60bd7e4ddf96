package intake

import (
	"strings"

	"golang.org/x/net/html"
)

// Limits of one HTML text. They stand far above a mail with 80 kB of layout.
const (
	maxHTMLToken = 256 << 10 // bytes of one tag or run of text
	maxHTMLLines = 20_000
	maxLineLinks = 8 // links kept of one line
)

// htmlText gives the visible text of an HTML fragment, a line per block.
func htmlText(s string) string {
	var b strings.Builder
	for _, l := range htmlLines(s) {
		if l.text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// htmlLines gives the visible text of an HTML document, a line per block, with
// the links that stand on each. Nothing is loaded and nothing is run; text that
// the page hides stays hidden.
func htmlLines(s string) []textLine {
	var p htmlReader
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxHTMLToken)
	for len(p.lines) < maxHTMLLines {
		switch z.Next() {
		case html.ErrorToken:
			p.flush() // the end, or a tag that is larger than any
			return p.lines
		case html.TextToken:
			p.words(string(z.Text()))
		case html.StartTagToken:
			t := z.Token()
			p.open(&t, voidTags[t.Data])
		case html.SelfClosingTagToken:
			t := z.Token()
			p.open(&t, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(string(name))
		}
	}
	return p.lines
}

// htmlReader collects lines while the tags pass.
type htmlReader struct {
	lines []textLine
	text  strings.Builder
	links []string // that stand on the line so far
	href  string   // of the link that is open
	shown bool     // the open link has put text on a line
	ended int      // where in text the last link ended
	// While an element is hidden, hidden names it and depth counts elements of
	// the same name inside it.
	hidden string
	depth  int
}

// blockTags begin and end a line.
var blockTags = wordSet("address article aside blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 " +
	"header hr li main ol p pre section table tbody td tfoot th thead tr ul")

// voidTags have no end tag.
var voidTags = wordSet("area base br col embed hr img input link meta param source track wbr")

// unseenTags hold no text that is shown.
var unseenTags = wordSet("head noscript script style template title")

func wordSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

func (p *htmlReader) open(t *html.Token, empty bool) {
	if p.hidden != "" {
		if t.Data == p.hidden && !empty {
			p.depth++
		}
		return
	}
	if !empty && (unseenTags[t.Data] || hides(t)) {
		p.hidden, p.depth = t.Data, 1
		return
	}
	if blockTags[t.Data] {
		p.flush()
	}
	if t.Data == "a" {
		p.closeLink()
		if p.ended > 0 && strings.TrimSpace(p.text.String()[p.ended:]) == "" {
			p.flush() // two buttons side by side
		}
		p.href, p.shown = attr(t, "href"), false
	}
}

func (p *htmlReader) close(name string) {
	if p.hidden != "" {
		if name == p.hidden {
			if p.depth--; p.depth == 0 {
				p.hidden = ""
			}
		}
		return
	}
	if blockTags[name] {
		p.flush()
	}
	if name == "a" {
		p.closeLink()
	}
}

// closeLink ends the open link. A link around a picture stands on a line of its
// own, without text.
func (p *htmlReader) closeLink() {
	switch {
	case p.href == "":
	case p.shown:
		p.ended = p.text.Len()
	default:
		p.flush()
		p.lines = append(p.lines, textLine{links: []string{p.href}})
	}
	p.href = ""
}

func (p *htmlReader) words(s string) {
	if p.hidden != "" {
		return
	}
	p.text.WriteString(s)
	if p.href == "" || strings.TrimSpace(s) == "" {
		return
	}
	if p.shown = true; len(p.links) < maxLineLinks && (len(p.links) == 0 || p.links[len(p.links)-1] != p.href) {
		p.links = append(p.links, p.href)
	}
}

// flush ends the line.
func (p *htmlReader) flush() {
	if l := newTextLine(p.text.String(), p.links); l.text != "" || l.padded {
		p.lines = append(p.lines, l)
	}
	p.text.Reset()
	p.links, p.ended = nil, 0
}

// hidingStyles are the ways mails hide their preview text, spaces taken out.
var hidingStyles = []string{"display:none", "max-height:0", "visibility:hidden", "font-size:0", "mso-hide:all"}

// hides reports whether an element hides what it holds.
func hides(t *html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "hidden" {
			return true
		}
		if a.Key != "style" {
			continue
		}
		style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
		for _, h := range hidingStyles {
			_, rest, found := strings.Cut(style, h)
			if found && !strings.HasPrefix(rest, ".") { // font-size:0.9em is small, not hidden
				return true
			}
		}
	}
	return false
}

func attr(t *html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
