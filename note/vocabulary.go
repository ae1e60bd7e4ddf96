package note

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// The classes the code itself asks for. Each is its own symbol.
const (
	anyWord      int32 = iota // every word
	nameWord                  // a capitalised word that is not everyday
	everydayWord              // found in any invitation
	readerWord                // means the reader
	yoursWord                 // says that something is the reader's
	jointWord                 // a clause ends before it
	platformWord              // the platform's name
	toPlatform                // leads to the platform's name
	strongTrade               // a word of selling, worth two
	weakTrade                 // a word of selling, worth one
	strongRisk                // a word of fraud, worth two
	weakRisk                  // a word of fraud, worth one
	workWord                  // a thing people publish
	eventWord                 // a place people meet
	dayWord
	monthWord
	schoolWord
	builtIn // number of these classes
)

// className spells the classes in the data files.
var className = [builtIn]string{
	"<any>", "<name>", "<everyday>", "<reader>", "<yours>", "<joint>", "<platform>", "<to-platform>",
	"<trade-2>", "<trade-1>", "<risk-2>", "<risk-1>", "<work>", "<event>", "<day>", "<month>", "<school>",
}

// kindName spells the classes of tokens that are no words.
var kindName = [slot + 1]string{
	number: "<num>", year: "<year>", money: "<money>", percent: "<pct>", link: "<link>", mailbox: "<mail>", handle: "<handle>", slot: "<slot>",
}

// notConcrete reports whether words of a class say nothing by themselves.
func notConcrete(class int32) bool {
	return class == everydayWord || class >= strongTrade && class <= weakTrade || class >= workWord && class <= schoolWord
}

// functionWords is the word list that tells the language; its words belong to
// the class of their language too.
const functionWords = "function"

func languageClass(lang string) string { return "<lang-" + lang + ">" }

// vocabulary turns words into the symbols phrases are made of: the word itself,
// the beginnings and endings it has, and the classes these belong to.
type vocabulary struct {
	ids        map[string]int32   // symbol of a term
	names      []string           // term of a symbol
	classes    map[string][]int32 // classes of a term, until close
	exact      map[string][]int32 // all symbols of a known word
	prefixes   map[string][]int32 // symbols of a beginning
	suffixes   map[string][]int32 // symbols of an ending
	kinds      [slot + 1][]int32  // symbols of each kind that is no word
	languages  map[int32]string   // language of a class of function words
	minP, maxP int                // lengths of beginnings
	minS, maxS int                // lengths of endings
}

func newVocabulary() vocabulary {
	v := vocabulary{
		ids: map[string]int32{}, classes: map[string][]int32{}, exact: map[string][]int32{},
		prefixes: map[string][]int32{}, suffixes: map[string][]int32{}, languages: map[int32]string{},
	}
	for _, name := range className {
		v.symbol(name)
	}
	for _, name := range kindName[number:] {
		v.symbol(name)
	}
	v.member(kindName[year], kindName[number])
	return v
}

// symbol gives the number of a term: word, word*, *word or <class>.
func (v *vocabulary) symbol(term string) int32 {
	id, ok := v.ids[term]
	if !ok {
		id = int32(len(v.names))
		v.names = append(v.names, term)
		v.ids[term] = id
	}
	return id
}

// member puts a term into a class.
func (v *vocabulary) member(term, class string) {
	v.symbol(term)
	if c := v.symbol(class); !slices.Contains(v.classes[term], c) {
		v.classes[term] = append(v.classes[term], c)
	}
}

// close sorts the terms into beginnings, endings and whole words, and works
// out once all symbols every known word has.
func (v *vocabulary) close() error {
	if err := v.checkClasses(); err != nil {
		return err
	}
	for _, term := range v.names {
		syms := v.closure(nil, term)
		switch {
		case term[0] == '<':
		case strings.HasSuffix(term, "*"):
			v.prefixes[term[:len(term)-1]] = syms
		case term[0] == '*':
			v.suffixes[term[1:]] = syms
		default:
			v.exact[term] = syms
		}
	}
	v.minP, v.maxP = lengths(v.prefixes)
	v.minS, v.maxS = lengths(v.suffixes)
	for term, syms := range v.exact {
		syms = v.affixes(syms, []byte(term))
		slices.Sort(syms)
		v.exact[term] = slices.Compact(syms)
	}
	for k, name := range kindName[number:] {
		v.kinds[int(number)+k] = v.closure(nil, name)
	}
	v.classes = nil
	return nil
}

// checkClasses refuses a class that is used and has no members.
func (v *vocabulary) checkClasses() error {
	full := make([]bool, len(v.names))
	for _, classes := range v.classes {
		for _, c := range classes {
			full[c] = true
		}
	}
	for id, name := range v.names[builtIn:] {
		if name[0] == '<' && !full[int(builtIn)+id] && !slices.Contains(kindName[:], name) {
			return fmt.Errorf("class %s is used but not defined", name)
		}
	}
	return nil
}

// closure appends a term's symbol, its classes and the classes of these.
func (v *vocabulary) closure(syms []int32, term string) []int32 {
	syms = append(syms, v.ids[term])
	for _, c := range v.classes[term] {
		syms = v.closure(syms, v.names[c])
	}
	return syms
}

// lengths gives the least and the greatest length of the keys.
func lengths(m map[string][]int32) (least, most int) {
	for k := range m {
		if n := len(k); least == 0 || n < least {
			least = n
		}
		most = max(most, len(k))
	}
	return least, most
}

// affixes appends the symbols of the beginnings and endings of w.
func (v *vocabulary) affixes(syms []int32, w []byte) []int32 {
	for n := v.minP; n <= min(v.maxP, len(w)); n++ {
		syms = append(syms, v.prefixes[string(w[:n])]...)
	}
	for n := v.minS; n <= min(v.maxS, len(w)); n++ {
		syms = append(syms, v.suffixes[string(w[len(w)-n:])]...)
	}
	return syms
}

// maxName is how many bytes one word of a name may have, folded. Scripts
// without spaces make a whole sentence one word, and "LinkedInの…" begins with a
// capital.
const maxName = 40

// read appends the symbols of token i to syms.
func (v *vocabulary) read(syms []int32, f *folded, i int) []int32 {
	if k := f.tokens[i].kind; k != letters {
		return append(syms, v.kinds[k]...)
	}
	from := len(syms)
	w := f.word(i)
	known, ok := v.exact[string(w)]
	if !ok {
		known, ok = v.exact[string(bareUmlauts(w))]
	}
	if syms = append(syms, known...); !ok {
		syms = v.affixes(syms, w)
	}
	if f.has(i, capital) && len(w) <= maxName && !slices.Contains(syms[from:], everydayWord) {
		syms = append(syms, nameWord)
	}
	return append(syms, anyWord)
}

// bareUmlauts gives w with ae, oe, ue as a, o, u: people without German keys
// write "moechte", folding makes "mochte" of "möchte".
func bareUmlauts(w []byte) []byte {
	if bytes.IndexByte(w, 'e') < 1 {
		return nil
	}
	out := make([]byte, 0, len(w))
	for i, c := range w {
		if c != 'e' || i == 0 || w[i-1] != 'a' && w[i-1] != 'o' && w[i-1] != 'u' {
			out = append(out, c)
		}
	}
	return out
}
