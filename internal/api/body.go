package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

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
		if err := checkJSON(json.NewDecoder(bytes.NewReader(data)), 0); err != nil {
			return err
		}
		return json.Unmarshal(data, v)
	},
}

// checkJSON walks one value and refuses repeated keys and deep nesting.
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
		return nil
	}
	seen := map[string]bool{}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return err
			}
			if name, _ := key.(string); seen[name] {
				return fmt.Errorf("%q stands twice", name)
			} else {
				seen[name] = true
			}
		}
		if err := checkJSON(d, depth+1); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}
