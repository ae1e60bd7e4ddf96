package bench

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"kith"
)

// CEL decides with cel-go: one checked, optimised program a rule over typed
// variables; the values are CEL's own, so that nothing is converted.
func CEL(rules []Rule, cases []kith.Case) (Decide, error) {
	programs := make([]cel.Program, len(rules))
	env, err := celEnv()
	if err != nil {
		return nil, err
	}
	for i, r := range rules {
		ast, issues := env.Compile(r.Text)
		if issues.Err() != nil {
			return nil, fmt.Errorf("cel: %s: %w", r.ID, issues.Err())
		}
		if programs[i], err = env.Program(ast, cel.EvalOptions(cel.OptOptimize)); err != nil {
			return nil, fmt.Errorf("cel: %s: %w", r.ID, err)
		}
	}
	inputs := make([]cel.Activation, len(cases))
	for i := range cases {
		if inputs[i], err = activation(&cases[i]); err != nil {
			return nil, err
		}
	}
	return func(i int, a *Answer) error {
		a.reset()
		for k, p := range programs {
			fires, _, err := p.Eval(inputs[i])
			if err != nil {
				return err
			}
			if fires == types.True {
				a.add(rules[k].ID, rules[k].Weight)
			}
		}
		return nil
	}, nil
}

// celEnv declares every fact with its type.
func celEnv() (*cel.Env, error) {
	var vars []cel.EnvOption
	for name, v := range new(Facts).Values() {
		t := cel.StringType
		switch v.(type) {
		case bool:
			t = cel.BoolType
		case int:
			t = cel.IntType
		}
		vars = append(vars, cel.Variable(name, t))
	}
	return cel.NewEnv(vars...)
}

func activation(c *kith.Case) (cel.Activation, error) {
	f := flatten(c)
	values := f.Values()
	for name, v := range values {
		values[name] = celValue(v)
	}
	return cel.NewActivation(values)
}

func celValue(v any) ref.Val { return types.DefaultTypeAdapter.NativeToValue(v) }
