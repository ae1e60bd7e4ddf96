package invented

import (
	"errors"
	"os"
	"path/filepath"

	"kith"
)

// owner is the member of the example.
const owner = "Judith Vanderlinden"

// archiveName is the name LinkedIn gives the archive of that day.
const archiveName = "Complete_LinkedInDataExport_11-20-2026.zip"

// life is everything the example's files are made from.
type life struct {
	letters  []letter
	ties     []tie
	sendings []sending
	talks    []talk
	cards    []card
	events   []event
}

// readLife reads the hand-written data and fills up the connections.
func readLife() (*life, error) {
	var l life
	var errs [6]error
	l.letters, errs[0] = readLetters()
	l.ties, errs[1] = readTies()
	l.sendings, errs[2] = readSendings()
	l.talks, errs[3] = readTalks()
	l.cards, errs[4] = readCards()
	l.events, errs[5] = readEvents()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	taken, err := checkNames(l.letters, l.ties, l.sendings)
	if err != nil {
		return nil, err
	}
	l.ties, err = fillTies(l.ties, taken)
	return &l, err
}

// Write writes the example member's files into a folder, which is made if it
// is not there: the archive, the mailbox, the address book, the calendar,
// profiles as PDF, an older archive as a folder, and expected.jsonl. Other
// files in the folder stay as they are.
//
// A line of expected.jsonl is {"name":…,"verdict":[…],"why":…} for one
// invitation of which the advice says clearly what to do, if the member's goals
// are grow-in-field (early warning, flood forecasting, hydrology),
// board-or-volunteering and avoid-spam, her stance is selective, and the day is
// 22 November 2026. Several verdicts are alternatives.
func Write(dir string) error {
	files, err := makeFiles()
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return unwritable(name, err)
		}
		if err := os.WriteFile(name, f.content, 0o644); err != nil {
			return unwritable(name, err)
		}
	}
	return nil
}

func unwritable(name string, err error) error {
	return &kith.Error{Kind: kith.Invalid, Field: name, Msg: "cannot be written; check the folder and its permissions", Err: err}
}

// file is one file of the example; its name has slashes.
type file struct {
	name    string
	content []byte
}

// makeFiles makes all files of the example.
func makeFiles() ([]file, error) {
	l, err := readLife()
	if err != nil {
		return nil, err
	}
	var files []file
	for _, f := range []struct {
		name    string
		content func() ([]byte, error)
	}{
		{archiveName, l.archive},
		{"invitations.mbox", l.mailbox},
		{"contacts.vcf", func() ([]byte, error) { return writeCards(l.cards), nil }},
		{"calendar.ics", func() ([]byte, error) { return writeEvents(l.events, l.cards) }},
		{"expected.jsonl", func() ([]byte, error) { return expected(l.letters) }},
	} {
		content, err := f.content()
		if err != nil {
			return nil, err
		}
		files = append(files, file{f.name, content})
	}
	older, err := staticFiles("judith/older")
	if err != nil {
		return nil, err
	}
	for _, f := range older {
		files = append(files, file{"older/" + f.name, f.content})
	}
	pdfs, err := l.profiles()
	return append(files, pdfs...), err
}
