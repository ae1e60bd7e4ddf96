package web

import (
	"bufio"
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
)

// The page behind a verdict says what it rests on while the letter is open, when
// it is decided, and of the connection it became; others have no such page.
func TestWhyAVerdictIsAsItIs(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, to := v.guest("Bo Lindqvist")
		cleo, _ := v.guest("Cleo Fontein")
		id := sendFrom(v, to)
		v.must(v.loop.Drain(t.Context()))
		path := "/why/" + id
		page := bo.says(path, "Mara Quillon", "Three questions", `role="img"`, "between", "For and against", `id="fact-note-kind"`, "written for you", "R47",
			"Introduces self with a personal, persuasive reason", "It arrived.", "You have made none.", "The invitation", "Back to the letter")
		if strings.Contains(page, "log") && strings.Contains(page, "odds") {
			t.Error("the page speaks of odds")
		}
		got, page := bo.post("/letters/"+id+"/answer", "question", "met", "answer", "no")
		bo.wants(200, "Mara Quillon", got, page)
		v.must(v.loop.Drain(t.Context()))
		bo.says(path, "You answered a question.", "2 verdicts so far", "New: Your answer: have you met.")

		got, page = bo.post("/letters/" + id + "/decline")
		bo.wants(200, "", got, page)
		bo.says(path, "You declined.", `href="/decided"`)
		_, page = bo.get("/decided")
		got, page = bo.undo(page, id)
		bo.wants(200, "", got, page)
		bo.says(path, "You took your answer back.", "Back to the letter")
		got, page = bo.post("/letters/" + id + "/accept")
		bo.wants(200, "", got, page)
		v.must(v.loop.Drain(t.Context()))
		bo.says(path, "You accepted.", "Mara Quillon")

		for _, x := range []*visitor{v, cleo} {
			got, page := x.get(path)
			if x == cleo || got != 200 {
				x.wants(404, "no such invitation", got, page)
			}
		}
		bo.says("/pictures", "Bo Lindqvist")
		got, page = bo.get("/why/nonsense")
		bo.wants(404, "no such invitation", got, page)
	})
}

// What the page says of facts, signals and rules is there for all there are.
func TestEveryFactAndRuleHasWords(t *testing.T) {
	t.Parallel()
	words, err := readCatalogue("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []struct {
		path string
		of   any
	}{{"person", kith.PersonFacts{}}, {"relation", kith.RelationFacts{}}, {"note", kith.NoteFacts{}}, {"history", kith.HistoryFacts{}}} {
		for f := range reflect.TypeOf(part.of).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if key := "fact." + part.path + "." + name; words[key] == "" {
				t.Errorf("no words for %s", key)
			}
		}
	}
	for _, q := range kith.Questions() {
		if words["fact-answer."+q.String()] == "" {
			t.Errorf("no words for the answer to %s", q)
		}
	}
	f, err := os.Open("../../docs/coverage.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		if words["advice."+cells[0]] != cells[1] {
			t.Errorf("%s says %q on the page, %q in the documents", cells[0], words["advice."+cells[0]], cells[1])
		}
	}
}

// The rulers are laid from no to yes, and say in words what they draw.
func TestARulerSaysWhatItDraws(t *testing.T) {
	t.Parallel()
	j := app.Judged{Verdict: kith.Verdict{Bands: kith.Bands{Genuine: kith.BandYes, Known: kith.BandUnclear, Worth: kith.BandLikely}}}
	j.Reach.Low = kith.Bands{Genuine: kith.BandYes, Known: kith.BandNo, Worth: kith.BandUnclear}
	j.Reach.High = kith.Bands{Genuine: kith.BandYes, Known: kith.BandYes, Worth: kith.BandYes}
	words, err := readCatalogue("en")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithValue(t.Context(), catalogueKey{}, words)
	var said []string
	for _, r := range rulersOf(&j) {
		said = append(said, r.said(ctx))
	}
	if want := []string{"yes, whatever else comes to light", "unclear, between no and yes", "likely, between unclear and yes"}; !slices.Equal(said, want) {
		t.Errorf("the rulers say %q", said)
	}
}
