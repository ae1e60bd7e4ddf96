package gather

import (
	"testing"

	"pgregory.net/rapid"

	"kith"
)

// TestFoldTextIsKiths holds the fast fold and the fast clean to those of kith.
func TestFoldTextIsKiths(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aZ9 .,'’-–—…•äßØœĲŉſé&/\u0301\u00a0\u200b"))),
		rapid.SampledFrom([]string{"S.à r.l.", "O’Neill & Söhne", "  two  spaces ", "tab\tand\nline"}))
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		if got, want := foldText(s), kith.FoldText(s); got != want {
			t.Fatalf("%q folds to %q, kith folds it to %q", s, got, want)
		}
		if got, want := cleanLine(s), kith.CleanLine(s); got != want {
			t.Fatalf("%q becomes %q, kith makes it %q", s, got, want)
		}
	})
}
