package gather

import (
	"strings"
	"unicode"
)

// maxOrganisation bounds how much of a name is read, in bytes.
const maxOrganisation = 300

// OrganisationKey gives the key under which all spellings of an employer's
// name meet: without legal form, article, punctuation and department, with
// acronyms, translations and former names resolved where a list holds them.
// Two names mean the same organisation exactly if their keys are equal and not
// empty. The key is empty for what never names one ("self-employed",
// "stealth", "various") and for text without letters. It is for comparing, not
// for showing.
func OrganisationKey(s string) string { return organisations().key(s) }

// SchoolKey is [OrganisationKey] for schools and universities: the same keys,
// so that a university as employer and as school meet.
func SchoolKey(s string) string { return organisations().key(s) }

// SameOrganisation reports whether two names mean the same employer. sure is
// false where they may and may not: one name is part of the other, or its
// initials. Unsure names are reported as not the same.
func SameOrganisation(a, b string) (same, sure bool) { return organisations().same(a, b) }

// SameSchool is [SameOrganisation] for schools and universities.
func SameSchool(a, b string) (same, sure bool) { return organisations().same(a, b) }

func (t *organisationTable) same(a, b string) (same, sure bool) {
	ka, kb := t.key(a), t.key(b)
	switch {
	case ka == "" || kb == "":
		return false, strings.TrimSpace(a) != "" && strings.TrimSpace(b) != ""
	case ka == kb:
		return true, true
	}
	fa, fb := foldText(a), foldText(b)
	near := strings.Contains(ka, kb) || strings.Contains(kb, ka) || strings.Contains(fa, fb) || strings.Contains(fb, fa) ||
		initialsOf(fa) == kb || initialsOf(fb) == ka
	return false, !near
}

// key finds the key of a name.
func (t *organisationTable) key(s string) string {
	s = cleanLine(s)
	if len(s) > maxOrganisation {
		s = strings.ToValidUTF8(s[:maxOrganisation], "")
	}
	folded := foldText(s)
	if folded == "" || t.never(folded) {
		return ""
	}
	name, known := t.find(folded)
	if known {
		return name
	}
	if !strings.ContainsAny(s, "([,|/–—:@-") {
		return name
	}
	return t.compound(s)
}

// never reports whether a folded name stands for no organisation.
func (t *organisationTable) never(folded string) bool {
	if t.sets["never"][folded] {
		return true
	}
	for _, small := range []string{"the ", "my ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(folded, small); ok && t.sets["never"][rest] {
			return true
		}
	}
	n := t.longest["never-front"]
	for i := 0; i < len(folded) && n > 0; i++ {
		if folded[i] == ' ' {
			if t.sets["never-front"][folded[:i]] {
				return true
			}
			n--
		}
	}
	return t.sets["never-front"][folded]
}

// compound finds the key of a name with brackets, commas or dashes.
func (t *organisationTable) compound(s string) string {
	main, aside := outOfBrackets(s)
	if key, known := t.find(foldText(main)); known {
		return key
	}
	parts := nameParts(main)
	key := ""
	for _, p := range parts {
		k, known := t.find(foldText(p))
		switch {
		case known && key != "" && k != key:
			key, _ = t.find(foldText(main))
			return key
		case known:
			key = k
		}
	}
	if key != "" {
		return key
	}
	if k, known := t.find(foldText(aside)); known {
		return k
	}
	key, _ = t.find(foldText(strings.Join(t.nameProper(parts), " ")))
	if key != "" && t.never(foldText(main)) {
		return ""
	}
	return key
}

// nameProper leaves out parts that only name a department, a place or the
// initials of the next part.
func (t *organisationTable) nameProper(parts []string) []string {
	var out []string
	for i, p := range parts {
		folded := foldText(p)
		if folded == "" || len(parts) > 1 && t.department(folded) {
			continue
		}
		if i+1 < len(parts) && initialsOf(foldText(parts[i+1])) == strings.ReplaceAll(folded, " ", "") {
			continue
		}
		if n := len(out); n > 0 && t.cutTail(foldText(out[n-1]), "legal") != foldText(out[n-1]) && (t.sets["region"][folded] || Country(p) != "") {
			continue
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return parts
	}
	return out
}

// department reports whether a folded part names a part of an organisation
// and no organisation.
func (t *organisationTable) department(folded string) bool {
	first, _, _ := strings.Cut(folded, " ")
	if t.sets["department"][folded] {
		return true
	}
	if t.university(folded) {
		return false
	}
	if t.sets["department"][first] {
		return true
	}
	for word := range strings.SplitSeq(folded, " ") {
		if as := t.readAs(word); as == "school" || t.inside(as) {
			return true
		}
	}
	return false
}

// inside reports whether a word only ever names a part of an organisation:
// there are colleges and schools of their own, but no departments.
func (t *organisationTable) inside(word string) bool {
	switch t.readAs(word) {
	case "department", "dept", "faculty", "division", "lehrstuhl", "fachbereich", "abteilung", "departement", "departamento":
		return true
	}
	return false
}

// school reports whether a folded name is a listed school or a university.
func (t *organisationTable) school(folded string) bool {
	key, known := t.find(folded)
	return known && t.schools[key] || t.university(folded)
}

// university reports whether a folded name holds a word for university.
func (t *organisationTable) university(folded string) bool {
	for word := range strings.SplitSeq(folded, " ") {
		if as := t.readAs(word); as == "university" || as == "technical university" {
			return true
		}
	}
	return false
}

func (t *organisationTable) readAs(word string) string {
	if as, ok := t.reads[word]; ok {
		return as
	}
	return word
}

// find looks a folded name up, taking off legal form, group, article and
// region one after the other until a list holds the name. Of a name no list
// holds it gives the joined form, without known.
func (t *organisationTable) find(folded string) (key string, known bool) {
	var buf [96]byte
	if folded == "" {
		return "", false
	}
	if key, ok := t.lookup(buf[:0], folded); ok {
		return key, true
	}
	name := folded
	for _, section := range []string{"legal", "tail", "legal"} {
		for {
			shorter := t.cutTail(name, section)
			if shorter == name {
				break
			}
			name = shorter
			if key, ok := t.lookup(buf[:0], name); ok {
				return key, true
			}
		}
	}
	if shorter := t.cutFront(name); shorter != name {
		name = shorter
		if key, ok := t.lookup(buf[:0], name); ok {
			return key, true
		}
	}
	for shorter := t.cutTail(name, "region"); shorter != name; shorter = t.cutTail(shorter, "region") {
		if key, ok := t.lookup(buf[:0], t.cutTail(shorter, "legal")); ok {
			return key, true
		}
		if t.cutTail(shorter, "region") == shorter {
			break
		}
	}
	return t.withoutDepartment(buf[:0], name)
}

func (t *organisationTable) lookup(buf []byte, folded string) (key string, ok bool) {
	key, ok = t.alias[string(t.joinName(buf, folded))]
	return key, ok
}

// withoutDepartment cuts off a department that stands without a comma before
// or behind a university ("Stanford University School of Medicine") or behind
// a listed name.
func (t *organisationTable) withoutDepartment(buf []byte, name string) (key string, known bool) {
	if key, known = t.withoutInitials(buf, name); key != "" {
		return key, known
	}
	unit := t.sets["unit"]
	first, _, _ := strings.Cut(name, " ")
	for i := 1; i < len(name); i++ {
		if name[i-1] != ' ' {
			continue
		}
		word, _, _ := strings.Cut(name[i:], " ")
		if unit[first] && t.university(word) && strings.Count(name[:i], " ") > 1 {
			return t.find(name[i:])
		}
		if !unit[word] && !unit[name[i:]] {
			continue
		}
		head := name[:i-1]
		key, known := t.lookup(buf, head)
		switch university := t.university(head); {
		case known && (university || t.inside(word)):
			return key, true
		case university && strings.Contains(head, " "):
			return string(t.joinName(buf, head)), false
		}
	}
	return string(t.joinName(buf, name)), false
}

// withoutInitials takes an organisation's own initials off one of its ends:
// "Schweizerische Bundesbahnen SBB".
func (t *organisationTable) withoutInitials(buf []byte, name string) (key string, known bool) {
	i, j := strings.IndexByte(name, ' '), strings.LastIndexByte(name, ' ')
	if i < 2 || j < 0 || i == j {
		return "", false
	}
	for _, end := range []struct{ short, long string }{{name[j+1:], name[:j]}, {name[:i], name[i+1:]}} {
		key, known := t.lookup(buf, end.long)
		short, listed := t.lookup(buf, end.short)
		switch {
		case known && listed && key == short:
			return key, true
		case !known && len(end.short) > 2 && initialsOf(end.long) == end.short:
			return string(t.joinName(buf, end.long)), false
		}
	}
	return "", false
}

// cutTail takes the longest phrase of a section off the end of a folded name,
// never the whole name.
func (t *organisationTable) cutTail(folded, section string) string {
	set, left, cut := t.sets[section], t.longest[section], len(folded)
	for i := len(folded) - 1; i > 0 && left > 0; i-- {
		if folded[i] == ' ' {
			if set[folded[i+1:]] {
				cut = i
			}
			left--
		}
	}
	return folded[:cut]
}

// cutFront takes a legal form or "Groupe" off the front of a folded name.
func (t *organisationTable) cutFront(folded string) string {
	first, rest, ok := strings.Cut(folded, " ")
	if ok && t.sets["legal-front"][first] {
		return rest
	}
	return folded
}

// joinName appends the words of a folded name without spaces and small words,
// so that spacing and hyphens make no difference. In names of schools words
// of other languages are read in English.
func (t *organisationTable) joinName(buf []byte, folded string) []byte {
	school, whole := false, len(buf)
	for word := range strings.SplitSeq(folded, " ") {
		school = school || organisationSchoolWord(t.readAs(word))
	}
	if school {
		return t.joinSchool(buf, folded)
	}
	for word := range strings.SplitSeq(folded, " ") {
		if !organisationSmallWord(word) {
			buf = append(buf, word...)
		}
	}
	if len(buf) == whole {
		return append(buf, strings.ReplaceAll(folded, " ", "")...)
	}
	return buf
}

func organisationSchoolWord(w string) bool {
	switch w {
	case "university", "technical university", "college", "school", "institute", "academy", "hochschule", "polytechnic", "uas", "technical hochschule":
		return true
	}
	return false
}

// joinSchool is joinName for schools. "Autonomous University" and "Universidad
// Autónoma" meet as "university autonomous", "Lund University" and "University
// of Lund" only where the town is listed: elsewhere (Washington, York, Miami)
// the order tells two universities apart.
func (t *organisationTable) joinSchool(buf []byte, folded string) []byte {
	words := make([]string, 0, 12)
	for word := range strings.SplitSeq(folded, " ") {
		if !organisationSmallWord(word) {
			words = append(words, t.readAs(word))
		}
	}
	for i, w := range words {
		if w != "university" {
			continue
		}
		for j := i; j > 0 && schoolAdjective(words[j-1]); j-- {
			words[j-1], words[j] = words[j], words[j-1]
		}
	}
	joined := strings.ReplaceAll(strings.Join(words, ""), " ", "") // "technical university" is one word read as two
	joined = strings.ReplaceAll(strings.ReplaceAll(joined, "technicaluniversity", "universitytechnical"), "universityappliedsciences", "uas")
	if len(words) == 2 {
		switch {
		case words[1] == "university" && t.town[words[0]]:
			joined = "university" + words[0]
		case words[0] == "hochschule":
			joined = "uas" + words[1]
		}
	}
	if town, ok := strings.CutSuffix(joined, "uas"); ok && town != "" {
		joined = "uas" + town
	}
	return append(buf, joined...)
}

func schoolAdjective(w string) bool {
	switch w {
	case "technical", "autonomous", "catholic", "pontifical", "free", "national", "federal", "polytechnic", "medical", "open", "royal", "international":
		return true
	}
	return false
}

// outOfBrackets parts a name from what stands in brackets.
func outOfBrackets(s string) (main, aside string) {
	open := strings.IndexAny(s, "([")
	if open < 0 {
		return s, ""
	}
	end := strings.IndexAny(s[open:], ")]")
	if end < 0 {
		return s[:open], s[open+1:]
	}
	return s[:open] + " " + s[open+end+1:], s[open+1 : open+end]
}

// nameParts cuts a name at commas, bars, slashes, dashes and colons that part
// words; hyphens inside a word stay.
func nameParts(s string) []string {
	var parts []string
	start := 0
	for i, r := range s {
		size := len(string(r))
		switch {
		case r == ',' || r == '|' || r == '/' || r == ':' || r == '@':
		case unicode.Is(unicode.Pd, r) && spaced(s, i, size):
		default:
			continue
		}
		parts = append(parts, strings.TrimSpace(s[start:i]))
		start = i + size
	}
	parts = append(parts, strings.TrimSpace(s[start:]))
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
