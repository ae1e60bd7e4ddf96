package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// unsafe is what no template may have, and why.
var unsafe = []struct{ what, why string }{
	{`\shx-[a-z:-]+\??=\{`, "what a page says to htmx is constant: no person's text is ever code"},
	{`\sdata-hx-`, "the short form, so that the line above finds it"},
	{`\son[a-z]+\??=`, "handlers stand in kith.js; the policy lets none run here"},
	{`\sstyle\??=`, "looks stand in style sheets; the policy lets none work here"},
	{`<style\b`, "looks stand in style sheets"},
	{`<script(>|\s[^>]*[^r]>|\s+[^s])`, "a script has a src, and nothing in it"},
	{`templ\.(Raw|JSONScript|JSFuncCall|JSUnsafeFuncCall|SafeScript|SafeCSS|ComponentScript)`, "nothing is put into a page unescaped"},
	{`(?m)^(css|script) \w+\(`, "no style and no script out of a template"},
}

// attributes are spread over an element by a function: it may give no others.
var attributes = regexp.MustCompile(`templ\.Attributes\{[^}]*"([a-z-]+)":`)

func TestNoTemplateIsUnsafe(t *testing.T) {
	t.Parallel()
	for _, name := range sources(t, "*.templ") {
		text := source(t, name)
		for _, u := range unsafe {
			for _, at := range regexp.MustCompile(u.what).FindAllString(text, -1) {
				t.Errorf("%s: %q: %s", name, at, u.why)
			}
		}
	}
	for _, name := range sources(t, "*.go") {
		for _, m := range attributes.FindAllStringSubmatch(source(t, name), -1) {
			if k := m[1]; strings.HasPrefix(k, "on") || strings.HasPrefix(k, "hx-") || k == "style" || k == "src" || k == "href" {
				t.Errorf("%s gives an element %q by a function", name, k)
			}
		}
	}
}

// What is unsafe is found.
func TestTheLintCanFail(t *testing.T) {
	t.Parallel()
	for i, bad := range []string{`<a hx-get={ p.Path }>`, `<a data-hx-get="/">`, `<a onclick="x">`, `<p style={ x }>`, `<style>`, `<script>`, `@templ.Raw(x)`, "\nscript f() {"} {
		if !regexp.MustCompile(unsafe[i].what).MatchString(bad) {
			t.Errorf("%q is not found", bad)
		}
	}
	if good := `<script src={ p.asset("kith.js") } defer></script>`; regexp.MustCompile(unsafe[5].what).MatchString(good) {
		t.Errorf("%q is found", good)
	}
}

// sources lists the files of this folder that people write.
func sources(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go")
	})
}

func source(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var (
	constant = regexp.MustCompile(`\s(hx-[a-z:-]+)="([^"]*)"`)
	schemes  = regexp.MustCompile(`^(https?|mailto):`)
)

// constants are the words templates say to htmx.
func constants(t *testing.T) map[html.Attribute]bool {
	t.Helper()
	out := map[html.Attribute]bool{}
	for _, name := range sources(t, "*.templ") {
		for _, m := range constant.FindAllStringSubmatch(source(t, name), -1) {
			out[html.Attribute{Key: m[1], Val: html.UnescapeString(m[2])}] = true
		}
	}
	return out
}

// unsafeParts lists what may not stand on a page as it was sent: scripts that are
// not ours, handlers, styles, addresses that are code, words to htmx that no
// template says.
func unsafeParts(page string, said map[html.Attribute]bool) (out []string) {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"style", "iframe", "object", "embed", "base", "template"}, n.Data) || n.Data == "script" && n.FirstChild != nil {
			out = append(out, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			if unsafeAttribute(n.Data, a, said) {
				out = append(out, "<"+n.Data+" "+a.Key+"="+a.Val+">")
			}
		}
	}
	return out
}

func unsafeAttribute(element string, a html.Attribute, said map[html.Attribute]bool) bool {
	_, scheme, _ := strings.Cut(a.Val, ":")
	switch {
	case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "http-equiv":
		return true
	case strings.HasPrefix(a.Key, "hx-"), strings.HasPrefix(a.Key, "data-hx-"):
		return !said[a]
	case element == "script" && a.Key == "src":
		return !strings.HasPrefix(a.Val, assetPrefix)
	case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction":
		return scheme != "" && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "?") && !schemes.MatchString(a.Val)
	}
	return false
}
