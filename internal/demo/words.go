package demo

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kith"
	"kith/internal/app"
)

//go:embed data
var data embed.FS

// words is everything in data/.
type words struct {
	given, family, strange, long []string
	employers                    []employer
	fields                       map[string]field // by industry
	schools                      []school
	groups, notes, unread, memos []string
	talks                        [][]string
	letters                      []letter
	past                         []past
	sent                         []sent
}

// employer is one line of employers.tsv.
type employer struct {
	name, industry, place string
	weight                int
}

// field is what people of one industry do: a line of fields.tsv.
type field struct{ titles, skills, topics, summaries []string }

// school is one line of schools.tsv.
type school struct {
	name    string
	degrees []string
	weight  int
}

// letter is one line of letters.tsv: so many invitations that wait.
type letter struct {
	elsewhere      bool
	from           string // see kinds
	count          int
	book, met      bool   // in the address book, in the calendar
	reported       string // for what others reported the same letter; empty: nobody did
	headline, note string
}

// past is one line of past.tsv: an invitation that was answered.
type past struct {
	from              string
	sent, acted       int // days ago
	act, words, reply string
	note              string
}

// sent is one line of sent.tsv: an invitation of the member's own.
type sent struct {
	to          string
	days, ended int // days ago
	act, note   string
}

// readWords reads data/.
func readWords() (w *words, err error) {
	w = &words{fields: map[string]field{}}
	for _, f := range []struct {
		name    string
		columns int
		row     func([]string) error
	}{
		{"employers.tsv", 4, w.employer}, {"fields.tsv", 5, w.field}, {"schools.tsv", 3, w.school},
		{"letters.tsv", 6, w.letter}, {"past.tsv", 7, w.pastRow}, {"sent.tsv", 5, w.sentRow},
	} {
		if err := eachRow(f.name, f.columns, f.row); err != nil {
			return nil, err
		}
	}
	if err := w.readNames(); err != nil {
		return nil, err
	}
	for name, into := range map[string]*[]string{"groups.txt": &w.groups, "notes.txt": &w.notes, "unread.txt": &w.unread, "memos.txt": &w.memos} {
		if *into, err = lines(name); err != nil {
			return nil, err
		}
	}
	return w, w.readTalks()
}

// lines gives the lines of a file without its remarks; empty ones are kept.
func lines(name string) (out []string, err error) {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.TrimSuffix(line, "\n"))
		}
	}
	return out, nil
}

// eachRow calls row for every line of a table.
func eachRow(name string, columns int, row func([]string) error) error {
	all, err := lines(name)
	if err != nil {
		return err
	}
	for _, line := range all {
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return wrong(name, fmt.Sprintf("%d columns, not %d, in %q", len(cells), columns, line))
		}
		if err := row(cells); err != nil {
			return wrong(name, fmt.Sprintf("%v in %q", err, line))
		}
	}
	return nil
}

func wrong(file, msg string) error {
	return &kith.Error{Kind: kith.Internal, Field: "demo/data/" + file, Msg: msg}
}

func list(s string) []string { return strings.Split(s, ";") }

func (w *words) employer(c []string) (err error) {
	e := employer{name: c[0], industry: c[1], place: c[2]}
	e.weight, err = strconv.Atoi(c[3])
	w.employers = append(w.employers, e)
	return err
}

func (w *words) field(c []string) error {
	w.fields[c[0]] = field{list(c[1]), list(c[2]), list(c[3]), list(c[4])}
	return nil
}

func (w *words) school(c []string) (err error) {
	s := school{name: c[0], degrees: list(c[1])}
	s.weight, err = strconv.Atoi(c[2])
	w.schools = append(w.schools, s)
	return err
}

func (w *words) letter(c []string) (err error) {
	l := letter{elsewhere: c[0] == "linkedin", from: c[1], book: strings.Contains(c[3], "book"), met: strings.Contains(c[3], "met"),
		headline: c[4], note: strings.ReplaceAll(c[5], `\n`, "\n")}
	if slices.Contains(app.ReportReasons(), c[3]) {
		l.reported = c[3]
	}
	l.count, err = strconv.Atoi(c[2])
	w.letters = append(w.letters, l)
	return err
}

func (w *words) pastRow(c []string) (err error) {
	p := past{from: c[0], act: c[2], words: c[4], reply: c[5], note: c[6]}
	p.sent, p.acted, err = two(c[1], c[3])
	w.past = append(w.past, p)
	return err
}

func (w *words) sentRow(c []string) (err error) {
	s := sent{to: c[0], act: c[2], note: c[4]}
	s.days, s.ended, err = two(c[1], c[3])
	w.sent = append(w.sent, s)
	return err
}

func two(x, y string) (a, b int, err error) {
	if a, err = strconv.Atoi(x); err != nil {
		return 0, 0, err
	}
	b, err = strconv.Atoi(y)
	return a, b, err
}

// readNames reads names.txt.
func (w *words) readNames() error {
	all, err := lines("names.txt")
	if err != nil {
		return err
	}
	into := map[string]*[]string{"[given]": &w.given, "[family]": &w.family, "[right-to-left]": &w.strange, "[long]": &w.long}
	var here *[]string
	for _, line := range all {
		switch {
		case into[line] != nil:
			here = into[line]
		case here == nil:
			return wrong("names.txt", "a name stands above the first heading")
		case here == &w.given || here == &w.family:
			*here = append(*here, strings.Fields(line)...)
		default:
			*here = append(*here, strings.Split(line, "|")...)
		}
	}
	return nil
}

// readTalks reads talks.txt.
func (w *words) readTalks() error {
	all, err := lines("talks.txt")
	if err != nil {
		return err
	}
	var talk []string
	for _, line := range append(all, "") {
		switch {
		case line != "":
			talk = append(talk, line)
		case talk != nil:
			w.talks, talk = append(w.talks, talk), nil
		}
	}
	return nil
}

// fill puts what belongs there into the slots of a text.
func fill(text string, you, me *person) string {
	title, org := "engineer", "my office"
	if at := me.profile.Positions; len(at) > 0 {
		title, org = at[0].Title, at[0].Organisation
	}
	return strings.NewReplacer("{you}", you.given, "{me}", me.given, "{org}", org, "{title}", title).Replace(text)
}
