package web

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// saysWhy are the packages whose errors and remarks pages show, and notForPages
// what only whoever runs a Kith reads of them.
var (
	saysWhy     = []string{".", "../app", "../store", "../intake", "../../pair"}
	notForPages = []string{"db", "backup", "mail", "mail-from"}
)

// reasons are the names in the source of what says what went wrong.
var reasons = []string{"Msg", "Skipped", "Failure", "fault", "broken", "why"}

// wrongs reads, in the source of a package, what pages say of what went wrong:
// the messages of errors, and what is noted of files that were read.
type wrongs struct {
	named map[string]string // constants
	takes map[string]int    // which argument of a function is such a text, by its name and how many it takes
	says  map[string]bool
}

// readWrongs gives all those texts, with {0}, {1} … where something is filled in.
func readWrongs(t *testing.T) []string {
	t.Helper()
	says := map[string]bool{}
	for _, dir := range saysWhy {
		w := wrongs{map[string]string{}, map[string]int{}, says}
		names, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		var files []*ast.File
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				continue
			}
			f, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		for _, look := range []func(ast.Node) bool{w.learn, w.learn, w.learn, w.read} { // a function may hand on what it takes
			for _, f := range files {
				ast.Inspect(f, look)
			}
		}
	}
	return slices.Sorted(maps.Keys(says))
}

// learn notes constants, and functions that make such a text of what they take.
func (w *wrongs) learn(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i := range min(len(n.Names), len(n.Values)) {
			if text, ok := quotedText(n.Values[i]); ok {
				w.named[n.Names[i].Name] = text
			}
		}
	case *ast.FuncDecl:
		ast.Inspect(n, func(in ast.Node) bool {
			for _, e := range w.texts(in) {
				if at := parameter(n, e); at >= 0 {
					w.takes[taking(n.Name.Name, n.Type.Params)] = at
				}
			}
			return true
		})
	}
	return true
}

// taking names a function by what it takes: "refuse/2", or "limit/…".
func taking(name string, params *ast.FieldList) string {
	if _, many := params.List[len(params.List)-1].Type.(*ast.Ellipsis); many {
		return name + "/…"
	}
	return name + "/" + strconv.Itoa(params.NumFields())
}

// parameter says which parameter of a function an expression is, or is made of;
// -1 if none.
func parameter(f *ast.FuncDecl, e ast.Expr) int {
	if c, ok := e.(*ast.CallExpr); ok && len(c.Args) > 0 {
		e = c.Args[0]
	}
	at := 0
	for _, field := range f.Type.Params.List {
		for _, p := range field.Names {
			if lastName(e) == p.Name {
				return at
			}
			at++
		}
	}
	return -1
}

// texts gives the expressions in a node that say what went wrong.
func (w *wrongs) texts(n ast.Node) (out []ast.Expr) {
	switch n := n.(type) {
	case *ast.CompositeLit:
		return fieldsOf(n)
	case *ast.AssignStmt:
		for i := range min(len(n.Lhs), len(n.Rhs)) {
			if slices.Contains(reasons, lastName(n.Lhs[i])) {
				out = append(out, n.Rhs[i])
			}
		}
	case *ast.FuncDecl:
		return returned(n)
	case *ast.CallExpr:
		name := lastName(n.Fun)
		if at, ok := w.takes[name+"/…"]; ok && at < len(n.Args) {
			return []ast.Expr{&ast.CallExpr{Fun: ast.NewIdent("Sprintf"), Args: n.Args[at:]}}
		}
		if at, ok := w.takes[name+"/"+strconv.Itoa(len(n.Args))]; ok {
			return n.Args[at : at+1]
		}
	}
	return out
}

// fieldsOf are the texts of an error, or of what is noted of a file; none of a
// fault inside, whose page says nothing of it.
func fieldsOf(n *ast.CompositeLit) (out []ast.Expr) {
	for _, el := range n.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		field, _ := quotedText(kv.Value)
		switch key := lastName(kv.Key); {
		case key == "Kind" && lastName(kv.Value) == "Internal", key == "Field" && slices.Contains(notForPages, field):
			return nil
		case slices.Contains(reasons, key):
			out = append(out, kv.Value)
		}
	}
	return out
}

// returned are the texts of a function whose last result has such a name.
func returned(f *ast.FuncDecl) (out []ast.Expr) {
	if f.Type.Results == nil || f.Body == nil {
		return nil
	}
	last := f.Type.Results.List[f.Type.Results.NumFields()-1:]
	if len(last) == 0 || len(last[0].Names) == 0 || !slices.Contains(reasons, last[0].Names[0].Name) {
		return nil
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok && len(r.Results) > 0 {
			out = append(out, r.Results[len(r.Results)-1])
		}
		return true
	})
	return out
}

func (w *wrongs) read(n ast.Node) bool {
	for _, e := range w.texts(n) {
		holes := 0
		if text := w.text(e, &holes); strings.ContainsFunc(gap.ReplaceAllString(text, ""), isLetter) {
			w.says[text] = true
		}
	}
	return true
}

// formatted is what fmt fills in.
var formatted = regexp.MustCompile(`%[a-z]`)

// text gives what an expression says.
func (w *wrongs) text(e ast.Expr, holes *int) string {
	hole := func() string {
		*holes++
		return "{" + strconv.Itoa(*holes-1) + "}"
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := quotedText(e)
		return text
	case *ast.Ident:
		if text, ok := w.named[e.Name]; ok {
			return text
		}
	case *ast.BinaryExpr:
		return w.text(e.X, holes) + w.text(e.Y, holes)
	case *ast.CallExpr:
		if lastName(e.Fun) != "Sprintf" {
			break
		}
		format := strings.ReplaceAll(w.text(e.Args[0], new(int)), "%q", `"%s"`)
		return formatted.ReplaceAllStringFunc(format, func(string) string { return hole() })
	}
	return hole()
}

// lastName is the name of something, or of a field of something.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func quotedText(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != gotoken.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}

// Whatever goes wrong has its words in the catalogue, and the catalogue no
// others: what a page says of it can be said in another language.
func TestWhatGoesWrongIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	en := english(t)
	known := map[string]bool{}
	for key, text := range en {
		if strings.HasPrefix(key, "error.") {
			known[text] = true
		}
	}
	for _, text := range readWrongs(t) {
		if _, counted := en["bring.passed."+text+".many"]; !known[text] && !counted {
			t.Errorf("not in the catalogue under error.…: %q", text)
		}
		delete(known, text)
	}
	for _, text := range slices.Sorted(maps.Keys(known)) {
		t.Errorf("nothing goes wrong like this any more: %q", text)
	}
}

// What goes wrong is said in the language of the page: where a page is not
// there, where a form is refused, and of files that are not used.
func TestWhatGoesWrongBypassesNothing(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	v.joins("Mara Lindt", "mara@lindt.example")
	v.signsIn("mara@lindt.example")
	v.site.words = v.site.unspoken()
	pages := map[string]string{}
	for _, path := range []string{"/people/nobody", "/write/nobody", "/messages/nobody", "/why/nothing", "/nonsense"} {
		_, pages[path] = v.get(path)
	}
	_, pages["a rule refused"] = v.post("/settings/mutual", "value", "many", "when", "always")
	_, pages["a country refused"] = v.post("/settings/country", "value", "Nowhereland", "when", "always")
	_, pages["a password refused"] = v.post("/sign-in", "email", "mara@lindt.example", "password", "wrong")
	v.brings("/bring", upload{"Invitations.csv", "From,To,Sent At,Message,Direction\nBo Reed,Mara Lindt,yesterday,Hello,INCOMING\n"},
		upload{"Ad_Targeting.csv", "Company Names,Company Names\nx,y\n"}, upload{"holiday.txt", "sun"}, upload{"broken.zip", "PK\x03\x04 nothing else"}, upload{"empty.csv", ""})
	v.must(v.loop.Drain(t.Context()))
	_, pages["/bring"] = v.get("/bring")
	for what, page := range pages {
		for _, text := range bypassing(page) {
			t.Errorf("%s: says %q by itself", what, text)
		}
	}
	if page := pages["/bring"]; strings.Count(page, "⟦not used by Kith⟧")+strings.Count(page, "⟦Not used by Kith⟧") == 0 {
		t.Errorf("nothing is unused:\n%s", page)
	}
}
