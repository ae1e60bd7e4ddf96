package triage

import "kith"

// Family says where in the judgement a signal speaks.
type Family uint8

// The families, in the order they are heard.
const (
	Evidence    Family = iota // direct evidence of harm: decides
	Refusal                   // the member's own explicit no: decides
	Rule                      // one of the member's own rules: decides
	Settled                   // the member knows them: decides
	Stance                    // the start of worth it
	Worth                     // weighs on P(worth it)
	Genuine                   // weighs on P(genuine)
	Limit                     // corrects what the table says
	Remark                    // explains a verdict, weighs nothing
	Sending                   // ordered rules of the sending side
	Chance                    // weighs on the chance of acceptance
	Keeping                   // ordered rules of the connected side
	Introducing               // ordered rules of introductions
	numFamilies
)

// String names the family as documents do.
func (f Family) String() string {
	return [numFamilies]string{"evidence", "refusal", "rule", "settled", "stance", "worth", "genuine",
		"limit", "remark", "send", "chance", "connected", "introduce"}[f]
}

// Families lists the families in the order they are heard.
func Families() []Family {
	out := make([]Family, numFamilies)
	for i := range out {
		out[i] = Family(i)
	}
	return out
}

// Grade says how good the evidence behind a number is.
type Grade string

// The grades, as in docs/signals.md.
const (
	GradeA Grade = "A" // randomised or platform-scale, peer-reviewed
	GradeB Grade = "B" // peer-reviewed observational, or measured on public data
	GradeC Grade = "C" // vendor figures, unaudited
	GradeD Grade = "D" // self-experiment, small
	GradeE Grade = "E" // opinion: the articles, practitioners
	Grade0 Grade = "0" // searched, nothing found
)

// Change says what a goal does to a signal's weight.
type Change uint8

// The changes. Where several goals replace a weight, the most favourable
// replacement counts; then scaling, then additions.
const (
	Becomes Change = iota + 1 // By replaces the weight
	Adds                      // By is added to the weight
	Scales                    // the weight is multiplied by By
	Flat                      // strength counts no higher than By
)

// GoalChange is one goal's effect on a signal.
type GoalChange struct {
	Goals kith.Goals // any of these
	Do    Change
	By    float64
}

// Signal is one entry of the catalogue: what is looked at, what it weighs, what
// is said about it, where that comes from, and examples of both outcomes.
type Signal struct {
	// ID is stable, kebab-case and unique; `signal.<id>` is the key of its
	// sentence in a text catalogue.
	ID     string
	Family Family
	// Says is the English sentence. "{}" stands for what Fill gives.
	Says string
	Fill func(*kith.Case) string
	Tag  kith.Tag

	// Weight is in natural log-odds and is multiplied by Strength. Spread is one
	// standard deviation: how far a member's own data may move it, and how sure
	// the number is. Both are 0 for signals that decide.
	Weight, Spread float64
	// Cap bounds the absolute contribution; 0 is no bound.
	Cap   float64
	Goals []GoalChange
	// Group names signals that are one fact seen several times; the model caps
	// their sum.
	Group string

	// Rules are the rows of the advice; Contradiction is K1 to K16 where the
	// articles disagree on this signal.
	Rules         []string
	Contradiction string
	Grade         Grade
	Source        string // where the number comes from

	// Needs are the paths of the facts without which the signal is silent. At
	// least one of them must be known for it to fire.
	Needs []string
	// Fires reports whether the signal speaks. It must read only facts, the
	// member's settings and the case's time.
	Fires func(*kith.Case) bool
	// Strength multiplies the weight of a signal that fires; nil is 1.
	Strength func(*kith.Case) float64
	// Waived, if not nil, sets the weight aside and says so.
	Waived func(*kith.Case) bool

	// Then is the verdict of a signal that decides.
	Then kith.Decision
	// When, for a limit, is the only decision it corrects; empty is any.
	When kith.Decision
	// Mode reads how strong the member made this rule.
	Mode func(*kith.Member) kith.RuleMode

	// Speaks and Silent are examples as JSON of a case (the side may be left
	// out): in each of Speaks the signal fires, in each of Silent it does not.
	Speaks, Silent []string
}

// Question is one entry of the catalogue of questions.
type Question struct {
	ID   kith.QuestionID
	Side kith.Side
	Says string
	Fill func(*kith.Case) string
	// Many asks the same of several people at once ("Which of these …?"); empty
	// if it can only be asked one by one.
	Many string
	// IfYes and IfNo finish "If …:" in what would change the verdict; an empty
	// one is never offered.
	IfYes, IfNo string
	// Yes and No are the log-odds by which the answer would move the P it
	// bears on; P(yes) follows from them (DESIGN 3.5).
	Yes, No float64
	// Genuine marks a question that bears on P(genuine), not on P(worth it).
	Genuine bool
	// Even marks a question about the member, not the person: P(yes) is one
	// half.
	Even bool
	// First marks the question that comes before all others if it can change
	// the verdict.
	First bool
	// Fits reports whether the question makes sense for this case.
	Fits  func(*kith.Case) bool
	Rules []string
}
