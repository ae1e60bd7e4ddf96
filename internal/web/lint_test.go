package web

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// dynamic stands in markup for what is put there when the page is made.
const dynamic = "\uFFFC"

// helpers are what pages take from templ: nothing that writes unescaped, nothing
// that makes scripts or styles.
var helpers = map[string][]string{
	"templ": {"Attributes", "CSSClasses", "ClearChildren", "Component", "Error", "EscapeString", "GetChildren", "InitializeContext", "JoinStringErrs",
		"JoinURLErrs", "KV", "NopComponent", "RenderAttributes", "RenderCSSItems", "SafeURL", "WithChildren"},
	"templruntime": {"GeneratedComponentInput", "GeneratedTemplate", "GetBuffer", "ReleaseBuffer", "WriteString"},
}

// givable are the attributes a function may give an element, with aria-… and
// data-….
var givable = []string{"lang", "dir", "min", "max", "maxlength"}

// lint reads Go source, templates as they are generated, and lists what could
// carry a person's text into a script, a style, or what htmx reads.
func lint(name, text string) (out []string) {
	files := gotoken.NewFileSet()
	file, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	wrong := func(n ast.Node, what string) { out = append(out, files.Position(n.Pos()).String()+": "+what) }
	for _, d := range file.Decls {
		lintAttributes(d, wrong)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if n, ok := n.(*ast.SelectorExpr); ok {
			if from, ok := n.X.(*ast.Ident); ok && helpers[from.Name] != nil && !slices.Contains(helpers[from.Name], n.Sel.Name) {
				wrong(n, "pages are made without "+from.Name+"."+n.Sel.Name)
			}
		}
		return true
	})
	for _, what := range lintMarkup(markupIn(file), nil) {
		out = append(out, name+": "+what)
	}
	return out
}

// markupIn gives what a generated template writes by itself, with dynamic for
// whatever comes between.
func markupIn(file *ast.File) string {
	var markup strings.Builder
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && isSelector(call.Fun, "templruntime", "WriteString") {
			markup.WriteString(unquoted(call.Args[2]) + " " + dynamic)
		}
		return true
	})
	return markup.String()
}

// lintAttributes reads how attributes are made: as a literal, or in the function
// that gives them, by names that stand there and mean nothing to a script.
func lintAttributes(d ast.Decl, wrong func(ast.Node, string)) {
	gives := false
	ast.Inspect(d, func(n ast.Node) bool {
		e, ok := n.(ast.Expr)
		gives = gives || ok && isSelector(e, "templ", "Attributes")
		return !gives
	})
	mayStand := map[ast.Node]bool{}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			if givesAttributes(n) {
				mayStand[n.Results.List[0].Type] = true
			}
		case *ast.CompositeLit:
			if isSelector(n.Type, "templ", "Attributes") {
				mayStand[n.Type] = true
				for _, el := range n.Elts {
					lintKey(el.(*ast.KeyValueExpr).Key, wrong)
				}
			}
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				if at, ok := to.(*ast.IndexExpr); ok && gives {
					lintKey(at.Index, wrong)
				}
			}
		case *ast.MapType:
			if gives {
				wrong(n, "attributes are made as templ.Attributes")
			}
		case *ast.CallExpr:
			if from, ok := n.Fun.(*ast.SelectorExpr); ok && gives && isIdent(from.X, "maps") {
				wrong(n, "attributes are named one by one")
			}
			if isSelector(n.Fun, "templ", "RenderAttributes") {
				switch n.Args[2].(type) {
				case *ast.CallExpr, *ast.CompositeLit:
				default:
					wrong(n, "attributes are given by a function")
				}
			}
		case *ast.SelectorExpr:
			if isSelector(n, "templ", "Attributes") && !mayStand[n] {
				wrong(n, "attributes are kept and handed nowhere")
			}
		}
		return true
	})
}

func lintKey(key ast.Expr, wrong func(ast.Node, string)) {
	name := unquoted(key)
	known := slices.Contains(givable, name) || strings.HasPrefix(name, "aria-") || strings.HasPrefix(name, "data-") && !strings.HasPrefix(name, "data-hx-")
	if !known {
		wrong(key, fmt.Sprintf("a function gives an element %q", name))
	}
}

// givesAttributes reports whether attributes are all that a function gives.
func givesAttributes(f *ast.FuncType) bool {
	return f.Results != nil && len(f.Results.List) == 1 && isSelector(f.Results.List[0].Type, "templ", "Attributes")
}

func isSelector(e ast.Expr, from, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && isIdent(s.X, from) && s.Sel.Name == name
}

func isIdent(e ast.Expr, name string) bool {
	i, ok := e.(*ast.Ident)
	return ok && i.Name == name
}

// unquoted gives the text of a literal, "" of anything else.
func unquoted(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != gotoken.STRING {
		return ""
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return text
}

// lintMarkup reads what a template writes by itself, and calls constant with each
// word it says to htmx.
func lintMarkup(markup string, constant func(html.Attribute)) (out []string) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		tag := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		src := slices.ContainsFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == "src" })
		if tag.Data == "style" || tag.Data == "script" && !src {
			out = append(out, "<"+tag.Data+"> stands in a file of its own")
		}
		for _, a := range tag.Attr {
			filled := strings.Contains(a.Val, dynamic)
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", strings.HasPrefix(a.Key, "data-hx-"), strings.HasPrefix(a.Key, "hx-on"):
				out = append(out, a.Key+": handlers stand in kith.js, looks in style sheets")
			case strings.HasPrefix(a.Key, dynamic) && a.Val != "":
				out = append(out, "an attribute whose name is made")
			case strings.HasPrefix(a.Key, "hx-") && (filled || strings.HasPrefix(a.Val, "js:")):
				out = append(out, a.Key+": what a page says to htmx is constant: no person's text is ever code")
			case strings.HasPrefix(a.Key, "hx-") && constant != nil:
				constant(a)
			}
		}
	}
	return out
}

func TestNoTemplateIsUnsafe(t *testing.T) {
	t.Parallel()
	for _, name := range append(sources(t, "*.go"), generated(t)...) {
		for _, what := range lint(name, source(t, name)) {
			t.Error(what)
		}
	}
}

// What is unsafe is found, each way there is, and what is safe is not.
func TestTheLintCanFail(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		wrote(`<a hx-get="`, `">`), wrote(`<a hx-vals="{&quot;a&quot;: &quot;`, `&quot;}">`), wrote(`<a HX-Get="`, `">`), wrote(`<a data-hx-get="/">`), wrote(`<a hx-vals="js:{}">`),
		wrote(`<a hx-on:click="x">`), wrote(`<a onclick="x">`), wrote(`<a class="x" onclick="`, `">`), wrote(`<p style="`, `">`), wrote(`<p style="x">`), wrote(`<a`, `="`, `">`),
		wrote(`<style>`), wrote(`<script>`), wrote(`<script type="module">`), wrote(`<iframe srcdoc="`, `">`),
		`func f() templ.Component { return templ.Raw(x) }`, `func f() templ.ComponentScript { return g }`, `var x = templ.SafeCSS("x")`, `var x = templ.OrderedAttributes{}`,
		`func f() templ.Attributes { return templ.Attributes{"onclick": x, "id": y} }`,
		`func f() templ.Attributes { return templ.Attributes{"lang": x, "hx-get": y} }`,
		`func f() templ.Attributes { return templ.Attributes{key: x} }`,
		`func f() templ.Attributes { out := templ.Attributes{}; out["hx-get"] = x; return out }`,
		`func f() templ.Attributes { out := templ.Attributes{}; out[key] = x; return out }`,
		`func f() templ.Attributes { out := templ.Attributes{}; maps.Copy(out, x); return out }`,
		`func f() { give := func() templ.Attributes { out := templ.Attributes{}; out[key] = x; return out } }`,
		`func f() templ.Attributes { return map[string]any{"hx-get": x} }`,
		`func f() templ.Attributes { return templ.Attributes(x) }`,
		`type bag = templ.Attributes`, `type row struct{ more templ.Attributes }`, `func f(a templ.Attributes) { a["hx-get"] = x }`, `var a = make(templ.Attributes)`,
		`func f() { templ.RenderAttributes(ctx, w, templ.Attributes{"href": x}) }`,
		`func f() { templ.RenderAttributes(ctx, w, x) }`,
	} {
		if len(lint("x.go", "package web\n"+bad)) == 0 {
			t.Errorf("%s is not found", bad)
		}
	}
	for _, good := range []string{
		wrote(`<script src="`, `" defer></script>`), wrote(`<a href="`, `" hx-get="/bring"`, ` lang="en"`, `>`), wrote(`<a`, ` aria-current="page"`, `>on = hx-get="</a>`),
		`func f() templ.Attributes { out := templ.Attributes{"aria-current": "page"}; out["data-key"] = x; return out }`,
		`func f() { templ.RenderAttributes(ctx, w, f(x)) }`, `func f() { counts["one"] = 1 }`,
	} {
		if found := lint("x.go", "package web\n"+good); len(found) > 0 {
			t.Errorf("%s: %q", good, found)
		}
	}
}

// wrote is a template as it is generated, with something put in between.
func wrote(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&b, "templruntime.WriteString(w, 1, %q)\n", part)
	}
	return "func f() {\n" + b.String() + "}"
}

// generated lists what templates became; scripts/test holds that it is of today.
func generated(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*_templ.go")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no templates", err)
	}
	return names
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

// schemes are those of addresses a page may lead to.
var schemes = regexp.MustCompile(`^(https?|mailto):`)

// constants are the words templates say to htmx.
func constants(t *testing.T) map[html.Attribute]bool {
	t.Helper()
	out := map[html.Attribute]bool{}
	for _, name := range generated(t) {
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		lintMarkup(markupIn(file), func(a html.Attribute) { out[a] = true })
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
