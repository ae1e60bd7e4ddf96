package note_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kith"
	"kith/note"
)

// defaults are the default texts with names filled in; wrappers adds the lines
// of the mail around them.
func defaults(wrappers bool) []string {
	var out []string
	for _, d := range note.Defaults() {
		if d.Kind != "" && !wrappers {
			continue
		}
		out = append(out, strings.NewReplacer("{first}", "Mara", "{sender}", "Jonas Petersen").Replace(d.Text))
	}
	return out
}

func TestDefaultsAreDefault(t *testing.T) {
	t.Parallel()
	all := defaults(true)
	if len(all) < 35 {
		t.Fatalf("only %d default texts", len(all))
	}
	for _, text := range all {
		if k := read(text).Kind; k != kith.NoteDefault {
			t.Errorf("reads like %s: %q", k, text)
		}
	}
}

// A greeting, a signature, case, accents, quotes and a missing full stop do not
// change that a default text is one.
func TestDefaultStaysDefault(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(defaults(false)).Draw(t, "default")
		for _, change := range []func(string) string{
			strings.ToUpper,
			strings.ToLower,
			func(s string) string { return strings.ReplaceAll(s, "'", "’") },
			func(s string) string {
				return strings.NewReplacer("é", "e", "ü", "u", "ñ", "n", "à", "a").Replace(s)
			},
			func(s string) string { return strings.TrimRight(s, ".") },
			func(s string) string { return "“" + s + "”" },
		} {
			if rapid.Bool().Draw(t, "change") {
				text = change(text)
			}
		}
		text = rapid.SampledFrom([]string{"", "Hi Anna,\n", "Hallo Frau Weber, ", "Bonjour Luc, "}).Draw(t, "greeting") + text +
			rapid.SampledFrom([]string{"", "\n- Priya", "\nKind regards,\nTom Becker", "\nDanke!", "\nUn saludo, Diego"}).Draw(t, "signature")
		if k := read(text).Kind; k != kith.NoteDefault {
			t.Fatalf("reads like %s: %q", k, text)
		}
	})
}

// Facts told honestly make a specific note; whatever the facts, the draft keeps
// its limits.
func TestDraftKeepsItsPromises(t *testing.T) {
	t.Parallel()
	fact := rapid.OneOf(rapid.Just(""), rapid.String(), rapid.StringMatching(`[A-Z][a-z]{2,12}( [A-Z][a-z]{2,12}){0,30}`))
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 5, 6, 12, 0, 0, 0, time.UTC)
		d := note.DraftFacts{
			To: fact.Draw(t, "to"), From: fact.Draw(t, "from"), MetWhere: fact.Draw(t, "where"), School: fact.Draw(t, "school"),
			Employer: fact.Draw(t, "employer"), Group: fact.Draw(t, "group"), Topic: fact.Draw(t, "topic"), TheirOrg: fact.Draw(t, "org"),
			Status: fact.Draw(t, "status"), Referrer: fact.Draw(t, "referrer"), Question: fact.Draw(t, "question"),
			MetAt: now.Add(-time.Duration(rapid.IntRange(-10, 900).Draw(t, "days")) * 24 * time.Hour), Now: now,
		}
		for _, text := range []string{note.Draft(d), note.MetYesterday(d), note.SharedInvolvement(d), note.Alumni(d)} {
			if n := note.Letters(text); n > note.PaidLimit {
				t.Fatalf("%d letters: %q", n, text)
			}
			if strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text) {
				t.Fatalf("not clean: %q", text)
			}
		}
	})
}

func checkRead(t *testing.T, text string) {
	t.Helper()
	f := read(text)
	if !reflect.DeepEqual(f, read(text)) {
		t.Errorf("two readings differ: %q", text)
	}
	if !slices.IsSortedFunc(f.Evidence, func(a, b note.Span) int { return a.Start - b.Start }) {
		t.Errorf("evidence out of order: %v", f.Evidence)
	}
	for _, s := range f.Evidence {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End || s.Why == "" {
			t.Errorf("span %v outside %d bytes: %q", s, len(text), text)
		}
	}
	if (len(f.ScamGroups) > 0) != (f.Kind == kith.NoteScam) || (f.AsksMoney || f.AsksCredentials) && f.Kind != kith.NoteScam {
		t.Errorf("%s with groups %v", f.Kind, f.ScamGroups)
	}
	if got := note.ScamGroups(text); !slices.Equal(got, f.ScamGroups) {
		t.Errorf("groups %v alone, %v in all: %q", got, f.ScamGroups, text)
	}
	if strings.TrimSpace(text) == "" != (f.Kind == kith.NoteEmpty) {
		t.Errorf("%s: %q", f.Kind, text)
	}
}

// FuzzRead reads any bytes: it must not panic, must give the same twice, and
// must point into the text.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", " ", "Hi {{first_name}},", "We help companies like yours 20% [x] <b> (name) %a%", "\xff\xfe a\xc3", "I'd’ʼ' l'a", "$ 5 € 3 000 € 1.2.3",
		"pаssword аsk", "a@b.c www.x http://", "{{{{[[[[((((<<<<%%%%", "1️⃣ 👩‍👩‍👧 e\u0301\u0301", "- -- — \r\n.\n?!…", "&nbsp; &#39; & ;",
		"USD 5 million de dollars 3 mille euros", "Send me 300 euros by Western Union",
	} {
		f.Add(s)
	}
	f.Fuzz(checkRead)
}

// A long text costs no more than what is read of it, and the rest of a row of
// repeated words costs no more than a note.
func TestReadLongText(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"a", "we help companies ", "l'", "é", "{{", "5 €", "https://", "аb ", ". "} {
		text := strings.Repeat(s, 1_000_000/len(s))
		start := time.Now()
		read(text)
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%q repeated to %d bytes took %v", s, len(text), d)
		}
	}
}
