package intake

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
)

// maxMutual is above any number of shared connections: a network ends at
// 30,000.
const maxMutual = 30_000

// letter is what one invitation mail shows.
type letter struct {
	name, headline, location string
	note                     string
	mutual                   kith.Opt[int] // without source and time
	slug, ref                string
	recipient                string // whom the mail was sent to, from its foot
}

// readLetters reads all texts of a mail. They tell the same twice, as plain
// text and as HTML, and not always the same much: what the first leaves open
// the next fills.
func readLetters(texts []textPart, name string) letter {
	var out letter
	for _, t := range texts {
		lines := plainLines(t.text)
		if t.html {
			lines = htmlLines(t.text)
		}
		l := readLetter(lines, name)
		for _, f := range []struct{ to, from *string }{
			{&out.name, &l.name}, {&out.headline, &l.headline}, {&out.location, &l.location},
			{&out.note, &l.note}, {&out.slug, &l.slug}, {&out.ref, &l.ref}, {&out.recipient, &l.recipient},
		} {
			if *f.to == "" {
				*f.to = *f.from
			}
		}
		out.mutual.Or(l.mutual)
	}
	return out
}

// readLetter reads one text. Everything hangs on the line with the sender's
// name: above it stands the note, below it headline and place, then the number
// of shared connections, then the buttons.
func readLetter(lines []textLine, name string) letter {
	var l letter
	l.recipient = recipientOf(lines)
	accept := indexRef(lines)
	if accept < len(lines) {
		l.ref = lines[accept].ref()
	}
	at := indexName(lines, name, accept)
	if at < 0 {
		return l
	}
	end := at + 1
	for end < len(lines) && !lines[end].stops() {
		end++
	}
	l.name = line(lines[at].text)
	l.slug = profileSlug(lines[at:end])
	l.above(lines[:at], l.name)
	l.below(lines[at+1 : end])
	return l
}

// indexRef finds the last line whose link carries an invitation's number: the
// button that accepts, or one behind it. len(lines) if there is none.
func indexRef(lines []textLine) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].ref() != "" {
			return i
		}
	}
	return len(lines)
}

// indexName finds the line of the sender's name. A note may hold the name as
// well, even a whole forged block, but it cannot stand behind the button: so
// the last name above the button that has something below it counts.
func indexName(lines []textLine, name string, accept int) int {
	key := nameKey(name)
	if key == "" {
		return indexProfile(lines)
	}
	first, best := -1, -1
	for i := range lines {
		if nameKey(lines[i].text) != key {
			continue
		}
		if first < 0 {
			first = i
		}
		if i+1 < accept && accept < len(lines) && lines[i+1].isDetail() && nameKey(lines[i+1].text) != key {
			best = i
		}
	}
	if best < 0 {
		return first
	}
	return best
}

// indexProfile finds the first line that can be a name by its link, for mails
// whose header names nobody.
func indexProfile(lines []textLine) int {
	for i := range lines {
		if lines[i].stops() {
			break
		}
		if lines[i].namesProfile() {
			return i
		}
	}
	return -1
}

// nameKey makes two spellings of one name equal: "Jon Doe, PhD" is "Jon Doe".
func nameKey(s string) string {
	key, _ := kith.FoldName(s)
	return key
}

// above reads what stands over the name: the note, or LinkedIn's sentence in
// its place. "Hi Mara," alone is neither.
func (l *letter) above(lines []textLine, name string) {
	var note []string
	for i := range lines {
		if t := lines[i].text; lines[i].isDetail() && !isWrapper(t, name) && nameKey(t) != nameKey(name) {
			note = append(note, t)
		}
	}
	if len(note) == 1 && greeting.MatchString(kith.FoldText(note[0])) {
		return
	}
	l.note = noteText(strings.Join(note, "\n"))
}

// noteText bounds a note whose lines are clean.
func noteText(s string) string {
	return strings.TrimSpace(cutLetters(strings.TrimSpace(s), maxTextLetters))
}

// below reads what stands under the name. Nothing found stays unknown: no mail
// says "no headline" or "no shared connections".
func (l *letter) below(lines []textLine) {
	var details, rest []string
	for i := range lines {
		t := lines[i].text
		n, counted := mutualCount(t)
		switch {
		case counted:
			l.mutual.Or(kith.Observed(n, kith.FromMail, time.Time{}))
		case lines[i].isLabel() || lines[i].ref() != "":
			if l.take(details, rest); l.headline != "" {
				return
			}
		case !lines[i].isDetail() || isDegree(t) || nameKey(t) == nameKey(l.name):
		case l.mutual.Known():
			rest = append(rest, t)
		default:
			details = append(details, t)
		}
	}
	l.take(details, rest)
}

// take sorts the lines under the name: headline, place, and what reads like a
// note below them.
func (l *letter) take(details, rest []string) {
	if l.headline != "" || len(details) == 0 {
		return
	}
	l.headline = line(details[0])
	if details = details[1:]; len(details) > 0 && isPlace(details[0]) {
		l.location = line(details[0])
		details = details[1:]
	}
	if l.note != "" {
		return
	}
	for _, t := range append(details, rest...) {
		if inner, quoted := unquote(t); quoted || len(strings.Fields(t)) >= 5 {
			l.note = noteText(l.note + "\n" + inner)
		}
	}
}

// isPlace reports whether a line can be a place: short, and no sentence.
func isPlace(s string) bool {
	_, quoted := unquote(s)
	return !quoted && utf8.RuneCountInString(s) <= 100 && !strings.HasSuffix(s, "!") && !strings.HasSuffix(s, "?")
}

// unquote takes the quotation marks off a line that stands in them.
func unquote(s string) (inner string, quoted bool) {
	for _, q := range []struct{ open, shut string }{{"“", "”"}, {`"`, `"`}, {"„", "“"}, {"«", "»"}} {
		if rest, ok := strings.CutPrefix(s, q.open); ok {
			if rest, ok = strings.CutSuffix(rest, q.shut); ok && rest != "" {
				return strings.TrimSpace(rest), true
			}
		}
	}
	return s, false
}

// degrees are the small words beside a name that are no headline.
var degrees = foldSet("1st", "2nd", "3rd", "3rd+", "He/Him", "She/Her", "They/Them", "Premium", "Verified",
	"1.", "2.", "3.", "1er", "2e", "3e", "1.º", "2.º", "3.º", "1º", "2º", "3º", "1e", "2e", "3e")

func isDegree(s string) bool { return degrees[kith.FoldText(s)] }

// isWrapper reports whether a line is LinkedIn's own sentence about the sender
// rather than a note.
func isWrapper(s, name string) bool {
	folded := kith.FoldText(s)
	if key := nameKey(name); key != "" {
		folded = strings.ReplaceAll(folded, key, "@")
	}
	for _, w := range wrappers {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// mutualCount reads a line that gives the number of shared connections.
func mutualCount(s string) (n int, ok bool) {
	m := mutualLine.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, m[1])
	n, err := strconv.Atoi(digits)
	return n, err == nil && n <= maxMutual
}

// recipientOf reads the name in the foot, without the headline in brackets
// behind it.
func recipientOf(lines []textLine) string {
	for i := range lines {
		for _, re := range intendedFor {
			if m := re.FindStringSubmatch(lines[i].text); m != nil {
				name, _, _ := strings.Cut(m[1], " (")
				return line(strings.TrimSuffix(name, "."))
			}
		}
	}
	return ""
}

// profileSlug finds the sender's profile link: on the name, behind the words
// "View profile", or the only one between name and foot.
func profileSlug(lines []textLine) string {
	if s := lines[0].slug(); s != "" {
		return s
	}
	only, several := "", false
	for i := range lines {
		s := lines[i].slug()
		if s == "" {
			continue
		}
		labelled := profileLabels[kith.FoldText(lines[i].text)] ||
			lines[i].text == "" && i > 0 && profileLabels[kith.FoldText(lines[i-1].text)]
		if labelled {
			return s
		}
		several = several || only != "" && only != s
		only = s
	}
	if several {
		return ""
	}
	return only
}
