package web

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed texts/*.toml
var texts embed.FS

// catalogue holds the texts of one language by their keys; under "language" its
// name, such as "en".
type catalogue map[string]string

type catalogueKey struct{}

// firstLanguage is the one all texts are written in first.
const firstLanguage = "en"

// readCatalogue reads the texts of a language.
func readCatalogue(lang string) (catalogue, error) {
	data, err := texts.ReadFile("texts/" + lang + ".toml")
	if err != nil {
		return nil, err
	}
	c, err := parseCatalogue(data)
	if err != nil {
		return nil, fmt.Errorf("texts/%s.toml: %w", lang, err)
	}
	c["language"] = lang
	return c, nil
}

// tongues are the languages pages can be in beside English.
type tongues struct {
	list  []catalogue
	match language.Matcher // English is its first
}

// readTongues reads the languages there are texts of. Where one has no words, it
// has the English ones.
func readTongues(en catalogue) (tongues, error) {
	files, err := texts.ReadDir("texts")
	if err != nil {
		return tongues{}, err
	}
	var list []catalogue
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".toml")
		if lang == firstLanguage {
			continue
		}
		c, err := readCatalogue(lang)
		if err != nil {
			return tongues{}, err
		}
		list = append(list, c)
	}
	return newTongues(en, list...), nil
}

// newTongues puts English beneath some languages.
func newTongues(en catalogue, list ...catalogue) tongues {
	t, tags := tongues{}, []language.Tag{language.Make(firstLanguage)}
	for _, c := range list {
		whole := maps.Clone(en)
		maps.Copy(whole, c)
		t.list, tags = append(t.list, whole), append(tags, language.Make(c["language"]))
	}
	t.match = language.NewMatcher(tags)
	return t
}

// of gives the language a browser wants most of those there are.
func (t *tongues) of(r *http.Request, en catalogue) catalogue {
	if _, at := language.MatchStrings(t.match, r.Header.Get("Accept-Language")); at > 0 {
		return t.list[at-1]
	}
	return en
}

func parseCatalogue(data []byte) (catalogue, error) {
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	c := catalogue{}
	return c, c.flatten("", tree)
}

// flatten puts a tree of tables under keys with dots.
func (c catalogue) flatten(prefix string, tree map[string]any) error {
	for k, v := range tree {
		switch v := v.(type) {
		case string:
			c[prefix+k] = v
		case map[string]any:
			if err := c.flatten(prefix+k+".", v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("text %s%s is no text", prefix, k)
		}
	}
	return nil
}

// pseudo gives a language no page is written in: what shows through it bypasses
// the catalogue.
func (c catalogue) pseudo() catalogue {
	out := catalogue{}
	for k, v := range c {
		if k == "language" || k == "direction" { // read by browsers, not by people
			continue
		}
		out[k] = "⟦" + strings.ReplaceAll(v, "*", "⟧*⟦") + "⟧" // each piece between stars stands for itself
	}
	out["language"] = firstLanguage + "-x-pseudo"
	return out
}

// has reports whether there is a text of a key.
func has(ctx context.Context, key string) bool {
	c, _ := ctx.Value(catalogueKey{}).(catalogue)
	_, ok := c[key]
	return ok
}

// say gives the text of a key in the language of a page, with {0}, {1}, …
// filled in. A key without a text gives itself, which a test finds.
func say(ctx context.Context, key string, args ...any) string {
	c, _ := ctx.Value(catalogueKey{}).(catalogue)
	text, ok := c[key]
	if !ok {
		return key
	}
	return fill(text, args...)
}

// fill puts {0}, {1}, … in their places, and the first of them in that of {}.
// What is put in is not looked at: a name may hold {1}.
func fill(text string, args ...any) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var pairs []string
	for i, a := range args {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), fmt.Sprint(a))
	}
	if len(args) > 0 {
		pairs = append(pairs, "{}", fmt.Sprint(args[0]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// numberForms are the ends of keys that count, by the form of number a language has
// for one.
var numberForms = map[plural.Form]string{plural.Zero: ".zero", plural.One: ".one", plural.Two: ".two", plural.Few: ".few", plural.Many: ".many", plural.Other: ".other"}

// count is say for a number of things, {0}: key.none for none if there is such a
// text, else that of the form the page's language has for the number, else
// key.many. English has .one and .many; a language may have .zero, .two, .few and
// .other besides.
func count(ctx context.Context, key string, n int, args ...any) string {
	c, _ := ctx.Value(catalogueKey{}).(catalogue)
	form := numberForms[plural.Cardinal.MatchPlural(language.Make(c["language"]), n, 0, 0, 0, 0)]
	if _, ok := c[key+".none"]; ok && n == 0 {
		form = ".none"
	}
	if _, ok := c[key+form]; !ok {
		form = ".many"
	}
	return say(ctx, key+form, append([]any{n}, args...)...)
}
