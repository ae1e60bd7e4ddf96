package intake

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"kith"
)

// zipEntry is one line of an archive's table of contents.
type zipEntry struct {
	name   string
	flags  uint16
	method uint16
	packed int64 // bytes in the archive
	size   int64 // bytes unpacked, as the archive claims
	offset int64 // where its own header begins
}

// The signatures and fixed sizes of the zip format (APPNOTE.TXT 4.3).
const (
	zipLocalSignature     = "PK\x03\x04"
	zipDirectorySignature = "PK\x01\x02"
	zipEndSignature       = "PK\x05\x06"
	zipLocalBytes         = 30
	zipDirectoryBytes     = 46
	zipEndBytes           = 22
	zipMaxComment         = 65535
	zipDescriptorBytes    = 24 // the longest data descriptor, after an entry whose size was not known
	zipFlagEncrypted      = 1 << 0
	zipFlagDescriptor     = 1 << 3
)

var (
	errZipCut  = &kith.Error{Kind: kith.Invalid, Msg: "the archive is cut short or damaged; download it again"}
	errZipData = &kith.Error{Kind: kith.Invalid, Msg: "the archive holds data outside its entries; unpack it and give the folder"}
)

// readZipDirectory reads the table of contents of an archive of size bytes and
// accepts one form only, the one every zip program writes: entries one after
// another from the first byte on, one table of contents right after them, and
// nothing behind it. What two programs could read in two ways (data in front,
// between or behind, a second table, zip64, entries that share bytes) is
// refused before anything is unpacked.
func readZipDirectory(r io.ReaderAt, size int64) ([]zipEntry, error) {
	end, err := findZipEnd(r, size)
	if err != nil {
		return nil, err
	}
	count := int(binary.LittleEndian.Uint16(end.fixed[10:]))
	length := int64(binary.LittleEndian.Uint32(end.fixed[12:]))
	start := int64(binary.LittleEndian.Uint32(end.fixed[16:]))
	if count > maxEntries || length > maxDirectoryBytes {
		return nil, limitError("the archive holds more than %d files; unpack it and give the files that matter", maxEntries)
	}
	if start+length != end.offset || binary.LittleEndian.Uint32(end.fixed[4:]) != 0 {
		return nil, &kith.Error{Kind: kith.Invalid, Msg: "not a plain zip archive (zip64, several parts or other data in it); unpack it and give the folder"}
	}
	table := make([]byte, length)
	if _, err := r.ReadAt(table, start); err != nil && !errors.Is(err, io.EOF) {
		return nil, errZipCut
	}
	entries, err := parseZipTable(table, count)
	if err != nil {
		return nil, err
	}
	return entries, checkZipLayout(r, entries, start)
}

// zipEnd is the record that ends an archive.
type zipEnd struct {
	offset int64
	fixed  []byte
}

// findZipEnd finds the one record whose comment ends where the file ends.
func findZipEnd(r io.ReaderAt, size int64) (zipEnd, error) {
	tail := make([]byte, min(size, zipEndBytes+zipMaxComment))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return zipEnd{}, errZipCut
	}
	found := -1
	for i := 0; i+zipEndBytes <= len(tail); i++ {
		next := bytes.Index(tail[i:], []byte(zipEndSignature))
		if next < 0 || i+next+zipEndBytes > len(tail) {
			break
		}
		i += next
		if i+zipEndBytes+int(binary.LittleEndian.Uint16(tail[i+20:])) != len(tail) {
			continue
		}
		if found >= 0 {
			return zipEnd{}, &kith.Error{Kind: kith.Invalid, Msg: "the archive has two tables of contents; unpack it and give the folder"}
		}
		found = i
	}
	if found < 0 {
		return zipEnd{}, errZipCut
	}
	return zipEnd{size - int64(len(tail)) + int64(found), tail[found : found+zipEndBytes]}, nil
}

// parseZipTable reads the table's lines; there must be count of them and
// nothing else.
func parseZipTable(table []byte, count int) ([]zipEntry, error) {
	entries := make([]zipEntry, 0, count)
	for len(table) > 0 {
		if len(table) < zipDirectoryBytes || string(table[:4]) != zipDirectorySignature || len(entries) == count {
			return nil, errZipCut
		}
		name := int(binary.LittleEndian.Uint16(table[28:]))
		rest := name + int(binary.LittleEndian.Uint16(table[30:])) + int(binary.LittleEndian.Uint16(table[32:]))
		if len(table) < zipDirectoryBytes+rest {
			return nil, errZipCut
		}
		entries = append(entries, zipEntry{
			name:   string(table[zipDirectoryBytes : zipDirectoryBytes+name]),
			flags:  binary.LittleEndian.Uint16(table[8:]),
			method: binary.LittleEndian.Uint16(table[10:]),
			packed: int64(binary.LittleEndian.Uint32(table[20:])),
			size:   int64(binary.LittleEndian.Uint32(table[24:])),
			offset: int64(binary.LittleEndian.Uint32(table[42:])),
		})
		table = table[zipDirectoryBytes+rest:]
	}
	if len(entries) != count {
		return nil, errZipCut
	}
	return entries, nil
}

// checkZipLayout checks that the entries follow one another from the first
// byte to the table of contents at limit, share no byte, and that each one's
// own header says the same as the table.
func checkZipLayout(r io.ReaderAt, entries []zipEntry, limit int64) error {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b zipEntry) int { return cmp.Compare(a.offset, b.offset) })
	var at, slack int64
	for _, e := range sorted {
		if e.offset < at {
			return &kith.Error{Kind: kith.Invalid, Field: kith.CleanLine(e.name), Msg: "shares bytes with another entry, as in a zip bomb; the archive is not opened"}
		}
		if e.offset > at+slack {
			return errZipData
		}
		body, err := readZipLocal(r, e)
		if err != nil {
			return err
		}
		at, slack = body+e.packed, 0
		if e.flags&zipFlagDescriptor != 0 {
			slack = zipDescriptorBytes
		}
	}
	switch {
	case at > limit:
		return errZipCut
	case at+slack < limit:
		return errZipData
	}
	return nil
}

// readZipLocal compares an entry's own header with the table and gives where
// its packed bytes begin.
func readZipLocal(r io.ReaderAt, e zipEntry) (body int64, err error) {
	header := make([]byte, zipLocalBytes+len(e.name))
	if _, err := r.ReadAt(header, e.offset); err != nil || string(header[:4]) != zipLocalSignature {
		return 0, errZipCut
	}
	name := int64(binary.LittleEndian.Uint16(header[26:]))
	extra := int64(binary.LittleEndian.Uint16(header[28:]))
	packed, size := binary.LittleEndian.Uint32(header[18:]), binary.LittleEndian.Uint32(header[22:])
	same := name == int64(len(e.name)) && string(header[zipLocalBytes:]) == e.name &&
		binary.LittleEndian.Uint16(header[8:]) == e.method &&
		(e.flags&zipFlagDescriptor != 0 || int64(packed) == e.packed && int64(size) == e.size)
	if !same {
		return 0, &kith.Error{Kind: kith.Invalid, Field: kith.CleanLine(e.name), Msg: "the archive describes this entry in two ways; it is not opened"}
	}
	return e.offset + zipLocalBytes + name + extra, nil
}

func limitError(format string, args ...any) *kith.Error {
	return &kith.Error{Kind: kith.Limit, Msg: fmt.Sprintf(format, args...)}
}
