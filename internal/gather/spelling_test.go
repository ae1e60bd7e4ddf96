package gather

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/misspell"
)

var updateSpelling = flag.Bool("update-spelling", false, "write the word lists anew from github.com/golangci/misspell")

// TestWordListsOfMisspell holds the embedded lists to the module they come
// from.
func TestWordListsOfMisspell(t *testing.T) {
	t.Parallel()
	var wrong, right []string
	for i := 0; i+1 < len(misspell.DictMain); i += 2 {
		if w := misspell.DictMain[i]; !strings.Contains(w, " ") {
			wrong = append(wrong, w)
		}
		right = append(right, misspell.DictMain[i+1])
	}
	for _, list := range []struct {
		file, have string
		words      []string
	}{{"data/misspellings.txt", misspelledEnglish, wrong}, {"data/common_en.txt", commonEnglish, right}} {
		slices.Sort(list.words)
		want := strings.Join(slices.Compact(list.words), "\n") + "\n"
		if *updateSpelling {
			if err := os.WriteFile(list.file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if list.have != want {
			t.Errorf("%s is not the module's list; run the test with -update-spelling", list.file)
		}
	}
}

func TestHasLine(t *testing.T) {
	t.Parallel()
	for word := range strings.Lines(misspelledEnglish) {
		if word = strings.TrimSuffix(word, "\n"); !hasLine(misspelledEnglish, word) {
			t.Fatalf("%q is in the list", word)
		}
	}
	for _, word := range []string{"", "a", "receive", "separate", "zzzz", "recieve d"} {
		if hasLine(misspelledEnglish, word) {
			t.Errorf("%q is not in the list", word)
		}
	}
}
