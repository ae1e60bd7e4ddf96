package web

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed texts/*.toml
var texts embed.FS

// catalogue holds the texts of one language by their keys.
type catalogue map[string]string

type catalogueKey struct{}

// readCatalogue reads the texts of a language.
func readCatalogue(lang string) (catalogue, error) {
	data, err := texts.ReadFile("texts/" + lang + ".toml")
	if err != nil {
		return nil, err
	}
	return parseCatalogue(data)
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
		out[k] = "⟦" + strings.ReplaceAll(v, "*", "⟧*⟦") + "⟧" // each piece between stars stands for itself
	}
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

// fill puts {0}, {1}, … in their places.
func fill(text string, args ...any) string {
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), fmt.Sprint(a))
	}
	return text
}

// count is say for a number of things: key.one for one, key.none for none if
// there is such a text, else key.many; {0} is the number.
func count(ctx context.Context, key string, n int, args ...any) string {
	form := ".many"
	c, _ := ctx.Value(catalogueKey{}).(catalogue)
	switch _, ok := c[key+".none"]; {
	case n == 0 && ok:
		form = ".none"
	case n == 1:
		form = ".one"
	}
	return say(ctx, key+form, append([]any{n}, args...)...)
}
