package kith_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what is generated")

// house is the import table: what lives where, and which of our packages it may
// import. A row may import only the rows named in it.
var house = []struct {
	pkg, about string
	imports    []string
	pure       bool // nothing of net, not even through others
}{
	{"kith", "the nouns: facts, cases, verdicts, people, invitations; strict decoding, cleaning, folding", nil, true},
	{"kith/note", "the language of invitations: recognise, check and draft a note", []string{"kith"}, true},
	{"kith/triage", "the judgement: signals, verdict, firmness, questions, reasons", []string{"kith"}, true},
	{"kith/triage/signals", "the catalogue: a literal per signal with its examples", []string{"kith", "kith/triage"}, true},
	{"kith/pair", "the life of two members with each other: one pure transition function", []string{"kith"}, true},
	{"kith/internal/intake", "bytes to nouns: archive, mail, address book, calendar, profile PDF", []string{"kith"}, true},
	{"kith/internal/gather", "nouns to cases: joins people, reads headlines, matches organisations", []string{"kith", "kith/note"}, true},
	{"kith/client", "the wire structs of REST v1 and the typed client over them", []string{"kith"}, false},
	{"kith/internal/store", "the memory: the only package with SQL; SQLite and PostgreSQL", []string{"kith", "kith/pair"}, false},
	{"kith/internal/store/storetest", "real databases for tests", []string{"kith/internal/store"}, false},
	{"kith/internal/app", "the verbs; authorisation; transactions", []string{"kith", "kith/note", "kith/triage", "kith/triage/signals", "kith/pair", "kith/internal/intake", "kith/internal/gather", "kith/internal/store"}, false},
	{"kith/internal/jobs", "the loop that claims due duties and calls app; mail out", []string{"kith", "kith/internal/app"}, false},
	{"kith/internal/api", "REST v1 and OpenAPI over client's wire structs", []string{"kith", "kith/internal/app", "kith/client"}, false},
	{"kith/internal/web", "the pages", []string{"kith", "kith/internal/app"}, false},
	{"kith/internal/demo", "an invented community, for trying Kith out", []string{"kith", "kith/pair", "kith/internal/store", "kith/internal/app", "kith/internal/jobs"}, false},
	{"kith/cmd/kith", "the commands", []string{"kith/internal/web", "kith", "kith/note", "kith/triage", "kith/triage/signals", "kith/internal/intake", "kith/internal/gather", "kith/internal/app", "kith/internal/jobs", "kith/internal/api", "kith/internal/demo"}, false},
	{"kith/note/eval", "prints how well notes are recognised", []string{"kith", "kith/note"}, true},
	{"kith/internal/gather/eval", "prints how well headlines, organisations and places are read", []string{"kith/internal/gather/eval/measure"}, true},
	{"kith/internal/gather/eval/measure", "measures it, for the command and for the tests", []string{"kith", "kith/internal/gather"}, true},
	{"kith/triage/eval", "prints how the judgement does on the cases from the articles", []string{"kith", "kith/triage", "kith/triage/signals", "kith/internal/gather"}, true},
	{"kith/examples/invented", "the invented member's data, and archives of any size", []string{"kith"}, true},
	{"kith/examples/generate", "writes them", []string{"kith/examples/invented"}, true},
	{"kith/docs/generate", "writes what documents are generated", []string{"kith", "kith/triage", "kith/triage/signals", "kith/internal/api"}, false},
}

// parts are the modules Kith is built from and tested with. A new one needs a
// reason in docs/dependencies.md.
var parts = []string{
	"charm.land/lipgloss/v2", "github.com/BurntSushi/toml", "github.com/a-h/templ", "github.com/alexedwards/scs/v2", "github.com/anishathalye/porcupine",
	"github.com/chromedp/cdproto", "github.com/chromedp/chromedp", "github.com/danielgtaylor/huma/v2", "github.com/emersion/go-ical", "github.com/emersion/go-smtp", "github.com/go-webauthn/webauthn", "github.com/google/uuid",
	"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3", "github.com/prometheus/client_golang", "github.com/wneessen/go-mail",
	"go.uber.org/goleak", "golang.org/x/crypto", "golang.org/x/image", "golang.org/x/time", "modernc.org/sqlite", "github.com/charmbracelet/colorprofile",
	"github.com/charmbracelet/x/ansi", "github.com/golangci/misspell", "github.com/ledongthuc/pdf",
	"github.com/rogpeppe/go-internal", "github.com/santhosh-tekuri/jsonschema/v6", "github.com/schollz/progressbar/v3",
	"github.com/spf13/cobra", "github.com/teambition/rrule-go", "golang.org/x/net", "golang.org/x/term",
	"golang.org/x/text", "pgregory.net/rapid",
}

type listed struct {
	ImportPath    string
	Imports, Deps []string
}

func list(t *testing.T, args ...string) []listed {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Deps"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var l listed
		if err := d.Decode(&l); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
}

func ours(pkg string) bool { return pkg == "kith" || strings.HasPrefix(pkg, "kith/") }

func TestTheHouseIsAsItsTableSays(t *testing.T) {
	t.Parallel()
	for _, l := range list(t, "./...") {
		i := slices.IndexFunc(house, func(r struct {
			pkg, about string
			imports    []string
			pure       bool
		}) bool {
			return r.pkg == l.ImportPath
		})
		if i < 0 {
			t.Errorf("%s stands in no row of the table", l.ImportPath)
			continue
		}
		for _, imp := range l.Imports {
			if ours(imp) && !slices.Contains(house[i].imports, imp) {
				t.Errorf("%s may not import %s", l.ImportPath, imp)
			}
		}
		if !house[i].pure {
			continue
		}
		for _, dep := range l.Deps {
			if isNet(dep) {
				t.Errorf("%s reaches %s", l.ImportPath, dep)
			}
		}
	}
}

// isNet reports whether a package is of net. What reads and judges a member's
// files must not be able to open a connection.
func isNet(pkg string) bool { return pkg == "net" || strings.HasPrefix(pkg, "net/") }

func TestNoPartIsNewWithoutAReason(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-m", "-f", "{{if not .Indirect}}{{.Path}}{{end}}", "all").Output()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	reasons, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	have := strings.Fields(string(out))
	for _, m := range have {
		if m != "kith" && !slices.Contains(parts, m) {
			t.Errorf("%s is a new part: add it here and its reason to docs/dependencies.md", m)
		}
	}
	for _, m := range parts {
		if !slices.Contains(have, m) {
			t.Errorf("%s is no part any more", m)
		}
		if !strings.Contains(string(reasons), "`"+m+"`") {
			t.Errorf("docs/dependencies.md gives no reason for %s", m)
		}
	}
}

const tableBegin, tableEnd = "<!-- table: generated by go test . -update -->\n", "<!-- end of table -->\n"

func TestArchitectureShowsTheTable(t *testing.T) {
	t.Parallel()
	const name = "ARCHITECTURE.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), tableBegin)
	_, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatalf("%s lacks the marks of the table", name)
	}
	var b strings.Builder
	b.WriteString("| package | what lives there | imports of ours |\n|---|---|---|\n")
	for _, r := range house {
		imports := "–"
		if len(r.imports) > 0 {
			imports = "`" + strings.Join(r.imports, "` `") + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.pkg, r.about, imports)
	}
	want := before + tableBegin + b.String() + tableEnd + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s is out of date; run go test . -update", name)
	}
	if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The database in pure Go works with exactly the C library it was made with.
func TestTheDatabaseHasItsOwnLibrary(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.GoMod}}", "modernc.org/libc", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	libc, sqlite, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	version, _, _ := strings.Cut(libc, " ")
	_, file, _ := strings.Cut(sqlite, " ")
	mod, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "modernc.org/libc " + version; !strings.Contains(string(mod), want) {
		t.Errorf("modernc.org/sqlite was not made with %s", want)
	}
}
