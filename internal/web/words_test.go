package web

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

func TestFill(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		args []any
		want string
	}{
		{"{0} is told by {1}.", []any{"{1} Xu", "29 November"}, "{1} Xu is told by 29 November."},
		{"{1} and {0}", []any{"{0}", "{1}"}, "{1} and {0}"},
		{"You have met{}.", []any{": the summer school"}, "You have met: the summer school."},
		{"as it stands, {0}", nil, "as it stands, {0}"},
	} {
		if got := fill(test.text, test.args...); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Each language counts in its own forms; where it has none for one, that for
// many is taken.
func TestCount(t *testing.T) {
	t.Parallel()
	for lang, test := range map[string]struct {
		texts catalogue
		want  map[int]string
	}{
		"en": {catalogue{"n.one": "one", "n.many": "{0} many", "n.none": "none"}, map[int]string{0: "none", 1: "one", 2: "2 many", 21: "21 many"}},
		"ru": {catalogue{"n.one": "{0} письмо", "n.few": "{0} письма", "n.many": "{0} писем"}, map[int]string{0: "0 писем", 1: "1 письмо", 3: "3 письма", 5: "5 писем", 21: "21 письмо", 1002: "1002 письма"}},
		"ar": {catalogue{"n.two": "two", "n.few": "{0} few", "n.many": "{0} many", "n.other": "{0} other"}, map[int]string{2: "two", 3: "3 few", 11: "11 many", 100: "100 other"}},
		"ja": {catalogue{"n.many": "{0}通"}, map[int]string{0: "0通", 1: "1通", 2: "2通"}},
	} {
		test.texts["language"] = lang
		ctx := context.WithValue(t.Context(), catalogueKey{}, test.texts)
		for n, want := range test.want {
			if got := count(ctx, "n", n); got != want {
				t.Errorf("%s, %d: %q, want %q", lang, n, got, want)
			}
		}
	}
}

// german gives a language that is half there, as a file beside the English one
// would.
func german(t *testing.T) catalogue {
	t.Helper()
	data, err := os.ReadFile("testdata/de.toml")
	if err != nil {
		t.Fatal(err)
	}
	de, err := parseCatalogue(data)
	if err != nil {
		t.Fatal(err)
	}
	de["language"] = "de"
	return de
}

// A page is in the language its reader's browser wants, with English beneath,
// and says so.
func TestThePagesLanguage(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	v.joins("Mara Lindt", "mara@lindt.example")
	v.signsIn("mara@lindt.example")
	v.site.others = newTongues(v.site.words, german(t))
	for wants, test := range map[string]struct{ html, desk string }{
		"":                        {`<html lang="en" dir="ltr">`, ">Desk<"},
		"de-CH,de;q=0.9,en;q=0.5": {`<html lang="de" dir="ltr">`, ">Tisch<"},
		"en-GB,de;q=0.5":          {`<html lang="en" dir="ltr">`, ">Desk<"},
		"fr":                      {`<html lang="en" dir="ltr">`, ">Desk<"},
		"%%%":                     {`<html lang="en" dir="ltr">`, ">Desk<"},
	} {
		r, err := http.NewRequest(http.MethodGet, v.server.URL+"/people/nobody", nil)
		v.must(err)
		r.Header.Set("Accept-Language", wants)
		res, err := v.client.Do(r)
		v.must(err)
		_, page := v.read(res)
		wrong := "There is no such account; check the name or the link."
		if test.desk == ">Tisch<" {
			wrong = "Dieses Konto gibt es nicht; sieh Namen oder Adresse nach."
		}
		for _, want := range []string{test.html, test.desk, ">Write<", wrong} {
			if !strings.Contains(page, want) {
				t.Errorf("%q: no %s in %s", wants, want, page)
			}
		}
	}
}

// What reaches a page in English is found by what it says, with what is filled
// in; what a language has no words for is marked.
func TestEnglishFromElsewhereIsTranslated(t *testing.T) {
	t.Parallel()
	de := newTongues(english(t), catalogue{"language": "de", "error.not-read-to-its-end": "nicht zu Ende gelesen: {0}", "error.the-archive-is-empty": "das Archiv ist leer",
		"question.met": "Seid ihr euch begegnet?", "question.same-person": "Ist das die Person dieses Namens {}?", "chance.between": "Zwischen {0} und {1} von 10.",
		"if-no.met": "ihr euch nie begegnet seid", "finding.too-long": "{2} zu viel, denn es sind {0} von {1}.", "standing.start": "Am Anfang sind es wenige.", "unknown.person.photo": "Ob sie ein Bild zeigen."}).list[0]
	for _, test := range []struct {
		text, want string
		marked     bool
	}{
		{"not read to its end: the archive is empty; download it again", "nicht zu Ende gelesen: das Archiv ist leer", false},
		{"Have you met, or worked together?", "Seid ihr euch begegnet?", false},
		{"Is this the person of the same name in your address book?", "Ist das die Person dieses Namens in your address book?", false},
		{"By the figures known, between 2 and 5 of 10 such invitations would be accepted.", "Zwischen 2 und 5 von 10.", false},
		{"you have never met", "ihr euch nie begegnet seid", false},
		{"It has 320 letters and the platform takes 300. Take out 20.", "20 zu viel, denn es sind 320 von 300.", false},
		{"Budgets start small and grow with every invitation that is accepted.", "Am Anfang sind es wenige.", false},
		{"Whether they show a photo.", "Ob sie ein Bild zeigen.", false},
		{"Would you do them a small favour, or ask for one?", "Would you do them a small favour, or ask for one?", true},
		{"What nobody foresaw.", "What nobody foresaw.", true},
	} {
		ctx := context.WithValue(t.Context(), catalogueKey{}, de)
		if got, marked := translate(ctx, test.text), foreign(ctx, test.text) != nil; got != test.want || marked != test.marked {
			t.Errorf("%q: %q, marked %v", test.text, got, marked)
		}
		ctx = context.WithValue(t.Context(), catalogueKey{}, english(t))
		if got, marked := translate(ctx, test.text), foreign(ctx, test.text) != nil; got != test.text || marked {
			t.Errorf("in English: %q, marked %v", got, marked)
		}
	}
	if got := said(context.WithValue(t.Context(), catalogueKey{}, de), &kith.Error{Kind: kith.Invalid, Msg: "the archive is empty; download it again"}); got != "Das Archiv ist leer." {
		t.Error(got)
	}
}
