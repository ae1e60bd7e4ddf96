package web

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// Much that pages show is English when it reaches them, and may have been kept
// for years: what went wrong, what was noted of a file, what the judgement makes
// sentences of. Another language finds such a text by what it says, under
// error.<key>, question.<id> and the like.

// wordings finds the keys of English texts.
type wordings struct {
	whole map[string]string // keys by text
	holed []wording         // texts with something filled in, the most particular first
}

type wording struct {
	key   string
	text  *regexp.Regexp
	holes []int // the numbers of its holes, in their order
	words int   // letters that are not filled in
}

// spoken are the English texts that reach pages from elsewhere.
var spoken = sync.OnceValue(func() *wordings {
	all := maps.Clone(sentences)
	en, _ := readCatalogue(firstLanguage) // pages have been refused before if it cannot be read
	for key, text := range en {
		if strings.HasPrefix(key, "error.") {
			all[key] = text
		}
	}
	return newWordings(all)
})

// gap is where something is filled in.
var gap = regexp.MustCompile(`\{\d?\}`)

// newWordings reads English texts by their keys.
func newWordings(english map[string]string) *wordings {
	p := &wordings{whole: map[string]string{}}
	for _, key := range slices.Sorted(maps.Keys(english)) {
		text := english[key]
		if !gap.MatchString(text) {
			p.whole[text] = key
			continue
		}
		h, pattern, at := wording{key: key}, "^", 0
		for _, hole := range gap.FindAllStringIndex(text, -1) {
			pattern += regexp.QuoteMeta(text[at:hole[0]]) + "(.*)"
			n, _ := strconv.Atoi(text[hole[0]+1 : hole[1]-1]) // {} is the first
			h.holes, h.words, at = append(h.holes, n), h.words+hole[0]-at, hole[1]
		}
		h.text, h.words = regexp.MustCompile(pattern+regexp.QuoteMeta(text[at:])+"$"), h.words+len(text)-at
		p.holed = append(p.holed, h)
	}
	slices.SortStableFunc(p.holed, func(a, b wording) int { return cmp.Compare(b.words, a.words) })
	return p
}

// find gives the key of an English text, and what is filled in; ok is false if
// it has none.
func (p *wordings) find(text string) (key string, args []any, ok bool) {
	if key, ok = p.whole[text]; ok {
		return key, nil, true
	}
	for i := range p.holed {
		h := &p.holed[i]
		found := h.text.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		args = make([]any, slices.Max(h.holes)+1)
		for i, n := range h.holes {
			args[n] = found[i+1]
		}
		return h.key, args, true
	}
	return "", nil, false
}

// translate gives an English text in the language of the page, or as it is if
// that language has no words for it.
func translate(ctx context.Context, text string) string {
	text, _ = inLanguage(ctx, text)
	return text
}

// foreign marks the element that holds a text [translate] leaves in English on a
// page in another language.
func foreign(ctx context.Context, text string) templ.Attributes {
	if _, ok := inLanguage(ctx, text); ok || text == "" {
		return nil
	}
	return templ.Attributes{"lang": firstLanguage}
}

// inLanguage is translate; ok says whether the text is now in the page's
// language.
func inLanguage(ctx context.Context, text string) (_ string, ok bool) {
	if say(ctx, "language") == firstLanguage {
		return text, true
	}
	key, args, ok := spoken().find(text)
	if !ok || !has(ctx, key) {
		return text, false
	}
	for i := range args { // what is put in may be such a text itself
		args[i] = translate(ctx, args[i].(string))
	}
	return say(ctx, key, args...), true
}
