package app

import (
	"fmt"
	"strings"

	"kith"
	"kith/note"
)

// textLimit is how much a text may hold: letters as a reader counts them, and
// bytes, which a letter under a heap of accents has many of. Both are the same
// on both databases.
type textLimit struct{ letters, bytes int }

// The limits of what members write. A note is as long as elsewhere (300
// letters, R116); questions and replies are as short, for they are one step of
// an invitation and not a correspondence. A message is as long as imported ones
// are kept.
var (
	noteLimit     = textLimit{MaxNote, 2 << 10}
	questionLimit = textLimit{300, 2 << 10}
	replyLimit    = textLimit{1000, 6 << 10}
	messageLimit  = textLimit{4000, 16 << 10}
	linkNoteLimit = textLimit{1000, 6 << 10}
)

// read cleans a text and refuses one that is too long. Links in it stay what
// they are, letters.
func (l textLimit) read(field, text string) (string, error) {
	if len(text) <= 4*l.bytes { // beyond that nothing cleaning takes out would help
		text = strings.TrimSpace(kith.Clean(text))
		if len(text) <= l.bytes && note.Letters(text) <= l.letters {
			return text, nil
		}
	}
	return "", invalid(field, fmt.Sprintf("this is too long; it may have %d letters", l.letters))
}

// readSome is read for a text that must say something.
func (l textLimit) readSome(field, text string) (string, error) {
	text, err := l.read(field, text)
	if err == nil && text == "" {
		err = invalid(field, "write something first")
	}
	return text, err
}

// isID reports whether a text from outside could be an id at all. What could
// not is answered like one that is not there; PostgreSQL does not even take
// every text.
func isID[ID ~string](id ID) bool {
	return id != "" && len(id) <= 64 && !strings.ContainsFunc(string(id), func(r rune) bool { return !kith.IDRune(r) })
}
