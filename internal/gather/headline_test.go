package gather

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kith"
)

func TestHeadlineListsAreSound(t *testing.T) {
	t.Parallel()
	_, problems := loadHeadlineLexicon()
	_, more := loadProgrammes()
	for _, p := range append(problems, more...) {
		t.Error(p)
	}
}

// TestReadHeadlineTraps holds headlines that a look at single words reads
// wrongly.
func TestReadHeadlineTraps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		headline string
		want     Headline
	}{
		{"Sales Engineer at Fabrikam", Headline{Role: "sales", Seniority: kith.MidLevel, Organisation: "Fabrikam"}},
		{"Product Marketing Manager", Headline{Role: "marketing", Seniority: kith.ManagerLevel}},
		{"Student Affairs Director", Headline{Role: "education", Seniority: kith.DirectorLevel}},
		{"Board Game Designer", Headline{Role: "design", Seniority: kith.MidLevel}},
		{"Partner Manager", Headline{Role: "sales", Seniority: kith.ManagerLevel}},
		{"Managing Partner at Bexley LLP", Headline{Role: "general-management", Seniority: kith.ExecutiveLevel, Organisation: "Bexley LLP"}},
		{"Chief of Staff", Headline{Role: "operations", Seniority: kith.ManagerLevel}},
		{"Founding Engineer", Headline{Role: "engineering", Seniority: kith.MidLevel}},
		{"Executive Assistant to the CEO", Headline{Role: "operations", Seniority: kith.MidLevel}},
		{"Coach for Founders", Headline{Role: "coaching", Seniority: kith.MidLevel}},
		{"Software Engineer, Recruiting Products", Headline{Role: "engineering", Seniority: kith.MidLevel}},
		{"Aspiring Founder", Headline{Seniority: 0}},
		{"Former CEO at Acme", Headline{}},
		{"Ex-Google, Software Engineer at Figment", Headline{Role: "engineering", Seniority: kith.MidLevel, Organisation: "Figment"}},
		{"Formerly Teacher at Elm School, now Nurse at Oak Clinic", Headline{Role: "health", Seniority: kith.MidLevel, Organisation: "Oak Clinic"}},
		{"Open to work", Headline{}},
		{"Helping founders hire engineers", Headline{}},
		{"I help companies build secure cloud platforms", Headline{}},
		{"Engineer at an early-stage startup", Headline{Role: "engineering", Seniority: kith.MidLevel}},
		{"Designer at heart", Headline{Role: "design", Seniority: kith.MidLevel}},
		{"Entwickler:in bei Hansen", Headline{Role: "engineering", Seniority: kith.MidLevel, Organisation: "Hansen"}},
		{"Kaufmann/-frau für Büromanagement", Headline{Role: "operations", Seniority: kith.MidLevel}},
		{"Chargé·e de communication", Headline{Role: "marketing", Seniority: kith.MidLevel}},
		{"Ingeniero/a de caminos", Headline{Role: "engineering", Seniority: kith.MidLevel}},
		{"Geschäftsführerin der Hansen Bau GmbH", Headline{Role: "general-management", Seniority: kith.ExecutiveLevel, Organisation: "Hansen Bau GmbH"}},
		{"𝗛𝗲𝗮𝗱 𝗼𝗳 𝗦𝗮𝗹𝗲𝘀 @ Acme 🚀", Headline{Role: "sales", Seniority: kith.ManagerLevel, Organisation: "Acme"}},
		{"Junior at Ohio State University", Headline{Seniority: kith.StudentLevel, Organisation: "Ohio State University", Student: true}},
		{"Data Scientist, PhD", Headline{Role: "data", Seniority: kith.MidLevel}},
	} {
		want := c.want
		want.Known = want != (Headline{})
		if got := ReadHeadline(c.headline); got != want {
			t.Errorf("%s\n got %+v\nwant %+v", c.headline, got, want)
		}
	}
}

// TestCutHeadline holds that a broken-off word is not read and that a name
// which is broken off is not the name of an organisation unless a list has it.
func TestCutHeadline(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		headline, organisation string
		student                bool
	}{
		{"Student Aff…", "", false},
		{"Student at University of Lee…", "", true},
		{"Engineer at Northwind Logis...", "", false},
		{"Engineer at Siemens…", "Siemens", false},
		{"Engineer at Northwind Logistics | Go, Kuber…", "Northwind Logistics", false},
	} {
		got := ReadHeadline(c.headline)
		if got.Organisation != c.organisation || got.Student != c.student {
			t.Errorf("%s: %+v", c.headline, got)
		}
	}
}

// sampleHeadlines are what the property tests cut and join.
var sampleHeadlines = []string{
	"Student Affairs Director at Lakeside University", "Board Game Designer | Founder Coach", "Founder & CEO @ Acorn Robotics | Board Member",
	"Talent Acquisition Partner | Hiring across Europe", "Recruiting Software Engineer at Hooli", "Trustee of the Fenland Museum Trust",
	"Life Coach | Helping women over 40 lose weight without dieting", "I help coaches scale to 6 figures | Book a call",
	"Partner Marketing Manager at Contoso", "Ingeniera de Caminos en Acciona | Estudiante de máster", "Gründerin von Waldkauz Software | Beirätin",
	"Étudiante en droit à l'Université de Lille", "Student success coach, student of life", "Board certified physician on the board of directors",
	"Twice founder, now product manager", "Helping founders grow | Tax adviser at Ledger & Lane", "Consultora de selección | Socia fundadora de Semilla", "Director of Student Recruitment",
}

// TestCutInventsNothing holds that no beginning of a headline, marked as cut,
// shows a kind the whole does not show.
func TestCutInventsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(sampleHeadlines).Draw(t, "headline")
		if rapid.Bool().Draw(t, "joined") {
			s += rapid.SampledFrom([]string{" | ", " – ", ", ", " & "}).Draw(t, "gap") + rapid.SampledFrom(sampleHeadlines).Draw(t, "second")
		}
		runes := []rune(s)
		part := string(runes[:rapid.IntRange(0, len(runes)).Draw(t, "length")])
		whole, cut := ReadHeadline(s), ReadHeadline(part+"…")
		for _, k := range []struct {
			name       string
			whole, cut bool
		}{
			{"recruiter", whole.Recruiter, cut.Recruiter}, {"programmes", whole.SellsProgrammes, cut.SellsProgrammes},
			{"student", whole.Student, cut.Student}, {"founder", whole.Founder, cut.Founder}, {"non-profit", whole.NonProfit, cut.NonProfit},
		} {
			if k.cut && !k.whole {
				t.Fatalf("%s is read in %q, but not in %q", k.name, part+"…", s)
			}
		}
	})
}

// TestCutDevSetInventsNothing holds the same for every beginning of every
// headline of the development set.
func TestCutDevSetInventsNothing(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/headlines_dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var item struct{ Headline string }
		if err := json.Unmarshal(line, &item); err != nil {
			t.Fatal(err)
		}
		whole := ReadHeadline(item.Headline)
		for i := range item.Headline {
			cut := ReadHeadline(item.Headline[:i] + "…")
			if cut.Recruiter && !whole.Recruiter || cut.SellsProgrammes && !whole.SellsProgrammes || cut.Student && !whole.Student ||
				cut.Founder && !whole.Founder || cut.NonProfit && !whole.NonProfit {
				t.Errorf("%q of %q reads %+v", item.Headline[:i], item.Headline, cut)
			}
		}
	}
}

func TestReadHeadlineIsDeterministic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "headline")
		if a, b := ReadHeadline(s), ReadHeadline(s); a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func FuzzReadHeadline(f *testing.F) {
	for _, s := range sampleHeadlines {
		f.Add(s)
	}
	for _, s := range []string{"", "…", "@", "at", "(((", "a/b:c*in", "R&D @ M&A…", "\xff\xfe", "l'", "d’", strings.Repeat("é ", 2000), "À la \u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h := ReadHeadline(s)
		if !utf8.ValidString(h.Organisation) || kith.CleanLine(h.Organisation) != h.Organisation {
			t.Errorf("organisation %q is not clean", h.Organisation)
		}
		if h.Role != "" {
			if _, ok := indexOf(headlineRoles, h.Role); !ok {
				t.Errorf("role %q", h.Role)
			}
		}
		if h.Known != (h != Headline{Known: h.Known}) {
			t.Errorf("known is %v for %+v", h.Known, h)
		}
	})
}

func BenchmarkReadHeadline(b *testing.B) {
	ReadHeadline(sampleHeadlines[0])
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ReadHeadline(sampleHeadlines[i%len(sampleHeadlines)])
	}
}
