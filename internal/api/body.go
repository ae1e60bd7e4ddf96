package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

const (
	// maxBody is how many bytes a JSON body may have.
	maxBody = 256 << 10
	// bodyTimeout is how long it may take to arrive.
	bodyTimeout = 10 * time.Second
	// maxDepth is how deep its values may be nested.
	maxDepth = 32
)

// strictJSON reads bodies without the leniencies of encoding/json: a key that
// stands twice, or nesting without end, is refused. (Unknown fields are refused
// by the schema.)
var strictJSON = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	},
	Unmarshal: func(data []byte, v any) error {
		if !utf8.Valid(data) {
			return errNoText
		}
		if err := checkJSON(json.NewDecoder(bytes.NewReader(data)), 0); err != nil {
			return err
		}
		return json.Unmarshal(data, v)
	},
}

// errNoText answers what one of the databases would keep and the other refuse.
var errNoText = errors.New("it holds bytes that are no text")

// checkJSON walks one value and refuses repeated keys, zero bytes and deep nesting.
func checkJSON(d *json.Decoder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("nested deeper than %d", maxDepth)
	}
	t, err := d.Token()
	if err != nil {
		return err
	}
	open, ok := t.(json.Delim)
	if !ok {
		if text, _ := t.(string); strings.Contains(text, "\x00") {
			return errNoText
		}
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			if seen[name] {
				return fmt.Errorf("%q stands twice", name)
			}
			seen[name] = true
		}
		if err := checkJSON(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}
