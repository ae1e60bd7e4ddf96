package gather

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestPlaceListIsSound(t *testing.T) {
	t.Parallel()
	places, problems := loadPlaces()
	for _, p := range problems {
		t.Error(p)
	}
	for name, iso := range places.country {
		if r, err := language.ParseRegion(iso); err != nil || !r.IsCountry() {
			t.Errorf("%q is in %q", name, iso)
		}
	}
}

func TestCountry(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"Munich, Bavaria, Germany": "DE", "Großraum München": "DE", "München und Umgebung": "DE", "80331 München": "DE", "Allemagne": "DE", "Berlin, DE": "DE",
		"San Francisco Bay Area": "US", "Springfield, IL": "US", "Austin TX": "US", "Greater Boston": "US", "Paris, Texas": "US", "U.S.A.": "US",
		"London, Ontario, Canada": "CA", "London Area, United Kingdom": "GB", "Cardiff, Wales": "GB",
		"Georgia": "", "Atlanta, Georgia": "US", "Tbilisi, Georgia": "GE", "Georgia, United States": "US", "CA": "", "San Francisco, CA": "US",
		"Lyon et périphérie": "FR", "Madrid y alrededores": "ES", "Estados Unidos": "US", "Vereinigtes Königreich": "GB", "Royaume-Uni": "GB",
		"Cambridge": "", "Cambridge, MA": "US", "Córdoba": "", "Córdoba, Argentina": "AR", "Berlin / London": "", "Berlin / Hamburg": "DE", "Berlin / Remote": "DE",
		"Trinidad and Tobago": "TT", "Bosnia and Herzegovina": "BA", "Remote": "", "Worldwide": "", "": "", "Perth, WA": "AU", "Seattle, WA": "US",
	} {
		if got := Country(location); got != want {
			t.Errorf("%q: got %q, want %q", location, got, want)
		}
	}
}

func FuzzCountry(f *testing.F) {
	for _, s := range []string{"Munich, Bavaria, Germany", "Austin TX", "(", "a, b, c, d", "Greater Area", "\xff", strings.Repeat("Berlin, ", 100), "Paris | London & Rome"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		iso := Country(s)
		if iso == "" {
			return
		}
		if r, err := language.ParseRegion(iso); err != nil || !r.IsCountry() || len(iso) != 2 {
			t.Errorf("%q is in %q", s, iso)
		}
	})
}

func BenchmarkCountry(b *testing.B) {
	Country("Berlin")
	for b.Loop() {
		Country("Greater Munich Metropolitan Area")
	}
}
