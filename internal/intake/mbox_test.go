package intake

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kith"
)

const fromLine = "From MAILER-DAEMON Fri May  3 09:13:20 2024\n"

// mboxOf joins the invented mails to one mailbox.
func mboxOf(t testing.TB) string {
	t.Helper()
	names, err := filepath.Glob("testdata/mail/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		if base := filepath.Base(name); base != "cut.eml" {
			b.WriteString(fromLine + strings.ReplaceAll(mailFile(t, base), "\nFrom ", "\n>From ") + "\n\n")
		}
	}
	return b.String()
}

func TestMboxQuoting(t *testing.T) {
	t.Parallel()
	body := "We met in Utrecht.\n\n>From the start I liked it.\n\nFrom here on it is up to you.\n" +
		"Jonas Feldweg\nData\nAccept: https://www.linkedin.com/comm/people/invite-accept?invitationId=5\n"
	mbox := "\n" + fromLine + invitationMail("text/plain", body) + "\n" + strings.ReplaceAll(fromLine, "\n", "\r\n") +
		strings.ReplaceAll(invitationMail("text/plain", body), "\n", "\r\n")
	h, j := reading(t, readMbox, mbox, Owner{})
	if len(h.Invitations) != 2 {
		t.Fatalf("got %s", transcribe(h, j))
	}
	for _, i := range h.Invitations {
		if want := "We met in Utrecht.\nFrom the start I liked it.\nFrom here on it is up to you."; i.Note.Val != want {
			t.Errorf("note %q, want %q", i.Note.Val, want)
		}
	}
}

// repeated gives n copies of a text without holding them.
type repeated struct {
	text string
	n    int
	rest string
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.rest == "" {
		if r.n == 0 {
			return 0, io.EOF
		}
		r.n--
		r.rest = r.text
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// TestM1ManyFromLines: a million dividing lines end at the limit, with a
// message that says what to do.
func TestM1ManyFromLines(t *testing.T) {
	t.Parallel()
	j := readingInto(t, &nobody{}, readMbox, &repeated{text: fromLine + "\n", n: 1_000_000}, Owner{})
	if len(j.Problems) != 1 || !strings.Contains(j.Problems[0].Msg, "more than 100,000 mails") {
		t.Errorf("problems %v", j.Problems)
	}
	j = readingInto(t, &nobody{}, readMbox, &repeated{text: fromLine, n: 1_000_000}, Owner{})
	if len(j.Problems) != 1 || !strings.Contains(j.Problems[0].Msg, "header is larger than 1 MiB") {
		t.Errorf("without empty lines between: problems %v", j.Problems)
	}
}

// TestM1Limits: a mail past a limit is skipped with its number and a reason, and
// the next one is read.
func TestM1Limits(t *testing.T) {
	t.Parallel()
	good := fromLine + invitationMail("text/plain", "Jonas Feldweg\nData\nAccept: https://www.linkedin.com/x?invitationId=5\n") + "\n"
	nested, closing := "", ""
	for i := range 100 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		closing = fmt.Sprintf("--b%d--\n", i) + closing
	}
	parts := strings.Repeat("--b\n\nx\n", 100_000) + "--b--\n"
	word := "=?utf-8?B?" + strings.Repeat("w6TDpMOk", 20) + "?= "
	for _, tt := range []struct{ name, mail, want string }{
		{"25 MiB", invitationMail("text/plain", strings.Repeat(strings.Repeat("x", 1023)+"\n", 26<<10)), "the mail is larger than 25 MiB; skipped"},
		{"header of 10 MB", "X-Long: " + strings.Repeat("x", 10<<20) + "\n" + invitationMail("text/plain", "x\n"), "the mail's header is larger than 1 MiB; skipped"},
		{"100 deep", invitationMail("multipart/mixed; boundary=b", "--b\n"+nested+closing+"--b--\n"), "the mail is nested more than 20 deep; not read"},
		{"100,000 parts", invitationMail("multipart/mixed; boundary=b", parts), "the mail has more than 1,000 parts; not read"},
		{"encoded words", "Subject: " + strings.Repeat(word, 2_500) + "\nFrom: " + strings.Repeat(word, 2_500) + "<invitations@linkedin.com>\n\nx\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h, j := reading(t, readMbox, fromLine+tt.mail+"\n"+good, Owner{})
			if len(h.Invitations) != 1 {
				t.Errorf("the mail after it was not read: %s", transcribe(h, j))
			}
			if tt.want == "" && len(j.Problems) == 0 {
				return
			}
			if len(j.Problems) != 1 || j.Problems[0].Row != 1 || j.Problems[0].Msg != tt.want {
				t.Errorf("problems %v, want %q", j.Problems, tt.want)
			}
		})
	}
}

// TestMboxMemory reads 200 MB of mails, some of them invitations, in memory
// that does not grow.
func TestMboxMemory(t *testing.T) {
	other := fromLine + "From: a@example.org\nSubject: x\n\n" + strings.Repeat(strings.Repeat("y", 70)+"\n", 300) + "\n"
	mail := fromLine + strings.ReplaceAll(mailFile(t, "invite_en.eml"), "\r\n", "\n") + "\n"
	for _, tt := range []struct {
		name string
		r    *repeated
	}{
		{"other mails", &repeated{text: other, n: 9_000}},
		{"invitations", &repeated{text: mail, n: 1_000}},
	} {
		grown := heapGrowth(func(probe func()) {
			readingInto(t, &nobody{}, readMbox, io.MultiReader(tt.r, probing{probe}), Owner{})
		})
		if grown > 4<<20 {
			t.Errorf("%s: the heap grew by %d bytes", tt.name, grown)
		}
	}
}

// probing calls probe once when everything before it has been read.
type probing struct{ probe func() }

func (p probing) Read([]byte) (int, error) {
	p.probe()
	return 0, io.EOF
}

// FuzzMail: no mail brings the reader down, leaks a link or makes it say
// something twice.
func FuzzMail(f *testing.F) {
	names, err := filepath.Glob("testdata/mail/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		f.Add(mailFile(f, filepath.Base(name)))
	}
	f.Add(invitationMail("multipart/mixed; boundary=b", "--b\n--b--"))
	f.Add("From: =?utf-8?Q?=?= <x@linkedin.com>\nX-LinkedIn-Template: invite\n\n")
	f.Fuzz(func(t *testing.T, mail string) {
		h, j := reading(t, readMail, mail, Owner{})
		if len(h.Invitations)+len(h.Connections) > 1 {
			t.Errorf("one mail, several people: %s", transcribe(h, j))
		}
		for _, i := range h.Invitations {
			checkPerson(t, i.Who)
		}
		for _, p := range h.Profiles {
			checkClean(t, p.Facts.Headline.Val, p.Facts.Location.Val)
		}
	})
}

// FuzzMIME: no structure of a mail brings the reader down or makes it hold more
// text than the mail has.
func FuzzMIME(f *testing.F) {
	f.Add("multipart/mixed; boundary=b", "", "--b\nContent-Type: text/html\n\nx\n--b\n\ny\n--b--")
	f.Add("text/plain; charset=iso-2022-jp", "base64", "GyRCJDMbKEI=")
	f.Add("multipart/alternative; boundary=\"a b\"", "8bit", "--a b\nContent-Type: multipart/x; boundary=a b\n\n--a b\n--a b--\n--a b--")
	f.Fuzz(func(t *testing.T, kind, encoding, body string) {
		texts, err := mailTexts(mailHeader{{"content-type", kind}, {"content-transfer-encoding", encoding}}, []byte(body))
		if err != nil && kith.KindOf(err) == kith.Internal {
			t.Errorf("%v", err)
		}
		size := 0
		for _, text := range texts {
			size += len(text.text)
		}
		if size > 4*len(body)+16 { // one byte of an old charset becomes at most four
			t.Errorf("%d bytes became %d", len(body), size)
		}
	})
}

// FuzzLetter: whatever the body holds, what is told of it is clean and bounded,
// and no link comes through.
func FuzzLetter(f *testing.F) {
	f.Add("Hi\nJonas Feldweg\nData\nLeeds\n3 connections in common\nAccept: https://www.linkedin.com/x?invitationId=5", false)
	f.Add("<p style=display:none>x</p><h2><a href='https://www.linkedin.com/in/x'>Jonas Feldweg</a></h2><td>Data<p>1 relation en commun", true)
	f.Add("<a href=https://www.linkedin.com/in/a><img></a>Jonas Feldweg<br>“x”<a><a>", true)
	f.Fuzz(func(t *testing.T, body string, page bool) {
		l := readLetters([]textPart{{page, body}, {!page, body}}, "Jonas Feldweg")
		checkClean(t, l.name, l.headline, l.location, l.slug, l.ref, l.recipient)
		if l.note != strings.TrimSpace(kith.Clean(l.note)) || utf8.RuneCountInString(l.note) > maxTextLetters {
			t.Errorf("note %q", l.note)
		}
		if n := l.mutual.Val; n < 0 || n > maxMutual {
			t.Errorf("%d in common", n)
		}
	})
}

// FuzzMbox: reading a mailbox in pieces of any size gives the same as reading
// it at once.
func FuzzMbox(f *testing.F) {
	f.Add(mboxOf(f), 7)
	f.Add(fromLine+"\n"+fromLine+"\n\nFrom x 12:00\n>From y\n", 1)
	f.Fuzz(func(t *testing.T, mbox string, size int) {
		h, j := reading(t, readMbox, mbox, Owner{})
		var again heard
		pieces := &pieces{strings.NewReader(mbox), max(1, size%64)}
		k := readingInto(t, &again, readMbox, pieces, Owner{})
		if whole, cut := transcribe(h, j), transcribe(&again, k); whole != cut {
			t.Errorf("at once\n%s\nin pieces\n%s", whole, cut)
		}
	})
}

// pieces gives at most size bytes at a time.
type pieces struct {
	r    io.Reader
	size int
}

func (p *pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(p.size, len(b))]) }

func BenchmarkMbox(b *testing.B) {
	other := fromLine + "From: a@example.org\nSubject: x\n\n" + strings.Repeat(strings.Repeat("y", 70)+"\n", 300) + "\n"
	mail := fromLine + strings.ReplaceAll(mailFile(b, "invite_en.eml"), "\r\n", "\n") + "\n"
	for _, bb := range []struct {
		name string
		data []byte
	}{
		{"other", bytes.Repeat([]byte(other), 500)},
		{"invitations", bytes.Repeat([]byte(mail), 500)},
		{"mixed", slices.Concat(bytes.Repeat([]byte(other), 500), bytes.Repeat([]byte(mail), 10))},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.data)))
			b.ReportAllocs()
			for b.Loop() {
				readingInto(b, &nobody{}, readMbox, bytes.NewReader(bb.data), Owner{})
			}
		})
	}
}
