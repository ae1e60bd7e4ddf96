package gather

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed data/places.txt
var placeData string

// maxLocation bounds how much of a location is read, in bytes.
const maxLocation = 200

// placeTable is what is known of places; all names are folded.
type placeTable struct {
	country map[string]string   // a name of a country, or a code that stands alone → ISO code
	place   map[string]string   // a state, province or town → ISO code
	codes   map[string][]string // a code behind a town → the countries it may mean
	unsure  map[string]bool
	around  map[string]bool
}

var places = sync.OnceValue(func() *placeTable {
	t, _ := loadPlaces()
	return t
})

// Country gives the country of a location as written on a profile, as an
// ISO 3166 alpha-2 code. It reads country names in English, German, French and
// Spanish, states and provinces, metropolitan areas and towns, and is empty
// where a place is unknown, stands for places in several countries
// ("Georgia"), or two countries are named.
func Country(location string) string { return places().find(location) }

func (t *placeTable) find(location string) string {
	location = cleanLine(location)
	if len(location) > maxLocation {
		location = strings.ToValidUTF8(location[:maxLocation], "")
	}
	if code := t.part(foldText(location)); code != "" {
		return code
	}
	found := ""
	for _, one := range severalPlaces(location) {
		code := t.one(one)
		if code == "" {
			continue
		}
		if found != "" && found != code {
			return ""
		}
		found = code
	}
	return found
}

// severalPlaces parts "Berlin / London" and "Berlin & Remote" at what stands
// between places of their own.
func severalPlaces(s string) []string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/|;&+•·", r) })
	var out []string
	for _, p := range parts {
		for _, and := range []string{" and ", " und ", " or ", " oder ", " et ", " ou "} {
			if a, b, ok := strings.Cut(p, and); ok && !strings.Contains(p, ",") {
				out = append(out, a)
				p = b
			}
		}
		out = append(out, p)
	}
	return out
}

// one finds the country of one place: town, region, country, the last part
// first.
func (t *placeTable) one(s string) string {
	s, aside := outOfBrackets(s)
	parts := nameParts(s)
	for i := len(parts) - 1; i >= 0; i-- {
		folded := foldText(parts[i])
		if codes := t.codes[folded]; codes != nil && (i > 0 || t.country[folded] == "") {
			return t.byCode(codes, folded, parts[:i])
		}
		if code := t.part(folded); code != "" {
			return code
		}
		if town, code, ok := codeBehind(parts[i]); ok && t.codes[code] != nil {
			return t.byCode(t.codes[code], code, []string{town})
		}
		if t.unsure[folded] && i > 0 {
			return t.beside(folded, parts[:i])
		}
	}
	if aside != "" {
		return t.one(aside)
	}
	return ""
}

// codeBehind parts "Austin TX" into town and code.
func codeBehind(part string) (town, code string, ok bool) {
	i := strings.LastIndexByte(part, ' ')
	if i < 1 || len(part)-i > 4 || part[i:] != strings.ToUpper(part[i:]) {
		return "", "", false
	}
	return part[:i], foldText(part[i:]), true
}

// byCode settles what a code behind a town means: the country the town is in,
// else the first country that uses the code for a part of itself. A code that
// stands alone means nothing unless a country is known by it.
func (t *placeTable) byCode(codes []string, code string, towns []string) string {
	if len(towns) == 0 {
		return ""
	}
	iso := strings.ToUpper(code)
	for i := len(towns) - 1; i >= 0; i-- {
		home := t.part(foldText(towns[i]))
		if home == "" {
			continue
		}
		if home == iso {
			return home
		}
		for _, c := range codes {
			if c == home {
				return home
			}
		}
	}
	return codes[0]
}

// beside settles a name of several places ("Atlanta, Georgia") by the town
// before it.
func (t *placeTable) beside(name string, towns []string) string {
	for i := len(towns) - 1; i >= 0; i-- {
		folded := foldText(towns[i])
		home := t.part(folded)
		if home != "" && (name != "georgia" || home == "US" || home == "GE") {
			return home
		}
	}
	return ""
}

// part finds the country of one folded part, without the words about a place
// ("Greater … Area").
func (t *placeTable) part(folded string) string {
	for folded != "" {
		if t.unsure[folded] {
			return ""
		}
		if code, ok := t.country[folded]; ok {
			return code
		}
		if code, ok := t.place[folded]; ok {
			return code
		}
		shorter := t.strip(folded)
		if shorter == folded {
			return ""
		}
		folded = shorter
	}
	return ""
}

// strip takes one phrase about a place, or a number, off an end of folded.
func (t *placeTable) strip(folded string) string {
	for i := 0; i < len(folded); i++ {
		if folded[i] == ' ' && (t.around[folded[i+1:]] || numeric(folded[i+1:])) {
			return folded[:i]
		}
	}
	for i := len(folded) - 1; i > 0; i-- {
		if folded[i] == ' ' && (t.around[folded[:i]] || numeric(folded[:i])) {
			return folded[i+1:]
		}
	}
	return folded
}

// numeric reports whether s is a postal code: digits, maybe a letter or two.
func numeric(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits > 1 && utf8.RuneCountInString(s)-digits <= 2
}

// loadPlaces reads the list and the country names of the Unicode tables;
// problems names what contradicts itself.
func loadPlaces() (t *placeTable, problems []string) {
	t = &placeTable{country: map[string]string{}, place: map[string]string{}, codes: map[string][]string{},
		unsure: map[string]bool{}, around: map[string]bool{}}
	for section, line := range listLines(placeData) {
		kind, iso, _ := strings.Cut(section, " ")
		for name := range strings.SplitSeq(line, ";") {
			name = foldText(strings.TrimSpace(name))
			switch kind {
			case "unsure":
				t.unsure[name] = true
			case "around":
				t.around[name] = true
			case "alone":
				t.country[name] = iso
			case "codes":
				t.codes[name] = append(t.codes[name], iso)
			default:
				if have := t.place[name]; have != "" && have != iso {
					problems = append(problems, fmt.Sprintf("places.txt: %s is in %s and %s", name, have, iso))
				}
				t.place[name] = iso
			}
		}
	}
	t.learnCountries()
	return t, problems
}

// learnCountries enters the names of all countries in four languages.
func (t *placeTable) learnCountries() {
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			iso := string(a) + string(b)
			region, err := language.ParseRegion(iso)
			if err != nil || !region.IsCountry() || region.Canonicalize().String() != iso {
				continue
			}
			for _, lang := range []language.Tag{language.English, language.German, language.French, language.Spanish} {
				name := foldText(strings.ReplaceAll(display.Regions(lang).Name(region), " & ", " and "))
				if _, taken := t.country[name]; !taken && !t.unsure[name] && t.place[name] == "" && name != "" {
					t.country[name] = iso
				}
			}
		}
	}
}
