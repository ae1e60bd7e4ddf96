package web

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

var (
	// namedKey is a key in the source, or the beginning of one.
	namedKey = regexp.MustCompile(`"([a-z][a-z0-9.-]*)"(\s*\+)?`)
	// builtKey is a key put together: its beginning and what is put behind it;
	// ended is one that begins with a variable.
	builtKey = regexp.MustCompile(`"([a-z][a-z0-9.-]*[.-])"((?:\s*\+\s*(?:"[^"]*"|[^"+,\n]+))+)`)
	endedKey = regexp.MustCompile(`\+\s*"([.-][a-z0-9.-]+)"`)
	keyPart  = regexp.MustCompile(`\+\s*(?:"([^"]*)"|[^"+]+)`)
	saidKey  = regexp.MustCompile(`\b(say|count)\([a-zA-Z.()]+, "([^"]+)"[,)]`)
	// hole is where something is put into a text.
	hole = regexp.MustCompile(`\{\d?\}`)
)

// counting are the ends of keys that count.
var counting = []string{"", ".one", ".many", ".none"}

// formOf splits a key that counts from its end; ok is false for any other.
func formOf(key string) (base, end string, ok bool) {
	at := strings.LastIndex(key, ".")
	if at < 0 || key[at:] != ".none" && !slices.Contains(slices.Collect(maps.Values(numberForms)), key[at:]) {
		return key, "", false
	}
	return key[:at], key[at:], true
}

// keysInSource are the ways in which pages name texts.
type keysInSource struct {
	named    map[string]bool
	together []*regexp.Regexp
	ends     []string
}

func readKeys(t *testing.T) keysInSource {
	t.Helper()
	k := keysInSource{named: map[string]bool{}}
	for _, name := range append(sources(t, "*.go"), sources(t, "*.templ")...) {
		text := source(t, name)
		for _, m := range namedKey.FindAllStringSubmatch(text, -1) {
			k.named[m[1]] = true
			if begins := strings.TrimRight(m[1], ".-") != m[1]; begins && m[2] == "" { // told to whoever puts it together
				k.together = append(k.together, regexp.MustCompile("^"+regexp.QuoteMeta(m[1])))
			}
		}
		for _, m := range endedKey.FindAllStringSubmatch(text, -1) {
			k.ends = append(k.ends, m[1])
		}
		for _, m := range builtKey.FindAllStringSubmatch(text, -1) {
			pattern := "^" + regexp.QuoteMeta(m[1])
			for _, part := range keyPart.FindAllStringSubmatch(m[2], -1) {
				if part[1] == "" {
					pattern += ".+"
				}
				pattern += regexp.QuoteMeta(part[1])
			}
			k.together = append(k.together, regexp.MustCompile(pattern+"$"))
		}
	}
	return k
}

// says reports whether a page says a key.
func (k keysInSource) says(key string) bool {
	for _, form := range counting {
		base, ok := strings.CutSuffix(key, form)
		if ok && (k.named[base] || slices.ContainsFunc(k.together, func(p *regexp.Regexp) bool { return p.MatchString(base) })) {
			return true
		}
	}
	return slices.ContainsFunc(k.ends, func(end string) bool {
		begin, ok := strings.CutSuffix(key, end)
		return ok && k.named[begin]
	})
}

// Every text has a page that says it.
func TestEveryTextIsSaid(t *testing.T) {
	t.Parallel()
	en, k := english(t), readKeys(t)
	for _, key := range slices.Sorted(maps.Keys(en)) {
		if !k.says(key) {
			t.Errorf("no page says %q: %q", key, en[key])
		}
	}
}

// Every text a page says by name is there. Those it puts together are looked at
// where pages speak a language nobody does.
func TestEveryTextThatIsSaidIsThere(t *testing.T) {
	t.Parallel()
	en := english(t)
	for _, name := range append(sources(t, "*.go"), sources(t, "*.templ")...) {
		for _, m := range saidKey.FindAllStringSubmatch(source(t, name), -1) {
			keys := []string{m[2]}
			if m[1] == "count" {
				keys = []string{m[2] + ".one", m[2] + ".many"}
			}
			for _, key := range keys {
				if en[key] == "" {
					t.Errorf("%s says %q, which is not in the catalogue", name, key)
				}
			}
		}
	}
}

// translated tells how a language stands to English: keys it has no text for,
// and what is wrong with those it has.
func translated(en, other catalogue) (missing, wrong []string) {
	for _, key := range slices.Sorted(maps.Keys(en)) {
		text, ok := other[key]
		switch {
		case !ok:
			missing = append(missing, key)
		case !fits(en, key, text):
			wrong = append(wrong, key+": fills in other things than the English one")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(other)) {
		if _, ok := en[key]; ok || strings.HasPrefix(key, "settled.") { // in English each is several sentences
			continue
		}
		base, _, counts := formOf(key)
		if _, ok := en[base+".many"]; !counts || !ok {
			wrong = append(wrong, key+": is no key")
		} else if !fits(en, key, other[key]) {
			wrong = append(wrong, key+": fills in other things than the English one")
		}
	}
	return missing, wrong
}

// fits reports whether a text fills in what the English one does. In how many
// forms one counts, and which of them names the number, each language knows
// itself.
func fits(en catalogue, key, text string) bool {
	base, end, counts := formOf(key)
	if many, ok := en[base+".many"]; counts && ok && end != ".many" {
		return !slices.ContainsFunc(holes(text), func(h string) bool { return !slices.Contains(holes(many), h) })
	}
	return slices.Equal(holes(en[key]), holes(text))
}

func holes(text string) []string {
	found := hole.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// A language is one file of keys; what it lacks is listed, what it has too much
// or fills in otherwise is refused.
func TestLanguages(t *testing.T) {
	t.Parallel()
	en := english(t)
	maps.Copy(en, sentences)
	files, err := texts.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".toml")
		if lang == "en" {
			continue
		}
		words, err := readCatalogue(lang)
		if err != nil {
			t.Fatal(err)
		}
		if tag, err := language.Parse(lang); err != nil || tag.IsRoot() {
			t.Errorf("%s is no language", lang)
		}
		missing, wrong := translated(en, words)
		t.Logf("%s lacks %d of %d: %s", lang, len(missing), len(en), strings.Join(missing, ", "))
		if len(wrong) > 0 {
			t.Errorf("%s: %s", lang, strings.Join(wrong, "; "))
		}
	}
}

func TestWhatALanguageLacksIsListed(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/de.toml")
	if err != nil {
		t.Fatal(err)
	}
	de, err := parseCatalogue(data)
	if err != nil {
		t.Fatal(err)
	}
	en := catalogue{"frame.desk": "Desk", "frame.duties": "Duties", "list.more.one": "{0} more", "list.more.many": "{0} more", "signal.met-observed": "You have met{}.",
		"error.there-is-no-such-account": "there is no such account; check the name or the link"}
	missing, wrong := translated(en, de)
	if want := []string{"frame.duties", "list.more.many"}; !slices.Equal(missing, want) {
		t.Errorf("missing %q, want %q", missing, want)
	}
	if want := []string{"frame.gone: is no key", "list.more.few: fills in other things than the English one"}; !slices.Equal(wrong, want) {
		t.Errorf("wrong %q, want %q", wrong, want)
	}
}

func english(t *testing.T) catalogue {
	t.Helper()
	en, err := readCatalogue("en")
	if err != nil {
		t.Fatal(err)
	}
	return en
}
