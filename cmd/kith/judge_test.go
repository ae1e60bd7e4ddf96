package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kith"
)

var update = flag.Bool("update", false, "rewrite golden files")

// kithRun runs the program in-process and gives its output and exit code.
func kithRun(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), streams{strings.NewReader(stdin), &out, &errs}, args)
	return out.String(), errs.String(), code
}

const judgePage = "../../docs/judge.md"

// The page shows a full case for each side and what Kith says of it: both are
// run, and checked against the schemas.
func TestJudgePageIsTrue(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(judgePage)
	if err != nil {
		t.Fatal(err)
	}
	cases, verdicts := compileSchema(t, "case", kith.CaseSchema()), compileSchema(t, "verdict", kith.VerdictSchema())
	var b strings.Builder
	rest, shown := string(page), 0
	for {
		before, after, ok := strings.Cut(rest, "```json\n")
		if !ok {
			b.WriteString(rest)
			break
		}
		in, after, _ := strings.Cut(after, "```\n")
		between, after, _ := strings.Cut(after, "```verdict\n")
		_, after, _ = strings.Cut(after, "```\n")
		conforms(t, cases, in)
		out, stderr, code := kithRun(t, in, "judge")
		if code != exitOK {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		conforms(t, verdicts, out)
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, []byte(out), "", "  "); err != nil {
			t.Fatal(err)
		}
		b.WriteString(before + "```json\n" + in + "```\n" + between + "```verdict\n" + strings.TrimRight(pretty.String(), "\n") + "\n```\n")
		rest = after
		shown++
	}
	if shown != 4 {
		t.Errorf("%d cases, want one for each side", shown)
	}
	if b.String() == string(page) {
		return
	}
	if !*update {
		t.Fatal("docs/judge.md is out of date; run go test ./cmd/kith -update")
	}
	if err := os.WriteFile(judgePage, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compileSchema(t *testing.T, name string, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func conforms(t *testing.T, s *jsonschema.Schema, text string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s\n%v", text, err)
	}
}

func TestJudgeLinesGoesOnAfterAMistake(t *testing.T) {
	t.Parallel()
	in := `{"side":"receive","relation":{"met":true}}

{"side":"receive","person":{"photo":"blurry"}}
` + `{"side":"receive","note":"` + strings.Repeat("x", 2<<20) + `"}
{"side":"receive","answers":{"comfortable":"no"}}`
	out, _, code := kithRun(t, in, "judge", "--lines")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != exitFailed || len(lines) != 4 {
		t.Fatalf("exit %d, %d lines:\n%s", code, len(lines), out)
	}
	for i, want := range []string{`"verdict":"accept"`, `{"line":3,"error":{"field":"person.photo","msg":`, `{"line":4,"error":{"field":"","msg":"longer than`, `"verdict":"decline"`} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d: %.120s, want …%s…", i+1, lines[i], want)
		}
	}
}

func TestJudgeSaysItsMistakesOnOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                    "no case on standard input",
		`{"side":"receive","persn":{}}`:       "persn: unknown field",
		`{"side":"recieve"}`:                  "side:",
		`{"side":"receive"} {"side":"send"}`:  "--lines",
		"\x1b[31m{":                           "not JSON",
		`{"side":"receive","note":"` + "\xff": "UTF-8",
	} {
		out, stderr, code := kithRun(t, in, "judge")
		if code != exitFailed || out != "" || !strings.Contains(stderr, want) || strings.Count(stderr, "\n") != 1 || strings.Contains(stderr, "\x1b") {
			t.Errorf("%q: exit %d, %q, want …%s…", in, code, stderr, want)
		}
	}
}

func TestJudgePrintsItsSchemas(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]byte{"case": kith.CaseSchema(), "verdict": kith.VerdictSchema()} {
		out, _, code := kithRun(t, "", "judge", "--schema", name)
		if code != exitOK || out != string(want) {
			t.Errorf("--schema %s: exit %d", name, code)
		}
	}
	if _, stderr, code := kithRun(t, "", "judge", "--schema", "reason"); code != exitUsage || !strings.Contains(stderr, "case or verdict") {
		t.Errorf("--schema reason: exit %d, %s", code, stderr)
	}
}

// The order in which a case's facts stand, and what the sender is called, change
// not a byte of the verdict: tried on every case written from the articles.
func TestOrderAndNameChangeNothing(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../triage/testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var asWritten, reordered strings.Builder
	for line := range strings.Lines(string(data)) {
		var exam struct{ Case json.RawMessage }
		if err := json.Unmarshal([]byte(line), &exam); err != nil {
			t.Fatal(err)
		}
		asWritten.Write(append(exam.Case, '\n'))
		var tree map[string]any
		if err := json.Unmarshal(exam.Case, &tree); err != nil {
			t.Fatal(err)
		}
		person, _ := tree["person"].(map[string]any)
		if person == nil {
			person = map[string]any{}
		}
		person["name"] = "Ottoline Ŝanĝita"
		reverse(person["groups"])
		reverse(person["education"])
		tree["person"] = person
		out, err := json.Marshal(tree) // sorts the keys
		if err != nil {
			t.Fatal(err)
		}
		reordered.Write(append(out, '\n'))
	}
	a, stderr, code := kithRun(t, asWritten.String(), "judge", "--lines")
	if code != exitOK {
		t.Fatal(stderr)
	}
	b, _, _ := kithRun(t, reordered.String(), "judge", "--lines")
	linesA, linesB := strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(linesA) != len(linesB) {
		t.Fatalf("%d lines and %d", len(linesA), len(linesB))
	}
	for i := range linesA {
		if linesA[i] != linesB[i] {
			t.Errorf("case %d:\n%s\n%s", i+1, linesA[i], linesB[i])
		}
	}
}

// reverse turns a list around.
func reverse(v any) {
	if list, ok := v.([]any); ok {
		slices.Reverse(list)
	}
}
