package main

import (
	"fmt"
	"slices"
	"strings"

	"kith"
	"kith/triage"
	"kith/triage/signals"
)

// documents makes every generated document; what people write of the coverage
// is read from the folder.
func documents(dir string) (map[string][]byte, error) {
	cover, err := coverage(dir)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		"signals.md":          []byte(signalsPage()),
		"case.schema.json":    kith.CaseSchema(),
		"verdict.schema.json": kith.VerdictSchema(),
		"advice-coverage.md":  []byte(cover),
	}, nil
}

// whatFamiliesDo explains each family on the page.
var whatFamiliesDo = map[triage.Family]string{
	triage.Evidence:    "Direct evidence of harm. The first that speaks leads to a report; nothing else ever does.",
	triage.Refusal:     "The member's own explicit no. Decides, never weighs.",
	triage.Rule:        "The member's own rules, on observed facts only. *always* comes before what is settled, *may* after it.",
	triage.Settled:     "The member knows them: accept.",
	triage.Stance:      "Where the weight of \"worth it\" starts.",
	triage.Worth:       "Weighs on P(worth it), the only question that depends on goals.",
	triage.Genuine:     "Weighs on P(genuine).",
	triage.Limit:       "Corrects what the table says of a weighed invitation.",
	triage.Remark:      "Explains a verdict and weighs nothing.",
	triage.Sending:     "The sending side: the first that speaks decides; if none does, send.",
	triage.Chance:      "Weighs on the chance of acceptance, shown as a range to a sender; never decides.",
	triage.Keeping:     "Existing connections: the first that speaks decides, after direct evidence; if none does, keep.",
	triage.Introducing: "Introductions: the first that speaks decides; if none does, only through the network.",
}

// signalsPage is docs/signals.md.
func signalsPage() string {
	var b strings.Builder
	b.WriteString("# Signals\n\nEvery statement Kith can make about a case, generated from `triage/signals` by `go run ./docs/generate`.\n\n" +
		"Weights are natural log-odds. Spread is one standard deviation: how sure the number is. Grades: A randomised or platform-scale and " +
		"peer-reviewed · B peer-reviewed observational, or measured on public data · C vendor figures · D self-experiment · E opinion: the articles, " +
		"practitioners · 0 searched, nothing found. Rules R… are rows of [advice-coverage.md](advice-coverage.md).\n")
	b.WriteString(modelSection())
	all := signals.All()
	for _, f := range triage.Families() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", f, whatFamiliesDo[f])
		for i := range all {
			if all[i].Family == f {
				b.WriteString(signalSection(&all[i]))
			}
		}
	}
	b.WriteString(questionSection())
	return b.String()
}

func modelSection() string {
	m := triage.Articles()
	var b strings.Builder
	fmt.Fprintf(&b, "\n## The model `%s`\n\n| stance | ask from | accept from |\n|---|---|---|\n", m.Version)
	for _, s := range []kith.Stance{kith.Open, kith.Balanced, kith.Selective, kith.OnlyKnown} {
		fmt.Fprintf(&b, "| %s | %.2f | %.2f |\n", s, m.Table[s].Ask, m.Table[s].Accept)
	}
	fmt.Fprintf(&b, "\nThese bounds are starting values from the articles (grade E). P(genuine) starts at log-odds %.1f (assumed); below %.2f an invitation is "+
		"asked if something vouches for it and declined otherwise, below %.2f declined. A verdict is firm if it holds with P(worth it) %.2f lower and higher and with "+
		"every unknown readable fact at its worst and best. A question is asked if it changes the verdict with a probability of at least %.2f, at most %d an invitation.\n",
		m.Genuine, m.GateAsk, m.GateDecline, m.Shift, m.AskFrom, m.MaxQuestions)
	return b.String()
}

func signalSection(s *triage.Signal) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### `%s`\n\n%s\n\n", s.ID, s.Says)
	item := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "- %s: %s\n", name, value)
		}
	}
	item("tag", string(s.Tag))
	if s.Then != "" {
		item("leads to", string(s.Then))
	}
	if s.Weight != 0 || s.Goals != nil {
		item("weight", fmt.Sprintf("%+.2f, spread %.1f%s", s.Weight, s.Spread, bound(s)))
	}
	for _, g := range s.Goals {
		item("goals", change(g))
	}
	rules := strings.Join(s.Rules, " ")
	if s.Contradiction != "" {
		rules += ", contradiction " + s.Contradiction
	}
	item("advice", rules)
	item("grade", string(s.Grade)+", "+s.Source)
	item("needs", "`"+strings.Join(s.Needs, "` `")+"`")
	item("speaks on", "`"+s.Speaks[0]+"`")
	item("silent on", "`"+s.Silent[0]+"`")
	return b.String()
}

func bound(s *triage.Signal) string {
	out := ""
	if s.Cap > 0 {
		out += fmt.Sprintf(", at most %.1f", s.Cap)
	}
	if s.Group != "" {
		out += fmt.Sprintf("; the group %s counts at most %.1f", s.Group, triage.Articles().GroupCaps[s.Group])
	}
	if s.Waived != nil {
		out += "; set aside for somebody who shares the member's employer or five connections"
	}
	return out
}

func change(g triage.GoalChange) string {
	var words []string
	for _, goal := range g.Goals.List() {
		words = append(words, goal.Info().Code+" "+goal.String())
	}
	who := strings.Join(words, ", ")
	switch g.Do {
	case triage.Becomes:
		return fmt.Sprintf("%s: becomes %+.1f", who, g.By)
	case triage.Adds:
		return fmt.Sprintf("%s: %+.1f", who, g.By)
	case triage.Scales:
		return fmt.Sprintf("%s: × %.1f", who, g.By)
	}
	return fmt.Sprintf("%s: strength counts up to %.2f", who, g.By)
}

func questionSection() string {
	var b strings.Builder
	b.WriteString("\n## Questions\n\nWhat only the member can answer. Shown for leaning verdicts only, one at a time.\n\n| id | side | question | advice |\n|---|---|---|---|\n")
	qs := signals.Questions()
	slices.SortStableFunc(qs, func(a, b triage.Question) int { return int(a.Side) - int(b.Side) })
	for _, q := range qs {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", q.ID, q.Side, strings.Replace(q.Says, "{}", "…", 1), strings.Join(q.Rules, " "))
	}
	return b.String()
}
