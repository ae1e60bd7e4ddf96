package note

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

//go:embed data/defaults.json
var defaultsFile []byte

// Default is one text a platform itself puts into an invitation.
type Default struct {
	Lang    string `json:"lang"`    // language, ISO 639-1
	Text    string `json:"text"`    // the text; {first} and {sender} stand for names
	Sourced bool   `json:"sourced"` // seen word for word in the source; otherwise likely but unverified
	Kind    string `json:"kind"`    // "mail wrapper" for lines of the mail around it, else empty
	Source  string `json:"source"`  // where it was seen
}

// Defaults gives the known default texts. Those that are not sourced were
// written from general knowledge of the language and are marked so.
func Defaults() []Default {
	var file struct {
		Notes []Default `json:"notes"`
	}
	if err := json.Unmarshal(defaultsFile, &file); err != nil {
		return nil // the file is part of the program; a test reads it
	}
	return file.Notes
}

// stock is a default text made comparable.
type stock struct {
	text  []byte
	count profile
}

// stocks are the default texts, made comparable on first use.
var stocks = sync.OnceValue(func() []stock {
	lex, err := words()
	if err != nil {
		return nil
	}
	var out []stock
	for _, d := range Defaults() {
		m := lex.match(fold(d.Text))
		p := m.split()
		if text := m.plain(nil, p.from, p.to); len(text) > 0 {
			out = append(out, stock{text, count(text)})
		}
	}
	return out
})

// tolerance is how many letters of a default text may differ: one in eight, so
// that a typing error, a formal "you" or a missing accent does not hide it.
const tolerance = 8

// maxPrefix is how many words may stand before a default text in its sentence,
// and how many names after it.
const maxPrefix = 3

// maxStockWords is more words than any default text has.
const maxStockWords = 24

// plain writes tokens as words with blanks between, leaving out slots and the
// mention of the platform ("on LinkedIn", "sur le site LinkedIn").
func (m *matcher) plain(buf []byte, from, to int) []byte {
	for i := from; i < to; i++ {
		if m.is(i, platformWord) || m.note.tokens[i].kind != letters || m.leadsTo(i, to) {
			continue
		}
		if len(buf) > 0 {
			buf = append(buf, ' ')
		}
		buf = append(buf, m.note.word(i)...)
	}
	return buf
}

// leadsTo reports whether token i only leads to the platform's name.
func (m *matcher) leadsTo(i, to int) bool {
	for j := i + 1; j < min(to, i+4); j++ {
		if m.is(j, platformWord) {
			return true
		}
		if !m.is(j, toPlatform) {
			return false
		}
	}
	return false
}

// findStock finds the default text in the body: one of the known texts, or a
// sentence that only asks to be added.
func (r *reader) findStock() span {
	body := span{r.parts.from, r.parts.to}
	if r.isStock(body) {
		return body
	}
	for _, s := range r.note.sentences {
		found := span{max(s.from, body.from), min(s.to, body.to)}
		if r.isStock(found) {
			return found
		}
		for _, h := range r.hits {
			if r.group(h).class == "default" && found.from <= h.from && h.to <= found.to &&
				(found.to-found.from)-(h.to-h.from) <= maxPrefix {
				return found
			}
		}
	}
	return span{}
}

// isStock reports whether the tokens are a known text, up to a few words before
// it and names after it.
func (r *reader) isStock(s span) bool {
	if s.to-s.from > maxStockWords+2*maxPrefix {
		return false
	}
	buf := make([]byte, 0, 160)
	for to := s.to; to > s.from && s.to-to <= maxPrefix; to-- {
		for from := s.from; from < to && from-s.from <= maxPrefix; from++ {
			if buf = r.plain(buf[:0], from, to); nearDefault(buf) {
				return true
			}
		}
		if !r.isName(to - 1) {
			break
		}
	}
	return false
}

// nearDefault reports whether text is a default text within the tolerance.
func nearDefault(text []byte) bool {
	c := count(text)
	return slices.ContainsFunc(stocks(), func(s stock) bool {
		bound := len(s.text) / tolerance
		d := len(text) - len(s.text)
		return d <= bound && -d <= bound && c.apart(s.count) <= 2*bound && within(text, s.text, bound)
	})
}

// profile counts letters. Half the sum of differences of two profiles is a
// lower bound of the edit distance, and cheap.
type profile [32]uint8

func count(text []byte) profile {
	var p profile
	for _, c := range text {
		p[c%32]++
	}
	return p
}

func (p profile) apart(q profile) int {
	sum := 0
	for i := range p {
		sum += max(int(p[i]), int(q[i])) - min(int(p[i]), int(q[i]))
	}
	return sum
}

// maxBound is the largest edit distance asked for; default texts are shorter
// than eight times that.
const maxBound = 24

// within reports whether a and b are at most bound single-letter changes apart
// (Levenshtein's distance, on a band of the matrix).
func within(a, b []byte, bound int) bool {
	bound = min(bound, maxBound)
	if len(a) > len(b)+bound || len(b) > len(a)+bound {
		return false
	}
	var row [2*maxBound + 3]int // row[k] is the distance at column i+k-bound-1
	width := 2*bound + 1
	const far = 1 << 20
	for k := range row {
		row[k] = far
	}
	for k := bound; k < width; k++ {
		row[k+1] = k - bound
	}
	for i := 1; i <= len(a); i++ {
		best := far
		for k := range width {
			j := i + k - bound
			d := far
			switch {
			case j == 0:
				d = i
			case j > 0 && j <= len(b):
				d = row[k+1]
				if a[i-1] != b[j-1] {
					d++
				}
				d = min(d, row[k+2]+1, row[k]+1)
			}
			row[k+1] = d
			best = min(best, d)
		}
		if best > bound {
			return false
		}
	}
	return row[len(b)-len(a)+bound+1] <= bound
}
