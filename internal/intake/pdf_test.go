package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith"
)

// The PDFs in testdata are written by the generator of the examples:
//
//	go test ./examples/invented -run TestProfilePDFs -update-pdfs
//
// except pdf_printed.pdf, a web page printed by a browser.
func readTestPDF(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "pdf_"+name+".pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// parsedPDFs is what the PDFs in testdata show.
var parsedPDFs = map[string]PDFProfile{
	"quillon": {
		Link: "https://www.linkedin.com/in/mara-quillon",
		Name: "Mara Quillon",
		Headline: "Principal Hydrologist at Fenmark Water Trust | Rivers, peat and the people who live with them, " +
			"in that order",
		Location: "Norwich, Norfolk, United Kingdom",
		Emails:   []string{"mara.quillon@fenmark.example"},
		Summary: "I measure how water moves through lowland peat and help the people who farm it to keep both. " +
			"For twenty years I have worked between engineers, farmers and birds.\n\n" +
			"What I bring:\n- gauges that survive winter\n- models that farmers trust",
		Positions: []kith.Position{
			{
				Title: "Principal Hydrologist", Organisation: "Fenmark Water Trust", From: "2021-10",
				Description: "I lead a team of six that models every ditch between the Wash and the uplands.\n\n" +
					"Budget 1.2 million a year.",
			},
			{Title: "Senior Hydrologist", Organisation: "Fenmark Water Trust", From: "2016-09", To: "2021-10"},
			{
				Title: "Hydrologist", Organisation: "Aldous & Pym Consulting Engineers", From: "2010-01", To: "2016-08",
				Description: "Flood studies for 40 parishes.",
			},
			{
				Title: "Research Assistant", Organisation: "Institute of Lowland Science", From: "2007", To: "2009",
				Description: strings.TrimSpace(strings.Repeat("Field work in all weathers, mostly wet, with a boat that leaked. ", 30)),
			},
			{
				Title: "Warden",
				Organisation: "Saltmarsh Volunteers, the Society for the Long-Term Observation of Eastern Tidal Wetlands " +
					"and Estuaries",
				From: "2005-06", To: "2005-09",
			},
		},
		Education: []kith.Education{
			{
				School: "University of Brackwater",
				Degree: "Doctor of Philosophy - PhD, Hydrology and Water Resources Science with a thesis on peat",
				From:   "2003-09", To: "2007-07",
			},
			{School: "Wendover College", Degree: "Bachelor of Science, Geography", From: "2000", To: "2003"},
			{School: "Fenside School", To: "2000"},
		},
		Skills: []string{"Hydrology", "Peatland Restoration", "Flood Modelling"},
		Publications: []string{
			"Peat as memory: nine centuries of water levels in the eastern fens",
			"Low-cost gauges for high-value marshes",
		},
		Honours: true,
		SavedAt: time.Date(2025, time.June, 19, 22, 23, 11, 0, time.UTC),
	},
	"thin": {
		Link: "https://www.linkedin.com/in/odo-brandt-4b81a2203", Name: "Odo Brandt", Skills: []string{},
		SavedAt: time.Date(2025, time.November, 3, 8, 0, 0, 0, time.UTC),
	},
	"german": {
		Link: "https://www.linkedin.com/in/k%C3%A4the-wohlfahrt", Name: "Käthe Wohlfahrt-Özdemir",
		Headline: "Leiterin Einkauf bei Nordlicht Werke", Location: "Lübeck, Schleswig-Holstein, Deutschland",
		Summary: "Ich kaufe ein, was Werften brauchen.",
		Positions: []kith.Position{
			{Title: "Leiterin Einkauf", Organisation: "Nordlicht Werke GmbH", From: "2018-03", Description: "Verträge mit 80 Zulieferern."},
			{Title: "Einkäuferin", Organisation: "Nordlicht Werke GmbH", From: "2012-10", To: "2018-03"},
		},
		Education: []kith.Education{{School: "Hochschule Travemünde", Degree: "Diplom, Betriebswirtschaft", From: "2008", To: "2012"}},
		Skills:    []string{"Einkauf", "Verhandlung"},
		Honours:   true,
		SavedAt:   time.Date(2025, time.October, 1, 7, 30, 0, 0, time.UTC),
	},
	"french": {
		Link: "https://www.linkedin.com/in/elodie-sauveterre", Name: "Élodie Sauveterre",
		Headline: "Cheffe de projet chez Atelier Brume", Location: "Nantes, Pays de la Loire, France",
		Positions: []kith.Position{
			{Title: "Cheffe de projet", Organisation: "Atelier Brume", From: "2020-06"},
			{Title: "Assistante", Organisation: "Atelier Brume", From: "2017-08", To: "2019-07"},
		},
		Education:    []kith.Education{{School: "École du Littoral", Degree: "Licence, Géographie", From: "2014", To: "2017"}},
		Skills:       []string{"Gestion de projet"},
		Publications: []string{"La brume et le port"},
		Honours:      true,
		SavedAt:      time.Date(2025, time.October, 2, 9, 0, 0, 0, time.UTC),
	},
	"spanish": {
		Link: "https://www.linkedin.com/in/inaki-larrabeiti", Name: "Iñaki Larrabeiti",
		Headline: "Analista de datos", Location: "Bilbao y alrededores", Summary: "Datos para puertos y mareas.",
		Positions: []kith.Position{
			{Title: "Analista de datos", Organisation: "Puerto de Arriluce", From: "2022-01", Description: "Mareas y grúas."},
		},
		Education: []kith.Education{{School: "Universidad de Zorroza", Degree: "Grado, Matemáticas", From: "2017", To: "2021"}},
		Skills:    []string{"SQL", "Estadística"},
		SavedAt:   time.Date(2025, time.October, 3, 9, 0, 0, 0, time.UTC),
	},
	// No heading is in the table, so the sidebar cannot be told and Skills
	// is nil.
	"polish": {
		Link: "https://www.linkedin.com/in/bozena-wislana", Name: "Bożena Wiślana",
		Headline: "Geodetka", Location: "Toruń, Polska", Summary: "Mierzę rzeki.",
		Positions: []kith.Position{{Title: "Geodetka", Organisation: "Pracownia Nurt", From: "2019"}},
		Education: []kith.Education{{School: "Politechnika Nadwiślańska", Degree: "Inżynier, Geodezja", From: "2012", To: "2016"}},
		SavedAt:   time.Date(2025, time.October, 4, 9, 0, 0, 0, time.UTC),
	},
}

func TestParsePDF(t *testing.T) {
	t.Parallel()
	for name, want := range parsedPDFs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParsePDF(readTestPDF(t, name))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*got, want) {
				t.Errorf("got  %+v\nwant %+v", *got, want)
			}
		})
	}
}

// TestProfileStates says what a PDF proves: what it has a place for and does
// not show is absent, what it never shows is unknown.
func TestProfileStates(t *testing.T) {
	t.Parallel()
	facts := func(name string) kith.PersonFacts {
		p, err := ParsePDF(readTestPDF(t, name))
		if err != nil {
			t.Fatal(err)
		}
		return p.Profile().Facts
	}
	full, thin, foreign := facts("quillon"), facts("thin"), facts("polish")
	for _, c := range []struct {
		what      string
		got, want kith.State
	}{
		{"full positions", full.Positions.State, kith.Present},
		{"full skills", full.Skills.State, kith.Present},
		{"full topics", full.Topics.State, kith.Present},
		{"full completeness", full.Completeness.State, kith.Present},
		{"full photo", full.Photo.State, kith.Unknown},
		{"full groups", full.Groups.State, kith.Unknown},
		{"thin headline", thin.Headline.State, kith.Absent},
		{"thin location", thin.Location.State, kith.Absent},
		{"thin summary", thin.Summary.State, kith.Absent},
		{"thin positions", thin.Positions.State, kith.Absent},
		{"thin education", thin.Education.State, kith.Absent},
		{"thin skills", thin.Skills.State, kith.Absent},
		{"thin topics", thin.Topics.State, kith.Unknown},
		{"thin completeness", thin.Completeness.State, kith.Unknown},
		{"foreign skills", foreign.Skills.State, kith.Unknown},
	} {
		if c.got != c.want {
			t.Errorf("%s: state %d, want %d", c.what, c.got, c.want)
		}
	}
	if full.Name.Source != kith.FromPDF || !full.Name.At.Equal(time.Date(2025, time.June, 19, 22, 23, 11, 0, time.UTC)) {
		t.Errorf("the name is from %q at %v", full.Name.Source, full.Name.At)
	}
}

// TestProfileTrustsNobody gives the parent's half what a child that was taken
// over could say.
func TestProfileTrustsNobody(t *testing.T) {
	t.Parallel()
	p := PDFProfile{
		Link:      "https://evil.example/in/mara?next=linkedin.com/in/x",
		Name:      "Mara\u202e Quillon\x1b[31m\n" + strings.Repeat("x", 1000),
		Emails:    []string{"Mara@Fenmark.Example", "not an address"},
		Summary:   strings.Repeat("a\u0301\u0301\u0301\u0301\u0301\u0301 ", 5000),
		Positions: make([]kith.Position, 5000),
		Skills:    []string{"\u200b", "Sails"},
	}
	p.Positions[0] = kith.Position{Title: "Chair\x00man", From: "'; DROP TABLE", To: "soon"}
	p.Positions[1] = kith.Position{Title: "Deputy", From: "2020-13", To: "2021-02"}
	got := p.Profile()
	if got.Who.Slug != "" || len([]rune(got.Who.Name)) != maxLineLetters || strings.ContainsAny(got.Who.Name, "\u202e\x1b\n") {
		t.Errorf("who: %+v", got.Who)
	}
	if !reflect.DeepEqual(got.Who.Emails, []string{"mara@fenmark.example"}) {
		t.Errorf("emails: %q", got.Who.Emails)
	}
	if n := len([]rune(got.Facts.Summary.Val)); n > maxTextLetters {
		t.Errorf("summary of %d letters", n)
	}
	if want := []kith.Position{{Title: "Deputy", From: "2020", To: "2021-02"}}; !reflect.DeepEqual(got.Facts.Positions.Val, want) {
		t.Errorf("positions: %+v", got.Facts.Positions.Val)
	}
	if !reflect.DeepEqual(got.Facts.Skills.Val, []string{"Sails"}) {
		t.Errorf("skills: %q", got.Facts.Skills.Val)
	}
}

func TestParsePDFRefuses(t *testing.T) {
	t.Parallel()
	const notProfile = "not a profile PDF (Save to PDF on the profile page)"
	const damaged = "could not be read: damaged or cut short; save the PDF again"
	pages := make([]string, maxPDFPages+1)
	for i := range pages {
		pages[i] = "<< /Type /Page >>"
	}
	for name, c := range map[string]struct {
		data []byte
		kind kith.Kind
		msg  string
	}{
		"printed by a browser": {readTestPDF(t, "printed"), kith.Invalid, notProfile},
		"no text":              {pdfOfContent(""), kith.Invalid, notProfile},
		"one column":           {pdfOfContent("BT /F 26 Tf 223.6 726 Td (Mara) Tj ET"), kith.Invalid, notProfile},
		"no PDF":               {[]byte("Dear Mara"), kith.Invalid, damaged},
		"empty":                {nil, kith.Invalid, damaged},
		"too many pages":       {pdfOf(pages...), kith.Limit, "could not be read: more than 1,000 pages, which no profile has"},
		"pages in a circle":    {pdfOf("<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"), kith.Invalid, damaged},
		"a password": {
			bytes.Replace(pdfOfContent(""), []byte("/Size"), []byte("/ID [(0123456789abcdef)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"+
				strings.Repeat("00", 32)+"> /U <"+strings.Repeat("00", 32)+"> >> /Size"), 1),
			kith.Invalid, "could not be read: protected by a password; save the PDF again without one",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ParsePDF(c.data)
			var e *kith.Error
			if !errors.As(err, &e) || e.Kind != c.kind || e.Msg != c.msg {
				t.Errorf("got %v, want %q", err, c.msg)
			}
		})
	}
}

// TestD1TruncatedPDF cuts a PDF at every 512 bytes: no part of it is ever
// taken for the whole.
func TestD1TruncatedPDF(t *testing.T) {
	t.Parallel()
	data := readTestPDF(t, "quillon")
	for n := 0; n < len(data)-8; n += 512 {
		if p, err := ParsePDF(data[:n]); err == nil {
			t.Errorf("the first %d bytes gave %+v", n, p)
		}
	}
}

// TestPDFRuns covers the ways in which a page can place text.
func TestPDFRuns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, want string }{
		"kerning inside a word": {"BT /F 10 Tf 250 700 Td [(Hy) 40 (dro) -30 (logist)] TJ ET", "250 92 Hydrologist"},
		"a gap between words":   {"BT /F 10 Tf 250 700 Td [(Mara) -300 (Quillon)] TJ ET", "250 92 Mara Quillon"},
		"two runs, one line":    {"BT /F 10 Tf 250 700 Td (Mara) Tj ET BT /F 10 Tf 273 700 Td (Quillon) Tj ET", "250 92 Mara Quillon"},
		"a change of colour":    {"BT /F 10 Tf 250 700 Td (Mara) Tj .5 g (lou) Tj ET", "250 92 Maralou"},
		"leading":               {"BT /F 10 Tf 12 TL 250 700 Td (a) Tj T* (b) Tj (c) ' 0 0 (d) \" ET", "250 92 a / 250 104 b / 250 116 c / 250 128 d"},
		"TD sets the leading":   {"BT /F 10 Tf 250 700 TD (a) Tj 0 -20 TD (b) Tj T* (c) Tj ET", "250 92 a / 250 112 b / 250 132 c"},
		"a turned page":         {"1 0 0 -1 0 792 cm BT /F 10 Tf 1 0 0 -1 250 92 Tm (a) Tj ET", "250 92 a"},
		"saved and restored":    {"q 2 0 0 2 0 0 cm Q Q BT /F 10 Tf 250 700 Td (a) Tj ET", "250 92 a"},
		"spacing":               {"BT /F 10 Tf 2 Tc 3 Tw 50 Tz 250 700 Td (a b) Tj (c) Tj ET", "250 92 a bc"},
		"no font":               {"BT 250 700 Td (a) Tj ET", ""},
		"wrong operands":        {"BT /F 10 Tf 250 Td Tj (b) (a) Tj 700 TJ ET", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages, err := readPages(pdfOfContent(c.content))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			_, main := pages.columns()
			for _, line := range main {
				got = append(got, fmt.Sprintf("%.0f %.0f %s", line.x, line.y, line.text))
			}
			if strings.Join(got, " / ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, " / "), c.want)
			}
		})
	}
}

func TestPDFPeriod(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"October 2021\u00a0-\u00a0Present\u00a0(9 months)": "2021-10..",
		"March 2016 - June 2020 (4 years)":                 "2016-03..2020-06",
		"2007 - 2009 (2 years)":                            "2007..2009",
		"Oktober 2021–Heute":                               "2021-10..",
		"septiembre de 2021 - marzo de 2022 (7 meses)":     "2021-09..2022-03",
		"août 2017 - aujourd’hui":                          "2017-08..",
		"2021年10月 - Present":                               "2021-10..",
		"May 2019":                                         "2019-05..2019-05",
		"lipiec 2019 - sierpień 2020":                      "2019..2020", // months it has no name for
		"9 years 3 months":                                 "no",
		"Present":                                          "no",
		"2019 - 20 people more every single year":          "no",
		"In 2019 we began to build the new mill - it runs": "no",
		"": "no",
	} {
		from, to, ok := pdfPeriod(s)
		got := from + ".." + to
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

// TestContactLink reads the link of a profile that lost its annotations.
func TestContactLink(t *testing.T) {
	t.Parallel()
	data := bytes.ReplaceAll(readTestPDF(t, "quillon"), []byte("/URI (https://www.linkedin.com/in/"), []byte("/URI (https://www.fenmark.test/ab/"))
	p, err := ParsePDF(data)
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://www.linkedin.com/in/mara-quillon"; p.Link != want {
		t.Errorf("got %q, want %q", p.Link, want)
	}
}

// pdfSink keeps the profiles it is given.
type pdfSink struct {
	Sink
	profiles []kith.Profile
}

func (s *pdfSink) Profile(p kith.Profile) { s.profiles = append(s.profiles, p) }

func TestReadProfilePDF(t *testing.T) {
	t.Parallel()
	inProcess := func(_ context.Context, r io.Reader) (kith.Profile, error) {
		data, err := io.ReadAll(r)
		if err != nil {
			return kith.Profile{}, err
		}
		p, err := ParsePDF(data)
		if err != nil {
			return kith.Profile{}, err
		}
		return p.Profile(), nil
	}
	paths := []string{"testdata/pdf_quillon.pdf", "testdata/pdf_printed.pdf", "testdata/pdf_thin.pdf"}
	sink := &pdfSink{}
	report, err := Read(t.Context(), paths, Options{PDF: inProcess, Owner: Owner{Slug: "mara-quillon"}}, sink)
	if err != nil {
		t.Fatal(err)
	}
	if len(sink.profiles) != 2 || !sink.profiles[0].Own || sink.profiles[1].Own {
		t.Errorf("profiles: %+v", sink.profiles)
	}
	for _, f := range report.Files {
		printed := strings.Contains(f.Name, "printed")
		if f.Format != "profile PDF" || strings.HasPrefix(f.Skipped, "not a profile PDF") != printed || f.Counts["profile"] == 1 == printed {
			t.Errorf("report: %+v", f)
		}
	}
	report, err = Read(t.Context(), paths[:1], Options{}, &pdfSink{})
	if err != nil || !strings.HasPrefix(report.Files[0].Skipped, "profile PDFs cannot be read here") {
		t.Errorf("without a reader: %v %+v", err, report)
	}
}
