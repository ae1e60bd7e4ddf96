package intake

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded gives r as bytes of which only the charset is open: a byte order mark
// is left behind, UTF-16 with one becomes UTF-8. LinkedIn writes some of its
// files in UTF-16 beside others in UTF-8.
func decoded(r *bufio.Reader) io.Reader {
	mark, _ := r.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		return transform.NewReader(r, unicode.UTF8BOM.NewDecoder())
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	}
	return r
}

// charset is how a text's bytes beyond ASCII are to be read.
type charset uint8

const (
	undecided   charset = iota // no such byte was seen
	utf8Text                   // the first ones were UTF-8
	windows1252                // the first ones were not: an older program wrote the file
)

// guessCharset reads the first row of a file that holds bytes beyond ASCII.
// Chance makes no UTF-8: one whole sequence shows that the file is UTF-8, be
// other bytes damaged or not.
func guessCharset(row []byte) charset {
	if isASCII(row) {
		return undecided
	}
	for len(row) > 0 {
		r, size := utf8.DecodeRune(row)
		if r != utf8.RuneError && size > 1 {
			return utf8Text
		}
		row = row[size:]
	}
	return windows1252
}

// text gives b as UTF-8; in UTF-8 text, damaged bytes are left for kith.Clean.
func (c charset) text(b []byte) string {
	if c == windows1252 && !isASCII(b) {
		if out, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	return string(b)
}

func isASCII(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.NativeEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cutLetters gives the first n letters of s.
func cutLetters(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// cutBytes gives the first bytes of b that hold whole letters, at most n.
func cutBytes(b []byte, n int) []byte {
	if len(b) <= n {
		return b
	}
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return b[:n]
}
