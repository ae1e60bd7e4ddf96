package note

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/*.txt
var phraseFiles embed.FS

// words is the lexicon of all languages at once. It is built on first use; the
// files are part of the program and a test proves that they can be read, so
// the error is nil in every program that was tested.
var words = sync.OnceValues(func() (*lexicon, error) { return loadLexicon(phraseFiles) })

// group is what a phrase speaks for.
type group struct {
	class  string // pitch, scam, generic, specific, default, form or says
	name   string
	weight int
}

// lexicon is every phrase of every language in one automaton over word
// symbols, so that a note is matched against all of them in one walk.
type lexicon struct {
	vocabulary
	groups []group
	nodes  []node
	starts []int32 // by symbol: where its arcs begin in those of the first node
}

// node is a state of the automaton.
type node struct {
	arcs  []arc
	mask  uint64 // bits of the symbols in arcs, to pass by quickly
	group int32  // group of the phrase that ends here, noGroup if none does
	gap   int32  // where a gap leads, 0 if there is none
	span  int32  // how many words the gap may span
}

// arc is a step from a node by a symbol.
type arc struct{ symbol, to int32 }

const noGroup = -1

// loader reads the data files into a lexicon.
type loader struct {
	lex      *lexicon
	macros   map[string][]pattern
	ids      map[group]int32
	defining bool
	group    int32
	list     string // name of the word list being read, empty in phrases
}

func loadLexicon(files fs.FS) (*lexicon, error) {
	l := loader{
		lex:    &lexicon{vocabulary: newVocabulary(), nodes: []node{{group: noGroup}}},
		macros: map[string][]pattern{},
		ids:    map[group]int32{},
	}
	names, err := fs.Glob(files, "data/*.txt") // sorted: classes.txt must come first, it defines
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		for i, s := range strings.Split(string(data), "\n") {
			if err := l.line(strings.TrimSpace(s)); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
			}
		}
	}
	return l.lex, l.lex.close()
}

// line reads one line: a comment, a [section], a definition or a phrase list.
func (l *loader) line(s string) error {
	switch {
	case s == "" || s[0] == '#':
		return nil
	case s[0] == '[':
		return l.section(strings.Fields(strings.Trim(s, "[]")))
	case l.defining:
		return l.define(s)
	}
	lang, list, ok := strings.Cut(s, ":")
	if !ok {
		return fmt.Errorf("no language in %q", s)
	}
	if l.list != "" {
		return l.words(lang, strings.Fields(list))
	}
	for p := range strings.SplitSeq(list, ";") {
		if err := l.phrase(strings.TrimSpace(p)); err != nil {
			return err
		}
	}
	return nil
}

// section opens [define], [words list] or [class group weight].
func (l *loader) section(f []string) error {
	l.defining, l.list = f[0] == "define", ""
	switch {
	case len(f) == 1 && l.defining:
		return nil
	case len(f) == 2 && f[0] == "words":
		l.list = f[1]
		return nil
	case len(f) != 3:
		return fmt.Errorf("section %v: want class, group and weight", f)
	}
	w, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	g := group{f[0], f[1], w}
	id, ok := l.ids[g]
	if !ok {
		id = int32(len(l.lex.groups))
		l.lex.groups = append(l.lex.groups, g)
		l.ids[g] = id
	}
	l.group = id
	return nil
}

// define reads "name = alternatives". Single words become members of a class,
// which costs one symbol; longer alternatives are written out beside it.
func (l *loader) define(s string) error {
	name, body, ok := strings.Cut(s, "=")
	if !ok {
		return fmt.Errorf("no definition in %q", s)
	}
	name = "<" + strings.TrimSpace(name) + ">"
	alts, err := parsePattern(strings.TrimSpace(body), l.macros)
	if err != nil {
		return err
	}
	if len(alts) == 1 && len(alts[0]) == 1 && alts[0][0].alts != nil {
		alts = alts[0][0].alts
	}
	long := []pattern{{{term: name}}}
	for _, p := range alts {
		if len(p) == 1 && p[0].alts == nil && gaps[p[0].term] == 0 {
			l.lex.member(p[0].term, name)
			continue
		}
		long = append(long, p)
	}
	if len(long) > 1 {
		l.macros[name] = long
	}
	return nil
}

// phrase adds a pattern to the automaton.
func (l *loader) phrase(src string) error {
	if src == "" {
		return nil
	}
	alts, err := parsePattern(src, l.macros)
	if err != nil {
		return err
	}
	ends := l.lex.either(alts, []int32{0})
	if slices.Contains(ends, 0) || l.lex.nodes[0].gap != 0 || slices.ContainsFunc(alts, endsInGap) {
		return fmt.Errorf("pattern %q: empty, or begins or ends in a gap", src)
	}
	for _, end := range ends {
		l.lex.nodes[end].group = l.group
	}
	return nil
}

// endsInGap reports whether nothing follows a pattern's last gap.
func endsInGap(p pattern) bool {
	return len(p) > 0 && gaps[p[len(p)-1].term] > 0
}

// either adds alternatives that begin at any of the given nodes and gives the
// nodes they end in.
func (x *lexicon) either(alts []pattern, from []int32) []int32 {
	join := x.grow()
	ends := []int32{join}
	for _, p := range alts {
		if len(p) == 0 {
			ends = append(ends, from...)
			continue
		}
		at := from
		for i, e := range p {
			at = x.element(e, at, i == len(p)-1, join)
		}
		if p[len(p)-1].alts != nil || endsInGap(p) {
			ends = append(ends, at...)
		}
	}
	return ends
}

// element adds one element after the given nodes. The last word of an
// alternative ends in the node all of them share.
func (x *lexicon) element(e element, from []int32, last bool, join int32) []int32 {
	if e.alts != nil {
		return x.either(e.alts, from)
	}
	to := join
	if !last || gaps[e.term] > 0 {
		to = x.grow()
	}
	for _, at := range from {
		if gaps[e.term] > 0 {
			x.nodes[at].gap, x.nodes[at].span = to, gaps[e.term]
			continue
		}
		x.nodes[at].arcs = append(x.nodes[at].arcs, arc{x.symbol(e.term), to})
	}
	return []int32{to}
}

func (x *lexicon) grow() int32 {
	x.nodes = append(x.nodes, node{group: noGroup})
	return int32(len(x.nodes) - 1)
}

// close makes the automaton ready for matching. A class that was used but not
// defined is an error.
func (x *lexicon) close() error {
	if err := x.vocabulary.close(); err != nil {
		return err
	}
	for i := range x.nodes {
		n := &x.nodes[i]
		slices.SortFunc(n.arcs, func(a, b arc) int { return int(a.symbol - b.symbol) })
		for _, a := range n.arcs {
			n.mask |= bit(a.symbol)
		}
	}
	x.starts = make([]int32, len(x.names)+1)
	for _, a := range x.nodes[0].arcs {
		x.starts[a.symbol+1]++
	}
	for i := range x.names {
		x.starts[i+1] += x.starts[i]
	}
	return nil
}

func bit(symbol int32) uint64 { return 1 << (uint32(symbol) % 64) }

// words adds a list to its class. Function words are everyday words too, and
// tell the language.
func (l *loader) words(lang string, list []string) error {
	for _, w := range list {
		t := terms(w)
		if len(t) != 1 {
			return fmt.Errorf("%q is not one word", w)
		}
		if l.list != functionWords {
			l.lex.member(t[0], "<"+l.list+">")
			continue
		}
		l.lex.member(t[0], className[everydayWord])
		l.lex.member(t[0], languageClass(lang))
		l.lex.languages[l.lex.symbol(languageClass(lang))] = lang
	}
	return nil
}
