package web

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everywhere is the sheet of what stands on every page: others may name what it
// styles, in places of their own.
const everywhere = "kith.css"

// shared are the classes one sheet styles for several, and others place: the
// parts of a page of two or three columns, and of a letter.
var shared = []string{"side", "main", "after", "margin", "part", "lead", "quiet", "thread", "secret", "from", "note", "common", "verdict"}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssBefore  = regexp.MustCompile(`([^{};]+)\{`)
	cssClass   = regexp.MustCompile(`\.([a-z][a-z0-9-]*)`)
	// cssBare is a class by itself, in whatever state.
	cssBare = regexp.MustCompile(`^\.([a-z][a-z0-9-]*)(::?[a-z-]+(\([^)]*\))?|\[[^\]]*\])*$`)
	// cssInner are the commas that part no selectors.
	cssInner = regexp.MustCompile(`\([^()]*\)`)
)

// straying lists the classes that are styled by themselves in one sheet, wherever
// they stand, and named in another: two pages would think it theirs.
func straying(sheets map[string]string) (out []string) {
	bare, named := map[string][]string{}, map[string][]string{}
	for sheet, text := range sheets {
		for _, m := range cssBefore.FindAllStringSubmatch(cssComment.ReplaceAllString(text, ""), -1) {
			rule := cssInner.ReplaceAllStringFunc(m[1], func(s string) string { return strings.ReplaceAll(s, ",", " ") })
			if strings.HasPrefix(strings.TrimSpace(rule), "@") {
				continue
			}
			for selector := range strings.SplitSeq(rule, ",") {
				for _, c := range cssClass.FindAllStringSubmatch(selector, -1) {
					named[c[1]] = append(named[c[1]], sheet)
				}
				if c := cssBare.FindStringSubmatch(strings.TrimSpace(selector)); c != nil {
					bare[c[1]] = append(bare[c[1]], sheet)
				}
			}
		}
	}
	for class, in := range bare {
		in = distinct(in)
		strays := len(in) > 1 || in[0] != everywhere && len(distinct(named[class])) > 1 && !slices.Contains(shared, class)
		if strays {
			out = append(out, "."+class+" by itself in "+strings.Join(in, ", ")+", named in "+strings.Join(distinct(named[class]), ", "))
		}
	}
	slices.Sort(out)
	return out
}

func distinct(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// A class means one thing on all pages: whatever styles it by itself stands in
// one sheet.
func TestAClassBelongsToOneSheet(t *testing.T) {
	t.Parallel()
	sheets := map[string]string{}
	for _, name := range styles {
		data, err := fs.ReadFile(static, path.Join("static", name))
		if err != nil {
			t.Fatal(err)
		}
		sheets[name] = string(data)
	}
	for _, what := range straying(sheets) {
		t.Error(what)
	}
	all := strings.Join(slices.Collect(maps.Values(sheets)), "")
	for _, class := range shared {
		if !strings.Contains(all, "\n."+class+" {") {
			t.Errorf("%s is shared and nowhere styled", class)
		}
	}
}

func TestAStrayingClassIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{".said { margin: 0; }", ".asked .said { gap: 0; }", 1},
		{".said { margin: 0; }", "@media (max-width: 44rem) { .said:hover { gap: 0; } }", 1},
		{"p, .said[hidden] { margin: 0; }", ".list:not(.said, .x) { gap: 0; }", 1},
		{".contact .said { margin: 0; }", ".asked .said { gap: 0; }", 0},
		{".said { margin: 0; } .said li { gap: 0; }", "/* .said */ .said-so { gap: 0; }", 0},
		{".side { margin: 0; }", ".settings .side { gap: 0; }", 0},
		{".side { margin: 0; }", ".side { gap: 0; }", 1},
	} {
		if got := straying(map[string]string{"a.css": c.a, "b.css": c.b}); len(got) != c.want {
			t.Errorf("%s %s: %q", c.a, c.b, got)
		}
	}
	if got := straying(map[string]string{everywhere: ".acts { gap: 0; }", "b.css": ".duty .acts { gap: 0; }"}); len(got) > 0 {
		t.Error(got)
	}
}
