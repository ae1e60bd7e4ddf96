package invented

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/intake"
)

var updatePDFs = flag.Bool("update-pdfs", false, "write the profile PDFs that the tests of internal/intake read")

// profilePDFs are the invented people whose PDFs the tests of internal/intake
// read. After a change write them again with
//
//	go test ./examples/invented -run TestProfilePDFs -update-pdfs
var profilePDFs = map[string]pdfProfile{
	"pdf_quillon.pdf": {
		Name: "Mara Quillon", Wide: true,
		Headline: "Principal Hydrologist at Fenmark Water Trust | Rivers, peat and the people who live with them, in that order",
		Location: "Norwich, Norfolk, United Kingdom",
		Slug:     "mara-quillon", Phone: "+44 1632 960 001",
		Emails:         []string{"mara.quillon@fenmark.example"},
		Skills:         []string{"Hydrology", "Peatland Restoration", "Flood Modelling"},
		Languages:      []string{"English (Native or Bilingual)", "Nederlands (Professional Working)"},
		Certifications: []string{"Chartered Water and Environmental Manager"},
		Honours:        []string{"Fenland Medal for Lowland Water Management 2019"},
		Publications: []string{
			"Peat as memory: nine centuries of water levels in the eastern fens",
			"Low-cost gauges for high-value marshes",
		},
		Summary: "I measure how water moves through lowland peat and help the people who farm it to keep both. " +
			"For twenty years I have worked between engineers, farmers and birds.\n\n" +
			"What I bring:\n- gauges that survive winter\n- models that farmers trust",
		Employers: []pdfEmployer{
			{Name: "Fenmark Water Trust", Total: "9 years 3 months", Roles: []pdfRole{
				{"Principal Hydrologist", "October 2021 - Present", "4 years 2 months", "Norwich, England, United Kingdom",
					"I lead a team of six that models every ditch between the Wash and the uplands.\n\nBudget 1.2 million a year."},
				{"Senior Hydrologist", "September 2016 - October 2021", "5 years 2 months", "", ""},
			}},
			{Name: "Aldous & Pym Consulting Engineers", Roles: []pdfRole{
				{"Hydrologist", "January 2010 - August 2016", "6 years 8 months", "Ely", "Flood studies for 40 parishes."},
			}},
			{Name: "Institute of Lowland Science", Roles: []pdfRole{
				{"Research Assistant", "2007 - 2009", "2 years", "", strings.Repeat("Field work in all weathers, mostly wet, with a boat that leaked. ", 30)},
			}},
			{Name: "Saltmarsh Volunteers, the Society for the Long-Term Observation of Eastern Tidal Wetlands and Estuaries", Roles: []pdfRole{
				{"Warden", "June 2005 - September 2005", "4 months", "", ""},
			}},
		},
		Schools: []pdfSchool{
			{"University of Brackwater", "Doctor of Philosophy - PhD, Hydrology and Water Resources Science with a thesis on peat", "September 2003 - July 2007"},
			{"Wendover College", "Bachelor of Science, Geography", "2000 - 2003"},
			{"Fenside School", "", "2000"},
		},
		SavedAt: time.Date(2025, time.June, 19, 22, 23, 11, 0, time.UTC),
	},
	"pdf_thin.pdf": {
		Name: "Odo Brandt", Headline: "--", Slug: "odo-brandt-4b81a2203",
		SavedAt: time.Date(2025, time.November, 3, 8, 0, 0, 0, time.UTC),
	},
	"pdf_german.pdf": {
		Name: "Käthe Wohlfahrt-Özdemir", Headline: "Leiterin Einkauf bei Nordlicht Werke", Location: "Lübeck, Schleswig-Holstein, Deutschland",
		Slug: "käthe-wohlfahrt", Skills: []string{"Einkauf", "Verhandlung"}, Wide: true,
		Languages: []string{"Deutsch (Muttersprache)"}, Certifications: []string{"Fachkauffrau für Einkauf"},
		Summary: "Ich kaufe ein, was Werften brauchen.",
		Employers: []pdfEmployer{{Name: "Nordlicht Werke GmbH", Roles: []pdfRole{
			{"Leiterin Einkauf", "März 2018 - Present", "7 Jahre 9 Monate", "Lübeck", "Verträge mit 80 Zulieferern."},
			{"Einkäuferin", "Oktober 2012 - März 2018", "5 Jahre 6 Monate", "", ""},
		}}},
		Schools: []pdfSchool{{"Hochschule Travemünde", "Diplom, Betriebswirtschaft", "2008 - 2012"}},
		Headings: map[string]string{
			"Contact": "Kontakt", "Top Skills": "Top-Kenntnisse", "Languages": "Sprachen", "Certifications": "Zertifizierungen",
			"Summary": "Zusammenfassung", "Experience": "Berufserfahrung", "Education": "Ausbildung",
		},
		SavedAt: time.Date(2025, time.October, 1, 7, 30, 0, 0, time.UTC),
	},
	"pdf_french.pdf": {
		Name: "Élodie Sauveterre", Headline: "Cheffe de projet chez Atelier Brume", Location: "Nantes, Pays de la Loire, France",
		Slug: "elodie-sauveterre", Skills: []string{"Gestion de projet"}, Publications: []string{"La brume et le port"},
		Employers: []pdfEmployer{{Name: "Atelier Brume", Roles: []pdfRole{
			{"Cheffe de projet", "juin 2020 - Present", "5 ans 6 mois", "Nantes", ""},
			{"Assistante", "août 2017 - juillet 2019", "2 ans", "", ""},
		}}},
		Schools: []pdfSchool{{"École du Littoral", "Licence, Géographie", "2014 - 2017"}},
		Headings: map[string]string{
			"Contact": "Coordonnées", "Top Skills": "Principales compétences", "Summary": "Résumé",
			"Experience": "Expérience", "Education": "Formation",
		},
		SavedAt: time.Date(2025, time.October, 2, 9, 0, 0, 0, time.UTC),
	},
	"pdf_spanish.pdf": {
		Name: "Iñaki Larrabeiti", Headline: "Analista de datos", Location: "Bilbao y alrededores",
		Slug: "inaki-larrabeiti", Skills: []string{"SQL", "Estadística"}, Summary: "Datos para puertos y mareas.",
		Employers: []pdfEmployer{{Name: "Puerto de Arriluce", Roles: []pdfRole{
			{"Analista de datos", "enero de 2022 - Present", "3 años 11 meses", "Bilbao", "Mareas y grúas."},
		}}},
		Schools: []pdfSchool{{"Universidad de Zorroza", "Grado, Matemáticas", "2017 - 2021"}},
		Headings: map[string]string{
			"Contact": "Contactar", "Top Skills": "Aptitudes principales", "Summary": "Extracto",
			"Experience": "Experiencia", "Education": "Educación",
		},
		SavedAt: time.Date(2025, time.October, 3, 9, 0, 0, 0, time.UTC),
	},
	// A language without a word in the table: the shape must do.
	"pdf_polish.pdf": {
		Name: "Bożena Wiślana", Headline: "Geodetka", Location: "Toruń, Polska", Wide: true,
		Slug: "bozena-wislana", Skills: []string{"Geodezja"}, Summary: "Mierzę rzeki.",
		Employers: []pdfEmployer{{Name: "Pracownia Nurt", Roles: []pdfRole{
			{"Geodetka", "2019 - Present", "6 lat", "Toruń", ""},
		}}},
		Schools: []pdfSchool{{"Politechnika Nadwiślańska", "Inżynier, Geodezja", "2012 - 2016"}},
		Headings: map[string]string{
			"Contact": "Skontaktuj się", "Top Skills": "Najważniejsze umiejętności", "Summary": "Podsumowanie",
			"Experience": "Doświadczenie", "Education": "Wykształcenie",
		},
		SavedAt: time.Date(2025, time.October, 4, 9, 0, 0, 0, time.UTC),
	},
}

// TestProfilePDFs holds the committed PDFs to what the generator writes.
func TestProfilePDFs(t *testing.T) {
	t.Parallel()
	for name, profile := range profilePDFs {
		var b bytes.Buffer
		if err := writeProfilePDF(&b, profile); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "..", "internal", "intake", "testdata", name)
		if *updatePDFs {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		committed, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(committed, b.Bytes()) {
			t.Errorf("%s is not what the generator writes; run with -update-pdfs", name)
		}
	}
}

// TestProfilePDFReadsBack holds generator and reader to each other: whatever
// profile goes into a PDF comes out of it.
func TestProfilePDFReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := drawPDFProfile(t)
		var b bytes.Buffer
		if err := writeProfilePDF(&b, want); err != nil {
			t.Fatal(err)
		}
		parsed, err := intake.ParsePDF(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		got := parsed.Profile()
		samePDFText(t, "name", got.Who.Name, want.Name)
		samePDFText(t, "slug", got.Who.Slug, want.Slug)
		samePDFText(t, "headline", got.Facts.Headline.Val, want.Headline)
		samePDFText(t, "location", got.Facts.Location.Val, want.Location)
		samePDFText(t, "summary", pdfWords(got.Facts.Summary.Val), pdfWords(want.Summary))
		samePDFText(t, "skills", strings.Join(got.Facts.Skills.Val, "|"), strings.Join(want.Skills, "|"))
		samePDFPositions(t, got.Facts.Positions.Val, want.Employers)
		samePDFEducation(t, got.Facts.Education.Val, want.Schools)
	})
}

func samePDFPositions(t *rapid.T, got []kith.Position, employers []pdfEmployer) {
	i := 0
	for _, e := range employers {
		for _, r := range e.Roles {
			if i == len(got) {
				t.Fatalf("%d positions, want more", i)
			}
			samePDFText(t, "organisation", got[i].Organisation, e.Name)
			samePDFText(t, "title", got[i].Title, r.Title)
			samePDFText(t, "description", pdfWords(got[i].Description), pdfWords(r.Description))
			samePDFText(t, "from", got[i].From, "2016-03")
			i++
		}
	}
	if i != len(got) {
		t.Fatalf("%d positions, want %d", len(got), i)
	}
}

func samePDFEducation(t *rapid.T, got []kith.Education, schools []pdfSchool) {
	if len(got) != len(schools) {
		t.Fatalf("%d schools, want %d", len(got), len(schools))
	}
	for i, s := range schools {
		samePDFText(t, "school", got[i].School, s.Name)
		samePDFText(t, "degree", got[i].Degree, s.Degree)
		samePDFText(t, "years", got[i].From+got[i].To, "20082012")
	}
}

func samePDFText(t *rapid.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: %q, want %q", what, got, want)
	}
}

// pdfWords is a text without its line ends: which of them were wraps cannot be
// told for certain.
func pdfWords(s string) string { return strings.Join(strings.Fields(s), " ") }

// drawPDFProfile draws a profile of any length.
func drawPDFProfile(t *rapid.T) pdfProfile {
	word := rapid.StringMatching(`[A-Z]?[a-zé]{1,14}[,.]?`)
	text := func(label string, most int) string {
		return strings.Join(rapid.SliceOfN(word, 1, most).Draw(t, label), " ")
	}
	p := pdfProfile{
		Name: text("name", 8), Headline: text("headline", 30), Location: text("location", 6),
		Slug: rapid.StringMatching(`[a-z][a-z0-9]{2,30}(-[a-z0-9]{1,20}){0,4}`).Draw(t, "slug"),
		Wide: rapid.Bool().Draw(t, "wide"), SavedAt: time.Unix(1_760_000_000, 0),
	}
	if rapid.Bool().Draw(t, "summary") {
		p.Summary = text("about", 150)
	}
	for range rapid.IntRange(0, 6).Draw(t, "skills") {
		p.Skills = append(p.Skills, text("skill", 12))
	}
	for range rapid.IntRange(0, 6).Draw(t, "employers") {
		e := pdfEmployer{Name: text("company", 20)}
		for range rapid.IntRange(1, 4).Draw(t, "roles") {
			e.Roles = append(e.Roles, pdfRole{
				Title: text("title", 20), Dates: rapid.SampledFrom([]string{"March 2016 - Present", "March 2016 - June 2020"}).Draw(t, "dates"),
				Duration: "2 years", Location: rapid.SampledFrom([]string{"", "Ely, England"}).Draw(t, "place"), Description: text("description", 300),
			})
		}
		if len(e.Roles) > 1 {
			e.Total = "7 years 2 months"
		}
		p.Employers = append(p.Employers, e)
	}
	for range rapid.IntRange(0, 4).Draw(t, "schools") {
		p.Schools = append(p.Schools, pdfSchool{text("school", 20), text("degree", 20), "2008 - 2012"})
	}
	return p
}
