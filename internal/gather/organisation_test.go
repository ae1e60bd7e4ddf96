package gather

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOrganisationListsAreSound(t *testing.T) {
	t.Parallel()
	_, problems := loadOrganisations()
	for _, p := range problems {
		t.Error(p)
	}
}

func TestSameOrganisation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b       string
		same, sure bool
	}{
		{"Robert Bosch GmbH", "Bosch", true, true},
		{"Meta", "Facebook, Inc.", true, true},
		{"Northwind Logistics Ltd.", "The Northwind Logistics Company", true, true},
		{"Acme Corp, Marketing Department", "Acme Corp", true, true},
		{"Deep Mind", "DeepMind", true, true},
		{"Siemens", "Siemens Energy", false, false}, // one name is part of the other
		{"Norddeutsche Wasserwerke", "NW", false, false},
		{"Deutsche Bank", "Deutsche Bahn", false, true},
		{"Merck KGaA", "Merck & Co., Inc.", false, true},
		{"Self-employed", "Self-employed", false, true},
		{"Freelance", "freelance", false, true},
		{"", "", false, false},
	} {
		same, sure := SameOrganisation(c.a, c.b)
		if same != c.same || sure != c.sure {
			t.Errorf("%q and %q: same %v, sure %v; keys %q, %q", c.a, c.b, same, sure, OrganisationKey(c.a), OrganisationKey(c.b))
		}
	}
}

func TestNeverTheSame(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Self-Employed", "self employed", "Freelance", "Freelance Designer", "Stealth", "Stealth Startup", "Stealth AI Startup", "Confidential",
		"Independent", "Independent Consultant", "Various", "Various clients", "Retired", "Student", "N/A", "-", "…", "  ", "None", "Selbstständig",
		"selbständig", "Freiberuflich", "Indépendant", "Auto-entrepreneur", "Autónomo", "Por cuenta propia", "Looking for new opportunities",
		"Open to work", "University", "High School", "My own company", "Career Break", "Rentner", "En recherche d'emploi",
	} {
		if key := OrganisationKey(name); key != "" {
			t.Errorf("%q has the key %q", name, key)
		}
	}
}

// TestKeyIgnoresLegalForm holds that a legal form, capitals and an article
// never change a key.
func TestKeyIgnoresLegalForm(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[A-Z][a-z]{3,9}`)
	rapid.Check(t, func(t *rapid.T) {
		name := word.Draw(t, "first") + "qu " + word.Draw(t, "second") + "vo"
		form := rapid.SampledFrom([]string{" GmbH", " AG", ", Inc.", " Ltd", " Limited", " S.A.", " SAS", " S.L.", " B.V.", " GmbH & Co. KG", " plc", " LLC",
			" Sp. z o.o.", " SpA", " Oy", " e.V.", " Pty Ltd", " S.à r.l.", " & Co.", " Group"}).Draw(t, "form")
		key := OrganisationKey(name)
		for _, other := range []string{name + form, strings.ToUpper(name + form), "The " + name + form} {
			if got := OrganisationKey(other); got != key {
				t.Fatalf("%q has the key %q, %q has %q", name, key, other, got)
			}
		}
	})
}

// TestKeyIsStable holds that the key of a listed name is a name of the same
// organisation.
func TestKeyIsStable(t *testing.T) {
	t.Parallel()
	for name, key := range organisations().alias {
		if organisations().alias[key] != key {
			t.Errorf("%q has the key %q, which names %q", name, key, organisations().alias[key])
		}
	}
}

func FuzzOrganisationKey(f *testing.F) {
	for _, s := range []string{"Siemens AG", "Müller & Söhne OHG", "MIT (Massachusetts Institute of Technology)", "University of X - Department of Y, Z", "(", ",", "- -",
		"The", "GmbH", "TH", "TU", "\xff", "a b c d e f g h i j", "Université – École – Institut", strings.Repeat("School of ", 60)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := OrganisationKey(s)
		if strings.ContainsAny(key, " \n\t") {
			t.Errorf("key %q holds white space", key)
		}
		if same, sure := SameOrganisation(s, s); same != (key != "") || same && !sure {
			t.Errorf("%q is not the same as itself: %v, %v", s, same, sure)
		}
	})
}

func BenchmarkOrganisationKey(b *testing.B) {
	names := []string{"Robert Bosch Gesellschaft mit beschränkter Haftung", "Northwind Logistics Ltd.", "Universität Zürich", "Acme", "Self-employed", "Deutsche Telekom AG"}
	OrganisationKey(names[0])
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		OrganisationKey(names[i%len(names)])
	}
}
