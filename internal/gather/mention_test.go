package gather

import (
	"testing"

	"kith"
)

func TestMentionsAny(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		headline string
		words    []string
		hit      string
	}{
		{"Hydrologist at Rivermark", []string{"hydrology"}, "hydrology"},
		{"Hydrologin bei der Stadt Ulm", []string{"hydrology"}, "hydrology"},
		{"Flood forecaster | modelling", []string{"hydrology", "flood"}, "flood"},
		{"Lead, Flood Forecasts", []string{"flood forecasting"}, "flood forecasting"},
		{"Software for small B2B companies", []string{"B2B software"}, "B2B software"},
		{"Director of HR at Acme", []string{"HR directors"}, "HR directors"},
		{"Directora de Recursos Humanos", []string{"HR directors"}, "HR directors"},
		{"Leiterin Personal", []string{"HR directors"}, "HR directors"},
		{"Marketing Manager", []string{"market"}, ""},
		{"Software Engineer", []string{"software sales"}, ""},
		{"Sales lead for B2B; likes software that works", []string{"B2B software"}, ""},
		{"Artist", []string{"art", "ai"}, ""},
		{"Anything", []string{"", " ", "the"}, ""},
	} {
		p := kith.PersonFacts{Headline: kith.Observed(c.headline, kith.FromMail, readAt)}
		if hit, ok := MentionsAny(&p, c.words); hit != c.hit || ok != (c.hit != "") {
			t.Errorf("%q for %q: got %q", c.headline, c.words, hit)
		}
	}
}

func TestSameIndustry(t *testing.T) {
	t.Parallel()
	_, problems := loadIndustries()
	for _, p := range problems {
		t.Error(p)
	}
	for _, c := range []struct {
		a, b       string
		same, sure bool
	}{
		{"Computer Software", "Software Development", true, true},
		{"Versicherungen", "Insurance", true, true},
		{"Widget polishing", "Widget Polishing", true, true},
		{"Computer Software", "Internet", false, false},
		{"Insurance", "Banking", false, false},
		{"Insurance", "Fishery", false, true},
		{"Insurance", "Widget polishing", false, false},
	} {
		a, b := withIndustry(c.a), withIndustry(c.b)
		if same, sure := SameIndustry(&a, &b); same != c.same || sure != c.sure {
			t.Errorf("%q and %q: same %v, sure %v", c.a, c.b, same, sure)
		}
	}
	a, b := read("Insurance Broker at Acme"), read("Insurance broker at Fabrikam")
	if same, sure := SameIndustry(&a, &b); !same || sure {
		t.Errorf("two insurance brokers: same %v, sure %v", same, sure)
	}
	a, b = read("Marketing Manager at Acme"), read("Marketing Manager at Fabrikam")
	if same, _ := SameIndustry(&a, &b); same {
		t.Error("marketing is a trade of every industry")
	}
}

func withIndustry(s string) kith.PersonFacts {
	return kith.PersonFacts{Industry: kith.Observed(s, kith.FromArchive, readAt)}
}
