package note

import (
	"fmt"
	"strings"
)

// A pattern is a phrase with its variants, as written in the data files:
//
//	help (b2b|) <company> _ (grow|scale)
//
// A bar in round brackets parts alternatives, an empty one makes the bracket
// optional; <name> is a defined class; word* and *word match by beginning and
// end; _ is a gap of up to three words, ... one of up to nine.
type pattern []element

// element is one term of a pattern, or alternatives in its place.
type element struct {
	term string // empty for alternatives
	alts []pattern
}

// gaps are the terms of gaps and how many words they may span.
var gaps = map[string]int32{"_": 3, "...": 9}

// parser reads one pattern.
type parser struct {
	src    string
	pos    int
	macros map[string][]pattern // long alternatives of a class, beside its words
}

// parsePattern reads a pattern; macros hold the alternatives of classes that
// are longer than a word.
func parsePattern(src string, macros map[string][]pattern) ([]pattern, error) {
	p := parser{src: src, macros: macros}
	alts, err := p.alternatives()
	if err == nil && p.pos < len(src) {
		err = fmt.Errorf("pattern %q: unexpected %q", src, src[p.pos])
	}
	return alts, err
}

func (p *parser) alternatives() ([]pattern, error) {
	var alts []pattern
	for {
		seq, err := p.sequence()
		if err != nil {
			return nil, err
		}
		alts = append(alts, seq)
		if p.pos == len(p.src) || p.src[p.pos] != '|' {
			return alts, nil
		}
		p.pos++
	}
}

func (p *parser) sequence() (pattern, error) {
	var seq pattern
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ':
			p.pos++
		case '|', ')':
			return seq, nil
		case '(':
			p.pos++
			alts, err := p.alternatives()
			if err != nil {
				return nil, err
			}
			if p.pos == len(p.src) {
				return nil, fmt.Errorf("pattern %q: bracket left open", p.src)
			}
			p.pos++
			if p.pos < len(p.src) && strings.IndexByte(" |)", p.src[p.pos]) < 0 {
				return nil, fmt.Errorf("pattern %q: no blank after a bracket", p.src)
			}
			seq = append(seq, element{alts: alts})
		default:
			elements, err := p.term()
			if err != nil {
				return nil, err
			}
			seq = append(seq, elements...)
		}
	}
	return seq, nil
}

// term reads one word, class or gap.
func (p *parser) term() (pattern, error) {
	n := strings.IndexAny(p.src[p.pos:], " |()")
	if n < 0 {
		n = len(p.src) - p.pos
	}
	t := p.src[p.pos : p.pos+n]
	p.pos += n
	if p.pos < len(p.src) && p.src[p.pos] == '(' {
		return nil, fmt.Errorf("pattern %q: no blank before a bracket", p.src)
	}
	if alts, ok := p.macros[t]; ok {
		return pattern{{alts: alts}}, nil
	}
	var seq pattern
	for _, w := range terms(t) {
		seq = append(seq, element{term: w})
	}
	return seq, nil
}

// terms folds a written word the way notes are folded; an apostrophe or hyphen
// may part it.
func terms(t string) []string {
	if gaps[t] > 0 || t[0] == '<' {
		return []string{t}
	}
	prefix, suffix := strings.HasSuffix(t, "*"), strings.HasPrefix(t, "*")
	f := fold(strings.Trim(t, "*"))
	var out []string
	for i := range f.tokens {
		out = append(out, string(f.word(i)))
	}
	if n := len(out); n > 0 && prefix {
		out[n-1] += "*"
	}
	if len(out) > 0 && suffix {
		out[0] = "*" + out[0]
	}
	return out
}
