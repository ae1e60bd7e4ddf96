package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/a-h/templ"
)

// script is a way of writing that a page in Latin letters does not have.
type script struct {
	key    string // of its name
	lang   string // what is written in it, und where that may be one of several
	tables []*unicode.RangeTable
}

// scripts are the ways of writing that are told apart. Japanese is looked for
// before Chinese, whose characters it has as well.
var scripts = []script{
	{"arabic", "und-Arab", []*unicode.RangeTable{unicode.Arabic}},
	{"armenian", "hy", []*unicode.RangeTable{unicode.Armenian}},
	{"bengali", "und-Beng", []*unicode.RangeTable{unicode.Bengali}},
	{"cyrillic", "und-Cyrl", []*unicode.RangeTable{unicode.Cyrillic}},
	{"devanagari", "und-Deva", []*unicode.RangeTable{unicode.Devanagari}},
	{"georgian", "ka", []*unicode.RangeTable{unicode.Georgian}},
	{"greek", "el", []*unicode.RangeTable{unicode.Greek}},
	{"hebrew", "und-Hebr", []*unicode.RangeTable{unicode.Hebrew}},
	{"japanese", "ja", []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}},
	{"korean", "ko", []*unicode.RangeTable{unicode.Hangul}},
	{"tamil", "ta", []*unicode.RangeTable{unicode.Tamil}},
	{"thai", "th", []*unicode.RangeTable{unicode.Thai}},
	{"chinese", "zh", []*unicode.RangeTable{unicode.Han}},
}

// scriptOf gives the script of a text that is mostly not in Latin letters; nil
// of any other, and of one that is not told apart.
func scriptOf(text string) *script {
	letters, latin := 0, 0
	in := make([]int, len(scripts))
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.Is(unicode.Latin, r) {
			latin++
			continue
		}
		if i := slices.IndexFunc(scripts, func(s script) bool { return unicode.In(r, s.tables...) }); i >= 0 {
			in[i]++
		}
	}
	if 2*latin >= letters {
		return nil
	}
	for i, n := range in {
		if 4*n >= letters { // a quarter: Japanese is half in Chinese characters
			return &scripts[i]
		}
	}
	return nil
}

// attributes mark words in a script with their language.
func (s *script) attributes() templ.Attributes {
	if s == nil {
		return nil
	}
	return templ.Attributes{"lang": s.lang}
}

// langOf marks somebody's words with their language, as far as the script tells.
func langOf(text string) templ.Attributes {
	return scriptOf(text).attributes()
}

// linked is what reads as an address: with its scheme, or with something behind
// the host.
var linked = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"]+|\b(?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+\p{L}{2,}/[^\s<>"]*|\bwww\.[^\s<>"]+`)

// hostsIn lists where the links in a text lead, each host once: what stands
// before an @ in a link is there to mislead.
func hostsIn(text string) (hosts []string) {
	for _, link := range linked.FindAllString(text, -1) {
		if !strings.Contains(link, "://") {
			link = "https://" + link
		}
		u, err := url.Parse(strings.TrimRight(link, ".,;:!?)]'’”"))
		if err != nil || u.Hostname() == "" || slices.Contains(hosts, u.Hostname()) {
			continue
		}
		hosts = append(hosts, u.Hostname())
	}
	return hosts
}
