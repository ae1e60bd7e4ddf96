package invented

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kith"
)

// exampleDir is the committed example.
const exampleDir = "../judith"

// handWritten are files in the example's folder that [Write] does not make.
var handWritten = []string{"kith.toml"}

func TestExampleIsWhatWriteMakes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	made, committed := readTree(t, dir), readTree(t, exampleDir)
	for name, want := range made {
		got, ok := committed[name]
		if !ok {
			t.Errorf("%s is not there; run go run ./examples/generate", name)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s is not what Write makes; run go run ./examples/generate", name)
		}
	}
	for name := range committed {
		if _, ok := made[name]; !ok && !slices.Contains(handWritten, name) {
			t.Errorf("Write does not make %s; remove it", name)
		}
	}
}

func TestExampleIsSmall(t *testing.T) {
	t.Parallel()
	files, err := makeFiles()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, f := range files {
		total += len(f.content)
	}
	if total > 400_000 {
		t.Errorf("the example has %d bytes, want at most 400,000", total)
	}
}

func TestUnwritableFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(file, "below")); kith.KindOf(err) != kith.Invalid {
		t.Errorf("Write below a file: %v, want an error of kind Invalid", err)
	}
}

// TestLetters holds the hand-written invitations to what the example promises.
func TestLetters(t *testing.T) {
	t.Parallel()
	l, err := readLife()
	if err != nil {
		t.Fatal(err)
	}
	bare, mailed, clear := 0, 0, 0
	for _, l := range l.letters {
		if l.note == "" && l.form == "" {
			bare++
		}
		if l.form != "" {
			mailed++
		}
		if len(l.verdicts) > 0 {
			clear++
		}
		checkLetter(t, l)
	}
	for _, c := range []struct {
		what        string
		count, want int
	}{
		{"undecided invitations", len(l.letters), 150},
		{"invitations with nothing but name and date", bare, 40},
		{"invitations with a mail", mailed, 70},
		{"clear cases", clear, 90},
		{"pending invitations of her own", len(l.sendings), 25},
	} {
		if c.count < c.want {
			t.Errorf("%d %s, want %d", c.count, c.what, c.want)
		}
	}
}

func checkLetter(t *testing.T, l letter) {
	t.Helper()
	if n := utf8.RuneCountInString(l.note); n > 300 {
		t.Errorf("%s: the note has %d letters, LinkedIn takes 300", l.name, n)
	}
	if (len(l.verdicts) == 0) != (l.why == "") {
		t.Errorf("%s: a clear case needs a verdict and a reason", l.name)
	}
	for _, v := range l.verdicts {
		if !slices.Contains(kith.Decisions(kith.Receive), kith.Decision(v)) {
			t.Errorf("%s: %q is no verdict on an invitation", l.name, v)
		}
	}
	if l.mutual > 0 && l.form == "" {
		t.Errorf("%s: only a mail shows mutual connections", l.name)
	}
	if l.late && (l.form == "" || !l.sent.After(exportedAt)) {
		t.Errorf("%s: what is not in the archive must be younger and have a mail", l.name)
	}
}

func TestExpectedIsReadable(t *testing.T) {
	t.Parallel()
	letters, err := readLetters()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := expected(letters)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(lines) {
		var e expectation
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if e.Name == "" || len(e.Verdict) == 0 || !strings.HasPrefix(e.Why, "R") {
			t.Errorf("%s: needs a name, a verdict and a rule", line)
		}
	}
}

// TestNoWellKnownPeople keeps names everybody knows out of the example.
func TestNoWellKnownPeople(t *testing.T) {
	t.Parallel()
	l, err := readLife()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range l.letters {
		names = append(names, l.letters[i].name)
	}
	for i := range l.ties {
		names = append(names, l.ties[i].name())
	}
	for i := range l.sendings {
		names = append(names, l.sendings[i].name)
	}
	for i := range l.cards {
		names = append(names, l.cards[i].name)
	}
	c, err := newCrowd(1)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 20_000 {
		h := c.human(n)
		names = append(names, h.name())
	}
	for _, name := range names {
		folded, _ := kith.FoldName(name)
		if slices.Contains(wellKnown, folded) {
			t.Errorf("%s is a real, well-known person", name)
		}
	}
}

// wellKnown are folded names of people of public life, the ones most likely to
// slip into invented data.
var wellKnown = []string{
	"albert einstein", "angela merkel", "ban ki moon", "barack obama", "bill gates", "carol kaemmerer", "cristiano ronaldo", "donald trump",
	"dorie clark", "elon musk", "emmanuel macron", "greta thunberg", "jeff bezos", "joe biden", "justin trudeau", "kofi annan",
	"lionel messi", "mark rutte", "mark zuckerberg", "melinda gates", "michelle obama", "narendra modi", "nelson mandela",
	"olaf scholz", "oprah winfrey", "paul biya", "reid hoffman", "richard branson", "satya nadella", "serena williams",
	"sheryl sandberg", "shinzo abe", "sundar pichai", "taylor swift", "tim cook", "ursula von der leyen", "vladimir putin",
	"warren buffett", "willem alexander", "xi jinping", "alexandra samuel", "jeff weiner", "ryan roslansky",
}

func TestAddressesAreInvented(t *testing.T) {
	t.Parallel()
	l, err := readLife()
	if err != nil {
		t.Fatal(err)
	}
	for i := range l.cards {
		for _, address := range l.cards[i].emails {
			if !strings.HasSuffix(address, ".example") {
				t.Errorf("%s: the address %s could belong to somebody", l.cards[i].name, address)
			}
		}
	}
}

// readTree reads all files below a folder, by name with slashes.
func readTree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
