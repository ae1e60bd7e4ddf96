package intake

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"kith"
)

// messageOf reads one row of messages.csv below the given header, as the
// archive of owner.
func messageOf(t testing.TB, owner Owner, header, row string) (*heard, *job) {
	t.Helper()
	var h heard
	j := &job{sink: &h, owner: &owner, opt: &Options{Now: testNow}}
	f, why := classify("messages.csv", []byte(header))
	if f.read == nil {
		t.Fatal(why)
	}
	if err := f.read(t.Context(), strings.NewReader(header+row), j); err != nil {
		j.fail(err)
	}
	return &h, j
}

func TestMessages(t *testing.T) {
	t.Parallel()
	const (
		era2018 = "From,To,Date,Subject,Content,Direction,Folder\n"
		era2022 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
		date    = "2026-09-05 08:12:14 UTC"
	)
	whole := Owner{Name: "Mara Quillon", Slug: "mara-quillon-demo"}
	name := Owner{Name: "Mara Quillon"}
	tests := map[string]struct {
		owner       Owner
		header, row string
		want        kith.Message // its Who's name, slug and text; nothing if ignored is set
		ignored     string
	}{
		"sent": {whole, messagesHeader, "1,,Mara Quillon," + mara + ",Teo Brandl," + teo + "," + date + ",,Hello,INBOX\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Outgoing: true, Text: "Hello"}, ""},
		"received": {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,Hello,ARCHIVE\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Text: "Hello"}, ""},
		"a link wins over a name": {whole, messagesHeader, "1,,Mara Quillon,https://www.linkedin.com/in/another-mara,M. Q.," + mara + "," + date + ",,Hello,\n",
			kith.Message{Who: kith.Person{Name: "Mara Quillon", Slug: "another-mara"}, Text: "Hello"}, ""},
		"by name, links unknown": {name, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,Hello,\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Text: "Hello"}, ""},
		"no recipients' links": {whole, era2022, "1,,Teo Brandl," + teo + ",\"Quillon, Mara\"," + date + ",,Hello,\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Text: "Hello"}, ""},
		"no recipients' links, sent": {whole, era2022, "1,,Mara Quillon," + mara + ",\"Odile Farrow, PhD\"," + date + ",,Hello,\n",
			kith.Message{Who: kith.Person{Name: "Odile Farrow, PhD"}, Outgoing: true, Text: "Hello"}, ""},
		"2018, by name": {name, era2018, "Teo Brandl,Mara Quillon,\"3/14/18, 9:05 AM\",,Hello,INCOMING,INBOX\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl"}, Text: "Hello"}, ""},
		"2018, by direction": {Owner{}, era2018, "Someone,Teo Brandl," + date + ",,Hello,OUTGOING,SENT\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl"}, Outgoing: true, Text: "Hello"}, ""},
		"HTML": {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,<p>Dear Mara</p><p>a &lt; b<br>c</p>,\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Text: "Dear Mara\na < b\nc"}, ""},
		"no HTML": {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,a <b and c> d &amp; e,\n",
			kith.Message{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo"}, Text: "a <b and c> d &amp; e"}, ""},
		"a company": {whole, messagesHeader, "1,,Deep Current AS,https://www.linkedin.com/company/deep/,Mara Quillon," + mara + "," + date + ",,Hello,\n",
			kith.Message{Who: kith.Person{Name: "Deep Current AS"}, Text: "Hello"}, ""},

		"a group by links":          {whole, messagesHeader, "1,Crew,Teo Brandl," + teo + ",\"Mara Quillon, Ines Lund\",\"" + mara + ",https://www.linkedin.com/in/ines\"," + date + ",,Hello,\n", kith.Message{}, "group message"},
		"a group by names":          {whole, era2022, "1,Crew,Mara Quillon," + mara + ",\"Teo Brandl, Ines Lund\"," + date + ",,Hello,\n", kith.Message{}, "group message"},
		"spam":                      {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,Hello,SPAM\n", kith.Message{}, "spam"},
		"a draft":                   {whole, strings.TrimSpace(messagesHeader) + ",IS MESSAGE DRAFT\n", "1,,Mara Quillon," + mara + ",Teo Brandl," + teo + "," + date + ",,Hello,INBOX,Yes\n", kith.Message{}, "draft"},
		"a conversation's draft":    {whole, strings.TrimSpace(messagesHeader) + ",IS CONVERSATION DRAFT\n", "1,,Mara Quillon," + mara + ",Teo Brandl," + teo + "," + date + ",,Hello,INBOX,true\n", kith.Message{}, "draft"},
		"a closed account":          {whole, messagesHeader, "1,,LinkedIn Member,,Mara Quillon," + mara + "," + date + ",,Hello,\n", kith.Message{}, "message of a closed account"},
		"between others":            {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Ines Lund,https://www.linkedin.com/in/ines," + date + ",,Hello,\n", kith.Message{}, "message between others"},
		"nobody says whose it is":   {Owner{}, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + "," + date + ",,Hello,\n", kith.Message{}, ""},
		"a date nobody understands": {whole, messagesHeader, "1,,Teo Brandl," + teo + ",Mara Quillon," + mara + ",lately,,Hello,\n", kith.Message{}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, j := messageOf(t, test.owner, test.header, test.row)
			if test.want.Text == "" {
				told := test.ignored != "" && j.Ignored[test.ignored] == 1 || test.ignored == "" && (len(j.Problems) == 1 || j.Skipped != "")
				if len(h.Messages) != 0 || !told {
					t.Errorf("messages %+v, report %+v", h.Messages, j.FileReport)
				}
				return
			}
			if len(h.Messages) != 1 {
				t.Fatalf("report %+v", j.FileReport)
			}
			got := h.Messages[0]
			if got.Who.Name != test.want.Who.Name || got.Who.Slug != test.want.Who.Slug || got.Outgoing != test.want.Outgoing || got.Text != test.want.Text {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if got.At.IsZero() || got.Source != kith.FromArchive {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestLongMessage keeps the first 4,000 letters.
func TestLongMessage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("é", 9000), strings.Repeat("<p>é</p>", 9000), strings.Repeat("🌊", 200_000)} {
		h, _ := messageOf(t, Owner{Slug: "mara-quillon-demo"}, messagesHeader,
			"1,,Teo Brandl,"+teo+",Mara Quillon,"+mara+",2026-09-05 08:12:14 UTC,,"+text+",INBOX\n")
		if n := utf8.RuneCountInString(h.Messages[0].Text); n != maxTextLetters {
			t.Errorf("%d letters", n)
		}
	}
}

// TestMessagesMemory reads 200,000 messages of ever new people in
// memory that stays the same.
func TestMessagesMemory(t *testing.T) {
	in := &lines{n: 200_001, write: func(i int) string {
		if i == 0 {
			return messagesHeader
		}
		return fmt.Sprintf("%d,,Teo %d,https://www.linkedin.com/in/teo-%d,Mara Quillon,%s,2026-09-05 08:12:14 UTC,,See you at the harbour,INBOX\n", i, i, i, mara)
	}}
	s := &nobody{}
	grown := heapGrowth(func(probe func()) {
		s.heap = probe
		readTable(t, "LinkedIn messages", in, s)
	})
	if s.n != 200_000 || grown > 4<<20 {
		t.Errorf("%d messages, the heap grew by %d KiB", s.n, grown>>10)
	}
}

// lines is a file of n lines that are written as they are read.
type lines struct {
	write func(i int) string
	n, i  int
	rest  string
}

func (l *lines) Read(p []byte) (int, error) {
	for l.rest == "" {
		if l.i == l.n {
			return 0, io.EOF
		}
		l.rest = l.write(l.i)
		l.i++
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
