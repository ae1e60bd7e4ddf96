package app

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"kith/internal/intake"
)

// What a spreadsheet would take for a formula is marked in an export, and comes
// back from it letter for letter.
func TestFormulasComeBackFromAnExport(t *testing.T) {
	t.Parallel()
	texts := []string{"=1+1", "+31 6 1234", "-- of Delft", "@all", "'=1+1", "''-", "'s-Hertogenbosch", "＝1", "|x|", `"=a", she said`, "plain"}
	var links, notes strings.Builder
	ties, sent := csv.NewWriter(&links), csv.NewWriter(&notes)
	rows := []error{ties.Write(strings.Split(connectHead, ",")), sent.Write(strings.Split(inviteHead, ","))}
	for i, text := range texts {
		text, slug := intake.MarkFormula(text), "https://www.linkedin.com/in/person-"+string(rune('a'+i))
		rows = append(rows, ties.Write([]string{"Mara", "Quillon " + string(rune('A'+i)), slug, "", text, text, "04 Mar 2020"}),
			sent.Write([]string{text, "Ada Brandt", "2/20/26, 9:00 AM", text, "INCOMING", slug + "-too", adaLink}))
	}
	ties.Flush()
	sent.Flush()
	eachWorld(t, func(t *testing.T, w *world) {
		for _, err := range rows {
			w.must(err)
		}
		ada, bea := w.member("Ada Brandt"), w.member("Bea de Wit")
		w.importing(ada, file{"Profile.csv", profileCSV}, file{"Connections.csv", links.String()}, file{"Invitations.csv", notes.String()})
		data, _ := exported(t, w, ada)
		w.importing(bea, file{"export.zip", string(data)})
		for _, who := range []Actor{ada, bea} {
			contacts, invitations := w.lists(who)
			var jobs, words []string
			for i := range contacts {
				if c := &contacts[i]; c.Connected {
					jobs = append(jobs, c.Organisation)
					if c.Title != c.Organisation {
						t.Errorf("%q works as %q", c.Organisation, c.Title)
					}
				}
			}
			for i := range invitations {
				e := &invitations[i]
				words = append(words, e.Note)
				if e.Who.Name != e.Note {
					t.Errorf("%q wrote %q", e.Who.Name, e.Note)
				}
			}
			for _, got := range [][]string{jobs, words} {
				slices.Sort(got)
				want := slices.Sorted(slices.Values(texts))
				if !slices.Equal(got, want) {
					t.Errorf("%s has %q, not %q", who.ID, got, want)
				}
			}
		}
	})
}
