package invented

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// letter is one invitation that waits for Judith.
type letter struct {
	name, note string
	sent       time.Time
	before     time.Time // an earlier invitation by the same person; zero if none
	late       bool      // came after the archive was made: only a mail tells of it
	// What the mail shows. form is the mail's form, empty if there is no mail.
	form            string
	headline, where string
	mutual          int       // 0: the mail does not say
	reminded        time.Time // zero if no reminder came
	// What the advice says for Judith's goals, if it says it clearly.
	verdicts []string
	why      string
}

// letterFiles are the families of invitations, in the order of the advice.
var letterFiles = [...]string{"known", "common", "field", "strangers", "sellers", "scams", "hostile"}

// readLetters reads all invitations that wait.
func readLetters() ([]letter, error) {
	var out []letter
	for _, family := range letterFiles {
		stanzas, err := readStanzas("judith/letters/" + family + ".txt")
		if err != nil {
			return nil, err
		}
		for i := range stanzas {
			l, err := newLetter(&stanzas[i])
			if err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
	bare, err := readRows("judith/letters/bare.tsv", 1)
	if err != nil {
		return nil, err
	}
	for _, row := range bare {
		l, err := bareLetter(row)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// newLetter reads one invitation.
func newLetter(s *stanza) (letter, error) {
	l := letter{
		name:     s.get("name"),
		note:     s.get("note"),
		late:     s.get("archive") == "no",
		form:     s.get("mail"),
		headline: s.get("headline"),
		where:    s.get("place"),
		verdicts: strings.Fields(s.get("expect")),
		why:      s.get("why"),
	}
	var err error
	if l.sent, err = s.minute("sent"); err != nil {
		return l, err
	}
	if l.reminded, err = s.minute("remind"); err != nil {
		return l, err
	}
	if count := s.get("mutual"); count != "" {
		if l.mutual, err = strconv.Atoi(count); err != nil {
			return l, s.bad("mutual must be a whole number")
		}
	}
	if l.name == "" || l.sent.IsZero() {
		return l, s.bad("an invitation needs a name and a time")
	}
	return l, nil
}

// bareLetter reads an invitation of which the archive knows name and time.
func bareLetter(row []string) (letter, error) {
	l := letter{name: row[0]}
	for i, to := range []*time.Time{&l.sent, &l.before} {
		if len(row) <= i+1 {
			break
		}
		at, err := time.Parse(minuteLayout, row[i+1])
		if err != nil {
			return l, bad("bare.tsv: "+row[0], "a time must look like 2026-11-20 08:05")
		}
		*to = at
	}
	return l, nil
}

// expectation is one line of expected.jsonl.
type expectation struct {
	Name    string   `json:"name"`
	Verdict []string `json:"verdict"`
	Why     string   `json:"why"`
}

// expected writes what the advice says of the clear cases, one JSON value a
// line.
func expected(letters []letter) ([]byte, error) {
	var out []byte
	for _, l := range letters {
		if len(l.verdicts) == 0 {
			continue
		}
		line, err := json.Marshal(expectation{l.name, l.verdicts, l.why})
		if err != nil {
			return nil, err
		}
		out = append(append(out, line...), '\n')
	}
	return out, nil
}

// byTime sorts newest first, as the archive mostly does.
func byTime[T any](list []T, at func(T) time.Time) {
	slices.SortStableFunc(list, func(a, b T) int { return at(b).Compare(at(a)) })
}
