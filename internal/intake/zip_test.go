package intake

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// rawEntry is an entry of an archive written byte by byte, so that it can lie.
type rawEntry struct {
	name    string
	local   string // the name in the entry's own header, if another one
	data    string
	method  uint16
	flags   uint16
	mode    uint32 // Unix mode
	size    int    // the size stated, if another one
	sameAs  int    // 1 + the entry whose bytes this one claims
	prepend string // bytes before the entry
}

func (e rawEntry) stated() uint32 {
	if e.size != 0 {
		return uint32(e.size)
	}
	return uint32(len(e.data))
}

// rawZip writes an archive, bytes after its entries and bytes after its end.
func rawZip(t testing.TB, between, after string, entries ...rawEntry) []byte {
	t.Helper()
	var out, table bytes.Buffer
	le := binary.LittleEndian
	offsets := make([]int, len(entries))
	for i, e := range entries {
		packed := []byte(e.data)
		if e.method == zip.Deflate {
			packed = deflated(t, e.data)
		}
		fixed := le.AppendUint16(nil, 20)
		fixed = le.AppendUint16(fixed, e.flags)
		fixed = le.AppendUint16(fixed, e.method)
		fixed = le.AppendUint32(fixed, 0)
		fixed = le.AppendUint32(fixed, crc32.ChecksumIEEE([]byte(e.data)))
		fixed = le.AppendUint32(fixed, uint32(len(packed)))
		fixed = le.AppendUint32(fixed, e.stated())
		local := e.name
		if e.local != "" {
			local = e.local
		}
		if e.sameAs == 0 {
			out.WriteString(e.prepend)
			offsets[i] = out.Len()
			out.WriteString(zipLocalSignature)
			out.Write(fixed)
			out.Write(le.AppendUint16(nil, uint16(len(local))))
			out.Write(le.AppendUint16(nil, 0))
			out.WriteString(local)
			out.Write(packed)
		} else {
			offsets[i] = offsets[e.sameAs-1]
		}
		table.WriteString(zipDirectorySignature)
		table.Write(le.AppendUint16(nil, 3<<8|20)) // made by Unix
		table.Write(fixed)
		table.Write(le.AppendUint16(nil, uint16(len(e.name))))
		table.Write(make([]byte, 8)) // extra, comment, disk, internal attributes
		table.Write(le.AppendUint32(nil, e.mode<<16))
		table.Write(le.AppendUint32(nil, uint32(offsets[i])))
		table.WriteString(e.name)
	}
	out.WriteString(between)
	start := out.Len()
	out.Write(table.Bytes())
	out.Write(zipEndRecord(len(entries), table.Len(), start))
	out.WriteString(after)
	return out.Bytes()
}

func zipEndRecord(count, length, start int) []byte {
	le := binary.LittleEndian
	end := append([]byte(zipEndSignature), 0, 0, 0, 0)
	end = le.AppendUint16(end, uint16(count))
	end = le.AppendUint16(end, uint16(count))
	end = le.AppendUint32(end, uint32(length))
	end = le.AppendUint32(end, uint32(start))
	return le.AppendUint16(end, 0)
}

func deflated(t testing.TB, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const honestRows = invitationsHeader +
	"Mara Quillon,Teo Brandl,\"9/3/26, 8:05 AM\",,OUTGOING,https://www.linkedin.com/in/mara-quillon-demo,https://www.linkedin.com/in/teobrandl-demo\n"

var honest = rawEntry{name: "Invitations.csv", data: honestRows}

// refuse reads an archive that must be refused as a whole, with one line of the
// report that holds want and not one noun.
func refuse(t *testing.T, archive []byte, want string) {
	t.Helper()
	h, report := readPaths(t, writeFile(t, "a.zip", archive))
	if h.total() != 0 {
		t.Errorf("%d nouns were read of a hostile archive", h.total())
	}
	if len(report.Files) != 1 || !strings.Contains(report.Files[0].Skipped, want) {
		t.Errorf("the report says %+v, want one line with %q", report.Files, want)
	}
	for _, f := range report.Files {
		if strings.ContainsAny(f.Skipped, "\n\x00\u202e") {
			t.Errorf("the line is not clean: %q", f.Skipped)
		}
	}
}

func TestRawZipIsHonest(t *testing.T) {
	t.Parallel()
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		e := honest
		e.method = method
		h, _ := readPaths(t, writeFile(t, "a.zip", rawZip(t, "", "", e, rawEntry{name: "Jobs/"})))
		if len(h.Invitations) != 1 {
			t.Errorf("method %d: %d invitations read, want 1", method, len(h.Invitations))
		}
	}
}

// TestZ1 refuses archives whose entries share bytes, before unpacking.
func TestZ1(t *testing.T) {
	t.Parallel()
	bomb := rawEntry{name: "Connections.csv", data: strings.Repeat("0", 1<<20), method: zip.Deflate}
	same := rawEntry{name: "messages.csv", data: bomb.data, method: zip.Deflate, sameAs: 1}
	refuse(t, rawZip(t, "", "", bomb, same), "shares bytes")

	// An entry whose packed bytes hold another entry, the quoted kind of bomb.
	inner := rawZip(t, "", "", honest)
	outer := rawZip(t, "", "", rawEntry{name: "x.csv", data: string(inner)}, rawEntry{name: honest.name, data: honest.data, sameAs: 1})
	at := bytes.LastIndex(outer, []byte(zipDirectorySignature))
	binary.LittleEndian.PutUint32(outer[at+42:], uint32(zipLocalBytes+len("x.csv")))
	refuse(t, outer, "shares bytes")
}

// TestZ2 refuses what unpacks to far more than it is.
func TestZ2(t *testing.T) {
	t.Parallel()
	zeros := rawEntry{name: "Connections.csv", data: strings.Repeat("\x00", 8<<20), method: zip.Deflate}
	refuse(t, rawZip(t, "", "", honest, zeros), "200 times its size")

	small := rawEntry{name: "notes.txt", data: strings.Repeat("\x00", ratioFloor), method: zip.Deflate}
	if h, _ := readPaths(t, writeFile(t, "a.zip", rawZip(t, "", "", honest, small))); len(h.Invitations) != 1 {
		t.Error("an entry below the floor made the archive unreadable")
	}
	var large []zipEntry
	for i := range 6 {
		large = append(large, zipEntry{name: fmt.Sprintf("m%d.csv", i), packed: 100 << 20, size: 200 << 20, method: zip.Deflate})
	}
	if err := checkZipEntries(large[:5]); err != nil {
		t.Errorf("1,000 MiB: %v", err)
	}
	if err := checkZipEntries(large); err == nil || !strings.Contains(err.Error(), "1024 MiB") {
		t.Errorf("1,200 MiB: %v", err)
	}
	if _, err := openZip(bytes.NewReader(nil), maxZipBytes+1); err == nil || !strings.Contains(err.Error(), "200 MiB") {
		t.Errorf("a zip of more than 200 MiB: %v", err)
	}
}

// TestZ3 refuses headers that lie about size or content, and reads nothing of
// the rest either.
func TestZ3(t *testing.T) {
	t.Parallel()
	for _, size := range []int{11, len(honestRows) + 500} {
		for _, method := range []uint16{zip.Store, zip.Deflate} {
			liar := rawEntry{name: "Connections.csv", data: honestRows, method: method, size: size}
			refuse(t, rawZip(t, "", "", honest, liar), "cut short or damaged")
		}
	}
	archive := rawZip(t, "", "", honest, rawEntry{name: "messages.csv", data: honestRows + "x"})
	archive[bytes.LastIndex(archive, []byte("OUTGOING"))] = 'X'
	refuse(t, archive, "cut short or damaged")

	// Far behind the bytes that tell what the entry is.
	archive = rawZip(t, "", "", honest, rawEntry{name: "messages.csv", data: string(manyMessages(500))})
	archive[bytes.LastIndex(archive, []byte("INBOX"))] = 'X'
	refuse(t, archive, "cut short or damaged")
}

// TestZ4 refuses archives of more entries than anybody's archive has.
func TestZ4(t *testing.T) {
	t.Parallel()
	entries := make([]rawEntry, 65_000)
	for i := range entries {
		entries[i].name = fmt.Sprintf("%d.csv", i)
	}
	refuse(t, rawZip(t, "", "", entries...), "more than 5000 files")

	few := rawZip(t, "", "", entries[:6000]...)
	end := few[len(few)-zipEndBytes:]
	binary.LittleEndian.PutUint16(end[10:], 12) // the count lies
	refuse(t, few, "cut short or damaged")
}

// TestZ5 refuses archives with names that no honest archive holds.
func TestZ5(t *testing.T) {
	t.Parallel()
	names := map[string]string{
		"../../etc/x":            "not a plain relative path",
		"/etc/passwd":            "not a plain relative path",
		`..\..\x`:                "not a plain relative path",
		`C:x.csv`:                "not a plain relative path",
		"a//b.csv":               "not a plain relative path",
		"Connections.csv\x00.sh": "control characters",
		"Con\u202evsc.snoit":     "control characters",
		"\x1b[2JConnections.csv": "control characters",
		"Invitations.csv":        "is there twice",
		"INVITATIONS.csv":        "is there twice",
		"":                       "no name",
	}
	for name, want := range names {
		refuse(t, rawZip(t, "", "", honest, rawEntry{name: name, data: honestRows}), want)
	}
	refuse(t, rawZip(t, "", "", honest, rawEntry{name: "Connections.csv", data: "/etc/passwd", mode: 0o120777}), "a link, not a file")
}

// TestZ6 accepts one form of archive only.
func TestZ6(t *testing.T) {
	t.Parallel()
	end := string(zipEndRecord(0, 0, 0))
	plain := rawZip(t, "", "", honest)
	withComment := func(comment string) []byte {
		b := append(bytes.Clone(plain), comment...)
		binary.LittleEndian.PutUint16(b[len(plain)-2:], uint16(len(comment)))
		return b
	}
	twice := append(bytes.Clone(plain), plain[bytes.Index(plain, []byte(zipDirectorySignature)):]...)
	tests := map[string]struct {
		archive []byte
		want    string
	}{
		"a second end in the comment":    {withComment(end), "two tables of contents"},
		"a second table behind":          {twice, "not a plain zip archive"},
		"data behind the end":            {append(bytes.Clone(plain), "%PDF-1.4"...), "cut short or damaged"},
		"data before the first entry":    {rawZip(t, "", "", rawEntry{prepend: zipLocalSignature + "JFIF", name: "a.csv", data: "a"}, honest), "data outside its entries"},
		"data between entries":           {rawZip(t, "", "", honest, rawEntry{prepend: "#!/bin/sh", name: "a.csv", data: "a"}), "data outside its entries"},
		"data before the table":          {rawZip(t, "#!/bin/sh", "", honest), "data outside its entries"},
		"two names":                      {rawZip(t, "", "", rawEntry{name: "a.csv", local: "b.csv", data: "a"}), "in two ways"},
		"encrypted":                      {rawZip(t, "", "", honest, rawEntry{name: "b.csv", data: "abc", flags: zipFlagEncrypted}), "encrypted"},
		"an unknown way of packing":      {rawZip(t, "", "", honest, rawEntry{name: "b.csv", data: "abc", method: 12}), "does not read"},
		"zip64":                          {zip64Archive(t), "not a plain zip archive"},
		"an office document":             {rawZip(t, "", "", rawEntry{name: "[Content_Types].xml", data: "<Types/>"}, honest), "an office document"},
		"an empty archive":               {[]byte(end), "the archive is empty"},
		"the first four bytes of an end": {[]byte(zipEndSignature), "cut short or damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuse(t, test.archive, test.want)
		})
	}

	// A file that only ends like an archive is not taken for one, and an archive
	// in an archive is passed over.
	h, report := readPaths(t, writeFile(t, "polyglot.pdf", append([]byte("GIF89a"), plain...)))
	if h.total() != 0 || report.Files[0].Skipped != noReader {
		t.Errorf("polyglot: %+v", report.Files)
	}
	h, report = readPaths(t, writeFile(t, "a.zip", rawZip(t, "", "", rawEntry{name: "b.zip", data: string(plain)}, honest)))
	if len(h.Invitations) != 1 || !strings.Contains(report.Files[0].Skipped, "inside an archive") {
		t.Errorf("nested: %+v", report.Files)
	}
	if h, _ := readPaths(t, writeFile(t, "a.zip", withComment("made with care"))); len(h.Invitations) != 1 {
		t.Error("a comment makes an honest archive unreadable")
	}
}

// zip64Archive writes an archive whose end refers to a zip64 record.
func zip64Archive(t *testing.T) []byte {
	t.Helper()
	b := rawZip(t, "", "", honest)
	end := bytes.Clone(b[len(b)-zipEndBytes:])
	record := append([]byte("PK\x06\x06"), make([]byte, 52)...)
	locator := append([]byte("PK\x06\x07"), make([]byte, 16)...)
	copy(end[8:], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
	binary.LittleEndian.PutUint16(end[10:], 1)
	binary.LittleEndian.PutUint32(end[12:], 60)
	return append(append(append(b[:len(b)-zipEndBytes], record...), locator...), end...)
}

// TestC9Cut cuts an archive at every KiB: each part is refused with a line of
// the report and gives not one noun.
func TestC9Cut(t *testing.T) {
	t.Parallel()
	archive := rawZip(t, "", "", rawEntry{name: "messages.csv", data: string(manyMessages(300))}, honest)
	for n := 0; n < len(archive); n += 1 << 10 {
		h, report := readPaths(t, writeFile(t, "a.zip", archive[:n]))
		if h.total() != 0 || len(report.Files) != 1 || report.Files[0].Skipped == "" {
			t.Fatalf("cut at %d of %d: %d nouns, report %+v", n, len(archive), h.total(), report.Files)
		}
	}
}

func FuzzZip(f *testing.F) {
	f.Add(rawZip(f, "", "", honest, rawEntry{name: "Skills.csv", data: "Name\nOars\n", method: zip.Deflate}))
	f.Add(rawZip(f, "", "", honest, rawEntry{name: "messages.csv", data: honestRows, sameAs: 1}))
	f.Add(rawZip(f, "between", "after", rawEntry{name: "../x", data: "a", size: 11}))
	f.Add(zipEndRecord(3, 138, 0))
	f.Add(zipFolder(f, "testdata/archive", "top/"))
	f.Fuzz(func(t *testing.T, archive []byte) {
		files, err := openZip(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			return
		}
		for _, entry := range files {
			if unsafeName(entry.Name) != "" {
				t.Errorf("unsafe name %q", entry.Name)
			}
			r, err := entry.Open()
			if err != nil {
				continue
			}
			n, err := io.Copy(io.Discard, r)
			if n > maxRatio*int64(len(archive)) && n > ratioFloor || err == nil && n != int64(entry.UncompressedSize64) {
				t.Errorf("%q unpacks to %d bytes of an archive of %d", entry.Name, n, len(archive))
			}
			r.Close()
		}
	})
}
