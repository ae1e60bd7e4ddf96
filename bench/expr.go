package bench

import (
	"fmt"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"kith"
)

// Expr decides with expr-lang/expr: one program a rule, compiled to a boolean
// against a typed environment, run on one machine that is used again. The
// environment is a map, for which expr has an instruction of its own; a struct is
// read through reflection and takes more than twice the time.
func Expr(rules []Rule, cases []kith.Case) (Decide, error) {
	programs := make([]*vm.Program, len(rules))
	for i, r := range rules {
		p, err := expr.Compile(r.Text, expr.Env(new(Facts).Values()), expr.AsBool())
		if err != nil {
			return nil, fmt.Errorf("expr: %s: %w", r.ID, err)
		}
		programs[i] = p
	}
	inputs := make([]any, len(cases))
	for i := range cases {
		f := flatten(&cases[i])
		inputs[i] = f.Values()
	}
	var machine vm.VM
	return func(i int, a *Answer) error {
		a.reset()
		for k, p := range programs {
			fires, err := machine.Run(p, inputs[i])
			if err != nil {
				return err
			}
			if fires.(bool) {
				a.add(rules[k].ID, rules[k].Weight)
			}
		}
		return nil
	}, nil
}
