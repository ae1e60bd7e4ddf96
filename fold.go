package kith

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FoldText makes text comparable across spelling habits: cleaned, lower case,
// without accents, punctuation as single spaces, "ß" as "ss". Two texts that a
// reader would call the same words fold to the same bytes. It keeps letters
// and digits of every script.
func FoldText(s string) string {
	if asciiFolded(s) {
		return s
	}
	s = norm.NFKD.String(Clean(s))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '\u2019' || r == '\u02bc' {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		switch r = unicode.ToLower(r); r {
		case 'ß':
			b.WriteString("ss")
		case 'ø':
			b.WriteByte('o')
		case 'ł':
			b.WriteByte('l')
		case 'đ', 'ð':
			b.WriteByte('d')
		case 'æ':
			b.WriteString("ae")
		case 'œ':
			b.WriteString("oe")
		case 'þ':
			b.WriteString("th")
		case 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// asciiFolded reports whether s already is what FoldText would make of it.
func asciiFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		if c == ' ' && i > 0 && i < len(s)-1 && s[i+1] != ' ' {
			continue
		}
		return false
	}
	return true
}

// FoldName makes a full name comparable: folded, without what stands after a
// comma or in brackets (credentials, former names) and without emoji. ok is
// false for fewer than two words: one word never names one person.
func FoldName(s string) (folded string, ok bool) {
	if i := strings.IndexAny(s, ",("); i > 0 {
		s = s[:i]
	}
	folded = FoldText(s)
	return folded, strings.Contains(folded, " ")
}

// FoldEmail makes a mail address comparable: NFC, lower case, without a
// "mailto:". ok is false for what cannot be an address.
func FoldEmail(s string) (folded string, ok bool) {
	s = strings.TrimPrefix(strings.ToLower(CleanLine(s)), "mailto:")
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > 254 || strings.ContainsAny(s, " <>,;\"") {
		return "", false
	}
	return s, true
}

// maxSlug is longer than any slug seen; percent-encoded names of 100 letters
// stay below it.
const maxSlug = 300

// Slug gives the key of a profile link: what follows /in/, decoded, in lower
// case, without query, fragment or trailing slash. Every secret a link carries
// is left behind. ok is false for anything that is not a link to a LinkedIn
// profile.
func Slug(link string) (slug string, ok bool) {
	s := strings.TrimSpace(link)
	if i := strings.Index(s, "://"); i >= 0 {
		if scheme := strings.ToLower(s[:i]); scheme != "https" && scheme != "http" {
			return "", false
		}
		s = s[i+3:]
	}
	host, path, found := strings.Cut(s, "/")
	if host = strings.ToLower(host); host != "linkedin.com" && !strings.HasSuffix(host, ".linkedin.com") || !found {
		return "", false
	}
	path = strings.TrimPrefix(path, "comm/")
	rest, found := strings.CutPrefix(path, "in/")
	if !found {
		return "", false
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return foldSlug(percentDecode(rest))
}

func foldSlug(s string) (string, bool) {
	s = strings.ToLower(CleanLine(s))
	if s == "" || len(s) > maxSlug || !utf8.ValidString(s) || s == "." || s == ".." {
		return "", false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) &&
			!unicode.Is(unicode.So, r) && !strings.ContainsRune("-_.~’'&", r) {
			return "", false
		}
	}
	return s, true
}

// ProfileLink rebuilds the link to a profile from its slug. It is the only
// kind of link Kith prints.
func ProfileLink(slug string) string {
	if slug == "" {
		return ""
	}
	return "https://www.linkedin.com/in/" + percentEncode(slug)
}

// percentDecode and percentEncode stand in for net/url: this package and all
// pure ones import nothing of net.
func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

func unhex(c byte) int {
	if c >= 'A' && c <= 'F' {
		c += 'a' - 'A'
	}
	return strings.IndexByte("0123456789abcdef", c)
}

func percentEncode(s string) string {
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			out = append(out, c)
			continue
		}
		out = append(out, '%', hex[c>>4], hex[c&15])
	}
	return string(out)
}
