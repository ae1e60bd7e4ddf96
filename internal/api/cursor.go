package api

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"kith"
	"kith/internal/app"
)

// cursors of lists that are ordered by time. One names its list, so that it is
// not taken for another's, and a place; it holds nothing its reader has not
// seen.

// cursor writes down a place in a list; the zero place, where nothing follows,
// is empty.
func cursor(list string, c app.Cursor) string {
	if c == (app.Cursor{}) {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(list + " " + strconv.FormatInt(c.At.UnixMicro(), 36) + " " + c.ID))
}

// readCursor reads a place back; empty is the beginning.
func readCursor(list, s string) (c app.Cursor, err error) {
	if s == "" {
		return c, nil
	}
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return c, errCursor
	}
	words := strings.SplitN(string(data), " ", 3)
	if len(words) != 3 || words[0] != list || !idRunes(words[2]) {
		return c, errCursor
	}
	us, err := strconv.ParseInt(words[1], 36, 64)
	if err != nil {
		return c, errCursor
	}
	return app.Cursor{At: time.UnixMicro(us).UTC(), ID: words[2]}, nil
}

// idRunes reports whether a text has no characters but those of ids, or none. A
// database must never see what only looks like one.
func idRunes(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !kith.IDRune(r) })
}

var errCursor = &kith.Error{Kind: kith.Invalid, Field: "after", Msg: "this is no cursor of this list; leave it out to start at the beginning"}
