package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"kith"
)

// nobody is a sink that keeps nothing; heap, if set, is called now and then.
type nobody struct {
	n    int
	heap func()
}

func (s *nobody) told() {
	if s.n++; s.heap != nil && s.n%100_000 == 0 {
		s.heap()
	}
}

func (s *nobody) Profile(kith.Profile)         { s.told() }
func (s *nobody) Invitation(kith.Invitation)   { s.told() }
func (s *nobody) Connection(kith.Connection)   { s.told() }
func (s *nobody) Message(kith.Message)         { s.told() }
func (s *nobody) Contact(kith.Contact)         { s.told() }
func (s *nobody) Meeting(kith.Meeting)         { s.told() }
func (s *nobody) Application(kith.Application) { s.told() }
func (s *nobody) Hint(kith.Hint)               { s.told() }

// readTable runs the reader of the table with that name over r.
func readTable(t testing.TB, name string, r io.Reader, sink Sink) *job {
	t.Helper()
	j := &job{sink: sink, owner: &Owner{Name: "Mara Quillon", Slug: "mara-quillon-demo"}, opt: &Options{Now: testNow}, own: &ownProfile{}}
	for _, table := range tables {
		if table.name == name {
			if err := table.format().read(context.Background(), r, j); err != nil {
				t.Fatal(err)
			}
			return j
		}
	}
	t.Fatalf("no table %q", name)
	return nil
}

const (
	messagesHeader    = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
	connectionsHeader = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
	invitationsHeader = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
)

// manyMessages writes n messages of 200 people, a tenth of them over several
// lines.
func manyMessages(n int) []byte {
	var b bytes.Buffer
	b.WriteString(messagesHeader)
	for i := range n {
		text := strings.Repeat("see you at the harbour tomorrow ", 1+i%9)
		if i%10 == 0 {
			text = "\"Dear Mara,\n\n" + text + "\n\nyours, \"\"T\"\"\""
		}
		fmt.Fprintf(&b, "2-%032d,,Teo Brandl %d,https://www.linkedin.com/in/teobrandl-%d-demo,Mara Quillon,https://www.linkedin.com/in/mara-quillon-demo,2026-09-%02d 08:12:14 UTC,,%s,INBOX\n",
			i/30, i/30%200, i/30%200, 1+i%28, text)
	}
	return b.Bytes()
}

func manyConnections(n int) []byte {
	var b bytes.Buffer
	b.WriteString(connectionsHeader)
	for i := range n {
		fmt.Fprintf(&b, "Teo%d,Brandl,https://www.linkedin.com/in/teobrandl-%d-demo,,\"Brandl Instruments %d, Ltd\",Senior Instrument Maker,%02d Sep 2026\n", i, i, i%50, 1+i%28)
	}
	return b.Bytes()
}

func benchmarkTable(b *testing.B, name string, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		readTable(b, name, bytes.NewReader(data), &nobody{})
	}
}

func BenchmarkMessages(b *testing.B) { benchmarkTable(b, "LinkedIn messages", manyMessages(60_000)) }
func BenchmarkConnections(b *testing.B) {
	benchmarkTable(b, "LinkedIn connections", manyConnections(30_000))
}

// BenchmarkSplitter measures the cutting of rows alone.
func BenchmarkSplitter(b *testing.B) {
	data := manyMessages(60_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		for s := newSplitter(bytes.NewReader(data), ','); ; {
			if _, err := s.next(); err != nil {
				break
			}
		}
	}
}

// heapGrowth measures how far the live heap grows while read runs; it hands a
// probe to read, which calls it now and then.
func heapGrowth(read func(probe func())) uint64 {
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	first, most := live(), uint64(0)
	read(func() { most = max(most, live()) })
	return max(most, first) - first
}
