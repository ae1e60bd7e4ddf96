package store_test

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/store"
	"kith/internal/store/storetest"
)

// Every statement of the package is one both databases understand.
func TestEveryStatementPreparesOnBoth(t *testing.T) {
	t.Parallel()
	texts := statements(t)
	if len(texts) < 30 {
		t.Fatalf("found only %d statements", len(texts))
	}
	storetest.Each(t, store.Options{}, func(t *testing.T, db *store.DB) {
		for name, text := range texts {
			if name == "readClock" && db.Name() == "SQLite" {
				continue // SQLite has no clock
			}
			if err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.Prepare(text) }); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// statements gives the constants of type sqlText by their names.
func statements(t *testing.T) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	// Constants can be evaluated though no import is resolved.
	conf := types.Config{Importer: noImports{}, Error: func(error) {}}
	pkg, _ := conf.Check("store", fset, files, nil)
	out := map[string]string{}
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && strings.HasSuffix(c.Type().String(), ".sqlText") {
			out[name] = constant.StringVal(c.Val())
		}
	}
	return out
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not needed") }
