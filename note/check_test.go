package note_test

import (
	"slices"
	"strings"
	"testing"

	"kith/note"
)

func ids(found []note.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.ID)
	}
	return out
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		opt        note.CheckOptions
		want       []string
	}{
		{"a good note", "Hi Mara, we met on Tuesday at the Rotterdam logistics meetup and talked about cold-chain sensors. I'd be glad to stay in touch. Tom", note.CheckOptions{}, nil},
		{"nothing", "", note.CheckOptions{}, []string{"empty"}},
		{"nothing, to a friend", "", note.CheckOptions{WellKnown: true}, nil},
		{"the platform's sentence", "Hi Mara, I'd like to add you to my professional network on LinkedIn.", note.CheckOptions{}, []string{"default"}},
		{"the platform's sentence, to a friend", "Hi Mara, I'd like to add you to my professional network on LinkedIn.", note.CheckOptions{WellKnown: true}, nil},
		{"a sale", "Hi Mara, we help companies like yours win more clients. Tom", note.CheckOptions{}, []string{"pitch"}},
		{"anybody's", "Great profile, let's connect!", note.CheckOptions{}, []string{"generic", "no-who", "no-greeting", "no-name"}},
		{"a leftover blank", "Hi {{name}}, we met at the Delft bridge symposium in May. Tom", note.CheckOptions{}, []string{"placeholder", "generic"}},
		{"a fraud", "Hi Mara, invest 200 dollars, 5% daily profit guaranteed, text me on WhatsApp. Tom", note.CheckOptions{WellKnown: true}, []string{"scam"}},
		{"a threat", "Hi Mara, I know where you live. Tom", note.CheckOptions{WellKnown: true}, []string{"abuse"}},
		{"long-winded", "Hi Mara, we met on Tuesday at the Rotterdam meetup. It rained. You told me about sensors. I bought one. Tom", note.CheckOptions{}, []string{"too-many-sentences"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := ids(note.Check(c.text, c.opt)); !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func TestCheckLimit(t *testing.T) {
	t.Parallel()
	text := "Hi Mara, we met on Tuesday at the Rotterdam logistics meetup and talked about cold-chain sensors" + strings.Repeat(" and lorries", 10) + ". Tom"
	n := note.Letters(text)
	for limit, want := range map[int]bool{0: false, note.FreeLimit: true, note.PaidLimit: false, n: false, n - 1: true} {
		if got := slices.Contains(ids(note.Check(text, note.CheckOptions{Limit: limit})), "too-long"); got != want {
			t.Errorf("limit %d for %d letters: too long = %v, want %v", limit, n, got, want)
		}
	}
}

// What is found says what to do, names its source and comes by gain.
func TestFindings(t *testing.T) {
	t.Parallel()
	texts := []string{
		"", "Hi {{name}}, let's connect", "You idiot", "We help companies like yours, could you introduce me to your CEO?",
		"I'd like to add you to my professional network on LinkedIn.", strings.Repeat("Great profile. ", 40),
		"Please pay the visa fee of $150 today.",
	}
	for _, text := range texts {
		last := note.Must
		for _, f := range note.Check(text, note.CheckOptions{}) {
			if !strings.HasPrefix(f.Rule, "R") || !strings.HasSuffix(f.Text, ".") || strings.Contains(f.Text, "\n") || f.Severity.String() == "" {
				t.Errorf("finding %+v", f)
			}
			if f.Severity < last {
				t.Errorf("%s (%s) stands after something lesser", f.ID, f.Severity)
			}
			last = f.Severity
		}
	}
}
