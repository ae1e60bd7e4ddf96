package invented

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"kith"
)

// data holds the texts everything is made from.
//
//go:embed data
var data embed.FS

// field is one "key: value" of a data file.
type field struct{ key, value string }

// stanza is one block of fields of a data file.
type stanza struct {
	place  string // file and line, for errors
	fields []field
}

// get gives the value of the first field of this name, empty if there is none.
func (s *stanza) get(key string) string {
	for _, f := range s.fields {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

// all gives the values of every field of this name.
func (s *stanza) all(key string) []string {
	var out []string
	for _, f := range s.fields {
		if f.key == key {
			out = append(out, f.value)
		}
	}
	return out
}

// list splits a field at its semicolons.
func (s *stanza) list(key string) []string {
	var out []string
	for part := range strings.SplitSeq(s.get(key), ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// minute reads a field as a time; a missing field is the zero time.
func (s *stanza) minute(key string) (time.Time, error) {
	v := s.get(key)
	if v == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(minuteLayout, v)
	if err != nil {
		return t, s.bad(key + " must look like 2026-11-20 08:05")
	}
	return t, nil
}

// bad is a mistake in a data file.
func (s *stanza) bad(msg string) error { return bad(s.place, msg) }

func bad(place, msg string) error {
	return &kith.Error{Kind: kith.Internal, Field: place, Msg: msg}
}

// minuteLayout is how data files write a time.
const minuteLayout = "2006-01-02 15:04"

// readStanzas reads a file of blocks that are parted by empty lines. A line is
// "key: value"; lines that begin with two spaces go on with the value, a single
// dot standing for an empty line; a value in double quotes is a Go string, for
// bytes that no editor should show; "#" begins a comment.
func readStanzas(name string) ([]stanza, error) {
	text, err := readData(name)
	if err != nil {
		return nil, err
	}
	var out []stanza
	open := false
	for i, line := range strings.Split(text, "\n") {
		place := fmt.Sprintf("%s line %d", name, i+1)
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			open = false
		case strings.HasPrefix(line, "  "):
			if !open {
				return nil, bad(place, "an indented line needs a field above it")
			}
			fields := out[len(out)-1].fields
			fields[len(fields)-1].add(strings.TrimPrefix(line, "  "))
		default:
			f, err := readField(place, line)
			if err != nil {
				return nil, err
			}
			if !open {
				out, open = append(out, stanza{place: place}), true
			}
			out[len(out)-1].fields = append(out[len(out)-1].fields, f)
		}
	}
	return out, nil
}

// readField reads one "key: value".
func readField(place, line string) (field, error) {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return field{}, bad(place, `a line must look like "key: value"`)
	}
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, `"`) && strings.HasSuffix(value, `"`) {
		text, err := strconv.Unquote(value)
		if err != nil {
			return field{}, bad(place, "a value in double quotes must be a Go string")
		}
		value = text
	}
	return field{key, value}, nil
}

// add appends a line to the value.
func (f *field) add(line string) {
	if line == "." {
		line = ""
	}
	if f.value != "" {
		f.value += "\n"
	}
	f.value += line
}

// readRows reads a file of rows with cells parted by tabs; every row gets at
// least so many cells. "#" begins a comment.
func readRows(name string, cells int) ([][]string, error) {
	text, err := readData(name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		for len(row) < cells {
			row = append(row, "")
		}
		out = append(out, row)
	}
	return out, nil
}

// readData gives the text of a data file.
func readData(name string) (string, error) {
	b, err := data.ReadFile(path.Join("data", name))
	if err != nil {
		return "", &kith.Error{Kind: kith.Internal, Field: name, Msg: "this data file is missing; restore it from version control", Err: err}
	}
	return string(b), nil
}
