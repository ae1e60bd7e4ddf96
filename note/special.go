package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// number reads digits with their inner points, commas and blanks of thousands,
// and a unit that is glued on (80k, 24h).
func (f *folder) number() {
	start, lo := f.pos, len(f.out.buf)
	for f.pos < len(f.text) && f.letters < maxLetters {
		r, size := utf8.DecodeRuneInString(f.text[f.pos:])
		inner := (r == '.' || r == ',' || r == ':') && f.digitAt(f.pos+1)
		blank := (r == ' ' || r == '\u00a0' || r == '\u202f') && f.thousandsAt(f.pos+size)
		if !unicode.IsNumber(r) && !unicode.IsLetter(r) && !inner && !blank {
			break
		}
		if r < utf8.RuneSelf && !blank {
			f.out.buf = append(f.out.buf, byte(unicode.ToLower(r)))
		}
		f.pos += size
		f.letters++
	}
	k := number
	if w := f.out.buf[lo:]; len(w) == 4 && w[0] <= '2' && (string(w[:2]) == "19" && w[2] >= '5' || string(w[:2]) == "20" && w[2] < '5') {
		k = year
	}
	f.emit(k, start, lo, 0)
	if n := len(f.out.tokens); n > f.from+1 && currencies[string(f.out.word(n-2))] && f.out.tokens[n-2].kind == letters {
		f.merge(n - 2) // EUR 500
	}
}

// merge makes one amount of money of the tokens from i on.
func (f *folder) merge(i int) {
	f.out.tokens[i].end = f.pos
	f.out.tokens[i].kind = money
	f.out.tokens = f.out.tokens[:i+1]
}

// amount looks back from a word just read: after a number ("500 euros", "2.5
// million de dollars") a currency makes an amount of both, after an amount
// ("$3 million") a scale does.
func (f *folder) amount() {
	n := len(f.out.tokens) - 1
	if w := f.out.word(n); !currencies[string(w)] && !scales[string(w)] {
		return
	}
	i := n - 1
	for i >= f.from && f.out.tokens[i].kind == letters && (scales[string(f.out.word(i))] || len(f.out.word(i)) <= 2) && i > n-3 {
		i--
	}
	if i < f.from {
		return
	}
	switch k := f.out.tokens[i].kind; {
	case k == money, (k == number || k == year) && currencies[string(f.out.word(n))]:
		f.merge(i)
	}
}

// currencies and scales are folded words.
var (
	currencies = set("dollar dollars usd euro euros eur gbp chf pounds quid franken francs reais real pesos usdt btc " +
		"bitcoin bitcoins eth dolares dollari dolar brl dolares livres libras sterline pond")
	scales = set("million millions mio mln millionen milliarden billion millon millones milioni milione milhao milhoes " +
		"miljoen miljard thousand tausend mille mil mila duizend k m")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func (f *folder) digitAt(i int) bool {
	return i < len(f.text) && f.text[i] >= '0' && f.text[i] <= '9'
}

// thousandsAt reports whether exactly three digits stand at i, so that the
// blank before them groups a number ("10 000").
func (f *folder) thousandsAt(i int) bool {
	return f.digitAt(i) && f.digitAt(i+1) && f.digitAt(i+2) && !f.digitAt(i+3)
}

// lastNumber gives the number that ends at or one blank before i, nil if none
// does.
func (f *folder) lastNumber(i int) *token {
	n := len(f.out.tokens)
	if n == f.from {
		return nil
	}
	last := &f.out.tokens[n-1]
	if last.kind != number && last.kind != year || strings.TrimRight(f.text[last.end:i], " \u00a0\u202f") != "" {
		return nil
	}
	return last
}

// currency makes an amount of the number before the sign of money, else of the
// number after it. The sign began at start and is read.
func (f *folder) currency(start int) {
	if last := f.lastNumber(start); last != nil {
		last.kind, last.end = money, f.pos
		return
	}
	i := f.pos
	if i < len(f.text) && f.text[i] == ' ' {
		i++
	}
	if !f.digitAt(i) {
		return
	}
	f.pos = i
	f.number()
	last := &f.out.tokens[len(f.out.tokens)-1]
	last.kind, last.start = money, start
}

// percent makes a share of the number before the sign.
func (f *folder) percent() {
	if last := f.lastNumber(f.pos - 1); last != nil {
		last.kind, last.end = percent, f.pos
	}
}

// handle reads @name.
func (f *folder) handle(start int) {
	n := strings.IndexFunc(f.text[f.pos:], func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.'
	})
	if n < 0 {
		n = len(f.text) - f.pos
	}
	if n == 0 {
		return
	}
	f.jump(handle, start, f.pos+n)
}

// jump makes one token of everything up to end.
func (f *folder) jump(k kind, start, end int) {
	f.letters += end - f.pos
	f.pos = end
	f.emit(k, start, len(f.out.buf), 0)
}

// maxAddress is the longest web or mail address read, in bytes.
const maxAddress = 200

// address reads a web or mail address, if one begins here.
func (f *folder) address() bool {
	end, last := f.pos, min(len(f.text), f.pos+maxAddress)
	dots, at, slashes := 0, 0, 0
	for end < last && f.text[end] > ' ' && f.text[end] < utf8.RuneSelf && strings.IndexByte("<>()\"", f.text[end]) < 0 {
		switch f.text[end] {
		case '.':
			dots++
		case '@':
			at++
		case '/':
			slashes++
		}
		end++
	}
	if dots+at+slashes == 0 {
		return false
	}
	run := strings.TrimRight(f.text[f.pos:end], ".,;:!?'*")
	switch {
	case at == 1 && strings.IndexByte(run, '@') > 0 && strings.LastIndexByte(run, '.') > strings.IndexByte(run, '@'):
		f.jump(mailbox, f.pos, f.pos+len(run))
	case strings.Contains(run, "://") || hasFold(run, "www.") || bareDomain(run):
		f.jump(link, f.pos, f.pos+len(run))
	default:
		return false
	}
	return true
}

// bareDomain reports whether s is a host name with a path or with a common
// ending, as in "example.com".
func bareDomain(s string) bool {
	host, _, path := strings.Cut(s, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 2 || strings.Contains(host, "..") {
		return false
	}
	tld := host[dot+1:]
	for i := range len(tld) {
		if tld[i] < 'a' || tld[i] > 'z' {
			return false
		}
	}
	return path && len(tld) >= 2 || strings.Contains(" com net org io co de fr es it pt nl br eu uk app dev info biz me example ", " "+tld+" ")
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// entity skips an HTML entity.
func (f *folder) entity() {
	end := strings.IndexByte(f.text[f.pos:min(len(f.text), f.pos+8)], ';')
	if end < 1 || strings.ContainsAny(f.text[f.pos:f.pos+end], " \n") {
		return
	}
	f.pos += end + 1
}

// maxSlot is the longest content of a bracket that is still taken for a slot
// or a tag, in bytes.
const maxSlot = 40

// bracket reads a template slot or an HTML tag, if one begins here.
func (f *folder) bracket(c byte) bool {
	rest := f.text[f.pos+1 : min(len(f.text), f.pos+1+maxSlot)]
	n := strings.IndexByte(rest, closing(c))
	if n < 1 {
		return false
	}
	inside := strings.Trim(rest[:n], "{[<(% ")
	if inside == "" || strings.ContainsAny(inside, "\n.!?") {
		return false
	}
	end := f.pos + 1 + n + 1
	for end < len(f.text) && f.text[end] == closing(c) {
		end++
	}
	switch {
	case c == '<' && !slotName(inside):
		f.pos = end // markup
		return true
	case c == '{', c == '[' && unicode.IsLetter(rune(inside[0])), slotName(inside):
		f.jump(slot, f.pos, end)
		return true
	}
	return false
}

func closing(c byte) byte {
	switch c {
	case '{':
		return '}'
	case '[':
		return ']'
	case '<':
		return '>'
	case '(':
		return ')'
	}
	return c
}

// slotName reports whether s is what templates call a blank to fill in.
func slotName(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if !strings.Contains(slotNames, " "+w+" ") {
			return false
		}
	}
	return len(words) > 0
}

// slotNames are the words of blanks in the seven languages.
const slotNames = " first last full user name firstname lastname fullname username your recipient sender contact insert " +
	"company companyname title job jobtitle role position industry field topic school university event city location mutual connection " +
	"vorname nachname firma firmenname unternehmen branche thema ihr ihre dein deine stadt anrede " +
	"prenom prénom nom entreprise societe société secteur poste votre ville sujet " +
	"nombre apellido empresa sector cargo tu su ciudad tema " +
	"nome cognome azienda settore ruolo città vostro " +
	"sobrenome setor cidade seu sua " +
	"voornaam achternaam naam bedrijf bedrijfsnaam sector functie jouw uw plaats onderwerp "
