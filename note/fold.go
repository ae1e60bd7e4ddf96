package note

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxLetters is how much of a note is read. Platforms take 300 letters; the
// rest of a longer text is left unread, so that time stays bounded.
const maxLetters = 4000

// folder walks over a note once.
type folder struct {
	text    string
	pos     int
	letters int
	next    mark // marks for the next token
	from    int  // first token of the current sentence
	out     folded
}

// fold reads the first maxLetters letters of text.
func fold(text string) *folded {
	f := folder{text: text}
	f.out.buf = make([]byte, 0, min(len(text), maxLetters)+16)
	f.out.tokens = make([]token, 0, min(len(text), maxLetters)/5+4)
	f.next = line
	for f.pos < len(text) && f.letters < maxLetters {
		f.step()
	}
	f.breakSentence(false)
	f.out.unmask()
	return &f.out
}

// step reads one token or one character of punctuation.
func (f *folder) step() {
	c := f.text[f.pos]
	f.letters++
	switch {
	case c == '\n' || c == '\r':
		f.newLine()
	case c <= ' ':
		f.pos++
	case c == '.' || c == '!' || c == '?':
		f.stop(c)
	case c >= '0' && c <= '9':
		f.number()
	case c < utf8.RuneSelf && !isASCIILetter(c):
		f.sign(c)
	default:
		f.other()
	}
}

// other reads a letter or a character beyond ASCII.
func (f *folder) other() {
	start := f.pos
	r, size := utf8.DecodeRuneInString(f.text[start:])
	switch {
	case unicode.IsLetter(r):
		if !f.address() {
			f.word()
		}
		return
	case unicode.IsNumber(r):
		f.number()
		return
	}
	f.pos += size
	switch {
	case strings.ContainsRune("。！？…", r):
		f.breakSentence(r == '？')
	case r == '–' || r == '—' || r == '―':
		f.next |= pause | dash
	case strings.ContainsRune("€£¥₹", r):
		f.currency(start)
	case strings.ContainsRune("«»“”„‹›¿¡，、：；•·", r):
		f.next |= pause
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		f.breakSentence(false)
		f.next |= line
	}
}

// sign reads ASCII punctuation.
func (f *folder) sign(c byte) {
	if strings.IndexByte("{[<(%", c) >= 0 && f.bracket(c) {
		return
	}
	start := f.pos
	f.pos++
	switch c {
	case '@':
		f.handle(start)
	case '&':
		f.entity()
	case '$':
		f.currency(start)
	case '%':
		f.percent()
	case '-':
		f.dash(start)
	case ',', ':', ';', '(', ')', '"', '|', '/', '*':
		f.next |= pause
	}
}

// dash marks a dash that stands between spaces or opens a line; a hyphen
// inside a compound only parts two words.
func (f *folder) dash(at int) {
	before := at == 0 || f.text[at-1] <= ' ' || f.text[at-1] == '-'
	after := at+1 == len(f.text) || f.text[at+1] <= ' ' || f.text[at+1] == '-'
	if before || after {
		f.next |= pause | dash
	}
}

// newLine ends the sentence unless the line was only wrapped: the next one
// goes on in lower case.
func (f *folder) newLine() {
	rest := strings.TrimLeft(f.text[f.pos:], " \t\r\n")
	blank := strings.Count(f.text[f.pos:len(f.text)-len(rest)], "\n") > 1
	r, _ := utf8.DecodeRuneInString(rest)
	if blank || !unicode.IsLower(r) {
		f.breakSentence(false)
	}
	f.next |= line
	f.pos = len(f.text) - len(rest)
}

// stop reads a full stop, exclamation or question mark.
func (f *folder) stop(c byte) {
	f.pos++
	if c == '.' {
		r, _ := utf8.DecodeRuneInString(f.text[f.pos:])
		glued := unicode.IsLetter(r) && !unicode.IsUpper(r)
		if glued || f.abbreviated() {
			return
		}
	}
	f.breakSentence(c == '?')
}

// abbreviated reports whether the last word takes a full stop of its own: a
// single letter ("J. Doe", "z. B.") or a title.
func (f *folder) abbreviated() bool {
	n := len(f.out.tokens)
	if n == f.from || f.out.tokens[n-1].end != f.pos-1 || f.out.tokens[n-1].kind != letters {
		return false
	}
	w := f.out.word(n - 1)
	return len(w) == 1 || titles[string(w)]
}

// titles are the abbreviations that stand before a name or a number.
var titles = set("dr mr mrs ms prof st mme sr sra dott ing dipl nr no bzw ca mlle dra sig dhr mevr drs eng vs ggf evtl inkl")

func (f *folder) breakSentence(question bool) {
	n := len(f.out.tokens)
	if n == f.from {
		if last := len(f.out.sentences) - 1; question && last >= 0 {
			f.out.sentences[last].question = true
		}
		return
	}
	f.out.sentences = append(f.out.sentences, sentence{f.from, n, question})
	f.from = n
}

// emit adds a token that reaches from start to the current position and whose
// folded form was written to the buffer from lo on.
func (f *folder) emit(k kind, start, lo int, m mark) {
	f.out.tokens = append(f.out.tokens, token{start, f.pos, lo, len(f.out.buf), k, m | f.next})
	f.next = 0
}

// word reads letters, marks and digits. An apostrophe parts an elided article
// from its noun (l'offre) and vanishes elsewhere (I'd, don't).
func (f *folder) word() {
	start, lo := f.pos, len(f.out.buf)
	var m mark
	for f.pos < len(f.text) && f.letters < maxLetters {
		c := f.text[f.pos]
		if isASCIILetter(c) || c >= '0' && c <= '9' {
			if c >= 'A' && c <= 'Z' {
				if f.pos == start {
					m |= capital
				}
				c += 'a' - 'A'
			}
			f.out.buf = append(f.out.buf, c)
			m |= latin
			f.pos++
			f.letters++
			continue
		}
		r, size := utf8.DecodeRuneInString(f.text[f.pos:])
		if apostrophe(r) {
			if !f.inner(size) || elides(f.out.buf[lo:]) {
				break
			}
		} else if !f.letter(r, &m, f.pos == start) {
			break
		}
		f.pos += size
		f.letters++
	}
	f.emit(letters, start, lo, m)
	f.amount()
}

// inner reports whether a letter follows the apostrophe of the given size.
func (f *folder) inner(size int) bool {
	r, _ := utf8.DecodeRuneInString(f.text[f.pos+size:])
	return unicode.IsLetter(r)
}

// letter appends the folded form of r; it reports false if r ends the word.
func (f *folder) letter(r rune, m *mark, first bool) bool {
	switch {
	case r == utf8.RuneError:
		return false
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return true
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return false
	}
	if first && unicode.IsUpper(r) {
		*m |= capital
	}
	switch {
	case r < 0x250 || unicode.Is(unicode.Latin, r):
		*m |= latin
	case unicode.In(r, unicode.Cyrillic, unicode.Greek):
		*m |= foreign
	}
	f.out.buf = appendFolded(f.out.buf, r)
	return true
}

// appendFolded writes r in lower case without accents, as [kith.FoldText] does.
func appendFolded(buf []byte, r rune) []byte {
	if s := ligature(unicode.ToLower(r)); s != "" {
		return append(buf, s...)
	}
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	d := norm.NFKD.Properties(raw[:n]).Decomposition()
	if d == nil {
		return utf8.AppendRune(buf, unicode.ToLower(r))
	}
	for len(d) > 0 {
		r, size := utf8.DecodeRune(d)
		d = d[size:]
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			buf = utf8.AppendRune(buf, unicode.ToLower(r))
		}
	}
	return buf
}

// ligature spells out the letters that do not decompose.
func ligature(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return ""
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' || r == 'ʼ'
}

// elides reports whether w is an article or pronoun that loses its vowel
// before an apostrophe in French or Italian.
func elides(w []byte) bool {
	switch string(w) {
	case "l", "d", "j", "c", "n", "m", "t", "s", "qu", "jusqu", "lorsqu", "puisqu", "un",
		"dell", "all", "nell", "sull", "dall", "quest", "anch", "com", "cos", "dov":
		return true
	}
	return false
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
