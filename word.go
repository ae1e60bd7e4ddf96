package kith

// A word is a value from a closed list, spelled in JSON as in the list. The
// list's index is the value; an empty entry is a value that cannot be written.
type word interface{ words() []string }

// truth is implemented by words that may also be written as a boolean.
type truth interface{ truth() (no, yes uint8) }

// Belief is how sure a fact about knowing each other is. Maybe is an equal
// full name and nothing else: it is shown, never settles and fires no rule.
type Belief uint8

// The beliefs.
const (
	No Belief = iota
	Maybe
	Yes
)

func (Belief) words() []string           { return []string{"no", "maybe", "yes"} }
func (Belief) truth() (no, yes uint8)    { return uint8(No), uint8(Yes) }
func (b Belief) String() string          { return b.words()[b] }
func (Photo) words() []string            { return []string{"none", "present", "professional", "stock"} }
func (Photo) truth() (no, yes uint8)     { return uint8(PhotoNone), uint8(PhotoPresent) }
func (p Photo) String() string           { return p.words()[p] }
func (Depth) words() []string            { return []string{"", "thin", "ordinary", "complete"} }
func (d Depth) String() string           { return d.words()[d] }
func (Focus) words() []string            { return []string{"", "person", "industry"} }
func (f Focus) String() string           { return f.words()[f] }
func (Amount) words() []string           { return []string{"none", "few", "many"} }
func (Amount) truth() (no, yes uint8)    { return uint8(None), uint8(Many) }
func (a Amount) String() string          { return a.words()[a] }
func (Seniority) words() []string        { return seniorityWords }
func (s Seniority) String() string       { return s.words()[s] }
func (OrgSize) words() []string          { return []string{"", "small", "medium", "large"} }
func (s OrgSize) String() string         { return s.words()[s] }
func (Shared) words() []string           { return []string{"none", "earlier", "now"} }
func (Shared) truth() (no, yes uint8)    { return uint8(SharedNone), uint8(SharedNow) }
func (s Shared) String() string          { return s.words()[s] }
func (Pending) words() []string          { return []string{"none", "undecided", "over"} }
func (Pending) truth() (no, yes uint8)   { return uint8(PendingNone), uint8(Undecided) }
func (p Pending) String() string         { return p.words()[p] }
func (Elsewhere) words() []string        { return []string{"none", "linked", "follower", "exchange"} }
func (Elsewhere) truth() (no, yes uint8) { return uint8(NotElsewhere), uint8(Linked) }
func (e Elsewhere) String() string       { return e.words()[e] }
func (Acquaintance) words() []string     { return []string{"none", "regular", "family"} }
func (Acquaintance) truth() (no, yes uint8) {
	return uint8(NoAcquaintance), uint8(RegularAcquaintance)
}
func (a Acquaintance) String() string { return a.words()[a] }
func (NoteKind) words() []string {
	return []string{"empty", "default", "generic", "pitch", "scam", "specific"}
}
func (k NoteKind) String() string  { return k.words()[k] }
func (Suspicion) words() []string  { return []string{"none", "suspected", "confirmed"} }
func (s Suspicion) String() string { return s.words()[s] }

var seniorityWords = []string{"", "student", "entry", "mid", "senior", "manager", "director", "executive"}

// parseWord finds s in w's list.
func parseWord(w word, s string) (uint8, bool) {
	for i, have := range w.words() {
		if have == s && s != "" {
			return uint8(i), true
		}
	}
	return 0, false
}

// spell lists w's words for a message.
func spell(w word) string {
	var out string
	for _, s := range w.words() {
		if s == "" {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += s
	}
	return out
}
