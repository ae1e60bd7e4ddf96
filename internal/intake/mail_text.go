package intake

import (
	"regexp"
	"strings"
	"unicode"

	"kith"
)

// textLine is one line of a mail's text, cleaned, with the links that stand on
// it. A line may be a link and nothing else.
type textLine struct {
	text   string
	links  []string
	padded bool // carries the run of invisible letters that fills a preview
}

// refLink finds the number of an invitation in a link.
var refLink = regexp.MustCompile(`(?i)\binvitationId(?:=|/|%3D|%2F)(\d{1,25})`)

// ref gives the invitation's number from the line's links. The key beside it in
// the same link, which would accept, is never read.
func (t *textLine) ref() string {
	for _, link := range t.links {
		if m := refLink.FindStringSubmatch(link); m != nil {
			return m[1]
		}
	}
	return ""
}

// slug gives the profile the line links to.
func (t *textLine) slug() string {
	for _, link := range t.links {
		if s, ok := kith.Slug(link); ok {
			return s
		}
	}
	return ""
}

func (t *textLine) isLabel() bool { return labels[kith.FoldText(t.text)] }

// isDetail reports whether the line is running text: no button, no rule, no
// bare link, no preview.
func (t *textLine) isDetail() bool {
	return !t.padded && !t.isLabel() && strings.IndexFunc(t.text, unicode.IsLetter) >= 0
}

// namesProfile reports whether the line is the text of a link to a profile and
// can be a name.
func (t *textLine) namesProfile() bool {
	words := len(strings.Fields(t.text))
	return t.slug() != "" && t.isDetail() && words > 1 && words < 8
}

// stops reports whether the invitation ends above this line.
func (t *textLine) stops() bool {
	for _, re := range intendedFor {
		if re.MatchString(t.text) {
			return true
		}
	}
	folded := kith.FoldText(t.text)
	for _, s := range stops {
		if strings.HasPrefix(folded, s) {
			return true
		}
	}
	return false
}

// minPadding is how many invisible letters in a row make a line a preview: mails
// fill theirs with about 180. Words of some scripts hold single ones.
const minPadding = 8

// newTextLine cleans a line and notices padding before cleaning removes it.
func newTextLine(s string, links []string) textLine {
	run, longest := 0, 0
	for _, r := range s {
		switch r {
		case '\u034f', '\u200b', '\u200c', '\u2007', '\u00ad', '\ufeff':
			run++
			longest = max(longest, run)
		case ' ', '\u00a0':
		default:
			run = 0
		}
	}
	return textLine{text: kith.CleanLine(s), links: links, padded: longest >= minPadding}
}

// webLink is a link in plain text.
var webLink = regexp.MustCompile(`https?://[^\s<>"]+`)

// plainLines gives the lines of a plain text; links are taken out of the text
// and kept beside it.
func plainLines(s string) []textLine {
	var out []textLine
	for line := range strings.Lines(s) {
		if len(out) == maxHTMLLines {
			break
		}
		links := webLink.FindAllString(line, maxLineLinks)
		if links != nil {
			line = webLink.ReplaceAllString(line, "")
		}
		if l := newTextLine(line, links); l.text != "" || len(links) > 0 {
			out = append(out, l)
		}
	}
	return out
}
