package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kith"
)

// TestBookGolden reads invented address books of the programs people use.
func TestBookGolden(t *testing.T) {
	t.Parallel()
	testGolden(t, "testdata/book/*.vcf", Owner{})
	testGolden(t, "testdata/book/*.csv", Owner{})
}

func card(lines ...string) string {
	return "BEGIN:VCARD\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
}

// TestVCardCut cuts an address book at every byte: whole cards count, the cut
// one does not, and the report says which.
func TestVCardCut(t *testing.T) {
	t.Parallel()
	one := card("VERSION:3.0", "FN:Jonas Feldweg", "EMAIL:jonas@northwind.example")
	book := one + one
	for i := range len(book) {
		h, j := reading(t, readVCard, book[:i], Owner{})
		whole := strings.Count(book[:i], "END:VCARD")
		inside := strings.Count(book[:i], "BEGIN:VCARD") > whole
		if len(h.Contacts) != whole || inside != (len(j.Problems) == 1) {
			t.Fatalf("cut at %d: %s", i, transcribe(h, j))
		}
		if want := fmt.Sprintf("the file ends in the middle of card %d; export the address book again", whole+1); inside && j.Problems[0].Msg != want {
			t.Fatalf("cut at %d: %q, want %q", i, j.Problems[0].Msg, want)
		}
	}
}

// TestM1VCard: a photo of 50 MB, lines folded without end and links to inner
// addresses cost nothing and are not followed.
func TestM1VCard(t *testing.T) {
	for _, tt := range []struct{ name, start, more, end string }{
		{"photo of 50 MB", "PHOTO;ENCODING=b;TYPE=JPEG:", "\r\n " + strings.Repeat("A", 72), "\r\n"},
		{"one line of 50 MB", "X-ANY:", strings.Repeat("A", 75), "\r\n"},
		{"a photo that is not folded", "PHOTO;ENCODING=BASE64:\r\n", strings.Repeat("A", 72) + "\r\n", ""},
		{"quoted-printable of 50 MB", "NOTE;ENCODING=QUOTED-PRINTABLE:", strings.Repeat("=41", 25) + "=\r\n", "\r\n"},
	} {
		var j *job
		h := &heard{}
		grown := heapGrowth(func(probe func()) {
			j = readingInto(t, h, readVCard, io.MultiReader(strings.NewReader("BEGIN:VCARD\r\nFN:Jonas Feldweg\r\n"+tt.start),
				&repeated{text: tt.more, n: 50 << 20 / len(tt.more)}, probing{probe}, strings.NewReader(tt.end+"END:VCARD\r\n")), Owner{})
		})
		if len(h.Contacts) != 1 || h.Contacts[0].Who.Name != "Jonas Feldweg" || len(j.Problems) > 0 || utf8.RuneCountInString(h.Contacts[0].Note) > maxContactNote {
			t.Errorf("%s: %s", tt.name, transcribe(h, j))
		}
		if grown > 4<<20 {
			t.Errorf("%s: the heap grew by %d bytes", tt.name, grown)
		}
	}
	h, j := reading(t, readVCard, card("FN:Jonas Feldweg", "PHOTO;VALUE=uri:http://169.254.169.254/secret", "URL:http://169.254.169.254/secret"), Owner{})
	checkSafe(t, transcribe(h, j))
}

func TestBookLimits(t *testing.T) {
	t.Parallel()
	j := readingInto(t, &nobody{}, readVCard, &repeated{text: card("FN:Jonas Feldweg"), n: maxCards + 10}, Owner{})
	if j.Counts["contact"] != maxCards || len(j.Problems) != 1 {
		t.Errorf("cards: %v %v", j.Counts, j.Problems)
	}
	rows := io.MultiReader(strings.NewReader("Name,Email\n"), &repeated{text: "Jonas Feldweg,jonas@example.org\n", n: maxCards + 10})
	j = readingInto(t, &nobody{}, readCSVBook, rows, Owner{})
	if j.Counts["contact"] != maxCards || len(j.Problems) != 1 {
		t.Errorf("rows: %v %v", j.Counts, j.Problems)
	}
	many := []string{"FN:" + strings.Repeat("x", 100_000), "EMAIL:" + strings.Repeat("x", 70_000)}
	for i := range 100 {
		many = append(many, fmt.Sprintf("EMAIL:a%d@example.org", i), fmt.Sprintf("ORG:Company %d", i))
	}
	h, j := reading(t, readVCard, card(many...), Owner{})
	if c := h.Contacts[0]; len(c.Who.Emails) != maxCardEmails || len(c.Organisations) != maxCardCompanies || len(j.Problems) != 2 {
		t.Errorf("one card: %s", transcribe(h, j))
	}
}

// writeCard writes a contact as another program would.
func writeCard(c kith.Contact, fold int) string {
	esc := strings.NewReplacer(`\`, `\\`, "\n", `\n`, ",", `\,`, ";", `\;`)
	lines := []string{"BEGIN:VCARD", "VERSION:3.0", "FN:" + esc.Replace(c.Who.Name), "N:;" + esc.Replace(c.Who.First) + ";;;"}
	for _, e := range c.Who.Emails {
		lines = append(lines, "EMAIL;TYPE=work:"+e)
	}
	for _, o := range c.Organisations {
		lines = append(lines, "ORG:"+esc.Replace(o))
	}
	if c.Note != "" {
		lines = append(lines, "NOTE:"+esc.Replace(c.Note))
	}
	var b strings.Builder
	for _, l := range append(lines, "END:VCARD") {
		for len(l) > fold {
			b.WriteString(l[:fold] + "\r\n ")
			l = l[fold:]
		}
		b.WriteString(l + "\r\n")
	}
	return b.String()
}

// TestVCardRoundTrip: what is written is read, wherever lines are folded, even
// inside a letter.
func TestVCardRoundTrip(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`[A-Za-zÀ-ž0-9,;:\\"' ]{1,40}`)
	rapid.Check(t, func(rt *rapid.T) {
		want := kith.Contact{Source: kith.FromBook}
		want.Who.Name = naturalName(line(text.Draw(rt, "name") + "x"))
		want.Who.First = line(text.Draw(rt, "first"))
		want.Who.Emails = rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,8}@[a-z]{1,8}\.example`), 1, 3, rapid.ID).Draw(rt, "emails")
		want.Organisations = []string{line("x" + text.Draw(rt, "organisation"))}
		want.Note = strings.TrimSpace(kith.Clean(text.Draw(rt, "note") + "\n" + text.Draw(rt, "more")))
		h, j := reading(t, readVCard, writeCard(want, rapid.IntRange(20, 75).Draw(rt, "fold")), Owner{})
		if len(h.Contacts) != 1 || !reflect.DeepEqual(h.Contacts[0], want) {
			rt.Fatalf("got %s\nwant %+v", transcribe(h, j), want)
		}
	})
}

// FuzzVCard: no card brings the reader down, and what is told is clean.
func FuzzVCard(f *testing.F) {
	for _, name := range []string{"phone_21.vcf", "apple_30.vcf", "four_40.vcf", "utf16.vcf", "latin1.vcf"} {
		f.Add(bookFile(f, name))
	}
	f.Fuzz(func(t *testing.T, book string) { fuzzBook(t, readVCard, book) })
}

// FuzzCSVBook does the same for tables.
func FuzzCSVBook(f *testing.F) {
	for _, name := range []string{"google_old.csv", "google_new.csv", "outlook_de.csv", "plain_fr.csv"} {
		f.Add(bookFile(f, name))
	}
	f.Fuzz(func(t *testing.T, book string) { fuzzBook(t, readCSVBook, book) })
}

func fuzzBook(t *testing.T, read reader, book string) {
	h, j := reading(t, read, book, Owner{})
	if len(h.Contacts) != j.Counts["contact"] {
		t.Errorf("told %d contacts, counted %d", len(h.Contacts), j.Counts["contact"])
	}
	for _, c := range h.Contacts {
		checkPerson(t, c.Who)
		checkClean(t, c.Organisations...)
		if c.Note != kith.Clean(c.Note) || utf8.RuneCountInString(c.Note) > maxContactNote {
			t.Errorf("note %q", c.Note)
		}
	}
}

func BenchmarkVCard(b *testing.B) {
	data := strings.Repeat(bookFile(b, "apple_30.vcf"), 1_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		readingInto(b, &nobody{}, readVCard, strings.NewReader(data), Owner{})
	}
}

// TestReadersStop: a reader whose caller gave up, or whose file fails, says so
// and tells nothing more.
func TestReadersStop(t *testing.T) {
	t.Parallel()
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	failure := errors.New("the disk is gone")
	for name, tt := range map[string]struct {
		read    reader
		content string
	}{
		"mail":      {readMail, mailFile(t, "invite_en.eml")},
		"mailbox":   {readMbox, mboxOf(t)},
		"vCard":     {readVCard, bookFile(t, "apple_30.vcf")},
		"CSV":       {readCSVBook, bookFile(t, "google_old.csv")},
		"iCalendar": {readICal, testFile(t, "calendar/google.ics")},
	} {
		j := &job{sink: &nobody{}, owner: &Owner{}, opt: &Options{Now: testNow}}
		if err := tt.read(gone, strings.NewReader(tt.content), j); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", name, err)
		}
		if err := tt.read(t.Context(), iotest.ErrReader(failure), j); !errors.Is(err, failure) {
			t.Errorf("%s, failed: %v", name, err)
		}
	}
}
