package bench

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"kith"
)

// OPA decides with OPA as a library: one Rego module with a set of the
// rules that fired, a prepared query, rule indexing, parsed input, and a result
// left as OPA's own value. Partial evaluation ahead of time was no faster.
func OPA(rules []Rule, cases []kith.Case) (Decide, error) {
	weights := make(map[string]float64, len(rules))
	for _, r := range rules {
		weights[r.ID] = r.Weight
	}
	ctx := context.Background()
	query, err := rego.New(
		rego.Query("data.b4.fired"),
		rego.Module("b4.rego", regoModule(rules)),
		rego.GenerateJSON(func(t *ast.Term, _ *rego.EvalContext) (any, error) { return t.Value, nil }),
	).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	inputs := make([]ast.Value, len(cases))
	for i := range cases {
		f := flatten(&cases[i])
		if inputs[i], err = ast.InterfaceToValue(f.Values()); err != nil {
			return nil, err
		}
	}
	return func(i int, a *Answer) error {
		a.reset()
		result, err := query.Eval(ctx, rego.EvalParsedInput(inputs[i]))
		if err != nil {
			return err
		}
		result[0].Expressions[0].Value.(ast.Set).Foreach(func(t *ast.Term) {
			id := string(t.Value.(ast.String))
			a.add(id, weights[id])
		})
		return nil
	}, nil
}

// regoModule writes the rules as one module.
func regoModule(rules []Rule) string {
	var b strings.Builder
	b.WriteString("package b4\n")
	for _, r := range rules {
		for body := range strings.Lines(r.Rego) {
			fmt.Fprintf(&b, "fired contains %q if { %s }\n", r.ID, strings.TrimSpace(body))
		}
	}
	return b.String()
}
