package gather

import (
	"strings"
	"testing"
	"time"

	"kith"
)

// readAt is when the profiles of these tests were seen.
var readAt = time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)

// read gives the conclusions from a headline alone.
func read(headline string) kith.PersonFacts {
	p := kith.PersonFacts{Headline: kith.Observed(headline, kith.FromMail, readAt)}
	ReadProfile(&p)
	return p
}

const aboutMe = "I build flood forecasting systems. In twelve years I led three teams and published two papers on rainfall and runoff in small catchments."

// full is a profile of which everything was seen.
func full() kith.PersonFacts {
	return kith.PersonFacts{
		Name:     kith.Observed("Mara Quillon", kith.FromPDF, readAt),
		Headline: kith.Observed("Hydrologist at Rivermark", kith.FromPDF, readAt),
		Summary:  kith.Observed(aboutMe, kith.FromPDF, readAt),
		Photo:    kith.Observed(kith.PhotoPresent, kith.FromMember, readAt),
		Location: kith.Observed("Ulm, Germany", kith.FromPDF, readAt),
		Positions: kith.ObservedList([]kith.Position{
			{Title: "Hydrologist", Organisation: "Rivermark GmbH", From: "2020"},
			{Title: "Teacher", Organisation: "Elm School", From: "2015", To: "2020"},
		}, kith.FromPDF, readAt),
		Education:    kith.ObservedList([]kith.Education{{School: "Universität Stuttgart", To: "2014"}}, kith.FromPDF, readAt),
		Skills:       kith.ObservedList([]string{"Modelling"}, kith.FromPDF, readAt),
		Volunteering: kith.ObservedList[string](nil, kith.FromPDF, readAt),
	}
}

func TestReadProfile(t *testing.T) {
	t.Parallel()
	p := full()
	ReadProfile(&p)
	for what, ok := range map[string]bool{
		"role":         p.Role.Val == "engineering" && p.Role.Source == kith.FromHeadline,
		"organisation": p.Organisation.Val == "Rivermark GmbH" && p.Organisation.Source == kith.FromPDF,
		"seniority":    p.Seniority.Val == kith.MidLevel,
		"country":      p.Country.Val == "DE",
		"completeness": p.Completeness.Val == kith.Complete,
		"focus":        p.Focus.Val == kith.OnPerson,
		"misspellings": p.Misspellings.IsNot(),
		"formatting":   p.OddFormatting.IsNot(),
		"scam":         p.ScamPhrases.IsNot(),
		"tidy":         p.Tidy.Is(),
		"recruiter":    p.Recruiter.IsNot(),
		"student":      p.Student.IsNot(),
		"non-profit":   p.NonProfit.IsNot(),
		"time":         p.Role.At.Equal(readAt),
	} {
		if !ok {
			t.Errorf("%s: %+v", what, p)
		}
	}
}

// TestHeadlineAlone holds that a headline says nothing of what nobody saw.
func TestHeadlineAlone(t *testing.T) {
	t.Parallel()
	p := read("Hydrologist at Rivermark, I recieve and seperate and definately beleive")
	for what, state := range map[string]kith.State{
		"completeness": p.Completeness.State, "focus": p.Focus.State, "misspellings": p.Misspellings.State, "tidy": p.Tidy.State,
		"formatting": p.OddFormatting.State, "scam": p.ScamPhrases.State, "non-profit": p.NonProfit.State, "country": p.Country.State,
	} {
		if state != kith.Unknown {
			t.Errorf("%s is known", what)
		}
	}
	if !p.Role.Is() || !p.Organisation.Is() || !p.Student.IsNot() {
		t.Errorf("the headline was not read: %+v", p)
	}
	if empty := read("Making the world a better place"); empty.Student.Known() || empty.Role.Known() {
		t.Errorf("a slogan concluded something: %+v", empty)
	}
}

// TestGivenConclusionsStay holds that nothing given is overwritten.
func TestGivenConclusionsStay(t *testing.T) {
	t.Parallel()
	p := full()
	p.Role = kith.Observed("legal", kith.FromMember, readAt)
	p.Student = kith.Observed(true, kith.FromMember, readAt)
	p.Country = kith.Opt[string]{State: kith.NotApplicable}
	ReadProfile(&p)
	if p.Role.Val != "legal" || !p.Student.Is() || p.Country.State != kith.NotApplicable {
		t.Errorf("%+v", p)
	}
}

func TestCompleteness(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*kith.PersonFacts)
		want   kith.Opt[kith.Depth]
	}{
		"nothing but positions seen": {func(p *kith.PersonFacts) {
			p.Summary, p.Education, p.Skills = kith.Opt[string]{}, kith.Opt[[]kith.Education]{}, kith.Opt[[]string]{}
		}, kith.Opt[kith.Depth]{}},
		"bare": {func(p *kith.PersonFacts) {
			p.Summary = kith.Observed("", kith.FromPDF, readAt)
			p.Education, p.Skills = kith.ObservedList[kith.Education](nil, kith.FromPDF, readAt), kith.ObservedList[string](nil, kith.FromPDF, readAt)
		}, kith.Observed(kith.Thin, kith.FromPDF, readAt)},
		"no education": {func(p *kith.PersonFacts) {
			p.Education = kith.ObservedList[kith.Education](nil, kith.FromPDF, readAt)
		}, kith.Observed(kith.Ordinary, kith.FromPDF, readAt)},
		"new graduate": {func(p *kith.PersonFacts) {
			p.Headline = kith.Observed("Student at Universität Stuttgart", kith.FromPDF, readAt)
			p.Summary, p.Skills = kith.Observed("", kith.FromPDF, readAt), kith.ObservedList[string](nil, kith.FromPDF, readAt)
			p.Positions = kith.ObservedList[kith.Position](nil, kith.FromPDF, readAt)
		}, kith.Observed(kith.Ordinary, kith.FromPDF, readAt)},
	} {
		p := full()
		c.change(&p)
		ReadProfile(&p)
		if p.Completeness != c.want {
			t.Errorf("%s: %+v, want %+v", name, p.Completeness, c.want)
		}
	}
}

func TestSummaryText(t *testing.T) {
	t.Parallel()
	const market = "The global investment industry is growing. Businesses and investors in all sectors look for new markets, and the demand for digital " +
		"technologies, solutions and services of every kind is rising throughout the economy."
	for name, c := range map[string]struct {
		summary  string
		focus    kith.Focus
		spelling kith.Amount
		odd      bool
	}{
		"a person":       {aboutMe, kith.OnPerson, kith.None, false},
		"an industry":    {market, kith.OnIndustry, kith.None, false},
		"a few mistakes": {aboutMe + " I recieve mail and beleive in teamwork.", kith.OnPerson, kith.Few, false},
		"many mistakes":  {aboutMe + " I recieve and seperate and beleive and definately acheive.", kith.OnPerson, kith.Many, false},
		"shouting":       {strings.ToUpper(aboutMe), kith.OnPerson, kith.None, true},
		"stars":          {aboutMe + " ★★★ call me", kith.OnPerson, kith.None, true},
		"bangs":          {aboutMe + " Call now!!! Really!!!", kith.OnPerson, kith.None, true},
		"letter-likes":   {aboutMe + " 𝗖𝗮𝗹𝗹 𝗺𝗲", kith.OnPerson, kith.None, true},
		"a bullet list":  {aboutMe + "\n• Floods\n• Rain 🌧\n✓ Rivers!", kith.OnPerson, kith.None, false},
		"names":          {aboutMe + " With Beleive Ltd, Recieve Inc, Seperate AG and Definately SA.", kith.OnPerson, kith.None, false},
	} {
		p := full()
		p.Summary = kith.Observed(c.summary, kith.FromPDF, readAt)
		ReadProfile(&p)
		if p.Focus.Val != c.focus || p.Misspellings.Val != c.spelling || p.OddFormatting.Val != c.odd || !p.OddFormatting.Known() {
			t.Errorf("%s: focus %+v, misspellings %+v, odd %+v", name, p.Focus, p.Misspellings, p.OddFormatting)
		}
	}
	p := full()
	p.Summary = kith.Observed("Ich entwickle seit zehn Jahren Modelle für die Hochwasservorhersage und leite ein kleines Team in Stuttgart, das am Neckar und an der Donau misst.", kith.FromPDF, readAt)
	if ReadProfile(&p); p.Misspellings.Known() || p.Focus.Val != kith.OnPerson {
		t.Errorf("a German summary: %+v, %+v", p.Misspellings, p.Focus)
	}
}

func TestKindsFromPositions(t *testing.T) {
	t.Parallel()
	p := full()
	p.Headline = kith.Observed("Making rivers safe", kith.FromPDF, readAt)
	p.Positions.Val[0] = kith.Position{Title: "Founder", Organisation: "Stiftung Flussnatur"}
	p.Education.Val[0].To = "2027"
	ReadProfile(&p)
	if !p.Founder.Is() || p.Founder.Source != kith.FromPDF || !p.NonProfit.Is() || !p.Student.Is() || p.Seniority.Val != kith.ExecutiveLevel {
		t.Errorf("founder %+v, non-profit %+v, student %+v", p.Founder, p.NonProfit, p.Student)
	}
	p = full()
	p.Positions.Val[0].Organisation = "Self-employed"
	p.Headline = kith.Observed("Hydrologist", kith.FromPDF, readAt)
	if ReadProfile(&p); p.Organisation.Known() {
		t.Errorf("self-employed is an organisation: %+v", p.Organisation)
	}
}

func TestTidy(t *testing.T) {
	t.Parallel()
	p := full()
	p.Photo = kith.Observed(kith.PhotoNone, kith.FromMember, readAt)
	if ReadProfile(&p); !p.Tidy.IsNot() {
		t.Errorf("tidy without a photo: %+v", p.Tidy)
	}
	p = full()
	p.Photo = kith.Opt[kith.Photo]{}
	if ReadProfile(&p); p.Tidy.Known() {
		t.Errorf("tidy with a photo nobody saw: %+v", p.Tidy)
	}
}
