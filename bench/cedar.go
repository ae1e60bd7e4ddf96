package bench

import (
	"fmt"
	"iter"

	"github.com/cedar-policy/cedar-go"

	"kith"
)

// Cedar decides with cedar-go: one permit policy a rule; the policies that
// determined the decision are the rules that fired.
func Cedar(rules []Rule, cases []kith.Case) (Decide, error) {
	weights := make(map[cedar.PolicyID]float64, len(rules))
	policies := make(policyList, len(rules))
	for i, r := range rules {
		p := new(cedar.Policy)
		text := fmt.Sprintf("permit (principal, action, resource) when { %s };", r.Cedar)
		if err := p.UnmarshalCedar([]byte(text)); err != nil {
			return nil, fmt.Errorf("cedar: %s: %w", r.ID, err)
		}
		policies[i] = namedPolicy{cedar.PolicyID(r.ID), p}
		weights[cedar.PolicyID(r.ID)] = r.Weight
	}
	requests := make([]cedar.Request, len(cases))
	for i := range cases {
		requests[i] = cedarRequest(&cases[i])
	}
	return func(i int, a *Answer) error {
		a.reset()
		_, why := cedar.Authorize(policies, nil, requests[i])
		if len(why.Errors) > 0 {
			return fmt.Errorf("cedar: %s", why.Errors[0])
		}
		for _, r := range why.Reasons {
			a.add(string(r.PolicyID), weights[r.PolicyID])
		}
		return nil
	}, nil
}

// policyList is a policy set in a fixed order, which is also faster to walk
// than cedar's map.
type policyList []namedPolicy

type namedPolicy struct {
	id     cedar.PolicyID
	policy *cedar.Policy
}

// All gives the policies.
func (l policyList) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for i := range l {
			if !yield(l[i].id, l[i].policy) {
				return
			}
		}
	}
}

// cedarRequest carries the facts as the request's context.
func cedarRequest(c *kith.Case) cedar.Request {
	f := flatten(c)
	context := cedar.RecordMap{}
	for name, v := range f.Values() {
		switch v := v.(type) {
		case bool:
			context[cedar.String(name)] = cedar.Boolean(v)
		case int:
			context[cedar.String(name)] = cedar.Long(v)
		case string:
			context[cedar.String(name)] = cedar.String(v)
		}
	}
	return cedar.Request{
		Principal: cedar.NewEntityUID("Person", "sender"),
		Action:    cedar.NewEntityUID("Action", "invite"),
		Resource:  cedar.NewEntityUID("Person", "member"),
		Context:   cedar.NewRecord(context),
	}
}
